#include "simulator/scale.h"

#include <array>

namespace muster::simulator {

support::Time step_of(support::Time span, int most) {
    using namespace std::chrono_literals;
    constexpr std::array<support::Time, 26> steps{1ms,   10ms,  100ms, 1s, 2s, 5s, 10s, 15s, 30s, 1min, 2min, 5min, 10min,
                                                  15min, 30min, 1h,    2h, 3h, 6h, 12h, 24h, 48h, 120h, 240h, 720h, 2400h};
    for (const support::Time step : steps)
        if (span / step < most) return step;
    support::Time step = steps.back();
    while (span / step >= most) step *= 10;
    return step;
}

}  // namespace muster::simulator
