// The lengths that the nodes of a network draw, for many trials at a time.
#pragma once

#include <vector>

#include "simulator/lane_work.h"
#include "simulator/rehearsal.h"

namespace muster::simulator {

/// What the draws of `who` make of `lengths` in the trials `first`, a multiple of `lanes`, and after. `key` is that of `Draws::key`.
void draw_row(const LaneWork& work, const Distribution& lengths, std::uint64_t key, Entity who, std::uint64_t first, Row& row);

/// The lengths of all nodes that draw one and nothing besides, where each trial is scheduled by itself. A thousand tables are not at hand
/// for every trial anew: they are read for `lanes` trials one after the other.
class Drawn {
public:
    /// `rehearsal` has to outlive it. For one thread.
    explicit Drawn(const Rehearsal& rehearsal);

    /// From now on the questions are about that trial.
    void look_at(std::uint64_t seed, std::uint64_t trial);

    /// How long `node` takes; null where it draws no length, or more than that.
    [[nodiscard]] const Time* length(analysis::NodeId node) const {
        const std::uint32_t row = row_of_[node];
        return row == none ? nullptr : &rows_[row][lane_];
    }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    struct Part {
        const Distribution* lengths;
        Entity entity;
    };

    std::vector<std::uint32_t> row_of_;  ///< by node
    std::vector<Part> parts_;
    std::vector<Row> rows_;  ///< of each part
    std::uint64_t seed_ = 0;
    std::uint64_t first_ = ~std::uint64_t{0};  ///< of the trials in the rows
    std::size_t lane_ = 0;
};

}  // namespace muster::simulator
