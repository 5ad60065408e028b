// A recovery network for the eye: without what takes no time, and without arrows that others imply.
#pragma once

#include <optional>
#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::backends::graph {

/// What is left of a network: the nodes that are shown, and what each of them waits for among these.
struct Contraction {
    std::vector<analysis::NodeId> shown;                ///< in the order of the network
    std::vector<std::vector<analysis::NodeId>> inputs;  ///< by node of the network; empty for what is not shown
    std::vector<analysis::NodeId> stands_in;            ///< by node: the one that is shown in its place, itself or another
};

/// The service whose readiness at last `node` is, through the names that were switched; nothing for any other node.
[[nodiscard]] std::optional<support::Id<model::Service>> service_at_last(const analysis::Network& network, analysis::NodeId node);

/// Contracts the network of `estimate` to what the steps and the readiness of services come from. Nodes without length go, except
/// those that people want to see; a service's start becomes one with its readiness; of the inputs of a node those go that another
/// one waits for already. Two nodes that follow each other on `path` stay joined.
[[nodiscard]] Contraction contract(const analysis::Estimate& estimate, const std::vector<analysis::NodeId>& path);

}  // namespace muster::backends::graph
