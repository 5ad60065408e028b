#include <algorithm>
#include <tuple>

#include "simulator/tally.h"

namespace muster::simulator {

// What is more frequent in the trials that miss the objective than in all, the greatest difference first.
std::vector<Factor> Tally::factors(const ServiceCount& count) const {
    std::vector<Factor> all;
    for (const auto& [step, trials] : count.steps) all.push_back({Factor::Kind::waited, {step}, {}, trials.missed, trials.all});
    for (const auto& [role, trials] : count.roles) all.push_back({Factor::Kind::came_late, {}, {role}, trials.missed, trials.all});
    for (std::size_t i = 0; i < possible_.size(); ++i) {
        const std::uint32_t subject = network_.nodes[possible_[i].node].subject;
        const auto kind = static_cast<Factor::Kind>(possible_[i].kind);
        const bool of_role = possible_[i].kind == Mark::Kind::outside_hours;
        all.push_back({kind, {of_role ? 0 : subject}, {of_role ? subject : 0}, count.marks[i].missed, count.marks[i].all});
    }
    const std::uint64_t misses = counts_.trials - count.met;
    // Shares of the misses less shares of all, over a common denominator.
    const auto excess = [&](const Factor& factor) {
        return static_cast<__int128>(factor.missed) * counts_.trials - static_cast<__int128>(factor.all) * misses;
    };
    std::erase_if(all, [&](const Factor& factor) { return excess(factor) <= 0; });
    const model::Plan& plan = rehearsal_.plan();
    const auto name = [&](const Factor& factor) {
        const bool of_role = factor.kind == Factor::Kind::outside_hours || factor.kind == Factor::Kind::came_late;
        return of_role ? plan.roles[factor.role].heading.name : model::qualified_name(plan, factor.step);
    };
    std::sort(all.begin(), all.end(), [&](const Factor& a, const Factor& b) {
        return std::tuple(-excess(a), a.kind, name(a)) < std::tuple(-excess(b), b.kind, name(b));
    });
    return all;
}

}  // namespace muster::simulator
