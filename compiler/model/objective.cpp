#include "compiler/model/objective.h"

namespace muster::model {

std::optional<Said<Time>> TimeObjective::at(DisruptionKind kind) const {
    for (const TimeUnder& exception : under)
        if (exception.kind == kind) return exception.time;
    return general;
}

}  // namespace muster::model
