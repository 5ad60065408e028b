#include "compiler/model/procedure.h"

#include <array>

namespace muster::model {

std::string_view action_name(const Action& action) {
    // In the order of the variant's alternatives.
    constexpr std::array<std::string_view, std::variant_size_v<Action>> names{
        "restore",        "promote",  "scale",  "restart", "roll back",   "apply", "switch dns",
        "switch traffic", "wait for", "notify", "approve", "maintenance", "run",   "manual"};
    return names.at(action.index());
}

}  // namespace muster::model
