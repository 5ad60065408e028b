// Durations as distributions, at hand for many draws.
#pragma once

#include <memory>
#include <vector>

#include "compiler/model/duration.h"
#include "simulator/table.h"

namespace muster::simulator {

using model::Time;

/// What `quantile` says, from a table: of a word it makes a sample (inverse transform), and a greater word never makes a shorter one.
///
/// Exact and measured lengths are exactly those of `quantile`, uniform ones to a millisecond. The others have a `Table`, whose straight
/// lines are off by less than 1/2048 of what the curve bends there; what lies beyond its end four thousand million trials meet once on
/// either side.
class Distribution {
public:
    /// `observed` is what was measured, the shortest first, and means nothing for other durations.
    explicit Distribution(const model::Duration& duration, const std::vector<Time>& observed = {});

    /// The length that a draw makes.
    [[nodiscard]] Time at(Word word) const;

    /// Whether every draw makes the same.
    [[nodiscard]] bool is_constant() const { return kind_ == Kind::constant; }

    /// The table that `at` reads, if it reads one.
    [[nodiscard]] const Table* table() const { return table_.get(); }

private:
    enum class Kind : std::uint8_t { constant, uniform, observed, table };

    void tabulate(const model::Duration& duration);

    Kind kind_ = Kind::constant;
    Time low_{0};
    std::uint64_t values_ = 1;  ///< of a uniform duration: how many whole milliseconds there are
    std::vector<Time> observed_;
    std::shared_ptr<const Table> table_;
};

}  // namespace muster::simulator
