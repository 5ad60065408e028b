// Who acts, who is told what, and what is due.

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Occasion& value) {
    constexpr std::array<std::string_view, 5> events{"disruption", "detection", "declaration", "recovery", "resolution"};
    const auto event = events.at(static_cast<std::size_t>(value.event));
    if (value.repeats) return Entry(all).put("every_ms", value.after).put("until", event).done();
    return Entry(all).put("after_ms", value.after).put("event", event).done();
}

static ordered_json escalation_of(const Exporter& all, const Role& value) {
    if (!value.escalation) return ordered_json::object();
    return Entry(all).put("to", value.escalation->to).put("after", value.escalation->after).done();
}

static ordered_json json_of(const Exporter& all, const ChecklistItem& value) {
    constexpr std::array<std::string_view, 3> times{"before", "during", "afterwards"};
    return Entry(all).put("when", times.at(static_cast<std::size_t>(value.when))).put("text", value.text).put("by", value.by).done();
}

ordered_json json_of(const Exporter& all, const Checklist& value) {
    return Entry(all, value.heading).put("scenarios", value.scenarios).put("by", value.by).put("items", value.items).done();
}

ordered_json json_of(const Exporter& all, const Role& value) {
    return Entry(all, value.heading)
        .put("headcount", value.headcount)
        .put("held_by", value.held_by)
        .put("hours", value.hours)
        .put("responds", value.responds)
        .put("responds_outside_hours", value.responds_outside)
        .put("escalation", escalation_of(all, value))
        .put("works_through", value.works_through)
        .put("reach", value.reach)
        .done();
}

ordered_json json_of(const Exporter& all, const Contact& value) {
    return Entry(all, value.heading)
        .put("organisation", value.organisation)
        .put("contract", value.contract)
        .put("about", value.about)
        .put("responds", value.responds)
        .put("hours", value.hours)
        .put("reach", value.reach)
        .done();
}

ordered_json json_of(const Exporter& all, const Channel& value) {
    return Entry(all, value.heading).put("by", value.by).put("address", value.address).done();
}

ordered_json json_of(const Exporter& all, const Message& value) {
    return Entry(all, value.heading)
        .put("to", value.to)
        .put("occasions", value.occasions)
        .put("severities", value.severities)
        .put("text", value.text)
        .done();
}

ordered_json json_of(const Exporter& all, const Duty& value) {
    return Entry(all, value.heading)
        .put("schedule", value.schedule)
        .put("by", value.by)
        .put("covers", value.covers)
        .put("last", value.last)
        .done();
}

}  // namespace muster::model
