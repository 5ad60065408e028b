#include "compiler/analysis/estimate_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/objectives.h"
#include "compiler/analysis/path.h"
#include "compiler/analysis/provenance.h"
#include "compiler/analysis/text_table.h"
#include "compiler/support/utf8.h"

namespace muster::analysis {
namespace {

using model::Plan;
using support::format_duration;

std::string_view hue_of(Verdict verdict, bool colour) {
    if (!colour) return "";
    if (verdict == Verdict::met) return "\x1b[32m";
    if (verdict == Verdict::unset) return "";
    return verdict == Verdict::unknown ? "\x1b[33m" : "\x1b[31m";
}

std::string shown(const std::optional<Time>& time) { return time ? format_duration(*time) : "unknown"; }
std::string shown(const std::optional<support::Said<Time>>& said) { return said ? format_duration(said->value) : "-"; }

// That a service is stopped is news where it had not failed before.
std::string remark(const Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    if (!outcome.obstacle.empty()) return outcome.obstacle;
    if (outcome.rta && outcome.critical_path && *outcome.rta > *outcome.critical_path)
        return fmt::format("{} if nothing had to be shared", format_duration(*outcome.critical_path));
    const bool news = e.recovery.impact.services[outcome.service.value] != State::failed;
    return outcome.stopped_by && news ? fmt::format("stopped by step `{}`", model::qualified_name(plan, *outcome.stopped_by))
                                      : std::string{};
}

Row service_row(const Plan& plan, const Estimate& e, const ServiceOutcome& outcome, bool colour) {
    const model::Service& service = plan.services[outcome.service];
    return {{service.heading.name, ""},
            {service.tier ? plan.tiers[service.tier->value].heading.name : "-", ""},
            {std::string(state_name(outcome.state)), ""},
            {shown(outcome.rto), ""},
            {shown(outcome.rta), ""},
            {std::string(verdict_name(outcome.verdict)), hue_of(outcome.verdict, colour)},
            {remark(plan, e, outcome), ""}};
}

const CopyOutcome& primary_of(const Estimate& e, const DataOutcome& outcome) { return e.recovery.copies[outcome.data.value].front(); }

std::string lost(const DataOutcome& outcome) {
    if (outcome.verdict == Verdict::lost) return "all";
    return shown(outcome.rpa);
}

Row data_row(const Plan& plan, const Estimate& e, const DataOutcome& outcome, bool colour) {
    return {{plan.data[outcome.data].heading.name, ""},
            {shown(outcome.rpo), ""},
            {lost(outcome), ""},
            {std::string(verdict_name(outcome.verdict)), hue_of(outcome.verdict, colour)},
            {outcome.from ? name_of(plan, *outcome.from) : "-", ""},
            {outcome.from ? outcome.from->reason : primary_of(e, outcome).reason, ""}};
}

std::string services_table(const Plan& plan, const Estimate& e, bool colour) {
    std::vector<Row> rows{{{"service", ""}, {"tier", ""}, {"state", ""}, {"RTO", ""}, {"RTA", ""}, {"verdict", ""}, {"", ""}}};
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.state != State::unaffected) rows.push_back(service_row(plan, e, outcome, colour));
    return rows.size() == 1 ? "  no service is affected\n" : text_table(rows);
}

std::string data_table(const Plan& plan, const Estimate& e, bool colour) {
    std::vector<Row> rows{{{"data", ""}, {"RPO", ""}, {"RPA", ""}, {"verdict", ""}, {"from", ""}, {"because", ""}}};
    for (const DataOutcome& outcome : e.data)
        if (touched(e, outcome)) rows.push_back(data_row(plan, e, outcome, colour));
    return rows.size() == 1 ? "" : "\n" + text_table(rows);
}

std::string copies_table(const Plan& plan, const Estimate& e) {
    std::vector<Row> rows{{{"copy of", ""}, {"", ""}, {"state", ""}, {"loss", ""}, {"because", ""}}};
    for (const DataOutcome& outcome : e.data) {
        if (!touched(e, outcome)) continue;
        for (const CopyOutcome& copy : e.recovery.copies[outcome.data.value])
            rows.push_back({{plan.data[outcome.data].heading.name, ""},
                            {name_of(plan, copy), ""},
                            {std::string(copy_state_name(copy.state)), ""},
                            {copy.state == CopyState::usable ? shown(copy.loss) : "-", ""},
                            {copy.reason, ""}});
    }
    return rows.size() == 1 ? "" : "\n" + text_table(rows);
}

// What lies apart, or must not lie too far apart.
std::string skew_lines(const Plan& plan, const Estimate& e, bool colour) {
    std::vector<Row> rows{{{"data apart", ""}, {"skew", ""}, {"achieved", ""}, {"verdict", ""}, {"", ""}}};
    for (const ServiceOutcome& outcome : e.services) {
        if (!outcome.skew || outcome.skew->apart == Time::zero()) continue;
        const Skew& skew = *outcome.skew;
        const auto lost_of = [&](Id<model::Dataset> data) {
            return fmt::format("`{}` loses {}", plan.data[data].heading.name, format_duration(*e.data[data.value].rpa));
        };
        rows.push_back({{plan.services[outcome.service].heading.name, ""},
                        {shown(skew.limit), ""},
                        {format_duration(skew.apart), ""},
                        {std::string(verdict_name(skew.verdict)), hue_of(skew.verdict, colour)},
                        {fmt::format("{}, {}", lost_of(skew.oldest), lost_of(skew.newest)), ""}});
    }
    return rows.size() == 1 ? "" : "\n" + text_table(rows);
}

// The path of the service that is back last.
std::string path_table(const Plan& plan, const Estimate& e) {
    const ServiceOutcome* last = nullptr;
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.last != 0 && (last == nullptr || *outcome.rta > *last->rta)) last = &outcome;
    if (last == nullptr) return "";
    std::vector<Row> rows;
    for (const PathPart& part : path_of(plan, e, *last))
        rows.push_back({{format_duration(part.begin), ""},
                        {"+" + format_duration(part.end - part.begin), ""},
                        {part.kind, ""},
                        {part.name, ""},
                        {part.because, ""}});
    if (rows.empty()) return "";  // it is back at once, by itself
    return fmt::format("\n  what `{}` waits for, in order:\n{}", plan.services[last->service].heading.name, text_table(rows));
}

