#include "simulator/draws.h"

#include <Random123/philox.h>

#include <charconv>

#include "compiler/support/hash.h"

namespace muster::simulator {
namespace {

// One to one, and every bit of what comes out depends on every bit of what goes in: the step and the finalizer of SplitMix64 (Steele, Lea,
// Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
std::uint64_t mixed(std::uint64_t bits) {
    bits += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

std::uint32_t low(std::uint64_t bits) { return static_cast<std::uint32_t>(bits); }
std::uint32_t high(std::uint64_t bits) { return static_cast<std::uint32_t>(bits >> 32U); }

}  // namespace

Entity entity(std::string_view key) {
    const std::string digits = support::sha256(key);
    Entity value = 0;
    std::from_chars(digits.data(), digits.data() + 16, value, 16);
    return value;
}

std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key) {
    const auto block = r123::Philox4x32{}({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    return {block[0], block[1], block[2], block[3]};
}

std::uint64_t Draws::key(std::uint64_t seed, std::uint64_t stream, std::uint64_t instance, std::uint64_t number) {
    return mixed(mixed(mixed(mixed(seed) ^ stream) ^ instance) ^ number);
}

std::uint64_t Draws::word(Entity who, std::uint64_t instance, std::uint64_t number) const {
    const std::uint64_t block = block_of(trial_), bits = key(seed_, stream_, instance, number);
    const auto random = philox({low(block), high(block), low(who), high(who)}, {low(bits), high(bits)});
    const std::size_t half = trial_ / trials_apart % 2 * 2;
    return odd_word(random[half], random[half + 1]);
}

double Draws::uniform(Entity who, std::uint64_t instance, std::uint64_t number) const {
    return static_cast<double>(static_cast<std::int64_t>(word(who, instance, number))) * 0x1p-53;
}

}  // namespace muster::simulator
