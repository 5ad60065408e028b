#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "compiler/model/export_json.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    bool positions = false;
};

int export_plan(const Settings& settings) {
    const auto input = read_model(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    const std::string text = model::render_json(input->plan, input->provenance(), settings.positions ? &input->sources : nullptr);
    return settings.common.quiet || print(text) ? exit_code::fine : exit_code::trouble;
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("export", "the plan as JSON, with every name resolved and every default filled in");
    auto settings = std::make_shared<Settings>();
    settings->common.format = "json";
    add_path(*command, settings->common);
    command->add_flag("--positions", settings->positions, "where each declaration stands: file, line and column");
    command->callback([&run, settings] { run = [settings] { return export_plan(*settings); }; });
}

}  // namespace muster::cli
