// A decimal number as it stands in a plan, kept exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace muster::support {

/// digits / 10^places: "1.25" is 125 with 2 places.
struct Decimal {
    std::int64_t digits = 0;
    int places = 0;

    /// This number times `factor`, where the product is whole and fits; nothing otherwise.
    [[nodiscard]] std::optional<std::int64_t> times(std::int64_t factor) const;
};

/// Takes a decimal (digits, optionally a point and digits) off the front of `text`.
/// Returns nothing, and leaves `text` alone, where none stands there or it has more than 18 digits.
[[nodiscard]] std::optional<Decimal> take_decimal(std::string_view& text);

}  // namespace muster::support
