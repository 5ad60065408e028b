#include "compiler/analysis/estimate_markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/objectives.h"
#include "compiler/analysis/path.h"
#include "compiler/support/utf8.h"

namespace muster::analysis {
namespace {

using model::Plan;
using support::format_duration;

using Row = std::vector<std::string>;

// Text of the plan is text, whatever it holds; only the backticks around names are ours.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : support::printable(text)) {
        if (c == '<') out += "&lt;";
        else if (c == '&') out += "&amp;";
        else if (c == '\n' || c == '\r') out += ' ';
        else out += std::string_view("\\|[]*_#!").find(c) == std::string_view::npos ? std::string(1, c) : std::string{'\\', c};
    }
    return out;
}

std::string line(const Row& cells) {
    std::string out = "|";
    for (const std::string& cell : cells) out += " " + escaped(cell) + (cell.empty() ? "|" : " |");
    return out + "\n";
}

std::string table(const Row& head, const std::vector<Row>& rows) {
    if (rows.empty()) return "";
    std::string out = line(head) + "|";
    for (std::size_t i = 0; i < head.size(); ++i) out += " --- |";
    out += "\n";
    for (const Row& row : rows) out += line(row);
    return out + "\n";
}

std::string shown(const std::optional<Time>& time) { return time ? format_duration(*time) : "unknown"; }
std::string shown(const std::optional<support::Said<Time>>& said) { return said ? format_duration(said->value) : "-"; }
std::string shown(Verdict verdict) { return verdict == Verdict::unset ? "no target" : std::string(verdict_name(verdict)); }

std::string tier_of(const Plan& plan, const ServiceOutcome& outcome) {
    const auto& tier = plan.services[outcome.service].tier;
    return tier ? plan.tiers[tier->value].heading.name : "-";
}

// By tier, in order of declaration, services without one last.
std::vector<const ServiceOutcome*> by_tier(const Plan& plan, const Estimate& e) {
    std::vector<const ServiceOutcome*> all;
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.state != State::unaffected) all.push_back(&outcome);
    const auto number = [&](const ServiceOutcome* outcome) {
        const auto& tier = plan.services[outcome->service].tier;
        return tier ? tier->value.value : static_cast<std::uint32_t>(plan.tiers.size());
    };
    std::stable_sort(all.begin(), all.end(), [&](auto* a, auto* b) { return number(a) < number(b); });
    return all;
}

std::string what_holds_it_up(const Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    if (!outcome.obstacle.empty()) return outcome.obstacle;
    const auto path = path_of(plan, e, outcome);
    const auto longest = std::max_element(path.begin(), path.end(), [](auto& a, auto& b) { return a.end - a.begin < b.end - b.begin; });
    if (longest == path.end()) return "";
    return fmt::format("longest part: {} `{}`, {}", longest->kind, longest->name, format_duration(longest->end - longest->begin));
}

std::string services_of(const Plan& plan, const Estimate& e) {
    std::vector<Row> rows;
    for (const ServiceOutcome* outcome : by_tier(plan, e))
        rows.push_back({tier_of(plan, *outcome), plan.services[outcome->service].heading.name, std::string(state_name(outcome->state)),
                        shown(outcome->rto), shown(outcome->rta), shown(outcome->verdict), shown(outcome->mtd),
                        what_holds_it_up(plan, e, *outcome)});
    if (rows.empty()) return "No service is affected.\n\n";
    return table({"Tier", "Service", "State", "RTO", "RTA", "Verdict", "MTD", ""}, rows);
}

std::string data_of(const Plan& plan, const Estimate& e) {
    std::vector<Row> rows;
    for (const DataOutcome& outcome : e.data)
        if (touched(e, outcome))
            rows.push_back({plan.data[outcome.data].heading.name, shown(outcome.rpo),
                            outcome.verdict == Verdict::lost ? "all is lost" : shown(outcome.rpa), shown(outcome.verdict),
                            outcome.from ? name_of(plan, *outcome.from) : "-"});
    return table({"Data", "RPO", "RPA", "Verdict", "From"}, rows);
}

std::string copies_of(const Plan& plan, const Estimate& e) {
    std::vector<Row> rows;
    for (const DataOutcome& outcome : e.data)
        if (touched(e, outcome))
            for (const CopyOutcome& copy : e.recovery.copies[outcome.data.value])
                rows.push_back({plan.data[outcome.data].heading.name, name_of(plan, copy), std::string(copy_state_name(copy.state)),
                                copy.state == CopyState::usable ? shown(copy.loss) : "-", copy.reason});
    return table({"Data", "Copy", "State", "Loss", "Because"}, rows);
}

std::string path_in(const Plan& plan, const Estimate& e) {
    const ServiceOutcome* last = nullptr;
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.last != 0 && (last == nullptr || *outcome.rta > *last->rta)) last = &outcome;
    if (last == nullptr) return "";
    std::vector<Row> rows;
    for (const PathPart& part : path_of(plan, e, *last))
        rows.push_back({format_duration(part.begin), format_duration(part.end - part.begin), part.kind, part.name, part.because});
    if (rows.empty()) return "";  // it is back at once, by itself
    return fmt::format("What `{}`, which is back last, waits for, in order:\n\n", plan.services[last->service].heading.name) +
           table({"From", "For", "What", "Which", "Because"}, rows);
}

std::string scenario_of(const Plan& plan, const Estimate& e) {
    const auto& heading = plan.scenarios[e.recovery.scenario].heading;
    return fmt::format("## {}{}\n\nDetected after {}, procedures {}.\n\n", escaped(heading.name),
                       heading.title.empty() ? "" : ": " + escaped(heading.title), shown(e.detection), started(e)) +
           services_of(plan, e) + data_of(plan, e) + copies_of(plan, e) + path_in(plan, e);
}

// Of each tier in each scenario the service that is back last, against the objective that it misses most or meets least.
std::string matrix(const Plan& plan, const std::vector<Estimate>& estimates) {
    std::vector<Row> rows;
    for (const Estimate& e : estimates) {
        const auto affected = by_tier(plan, e);
        for (std::size_t i = 0; i < affected.size();) {
            const std::string tier = tier_of(plan, *affected[i]);
            std::size_t services = 0, met = 0, targets = 0;
            const ServiceOutcome* last = affected[i];
            for (; i < affected.size() && tier_of(plan, *affected[i]) == tier; ++i) {
                ++services;
                targets += affected[i]->rto ? 1U : 0U;
                met += affected[i]->verdict == Verdict::met ? 1U : 0U;
                if (affected[i]->rta.value_or(support::never) > last->rta.value_or(support::never)) last = affected[i];
            }
            rows.push_back({plan.scenarios[e.recovery.scenario].heading.name, tier, std::to_string(services),
                            fmt::format("{} of {}", met, targets), plan.services[last->service].heading.name, shown(last->rto),
                            shown(last->rta), shown(last->verdict)});
        }
    }
    return table({"Scenario", "Tier", "Services affected", "RTOs met", "Back last", "RTO", "RTA", "Verdict"}, rows);
}

}  // namespace

std::string render_markdown(const Plan& plan, const std::vector<Estimate>& estimates) {
    const std::string& title = plan.heading.title.empty() ? plan.heading.name : plan.heading.title;
    std::string out = fmt::format("# Recovery-time matrix: {}\n\n", escaped(title)) + matrix(plan, estimates);
    for (const Estimate& e : estimates) out += scenario_of(plan, e);
    out.pop_back();
    return out;
}

}  // namespace muster::analysis
