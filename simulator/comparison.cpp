#include "simulator/comparison.h"

#include <algorithm>
#include <cmath>

#include "simulator/abreast.h"
#include "simulator/crew.h"

namespace muster::simulator {
namespace {

constexpr double z = 1.959963984540054;  // the normal distribution's 97.5th percentile

std::optional<Time> time_of(const std::optional<support::Said<Time>>& said) { return said ? std::optional(said->value) : std::nullopt; }

bool meets(Time time, const std::optional<Time>& objective) { return objective && time <= *objective; }

// One scenario of both plans, and where in the outcomes of each what they share is found.
class Pair {
public:
    Pair(const Rehearsal& before, const Rehearsal& after) : before_(before), after_(after) {
        const std::string scenario = before.plan().scenarios[before.estimate().recovery.scenario].heading.name;
        match(before.plan().services, after.plan().services, before.estimate().services, after.estimate().services, true, scenario);
        match(before.plan().data, after.plan().data, before.estimate().data, after.estimate().data, false, scenario);
    }

    [[nodiscard]] const std::vector<Shift>& blank() const { return blank_; }

    // What a thread needs.
    struct Own {
        Trials before;
        Trials after;
        std::vector<Shift> shifts;
    };
    [[nodiscard]] Own own(std::uint64_t seed) const { return {Trials(before_, seed), Trials(after_, seed), blank_}; }

    void trial(std::uint64_t number, Own& own) const {
        const Outcome &one = own.before.at(number), &other = own.after.at(number);
        std::vector<Shift>& shifts = own.shifts;
        for (std::size_t i = 0; i < shifts.size(); ++i) {
            const auto& [from, to] = places_[i];
            if (shifts[i].service) shifts[i].add(one.rta[from], other.rta[to]);
            else shifts[i].add(one.rpa[from], other.rpa[to]);
        }
    }

private:
    static std::optional<Time> objective(const analysis::ServiceOutcome& outcome) { return time_of(outcome.rto); }
    static std::optional<Time> objective(const analysis::DataOutcome& outcome) { return time_of(outcome.rpo); }

    template <class Things, class Outcomes>
    void match(const Things& things, const Things& others, const Outcomes& before, const Outcomes& after, bool service,
               const std::string& scenario) {
        for (const auto id : things.ids())
            for (const auto other : others.ids()) {
                if (things[id].heading.name != others[other].heading.name) continue;
                Shift shift;
                shift.scenario = scenario;
                shift.name = things[id].heading.name;
                shift.service = service;
                shift.objective_before = objective(before[id.value]);
                shift.objective_after = objective(after[other.value]);
                blank_.push_back(shift);
                places_.emplace_back(id.value, other.value);
            }
    }

    const Rehearsal& before_;
    const Rehearsal& after_;
    std::vector<Shift> blank_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places_;
};

std::vector<Shift> trials_of(const Pair& pair, const Options& options) {
    std::vector<Shift> total = pair.blank();
    by_threads(
        0, options.trials, options.threads, [&] { return pair.own(options.seed); },
        [&](std::uint64_t trial, Pair::Own& own) { pair.trial(trial, own); },
        [&](const Pair::Own& own) {
            for (std::size_t i = 0; i < total.size(); ++i) total[i].merge(own.shifts[i]);
        });
    return total;
}

}  // namespace

Mean Shift::met() const {
    const auto n = static_cast<double>(before.count());
    const double more = static_cast<double>(gained) - static_cast<double>(lost);
    const double spread = static_cast<double>(gained) + static_cast<double>(lost) - more * more / n;
    const double reach = z * std::sqrt(std::max(0.0, spread)) / n;
    return {more / n, more / n - reach, more / n + reach};
}

std::optional<Mean> Shift::time() const {
    if (both == 0) return std::nullopt;
    const auto n = static_cast<double>(both);
    const double mean = static_cast<double>(sum) / n;
    const double variance = both < 2 ? 0 : std::max(0.0, static_cast<double>(squares) - n * mean * mean) / (n - 1);
    const double reach = z * std::sqrt(variance / n);
    return Mean{mean, mean - reach, mean + reach};
}

void Shift::add(Time time_before, Time time_after) {
    before.add(time_before);
    after.add(time_after);
    differ += time_before != time_after ? 1 : 0;
    const bool met_before = meets(time_before, objective_before), met_after = meets(time_after, objective_after);
    gained += met_after && !met_before ? 1 : 0;
    lost += met_before && !met_after ? 1 : 0;
    if (time_before >= unknown || time_after >= unknown) return;
    ++both;
    const __int128 longer = (time_after - time_before).count();
    sum += longer;
    squares += longer * longer;
}

void Shift::merge(const Shift& other) {
    before.merge(other.before);
    after.merge(other.after);
    differ += other.differ;
    gained += other.gained;
    lost += other.lost;
    both += other.both;
    sum += other.sum;
    squares += other.squares;
}

std::vector<Shift> compare(const model::Plan& before, const model::Plan& after, const Options& options) {
    const analysis::Schedules one(before, options.as_of), other(after, options.as_of);
    std::vector<Shift> all;
    for (const auto id : before.scenarios.ids())
        for (const auto same : after.scenarios.ids()) {
            if (before.scenarios[id].heading.name != after.scenarios[same].heading.name) continue;
            const Rehearsal from(before, id, one), to(after, same, other);
            const auto shifts = trials_of(Pair(from, to), options);
            all.insert(all.end(), shifts.begin(), shifts.end());
        }
    return all;
}

}  // namespace muster::simulator
