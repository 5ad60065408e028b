// Pictures in pages, drawn as SVG that needs nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/support/time.h"

namespace muster::backends::page {

/// One row of a timeline.
struct Bar {
    std::string label;
    support::Time begin{0}, end{0};           ///< not before 0; end not before begin; equal: a moment
    bool by_people = false;                   ///< drawn darker than what runs by itself
    std::optional<support::Time> other = {};  ///< a second length to compare with, drawn below: what was planned beside what was measured
};

/// A moment that is marked across all rows: an RTO, a detection.
struct Mark {
    std::string label;
    support::Time at{0};
};

/// The rows below each other along a common axis; empty where there are none.
[[nodiscard]] std::string timeline(const std::vector<Bar>& bars, const std::vector<Mark>& marks);

/// One box of a flow. `after` are the places, from 0, of boxes before it.
struct Box {
    std::string label;
    std::vector<std::size_t> after;
};

/// The boxes in ranks from top to bottom: each below all that it comes after. Empty where there are none.
[[nodiscard]] std::string flow(const std::vector<Box>& boxes);

}  // namespace muster::backends::page
