#include "compiler/analysis/rules/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/detection.h"
#include "compiler/analysis/path.h"

namespace muster::analysis::rules {

using support::format_duration;

std::string list_of(const std::vector<std::string>& names, std::size_t most) {
    const std::size_t shown = names.size() > most ? most - 1 : names.size();
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) text += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
    return shown == names.size() ? text : text + fmt::format(" and {} more", names.size() - shown);
}

std::string list_of(const std::vector<Named>& all) {
    std::vector<std::string> names;
    for (const Named& one : all) names.push_back(one.name);
    return list_of(names);
}

std::vector<diagnostics::Label> further(const std::vector<Named>& all, std::string_view label) {
    constexpr std::size_t most = 12;
    std::vector<diagnostics::Label> labels;
    for (std::size_t i = 1; i < all.size() && i <= most; ++i) labels.push_back({all[i].span, std::string(label)});
    return labels;
}

bool is_plain(const PathPart& part) {
    if (!part.origins.empty()) return false;
    return part.because.empty() || part.because.starts_with("takes ") || part.because.starts_with("responds ");
}

std::string called(const PathPart& part) {
    if (part.kind == "detection") return fmt::format("detection by `{}`", part.name);
    if (part.kind == "discovery") return fmt::format("discovery of `{}`", part.name);
    if (part.kind == "response") return fmt::format("response of `{}`", part.name);
    if (part.kind == "declaration") return fmt::format("declaration by `{}`", part.name);
    if (part.kind == "readiness") return fmt::format("start of `{}`", part.name);
    if (part.kind == "queue") return fmt::format("wait for `{}`", part.name);
    if (part.kind == "dns") return fmt::format("DNS of `{}`", part.name);
    if (part.kind == "return") return fmt::format("end of `{}`", part.name);
    return fmt::format("{} `{}`", part.kind, part.name);
}

namespace {

// How much of a path people read: where it comes from, and what came last.
constexpr std::size_t first_parts = 8;
constexpr std::size_t last_parts = 16;

diagnostics::Label label_of(const PathPart& part) {
    std::string text = fmt::format("{:>12}  +{}  {}", format_duration(part.begin), format_duration(part.end - part.begin), called(part));
    if (!is_plain(part)) text += fmt::format(" ({})", part.because);
    return {part.span, std::move(text)};
}

}  // namespace

std::vector<diagnostics::Label> blind_labels(const model::Plan& plan, const Estimate& e) {
    constexpr std::size_t most = 8;
    std::vector<diagnostics::Label> labels;
    for (const Blind& blind : blind_detectors(plan, plan.scenarios[e.recovery.scenario], e.recovery.impact))
        if (labels.size() < most) labels.push_back({plan.detectors[blind.detector].heading.span, "it " + blind.why});
    return labels;
}

std::vector<diagnostics::Label> path_labels(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    const std::vector<NodeId> way = way_to(e.recovery.network, e.outlook.times, outcome.last);
    const bool whole = way.size() <= first_parts + last_parts;
    std::vector<diagnostics::Label> labels;
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (!whole && i == first_parts) {
            i = way.size() - last_parts;
            labels.push_back({{}, fmt::format("{:>12}  {} parts more, in `estimate --format json`", "…", i - first_parts)});
        }
        for (const PathPart& part : parts_of(plan, e.recovery, e.outlook.times, way[i])) labels.push_back(label_of(part));
    }
    return labels;
}

PathPart longest(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    const Times& times = e.outlook.times;
    const std::vector<NodeId> way = way_to(e.recovery.network, times, outcome.last);
    const auto length = [&](NodeId node) {
        return std::max(times.end[node] - times.begin[node], times.begin[node] - ready_since(e.recovery.network, times, node));
    };
    const auto most = std::max_element(way.begin(), way.end(), [&](NodeId a, NodeId b) { return length(a) < length(b); });
    const auto parts = parts_of(plan, e.recovery, times, *most);
    return *std::max_element(parts.begin(), parts.end(),
                             [](const PathPart& a, const PathPart& b) { return a.end - a.begin < b.end - b.begin; });
}

std::string interval_advice(const model::Plan& plan, const model::Copy& archive) {
    for (const auto& data : archive.of) {
        const auto rpo = model::rpo_of(plan, data.value, model::DisruptionKind::hardware);
        if (!rpo) continue;
        const Time room = rpo->value - archive.archive()->upload.planning();
        if (room > Time::zero())
            return fmt::format("`every {}` or less keeps the RPO of {} of `{}`", support::format_duration(room),
                               support::format_duration(rpo->value), plan.data[data.value].heading.name);
    }
    return "say with `every` after how long a segment is shipped at the latest, and set the database so (`archive_timeout`)";
}

bool has_no_procedure(const Estimate& estimate, const ServiceOutcome& outcome) {
    if (!outcome.root) return false;
    const Node& node = estimate.recovery.network.nodes[*outcome.root];
    return node.kind == Node::Kind::ready && std::holds_alternative<ImpossibleDelay>(node.delay);
}

}  // namespace muster::analysis::rules
