#include "compiler/model/duration.h"

#include <fmt/format.h>

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

std::string written(const Duration& d) {
    using support::format_duration;
    switch (d.shape) {
        case Duration::Shape::exact: return format_duration(d.low);
        case Duration::Shape::uniform: return fmt::format("{}..{}", format_duration(d.low), format_duration(d.high));
        case Duration::Shape::pert:
            return fmt::format("{}..{}..{}", format_duration(d.low), format_duration(d.mode), format_duration(d.high));
        case Duration::Shape::lognormal: return fmt::format("p50 {} p95 {}", format_duration(d.low), format_duration(d.high));
        case Duration::Shape::exponential: return fmt::format("mean {}", format_duration(d.low));
        case Duration::Shape::measured: return format_duration(d.high);
    }
    return {};
}

}  // namespace muster::model
