// Profiles, whole, so that an export can be read without knowing which ones ship.

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Frequency& value) {
    return Entry(all).put("events_millionths", value.events).put("per_ms", value.per).done();
}

static ordered_json json_of(const Exporter& all, const Figure& value) {
    Entry entry(all);
    entry.put("clause", value.clause()).put("written", value.written);
    std::visit([&](const auto& one) { entry.put("value", json_of(all, one)); }, value.value);
    return entry.put("source", value.source).done();
}

ordered_json json_of(const Exporter& all, const Profile& value) {
    // A standard profile stands in no file of the plan.
    const Exporter without_positions{all.plan, nullptr};
    return Entry(value.standard ? without_positions : all, value.heading)
        .put("dated", value.dated)
        .put("source", value.source)
        .put("standard", value.standard)
        .put("figures", value.figures)
        .done();
}

}  // namespace muster::model
