// Time as Muster counts it: integer milliseconds, never a float.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace muster::support {

/// A length of time, or an instant as the time since the disruption. Whole milliseconds.
using Time = std::chrono::milliseconds;

/// Stands for "never": later than anything that a plan can say. Adding to it with `later` stays never.
inline constexpr Time never = Time::max();

/// The longest duration that a plan may state: 1,000 years of 365 days. A sum of 100,000 of them still fits.
inline constexpr Time longest_duration = std::chrono::hours{24 * 365 * 1000};

/// `start + length`, where anything from never on stays never and a sum that would not fit is never.
[[nodiscard]] Time later(Time start, Time length);

/// Reads a duration as a plan writes it: one or more numbers, each with a unit, without spaces
/// (`1h30m`, `1.5h`, `250ms`). Units: ms, s, m, h, d, w, mo (30 d), y (365 d).
/// Returns nothing when the text is no duration, is not a whole number of milliseconds, or exceeds
/// `longest_duration`.
[[nodiscard]] std::optional<Time> parse_duration(std::string_view text);

/// Writes a time as a plan would, exactly: `6h23m20s`, `250ms`, `0s`, `3d50m`, `never`; a negative one with `-`.
[[nodiscard]] std::string format_duration(Time time);

}  // namespace muster::support
