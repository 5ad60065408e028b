#include "compiler/model/people.h"

#include <algorithm>

namespace muster::model {

Time Role::worst_response() const {
    const Time inside = responds ? responds->value.planning() : Time::zero();
    if (hours.empty() || !responds_outside) return inside;
    return std::max(inside, responds_outside->value.planning());
}

}  // namespace muster::model
