#include "simulator/comparison.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <system_error>
#include <thread>

#include "simulator/rehearsal.h"

namespace muster::simulator {
namespace {

constexpr double z = 1.959963984540054;  // the normal distribution's 97.5th percentile
constexpr std::uint64_t batch = 256;

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

    void trial(const Draws& draws, std::vector<Shift>& shifts) const {
        const Outcome one = before_.trial(draws), other = after_.trial(draws);
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

// All trials of one pair, by as many threads as there are to be had.
std::vector<Shift> trials_of(const Pair& pair, const Options& options) {
    std::vector<Shift> total = pair.blank();
    std::mutex mutex;
    std::atomic<std::uint64_t> next{0};
    const auto work = [&] {
        std::vector<Shift> own = pair.blank();
        for (std::uint64_t first = next.fetch_add(batch); first < options.trials; first = next.fetch_add(batch))
            for (std::uint64_t trial = first; trial < std::min(first + batch, options.trials); ++trial)
                pair.trial(Draws(options.seed, trial), own);
        const std::lock_guard lock(mutex);
        for (std::size_t i = 0; i < total.size(); ++i) total[i].merge(own[i]);
    };
    const std::uint64_t wanted = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    {
        std::vector<std::jthread> helpers;
        try {
            for (std::uint64_t i = 1; i < std::min(wanted, options.trials / batch + 1); ++i) helpers.emplace_back(work);
        } catch (const std::system_error&) {  // a machine that gives no more threads still gets its answer
        }
        work();
    }
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
