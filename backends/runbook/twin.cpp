#include "backends/runbook/twin.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"
#include "backends/runbook/markdown.h"
#include "backends/runbook/picture.h"
#include "backends/runbook/probe.h"

namespace muster::backends::runbook {
namespace {

std::string time_text(const std::optional<Time>& time) { return time ? support::format_duration(*time) : std::string("unknown"); }

std::string field(std::string_view label, const std::string& text) {
    return text.empty() ? std::string() : fmt::format("- **{}:** {}\n", label, markdown_text(text));
}

std::string head(const Itinerary& itinerary) {
    const model::Plan& plan = itinerary.plan;
    const std::string& title = itinerary.scenario.heading.title;
    std::string text = fmt::format("# Runbook: {}\n\n", markdown_text(itinerary.scenario.heading.name));
    if (!title.empty()) text += markdown_text(title) + "\n\n";
    text += fmt::format("Plan {} {}, hash `{}`. Times count from {}. The same steps, run by a script that keeps track: `{}.sh`.\n\n",
                        markdown_text(plan.heading.label()), markdown_text(plan.version), plan.hash.substr(0, 12), clock_name(plan.clock),
                        itinerary.scenario.file_name());
    if (itinerary.estimate.detection && itinerary.estimate.start)
        text += fmt::format("Known {} after the disruption, work begins {} after it.\n\n", time_text(itinerary.estimate.detection),
                            time_text(itinerary.estimate.start));
    for (const std::string& note : itinerary.scenario.heading.notes) text += markdown_text(note) + "\n\n";
    return text;
}

std::string goals(const Itinerary& itinerary) {
    if (itinerary.goals.empty()) return {};
    std::string text = "| service | RTO | planned | back with step |\n| --- | --- | --- | --- |\n";
    for (const Goal& goal : itinerary.goals)
        text += fmt::format("| {} | {} | {} | {} |\n", markdown_text(itinerary.plan.services[goal.service].heading.label()),
                            goal.rto ? support::format_duration(*goal.rto) : std::string("none"), time_text(goal.rta),
                            goal.stop ? std::to_string(*goal.stop) : std::string("none"));
    return text + "\n";
}

std::string overview(const Itinerary& itinerary) {
    if (itinerary.stops.empty())
        return itinerary.goals.empty() ? "There is nothing to do: by the plan no service is lost in it.\n"
                                       : "No procedure of the plan answers this scenario.\n";
    std::string text = "| | step | who | from | to |\n| --- | --- | --- | --- | --- |\n";
    for (const Stop& stop : itinerary.stops)
        text += fmt::format("| {} | {} | {} | {} | {} |\n", stop.number, markdown_text(stop.name),
                            markdown_text(stop.who.empty() ? "automatic" : stop.who), time_text(stop.begin), time_text(stop.end));
    const std::string gantt = gantt_of(itinerary);
    if (!gantt.empty()) text += "\n" + fenced("mermaid", gantt);
    return text + "\n" + fenced("mermaid", graph_of(itinerary)) + "\n";
}

std::string asks(const Itinerary& itinerary) {
    if (itinerary.asks.empty()) return {};
    std::string text = "## Settle first\n\n";
    for (const Ask& ask : itinerary.asks) text += fmt::format("- {} (`{}`)\n", markdown_text(ask.text), ask.variable);
    return text + "\n";
}

std::string step_fields(const Stop& stop) {
    const model::Step& step = stop.in.step();
    std::string text = field("Who", stop.who.empty() ? "automatic" : stop.who);
    std::string where = stop.where.site;
    if (!stop.where.cluster.empty()) where += ", cluster " + stop.where.cluster;
    if (!stop.where.in_namespace.empty()) where += ", namespace " + stop.where.in_namespace;
    text += field("Where", where);
    text += field("Takes", stop.takes ? "up to " + time_text(stop.takes) : std::string());
    std::string after;
    for (const int number : stop.after) after += (after.empty() ? "" : ", ") + std::to_string(number);
    text += field("After steps", after);
    if (step.afterwards) text += "- Afterwards: does not count in the recovery time.\n";
    if (!stop.skip_question.empty()) text += field("Skip if the answer is yes", stop.skip_question);
    text += field("Only if", step.only_if);
    text += field("Needs the approval of", stop.action.approve_by);
    for (const std::string& note : step.heading.notes) text += field("Note", note);
    return text + field("Note", stop.action.note);
}

std::string check_list(std::string_view label, const std::vector<model::Probe>& all) {
    std::string text;
    for (const model::Probe& probe : all)
        text += fmt::format("{} ({}):\n\n{}\n", label, probe_meaning(probe),
                            fenced(probe.how == model::Probe::How::sql ? "sql" : "bash", probe_by_hand(probe)));
    return text;
}

// A function's body as lines to type: without its indentation.
std::string as_typed(const std::string& body) {
    std::string text;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        const std::string line = body.substr(at, end - at);
        text += (line.starts_with("  ") ? line.substr(2) : line) + "\n";
        at = end + 1;
    }
    return text;
}

// The script sees to it that kubectl acts on the step's cluster; a person has to.
std::string with_context(const Stop& stop, const std::string& command) {
    if (stop.where.cluster.empty() || !tools_in(command).contains("kubectl") || command.find("--context") != std::string::npos) return {};
    return fmt::format(" (in kubectl's context {})", markdown_text(stop.where.cluster));
}

std::string command_of(const Stop& stop) {
    const Work& work = stop.action;
    const std::string command = work.by_hand.empty() ? as_typed(work.body) : work.by_hand;
    if (command.empty()) return {};
    if (!work.message.empty()) return "Message to send:\n\n" + fenced("text", work.message) + "\n";
    return "Run" + with_context(stop, command) + ":\n\n" + fenced("bash", command) + "\n";
}

std::string step_text(const Stop& stop) {
    const model::Step& step = stop.in.step();
    std::string text = fmt::format("## {}. {}\n\n", stop.number, markdown_text(stop.name));
    if (!step.heading.title.empty()) text += markdown_text(step.heading.title) + "\n\n";
    text += step_fields(stop) + "\n";
    text += check_list("Nothing to do if", step.done_when);
    text += check_list("Look first", step.prechecks);
    if (!stop.action.manual.empty()) text += "Do:\n\n" + fenced("text", stop.action.manual) + "\n";
    text += command_of(stop);
    text += check_list("Check", step.verifications);
    return text + "- [ ] done at \\_\\_\\_\\_ by \\_\\_\\_\\_\n\n";
}

}  // namespace

std::string twin_of(const Itinerary& itinerary) {
    std::string text = head(itinerary) + goals(itinerary) + overview(itinerary) + asks(itinerary);
    for (const Stop& stop : itinerary.stops) text += step_text(stop);
    text.pop_back();
    return text;
}

}  // namespace muster::backends::runbook
