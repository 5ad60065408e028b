#include "compiler/analysis/followed.h"

namespace muster::analysis {

std::vector<bool> followed_anywhere(const model::Plan& plan, const std::vector<Estimate>& estimates) {
    std::vector<bool> any(plan.procedures.size());
    for (const Estimate& e : estimates) {
        for (const auto procedure : e.recovery.procedures) any[procedure.value] = true;
        for (const auto procedure : e.recovery.turned_to) any[procedure.value] = true;
    }
    return any;
}

}  // namespace muster::analysis
