// What two plans achieve, compared scenario by scenario.
#pragma once

#include "compiler/diff/renames.h"

namespace muster::diff {

/// Whether `verdict` is anything but met, of an objective that is set.
[[nodiscard]] bool is_miss(Verdict verdict);

/// The RTOs and RPOs that hold otherwise than before, for the services and data of both plans.
[[nodiscard]] std::vector<Objective> changed_objectives(const Side& before, const Side& after, const Renames& renames);

/// Every RTA and RPA that moved, every verdict and objective that changed; of new and gone scenarios, services and data those that have
/// an objective and are affected.
[[nodiscard]] std::vector<Outcome> changed_outcomes(const Side& before, const Side& after, const Renames& renames);

}  // namespace muster::diff
