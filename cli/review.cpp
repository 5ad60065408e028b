#include <fmt/format.h>

#include <memory>

#include "backends/review/review.h"
#include "cli/evidence.h"
#include "cli/input.h"
#include "cli/output.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    std::string place;
    bool any_version = false;
};

const analysis::Estimate* estimate_of(const Input& input, const std::string& scenario) {
    for (const analysis::Estimate& estimate : input.estimates)
        if (input.plan.scenarios[estimate.recovery.scenario].file_name() == scenario) return &estimate;
    return nullptr;
}

int review(const Settings& settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    const auto runs = read_runs({settings.place});
    if (!runs) return exit_code::trouble;
    if (runs->size() != 1) {
        complain(fmt::format("{} holds {} runs: name the folder of the one that is reviewed", settings.place, runs->size()));
        return exit_code::trouble;
    }
    const RunFile& file = runs->front();
    if (!belongs(file, input->plan.hash, settings.any_version)) return exit_code::trouble;
    const auto page = backends::review::review_of(input->plan, estimate_of(*input, file.run.scenario), file.run);
    const bool printed = print(settings.common.format == "html" ? backends::page::html(page) : backends::page::markdown(page));
    return printed ? exit_code::fine : exit_code::trouble;
}

}  // namespace

void add_review(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand(
        "review",
        "a post-incident review, filled in from the evidence of a run: timeline, planned and measured times, what waited for what");
    auto settings = std::make_shared<Settings>();
    settings->common.format = "markdown";
    command->add_option("DIR", settings->place, "the folder of a run, with its evidence.jsonl")->required();
    command->add_option("--plan", settings->common.path, "the plan file or folder that was run")->capture_default_str()->type_name("PATH");
    command->add_option("--format", settings->common.format, "how to write it")
        ->check(CLI::IsMember({"markdown", "html"}))
        ->capture_default_str()
        ->type_name("FORMAT");
    command->add_flag("--any-version", settings->any_version, "take evidence of another version of the plan, too");
    add_as_of(*command, settings->common);
    add_look(*command, settings->common);
    command->callback([&run, settings] { run = [settings] { return review(*settings); }; });
}

}  // namespace muster::cli
