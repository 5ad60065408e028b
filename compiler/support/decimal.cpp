#include "compiler/support/decimal.h"

#include <limits>

namespace muster::support {
namespace {

constexpr int most_digits = 18;  // what an int64 always holds

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text) {
    std::size_t n = 0;
    while (n < text.size() && is_digit(text[n])) ++n;
    return n;
}

}  // namespace

std::optional<std::int64_t> Decimal::times(std::int64_t factor) const {
    __int128 product = static_cast<__int128>(digits) * factor;
    for (int i = 0; i < places; ++i) {
        if (product % 10 != 0) return std::nullopt;
        product /= 10;
    }
    if (product > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return static_cast<std::int64_t>(product);
}

std::optional<Decimal> take_decimal(std::string_view& text) {
    const std::size_t whole = digits_at(text);
    if (whole == 0) return std::nullopt;
    std::size_t fraction = 0;
    if (whole + 1 < text.size() && text[whole] == '.') fraction = digits_at(text.substr(whole + 1));
    if (whole + fraction > most_digits) return std::nullopt;

    const std::size_t length = fraction == 0 ? whole : whole + 1 + fraction;
    Decimal number{0, static_cast<int>(fraction)};
    for (const char c : text.substr(0, length))
        if (c != '.') number.digits = number.digits * 10 + (c - '0');
    text.remove_prefix(length);
    return number;
}

}  // namespace muster::support
