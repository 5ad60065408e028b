// How often, and how sure one can be of it.
#pragma once

#include <cstdint>

namespace muster::simulator {

/// An estimated probability with its 95 % confidence interval; all from 0 to 1.
struct Proportion {
    double probability = 0;
    double low = 0;
    double high = 1;
};

/// Of `hits` in `trials` independent trials: the share, and Wilson's score interval (Wilson, "Probable inference, the law of
/// succession, and statistical inference", JASA 22, 1927) without continuity correction. Of no trials: anything is possible.
[[nodiscard]] Proportion proportion(std::uint64_t hits, std::uint64_t trials);

}  // namespace muster::simulator
