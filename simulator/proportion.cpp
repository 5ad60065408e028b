#include "simulator/proportion.h"

#include <algorithm>
#include <cmath>

namespace muster::simulator {

Proportion proportion(std::uint64_t hits, std::uint64_t trials) {
    if (trials == 0) return {};
    constexpr double z = 1.959963984540054;  // the normal distribution's 97.5th percentile
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(hits) / n;
    const double centre = p + z * z / (2 * n);
    const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    // At the ends the interval reaches 0 and 1 exactly, which rounding would miss.
    const double low = hits == 0 ? 0 : std::max(0.0, (centre - reach) / scale);
    const double high = hits == trials ? 1 : std::min(1.0, (centre + reach) / scale);
    return {p, low, high};
}

}  // namespace muster::simulator
