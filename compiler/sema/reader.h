// Reads the values of one clause in order, resolving names and units on the way.
#pragma once

#include "compiler/sema/names.h"
#include "compiler/sema/values.h"

namespace muster::sema {

/// What every reader of clauses works on.
struct Context {
    model::Plan& plan;
    Names& names;
    diagnostics::Sink& sink;
};

/// A cursor over the values of a clause, or of a group. The grammar has checked the shape, so asking for a value that is
/// not there is a bug and asserts.
class Reader {
public:
    Reader(const std::vector<ast::Value>& values, const ast::Clause& clause, Context& context, std::size_t from = 1)
        : values_(&values), clause_(&clause), context_(&context), at_(from) {}

    [[nodiscard]] const ast::Clause& clause() const { return *clause_; }
    [[nodiscard]] Context& context() const { return *context_; }
    [[nodiscard]] bool done() const { return at_ >= values_->size(); }
    /// The value that comes next.
    [[nodiscard]] const ast::Value& peek() const;
    const ast::Value& next();
    /// A reader of the items of the group that comes next.
    [[nodiscard]] Reader group();

    /// Takes the fixed word `keyword` if it comes next.
    bool take(std::string_view keyword);
    /// Whether a name, or a name or text, comes next.
    [[nodiscard]] bool at_name() const;
    [[nodiscard]] bool at_word() const;

    /// The next name, text or fixed word, as it stands.
    std::string word() { return next().text; }
    std::vector<std::string> words();
    support::Time time() { return read_time(next(), sink()); }
    support::Said<support::Time> said_time();
    /// The next duration, wherever a fixed word stands before it.
    model::Duration duration() { return length(next()); }
    support::Said<model::Duration> said_duration();
    support::Said<support::Size> size();
    support::Said<support::Rate> rate(bool may_be_zero = false);
    std::int64_t number(std::int64_t low, std::int64_t high) { return read_number(next(), low, high, sink()); }
    /// `2026-09-30`, checked; empty where it is no day.
    std::string date();

    /// The declaration of kind T that the next name means; an unknown one is reported.
    template <class T>
    std::optional<support::Said<Id<T>>> ref() {
        const ast::Value& value = next();
        const Index<T>& index = context_->names.of<T>();
        if (const auto id = index.find(value.text)) return support::Said<Id<T>>{*id, value.span};
        report_unknown(context_->names, word_for<T>, value.text, index.order, value.span, sink());
        return std::nullopt;
    }
    /// All names that follow, up to a fixed word; a double is reported.
    template <class T>
    std::vector<support::Said<Id<T>>> refs() {
        std::vector<support::Said<Id<T>>> all;
        Listed<Id<T>> listed;
        while (at_name()) {
            const std::string& name = peek().text;
            if (auto id = ref<T>(); id && is_fresh(listed, *id, name)) all.push_back(*id);
        }
        return all;
    }
    /// What a list names so far.
    template <class V>
    using Listed = std::map<V, Span>;
    /// Whether the list has not named this before; reports that `name` is said twice where it has.
    template <class V>
    bool is_fresh(Listed<V>& listed, const support::Said<V>& said, const std::string& name) {
        const auto [first, fresh] = listed.try_emplace(said.value, said.span);
        if (!fresh) report_twice(sink(), "`" + name + "` in `" + clause_->keyword() + "`", first->second, said.span);
        return fresh;
    }
    /// The same where a name may mean any of several kinds.
    std::optional<model::SaidThing> thing(const Kinds& kinds);
    std::vector<model::SaidThing> things(const Kinds& kinds);
    /// `subject` groups: `site main`, `zone a of main`, `orders-db`.
    std::vector<model::SaidThing> subjects();
    /// The next `subject` group; a name alone means one of `kinds`.
    std::optional<model::SaidThing> subject(const Kinds& kinds);
    /// The scenario that the next name means, or all of the family that it stands for. None, after a report, where there is no such one.
    std::vector<model::SaidId<model::Scenario>> scenario();
    /// A `place` group: `main` or `main/a`.
    std::optional<support::Said<model::Place>> place();
    /// The copy of one of `data` that the next name means. Only one that `fits` will do, where that is given; `word` is what such a one is
    /// called.
    using CopyFits = bool (*)(const model::Copy& copy);
    std::optional<Id<model::Copy>> copy_of(const std::vector<Id<model::Dataset>>& data, std::string_view word = "copy",
                                           CopyFits fits = nullptr);
    /// A `zoneName` group: `Europe/Berlin`; `UTC`, after a report, where there is no such zone.
    std::string time_zone();
    /// A `probe` group: `http "…"`.
    model::Probe probe();
    /// A `period` group: `hour`, `year`, `4y`.
    support::Time period();
    /// The secret that the next name means, if it is a name and there is such a secret; the name stays to be read.
    [[nodiscard]] std::optional<support::Said<Id<model::Secret>>> secret_ahead() const;
    /// The domain with the next word as its name, made if it is new.
    Id<model::Domain> domain(model::Domain::Level level);

private:
    [[nodiscard]] diagnostics::Sink& sink() const { return context_->sink; }
    [[nodiscard]] model::Duration length(const ast::Value& group);
    std::optional<model::SaidThing> subject_in_group(const Kinds& kinds);
    std::optional<Id<model::Zone>> zone_of(Id<model::Site> site, const ast::Value& name);

    const std::vector<ast::Value>* values_;
    const ast::Clause* clause_;
    Context* context_;
    std::size_t at_;
};

}  // namespace muster::sema
