// Pictures of a plan: boxes, arrows and frames, in no particular language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/model/plan.h"

namespace muster::backends::graph {

using support::Time;

/// How something stands in a scenario. Without a scenario everything is `fine`.
enum class Mark : std::uint8_t {
    fine,
    degraded,
    impaired,
    failed,  ///< down, damaged, absent
    back,    ///< a service that is ready again, and meets its objective or has none
    late,    ///< a service that is ready again, and misses its objective
    never,   ///< what does not happen, or nobody knows when
};

/// "fine", "degraded", "impaired", "failed", "back", "late" or "never".
[[nodiscard]] std::string_view mark_name(Mark mark);

/// A box. Its shape follows from `kind`.
struct Node {
    std::string kind;  ///< service, external, tool, data, copy, store, detector, either, disruption, detection, response, declaration, …
    std::string name;  ///< of the declaration, qualified where names repeat
    std::vector<std::string> lines;  ///< what stands in it, the most important first
    Mark mark = Mark::fine;
    std::optional<std::size_t> frame;
    bool faint = false;         ///< it does not count at first: a standby, a step that is left out or comes afterwards
    bool critical = false;      ///< on the critical path
    std::string performer;      ///< of a step: roles, or `automatic`
    std::optional<Time> begin;  ///< since the disruption; nothing where it never begins, or in a picture without times
    std::optional<Time> end;
};

/// An arrow from a box to another.
struct Edge {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string kind;   ///< needs, wants, uses, in, replica, backup, archive, snapshot, repository, before, …
    std::string label;  ///< for people; may be empty
    bool soft = false;  ///< nothing is lost where it breaks
    bool critical = false;
};

/// A frame around boxes: a tier, a site, a zone, a procedure.
struct Frame {
    std::string kind;
    std::string name;
    std::vector<std::string> lines;
    std::optional<std::size_t> in;
    Mark mark = Mark::fine;
};

/// A picture. Everything in it stands in order of declaration.
struct Graph {
    std::string kind;      ///< dependency, placement or recovery
    std::string scenario;  ///< the name of the one that it shows; empty: none
    std::vector<std::string> title;
    std::vector<Frame> frames;
    std::vector<Node> nodes;
    std::vector<Edge> edges;
};

/// What needs what: services in their tiers, what others run, and data. A need that is part of a circle is critical. With `estimate`,
/// what its scenario takes away is marked.
[[nodiscard]] Graph dependencies(const model::Plan& plan, const analysis::Estimate* estimate);

/// What lies where: services, stores, tools, detectors and copies in their sites and zones, and how copies get there. With
/// `estimate`, what its scenario takes away is marked.
[[nodiscard]] Graph placement(const model::Plan& plan, const analysis::Estimate* estimate);

/// How a scenario is recovered from: what waits for what, who does it and when, with people and bandwidth shared, and the path that
/// makes the longest recovery time.
[[nodiscard]] Graph recovery(const model::Plan& plan, const analysis::Estimate& estimate);

/// The picture for Graphviz.
[[nodiscard]] std::string render_dot(const Graph& graph);

/// The picture for Mermaid.
[[nodiscard]] std::string render_mermaid(const Graph& graph);

}  // namespace muster::backends::graph
