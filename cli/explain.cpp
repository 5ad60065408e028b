#include <fmt/format.h>

#include <memory>

#include "cli/options.h"
#include "cli/output.h"
#include "compiler/diagnostics/pages.h"

namespace muster::cli {
namespace {

std::string list() {
    std::string out;
    for (const auto& entry : diagnostics::registry())
        out += fmt::format("{}  {:<8} {}\n", entry.code, diagnostics::severity_name(entry.severity), entry.name);
    return out;
}

int explain(const std::string& code) {
    const auto* entry = diagnostics::find_entry(code);
    if (entry == nullptr) {
        complain(fmt::format("there is no diagnostic called {}; `muster explain --list` shows all", code));
        return exit_code::trouble;
    }
    const std::string_view text = diagnostics::page(*entry);
    if (text.empty()) return exit_code::bug;
    return print(text) ? exit_code::fine : exit_code::trouble;
}

}  // namespace

void add_explain(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("explain", "why a rule exists, a bad plan, a good plan");
    auto code = std::make_shared<std::string>();
    auto all = std::make_shared<bool>(false);
    auto* named = command->add_option("CODE", *code, "a code such as M3001, or a name such as rto-missed");
    auto* listed = command->add_flag("--list", *all, "every code with its severity and name");
    named->excludes(listed);
    command->callback([&run, code, all] {
        if (code->empty() && !*all) throw CLI::RequiredError("CODE or --list");
        run = [code, all] {
            if (*all) return print(list()) ? exit_code::fine : exit_code::trouble;
            return explain(*code);
        };
    });
}

}  // namespace muster::cli
