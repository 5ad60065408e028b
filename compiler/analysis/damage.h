// What findings mean for the business: how urgent it is what they concern.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

/// Says of each of `findings` how urgent it is: the RTO (of disruptions in general) of the service that it is about; of data and its
/// copies, the smallest RTO of the services that hold or use it; of a procedure and its steps, that of the services that it recovers. What
/// is about none of these, or about services without an RTO, is not urgent (`never`).
void set_urgency(const model::Plan& plan, std::vector<diagnostics::Diagnostic>& findings);

}  // namespace muster::analysis
