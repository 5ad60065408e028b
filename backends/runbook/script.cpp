#include "backends/runbook/script.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "backends/runbook/script_data.h"
#include "backends/shell/quote.h"
#include "compiler/support/utf8.h"
#include "runner_text.h"

namespace muster::backends::runbook {
namespace {

using shell::quote;

std::string header(const Itinerary& itinerary, const support::Sources& sources) {
    const model::Plan& plan = itinerary.plan;
    const support::Span& span = itinerary.scenario.heading.span;
    const std::string file = span.file.value < sources.size() ? sources[span.file].path() : std::string("the plan");
    return fmt::format(
        "#!/usr/bin/env bash\n"
        "# Runbook: {}\n"
        "# Made by Muster from {}:{} of plan {} {}.\n"
        "# Change the plan, not this file. How to use it: --help.\n"
        "#\n"
        "# Texts of the plan are data and stay in single quotes (SC2016); steps are called by name (SC2317).\n"
        "# shellcheck disable=SC2016,SC2317\n"
        "set -uo pipefail\n\n",
        support::printable(itinerary.scenario.heading.label()), support::printable(file), span.begin.line,
        support::printable(plan.heading.name), support::printable(plan.version));
}

std::string attribute(std::string_view key, const std::string& value) {
    return value.empty() ? std::string() : fmt::format("    [{}]={}\n", key, quote(value));
}

std::string names_after(const Itinerary& itinerary, const Stop& stop) {
    std::string names;
    for (const int number : stop.after) names += (names.empty() ? "" : " ") + stop_at(itinerary, number).name;
    return names;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// Attempts after the first, and the pause before each.
std::string retries(const model::Step& step) {
    if (step.retries == 0) return {};
    const Time pause = step.retry_every.planning();
    return attribute("retries", std::to_string(step.retries)) + (pause > Time::zero() ? attribute("retry_ms", ms(pause)) : std::string());
}

// What its failing leads to, and what has to have failed before it.
std::string turns(const Stop& stop) {
    return attribute("impossible", shown(stop.impossible)) + attribute("instead", stop.instead) + attribute("otherwise", stop.otherwise) +
           attribute("falls_back", stop.falls_back);
}

std::string note_of(const Stop& stop) {
    std::string note;
    for (const std::string& said : stop.in.step().heading.notes) note += (note.empty() ? "" : "\n") + said;
    if (!stop.action.note.empty()) note += (note.empty() ? "" : "\n") + stop.action.note;
    if (!stop.precheck.confirm.empty()) note += (note.empty() ? "" : "\n") + std::string("Look first: ") + stop.precheck.confirm;
    return shown(note);
}

// What a person has to do to undo the step.
std::string undo_by_hand(const Stop& stop) {
    const std::string& approval = stop.undo.approve_by;
    return stop.undo.manual + (approval.empty() ? "" : (stop.undo.manual.empty() ? "" : "\n") + approval + " has to approve.");
}

std::string attributes(const Itinerary& itinerary, const Stop& stop) {
    const model::Step& step = stop.in.step();
    std::string text = attribute("name", stop.name);
    text += attribute("title", shown(step.heading.title));
    text += attribute("after", names_after(itinerary, stop));
    text += attribute("who", shown(stop.who));
    text += attribute("site", stop.where.site);
    text += attribute("cluster", stop.where.cluster);
    text += attribute("namespace", stop.where.in_namespace);
    text += attribute("takes_ms", ms(stop.takes));
    text += attribute("planned_start_ms", ms(stop.begin));
    text += attribute("planned_end_ms", ms(stop.end));
    if (step.timeout) text += attribute("timeout_ms", ms(step.timeout->value.planning()));
    text += retries(step);
    if (step.afterwards) text += attribute("afterwards", "yes");
    text += attribute("holds", joined(stop.holds));
    text += attribute("destroys", shown(stop.destroys));
    text += turns(stop);
    text += attribute("skip_question", shown(stop.skip_question));
    if (!stop.skip_question.empty()) text += attribute("skip_expected", stop.skip_expected ? "yes" : "no");
    text += attribute("only_question", shown(step.only_if));
    text += attribute("approve_by", shown(stop.action.approve_by));
    text += attribute("manual", shown(stop.action.manual));
    text += attribute("message", shown(stop.action.message));
    text += attribute("confirm", shown(stop.verify.confirm));
    text += attribute("undo_manual", shown(undo_by_hand(stop)));
    text += attribute("note", note_of(stop));
    return text;
}

std::string function(int number, std::string_view part, const std::string& body) {
    return body.empty() ? std::string() : fmt::format("step_{}_{}() {{\n{}}}\n", number, part, body);
}

std::string step_text(const Itinerary& itinerary, const Stop& stop) {
    std::string text = fmt::format("\nstep_{}() {{\n  step=(\n{}  )\n}}\n", stop.number, attributes(itinerary, stop));
    text += function(stop.number, "precheck", stop.precheck.body);
    text += function(stop.number, "done_when", stop.done_when.body);
    text += function(stop.number, "ready", stop.action.ready);
    text += function(stop.number, "action", stop.action.body);
    text += function(stop.number, "verify", stop.verify.body);
    text += function(stop.number, "undo_ready", stop.undo.ready);
    text += function(stop.number, "undo", stop.undo.body);
    return text;
}

std::set<std::string> uses(const Itinerary& itinerary) {
    std::set<std::string> all;
    for (const auto* stops : {&itinerary.stops, &itinerary.alternatives})
        for (const Stop& stop : *stops)
            for (const Work* work : {&stop.precheck, &stop.action, &stop.verify, &stop.undo})
                all.insert(work->uses.begin(), work->uses.end());
    return all;
}

// What only some runbooks need.
std::string parts_for(const std::set<std::string>& used) {
    namespace part = runner_text;
    const std::map<std::string, std::string_view> all{
        {"kubernetes", part::kubernetes}, {"cluster", part::cluster}, {"restore", part::restore}, {"load", part::load},
        {"replay", part::replay},         {"dns", part::dns},         {"cloud", part::cloud}};
    std::string text;
    for (const auto& [name, body] : all)
        if (used.contains(name)) text += "\n" + std::string(body);
    return text;
}

std::string runner(const Itinerary& itinerary) {
    namespace part = runner_text;
    std::string text;
    for (const std::string_view each :
         {part::screen, part::clock, part::evidence, part::chain, part::lock, part::state, part::order, part::parts, part::stages,
          part::checks, part::failure, part::people, part::messages, part::undo, part::views, part::actions})
        text += "\n" + std::string(each);
    text += parts_for(uses(itinerary));
    return text + "\n" + std::string(part::options) + "\n" + std::string(part::start) + "\n" + std::string(part::main) +
           "\nmain \"$@\"\nexit\n";
}

}  // namespace

std::string script_of(const Itinerary& itinerary, const support::Sources& sources) {
    std::string text = header(itinerary, sources) + script_data(itinerary);
    text += fmt::format("step_count={}\ndeclare -A step=()\n", itinerary.stops.size() + itinerary.alternatives.size());
    for (const Stop& stop : itinerary.stops) text += step_text(itinerary, stop);
    for (const Stop& stop : itinerary.alternatives) text += step_text(itinerary, stop);
    return text + runner(itinerary);
}

}  // namespace muster::backends::runbook
