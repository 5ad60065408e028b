#include "backends/runbook/twin_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::backends::runbook {
namespace {

using page::plain;
using page::strong;

void field(page::Bullets& bullets, const std::string& label, const std::string& text) {
    if (!text.empty()) bullets.items.push_back({strong(label + ":"), plain(" " + text)});
}

std::string where_text(const Where& where) {
    std::string text = where.site;
    if (!where.cluster.empty()) text += ", cluster " + where.cluster;
    if (!where.in_namespace.empty()) text += ", namespace " + where.in_namespace;
    return text;
}

std::string numbers(const std::vector<int>& all) {
    std::string text;
    for (const int number : all) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

std::string reached(const model::Role& role) {
    std::string text;
    for (const model::Reach& reach : role.reach) text += (text.empty() ? "" : ", ") + reach.by + " " + reach.address;
    return text;
}

std::string next(const model::Plan& plan, const model::Role& role) {
    if (!role.escalation) return {};
    const std::string after = support::format_duration(role.escalation->after.planning());
    return fmt::format("{} after {}", plan.roles[role.escalation->to.value].heading.label(), after);
}

// In the order in which they are wanted: who declares, then as the steps name them.
std::vector<Id<model::Role>> roles_of(const Itinerary& itinerary) {
    std::vector<Id<model::Role>> roles;
    const auto note = [&](Id<model::Role> role) {
        if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    };
    if (itinerary.plan.declaration) note(itinerary.plan.declaration->by.value);
    for (const auto* stops : {&itinerary.stops, &itinerary.alternatives})
        for (const Stop& stop : *stops) {
            for (const auto& said : stop.in.step().by) note(said.value);
            const auto& action = stop.in.step().action;
            if (const auto* approve = action ? std::get_if<model::Approve>(&*action) : nullptr) note(approve->by);
        }
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (const auto& escalation = itinerary.plan.roles[roles[i]].escalation) note(escalation->to.value);
    return roles;
}

// The first stop of this procedure-independent name.
const Stop* stop_called(const Itinerary& itinerary, std::string_view name) {
    for (const Stop& stop : itinerary.stops)
        if (stop.in.step().heading.name == name) return &stop;
    return nullptr;
}

}  // namespace

std::string time_text(const std::optional<Time>& time) {
    if (!time) return "unknown";
    // Nobody at three in the morning reads milliseconds.
    const bool is_short = *time == support::never || (*time > -std::chrono::seconds{1} && *time < std::chrono::seconds{1});
    return support::format_duration(is_short ? *time : std::chrono::ceil<std::chrono::seconds>(*time));
}

page::Bullets fields_of(const Stop& stop) {
    const model::Step& step = stop.in.step();
    page::Bullets bullets;
    field(bullets, "Who", stop.who.empty() ? "automatic" : stop.who);
    field(bullets, "Where", where_text(stop.where));
    field(bullets, "Takes", stop.takes ? "up to " + time_text(stop.takes) : std::string());
    field(bullets, "After steps", numbers(stop.after));
    if (step.afterwards) bullets.items.push_back({plain("Afterwards: does not count in the recovery time.")});
    field(bullets, "Stands in for what failed, by procedure", stop.instead);
    field(bullets, "Cannot be done here", stop.impossible);
    if (!stop.destroys.empty()) bullets.items.push_back({strong("Think twice: it " + stop.destroys + ".")});
    field(bullets, "If it fails, turn to", stop.otherwise.empty() ? stop.falls_back : stop.otherwise);
    field(bullets, "Skip if the answer is yes", stop.skip_question);
    field(bullets, "Only if", step.only_if);
    field(bullets, "Needs the approval of", stop.action.approve_by);
    for (const std::string& note : step.heading.notes) field(bullets, "Note", note);
    field(bullets, "Note", stop.action.note);
    return bullets;
}

page::Table people_of(const Itinerary& itinerary) {
    page::Table table{{"role", "held by", "reached by", "no answer"}, {}};
    for (const Id<model::Role> id : roles_of(itinerary)) {
        const model::Role& role = itinerary.plan.roles[id];
        table.rows.push_back(
            {{plain(role.heading.label())}, {plain(role.held_by)}, {plain(reached(role))}, {plain(next(itinerary.plan, role))}});
    }
    return table;
}

std::string interruption(const Itinerary& itinerary) {
    const Stop* from = stop_called(itinerary, "stop");
    const Stop* to = stop_called(itinerary, "look");
    if (from == nullptr || to == nullptr || !from->begin || !to->end) return {};
    return fmt::format("Services are away from step {} to step {}: by the plan {}.", from->number, to->number,
                       support::format_duration(*to->end - *from->begin));
}

}  // namespace muster::backends::runbook
