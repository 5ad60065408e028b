#include "compiler/model/scenario.h"

#include <algorithm>

namespace muster::model {

bool Scenario::damages() const {
    return std::any_of(effects.begin(), effects.end(), [](const Effect& effect) {
        return effect.verb == Effect::Verb::corrupts || effect.verb == Effect::Verb::deletes || effect.verb == Effect::Verb::compromises;
    });
}

}  // namespace muster::model
