#include "backends/kubernetes/kubernetes.h"

#include "backends/kubernetes/sheets.h"

namespace muster::backends::kubernetes {

Files kubernetes(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of) {
    Files files;
    for (const Sheet& sheet : sheets(plan, sources, as_of)) files.push_back({sheet.path, yaml::write(sheet.documents), false, sheet.from});
    return files;
}

}  // namespace muster::backends::kubernetes
