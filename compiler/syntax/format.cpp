#include "compiler/syntax/format.h"

#include <algorithm>
#include <stdexcept>

#include "compiler/syntax/layout.h"
#include "compiler/syntax/parse.h"

namespace muster::syntax {
namespace {

bool same(const ast::Value& a, const ast::Value& b) {
    return a.kind == b.kind && a.text == b.text && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same);
}

bool says_the_same(const ast::Clause& a, const ast::Clause& b) {
    return a.has_body == b.has_body && std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), same) &&
           std::equal(a.body.begin(), a.body.end(), b.body.begin(), b.body.end(), says_the_same);
}

void gather_comments(const Block& block, std::vector<std::string>& comments) {
    if (!block.comment.empty()) comments.push_back(block.comment);
    for (const Row& row : block.rows) {
        for (const Phrase& phrase : row.phrases)
            for (const Piece& piece : phrase.pieces)
                for (const Block& inner : piece.block) gather_comments(inner, comments);
        if (!row.comment.empty()) comments.push_back(row.comment);
    }
}

std::vector<std::string> comments_of(const Block& file) {
    std::vector<std::string> comments;
    gather_comments(file, comments);
    return comments;
}

// A plan decides what is done in a disaster: no layout is worth a changed one.
void require_the_same(const ast::File& before, const Block& rows, const support::Source& after, support::FileId file) {
    diagnostics::Sink sink;
    const ast::File read = parse(after, file, sink);
    const bool clauses = std::equal(before.declarations.begin(), before.declarations.end(), read.declarations.begin(),
                                    read.declarations.end(), says_the_same);
    if (sink.has_errors() || !clauses || comments_of(rows) != comments_of(read_rows(after)))
        throw std::logic_error("the canonical layout of " + after.path() + " would not say what the file says; it was left as it is");
}

}  // namespace

std::optional<std::string> format(const support::Source& source, support::FileId file, diagnostics::Sink& sink) {
    diagnostics::Sink faults;
    const ast::File written = parse(source, file, faults);
    for (diagnostics::Diagnostic& fault : faults.sorted()) sink.add(std::move(fault));
    if (faults.has_errors()) return std::nullopt;
    const Block rows = read_rows(source);
    std::string text = lay_out(rows);
    require_the_same(written, rows, {source.path(), text}, file);
    return text;
}

}  // namespace muster::syntax
