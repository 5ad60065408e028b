// Backups that the cluster itself makes and keeps: Velero's, CloudNativePG's, and snapshots of volumes.
#pragma once

#include <string>
#include <vector>

#include "backends/jobs/jobs.h"
#include "backends/jobs/tools.h"

namespace muster::backends::jobs {

/// What `job` runs after its head: it asks for the copy, waits until it is whole, and removes what is no longer kept.
[[nodiscard]] std::string cluster_script(const model::Plan& plan, const Job& job, Tool tool);

/// What the label `muster/copy` of all copies of a job holds. It leaves room for a claim and a time in a name.
[[nodiscard]] std::string object_of(const model::Plan& plan, const model::Copy& copy);

/// The namespace of Velero, in which its backups are asked for.
inline constexpr std::string_view velero_namespace = "velero";

/// The volume claim of `data`.
[[nodiscard]] std::string claim_of_data(const model::Dataset& data);

/// The namespaces in which the services of `plan` run, each once, in order.
[[nodiscard]] std::vector<std::string> namespaces_of(const model::Plan& plan);

}  // namespace muster::backends::jobs
