// What the trials that miss an objective have in common, for people.
#pragma once

#include <string>

#include "compiler/model/plan.h"
#include "simulator/result.h"

namespace muster::simulator {

/// What a factor is, as a clause: "`dba` is paged outside its hours".
[[nodiscard]] std::string words_of(const model::Plan& plan, const Factor& factor);

/// For every service that misses its RTO in some trial how often it does, which steps most often decide when it is back, and the three
/// things that the misses have in common more than all trials do. Empty where none misses.
[[nodiscard]] std::string misses_text(const model::Plan& plan, const ScenarioResult& result);

}  // namespace muster::simulator
