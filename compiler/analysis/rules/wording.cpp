#include "compiler/analysis/rules/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::analysis::rules {

using support::format_duration;

std::string list_of(const std::vector<std::string>& names, std::size_t most) {
    const std::size_t shown = names.size() > most ? most - 1 : names.size();
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) text += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
    return shown == names.size() ? text : text + fmt::format(" and {} more", names.size() - shown);
}

bool is_plain(const PathPart& part) {
    return part.because.empty() || part.because.starts_with("takes ") || part.because.starts_with("responds ");
}

std::string called(const PathPart& part) {
    if (part.kind == "detection") return fmt::format("detection by `{}`", part.name);
    if (part.kind == "discovery") return fmt::format("discovery of `{}`", part.name);
    if (part.kind == "response") return fmt::format("response of `{}`", part.name);
    if (part.kind == "declaration") return fmt::format("declaration by `{}`", part.name);
    if (part.kind == "readiness") return fmt::format("start of `{}`", part.name);
    if (part.kind == "dns") return fmt::format("DNS of `{}`", part.name);
    if (part.kind == "return") return fmt::format("end of `{}`", part.name);
    return fmt::format("{} `{}`", part.kind, part.name);
}

std::vector<diagnostics::Label> path_labels(const std::vector<PathPart>& path) {
    std::vector<diagnostics::Label> labels;
    for (const PathPart& part : path) {
        std::string text =
            fmt::format("{:>12}  +{}  {}", format_duration(part.begin), format_duration(part.end - part.begin), called(part));
        if (!is_plain(part)) text += fmt::format(" ({})", part.because);
        labels.push_back({part.span, std::move(text)});
    }
    return labels;
}

const PathPart& longest(const std::vector<PathPart>& path) {
    return *std::max_element(path.begin(), path.end(),
                             [](const PathPart& a, const PathPart& b) { return a.end - a.begin < b.end - b.begin; });
}

bool has_no_procedure(const Estimate& estimate, const ServiceOutcome& outcome) {
    if (!outcome.root) return false;
    const Node& node = estimate.recovery.network.nodes[*outcome.root];
    return node.kind == Node::Kind::ready && std::holds_alternative<ImpossibleDelay>(node.delay);
}

}  // namespace muster::analysis::rules
