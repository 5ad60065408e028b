// Kubernetes: what has to run on a schedule, and all that it needs.
#pragma once

#include "backends/files.h"
#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::backends::kubernetes {

/// `kubernetes/<site>/`: for every backup, verification and drill with a schedule one file with its CronJob, ServiceAccount,
/// ConfigMap and NetworkPolicy, and with a Role and RoleBinding where it uses the API; the claims of stores that are volumes; and a
/// kustomization.yaml, whose comment lists the secrets that have to be there and what of the plan is not made into a job. A site
/// without jobs has no folder. No input or output, no clock: `as_of` fixes every schedule, `sources` names the plan's files.
[[nodiscard]] Files kubernetes(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of);

}  // namespace muster::backends::kubernetes
