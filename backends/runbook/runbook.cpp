#include "backends/runbook/runbook.h"

#include "backends/runbook/failback.h"
#include "backends/runbook/index.h"
#include "backends/runbook/itinerary.h"
#include "backends/runbook/script.h"
#include "backends/runbook/twin.h"

namespace muster::backends::runbook {
namespace {

void add(Files& files, const Itinerary& itinerary, const support::Sources& sources) {
    const std::string path = "runbooks/" + itinerary.scenario.file_name();
    const support::Span& from = itinerary.scenario.heading.span;
    const page::Page page = twin_of(itinerary);
    files.push_back({path + ".sh", script_of(itinerary, sources), true, from});
    files.push_back({path + ".md", page::markdown(page), false, from});
    files.push_back({path + ".html", page::html(page), false, from});
}

}  // namespace

Files runbooks(const model::Plan& plan, const support::Sources& sources, const std::vector<analysis::Estimate>& estimates) {
    Files files;
    std::vector<Itinerary> itineraries, ways_back;
    for (const analysis::Estimate& estimate : estimates) itineraries.push_back(itinerary_of(plan, estimate));
    const Failbacks failbacks = failbacks_of(plan, itineraries);
    for (const Failbacks::Way& way : failbacks.ways) ways_back.push_back(itinerary_of(failbacks, way));
    for (const Itinerary& itinerary : itineraries) add(files, itinerary, sources);
    for (const Itinerary& itinerary : ways_back) add(files, itinerary, sources);
    if (files.empty()) return files;
    const page::Page index = index_of(plan, itineraries, ways_back);
    files.push_back({"runbooks/README.md", page::markdown(index), false, plan.heading.span});
    files.push_back({"runbooks/index.html", page::html(index), false, plan.heading.span});
    return files;
}

}  // namespace muster::backends::runbook
