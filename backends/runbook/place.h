// Where a step acts: the site, its cluster, the namespace, and the database in it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "compiler/analysis/recovery.h"

namespace muster::backends::runbook {

using support::Id;

/// Where kubectl and a shell text of the plan act. Empty where the plan does not say.
struct Where {
    std::string site;
    std::string cluster;  ///< kubectl context
    std::string in_namespace;
};

/// A step of a scenario, with all that tells what it does there.
struct StepIn {
    const model::Plan& plan;
    const analysis::Recovery& recovery;
    Id<model::Step> id;
    std::map<std::string, std::string> gone;  ///< by pods_key: what has no pods by then, and the step that scaled it to 0

    [[nodiscard]] const model::Step& step() const { return plan.steps[id]; }
    [[nodiscard]] const model::Procedure& procedure() const { return plan.procedures[step().procedure]; }
};

/// Where the step acts on `service`: on the place that it names, else on the first active placement that the scenario leaves,
/// else on the first standby that it leaves, else on the first placement.
[[nodiscard]] Where where_of(const StepIn& step, std::optional<Id<model::Service>> service);

/// Where the step acts as a whole: on the first service that its procedure recovers.
[[nodiscard]] Where where_of(const StepIn& step);

/// Whether what a step fences ran at a place that is down now, where no command reaches it: a person has to cut it off. Not where the step
/// says where it is performed.
[[nodiscard]] bool is_fenced_from_outside(const StepIn& in, Id<model::Service> service);

/// `deployment/shop`, for kubectl; empty for what kubectl does not know (helm, managed) and where no workload is named.
[[nodiscard]] std::string workload_of(const model::Service& service);

/// The pods of `service` there, as a key of StepIn::gone.
[[nodiscard]] std::string pods_key(const Where& where, const model::Service& service);

/// Why no command of the step can run in the pods of `service` there, as a sentence; empty where it can. An earlier step has
/// scaled it to 0; or the step promotes a replica of which the plan does not say in which pods it runs, but for those of the primary.
[[nodiscard]] std::string why_not_in_pods(const StepIn& step, const Where& where, const model::Service& service);

/// The first service that holds `data`.
[[nodiscard]] std::optional<Id<model::Service>> holder_of(const model::Plan& plan, Id<model::Dataset> data);

/// The service whose database an SQL text of the step means: what holds the data that it restores or promotes, else the first
/// that its procedure recovers and that has an engine, else the only one of the plan that has.
[[nodiscard]] std::optional<Id<model::Service>> database_of(const StepIn& step);

/// Whether `service` is PostgreSQL, as far as the plan says.
[[nodiscard]] bool is_postgres(const model::Service& service);

}  // namespace muster::backends::runbook
