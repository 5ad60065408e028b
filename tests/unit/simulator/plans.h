// Plans for the tests of the simulator, from their text.
#pragma once

#include <string>
#include <string_view>

#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"
#include "simulator/trial_times.h"

namespace muster::simulator::testing {

/// The plan that `text` says; fails the test where it has errors.
[[nodiscard]] model::Plan plan_of(std::string_view text);

/// The plan in that folder; fails the test where it has errors.
[[nodiscard]] model::Plan plan_in(const std::string& folder);

/// 2027-01-01T00:00Z, a Friday.
inline constexpr analysis::Instant new_year = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1};

/// The id of the thing of that name in a table of a plan.
template <class T>
[[nodiscard]] support::Id<T> named(const support::Table<T>& table, std::string_view name) {
    for (const auto id : table.ids())
        if (table[id].heading.name == name) return id;
    throw std::out_of_range(std::string(name));
}

/// A shop whose region fails or whose data is damaged: every kind of copy, people with hours, detection, a DNS switch. All its
/// durations have an upper end.
extern const std::string_view shop;

/// The declarations of `text`, which starts each in the first column of a line, in reverse order.
[[nodiscard]] std::string reversed(std::string_view text);

/// When each of that many nodes ends.
[[nodiscard]] inline std::vector<support::Time> ends(const TrialTimes& times, std::size_t nodes) {
    std::vector<support::Time> ends;
    for (analysis::NodeId node = 0; node < nodes; ++node) ends.push_back(times.end(node));
    return ends;
}

}  // namespace muster::simulator::testing
