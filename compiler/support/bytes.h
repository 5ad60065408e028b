// Sizes of data and rates of transfer, exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/support/time.h"

namespace muster::support {

/// An amount of data in bytes.
struct Size {
    std::int64_t bytes = 0;
    auto operator<=>(const Size&) const = default;
};

/// A rate of transfer or of change: `bytes` in each `per`. Both are above zero, except that a rate of change may be 0 bytes.
struct Rate {
    std::int64_t bytes = 0;
    Time per{1000};
};

/// Reads `180GB`, `1.5TiB`, `512B`: kB, MB, GB, TB, PB are powers of 1000 (K and k alike), KiB … of 1024.
/// Returns nothing for anything else, a part of a byte, or more than fits.
[[nodiscard]] std::optional<Size> parse_size(std::string_view text);

/// Reads `200MB/s`, `2GB/h`, `100Mbit/s`: a size or a number of bits, per s, m, h or d.
/// Returns nothing for anything else, a part of a byte, or more than fits.
[[nodiscard]] std::optional<Rate> parse_rate(std::string_view text);

/// How long `size` takes at `rate`, rounded up to the next millisecond; `never` where the rate is 0 and the size is not.
[[nodiscard]] Time transfer_time(Size size, Rate rate);

/// How much `rate` brings in `length`, rounded up to the next byte; the largest size where it would not fit.
[[nodiscard]] Size volume(Rate rate, Time length);

/// The slower of two rates.
[[nodiscard]] Rate slower(Rate a, Rate b);

/// Writes a size as a plan would, in the largest decimal unit that says it exactly: `180GB`, `1500MB`.
[[nodiscard]] std::string format_size(Size size);

/// Writes a rate as a plan would: `200MB/s`.
[[nodiscard]] std::string format_rate(Rate rate);

}  // namespace muster::support
