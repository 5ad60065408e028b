// The clock changes that a zone repeats every year.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace muster::analysis {

/// A stretch of time in which a zone's clocks keep one offset, from `begin` up to but without `end`. There may be another
/// stretch of the same offset beside it.
struct Stretch {
    std::chrono::sys_seconds begin;
    std::chrono::sys_seconds end;
    std::chrono::seconds offset;  ///< what the clocks are ahead of UTC

    [[nodiscard]] bool holds(std::chrono::sys_seconds time) const { return begin <= time && time < end; }
};

/// Bounds for what has no other. They leave room for arithmetic.
inline constexpr std::chrono::sys_seconds beginning_of_time = std::chrono::sys_days{std::chrono::year{-9999} / 1 / 1};
inline constexpr std::chrono::sys_seconds end_of_time = std::chrono::sys_days{std::chrono::year{19999} / 1 / 1};

/// When in the year clocks change, in the local time before the change.
struct YearlyChange {
    enum class Day : unsigned char {
        weekday,  ///< `M3.5.0`: that weekday of that month, 5 being its last
        counted,  ///< `J60`: from 1, as though there were no 29 February
        offset,   ///< `59`: days after 1 January
    };
    Day day = Day::weekday;
    unsigned month = 1;
    unsigned week = 1;
    unsigned number = 0;                                ///< the weekday, Sunday being 0, or the number of the day
    std::chrono::seconds time = std::chrono::hours{2};  ///< since midnight; may be negative or beyond a day

    /// The local moment of the change in `year`.
    [[nodiscard]] std::chrono::local_seconds in(std::chrono::year year) const;
};

/// A rule as the last line of a TZif file has it (RFC 8536, section 3.3; POSIX calls it TZ): `CET-1CEST,M3.5.0,M10.5.0/3`.
class ZoneRule {
public:
    /// Reads such a line. Nothing where it is no rule.
    [[nodiscard]] static std::optional<ZoneRule> parse(std::string_view text);

    /// The stretch that holds `time`, which lies well within the bounds of time.
    [[nodiscard]] Stretch at(std::chrono::sys_seconds time) const;

private:
    struct Summer {
        std::chrono::seconds offset;
        YearlyChange begin;
        YearlyChange end;
    };
    std::chrono::seconds standard_{0};
    std::optional<Summer> summer_;
};

}  // namespace muster::analysis
