// The result of a simulation for people.
#pragma once

#include <string>

#include "compiler/model/plan.h"
#include "simulator/result.h"

namespace muster::simulator {

/// Per scenario a table of the services that it affects, one of the data that has an objective or can lose something, one of the roles
/// at work, and for every service that misses its RTO in some trial what it waits for and what the misses have in common. Times are
/// rounded up to whole seconds, shares of what is met down and of what never comes up, so that nothing looks better than it is. With
/// `plots` a picture of when each of these services is back.
[[nodiscard]] std::string render_text(const model::Plan& plan, const Result& result, bool plots = false);

}  // namespace muster::simulator
