// The page that says which runbook is for what.
#pragma once

#include <vector>

#include "backends/page/page.h"
#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// From what is seen to the runbook: what has happened, a detector that fires, a service that is away; then the ways back, which are
/// `failbacks`. Its own pages lead to `README` in Markdown and to `index` in HTML.
[[nodiscard]] page::Page index_of(const model::Plan& plan, const std::vector<Itinerary>& itineraries,
                                  const std::vector<Itinerary>& failbacks);

}  // namespace muster::backends::runbook
