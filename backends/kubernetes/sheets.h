// The files of this backend before they are text.
#pragma once

#include <string>
#include <vector>

#include "backends/jobs/timing.h"
#include "backends/yaml/writer.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::backends::kubernetes {

/// One file: its path below the output folder, what it holds, and what in the plan it was made from.
struct Sheet {
    std::string path;
    std::vector<yaml::Document> documents;
    support::Span from;
};

/// What `kubernetes` writes.
[[nodiscard]] std::vector<Sheet> sheets(const model::Plan& plan, const support::Sources& sources, jobs::Instant as_of);

}  // namespace muster::backends::kubernetes
