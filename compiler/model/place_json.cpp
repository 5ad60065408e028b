// Places, tools and what others run.

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {

ordered_json json_of(const Exporter& all, const Domain& value) {
    constexpr std::array<std::string_view, 3> levels{"provider", "region", "account"};
    return Entry(all).put("kind", levels.at(static_cast<std::size_t>(value.level))).put("name", value.name).at(value.span).done();
}

static ordered_json json_of(const Exporter& all, const Zone& value) { return Entry(all).put("name", value.name).at(value.span).done(); }

ordered_json json_of(const Exporter& all, const Site& value) {
    constexpr std::array<std::string_view, 4> standby{"active", "hot", "warm", "cold"};
    ordered_json zones = ordered_json::array();
    for (const Id<Zone> id : value.zones) zones.push_back(json_of(all, all.plan.zones[id]));
    return Entry(all, value.heading)
        .put("provider", value.provider)
        .put("region", value.region)
        .put("account", value.account)
        .put("cluster", value.cluster)
        .put("zones", zones)
        .put("standby", standby.at(static_cast<std::size_t>(value.standby)))
        .put("provisioning", value.provisioning)
        .done();
}

ordered_json json_of(const Exporter& all, const Tool& value) { return Entry(all, value.heading).put("at", value.at).done(); }

ordered_json json_of(const Exporter& all, const External& value) { return Entry(all, value.heading).put("sla", value.sla).done(); }

}  // namespace muster::model
