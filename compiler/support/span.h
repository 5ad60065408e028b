// Where something stands in the source that the author wrote.
#pragma once

#include <compare>
#include <cstdint>

namespace muster::support {

/// One file of a plan. Ids count from 0 in the order in which `Sources` read the files.
struct FileId {
    std::uint32_t value = 0;
    auto operator<=>(const FileId&) const = default;
};

/// A place in a file: line and column count from 1; a column is one Unicode code point.
/// Line 0 means "the file as a whole".
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    auto operator<=>(const Position&) const = default;
};

/// A stretch of a file, from `begin` up to but without `end`.
struct Span {
    FileId file;
    Position begin;
    Position end;
    auto operator<=>(const Span&) const = default;

    /// The span from the start of this one to the end of `last`, which stands in the same file.
    [[nodiscard]] constexpr Span through(const Span& last) const { return {file, begin, last.end}; }
};

/// A value and the place where it was written, so that a message can show it.
template <class T>
struct Said {
    T value;
    Span span;
};

}  // namespace muster::support
