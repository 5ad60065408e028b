// The objects of Kubernetes that a job consists of.
#pragma once

#include <vector>

#include "backends/kubernetes/needs.h"
#include "backends/yaml/value.h"

namespace muster::backends::kubernetes {

/// What all objects of a job say of themselves.
struct Origin {
    const model::Plan& plan;
    const support::Sources& sources;
    const jobs::Job& job;
};

/// `app.kubernetes.io/managed-by` and the others, and the hash of the plan, for an object that belongs to `instance`.
[[nodiscard]] yaml::Value labels(const model::Plan& plan, const std::string& instance, const std::string& component);

/// "backup", "verification", "drill", "check" or "archive".
[[nodiscard]] std::string_view component_of(const jobs::Job& job);

/// Everything but the CronJob: the account, the role and its binding where the job uses the API, the scripts, the network policy,
/// and the job's own namespace where it has one.
[[nodiscard]] std::vector<yaml::Value> objects_beside(const Origin& origin, const Needs& needs);

/// The CronJob.
[[nodiscard]] yaml::Value cronjob(const Origin& origin, const Needs& needs);

/// A claim for a store that is a volume, of `bytes`.
[[nodiscard]] yaml::Value volume_claim(const model::Plan& plan, const support::Sources& sources, const model::Store& store,
                                       const std::string& in_namespace, std::int64_t bytes);

/// The first fields of any object; `name` within `in_namespace`, which is empty for what lies in none.
[[nodiscard]] yaml::Value object(const std::string& api, const std::string& kind, yaml::Value metadata);
[[nodiscard]] yaml::Value metadata(const Origin& origin, const std::string& in_namespace);

/// A quantity of Kubernetes: mebibytes, rounded up, in the unit in which the API keeps it, so that a second apply changes nothing.
[[nodiscard]] std::string quantity(std::int64_t bytes);

}  // namespace muster::backends::kubernetes
