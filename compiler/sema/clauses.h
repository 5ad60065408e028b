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
    std::string_view means = {};  ///< what it says, where other clauses say the same in other words: only one of them may stand
};

/// The clauses of one kind of declaration by keyword.
template <class T>
using ClauseTable = std::map<std::string_view, ClauseRule<T>>;

/// Reads `note`, `see` and `allow`. False where `reader` is at another clause.
bool read_remark(Reader& reader, model::Heading& heading, const ast::Clause& owner);

/// Reads the objectives `rto`, `rpo`, `mtd`, `availability`, `priority`, `skew`, `claims`. False where `reader` is at another clause.
bool read_objective(Reader& reader, model::Objectives& objectives);

/// Reports a clause that may stand once and stands again, or that says again what `first` says in another word; `means` names it then.
void report_said_twice(Context& context, const ast::Clause& first, const ast::Clause& again, std::string_view means);

/// Puts what a clause says into its place, once: `what`, or else the clause, is said twice where that is taken.
template <class T>
void set_once(Reader& reader, std::optional<support::Said<T>>& slot, support::Said<T> value, std::string what = {}) {
    if (what.empty()) what = "`" + reader.clause().keyword() + "`";
    if (slot) report_twice(reader.context().sink, what, slot->span, value.span);
    slot = value;
}

/// Reports that what a clause names is what it stands in; `why` that says nothing.
void report_itself(Context& context, const ast::Clause& clause, Span named, std::string why);

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
        const ClauseRule<T>& known = rule->second;
        const auto [first, fresh] = seen.try_emplace(known.means.empty() ? rule->first : known.means, &clause);
        if (!fresh && known.times == ClauseRule<T>::Times::once) report_said_twice(context, *first->second, clause, known.means);
        known.read(reader, into);
    }
}

/// Table entries, short enough for a line.
template <class T>
constexpr ClauseRule<T> once(void (*read)(Reader&, T&)) {
    return {ClauseRule<T>::Times::once, read};
}
/// One of several clauses that say the same thing, `means`, in different words.
template <class T>
constexpr ClauseRule<T> once_as(std::string_view means, void (*read)(Reader&, T&)) {
    return {ClauseRule<T>::Times::once, read, means};
}
template <class T>
constexpr ClauseRule<T> often(void (*read)(Reader&, T&)) {
    return {ClauseRule<T>::Times::often, read};
}

}  // namespace muster::sema
