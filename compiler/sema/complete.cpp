#include "compiler/sema/complete.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "compiler/diagnostics/messages.h"

namespace muster::sema {
namespace {

// One of these clauses has to be there. Without it figures would flatter the plan (a copy that is nowhere is never lost), or the
// declaration would be there in name only.
struct Need {
    std::set<std::string_view> one_of;
    std::string_view lacks;
    std::string_view help;
};

const std::map<std::string_view, Need>& needs() {
    static const std::map<std::string_view, Need> all{
        {"link", {{"between"}, "it does not say what it joins", "add `between SITE and SITE`"}},
        {"replica", {{"from"}, "it does not say where it leads", "add `from PLACE to PLACE`"}},
        {"repository", {{"in"}, "it does not say where it is kept", "add `in STORE`"}},
        {"detector", {{"watches"}, "it does not say what it watches", "add `watches SERVICE`"}},
        {"scenario",
         {{"fails", "destroys", "corrupts", "deletes", "compromises", "absent", "cuts"},
          "it does not say what happens",
          "add what it `fails`, `destroys`, `corrupts`, `deletes`, `compromises` or `cuts`, or who is `absent`"}},
        {"message", {{"text"}, "it does not say anything", "add `text \"…\"`"}},
        {"drill", {{"exercises"}, "it does not say what is exercised", "add `exercises SCENARIO`"}},
        {"duty", {{"every", "cron"}, "it does not say when it is due", "add a schedule, such as `every quarter`"}},
        {"checklist",
         {{"before", "during", "afterwards"}, "it has no items", "add `before`, `during` or `afterwards` and what is to be done"}},
    };
    return all;
}

bool says_one_of(const ast::Clause& declaration, const std::set<std::string_view>& keywords) {
    return std::any_of(declaration.body.begin(), declaration.body.end(),
                       [&](const ast::Clause& clause) { return keywords.contains(clause.keyword()); });
}

}  // namespace

void report_incomplete(const std::vector<ast::File>& files, diagnostics::Sink& sink) {
    using diagnostics::Words;
    for (const ast::File& file : files)
        for (const ast::Clause& declaration : file.declarations) {
            const auto need = needs().find(declaration.keyword());
            if (need == needs().end() || says_one_of(declaration, need->second.one_of)) continue;
            const ast::Value& name = declaration.values.at(1);
            sink.report(diagnostics::messages::incomplete, name.span, Words{declaration.keyword()}, diagnostics::Name{name.text},
                        Words{std::string(need->second.lacks)})
                .help = need->second.help;
        }
}

}  // namespace muster::sema
