#include "backends/runbook/script_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/runbook/errands.h"
#include "backends/runbook/links.h"
#include "backends/shell/quote.h"
#include "compiler/support/utf8.h"

namespace muster::backends::runbook {
namespace {

using shell::quote;

std::string array(std::string_view name, const std::vector<std::string>& values) {
    std::string text = fmt::format("{}=(", name);
    for (const std::string& value : values) text += (text.back() == '(' ? "" : " ") + quote(value);
    return text + ")\n";
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
    text += "undertaking=" + quote(itinerary.undertaking()) + "\n";
    text += fmt::format("clock_from='{}'\n", itinerary.clock_from());
    text += fmt::format("planned_offset_ms={}\n", offset.count());
    const Time before = itinerary.estimate.clock == support::never ? Time::zero() : itinerary.estimate.clock;
    text += fmt::format("disruption_before_ms={}\n", before.count());
    return text;
}

// From the end of the step that completes a service until it is back, as the plan reckons.
Time rest_of(const Itinerary& itinerary, const Goal& goal) {
    if (!goal.stop || !goal.rta || *goal.rta == support::never) return Time::zero();
    const auto& end = itinerary.stops[static_cast<std::size_t>(*goal.stop) - 1].end;
    return end ? std::max(Time::zero(), *goal.rta - *end) : Time::zero();
}

std::string steps_of(const Itinerary& itinerary, const Goal& goal) {
    std::string steps = goal.stop ? stop_at(itinerary, *goal.stop).name : std::string();
    for (const int number : goal.others)
        if (goal.stop != number) steps += (steps.empty() ? "" : " ") + stop_at(itinerary, number).name;
    return steps;
}

std::string goal_data(const Itinerary& itinerary) {
    std::vector<std::string> names, rtos, rtas, steps, rests;
    for (const Goal& goal : itinerary.goals) {
        names.push_back(itinerary.plan.services[goal.service].heading.name);
        rtos.push_back(ms(goal.rto));
        rtas.push_back(ms(goal.rta));
        rests.push_back(std::to_string(rest_of(itinerary, goal).count()));
        steps.push_back(steps_of(itinerary, goal));
    }
    return array("services", names) + array("service_rto_ms", rtos) + array("service_rta_ms", rtas) + array("service_rest_ms", rests) +
           array("service_steps", steps);
}

// The data that a step of the runbook writes, and what may be lost of each.
std::string loss_data(const Itinerary& itinerary) {
    std::vector<std::string> names, rpos, rpas;
    for (const analysis::DataOutcome& outcome : itinerary.estimate.data) {
        if (!outcome.by) continue;
        names.push_back(itinerary.plan.data[outcome.data].heading.name);
        rpos.push_back(outcome.rpo ? ms(outcome.rpo->value) : std::string());
        rpas.push_back(ms(outcome.rpa));
    }
    return array("data_names", names) + array("data_rpo_ms", rpos) + array("data_rpa_ms", rpas);
}

std::string errand_data(const Itinerary& itinerary) {
    std::vector<std::string> names, texts, webhooks, from, after, every, until;
    for (const Errand& errand : errands_of(itinerary)) {
        names.push_back(errand.name);
        texts.push_back(errand.text);
        webhooks.push_back(errand.webhooks);
        from.push_back(errand.from);
        after.push_back(std::to_string(errand.after.count()));
        every.push_back(ms(errand.every));
        until.push_back(errand.until);
    }
    return array("message_names", names) + array("message_texts", texts) + array("message_webhooks", webhooks) +
           array("message_from", from) + array("message_after_ms", after) + array("message_every_ms", every) +
           array("message_until", until);
}

std::string pool_data(const Itinerary& itinerary) {
    std::string text = "declare -A pools=(";
    for (const auto& [name, units] : pools_of(itinerary))
        text += fmt::format("{}[{}]={}", text.back() == '(' ? "" : " ", quote(name), std::max<std::int64_t>(units, 1));
    return text + ")\n";
}

std::string need_data(const Itinerary& itinerary) {
    std::set<std::string> tools, variables, paths, contexts;
    for (const auto* stops : {&itinerary.stops, &itinerary.alternatives})
        for (const Stop& stop : *stops)
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

}  // namespace

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

std::string script_data(const Itinerary& itinerary) {
    return plan_data(itinerary) + goal_data(itinerary) + loss_data(itinerary) + errand_data(itinerary) + pool_data(itinerary) +
           need_data(itinerary);
}

}  // namespace muster::backends::runbook
