#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/document/sections.h"

namespace muster::backends::document {
namespace {

using analysis::Estimate;
using page::Line;
using page::plain;
using support::format_duration;
using support::Time;

std::string reached(const std::optional<Time>& time) { return time ? format_duration(*time) : std::string("unknown"); }

std::string target(const std::optional<support::Said<Time>>& said) { return said ? format_duration(said->value) : std::string("none"); }

// What is missed has to catch the eye on paper, too.
Line verdict(analysis::Verdict verdict) {
    const std::string name(analysis::verdict_name(verdict));
    const bool fine = verdict == analysis::Verdict::met || verdict == analysis::Verdict::unset;
    return {fine ? plain(verdict == analysis::Verdict::unset ? "no target" : name) : page::strong(name)};
}

page::Table services(const model::Plan& plan, const Estimates& estimates) {
    page::Table table{{"scenario", "service", "tier", "state", "RTO", "RTA", ""}, {}};
    for (const Estimate& estimate : estimates)
        for (const analysis::ServiceOutcome& one : estimate.services) {
            if (one.state < analysis::State::impaired) continue;
            const model::Service& service = plan.services[one.service];
            table.rows.push_back({{plain(plan.scenarios[estimate.recovery.scenario].heading.name)},
                                  {plain(service.heading.label())},
                                  {plain(service.tier ? plan.tiers[service.tier->value].heading.name : std::string("none"))},
                                  {plain(std::string(analysis::state_name(one.state)))},
                                  {plain(target(one.rto))},
                                  {plain(reached(one.rta))},
                                  verdict(one.verdict)});
        }
    return table;
}

page::Table data(const model::Plan& plan, const Estimates& estimates) {
    page::Table table{{"scenario", "data", "from", "RPO", "RPA", ""}, {}};
    for (const Estimate& estimate : estimates)
        for (const analysis::DataOutcome& one : estimate.data) {
            if (!one.rpa && one.verdict == analysis::Verdict::unset) continue;
            if (one.rpa == Time::zero() && !(one.from && one.from->copy)) continue;
            const std::string lost = one.verdict == analysis::Verdict::lost ? std::string("all of it") : reached(one.rpa);
            table.rows.push_back({{plain(plan.scenarios[estimate.recovery.scenario].heading.name)},
                                  {plain(plan.data[one.data].heading.label())},
                                  {plain(one.from && one.from->copy ? plan.copies[*one.from->copy].heading.name : std::string())},
                                  {plain(target(one.rpo))},
                                  {plain(lost)},
                                  verdict(one.verdict)});
        }
    return table;
}

std::string what_happens(const model::Plan& plan, const model::Scenario& scenario) {
    constexpr std::array<std::string_view, 6> verbs{"fails", "is destroyed", "is corrupted", "is deleted", "is compromised", "is absent"};
    std::string text = joined(scenario.effects, [&](const model::Effect& effect) {
        return fmt::format("{} {} {}", kind_of(plan, effect.thing), name_of(plan, effect.thing),
                           verbs.at(static_cast<std::size_t>(effect.verb)));
    });
    const auto side = [&](const auto& things) { return joined(things, [&](const auto& said) { return name_of(plan, said.value); }); };
    for (const model::Cut& cut : scenario.cuts)
        text += fmt::format("{}{} is cut from {}", text.empty() ? "" : ", ", side(cut.a), side(cut.b));
    return text;
}

std::string how_often(const model::Scenario& scenario) {
    const auto& likelihood = scenario.likelihood;
    if (!likelihood) return {};
    if (likelihood->per == Time::zero()) return likelihood->level;
    const auto whole = likelihood->events.millionths / 1'000'000, rest = likelihood->events.millionths % 1'000'000;
    const std::string events = rest == 0 ? std::to_string(whole) : fmt::format("{}.{:06}", whole, rest);
    return fmt::format("{}{} per {}", likelihood->level.empty() ? "" : likelihood->level + ": ", events, format_duration(likelihood->per));
}

void bullet(page::Bullets& bullets, const std::string& label, const std::string& text) {
    if (!text.empty()) bullets.items.push_back({page::strong(label + ":"), plain(" " + text)});
}

void add_scenario(page::Page& page, const model::Plan& plan, const Estimate& estimate) {
    const model::Scenario& scenario = plan.scenarios[estimate.recovery.scenario];
    page.add(page::Heading{3, scenario.heading.label()});
    page::Bullets bullets;
    bullet(bullets, "What happens", what_happens(plan, scenario));
    bullet(bullets, "How often", how_often(scenario));
    bullet(bullets, "Severity", scenario.severity);
    bullet(bullets, "Known after", reached(estimate.detection));
    bullet(bullets, "Work begins after", reached(estimate.start));
    bullet(bullets, "What is done", joined(estimate.recovery.procedures, [&](auto id) { return plan.procedures[id].heading.label(); }));
    bullets.items.push_back(
        {page::strong("Runbook:"), plain(" "), {page::Piece::Kind::page, scenario.file_name(), "../runbooks/" + scenario.file_name()}});
    page.add(std::move(bullets));
    for (const std::string& note : scenario.heading.notes) page.say(note);
}

}  // namespace

void add_matrix(page::Page& page, const model::Plan& plan, const Estimates& estimates) {
    add_table(page, "What is reached: services", services(plan, estimates));
    add_table(page, "What is reached: data", data(plan, estimates));
}

void add_scenarios(page::Page& page, const model::Plan& plan, const Estimates& estimates) {
    if (estimates.empty()) return;
    page.add(page::Heading{2, "Scenarios"});
    for (const Estimate& estimate : estimates) add_scenario(page, plan, estimate);
}

}  // namespace muster::backends::document
