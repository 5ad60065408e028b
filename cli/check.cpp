#include <memory>

#include "cli/reports.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    std::vector<Report> reports;
};

int check(const Settings& settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!write_reports(*input, settings.common, settings.reports)) return exit_code::trouble;
    return fails(*input, settings.common) ? exit_code::findings : exit_code::fine;
}

}  // namespace

void add_check(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("check", "everything that can be known without simulating; the gate for CI");
    auto settings = std::make_shared<Settings>();
    add_shared(*command, settings->common);
    add_report_options(*command);
    command->callback([&run, command, settings] {
        settings->reports = reports_of(*command);
        run = [settings] { return check(*settings); };
    });
}

}  // namespace muster::cli
