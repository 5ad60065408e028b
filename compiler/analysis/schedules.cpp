#include "compiler/analysis/schedules.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "compiler/analysis/link.h"
#include "compiler/analysis/replication.h"

namespace muster::analysis {
namespace {

using model::Copy;
using model::Plan;
using model::Store;
using support::Size;

std::optional<Size> size_of_all(const Plan& plan, const Copy& copy) {
    if (copy.backup()->size) return copy.backup()->size->value;
    Size sum{};
    for (const auto& data : copy.of) {
        const auto& size = plan.data[data.value].size;
        if (!size) return std::nullopt;
        // Two of the largest sizes are more than fits.
        if (__builtin_add_overflow(sum.bytes, size->value.bytes, &sum.bytes)) return std::nullopt;
    }
    return sum;
}

// How many starts are walked where runs take longer than some gap; hourly starts of 28 years are 245,000.
constexpr std::size_t most_starts = 300'000;
// How many starts are enough to see the shortest gap of a calendar.
constexpr std::size_t first_starts = 400;

Time shortest_gap(const Timetable& timetable, Instant as_of) {
    Time shortest = support::never;
    auto at = timetable.next(as_of);
    for (std::size_t i = 0; at && i < first_starts; ++i) {
        const auto next = timetable.next(*at);
        if (next) shortest = std::min(shortest, *next - *at);
        at = next;
    }
    return shortest;
}

// Walks the starts that are not skipped, and sums `missed` + 1 of their gaps at a time.
std::optional<Time> longest_gap_of_runs(const Timetable& timetable, Time run, std::int64_t missed, Instant as_of) {
    std::deque<Instant> last;
    std::optional<Time> longest;
    auto at = timetable.next(as_of);
    for (std::size_t i = 0; at && i < most_starts && *at < as_of + gap_horizon; ++i) {
        if (!last.empty() && *at - last.back() < run) {
            at = timetable.next(std::max(*at, last.back() + std::min<Time>(run, gap_horizon) - Time{1}));
            continue;
        }
        last.push_back(*at);
        if (static_cast<std::int64_t>(last.size()) > missed + 2) last.pop_front();
        if (static_cast<std::int64_t>(last.size()) == missed + 2)
            longest = std::max(longest.value_or(Time::zero()), last.back() - last.front());
        at = timetable.next(*at);
    }
    return longest;
}

std::string key_of(const model::Schedule& schedule) {
    if (schedule.interval) return fmt::format("every {}", schedule.interval->count());
    return fmt::format("{} {} {}", schedule.calendar.cron, schedule.calendar.nth, schedule.zone);
}

// How fast `store` takes what comes from the sites where the data of `copy` is written.
std::optional<support::Rate> writing_rate(const Plan& plan, const Copy& copy, const Store& store) {
    if (!store.rate) return std::nullopt;
    support::Rate rate = store.rate->value;
    for (const auto& data : copy.of) {
        const auto link = link_between(plan, home_of(plan, data.value), store.at);
        if (link && plan.links[*link].bandwidth) rate = support::slower(rate, plan.links[*link].bandwidth->value);
    }
    return rate;
}

}  // namespace

// Longest gaps, found once for all backups of the same schedule.
class Gaps {
public:
    explicit Gaps(Instant as_of) : as_of_(as_of) {}

    std::optional<Time> of(const model::Backup& backup, Time run) {
        if (!backup.schedule) return std::nullopt;
        Known& known = known_of(*backup.schedule);
        const bool skips = known.shortest < run;
        const auto [gap, fresh] = known.longest.try_emplace({backup.tolerates_missed, skips ? run : Time::zero()});
        if (fresh)
            gap->second = skips ? longest_gap_of_runs(known.timetable, run, backup.tolerates_missed, as_of_)
                                : known.timetable.longest_gap(as_of_, backup.tolerates_missed);
        return gap->second;
    }

private:
    struct Known {
        Timetable timetable;
        Time shortest;
        std::map<std::pair<std::int64_t, Time>, std::optional<Time>> longest;  // by missed runs and length of a run that skips others
    };

