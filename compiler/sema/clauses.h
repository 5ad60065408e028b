// How the clauses of a declaration are dispatched: one table per kind, one line per clause.
#pragma once

#include <cassert>
#include <map>
#include <string_view>

#include "compiler/sema/reader.h"

namespace muster::sema {

/// What a clause does to a declaration of type T.
template <class T>
struct ClauseRule {
    enum class Times { once, often };
    Times times;
    void (*read)(Reader& reader, T& into);
};

/// The clauses of one kind of declaration by keyword.
template <class T>
using ClauseTable = std::map<std::string_view, ClauseRule<T>>;

/// Reads `note`, `see` and `allow`. False where `reader` is at another clause.
bool read_remark(Reader& reader, model::Heading& heading, const ast::Clause& owner);

/// Reads the objectives `rto`, `rpo`, `mtd`, `availability`, `priority`, `claims`. False where `reader` is at another clause.
bool read_objective(Reader& reader, model::Objectives& objectives);

/// Reports a clause that may stand once and stands again.
void report_said_twice(Context& context, const ast::Clause& first, const ast::Clause& again);

/// Reads every clause in the block of `owner` into `into`, by `table`. Clauses that every declaration may have are read here;
/// those of a kind with objectives too. Keywords in `elsewhere` are somebody else's.
template <class T>
void read_clauses(const ast::Clause& owner, T& into, const ClauseTable<T>& table, Context& context, std::string_view elsewhere = "") {
    std::map<std::string_view, const ast::Clause*> seen;
    for (const ast::Clause& clause : owner.body) {
        Reader reader(clause.values, clause, context);
        if constexpr (requires { into.heading; })
            if (read_remark(reader, into.heading, owner)) continue;
        if constexpr (requires { into.objectives; })
            if (read_objective(reader, into.objectives)) continue;
        const auto rule = table.find(clause.keyword());
        if (rule == table.end()) {
            assert(elsewhere.find(clause.keyword()) != std::string_view::npos && "the grammar has a clause that sema does not read");
            continue;
        }
        const auto [first, fresh] = seen.try_emplace(clause.keyword(), &clause);
        if (!fresh && rule->second.times == ClauseRule<T>::Times::once) report_said_twice(context, *first->second, clause);
        rule->second.read(reader, into);
    }
}

/// Table entries, short enough for a line.
template <class T>
constexpr ClauseRule<T> once(void (*read)(Reader&, T&)) {
    return {ClauseRule<T>::Times::once, read};
}
template <class T>
constexpr ClauseRule<T> often(void (*read)(Reader&, T&)) {
    return {ClauseRule<T>::Times::often, read};
}

}  // namespace muster::sema
