#include "compiler/mend/mend_json.h"

#include <nlohmann/json.hpp>

namespace muster::mend {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const Remedy& remedy, const char* key) {
    return {{"what", remedy.what},
            {"change", remedy.change},
            {key, remedy.achieved.count()},
            {"size_permille", remedy.size},
            {"newly_missed", remedy.newly_missed}};
}

ordered_json json_of(const Ailment& ailment) {
    const char* key = ailment.service ? "rta_ms" : "rpa_ms";
    ordered_json out{{"scenario", ailment.scenario}, {"kind", ailment.service ? "service" : "data"}, {"name", ailment.name}};
    out[ailment.service ? "rto_ms" : "rpo_ms"] = ailment.objective.count();
    if (ailment.achieved && *ailment.achieved == support::never) out[key] = nullptr;
    else if (ailment.achieved) out[key] = ailment.achieved->count();
    if (!ailment.why.empty()) out["why"] = ailment.why;
    out["remedies"] = ordered_json::array();
    if (ailment.most) out["most"] = json_of(*ailment.most, key);
    for (const Remedy& remedy : ailment.remedies) out["remedies"].push_back(json_of(remedy, key));
    return out;
}

}  // namespace

std::string render_json(const std::vector<Ailment>& ailments, const diagnostics::Provenance& provenance) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"missed", ordered_json::array()}};
    for (const Ailment& ailment : ailments) out["missed"].push_back(json_of(ailment));
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::mend
