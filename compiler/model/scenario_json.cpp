// What happens, what finds it, and what is practised.

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Effect& value) {
    constexpr std::array<std::string_view, 6> verbs{"fails", "destroys", "corrupts", "deletes", "compromises", "absent"};
    return Entry(all).put("verb", verbs.at(static_cast<std::size_t>(value.verb))).with(json_of(all, value.thing)).done();
}

static ordered_json json_of(const Exporter& all, const Cut& value) { return Entry(all).put("these", value.a).put("from", value.b).done(); }

static ordered_json json_of(const Exporter& all, const Choice& value) {
    return Entry(all).put("services", value.services).put("procedures", value.procedures).done();
}

static ordered_json json_of(const Exporter& all, const Likelihood& value) {
    Entry entry(all);
    entry.put("level", value.level);
    if (value.per > Time::zero()) entry.put("events_millionths", value.events).put("per_ms", value.per);
    return entry.put("origin", value.origin).done();
}

static ordered_json json_of(const Exporter& all, const Exercise& value) {
    return Entry(all).put("scenario", value.scenario).put("procedure", value.procedure).put("backup", value.backup).done();
}

ordered_json json_of(const Exporter& all, const Detector& value) {
    return Entry(all, value.heading)
        .put("watches", value.watches)
        .put("at", value.at)
        .put("every_ms", value.every)
        .put("threshold", value.threshold)
        .put("hold", value.hold)
        .put("notification", value.notification)
        .put("check", value.check)
        .put("severity", value.severity)
        .put("notifies_roles", value.notifies_roles)
        .put("notifies_channels", value.notifies_channels)
        .put("triggers", value.triggers)
        .put("sees_corruption", value.sees_corruption)
        .done();
}

ordered_json json_of(const Exporter& all, const Scenario& value) {
    constexpr std::array<std::string_view, 7> kinds{"hardware", "zone", "region", "provider", "corruption", "malice", "people"};
    return Entry(all, value.heading)
        .put("family", value.family)
        .put("kind", kinds.at(static_cast<std::size_t>(value.kind)))
        .put("effects", value.effects)
        .put("cuts", value.cuts)
        .put("likelihood", value.likelihood)
        .put("lasts", value.lasts)
        .put("undetected_for", value.undetected_for)
        .put("detected_by", value.detected_by)
        .put("detected_after", value.detected_after)
        .put("choices", value.choices)
        .put("severity", value.severity)
        .put("categories", value.categories)
        .done();
}

ordered_json json_of(const Exporter& all, const Drill& value) {
    return Entry(all, value.heading)
        .put("exercises", value.exercises)
        .put("schedule", value.schedule)
        .put("namespace", value.in_namespace)
        .put("at", value.at)
        .put("scope", value.scope)
        .put("expects", value.expects)
        .put("by", value.by)
        .put("last", value.last)
        .put("took_ms", value.took)
        .done();
}

}  // namespace muster::model
