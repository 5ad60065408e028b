#include "compiler/mend/mend.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "compiler/mend/mend_json.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    mend::Wanted wanted;
};

// A name that stands for nothing is a slip, not a plan without faults.
bool known(const Input& input, const mend::Wanted& wanted) {
    const auto named = [](const std::string& name) {
        return [&name](const auto& thing) {
            return name == thing.heading.name || name == thing.heading.name.substr(0, thing.heading.name.find('['));
        };
    };
    const model::Plan& plan = input.plan;
    const bool thing = wanted.name.empty() || std::any_of(plan.services.begin(), plan.services.end(), named(wanted.name)) ||
                       std::any_of(plan.data.begin(), plan.data.end(), named(wanted.name));
    const bool scenario = wanted.scenario.empty() || std::any_of(plan.scenarios.begin(), plan.scenarios.end(), named(wanted.scenario));
    if (!thing) complain(fmt::format("the plan has no service and no data called {}", wanted.name));
    if (!scenario) complain(fmt::format("the plan has no scenario called {}", wanted.scenario));
    return thing && scenario;
}

int find_remedies(const Settings& settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    if (!known(*input, settings.wanted)) return exit_code::trouble;
    const auto ailments = mend::mend({input->sources, input->parsed, input->plan, input->estimates, *input->schedules}, settings.wanted);
    const std::string text =
        settings.common.format == "json" ? mend::render_json(ailments, input->provenance()) : mend::render_text(ailments);
    if (!settings.common.quiet && !print(text)) return exit_code::trouble;
    return !ailments.empty() && settings.common.fail_on != "never" ? exit_code::findings : exit_code::fine;
}

}  // namespace

void add_mend(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("mend", "for each objective that is missed, the smallest change of one kind by which it would be met");
    auto settings = std::make_shared<Settings>();
    add_common(*command, settings->common);
    command->add_option("--of", settings->wanted.name, "only this service or data")->type_name("NAME");
    command->add_option("--in", settings->wanted.scenario, "only in this scenario")->type_name("SCENARIO");
    command->callback([&run, settings] { run = [settings] { return find_remedies(*settings); }; });
}

}  // namespace muster::cli
