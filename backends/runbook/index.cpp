#include "backends/runbook/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/analysis/detection.h"

namespace muster::backends::runbook {
namespace {

using page::Line;
using page::Piece;
using page::plain;

Line links(const Itinerary& itinerary) {
    const std::string file = itinerary.scenario.file_name();
    return {{Piece::Kind::file, file + ".sh", file + ".sh"}, plain(", "), {Piece::Kind::page, "read", file}};
}

void add_link(Line& line, const Itinerary& itinerary) {
    if (!line.empty()) line.push_back(plain(", "));
    line.push_back({Piece::Kind::page, itinerary.scenario.heading.name, itinerary.scenario.file_name()});
}

Line or_none(Line line) { return line.empty() ? Line{plain("none")} : line; }

std::string what_happens(const model::Plan& plan, const model::Scenario& scenario) {
    constexpr std::array<std::string_view, 6> verbs{"fails", "is destroyed", "is corrupted", "is deleted", "is compromised", "is absent"};
    std::string text;
    for (const model::Effect& effect : scenario.effects)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", kind_of(plan, effect.thing), name_of(plan, effect.thing),
                            verbs.at(static_cast<std::size_t>(effect.verb)));
    return text;
}

page::Table by_disaster(const model::Plan& plan, const std::vector<Itinerary>& itineraries) {
    page::Table table{{"what has happened", "which is", "runbook"}, {}};
    for (const Itinerary& itinerary : itineraries)
        table.rows.push_back(
            {{plain(itinerary.scenario.heading.label())}, {plain(what_happens(plan, itinerary.scenario))}, links(itinerary)});
    return table;
}

std::string watched(const model::Plan& plan, const model::Detector& detector) {
    std::string text;
    for (const auto& said : detector.watches) text += (text.empty() ? "" : ", ") + name_of(plan, said.value);
    return text;
}

Line runbooks_for(const model::Plan& plan, Id<model::Detector> detector, const std::vector<Itinerary>& itineraries) {
    Line line;
    for (const Itinerary& itinerary : itineraries) {
        const auto seen = analysis::detectors_that_see(plan, itinerary.scenario, itinerary.estimate.recovery.impact);
        if (std::find(seen.begin(), seen.end(), detector) != seen.end()) add_link(line, itinerary);
    }
    return or_none(std::move(line));
}

page::Table by_symptom(const model::Plan& plan, const std::vector<Itinerary>& itineraries) {
    page::Table table{{"what fires", "it watches", "runbook"}, {}};
    for (const Id<model::Detector> id : plan.detectors.ids())
        table.rows.push_back(
            {{plain(plan.detectors[id].heading.label())}, {plain(watched(plan, plan.detectors[id]))}, runbooks_for(plan, id, itineraries)});
    return table;
}

// Several scenarios take the same service away: which of them it is shows in what else is away.
page::Table by_service(const model::Plan& plan, const std::vector<Itinerary>& itineraries) {
    page::Table table{{"what is away", "runbook"}, {}};
    for (const Id<model::Service> id : plan.services.ids()) {
        Line line;
        for (const Itinerary& itinerary : itineraries)
            if (itinerary.estimate.services[id.value].state >= analysis::State::impaired) add_link(line, itinerary);
        if (!line.empty()) table.rows.push_back({{plain(plan.services[id].heading.label())}, std::move(line)});
    }
    return table;
}

page::Table ways_back(const std::vector<Itinerary>& failbacks) {
    page::Table table{{"after", "the way back"}, {}};
    for (const Itinerary& failback : failbacks) table.rows.push_back({{plain(failback.after)}, links(failback)});
    return table;
}

void add_section(page::Page& page, const std::string& title, page::Table table) {
    if (table.rows.empty()) return;
    page.add(page::Heading{2, title});
    page.add(std::move(table));
}

}  // namespace

page::Page index_of(const model::Plan& plan, const std::vector<Itinerary>& itineraries, const std::vector<Itinerary>& failbacks) {
    page::Page page;
    page.title = "Runbooks of " + plan.heading.label();
    page.add(page::Heading{1, page.title});
    page.add(page::Paragraph{
        {plain("Each script is complete in itself: copy it to where it can reach the systems, then "), page::code("bash NAME.sh --dry-run"),
         plain(" shows what it would do, "), page::code("bash NAME.sh"), plain(" does it, and "), page::code("bash NAME.sh --resume"),
         plain(" goes on after a stop. Beside each lies the same for people, as NAME.md and as NAME.html, which prints well.")}});
    add_section(page, "By what has happened", by_disaster(plan, itineraries));
    add_section(page, "By what fires", by_symptom(plan, itineraries));
    add_section(page, "By what is away", by_service(plan, itineraries));
    add_section(page, "The way back", ways_back(failbacks));
    return page;
}

}  // namespace muster::backends::runbook
