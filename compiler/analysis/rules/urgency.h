// Which services a plan has to bring back first.
#pragma once

#include <optional>

#include "compiler/model/plan.h"

namespace muster::analysis::rules {

/// The smallest RTO that a tier of `plan` states in general. Nothing where none does.
[[nodiscard]] std::optional<support::Time> most_urgent_rto(const model::Plan& plan);

/// Whether `service` is of a tier whose RTO in general is `rto`.
[[nodiscard]] bool is_of_rto(const model::Plan& plan, const model::Service& service, support::Time rto);

}  // namespace muster::analysis::rules
