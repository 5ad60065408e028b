#include "backends/jobs/retention.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/jobs/tools.h"
#include "compiler/analysis/calendar.h"

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Retention;
using std::chrono::hours;

std::size_t number(Retention::Grade grade) { return static_cast<std::size_t>(grade); }

std::string_view word_of(Retention::Grade grade) {
    constexpr std::array<std::string_view, 6> words{"all", "hourly", "daily", "weekly", "monthly", "yearly"};
    return words.at(number(grade));
}

// The shortest that a period of a grade is.
Time shortest_period(Retention::Grade grade) {
    constexpr std::array<hours, 6> periods{hours{0}, hours{1}, hours{24}, hours{24 * 7}, hours{24 * 28}, hours{24 * 365}};
    return periods.at(number(grade));
}

std::int64_t starts_within(const Backup& backup, Time length, analysis::Instant as_of) {
    constexpr int most = 10'000;
    const analysis::Timetable timetable(*backup.schedule);
    std::int64_t runs = 0;
    for (auto start = timetable.next(as_of); start && *start <= as_of + length && runs < most; start = timetable.next(*start)) ++runs;
    return runs;
}

std::int64_t runs_of_line(const Backup& backup, const Retention& line, analysis::Instant as_of) {
    const Time length = std::min(line.length.value_or(hours{24 * 366}), Time{hours{24 * 3660}});
    const std::int64_t runs = starts_within(backup, length, as_of);
    const Time period = shortest_period(line.grade);
    return period == Time{0} ? runs : std::min(runs, length / period + 1);
}

// Whether runs in `store` get to `later` in time, and that is the same bucket or folder: they keep their name there.
bool moved_within(const model::Plan& plan, const Backup& backup, Id<model::Store> store, Id<model::Store> later) {
    const bool moved = std::ranges::any_of(backup.to, [&](const model::Destination& one) { return one.store == later && one.after; });
    return moved && shelf_of(plan.stores[later]) == shelf_of(plan.stores[store]);
}

}  // namespace

std::vector<Retention> kept_in(const model::Plan& plan, const Backup& backup, Id<model::Store> store) {
    std::vector<Retention> kept;
    for (const Retention& line : backup.keep)
        if (!line.in || *line.in == store || moved_within(plan, backup, store, *line.in)) kept.push_back(line);
    const auto everything = [](const Retention& line) { return line.grade == Retention::Grade::all && !line.length; };
    return std::any_of(kept.begin(), kept.end(), everything) ? std::vector<Retention>{} : kept;
}

std::string kept_words(const std::vector<Retention>& kept) {
    std::string words;
    for (const Retention& line : kept) {
        const auto length = line.length ? std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(*line.length).count(), 1) : 0;
        words += fmt::format("{}{}:{}", words.empty() ? "" : " ", word_of(line.grade), length);
    }
    return words;
}

std::string kept_options(const std::vector<Retention>& kept) {
    std::string options;
    for (const Retention& line : kept) {
        const std::string grade = line.grade == Retention::Grade::all ? "" : "-" + std::string(word_of(line.grade));
        const auto length = line.length ? fmt::format("{}h", std::chrono::ceil<hours>(*line.length).count()) : "1000y";
        options += fmt::format(" --keep-within{} {}", grade, length);
    }
    return options;
}

std::int64_t runs_kept(const model::Plan& plan, const Backup& backup, Id<model::Store> store, analysis::Instant as_of) {
    const auto kept = kept_in(plan, backup, store);
    // Two more: the run that is being stored, and the one before it, which is never removed.
    constexpr std::int64_t always = 2;
    std::int64_t runs = kept.empty() ? starts_within(backup, hours{24 * 366}, as_of) : 0;
    for (const Retention& line : kept) runs += runs_of_line(backup, line, as_of);
    return runs + always;
}

}  // namespace muster::backends::jobs
