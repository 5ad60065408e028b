#include "backends/runbook/script.h"

#include <fmt/format.h>

#include "backends/shell/quote.h"
#include "compiler/support/utf8.h"
#include "runner_text.h"

namespace muster::backends::runbook {
namespace {

using shell::quote;

// Text for people: on a terminal it can do no harm, its lines stay lines.
std::string shown(std::string_view text) {
    std::string safe;
    while (true) {
        const std::size_t end = text.find('\n');
        safe += support::printable(text.substr(0, end));
        if (end == std::string_view::npos) return safe;
        safe += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string ms(const std::optional<Time>& time) { return time && *time != support::never ? std::to_string(time->count()) : std::string(); }

std::string array(std::string_view name, const std::vector<std::string>& values) {
    std::string text = fmt::format("{}=(", name);
    for (const std::string& value : values) text += (text.back() == '(' ? "" : " ") + quote(value);
    return text + ")\n";
}

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

std::string plan_data(const Itinerary& itinerary) {
    const model::Plan& plan = itinerary.plan;
    const auto start = itinerary.estimate.start;
    const Time offset = start && *start != support::never ? std::max(Time::zero(), *start - itinerary.estimate.clock) : Time::zero();
    std::string text;
    text += "plan_name=" + quote(shown(plan.heading.label())) + "\n";
    text += "plan_hash=" + quote(plan.hash) + "\n";
    text += "scenario=" + quote(itinerary.scenario.file_name()) + "\n";
    text += "scenario_title=" + quote(shown(itinerary.scenario.heading.title)) + "\n";
    text += fmt::format("clock_from='{}'\n", clock_name(plan.clock));
    text += fmt::format("planned_offset_ms={}\n", offset.count());
    return text;
}

// From the end of the step that completes a service until it is back, as the plan reckons.
Time rest_of(const Itinerary& itinerary, const Goal& goal) {
    if (!goal.stop || !goal.rta || *goal.rta == support::never) return Time::zero();
    const auto& end = itinerary.stops[static_cast<std::size_t>(*goal.stop) - 1].end;
    return end ? std::max(Time::zero(), *goal.rta - *end) : Time::zero();
}

std::string goal_data(const Itinerary& itinerary) {
    std::vector<std::string> names, rtos, steps, rests;
    for (const Goal& goal : itinerary.goals) {
        names.push_back(itinerary.plan.services[goal.service].heading.name);
        rtos.push_back(ms(goal.rto));
        rests.push_back(std::to_string(rest_of(itinerary, goal).count()));
        steps.push_back(goal.stop ? itinerary.stops[static_cast<std::size_t>(*goal.stop) - 1].name : std::string());
    }
    return array("services", names) + array("service_rto_ms", rtos) + array("service_rest_ms", rests) + array("service_steps", steps);
}

std::string need_data(const Itinerary& itinerary) {
    std::set<std::string> tools, variables, paths, contexts;
    for (const Stop& stop : itinerary.stops)
        for (const Work* work : {&stop.precheck, &stop.done_when, &stop.action, &stop.verify}) {
            tools.insert(work->tools.begin(), work->tools.end());
            variables.insert(work->variables.begin(), work->variables.end());
            paths.insert(work->paths.begin(), work->paths.end());
            contexts.insert(work->contexts.begin(), work->contexts.end());
        }
    std::vector<std::string> questions, texts;
    for (const Ask& ask : itinerary.asks) questions.push_back(ask.variable), texts.push_back(shown(ask.text));
    return array("questions", questions) + array("question_texts", texts) + array("tools", {tools.begin(), tools.end()}) +
           array("variables", {variables.begin(), variables.end()}) + array("paths", {paths.begin(), paths.end()}) +
           array("contexts", {contexts.begin(), contexts.end()});
}

std::string attribute(std::string_view key, const std::string& value) {
    return value.empty() ? std::string() : fmt::format("    [{}]={}\n", key, quote(value));
}

std::string names_after(const Itinerary& itinerary, const Stop& stop) {
    std::string names;
    for (const int number : stop.after) names += (names.empty() ? "" : " ") + itinerary.stops[static_cast<std::size_t>(number) - 1].name;
    return names;
}

std::string note_of(const Stop& stop) {
    std::string note;
    for (const std::string& said : stop.in.step().heading.notes) note += (note.empty() ? "" : "\n") + said;
    if (!stop.action.note.empty()) note += (note.empty() ? "" : "\n") + stop.action.note;
    if (!stop.precheck.confirm.empty()) note += (note.empty() ? "" : "\n") + std::string("Look first: ") + stop.precheck.confirm;
    return shown(note);
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
    if (step.afterwards) text += attribute("afterwards", "yes");
    text += attribute("skip_question", shown(stop.skip_question));
    if (!stop.skip_question.empty()) text += attribute("skip_expected", stop.skip_expected ? "yes" : "no");
    text += attribute("only_question", shown(step.only_if));
    text += attribute("approve_by", shown(stop.action.approve_by));
    text += attribute("manual", shown(stop.action.manual));
    text += attribute("message", shown(stop.action.message));
    text += attribute("confirm", shown(stop.verify.confirm));
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
    return text;
}

std::string runner(const Itinerary& itinerary) {
    std::string text;
    for (const std::string_view part :
         {runner_text::screen, runner_text::evidence, runner_text::state, runner_text::steps, runner_text::actions})
        text += "\n" + std::string(part);
    for (const Stop& stop : itinerary.stops)
        if (stop.action.restores) {
            text += "\n" + std::string(runner_text::restore);
            break;
        }
    return text + "\n" + std::string(runner_text::main) + "\nmain \"$@\"\nexit\n";
}

}  // namespace

std::string script_of(const Itinerary& itinerary, const support::Sources& sources) {
    std::string text = header(itinerary, sources) + plan_data(itinerary) + goal_data(itinerary) + need_data(itinerary);
    text += fmt::format("step_count={}\ndeclare -A step=()\n", itinerary.stops.size());
    for (const Stop& stop : itinerary.stops) text += step_text(itinerary, stop);
    return text + runner(itinerary);
}

}  // namespace muster::backends::runbook
