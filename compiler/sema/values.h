// Literals: what a number with a unit, a date or a time of day means.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/duration.h"
#include "compiler/model/objective.h"
#include "compiler/support/bytes.h"

namespace muster::sema {

/// Each of these reads one value of the kind that the grammar put there. What does not fit its range is reported to `sink`,
/// and something harmless of the right type comes back.

/// `30m`
[[nodiscard]] support::Time read_time(const ast::Value& value, diagnostics::Sink& sink);
/// A `duration` group: `5m`, `2m..8m`, `2m..4m..15m`, `p50 5m p95 20m`, `mean 5m`
[[nodiscard]] model::Duration read_duration(const ast::Value& group, diagnostics::Sink& sink);
/// `180GB`; above zero
[[nodiscard]] support::Size read_size(const ast::Value& value, diagnostics::Sink& sink);
/// `200MB/s`; zero only where `may_be_zero`
[[nodiscard]] support::Rate read_rate(const ast::Value& value, bool may_be_zero, diagnostics::Sink& sink);
/// `99.95%`; 0 to 100
[[nodiscard]] model::Percent read_percent(const ast::Value& value, diagnostics::Sink& sink);
/// A whole number from `low` to `high`
[[nodiscard]] std::int64_t read_number(const ast::Value& value, std::int64_t low, std::int64_t high, diagnostics::Sink& sink);
/// `2026-09-30`; nothing where there is no such day
[[nodiscard]] std::optional<std::chrono::year_month_day> read_date(const ast::Value& value, diagnostics::Sink& sink);
/// `2026-09-30T02:00:00Z`, in UTC whether it says so or not, in whole seconds; nothing where there is no such moment
[[nodiscard]] std::optional<std::string> read_moment(const ast::Value& value, diagnostics::Sink& sink);
/// `02:00`, as the time since midnight; nothing where there is no such time
[[nodiscard]] std::optional<support::Time> read_clock(const ast::Value& value, diagnostics::Sink& sink);

}  // namespace muster::sema
