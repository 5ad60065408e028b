#include <csignal>
#include <exception>
#include <iostream>
#include <sstream>

#include "cli/config.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/reference.h"

namespace muster::cli {
namespace {

int answer(int argc, char** argv) {
    CLI::App app{"Muster proves or refutes a disaster-recovery plan, rehearses it, and compiles it into what an operations team runs.",
                 "muster"};
    app.set_version_flag("--version", "muster " + version());
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "the options of every command");
    Run run;
    add_check(app, run);
    add_estimate(app, run);
    add_mend(app, run);
    add_simulate(app, run);
    add_merge(app, run);
    add_test(app, run);
    add_compile(app, run);
    add_record(app, run);
    add_review(app, run);
    add_diff(app, run);
    add_graph(app, run);
    add_export(app, run);
    add_fmt(app, run);
    add_explain(app, run);
    add_completion(app, run);
    add_help(app, run);
    add_man(app, run);
    add_examples(app);
    if (argc > 1 && argv[1][0] != '-' && command_called(app, argv[1]) == nullptr) {
        complain(unknown_command(app, argv[1]));
        return exit_code::trouble;
    }
    try {
        app.parse(argc, argv);
        return run();
    } catch (const CLI::ParseError& error) {
        std::ostringstream said;
        const bool asked_for = app.exit(error, said, std::cerr) == 0;
        if (const auto meant = meant_option(app)) complain("did you mean " + *meant + "?");
        if (!print(said.str())) return exit_code::trouble;
        return asked_for ? exit_code::fine : exit_code::trouble;
    } catch (const Misconfigured& fault) {
        complain(fault.what());
        return exit_code::trouble;
    }
}

}  // namespace
}  // namespace muster::cli

// A bug is said to be one, and never looks like a finding or a success.
int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return muster::cli::answer(argc, argv);
    } catch (const std::exception& error) {
        muster::cli::complain(std::string("this is a bug in Muster, please report it: ") + error.what());
        return muster::cli::exit_code::bug;
    }
}
