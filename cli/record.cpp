#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "cli/evidence.h"
#include "cli/file.h"
#include "cli/input.h"
#include "cli/output.h"
#include "compiler/evidence/measurements_json.h"
#include "compiler/sema/measured.h"
#include "compiler/support/source.h"
#include "compiler/support/utf8.h"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;
using evidence::Observation;
using support::format_duration;

struct Settings {
    Common common;
    std::vector<std::string> places;
    std::string output;
    bool any_version = false;
    bool dry_run = false;
};

// The file that the plan names, beside the plan; else one that it could name.
fs::path target(const Input& input, const Settings& settings) {
    if (!settings.output.empty()) return settings.output;
    const fs::path plan = settings.common.path;
    std::error_code error;
    const fs::path folder = fs::is_directory(plan, error) ? plan : plan.parent_path();
    const ast::Value* named = sema::measurements_path(input.parsed);
    return folder / (named == nullptr ? "measured.json" : named->text);
}

support::Result<std::string> text_of(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return std::string();
    auto source = support::read_source(path, path.string());
    if (!source) return tl::make_unexpected(source.error());
    return source->text();
}

std::string date_of(const evidence::Run& run) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(run.events.back().at)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string line_of(const Observation& one) {
    const std::string planned = one.planned ? ", planned " + format_duration(*one.planned) : std::string();
    const std::string as = one.name == one.step ? std::string() : fmt::format(", as `{}`", one.name);
    return fmt::format("  {} took {}{}{}\n", one.step, format_duration(one.length), planned, as);
}

std::string report(const RunFile& file, const evidence::Observations& found) {
    std::string text = fmt::format("{}: {}, {} lines, the chain is whole\n", file.path.string(), support::printable(file.run.scenario),
                                   file.run.events.size());
    for (const Observation& one : found.all) text += line_of(one);
    for (const evidence::NotMeasured& one : found.left_out)
        text += fmt::format("  {} is not measured: {}\n", support::printable(one.step), one.why);
    return text;
}

std::string advice(const Input& input, const fs::path& path, const std::vector<Observation>& all) {
    std::string text;
    if (sema::measurements_path(input.parsed) == nullptr)
        text += fmt::format("The plan does not name the file yet: say `measurements \"{}\"` in its `plan`.\n", path.filename().string());
    for (const Observation& one : all)
        if (!one.asked_for)
            return text + fmt::format("A step counts with what was measured when it says so: `takes measured \"{}\"`.\n", one.name);
    return text;
}

// Evidence that may still grow would be counted twice.
bool is_over(const RunFile& file) {
    if (file.run.finished()) return true;
    complain(
        fmt::format("{} does not end with `finished`: the run goes on, or the lines at its end are missing. Finish it with --resume first",
                    file.path.string()));
    return false;
}

int write(const fs::path& path, const std::string& before, const std::string& after, const Settings& settings, std::string said) {
    if (settings.dry_run) said += "Nothing was written.\n";
    else if (before == after) said += fmt::format("{} has all of it already\n", path.string());
    else if (const auto written = write_files({{path, after}}); !written) {
        complain(written.error().message);
        return exit_code::trouble;
    } else said += fmt::format("{} was written\n", path.string());
    return settings.common.quiet || print(said) ? exit_code::fine : exit_code::trouble;
}

int record(const Settings& settings) {
    const auto input = read_model(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    const auto runs = read_runs(settings.places);
    if (!runs) return exit_code::trouble;
    const fs::path path = target(*input, settings);
    const auto before = text_of(path);
    support::Result<std::string> after = before;
    std::string said;
    std::vector<Observation> all;
    for (const RunFile& file : *runs) {
        if (!is_over(file) || !belongs(file, input->plan.hash, settings.any_version)) return exit_code::trouble;
        const auto found = evidence::observations_of(input->plan, file.run);
        said += report(file, found);
        const auto known = after.and_then([&](const std::string& text) { return evidence::is_recorded(text, file.run.head); });
        if (known && *known) said += "  it is recorded already\n";
        if (!known) after = tl::make_unexpected(known.error());
        else if (!*known) after = evidence::with_observations(*after, found.all, file.run.head, date_of(file.run));
        if (!after) break;
        all.insert(all.end(), found.all.begin(), found.all.end());
    }
    if (!after) complain(fmt::format("{}: {}", path.string(), after.error().message));
    return after ? write(path, *before, *after, settings, said + advice(*input, path, all)) : exit_code::trouble;
}

}  // namespace

void add_record(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand(
        "record", "adds what a runbook or a drill has measured to the file that the plan's `measured` durations are from");
    auto settings = std::make_shared<Settings>();
    command->add_option("DIR", settings->places, "the folder of a run with its evidence.jsonl, or a folder of such folders")->required();
    command->add_option("--plan", settings->common.path, "the plan file or folder that was run")->capture_default_str()->type_name("PATH");
    command
        ->add_option("-o,--output", settings->output,
                     "the file to add to (default: the plan's `measurements`, else measured.json beside it)")
        ->type_name("FILE");
    command->add_flag("--any-version", settings->any_version, "take evidence of another version of the plan, too");
    command->add_flag("--dry-run", settings->dry_run, "say what was measured, and write nothing");
    add_look(*command, settings->common);
    command->callback([&run, settings] { run = [settings] { return record(*settings); }; });
}

}  // namespace muster::cli
