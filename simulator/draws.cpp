#include "simulator/draws.h"

#include <Random123/philox.h>

#include <charconv>

#include "compiler/support/hash.h"

namespace muster::simulator {

Entity entity(std::string_view key) {
    const std::string digits = support::sha256(key);
    Entity value = 0;
    std::from_chars(digits.data(), digits.data() + 16, value, 16);
    return value;
}

std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter, const std::array<std::uint64_t, 2>& key) {
    const auto block = r123::Philox4x64{}({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    return {block[0], block[1], block[2], block[3]};
}

std::uint64_t Draws::word(Entity who, std::uint64_t instance, std::uint64_t number) const {
    return odd_word(philox({trial_ / trials_in_block, who, instance, number}, {seed_, stream_})[trial_ % trials_in_block]);
}

double Draws::uniform(Entity who, std::uint64_t instance, std::uint64_t number) const {
    return static_cast<double>(static_cast<std::int64_t>(word(who, instance, number))) * 0x1p-53;
}

}  // namespace muster::simulator
