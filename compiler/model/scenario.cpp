#include "compiler/model/scenario.h"

#include <algorithm>

namespace muster::model {

bool Scenario::damages() const {
    return std::any_of(effects.begin(), effects.end(), [](const Effect& effect) {
        return effect.verb == Effect::Verb::corrupts || effect.verb == Effect::Verb::deletes || effect.verb == Effect::Verb::compromises;
    });
}

// No declared name has a dot in it, so that no two scenarios share a file.
std::string Scenario::file_name() const {
    std::string name = heading.name;
    std::erase(name, ']');
    for (char& letter : name)
        if (letter == '[' || letter == '/') letter = '.';
    return name;
}

}  // namespace muster::model
