#include "compiler/model/duration.h"

namespace muster::model {

Time Duration::planning() const {
    if (shape == Shape::exact) return low;
    if (shape != Shape::exponential) return high;
    // P(X > x) = exp(-x / mean) = 1/20. In integers, since no float may decide a verdict.
    constexpr std::int64_t ln20_scaled = 2'995'732'273'553'991;
    constexpr std::int64_t scale = 1'000'000'000'000'000;
    const auto scaled = static_cast<__int128>(low.count()) * ln20_scaled;
    return Time{static_cast<std::int64_t>((scaled + scale - 1) / scale)};
}

}  // namespace muster::model
