#include "compiler/analysis/moved_json.h"

#include <algorithm>

namespace muster::analysis {
namespace {

using nlohmann::ordered_json;

ordered_json achieved_json(const std::optional<Achieved>& achieved, bool service) {
    if (!achieved) return nullptr;
    ordered_json out = ordered_json::object();
    const char* key = service ? "rta_ms" : "rpa_ms";
    if (achieved->time && *achieved->time == support::never) out[key] = nullptr;
    else if (achieved->time) out[key] = achieved->time->count();
    out["verdict"] = verdict_name(achieved->verdict);
    return out;
}

}  // namespace

ordered_json moved_json(const std::vector<Moved>& moved, const std::vector<std::string>& changes) {
    ordered_json out{{"changes", changes}, {"newly_met", 0}, {"newly_missed", 0}, {"moved", ordered_json::array()}};
    out["newly_met"] = std::count_if(moved.begin(), moved.end(), [](const Moved& one) { return one.newly_met(); });
    out["newly_missed"] = std::count_if(moved.begin(), moved.end(), [](const Moved& one) { return one.newly_missed(); });
    for (const Moved& one : moved)
        out["moved"].push_back({{"scenario", one.scenario},
                                {"kind", one.service ? "service" : "data"},
                                {"name", one.name},
                                {"before", achieved_json(one.before, one.service)},
                                {"after", achieved_json(one.after, one.service)}});
    return out;
}

}  // namespace muster::analysis