    Known& known_of(const model::Schedule& schedule) {
        const std::string key = key_of(schedule);
        auto at = known_.find(key);
        if (at == known_.end()) {
            Timetable timetable(schedule);
            const Time shortest = shortest_gap(timetable, as_of_);
            at = known_.emplace(key, Known{std::move(timetable), shortest, {}}).first;
        }
        return at->second;
    }

    Instant as_of_;
    std::map<std::string, Known> known_;
};

std::optional<Time> upload_time(const Plan& plan, const Copy& copy, Id<Store> store_id) {
    const model::Backup& backup = *copy.backup();
    const Store& store = plan.stores[store_id];
    if (backup.upload) return backup.upload->value.planning();
    const auto size = size_of_all(plan, copy);
    const auto rate = writing_rate(plan, copy, store);
    if (rate && size) return support::transfer_time(*size, *rate);
    if (store.type == "volume" && !store.rate) return Time::zero();
    return std::nullopt;
}

std::optional<Time> longest_gap_of(const model::Backup& backup, Time run, Instant as_of) { return Gaps(as_of).of(backup, run); }

std::optional<Time> shortest_gap_of(const model::Schedule& schedule, Instant as_of) {
    const Time shortest = shortest_gap(Timetable(schedule), as_of);
    return shortest == support::never ? std::nullopt : std::optional(shortest);
}

Schedules::Schedules(const Plan& plan, Instant as_of) : as_of_(as_of), gaps_(std::make_shared<Gaps>(as_of)) { fill(plan); }

Schedules::Schedules(const Plan& plan, const Schedules& before) : as_of_(before.as_of_), gaps_(before.gaps_) { fill(plan); }

void Schedules::fill(const Plan& plan) {
    runs_.resize(plan.copies.size());
    const auto add = [&](Id<Copy> id, Id<Store> store) {
        const Copy& copy = plan.copies[id];
        Run run{upload_time(plan, copy, store), {}, {}, Time::zero()};
        const model::Backup& backup = *copy.backup();
        const Time late = backup.starts_within ? backup.starts_within->value : Time::zero();
        if (run.upload) run.length = support::later(late, support::later(backup.takes.planning(), *run.upload));
        if (run.length) run.gap = gaps_->of(backup, *run.length);
        runs_[id.value].emplace(store, run);
    };
    // A run is over once it is uploaded; what passes it on does so afterwards.
    const auto pass_on = [&](Id<Copy> id, const Copy& writes) {
        for (const Replicated& one : replicated(plan, writes)) {
            Run run = runs_[id.value].at(one.from);
            run.lag = support::later(run.lag, one.lag);
            if (run.length) run.length = support::later(*run.length, one.lag);
            runs_[id.value].emplace(one.to, run);
        }
    };
    for (const auto id : plan.copies.ids()) {
        const Copy& copy = plan.copies[id];
        if (copy.backup() == nullptr) continue;
        for (const auto store : copy.stores()) add(id, store);
        pass_on(id, copy);
    }
    // What a backup says of its own stores counts first, wherever it is declared.
    for (const auto id : plan.copies.ids()) {
        const Copy& copy = plan.copies[id];
        if (copy.archive() == nullptr || !copy.archive()->base || plan.copies[copy.archive()->base->value].backup() == nullptr) continue;
        for (const auto store : copy.stores()) add(copy.archive()->base->value, store);
        pass_on(copy.archive()->base->value, copy);
    }
}

Schedules::Run Schedules::run(Id<Copy> copy, Id<Store> store) const {
    const auto& runs = runs_[copy.value];
    const auto found = runs.find(store);
    return found == runs.end() ? Run{} : found->second;
}

}  // namespace muster::analysis
