#include <fmt/format.h>

#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/revision.h"
#include "compiler/diff/difference.h"
#include "compiler/diff/difference_json.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    std::string before;
    std::string after = ".";
};

// The plan that git remembers as `common.path`, with its files called as they are there.
std::optional<Input> read_revision(Common common) {
    const auto revision = Revision::lay_out(common.path);
    if (!revision) {
        complain(revision.error().message);
        return std::nullopt;
    }
    common.path = revision->plan().string();
    auto input = read_plan(common);
    if (input) input->sources = revision->named(input->sources);
    return input;
}

// The plan at `path`. Nothing where it cannot be read, or has errors of syntax or names: such a plan cannot be compared. What is wrong has
// then been said.
std::optional<Input> side(const std::string& path, Common common) {
    common.path = path;
    common.format = "text";
    auto input = is_revision(path) ? read_revision(common) : read_plan(common);
    if (!input || input->readable) return input;
    (void)print_findings(*input, common);
    complain(fmt::format("{} cannot be compared: it has errors", path));
    return std::nullopt;
}

std::string rendered(const diff::Difference& difference, const Settings& settings, const Input& before, const Input& after) {
    if (settings.common.format == "json") return diff::render_json(difference, before.provenance(), after.provenance());
    if (settings.common.format == "markdown") return diff::render_markdown(difference);
    return diff::render_text(difference, settings.common.coloured());
}

bool fails(const diff::Difference& difference, const std::string& fail_on) {
    if (fail_on == "never") return false;
    if (difference.count(diff::Turn::missed) > 0) return true;
    return fail_on == "loosened" && difference.count(diff::Sense::loosened) + difference.count(diff::Turn::unjudged) > 0;
}

int diff_plans(const Settings& settings) {
    const auto before = side(settings.before, settings.common);
    const auto after = before ? side(settings.after, settings.common) : std::nullopt;
    if (!before || !after) return exit_code::trouble;
    const diff::Difference difference = diff::compare({before->plan, before->estimates, before->findings.counted},
                                                      {after->plan, after->estimates, after->findings.counted});
    if (!settings.common.quiet && !print(rendered(difference, settings, *before, *after))) return exit_code::trouble;
    return fails(difference, settings.common.fail_on) ? exit_code::findings : exit_code::fine;
}

}  // namespace

void add_diff(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("diff", "what a change does: objectives loosened, copies and steps gone, RTA and RPA moved");
    auto settings = std::make_shared<Settings>();
    settings->common.fail_on = "missed";
    command->add_option("OLD", settings->before, "the plan as it was: a path, or REVISION:PATH for what git remembers")->required();
    command->add_option("NEW", settings->after, "the plan as it is")->capture_default_str();
    command
        ->add_option("--fail-on", settings->common.fail_on, "exit with 1 where an objective is newly missed, or also where one is loosened")
        ->check(CLI::IsMember({"missed", "loosened", "never"}))
        ->capture_default_str();
    command->add_option("--format", settings->common.format, "how to print the difference")
        ->check(CLI::IsMember({"text", "json", "markdown"}))
        ->capture_default_str();
    add_as_of(*command, settings->common);
    add_look(*command, settings->common);
    command->callback([&run, settings] { run = [settings] { return diff_plans(*settings); }; });
}

}  // namespace muster::cli
