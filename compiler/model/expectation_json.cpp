// What a plan expects of itself, and the changes that it can be tried with.

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {

ordered_json json_of(const Exporter& all, const Expectation& value) {
    constexpr std::array<std::string_view, 7> measures{"rta", "rpa", "duration", "chance_of_rto", "chance_of_rpo", "availability", "order"};
    constexpr std::array<std::string_view, 6> statistics{"p50", "p90", "p95", "p99", "max", "mean"};
    constexpr std::array<std::string_view, 4> comparisons{"<=", "<", ">=", ">"};
    Entry entry(all, value.heading);
    entry.put("measure", measures.at(static_cast<std::size_t>(value.measure)));
    if (value.statistic) entry.put("statistic", statistics.at(static_cast<std::size_t>(*value.statistic)));
    entry.put("services", value.services).put("data", value.data).put("step", value.step).put("scenarios", value.scenarios);
    if (value.measure != Expectation::Measure::order) entry.put("comparison", comparisons.at(static_cast<std::size_t>(value.comparison)));
    return entry.put("time_ms", value.time).put("share_millionths", value.percent).done();
}

ordered_json json_of(const Exporter& all, const WhatIf& value) { return Entry(all, value.heading).done(); }

}  // namespace muster::model
