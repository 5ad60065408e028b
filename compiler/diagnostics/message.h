// The registry of messages: what can be said, and with what in its gaps.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "compiler/support/time.h"

namespace muster::diagnostics {

/// A name out of a plan; shown in backquotes.
struct Name {
    std::string text;
};
/// Words of Muster's own, or a list that was put together from names already quoted; shown as they are.
struct Words {
    std::string text;
};
/// A length of time; shown as a plan would write it.
struct Duration {
    support::Time time;
};
/// A whole number.
struct Count {
    std::int64_t number;
};

enum class Severity : std::uint8_t { note, warning, error };

/// "note", "warning" or "error".
[[nodiscard]] std::string_view severity_name(Severity severity);

/// One row of the registry, without its text.
struct Entry {
    std::string_view code;  ///< stable, never reused: M3001
    std::string_view name;  ///< kebab-case: rto-missed
    Severity severity = Severity::error;
};

/// A row of the registry with its text. `Args` are the types of the placeholders, checked where it is used.
template <class... Args>
struct Message {
    Entry entry;
    fmt::format_string<Args...> text;
};

/// Every row of the registry, in the order of the table.
[[nodiscard]] std::span<const Entry> registry();

/// The row with this code or this name; nothing where there is none.
[[nodiscard]] const Entry* find_entry(std::string_view code_or_name);

}  // namespace muster::diagnostics

template <>
struct fmt::formatter<muster::diagnostics::Name> : fmt::formatter<std::string_view> {
    auto format(const muster::diagnostics::Name& name, format_context& context) const {
        return fmt::format_to(context.out(), "`{}`", name.text);
    }
};
template <>
struct fmt::formatter<muster::diagnostics::Words> : fmt::formatter<std::string_view> {
    auto format(const muster::diagnostics::Words& words, format_context& context) const {
        return fmt::format_to(context.out(), "{}", words.text);
    }
};
template <>
struct fmt::formatter<muster::diagnostics::Duration> : fmt::formatter<std::string_view> {
    auto format(const muster::diagnostics::Duration& duration, format_context& context) const {
        return fmt::format_to(context.out(), "{}", muster::support::format_duration(duration.time));
    }
};
template <>
struct fmt::formatter<muster::diagnostics::Count> : fmt::formatter<std::string_view> {
    auto format(const muster::diagnostics::Count& count, format_context& context) const {
        return fmt::format_to(context.out(), "{}", count.number);
    }
};
