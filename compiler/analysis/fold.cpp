#include "compiler/analysis/fold.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace muster::analysis {
namespace {

using diagnostics::Diagnostic;

constexpr std::size_t most_names = 8;

using Members = std::map<std::string, const model::Scenario*, std::less<>>;

Members members_of(const model::Plan& plan) {
    Members all;
    for (const model::Scenario& scenario : plan.scenarios)
        if (!scenario.family.empty()) all.emplace(scenario.heading.name, &scenario);
    return all;
}

bool worse(const Diagnostic& one, const Diagnostic& other) {
    if (!one.achieved || !other.achieved) return !one.achieved && other.achieved;
    return *one.achieved > *other.achieved;
}

// `main/a` of `zone-loss[main/a]`.
std::string member(const std::string& scenario) {
    const auto open = scenario.find('[');
    return scenario.substr(open + 1, scenario.size() - open - 2);
}

Diagnostic folded(const std::vector<Diagnostic>& alike, const Members& members) {
    const Diagnostic* worst = &alike.front();
    for (const Diagnostic& d : alike)
        if (worse(d, *worst)) worst = &d;
    if (alike.size() == 1) return *worst;
    std::string names;
    std::size_t named = 0;
    for (const Diagnostic& d : alike) {
        if (&d == worst || ++named > most_names) continue;
        names += (names.empty() ? "`" : ", `") + member(d.scenario) + "`";
    }
    if (named > most_names) names += fmt::format(" and {} more", named - most_names);
    Diagnostic one = *worst;
    one.related.push_back({members.at(one.scenario)->heading.span, "and for " + names});
    return one;
}

}  // namespace

std::vector<Diagnostic> fold_families(const model::Plan& plan, std::vector<Diagnostic> findings) {
    const Members members = members_of(plan);
    if (members.empty()) return findings;
    using Key = std::tuple<std::string_view, std::string, support::Span, std::string, std::string>;
    std::map<Key, std::vector<Diagnostic>> alike;
    std::vector<Diagnostic> all;
    for (Diagnostic& d : findings) {
        const auto known = members.find(d.scenario);
        if (known == members.end()) all.push_back(std::move(d));
        else alike[{d.entry.code, known->second->family, d.primary.span, d.subject.kind, d.subject.name}].push_back(std::move(d));
    }
    for (const auto& [key, some] : alike) all.push_back(folded(some, members));
    return all;
}

}  // namespace muster::analysis
