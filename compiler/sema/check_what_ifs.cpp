#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/resolve.h"
#include "compiler/sema/what_if.h"

namespace muster::sema {
namespace {

using ast::Clause;
using diagnostics::Diagnostic;
using diagnostics::Name;
using diagnostics::Words;
namespace messages = diagnostics::messages;

constexpr std::size_t most_places = 8;

bool inside(const Clause& block, const Diagnostic& d) {
    const support::Span& span = d.primary.span;
    return span.file == block.span.file && block.span.begin <= span.begin && span.begin <= block.span.end;
}

void report(const Clause& what_if, const std::vector<Diagnostic>& elsewhere, diagnostics::Sink& sink) {
    const std::string more = elsewhere.size() == 1 ? "" : fmt::format(", and {} more", elsewhere.size() - 1);
    auto& diagnostic = sink.report(messages::broken_what_if, what_if.values.at(1).span, Name{what_if.values[1].text},
                                   Words{elsewhere.front().message + more});
    diagnostic.subject = {"whatif", what_if.values[1].text};
    for (std::size_t i = 0; i < std::min(elsewhere.size(), most_places); ++i)
        diagnostic.related.push_back({elsewhere[i].primary.span, elsewhere[i].message});
}

void check(const Clause& what_if, const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink) {
    diagnostics::Sink found;
    const Changed made = changed(files, what_if.body, found);
    (void)resolve(made.files, sources, found);
    std::vector<Diagnostic> elsewhere;
    for (const Diagnostic& d : found.sorted()) {
        if (d.entry.severity != diagnostics::Severity::error) continue;
        if (inside(what_if, d)) sink.add(d);
        else elsewhere.push_back(d);
    }
    if (!elsewhere.empty()) report(what_if, elsewhere, sink);
}

}  // namespace

void check_what_ifs(const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink) {
    std::size_t number = 0;
    for (const ast::File& file : files)
        for (const Clause& clause : file.declarations) {
            if (clause.keyword() != "whatif") continue;
            if (++number <= most_what_ifs) check(clause, files, sources, sink);
            else
                sink.report(messages::value_out_of_range, clause.values.at(1).span, Name{"whatif"},
                            Words{fmt::format("this is number {}, and a plan has at most {}", number, most_what_ifs)});
        }
}

}  // namespace muster::sema