// What the times rest on that the plan does not say itself.
std::string figures_table(const Plan& plan, const Estimate& e) {
    std::vector<Row> rows;
    for (const auto id : origins_of(plan, e)) {
        const model::Origin& origin = plan.origins[id];
        const std::string value = origin.measured() ? fmt::format("{} observed", origin.observed.size()) : origin.written;
        const std::string where = origin.measured() ? origin.source : "profile " + origin.profile;
        rows.push_back({{origin.label, ""}, {value, ""}, {where, ""}, {origin.dated, ""}});
    }
    return rows.empty() ? "" : "\n  figures that these times rest on:\n" + text_table(rows);
}

std::string scenario_text(const Plan& plan, const Estimate& e, bool colour) {
    const auto& heading = plan.scenarios[e.recovery.scenario].heading;
    std::string out = fmt::format("{}{}{}{}\n", colour ? "\x1b[1m" : "", heading.name, colour ? "\x1b[0m" : "",
                                  heading.title.empty() ? "" : fmt::format(" ({})", support::printable(heading.title)));
    out += fmt::format("  detected after {}, procedures {}\n", shown(e.detection), started(e));
    return out + services_table(plan, e, colour) + data_table(plan, e, colour) + copies_table(plan, e) + skew_lines(plan, e, colour) +
           path_table(plan, e) + figures_table(plan, e) + "\n";
}

std::string totals(const std::vector<Estimate>& estimates) {
    const ObjectiveCount count = count_objectives(estimates);
    return fmt::format("{} scenario{}: {} of {} objectives of what is affected are met\n", estimates.size(),
                       estimates.size() == 1 ? "" : "s", count.met, count.met + count.missed + count.unknown);
}

}  // namespace

std::string render_text(const Plan& plan, const std::vector<Estimate>& estimates, bool colour) {
    std::string out;
    for (const Estimate& e : estimates) out += scenario_text(plan, e, colour);
    return out + totals(estimates);
}

}  // namespace muster::analysis
