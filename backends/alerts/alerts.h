// Alerts for Prometheus.
#pragma once

#include "backends/files.h"
#include "backends/yaml/writer.h"
#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::backends::alerts {

/// `alerts/rules.yaml` for Prometheus itself and `alerts/prometheusrule.yaml`, the same rules as an object of its operator; nothing
/// where there are no rules. A comment in both lists the detectors that Prometheus cannot stand for. No input or output, no
/// clock: `as_of` fixes every schedule.
[[nodiscard]] Files alerts(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of);

/// The documents of both files, in that order, before they are text.
[[nodiscard]] std::vector<yaml::Document> documents(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of);

}  // namespace muster::backends::alerts
