// Where a job runs.
#pragma once

#include <optional>
#include <string>

#include "compiler/model/plan.h"

namespace muster::backends::jobs {

using support::Id;

struct Home {
    std::string site = "default";  ///< its name; `default` in a plan without sites
    std::string cluster;           ///< its kubectl context; may be empty
    std::string in_namespace;
};

/// The first site of the plan that is no standby, else its first; nothing where it has none.
[[nodiscard]] std::optional<Id<model::Site>> first_active_site(const model::Plan& plan);

/// The main namespace of the plan at `site`.
[[nodiscard]] Home home_at(const model::Plan& plan, std::optional<Id<model::Site>> site);

/// Where a backup of `copy` runs: see jobs_of.
[[nodiscard]] Home home_of(const model::Plan& plan, const model::Copy& copy);

/// The sites at which a service that holds the data of `copy`, or where none is said to hold it one that uses it, stands by, each
/// once, in order; without that of `home`.
[[nodiscard]] std::vector<Id<model::Site>> standby_sites(const model::Plan& plan, const model::Copy& copy, const Home& home);

/// The namespace of the first service of the plan that has one; `default` where none has.
[[nodiscard]] std::string main_namespace(const model::Plan& plan);

/// The first service of the plan that runs in the namespace `name`; empty where none does.
[[nodiscard]] std::string service_in_namespace(const model::Plan& plan, const std::string& name);

}  // namespace muster::backends::jobs
