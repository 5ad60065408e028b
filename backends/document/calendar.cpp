#include <fmt/format.h>

#include <algorithm>

#include "backends/document/sections.h"
#include "compiler/analysis/calendar.h"

namespace muster::backends::document {
namespace {

using analysis::Instant;
using model::Plan;
using page::plain;

// One line of the calendar. What has no date comes last.
struct Entry {
    std::string date;  ///< ISO; empty: none
    std::string what, when, who, last;
};

std::string iso(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::minutes>(instant - day)};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count());
}

std::string next(const model::Schedule& schedule, Instant as_of) {
    const auto start = analysis::next_start(schedule, as_of);
    return start ? iso(*start) : std::string();
}

std::string names(const Plan& plan, const std::vector<model::SaidId<model::Role>>& by) {
    return joined(by, [&](const auto& said) { return plan.roles[said.value].heading.label(); });
}

template <class Due>
Entry entry(const Plan& plan, const std::string& what, const Due& due, Instant as_of) {
    return {due.schedule ? next(*due.schedule, as_of) : std::string(), what,
            due.schedule ? due.schedule->written : std::string("no date is set"), names(plan, due.by),
            due.last.empty() ? "never, by the plan" : due.last};
}

void add_verifications(std::vector<Entry>& all, const Plan& plan, const model::Copy& copy, const std::vector<model::Verification>& checks,
                       Instant as_of) {
    for (const model::Verification& one : checks) {
        if (!one.schedule) continue;
        const std::string data = joined(copy.of, [&](const auto& said) { return plan.data[said.value].heading.name; });
        all.push_back(
            {next(*one.schedule, as_of), fmt::format("Test of {} of {}", copy.heading.name, data), one.schedule->written, "automatic", {}});
    }
}

std::string date_after(const std::string& date, support::Time length) {
    int y = 0;
    unsigned m = 0, d = 0;
    if (std::sscanf(date.c_str(), "%d-%u-%u", &y, &m, &d) != 3) return {};
    const Instant from = std::chrono::sys_days{std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)};
    return iso(from + std::chrono::floor<std::chrono::days>(length)).substr(0, 10);
}

void add_secrets(std::vector<Entry>& all, const Plan& plan) {
    for (const model::Secret& secret : plan.secrets) {
        if (!secret.expires.empty()) all.push_back({secret.expires, "Ends: " + secret.heading.label(), "once", {}, secret.rotated});
        if (secret.rotates_every && !secret.rotated.empty())
            all.push_back({date_after(secret.rotated, secret.rotates_every->value),
                           "Replace " + secret.heading.label(),
                           "every " + support::format_duration(secret.rotates_every->value),
                           {},
                           secret.rotated});
    }
}

std::vector<Entry> entries(const Plan& plan, Instant as_of) {
    std::vector<Entry> all;
    for (const model::Drill& drill : plan.drills) all.push_back(entry(plan, "Drill: " + drill.heading.label(), drill, as_of));
    for (const model::Duty& duty : plan.duties) all.push_back(entry(plan, duty.heading.label(), duty, as_of));
    for (const model::Copy& copy : plan.copies) {
        if (copy.backup() != nullptr) add_verifications(all, plan, copy, copy.backup()->verifications, as_of);
        if (copy.archive() != nullptr) add_verifications(all, plan, copy, copy.archive()->verifications, as_of);
    }
    if (plan.review_every && !plan.reviewed.empty())
        all.push_back({date_after(plan.reviewed, plan.review_every->value), "Review of this plan",
                       "every " + support::format_duration(plan.review_every->value), plan.owner, plan.reviewed});
    add_secrets(all, plan);
    std::stable_sort(all.begin(), all.end(),
                     [](const Entry& a, const Entry& b) { return a.date.empty() != b.date.empty() ? b.date.empty() : a.date < b.date; });
    return all;
}

}  // namespace

void add_calendar(page::Page& page, const Plan& plan, Instant as_of) {
    page::Table table{{"next", "what", "when", "who", "last"}, {}};
    const std::string today = iso(as_of).substr(0, 10);
    for (const Entry& one : entries(plan, as_of)) {
        const bool late = !one.date.empty() && one.date.substr(0, 10) < today;
        table.rows.push_back({{late ? page::strong(one.date + ", overdue") : plain(one.date)},
                              {plain(one.what)},
                              {plain(one.when)},
                              {plain(one.who)},
                              {plain(one.last)}});
    }
    add_table(page, "Calendar", std::move(table));
}

}  // namespace muster::backends::document
