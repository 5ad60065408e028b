#include "compiler/model/procedure.h"

#include <array>

namespace muster::model {

std::string_view action_name(const Action& action) {
    // In the order of the variant's alternatives.
    constexpr std::array<std::string_view, std::variant_size_v<Action>> names{
        "restore", "promote", "scale",       "restart", "roll back", "apply",     "switch dns", "switch traffic", "wait for",
        "notify",  "approve", "maintenance", "run",     "manual",    "provision", "fence",      "rotate",         "capture forensics"};
    return names.at(action.index());
}

std::vector<SaidId<Service>> taken_away(const Action& action) {
    if (const auto* fence = std::get_if<Fence>(&action)) return fence->services;
    const auto* scale = std::get_if<Scale>(&action);
    return scale != nullptr && scale->replicas == 0 ? scale->services : std::vector<SaidId<Service>>{};
}

}  // namespace muster::model
