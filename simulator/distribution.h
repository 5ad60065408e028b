// Durations as distributions, at hand for many draws.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "compiler/model/duration.h"

namespace muster::simulator {

using model::Time;

/// A draw as an integer: odd and below 2^53. The uniform number that it stands for is `word` × 2^-53.
using Word = std::uint64_t;

/// What `quantile` says, from a table: of a word it makes a sample (inverse transform), and a greater word never makes a shorter one.
///
/// Exact and measured lengths are exactly those of `quantile`, uniform ones to a millisecond. Of the others the quantile function is known
/// at 16 points of each of the 31 octaves on either side of the median (u = 2^-1 to 2^-32, and 1 − u likewise), and between two of them a
/// straight line, off by less than 1/2048 of what the curve bends there. Beyond 2^-32, what four thousand million trials meet once on
/// either side, the length is that at 2^-32.
class Distribution {
public:
    /// `observed` is what was measured, the shortest first, and means nothing for other durations.
    explicit Distribution(const model::Duration& duration, const std::vector<Time>& observed = {});

    /// The length that a draw makes.
    [[nodiscard]] Time at(Word word) const;

    /// The lengths that `count` draws make, in ms: as `at`.
    void sample(const Word* words, Time::rep* lengths, std::size_t count) const;

    /// Whether every draw makes the same.
    [[nodiscard]] bool is_constant() const { return kind_ == Kind::constant; }

private:
    enum class Kind : std::uint8_t { constant, uniform, observed, table };

    static constexpr int cells_bits = 4, octaves = 31;
    static constexpr std::size_t knots = (octaves << cells_bits) + 1;  // the last is the median
    using Side = std::array<double, knots>;                            // from the end to the median, in ms

    [[nodiscard]] static Time::rep looked_up(const std::array<Side, 2>& sides, Word word);
    void tabulate(const model::Duration& duration);
    static Side pert_side(double rise, double width);

    Kind kind_ = Kind::constant;
    Time low_{0};
    std::uint64_t values_ = 1;  ///< of a uniform duration: how many whole milliseconds there are
    std::vector<Time> observed_;
    std::shared_ptr<const std::array<Side, 2>> sides_;  ///< below and above the median
};

}  // namespace muster::simulator
