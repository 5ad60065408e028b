// Whether somebody is at work at a given moment.
#pragma once

#include <utility>
#include <vector>

#include "compiler/analysis/calendar.h"
#include "compiler/model/people.h"

namespace muster::simulator {

/// The working hours of one role, with its time zones at hand.
class WorkingHours {
public:
    explicit WorkingHours(const model::Role& role);

    /// Whether `moment` lies in the hours, by the clocks of their zone. A role without hours always works, and nobody works in a zone
    /// that does not exist, or later than clocks are known for.
    [[nodiscard]] bool hold(analysis::Instant moment) const;

private:
    bool always_;
    std::vector<std::pair<model::Hours, analysis::Zone>> hours_;
};

}  // namespace muster::simulator
