// How long something takes, as far as the plan knows: a value or a distribution.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compiler/support/id.h"
#include "compiler/support/time.h"

namespace muster::model {

using support::Id;
using support::Time;

struct Origin;

/// What a plan says of a length of time. Which of the three times mean something depends on `shape`.
struct Duration {
    enum class Shape : std::uint8_t {
        exact,        ///< `5m`: low
        uniform,      ///< `2m..8m`: low to high
        pert,         ///< `2m..4m..15m`: low, mode, high
        lognormal,    ///< `p50 5m p95 20m`: low is the median, high the 95th percentile
        exponential,  ///< `mean 5m`: low is the mean
        measured,     ///< `measured "name"`: low is the shortest that was observed, mode the median, high the 95th percentile
    };
    Shape shape = Shape::exact;
    Time low{0};
    Time mode{0};
    Time high{0};
    std::optional<Id<Origin>> origin;  ///< where it is from, where the plan does not say it itself; what was observed stands there

    /// Exactly `time`.
    [[nodiscard]] static constexpr Duration exactly(Time time) { return {Shape::exact, time, time, time, {}}; }

    /// The one value that `check` and `estimate` count with: the worst of a range, the 95th percentile of a distribution
    /// (of an exponential: mean × ln 20, rounded up to the next millisecond).
    [[nodiscard]] Time planning() const;

    bool operator==(const Duration&) const = default;
};

/// The length as a plan writes it: `2m..8m`, `p50 5m p95 20m`. Of what was measured its 95th percentile.
[[nodiscard]] std::string written(const Duration& duration);

}  // namespace muster::model
