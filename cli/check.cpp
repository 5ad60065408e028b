#include <memory>

#include "cli/input.h"

namespace muster::cli {
namespace {

int check(const Common& common) {
    const auto input = read_plan(common);
    if (!input) return exit_code::trouble;
    if (!print_findings(*input, common)) return exit_code::trouble;
    return fails(*input, common) ? exit_code::findings : exit_code::fine;
}

}  // namespace

void add_check(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("check", "everything that can be known without simulating; the gate for CI");
    auto common = std::make_shared<Common>();
    add_common(*command, *common);
    command->callback([&run, common] { run = [common] { return check(*common); }; });
}

}  // namespace muster::cli
