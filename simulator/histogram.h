// Many times, counted into buckets that are the same for everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/support/time.h"

namespace muster::simulator {

using support::Time;

/// Stands for a time that the plan does not let anybody tell: perhaps any, perhaps none. It meets no objective, and sorts after all times
/// that are known and before never, which it cannot exceed.
inline constexpr Time unknown = support::never - Time{1};

/// Two times between which a percentile of the distribution lies with a probability of 95 %.
struct Interval {
    Time low{0};
    Time high{0};
    bool operator==(const Interval&) const = default;
};

/// Counts of times from 0 on. Times below 2^11 ms have a bucket each; above, every power of two is cut into 2^10 buckets of equal
/// width, so that no two times of one bucket are further apart than 1/1024 of the smaller. Memory depends on how far the
/// times spread, not on how many they are. Adding and merging is exact in any order: sums are integers.
class Histogram {
public:
    /// Counts `value`, which is not negative, `times` times. `support::never` counts as never, `unknown` as unknown.
    void add(Time value, std::uint64_t times = 1);
    /// Counts all that `other` has counted.
    void merge(const Histogram& other);

    /// How many times were added, with those that were never or unknown.
    [[nodiscard]] std::uint64_t count() const { return happened_ + unknown_ + never_; }
    /// How many of them were never.
    [[nodiscard]] std::uint64_t never() const { return never_; }
    /// How many of them were unknown.
    [[nodiscard]] std::uint64_t unknowns() const { return unknown_; }
    /// The mean of those that happened, to the nearest millisecond; nothing where none did.
    [[nodiscard]] std::optional<Time> mean() const;
    /// The least that happened, exactly; nothing where none did.
    [[nodiscard]] std::optional<Time> least() const;
    /// The greatest, exactly; `support::never` where one was, else `unknown` where one was.
    [[nodiscard]] Time greatest() const;
    /// The smallest time that at least `percent` % of all, 1 to 100, do not exceed (nearest rank), where never is later than
    /// any time and `unknown` comes before it. Not below the exact value, and less than 0.1 % above it. Needs a count above zero.
    [[nodiscard]] Time percentile(unsigned percent) const;
    /// How many do not exceed `time`, of which not those of the bucket that it cuts: at most those within 0.1 % below it are missing.
    [[nodiscard]] std::uint64_t up_to(Time time) const;
    /// Where the percentile of the distribution lies that these times were drawn from, whatever its shape: between those of the ranks
    /// n·p ± 1.96 √(n·p·(1 − p)) (Conover, "Practical Nonparametric Statistics", 3.2). Nothing where so few times say nothing about it.
    [[nodiscard]] std::optional<Interval> interval_of(unsigned percent) const;

    /// All that it holds, to be written down and read again: the numbers of the buckets that were hit, in order, with how often.
    struct Parts {
        __int128 sum = 0;
        std::uint64_t never = 0;
        std::uint64_t unknown = 0;
        Time least = support::never;
        Time greatest{0};
        std::vector<std::pair<std::uint64_t, std::uint64_t>> buckets;
    };
    [[nodiscard]] Parts parts() const;
    /// What has these parts; nothing where they are not those of a histogram.
    [[nodiscard]] static std::optional<Histogram> of(const Parts& parts);

    bool operator==(const Histogram&) const = default;

private:
    // The time of that rank, from 1 on, as `percentile` has it.
    [[nodiscard]] Time at(std::uint64_t rank) const;

    __int128 sum_ = 0;
    std::uint64_t happened_ = 0;
    std::uint64_t never_ = 0;
    std::uint64_t unknown_ = 0;
    Time least_ = support::never;
    Time greatest_{0};
    std::vector<std::vector<std::uint64_t>> pages_;  ///< 2^10 buckets each; empty where none of them has been hit
};

}  // namespace muster::simulator
