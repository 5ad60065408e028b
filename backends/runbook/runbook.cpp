#include "backends/runbook/runbook.h"

#include "backends/runbook/index.h"
#include "backends/runbook/itinerary.h"
#include "backends/runbook/script.h"
#include "backends/runbook/twin.h"

namespace muster::backends::runbook {

Files runbooks(const model::Plan& plan, const support::Sources& sources, const std::vector<analysis::Estimate>& estimates) {
    Files files;
    std::vector<Itinerary> itineraries;
    for (const analysis::Estimate& estimate : estimates) itineraries.push_back(itinerary_of(plan, estimate));
    for (const Itinerary& itinerary : itineraries) {
        const std::string path = "runbooks/" + itinerary.scenario.file_name();
        files.push_back({path + ".sh", script_of(itinerary, sources), true, itinerary.scenario.heading.span});
        files.push_back({path + ".md", twin_of(itinerary), false, itinerary.scenario.heading.span});
    }
    if (!files.empty()) files.push_back({"runbooks/README.md", index_of(plan, itineraries), false, plan.heading.span});
    return files;
}

}  // namespace muster::backends::runbook
