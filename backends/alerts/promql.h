// Text in PromQL, in its templates, and in its durations.
#pragma once

#include <string>
#include <string_view>

#include "compiler/support/time.h"

namespace muster::backends::alerts {

/// `text` as a string of PromQL in double quotes, as the value of a label in a selector.
[[nodiscard]] std::string promql_quote(std::string_view text);

/// `text` as the value of a label or annotation of a rule: Prometheus takes these for templates, in which it stands for itself.
[[nodiscard]] std::string template_text(std::string_view text);

/// `time`, zero or above, as Prometheus writes durations: `5m30s`, `0s`.
[[nodiscard]] std::string promql_duration(support::Time time);

/// The name of an alert: `wanted` where it is an identifier, otherwise `otherwise` with its words joined: `database-down` is
/// `DatabaseDown`.
[[nodiscard]] std::string alert_name(const std::string& wanted, const std::string& otherwise);

}  // namespace muster::backends::alerts
