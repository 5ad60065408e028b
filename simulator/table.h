// A quantile function as a table, fit for many draws at once.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace muster::simulator {

/// A draw as an integer: odd and below 2^53. The uniform number that it stands for is `word` × 2^-53.
using Word = std::uint64_t;

/// The quantile function at 16 points of each of the 31 octaves on either side of the median (u = 2^-1 to 2^-32, and 1 − u likewise), with
/// straight lines between them. Beyond 2^-32 the length is that at 2^-32.
class Table {
public:
    static constexpr unsigned cells_bits = 4, octaves = 31;
    static constexpr std::size_t knots = (octaves << cells_bits) + 1;  ///< of one side, from the end to the median

    /// In ms and below 2^51: first the knots below the median, then those above it, each from the end.
    std::array<double, 2 * knots> heights;

    /// Where a draw falls: between which knot and the next, and how far it is from the one to the other.
    struct Place {
        std::uint64_t knot;
        double within;
    };

    /// Where `word` falls.
    // Without a branch, which nothing could foretell, and without a conversion, which not every set of instructions has for eight at
    // once: below the median it is the word itself, above it what is left to the end; and the bits of a number are its octave, its cell
    // in that, and how far it is in the cell.
    [[nodiscard]] static Place place(Word word) {
        const std::uint64_t upper = word >> (word_bits - 1);
        const std::uint64_t from_end = ((word ^ -upper) + upper + (-upper & (std::uint64_t{1} << word_bits)));
        const double share = std::max(std::bit_cast<double>(from_end | magic_bits) - magic, last);
        const auto bits = std::bit_cast<std::uint64_t>(share);
        const std::uint64_t rest = bits & ((std::uint64_t{1} << rest_bits) - 1);
        return {(bits >> rest_bits) - first_cell + (-upper & knots), (std::bit_cast<double>(rest | one_bits) - 1) * cells};
    }

    /// What is at that place between two knots of those heights, in whole ms, a half to the even one.
    [[nodiscard]] static std::int64_t between(double lower, double upper, double within) {
        const double sum = lower + within * (upper - lower);
        return static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(sum + magic) - magic_bits);
    }

    /// The length that a draw makes, in ms.
    [[nodiscard]] std::int64_t at(Word word) const {
        const Place where = place(word);
        return between(heights[where.knot], heights[where.knot + 1], where.within);
    }

private:
    static constexpr unsigned word_bits = 53, mantissa_bits = 52, rest_bits = mantissa_bits - cells_bits;
    static constexpr double cells = 1U << cells_bits;
    static constexpr double magic = 0x1p52;  // added to a whole number below it, its bits are those of the number
    static constexpr std::uint64_t magic_bits = std::bit_cast<std::uint64_t>(magic), one_bits = std::bit_cast<std::uint64_t>(1.0);
    static constexpr double last = 1U << (word_bits - 1 - octaves);
    static constexpr std::uint64_t first_cell = std::bit_cast<std::uint64_t>(last) >> rest_bits;
};

}  // namespace muster::simulator
