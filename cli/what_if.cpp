#include "cli/what_if.h"

#include <fmt/format.h>

#include "cli/output.h"
#include "compiler/sema/resolve.h"
#include "compiler/sema/what_if.h"
#include "compiler/syntax/parse.h"

namespace muster::cli {
namespace {

using Changes = std::vector<ast::Clause>;

bool add_named(const Input& input, const std::string& name, Changes& changes) {
    std::string known;
    for (const ast::File& file : input.parsed)
        for (const ast::Clause& clause : file.declarations) {
            if (clause.keyword() != "whatif") continue;
            if (clause.values.at(1).text == name) {
                changes.insert(changes.end(), clause.body.begin(), clause.body.end());
                return true;
            }
            known += (known.empty() ? "" : ", ") + clause.values[1].text;
        }
    complain(fmt::format("the plan has no what-if called {}{}", name, known.empty() ? "" : "; it has " + known));
    return false;
}

// Messages call the text `--set`, with its number where there are several.
bool add_text(Input& input, const Common& common, std::size_t number, Changes& changes, diagnostics::Sink& sink) {
    auto source = support::make_source(common.sets.size() == 1 ? "--set" : fmt::format("--set {}", number + 1), common.sets[number]);
    if (!source) {
        complain(source.error().message);
        return false;
    }
    const support::FileId file = input.sources.add(std::move(*source));
    ast::File parsed = syntax::parse_changes(input.sources[file], file, sink);
    changes.insert(changes.end(), parsed.declarations.begin(), parsed.declarations.end());
    return true;
}

}  // namespace

void add_what_if_options(CLI::App& command, Common& common) {
    command.add_option("--what-if", common.what_ifs, "apply this `whatif` of the plan, and show what it changes; repeatable")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command
        .add_option("--set", common.sets,
                    "make this change, and show what it changes: 'role dba { headcount 2 }', 'remove store nas'; repeatable")
        ->type_name("CHANGE")
        ->allow_extra_args(false);
}

std::optional<WouldBe> would_be(const Input& input, const Common& common) {
    WouldBe made;
    made.input.sources = input.sources;
    diagnostics::Sink sink;
    Changes changes;
    for (const std::string& name : common.what_ifs)
        if (!add_named(input, name, changes)) return std::nullopt;
    for (std::size_t number = 0; number < common.sets.size(); ++number)
        if (!add_text(made.input, common, number, changes, sink)) return std::nullopt;
    auto changed = sema::changed(input.parsed, changes, sink);
    made.changes = std::move(changed.words);
    made.input.parsed = std::move(changed.files);
    made.input.plan = sema::resolve(made.input.parsed, made.input.sources, sink);
    made.input.readable = !sink.has_errors();
    made.input.findings.counted = sink.sorted();
    if (made.input.readable) analyse(made.input, common, sink);
    return made;
}

}  // namespace muster::cli
