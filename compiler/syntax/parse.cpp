#include "compiler/syntax/parse.h"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "compiler/diagnostics/messages.h"
#include "compiler/support/parallel.h"
#include "compiler/syntax/parts.h"
#include "compiler/syntax/recovery.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/tree.h"

namespace muster::syntax {
namespace {

// How large the parts of a file are that are read each for itself: small enough that their trees fit the caches and every processor
// has something to do, large enough that beginning costs nothing.
constexpr std::size_t part_size = std::size_t{64} << 10;

// The brace that goes deeper than any plan does. The parser would answer deep nesting with deep recursion.
antlr4::Token* too_deep(antlr4::CommonTokenStream& tokens) {
    std::int64_t depth = 0;
    for (antlr4::Token* token : tokens.getTokens()) {
        const std::string_view text = written(*token);
        if (text == "{" && ++depth > deepest_nesting) return token;
        if (text == "}" && depth > 0) --depth;
    }
    return nullptr;
}

// `start` is the rule that the whole text is to be.
template <class Start>
ast::File parse_as(const Part& part, support::FileId file, diagnostics::Sink& sink, Start start) {
    Characters characters(part.text);
    Scanner scanner(part.text, characters, part.first_line);
    antlr4::CommonTokenStream tokens(&scanner);
    tokens.fill();
    if (antlr4::Token* brace = too_deep(tokens)) {
        sink.report(diagnostics::messages::nested_too_deeply, span_of(brace, file), diagnostics::Count{deepest_nesting});
        return {};
    }
    MusterPlanParser parser(&tokens);
    parser.removeErrorListeners();
    Complaints complaints(file, sink);
    parser.setErrorHandler(std::make_shared<LineRecovery>(complaints));
    try {
        return build(*start(parser), file, complaints);
    } catch (const TooManyErrors&) {
        return {};
    }
}

ast::File parse_part(const Part& part, support::FileId file, diagnostics::Sink& sink) {
    return parse_as(part, file, sink, [](MusterPlanParser& parser) { return parser.file(); });
}

// A file without faults is one part after the other. Where any part has a fault there is no answer: what a block that nobody
// closed does to the rest is seen only in the whole.
std::optional<ast::File> parse_in_parts(const support::Source& source, support::FileId file) {
    const std::vector<Part> parts = parts_of(source.text(), part_size);
    if (parts.size() < 2) return std::nullopt;
    std::vector<ast::File> read(parts.size());
    std::atomic<bool> faulty = false;
    support::in_parallel(parts.size(), [&](std::size_t part) {
        if (faulty) return;
        diagnostics::Sink sink;
        read[part] = parse_part(parts[part], file, sink);
        if (!sink.sorted().empty()) faulty = true;
    });
    if (faulty) return std::nullopt;
    ast::File whole;
    for (ast::File& part : read)
        whole.declarations.insert(whole.declarations.end(), std::make_move_iterator(part.declarations.begin()),
                                  std::make_move_iterator(part.declarations.end()));
    return whole;
}

}  // namespace

ast::File parse(const support::Source& source, support::FileId file, diagnostics::Sink& sink) {
    if (auto whole = parse_in_parts(source, file)) return std::move(*whole);
    return parse_part({source.text(), 1}, file, sink);
}

ast::File parse_changes(const support::Source& source, support::FileId file, diagnostics::Sink& sink) {
    return parse_as({source.text(), 1}, file, sink, [](MusterPlanParser& parser) { return parser.changes(); });
}

}  // namespace muster::syntax
