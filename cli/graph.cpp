#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "backends/graph/graph.h"
#include "backends/graph/graph_json.h"
#include "cli/input.h"
#include "cli/output.h"

namespace muster::cli {
namespace {

using backends::graph::Graph;

struct Settings {
    Common common;
    std::string kind = "dependency";
    std::string scenario;
};

std::string scenarios_of(const model::Plan& plan) {
    std::string names;
    for (const auto& scenario : plan.scenarios) names += (names.empty() ? "" : ", ") + scenario.heading.name;
    return names.empty() ? "the plan has none" : "the plan has " + names;
}

// The estimate of the scenario that --scenario names: null where none is named, or the only one where a recovery is to be drawn. Nothing
// where it cannot be told; the complaint has then been made.
std::optional<const analysis::Estimate*> chosen(const Settings& settings, const Input& input) {
    const auto& all = input.estimates;
    if (settings.scenario.empty()) {
        if (settings.kind != "recovery") return nullptr;
        if (all.size() == 1) return &all.front();
        complain("a recovery graph shows one scenario: name it with --scenario; " + scenarios_of(input.plan));
        return std::nullopt;
    }
    const auto found = std::find_if(all.begin(), all.end(), [&](const analysis::Estimate& estimate) {
        return input.plan.scenarios[estimate.recovery.scenario].heading.name == settings.scenario;
    });
    if (found != all.end()) return &*found;
    complain(fmt::format("there is no scenario called {}; {}", settings.scenario, scenarios_of(input.plan)));
    return std::nullopt;
}

Graph drawn(const Settings& settings, const model::Plan& plan, const analysis::Estimate* estimate) {
    if (settings.kind == "placement") return backends::graph::placement(plan, estimate);
    if (settings.kind == "recovery") return backends::graph::recovery(plan, *estimate);
    return backends::graph::dependencies(plan, estimate);
}

std::string rendered(const std::string& format, const Graph& graph, const Input& input) {
    if (format == "json") return backends::graph::render_json(graph, input.provenance());
    return format == "mermaid" ? backends::graph::render_mermaid(graph) : backends::graph::render_dot(graph);
}

int graph(const Settings& settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    const auto estimate = chosen(settings, *input);
    if (!estimate) return exit_code::trouble;
    const std::string text = rendered(settings.common.format, drawn(settings, input->plan, *estimate), *input);
    return settings.common.quiet || print(text) ? exit_code::fine : exit_code::trouble;
}

}  // namespace

void add_graph(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("graph", "dependency, placement and recovery graphs as DOT, Mermaid or JSON");
    auto settings = std::make_shared<Settings>();
    settings->common.format = "dot";
    add_path(*command, settings->common);
    command->add_option("--kind", settings->kind, "what needs what, what lies where, or how a scenario is recovered from")
        ->check(CLI::IsMember({"dependency", "placement", "recovery"}))
        ->capture_default_str();
    command->add_option("--scenario", settings->scenario, "mark what this scenario takes away; a recovery graph needs one")
        ->type_name("NAME");
    add_as_of(*command, settings->common);
    command->add_option("--format", settings->common.format, "what to draw it in")
        ->check(CLI::IsMember({"dot", "mermaid", "json"}))
        ->capture_default_str();
    command->callback([&run, settings] { run = [settings] { return graph(*settings); }; });
}

}  // namespace muster::cli
