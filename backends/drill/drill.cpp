#include "backends/drill/drill.h"

#include "backends/jobs/drill_script.h"

namespace muster::backends::drill {

Files drills(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of) {
    Files files;
    for (const model::Drill& drill : plan.drills)
        files.push_back(
            {"drills/" + drill.heading.name + ".sh", jobs::drill_script(plan, sources, drill, as_of), true, drill.heading.span});
    return files;
}

}  // namespace muster::backends::drill
