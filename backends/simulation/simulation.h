// A simulation by many machines: a Kubernetes Job whose pods make a part of the trials each, and one that joins the parts.
#pragma once

#include <cstdint>
#include <string>

#include "backends/files.h"
#include "compiler/model/plan.h"
#include "compiler/support/result.h"
#include "compiler/support/source.h"

namespace muster::backends::simulation {

/// What is simulated, and by how many.
struct Setting {
    std::uint64_t shards = 8;
    std::uint64_t trials = 10'000'000;  ///< of each scenario, all shards together
    std::uint64_t seed = 1;
    std::string as_of;    ///< ISO date: the clock of every schedule, the same for each pod whenever it runs
    bool folder = false;  ///< the plan was given as a folder; else as the first of its files
    std::string image;    ///< that holds muster, a POSIX shell and seq
};

/// `simulation/`: a ConfigMap with the plan, a claim that all pods write to, the Indexed Job of the shards, the Job that waits for them and
/// runs `muster merge`, a NetworkPolicy that lets nothing in or out, and a kustomization.yaml. Names carry the plan's hash, since a Job
/// cannot be changed. Fails where the plan does not fit into a ConfigMap.
[[nodiscard]] support::Result<Files> simulation(const model::Plan& plan, const support::Sources& sources, const Setting& setting);

}  // namespace muster::backends::simulation
