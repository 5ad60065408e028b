// Services, their tiers, and who acts for them.

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Workload& value) {
    return Entry(all).put("kind", value.kind).put("name", value.name).put("namespace", value.in_namespace).done();
}

static ordered_json json_of(const Exporter& all, const Placement& value) {
    return Entry(all).with(json_of(all, value.place)).put("standby", value.standby).done();
}

static ordered_json json_of(const Exporter& all, const Cost& value) {
    return Entry(all).put("amount", value.amount).put("currency", value.currency).put("per_ms", value.per).done();
}

ordered_json json_of(const Exporter& all, const Tier& value) {
    return Entry(all, value.heading).put("objectives", json_of(all, value.objectives)).put("policy", value.policy).done();
}

ordered_json json_of(const Exporter& all, const Service& value) {
    return Entry(all, value.heading)
        .put("tier", value.tier)
        .put("objectives", json_of(all, value.objectives))
        .put("workload", value.workload)
        .put("replicas", value.replicas)
        .put("image", value.image)
        .put("engine", value.engine)
        .put("at", value.placements)
        .put("pinned", value.pinned)
        .put("needs", value.needs)
        .put("wants", value.wants)
        .put("uses", value.uses)
        .put("starts_in", value.starts_in)
        .put("resumes_in", value.resumes_in)
        .put("heals_in", value.heals_in)
        .put("checks", value.checks)
        .put("costs", value.costs)
        .done();
}

}  // namespace muster::model
