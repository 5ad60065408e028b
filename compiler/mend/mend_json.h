// What would meet each objective that is missed, as JSON.
#pragma once

#include "compiler/diagnostics/findings_json.h"
#include "compiler/mend/mend.h"

namespace muster::mend {

/// `ailments` as docs/json.md describes it.
[[nodiscard]] std::string render_json(const std::vector<Ailment>& ailments, const diagnostics::Provenance& provenance);

}  // namespace muster::mend
