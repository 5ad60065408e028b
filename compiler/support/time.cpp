#include "compiler/support/time.h"

#include <array>

#include "compiler/support/decimal.h"

namespace muster::support {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};

// Longest names first, so that "ms" and "mo" are not read as "m".
constexpr std::array<Unit, 8> units{{{"ms", 1},
                                     {"mo", 30LL * 86'400'000},
                                     {"y", 365LL * 86'400'000},
                                     {"w", 7LL * 86'400'000},
                                     {"d", 86'400'000},
                                     {"h", 3'600'000},
                                     {"m", 60'000},
                                     {"s", 1'000}}};

const Unit* unit_at(std::string_view text) {
    for (const Unit& unit : units)
        if (text.starts_with(unit.name)) return &unit;
    return nullptr;
}

}  // namespace

Time later(Time start, Time length) {
    if (start == never || length == never) return never;
    Time::rep sum = 0;
    if (__builtin_add_overflow(start.count(), length.count(), &sum)) return never;
    return Time{sum};
}

std::optional<Time> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    while (!text.empty()) {
        const auto number = take_decimal(text);
        if (!number) return std::nullopt;
        const Unit* unit = unit_at(text);
        if (unit == nullptr) return std::nullopt;
        text.remove_prefix(unit->name.size());
        const auto part = number->times(unit->milliseconds);
        if (!part || __builtin_add_overflow(total, *part, &total)) return std::nullopt;
    }
    if (Time{total} > longest_duration) return std::nullopt;
    return Time{total};
}

std::string format_duration(Time time) {
    if (time == never) return "never";
    if (time == Time::zero()) return "0s";
    // Months and years are left out: a reader should not have to know what a month is here.
    constexpr std::array<Unit, 5> parts{{{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
    std::string out = time < Time::zero() ? "-" : "";
    std::uint64_t rest = time < Time::zero() ? 0 - static_cast<std::uint64_t>(time.count()) : static_cast<std::uint64_t>(time.count());
    for (const Unit& part : parts) {
        const std::uint64_t size = static_cast<std::uint64_t>(part.milliseconds);
        if (rest >= size) out += std::to_string(rest / size) + std::string(part.name);
        rest %= size;
    }
    return out;
}

}  // namespace muster::support
