#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/file.h"
#include "cli/fix.h"
#include "cli/output.h"
#include "cli/remedies.h"
#include "cli/reports.h"
#include "cli/text_diff.h"
#include "cli/what_if.h"
#include "compiler/diagnostics/baseline_json.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    std::vector<Report> reports;
    std::string baseline;
    std::string new_baseline;
    bool fix = false;
    bool diff = false;
};

bool complain_of(const support::Result<void>& done) {
    if (!done) complain(done.error().message);
    return done.has_value();
}

// What a plan has that cannot be checked is not known, and must not be hidden.
bool compare(Input& input, const std::string& baseline) {
    const auto source = support::read_source(baseline, baseline);
    if (!source) return complain_of(tl::make_unexpected(source.error()));
    auto known = diagnostics::read_baseline(source->text(), baseline);
    if (!known) return complain_of(tl::make_unexpected(known.error()));
    if (input.readable) compare_with_baseline(input.findings, std::move(*known), input.sources);
    return true;
}

int write_baseline(const Input& input, const Settings& settings) {
    if (!input.readable) {
        if (!write_reports(input, settings.common, settings.reports)) return exit_code::trouble;
        complain("no baseline was written: the plan has errors of syntax or names, so that its other findings are not known");
        return exit_code::trouble;
    }
    const auto& found = input.findings.counted;
    if (!complain_of(write_files({{settings.new_baseline, diagnostics::render_baseline(found, input.sources)}}))) return exit_code::trouble;
    const std::string said =
        fmt::format("{}: {} finding{} known from now on\n", settings.new_baseline, found.size(), found.size() == 1 ? "" : "s");
    return settings.common.quiet || print(said) ? exit_code::fine : exit_code::trouble;
}

int print_diff(const Fixed& fixed, const Settings& settings) {
    std::string out;
    for (const FixedFile& file : fixed.files) out += unified_diff(file.name, file.before, file.after);
    if (!settings.common.quiet && !print(out)) return exit_code::trouble;
    return fixed.files.empty() ? exit_code::fine : exit_code::findings;
}

bool write_fixed(const Fixed& fixed) {
    std::vector<TextFile> files;
    for (const FixedFile& file : fixed.files) files.push_back({file.name, file.after});
    if (!complain_of(write_files(files))) return false;
    for (const FixedFile& file : fixed.files) fmt::print(stderr, "fixed {}\n", file.name);
    return true;
}

// The findings of the plan as it is, and what the change does to them; the exit code is that of the changed plan.
int compare_what_if(Input input, const Settings& settings) {
    const auto changed = would_be(input, settings.common);
    if (!changed) return exit_code::trouble;
    if (!changed->input.readable)
        return write_reports(changed->input, settings.common, settings.reports) ? exit_code::findings : exit_code::trouble;
    input.what_if = diagnostics::difference({input.findings.counted, input.sources},
                                            {changed->input.findings.counted, changed->input.sources}, changed->changes);
    input.sources = changed->input.sources;
    if (!write_reports(input, settings.common, settings.reports)) return exit_code::trouble;
    return fails(changed->input, settings.common) ? exit_code::findings : exit_code::fine;
}

int check(const Settings& settings) {
    auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (settings.common.changes_plan() && input->readable) return compare_what_if(std::move(*input), settings);
    if (settings.fix) {
        Fixed fixed = fix(std::move(*input), settings.common);
        if (settings.diff) return print_diff(fixed, settings);
        if (!write_fixed(fixed)) return exit_code::trouble;
        input = std::move(fixed.input);
    }
    if (!settings.new_baseline.empty()) return write_baseline(*input, settings);
    if (!settings.baseline.empty() && !compare(*input, settings.baseline)) return exit_code::trouble;
    add_remedies(*input);
    if (!write_reports(*input, settings.common, settings.reports)) return exit_code::trouble;
    return fails(*input, settings.common) ? exit_code::findings : exit_code::fine;
}

void refuse_to_fix_a_stream(const Settings& settings) {
    if (settings.fix && !settings.diff && settings.common.path == "-")
        throw CLI::ValidationError("--fix", "standard input cannot be written again: add --diff");
}

// SARIF, JUnit and workflow commands are about one plan.
void refuse_comparison(const Settings& settings) {
    for (const Report& report : settings.reports)
        if (settings.common.changes_plan() && report.format != "text" && report.format != "json")
            throw CLI::ValidationError("--format", "with --what-if and --set the findings are text or json, not " + report.format);
}

}  // namespace

void add_check(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("check", "everything that can be known without simulating; the gate for CI");
    auto settings = std::make_shared<Settings>();
    add_shared(*command, settings->common);
    add_report_options(*command);
    command
        ->add_option("--limit", settings->common.limit, "show at most this many findings as text, the gravest first; other forms have all")
        ->type_name("N");
    auto* known = command->add_option("--baseline", settings->baseline, "leave out the findings that this file knows")->type_name("FILE");
    command->add_option("--write-baseline", settings->new_baseline, "write the findings to this file instead of printing them")
        ->type_name("FILE")
        ->excludes(known);
    auto* fixes = command->add_flag("--fix", settings->fix, "make the edits that are safe, and check again");
    command->add_flag("--diff", settings->diff, "with --fix: print the edits instead of making them; exit with 1 where there are any")
        ->needs(fixes);
    add_what_if_options(*command, settings->common);
    command->callback([&run, command, settings] {
        settings->reports = reports_of(*command);
        refuse_to_fix_a_stream(*settings);
        refuse_comparison(*settings);
        run = [settings] { return check(*settings); };
    });
}

}  // namespace muster::cli
