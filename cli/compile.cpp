#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "backends/alerts/alerts.h"
#include "backends/document/document.h"
#include "backends/drill/drill.h"
#include "backends/kubernetes/kubernetes.h"
#include "backends/manifest/manifest_json.h"
#include "backends/runbook/runbook.h"
#include "backends/simulation/simulation.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/tree.h"
#include "compiler/diagnostics/order.h"
#include "compiler/diagnostics/text.h"

namespace muster::cli {
namespace {

using backends::Files;

struct Settings {
    Common common;
    std::string folder;
    bool check = false;
    bool force = false;
    bool allow_errors = false;
    std::vector<std::string> targets;
    backends::simulation::Setting simulation;
};

// A plan that is known to fail stamps what is made of it, so that nobody takes it for a sound one at three in the morning.
std::string stamp(const Input& input) {
    const auto shown = diagnostics::one_of_each_cause(input.findings.counted);  // as many as `check` shows
    const auto errors =
        std::count_if(shown.begin(), shown.end(), [](const auto& d) { return d.entry.severity == diagnostics::Severity::error; });
    return fmt::format("made with --allow-errors from a plan with {} error{}", errors, errors == 1 ? "" : "s");
}

void stamp_script(std::string& content, const std::string& text) {
    const auto first_line = content.starts_with("#!") ? content.find('\n') + 1 : 0;
    content.insert(first_line, "# WARNING: " + text + "\n");
}

void stamp_page(std::string& content, const std::string& text) {
    constexpr std::string_view body = "<body>\n";
    content.insert(content.find(body) + body.size(), "<p><strong>Warning: " + text + "</strong></p>\n");
}

void stamp_all(Files& files, const std::string& text) {
    for (backends::File& file : files) {
        if (file.path.ends_with(".html")) stamp_page(file.content, text);
        else if (file.path.ends_with(".md")) file.content.insert(0, "> **Warning:** " + text + "\n\n");
        else if (!file.path.ends_with(".json")) stamp_script(file.content, text);
    }
}

bool is_wanted(const Settings& settings, std::string_view target) {
    if (settings.targets.empty()) return target != "simulation";
    return std::find(settings.targets.begin(), settings.targets.end(), target) != settings.targets.end();
}

support::Result<Files> make(const Input& input, const Settings& settings) {
    const analysis::Instant as_of = settings.common.instant();
    Files all;
    const auto add = [&](Files files) { std::move(files.begin(), files.end(), std::back_inserter(all)); };
    if (is_wanted(settings, "kubernetes")) add(backends::kubernetes::kubernetes(input.plan, input.sources, as_of));
    if (is_wanted(settings, "alerts")) add(backends::alerts::alerts(input.plan, input.sources, as_of));
    if (is_wanted(settings, "runbooks")) add(backends::runbook::runbooks(input.plan, input.sources, input.estimates));
    if (is_wanted(settings, "drills")) add(backends::drill::drills(input.plan, input.sources, as_of));
    if (is_wanted(settings, "document")) add(backends::document::documents(input.plan, input.estimates, as_of));
    if (is_wanted(settings, "simulation")) {
        backends::simulation::Setting setting = settings.simulation;
        setting.as_of = iso_date(as_of);
        setting.folder = std::filesystem::is_directory(settings.common.path);
        auto files = backends::simulation::simulation(input.plan, input.sources, setting);
        if (!files) return files;
        add(*std::move(files));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return all;
}

std::string listing(const std::string& folder, const Files& files) {
    std::string out = folder + "/\n";
    for (const backends::File& file : files) out += "  " + file.path + "\n";
    return out + fmt::format("{} files written\n", files.size());
}

int compare(const Settings& settings, const Files& files) {
    std::string out;
    const auto lines = differences(settings.folder, files);
    for (const std::string& line : lines) out += line + "\n";
    out += lines.empty() ? settings.folder + " is what the plan makes\n"
                         : fmt::format("{} file{} not as the plan makes {}\n", lines.size(), lines.size() == 1 ? " is" : "s are",
                                       lines.size() == 1 ? "it" : "them");
    if (!settings.common.quiet && !print(out)) return exit_code::trouble;
    return lines.empty() ? exit_code::fine : exit_code::findings;
}

int compile(const Settings& settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    const bool errors = std::any_of(input->findings.counted.begin(), input->findings.counted.end(),
                                    [](const auto& d) { return d.entry.severity == diagnostics::Severity::error; });
    if (!input->readable || (errors && !settings.allow_errors)) {
        if (!print_findings(*input, settings.common)) return exit_code::trouble;
        complain(input->readable ? "nothing was written: a plan with errors compiles nothing unless --allow-errors"
                                 : "nothing was written");
        return exit_code::findings;
    }
    auto made = make(*input, settings);
    if (!made) {
        complain("nothing was written: " + made.error().message);
        return exit_code::trouble;
    }
    Files files = *std::move(made);
    if (errors) stamp_all(files, stamp(*input));
    files.push_back(backends::manifest::manifest(input->plan, input->sources, files, version()));
    if (settings.check) return compare(settings, files);
    if (auto written = write_tree(settings.folder, files, settings.force); !written) {
        complain(written.error().message);
        return exit_code::trouble;
    }
    return settings.common.quiet || print(listing(settings.folder, files)) ? exit_code::fine : exit_code::trouble;
}

// Only --target simulation looks at these.
void add_simulation(CLI::App& command, backends::simulation::Setting& setting) {
    setting.image = "muster:" + version();
    command.add_option("--shards", setting.shards, "of the target simulation: how many pods share the trials")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command.add_option("--trials", setting.trials, "of the target simulation: trials of each scenario, all pods together")
        ->check(CLI::Range(1, 1'000'000'000))
        ->capture_default_str();
    command.add_option("--seed", setting.seed, "of the target simulation")->capture_default_str();
    command.add_option("--image", setting.image, "of the target simulation: what the pods run")->capture_default_str();
}

}  // namespace

void add_compile(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand(
        "compile", "writes Kubernetes objects, alerts, runbooks, drills and the plan as a document, or a simulation by many pods");
    auto settings = std::make_shared<Settings>();
    add_common(*command, settings->common);
    command->get_option("--format")->group("");
    command->add_option("-o,--output", settings->folder, "the folder to write to")->required();
    command->add_flag("--check", settings->check, "write nothing; exit with 1 where the folder is not what would be written");
    command->add_flag("--force", settings->force, "overwrite files that were changed by hand since they were written");
    command->add_flag("--allow-errors", settings->allow_errors, "compile a plan with errors, and stamp every file with that");
    command
        ->add_option("--target", settings->targets,
                     "only this of kubernetes, alerts, runbooks, drills, document, simulation; repeatable; without it all but simulation")
        ->check(CLI::IsMember({"kubernetes", "alerts", "runbooks", "drills", "document", "simulation"}))
        ->allow_extra_args(false);
    add_simulation(*command, settings->simulation);
    command->callback([&run, settings] { run = [settings] { return compile(*settings); }; });
}

}  // namespace muster::cli
