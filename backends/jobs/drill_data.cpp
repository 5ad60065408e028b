#include "backends/jobs/drill_data.h"

#include <fmt/format.h>

#include "backends/page/text.h"
#include "backends/shell/quote.h"
#include "compiler/support/utf8.h"

namespace muster::backends::jobs {
namespace {

using shell::quote;

template <class All, class Word>
std::string array(std::string_view name, const All& all, const Word& word) {
    std::string text = fmt::format("{}=(", name);
    for (const auto& one : all) text += (text.back() == '(' ? "" : " ") + quote(word(one));
    return text + ")\n";
}

std::string ms(const std::optional<Time>& time) { return time && *time != support::never ? std::to_string(time->count()) : std::string(); }

// Lines stay lines, and do no harm on a terminal.
std::string shown(std::string_view text) {
    std::string lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines += (at == 0 ? "    " : "\n    ") + support::printable(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// As a string of JSON.
std::string json_text(std::string_view text) {
    std::string json = "\"";
    for (const char c : support::printable(text)) {
        if (c == '"' || c == '\\') json += '\\';
        json += c;
    }
    return json + "\"";
}

std::string places(const std::vector<std::size_t>& all) {
    std::string text;
    for (const std::size_t place : all) text += (text.empty() ? "" : " ") + std::to_string(place);
    return text;
}

std::string functions(const DrillStep& step) {
    std::string text;
    for (const std::size_t place : step.rehearsals) text += (text.empty() ? "" : " ") + std::to_string(place + 1);
    return text;
}

std::string closing(const DrillService& service) {
    std::string text;
    for (const auto& [place, rest] : service.closing) text += (text.empty() ? "" : " ") + fmt::format("{}:{}", place, rest.count());
    return text;
}

std::string runbook(const DrillStep& step) {
    return step.runbook.empty() ? std::string() : fmt::format("step {} of runbooks/{}.md", step.number, step.runbook);
}

std::string steps(const DrillPlan& drills) {
    const auto& all = drills.steps;
    return "# Each step: what carries it out (nothing: a person), and its times as planned, in milliseconds.\n" +
           array("steps", all, [](const DrillStep& one) { return one.name; }) +
           array("titles", all, [](const DrillStep& one) { return support::printable(one.title); }) +
           array("titles_markdown", all, [](const DrillStep& one) { return page::markdown_text(one.title); }) +
           array("who", all, [](const DrillStep& one) { return support::printable(one.who); }) + array("runbooks", all, runbook) +
           array("texts", all, [](const DrillStep& one) { return shown(one.text); }) + array("how", all, functions) +
           array("commands", all, [](const DrillStep& one) { return one.command; }) +
           array("clusters", all, [](const DrillStep& one) { return one.cluster; }) +
           array("after", all, [](const DrillStep& one) { return places(one.after); }) +
           array("planned_ms", all, [](const DrillStep& one) { return ms(one.planned); }) +
           array("begins_ms", all, [](const DrillStep& one) { return ms(one.begin); }) +
           array("ends_ms", all, [](const DrillStep& one) { return ms(one.end); });
}

std::string objectives(const DrillPlan& drills) {
    const auto restore = [](const DrillData& one) { return one.rehearsal ? std::to_string(*one.rehearsal + 1) : std::string(); };
    return "# Objectives: of services by the steps that they are back with and what comes after, of data by what was restored.\n" +
           array("services", drills.services, [](const DrillService& one) { return one.name; }) +
           array("service_in", drills.services, [](const DrillService& one) { return one.in; }) +
           array("service_rto_ms", drills.services, [](const DrillService& one) { return ms(one.rto); }) +
           array("service_planned_ms", drills.services, [](const DrillService& one) { return ms(one.planned); }) +
           array("closing", drills.services, closing) + array("data", drills.data, [](const DrillData& one) { return one.name; }) +
           array("data_in", drills.data, [](const DrillData& one) { return one.in; }) +
           array("data_rpo_ms", drills.data, [](const DrillData& one) { return ms(one.rpo); }) +
           array("data_planned_ms", drills.data, [](const DrillData& one) { return ms(one.planned); }) +
           array("data_restore", drills.data, restore);
}

}  // namespace

std::string drill_data(const model::Plan& plan, const model::Drill& drill, const DrillPlan& drills) {
    const auto name = [&](const Rehearsal& one) {
        return fmt::format("{} from {} in {}", plan.data[one.data].heading.name, plan.copies[one.copy].heading.name,
                           plan.stores[one.store].heading.name);
    };
    std::string expects = " ";
    for (const std::string& one : drill.expects)
        if (one == "rto" || one == "rpo") expects += one + " ";
    return steps(drills) + (drills.rehearsals.empty() ? "restore_names=()\n" : array("restore_names", drills.rehearsals, name)) +
           objectives(drills) + "# What the drill is to show.\n" + "expects=" + quote(expects) + "\n" +
           array("criteria", drill.expects, [](const std::string& one) { return support::printable(one); }) +
           array("criteria_markdown", drill.expects, [](const std::string& one) { return page::markdown_start(one); }) +
           array("criteria_json", drill.expects, [](const std::string& one) { return json_text(one); });
}

}  // namespace muster::backends::jobs
