#include "backends/runbook/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/runbook/markdown.h"
#include "compiler/analysis/detection.h"

namespace muster::backends::runbook {
namespace {

std::string links(const std::string& file) { return fmt::format("[{}.sh]({}.sh), [read]({}.md)", markdown_text(file), file, file); }

std::string what_happens(const model::Plan& plan, const model::Scenario& scenario) {
    constexpr std::array<std::string_view, 6> verbs{"fails", "is destroyed", "is corrupted", "is deleted", "is compromised", "is absent"};
    std::string text;
    for (const model::Effect& effect : scenario.effects)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", kind_of(plan, effect.thing), name_of(plan, effect.thing),
                            verbs.at(static_cast<std::size_t>(effect.verb)));
    return text;
}

std::string by_disaster(const model::Plan& plan, const std::vector<Itinerary>& itineraries) {
    std::string text = "| what has happened | which is | runbook |\n| --- | --- | --- |\n";
    for (const Itinerary& itinerary : itineraries)
        text += fmt::format("| {} | {} | {} |\n", markdown_text(itinerary.scenario.heading.label()),
                            markdown_text(what_happens(plan, itinerary.scenario)), links(itinerary.scenario.file_name()));
    return text;
}

std::string watched(const model::Plan& plan, const model::Detector& detector) {
    std::string text;
    for (const auto& said : detector.watches) text += (text.empty() ? "" : ", ") + name_of(plan, said.value);
    return text;
}

std::string runbooks_for(const model::Plan& plan, Id<model::Detector> detector, const std::vector<Itinerary>& itineraries) {
    std::string text;
    for (const Itinerary& itinerary : itineraries) {
        const auto seen = analysis::detectors_that_see(plan, itinerary.scenario, itinerary.estimate.recovery.impact);
        if (std::find(seen.begin(), seen.end(), detector) != seen.end())
            text += fmt::format("{}[{}]({}.md)", text.empty() ? "" : ", ", markdown_text(itinerary.scenario.heading.name),
                                itinerary.scenario.file_name());
    }
    return text.empty() ? "none" : text;
}

std::string by_symptom(const model::Plan& plan, const std::vector<Itinerary>& itineraries) {
    std::string text = "| what fires | it watches | runbook |\n| --- | --- | --- |\n";
    for (const Id<model::Detector> id : plan.detectors.ids())
        text += fmt::format("| {} | {} | {} |\n", markdown_text(plan.detectors[id].heading.label()),
                            markdown_text(watched(plan, plan.detectors[id])), runbooks_for(plan, id, itineraries));
    return text;
}

}  // namespace

std::string index_of(const model::Plan& plan, const std::vector<Itinerary>& itineraries) {
    std::string text = fmt::format("# Runbooks of {}\n\n", markdown_text(plan.heading.label()));
    text +=
        "Each script is complete in itself: copy it to where it can reach the systems, then `bash NAME.sh --dry-run` shows what it\n"
        "would do, `bash NAME.sh` does it, and `bash NAME.sh --resume` goes on after a stop.\n\n";
    text += "## By what has happened\n\n" + by_disaster(plan, itineraries);
    if (!plan.detectors.empty()) text += "\n## By what fires\n\n" + by_symptom(plan, itineraries);
    return text;
}

}  // namespace muster::backends::runbook
