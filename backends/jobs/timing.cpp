#include "backends/jobs/timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "compiler/analysis/zone.h"

namespace muster::backends::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// The largest stretch that cron can repeat without a break and that `interval` is a multiple of; a minute where there is none.
Time cadence_of(Time interval) {
    constexpr std::array<minutes, 18> stretches{hours{24},   hours{12},  hours{8},    hours{6},    hours{4},    hours{3},
                                                hours{2},    hours{1},   minutes{30}, minutes{20}, minutes{15}, minutes{12},
                                                minutes{10}, minutes{6}, minutes{5},  minutes{4},  minutes{3},  minutes{2}};
    const auto fits = std::find_if(stretches.begin(), stretches.end(), [&](minutes stretch) { return interval % stretch == Time::zero(); });
    return fits == stretches.end() ? minutes{1} : *fits;
}

std::string cron_of(Time cadence) {
    if (cadence == hours{24}) return "0 0 * * *";
    if (cadence == hours{1}) return "0 * * * *";
    if (cadence == minutes{1}) return "* * * * *";
    return cadence > hours{1} ? fmt::format("0 */{} * * *", cadence / hours{1}) : fmt::format("*/{} * * * *", cadence / minutes{1});
}

int minutes_from_utc(const std::string& zone_name, Instant as_of) {
    const auto zone = analysis::Zone::named(zone_name);
    if (!zone) return 0;
    const auto offset = zone->at(std::chrono::floor<seconds>(as_of)).offset;
    return static_cast<int>(std::chrono::duration_cast<minutes>(offset).count());
}

std::string key_of(const model::Schedule& schedule) {
    if (schedule.interval) return fmt::format("{}", schedule.interval->count());
    return fmt::format("{}|{}|{}", schedule.calendar.cron, schedule.calendar.nth, schedule.zone);
}

}  // namespace

model::Schedule CronLine::schedule() const {
    model::Schedule line;
    if (interval) line.interval = interval->cadence;
    else line.calendar = model::parse_cron(cron).value();
    line.zone = zone;
    return line;
}

CronLine cron_line(const model::Schedule& schedule, Instant as_of) {
    CronLine line{schedule.calendar.cron, schedule.zone, std::nullopt, std::nullopt};
    if (schedule.interval) {
        const Time cadence = cadence_of(*schedule.interval);
        line = {cron_of(cadence), "UTC", std::nullopt, std::nullopt};
        if (cadence != *schedule.interval) line.interval = {*schedule.interval, cadence};
    } else if (schedule.calendar.nth != 0) {
        const int start = std::countr_zero(schedule.calendar.hours) * 60 + std::countr_zero(schedule.calendar.minutes);
        line.nth = {schedule.calendar.nth, start, minutes_from_utc(schedule.zone, as_of)};
    }
    return line;
}

std::optional<Time> shortest_gap(const model::Schedule& schedule, Instant as_of) {
    constexpr int most_starts = 20'000;
    const analysis::Timetable timetable(schedule);
    std::optional<Time> shortest;
    auto start = timetable.next(as_of);
    for (int i = 1; i < most_starts && start && *start < as_of + hours{24 * 366 * 5}; ++i) {
        const auto following = timetable.next(*start);
        if (following) shortest = std::min(shortest.value_or(Time::max()), *following - *start);
        start = following;
    }
    return shortest;
}

std::optional<Time> Gaps::shortest(const model::Schedule& schedule) {
    const auto [known, is_new] = known_.try_emplace("shortest " + key_of(schedule));
    if (is_new) known->second = shortest_gap(schedule, as_of_);
    return known->second;
}

std::optional<Time> Gaps::longest(const model::Schedule& schedule, std::int64_t missed) {
    const auto [known, is_new] = known_.try_emplace(fmt::format("longest {} {}", missed, key_of(schedule)));
    if (is_new) known->second = analysis::longest_gap(schedule, as_of_, missed);
    return known->second;
}

std::optional<Time> Gaps::longest_of(const model::Backup& backup, Time run) {
    if (!backup.schedule) return std::nullopt;
    const auto key = fmt::format("run {} {} {}", run.count(), backup.tolerates_missed, key_of(*backup.schedule));
    const auto [known, is_new] = known_.try_emplace(key);
    if (is_new) known->second = analysis::longest_gap_of(backup, run, as_of_);
    return known->second;
}

Deadlines deadlines(Time period, std::optional<Time> planned, std::optional<Time> starts_within) {
    using std::chrono::floor;
    constexpr seconds shortest{10};  // Kubernetes looks every 10 s
    const seconds unless_said = std::clamp(floor<seconds>(period / 10), shortest, seconds{300});
    const seconds starting = starts_within ? std::max(floor<seconds>(*starts_within), shortest) : unless_said;
    const seconds latest = std::max(floor<seconds>(period) - starting, seconds{1});
    const seconds wanted =
        planned ? std::chrono::ceil<seconds>(std::min(*planned, Time{hours{24 * 365}}) * deadline_factor) : seconds{hours{24}};
    return {starting.count(), std::clamp(wanted, seconds{1}, latest).count()};
}

}  // namespace muster::backends::jobs
