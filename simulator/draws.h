// Random numbers that depend on nothing but what they are for.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace muster::simulator {

/// Who a draw is for: 64 bits of the hash of its kind and qualified name.
using Entity = std::uint64_t;

/// The entity that goes by `key`, such as `step restore-db.start`: the first 64 bits of the SHA-256 of it.
[[nodiscard]] Entity entity(std::string_view key);

/// Two trials draw from one block: trial t and trial t + 16, where t / 16 is even. So many blocks in a row fill the registers of a
/// processor, one number of each in every register.
inline constexpr std::uint64_t trials_apart = 16;

/// The number of the block that a trial draws from.
[[nodiscard]] constexpr std::uint64_t block_of(std::uint64_t trial) {
    return trial / (2 * trials_apart) * trials_apart + trial % trials_apart;
}

/// What becomes of half a block: an odd integer below 2^53.
[[nodiscard]] constexpr std::uint64_t odd_word(std::uint32_t low, std::uint32_t high) {
    return (std::uint64_t{high} << 21U) | (low >> 11U) | 1U;
}

/// One block of Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
[[nodiscard]] std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key);

/// The draws of one trial. There is no state: each draw is a function of seed, trial, stream, entity, instance and number, so neither
/// the order in which they are made nor who else draws changes any of them.
class Draws {
public:
    /// `stream` tells apart what happens several times in one trial; 0 for what happens once.
    Draws(std::uint64_t seed, std::uint64_t trial, std::uint64_t stream = 0) : seed_(seed), trial_(trial), stream_(stream) {}

    /// The key of the blocks of all draws with those four.
    [[nodiscard]] static std::uint64_t key(std::uint64_t seed, std::uint64_t stream, std::uint64_t instance, std::uint64_t number);

    /// A draw as an integer, uniform among the odd ones below 2^53.
    [[nodiscard]] std::uint64_t word(Entity who, std::uint64_t instance, std::uint64_t number) const;

    /// A number that is uniform in (0, 1) and never 0 or 1: an odd multiple of 2^-53. `instance` tells apart what one entity
    /// goes through several times in a trial, `number` the draws that it needs each time.
    [[nodiscard]] double uniform(Entity who, std::uint64_t instance, std::uint64_t number) const;

    [[nodiscard]] std::uint64_t seed() const { return seed_; }
    [[nodiscard]] std::uint64_t trial() const { return trial_; }
    [[nodiscard]] std::uint64_t stream() const { return stream_; }

private:
    std::uint64_t seed_;
    std::uint64_t trial_;
    std::uint64_t stream_;
};

}  // namespace muster::simulator
