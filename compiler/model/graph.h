// The graph of hard dependencies between services.
#pragma once

#include <vector>

#include "compiler/model/plan.h"

namespace muster::model {

/// The ways in which services need each other in a circle: of each strongly connected part its shortest cycle, from its first
/// declared service, which stands at both ends. A service that needs itself counts. Parts come in order of declaration.
/// A need with an alternative closes no circle: the other one is a way out.
[[nodiscard]] std::vector<std::vector<Id<Service>>> dependency_cycles(const Plan& plan);

}  // namespace muster::model
