#include <fmt/format.h>

#include <memory>

#include "cli/explain_profile.h"
#include "cli/options.h"
#include "cli/output.h"
#include "compiler/diagnostics/list_json.h"
#include "compiler/diagnostics/pages.h"
#include "compiler/support/suggest.h"

namespace muster::cli {
namespace {

struct Settings {
    std::string code;
    std::string profile;  ///< after `profile`: which
    bool list = false;
    std::string format = "text";
};

std::string list_as_text() {
    std::size_t longest = 0;
    for (const auto& entry : diagnostics::registry()) longest = std::max(longest, entry.name.size());
    std::string out;
    for (const auto& entry : diagnostics::registry())
        out += fmt::format("{}  {:<8} {:<{}}  {}\n", entry.code, diagnostics::severity_name(entry.severity), entry.name, longest,
                           diagnostics::title(entry));
    return out;
}

std::string list(const std::string& format) {
    if (format == "json") return diagnostics::render_list(version());
    return format == "markdown" ? diagnostics::index_page() : list_as_text();
}

int unknown(const std::string& code) {
    std::vector<std::string> known;
    for (const auto& entry : diagnostics::registry()) known.insert(known.end(), {std::string(entry.name), std::string(entry.code)});
    const auto meant = support::closest(code, known);
    complain(fmt::format("there is no diagnostic called {}; {}`muster explain --list` shows all", code,
                         meant ? "did you mean " + *meant + "? " : ""));
    return exit_code::trouble;
}

int explain(const std::string& code) {
    const auto* entry = diagnostics::find_entry(code);
    if (entry == nullptr) return unknown(code);
    const std::string_view text = diagnostics::page(*entry);
    if (text.empty()) return exit_code::bug;
    return print(text) ? exit_code::fine : exit_code::trouble;
}

}  // namespace

void add_explain(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("explain", "why a rule exists, a bad plan, a good plan");
    auto settings = std::make_shared<Settings>();
    auto* named = command->add_option("CODE", settings->code, "a code such as M3001, a name such as rto-missed, or `profile`");
    command->add_option("NAME", settings->profile, "after `profile`: which; without it, all profiles that ship")->needs(named);
    auto* listed = command->add_flag("--list", settings->list, "every code with its severity, name and what it says");
    named->excludes(listed);
    command->add_option("--format", settings->format, "how to print the list")
        ->check(CLI::IsMember({"text", "json", "markdown"}))
        ->capture_default_str()
        ->needs(listed);
    command->callback([&run, settings] {
        if (settings->code.empty() && !settings->list) throw CLI::RequiredError("CODE or --list");
        if (settings->code != "profile" && !settings->profile.empty()) throw CLI::ExtrasError({settings->profile});
        run = [settings] {
            if (settings->code == "profile") return explain_profile(settings->profile);
            if (settings->list) return print(list(settings->format)) ? exit_code::fine : exit_code::trouble;
            return explain(settings->code);
        };
    });
}

}  // namespace muster::cli
