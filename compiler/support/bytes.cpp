#include "compiler/support/bytes.h"

#include <array>
#include <limits>

#include "compiler/support/decimal.h"

namespace muster::support {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

constexpr std::array<Unit, 12> byte_units{{{"KiB", 1LL << 10},
                                           {"MiB", 1LL << 20},
                                           {"GiB", 1LL << 30},
                                           {"TiB", 1LL << 40},
                                           {"PiB", 1LL << 50},
                                           {"kB", 1'000},
                                           {"KB", 1'000},
                                           {"MB", 1'000'000},
                                           {"GB", 1'000'000'000},
                                           {"TB", 1'000'000'000'000},
                                           {"PB", 1'000'000'000'000'000},
                                           {"B", 1}}};
// In bytes: a kilobit is 125 bytes.
constexpr std::array<Unit, 5> bit_units{
    {{"kbit", 125}, {"Kbit", 125}, {"Mbit", 125'000}, {"Gbit", 125'000'000}, {"Tbit", 125'000'000'000}}};
constexpr std::array<Unit, 4> periods{{{"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

template <std::size_t N>
std::optional<std::int64_t> factor_of(const std::array<Unit, N>& units, std::string_view name) {
    for (const Unit& unit : units)
        if (unit.name == name) return unit.factor;
    return std::nullopt;
}

__int128 divide_up(__int128 a, __int128 b) { return (a + b - 1) / b; }

}  // namespace

std::optional<Size> parse_size(std::string_view text) {
    const auto number = take_decimal(text);
    const auto factor = factor_of(byte_units, text);
    if (!number || !factor) return std::nullopt;
    const auto bytes = number->times(*factor);
    if (!bytes) return std::nullopt;
    return Size{*bytes};
}

std::optional<Rate> parse_rate(std::string_view text) {
    const auto number = take_decimal(text);
    const auto slash = text.find('/');
    if (!number || slash == std::string_view::npos) return std::nullopt;
    auto factor = factor_of(byte_units, text.substr(0, slash));
    if (!factor) factor = factor_of(bit_units, text.substr(0, slash));
    const auto per = factor_of(periods, text.substr(slash + 1));
    if (!factor || !per) return std::nullopt;
    const auto bytes = number->times(*factor);
    if (!bytes) return std::nullopt;
    return Rate{*bytes, Time{*per}};
}

Time transfer_time(Size size, Rate rate) {
    if (size.bytes == 0) return Time::zero();
    if (rate.bytes == 0) return never;
    const __int128 milliseconds = divide_up(static_cast<__int128>(size.bytes) * rate.per.count(), rate.bytes);
    if (milliseconds >= never.count()) return never;
    return Time{static_cast<std::int64_t>(milliseconds)};
}

Size volume(Rate rate, Time length) {
    const __int128 bytes = divide_up(static_cast<__int128>(rate.bytes) * length.count(), rate.per.count());
    if (bytes > std::numeric_limits<std::int64_t>::max()) return Size{std::numeric_limits<std::int64_t>::max()};
    return Size{static_cast<std::int64_t>(bytes)};
}

Rate slower(Rate a, Rate b) {
    const __int128 left = static_cast<__int128>(a.bytes) * b.per.count();
    const __int128 right = static_cast<__int128>(b.bytes) * a.per.count();
    return left <= right ? a : b;
}

std::string format_size(Size size) {
    constexpr std::array<Unit, 6> names{
        {{"PB", 1'000'000'000'000'000}, {"TB", 1'000'000'000'000}, {"GB", 1'000'000'000}, {"MB", 1'000'000}, {"kB", 1'000}, {"B", 1}}};
    for (const Unit& unit : names)
        if (size.bytes >= unit.factor && size.bytes % unit.factor == 0)
            return std::to_string(size.bytes / unit.factor) + std::string(unit.name);
    return "0B";
}

std::string format_rate(Rate rate) {
    for (const Unit& unit : periods)
        if (unit.factor == rate.per.count()) return format_size({rate.bytes}) + "/" + std::string(unit.name);
    return format_size({rate.bytes}) + "/" + format_duration(rate.per);
}

}  // namespace muster::support
