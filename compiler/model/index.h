// Who refers to whom in a plan, the other way round: found once, so that nobody searches a plan for it.
#pragma once

#include <vector>

#include "compiler/model/scenario.h"

namespace muster::model {

struct Plan;

/// The references of a plan by what they refer to. Lists are in order of declaration and name nothing twice.
struct Index {
    std::vector<std::vector<Id<Copy>>> copies;        ///< by data: its copies
    std::vector<std::vector<Id<Service>>> users;      ///< by data: the services that hold or use it
    std::vector<std::vector<Id<Dataset>>> held;       ///< by service: the data in it
    std::vector<std::vector<Id<Service>>> needed_by;  ///< by service: those that need it, alone or as one of several
};

/// The index of `plan` as it stands.
[[nodiscard]] Index index_of(const Plan& plan);

}  // namespace muster::model
