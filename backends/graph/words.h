// What stands in a box, in few words.
#pragma once

#include "backends/graph/graph.h"

namespace muster::backends::graph {

/// `text` on one line: with a blank for whatever would break it, and cut to at most `most` characters, with `…` for what was cut off.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t most = 60);

/// `text` in lines of about `width` characters, broken at blanks; at most three lines.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width = 28);

/// "RTO 4h, RPO 15m": those objectives that hold under every kind of disruption; empty where there are none.
[[nodiscard]] std::string objectives_text(const model::Objectives& objectives);

/// What a step does: "restore orders", "switch dns db.example.com to hot"; empty for a step without an action.
[[nodiscard]] std::string action_text(const model::Plan& plan, const model::Step& step);

/// Who performs a step: "dba, lead", or "automatic" where nobody is named.
[[nodiscard]] std::string performer_of(const model::Plan& plan, const model::Step& step);

/// How `thing` stands after the disruption; data fails where the places that hold it do.
[[nodiscard]] Mark mark_of(const analysis::Recovery& recovery, model::Thing thing);

}  // namespace muster::backends::graph
