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
        .put("parallel", value.parallel)
        .done();
}

ordered_json json_of(const Exporter& all, const Tool& value) {
    return Entry(all, value.heading)
        .put("provides", value.provides)
        .put("at", value.at)
        .put("in", value.in)
        .put("parallel", value.parallel)
        .done();
}

ordered_json json_of(const Exporter& all, const Link& value) {
    return Entry(all, value.heading)
        .put("from", value.a)
        .put("to", value.b)
        .put("bandwidth", value.bandwidth)
        .put("latency", value.latency)
        .done();
}

ordered_json json_of(const Exporter& all, const Secret& value) {
    return Entry(all, value.heading)
        .put("kind", value.kind)
        .put("kept_in", value.kept_in)
        .put("rotates_every_ms", value.rotates_every)
        .put("rotated", value.rotated)
        .put("expires", value.expires)
        .done();
}

ordered_json json_of(const Exporter& all, const External& value) {
    return Entry(all, value.heading)
        .put("sla", value.sla)
        .put("fallbacks", value.fallbacks)
        .put("fallback_in", value.fallback_in)
        .put("fallback", value.fallback)
        .done();
}

}  // namespace muster::model
