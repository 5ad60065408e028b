// Values that many declarations have: durations, rates, schedules, objectives.

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {
namespace {

// By DisruptionKind.
constexpr std::array<const char*, 7> keys_under{"hardware_ms",   "zone_ms",   "region_ms", "provider_ms",
                                                "corruption_ms", "malice_ms", "people_ms"};

ordered_json weekdays(std::uint8_t bits) {
    constexpr std::array<const char*, 7> names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    ordered_json list = ordered_json::array();
    for (std::size_t day = 0; day < names.size(); ++day)
        if ((bits >> day & 1U) != 0) list.push_back(names.at(day));
    return list;
}

}  // namespace

ordered_json json_of(const Exporter& all, const Duration& value) {
    Entry entry(all);
    switch (value.shape) {
        case Duration::Shape::exact: entry.put("shape", std::string_view("exact")).put("low_ms", value.low); break;
        case Duration::Shape::uniform:
            entry.put("shape", std::string_view("uniform")).put("low_ms", value.low).put("high_ms", value.high);
            break;
        case Duration::Shape::pert:
            entry.put("shape", std::string_view("pert")).put("low_ms", value.low).put("mode_ms", value.mode).put("high_ms", value.high);
            break;
        case Duration::Shape::lognormal:
            entry.put("shape", std::string_view("lognormal")).put("p50_ms", value.low).put("p95_ms", value.high);
            break;
        case Duration::Shape::measured:
            entry.put("shape", std::string_view("measured")).put("low_ms", value.low).put("p50_ms", value.mode).put("p95_ms", value.high);
            break;
        case Duration::Shape::exponential: entry.put("shape", std::string_view("exponential")).put("mean_ms", value.low); break;
    }
    return entry.put("planning_ms", value.planning()).put("origin", value.origin).done();
}

ordered_json json_of(const Exporter& all, Id<Origin> id) {
    const Origin& value = all.plan.origins[id];
    Entry entry(all);
    if (value.measured()) entry.put("measured", value.label).put("observed", static_cast<std::int64_t>(value.observed.size()));
    else entry.put("profile", value.profile).put("figure", value.label).put("value", value.written);
    return entry.put("source", value.source).put("dated", value.dated).done();
}

ordered_json json_of(const Exporter& all, const Rate& value) {
    return Entry(all).put("bytes", value.bytes).put("per_ms", value.per).done();
}

ordered_json json_of(const Exporter& all, const Schedule& value) {
    Entry entry(all);
    entry.put("written", value.written);
    if (value.interval) return entry.put("interval_ms", value.interval).done();
    entry.put("cron", value.calendar.cron).put("zone", value.zone);
    if (value.calendar.nth != 0) entry.put("nth", std::int64_t{value.calendar.nth});
    return entry.done();
}

ordered_json json_of(const Exporter& all, const Probe& value) {
    constexpr std::array<std::string_view, 5> names{"http", "tcp", "sql", "promql", "run"};
    return Entry(all).put("by", names.at(static_cast<std::size_t>(value.how))).put("text", value.text).put("takes", value.takes).done();
}

ordered_json json_of(const Exporter& all, const TimeObjective& value) {
    Entry under(all);
    for (const TimeUnder& exception : value.under) under.put(keys_under.at(static_cast<std::size_t>(exception.kind)), exception.time);
    return Entry(all).put("general_ms", value.general).put("under", under.done()).done();
}

ordered_json json_of(const Exporter& all, const Objectives& value) {
    const ordered_json claims = Entry(all).put("rta_ms", value.claims_rta).put("rpa_ms", value.claims_rpa).done();
    Entry entry(all);
    entry.put("rto", json_of(all, value.rto)).put("rpo", json_of(all, value.rpo)).put("mtd", json_of(all, value.mtd));
    entry.put("availability_millionths", value.availability).put("priority", value.priority).put("skew_ms", value.skew);
    return entry.put("claims", claims).done();
}

ordered_json json_of(const Exporter& all, const Hours& value) {
    return Entry(all)
        .put("weekdays", weekdays(value.weekdays))
        .put("from_ms", value.from)
        .put("until_ms", value.until)
        .put("zone", value.zone)
        .done();
}

ordered_json json_of(const Exporter& all, const CopyPolicy& value) {
    return Entry(all)
        .put("copies", value.copies)
        .put("kinds", value.kinds)
        .put("elsewhere", value.elsewhere)
        .put("immutable_ms", value.immutable)
        .put("encrypted", value.encrypted)
        .put("verified_every_ms", value.verified_every)
        .put("retained_ms", value.retained)
        .put("notes", value.notes)
        .done();
}

ordered_json json_of(const Exporter& all, const Reach& value) {
    return Entry(all).put("by", value.by).put("address", value.address).done();
}

}  // namespace muster::model
