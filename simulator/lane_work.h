// What is done for many trials at once, in the instructions that the processor has.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/support/time.h"
#include "simulator/draws.h"
#include "simulator/table.h"

namespace muster::simulator {

/// How many trials go abreast: as many as share blocks of draws, so that their draws and sums fill the widest registers; few enough that a
/// network of a thousand nodes stays in the caches.
inline constexpr std::size_t lanes = 2 * trials_apart;

/// A time for each lane, none of them negative.
using Row = std::array<support::Time, lanes>;
/// One draw for each lane.
using Words = std::array<std::uint64_t, lanes>;

/// The same work, written once and compiled for several sets of instructions. All of them do it in the same integers, and in the same
/// operations of IEEE 754, none of which is fused or reordered, so their results are the same bit for bit.
struct LaneWork {
    std::string_view instructions;  ///< what they are called

    /// The draws of `who` (instance and number 0) in the trials `first`, a multiple of `lanes`, and after. `key` is that of
    /// `Draws::key`.
    void (*draw)(std::uint64_t key, Entity who, std::uint64_t first, Words& words);
    /// Of each draw the length by that table: what `Table::at` says.
    void (*look_up)(const Table& table, const Words& words, Row& lengths);
    /// Raises each time of `row` to that of `input`.
    void (*raise)(Row& row, const Row& input);
    /// Makes of the lengths in `row` the times when they are over that begin at `begin`: those of `support::later`.
    void (*add)(Row& row, const Row& begin);
};

/// The sets of instructions that this processor has, the widest last.
[[nodiscard]] const std::vector<LaneWork>& lane_works();

}  // namespace muster::simulator
