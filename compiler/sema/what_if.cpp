#include "compiler/sema/what_if.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/lay_over.h"
#include "compiler/sema/names.h"

namespace muster::sema {
namespace {

using ast::Clause;
using ast::Kind;
using ast::Value;
namespace messages = diagnostics::messages;

bool is(const Value& value, std::string_view keyword) { return value.kind == Kind::keyword && value.text == keyword; }

// The names behind `of`, and how a declaration is called: "backup `hourly` of `orders`".
struct Key {
    std::string_view word;
    const Value* name;
    std::vector<std::string_view> of;

    [[nodiscard]] std::vector<std::string> all() const {
        if (of.empty()) return {fmt::format("{} {}", word, name->text)};
        std::vector<std::string> keys;
        for (const auto owner : of) keys.push_back(fmt::format("{} {} {}", word, name->text, owner));
        return keys;
    }
    [[nodiscard]] std::string in_words() const {
        std::string text = fmt::format("{} `{}`", word, name->text);
        for (const auto owner : of) text += fmt::format("{}`{}`", owner == of.front() ? " of " : ", ", owner);
        return text;
    }
};

// `values` from the word for the kind on: `backup nightly "…" of orders`.
Key key_of(const std::vector<Value>& values, std::size_t word) {
    Key key{values.at(word).text, &values.at(word + 1), {}};
    const auto of = std::find_if(values.begin(), values.end(), [](const Value& value) { return is(value, "of"); });
    if (of != values.end())
        for (auto at = std::next(of); at != values.end() && at->kind == Kind::name; ++at) key.of.push_back(at->text);
    return key;
}

bool is_remark(const Clause& clause) {
    constexpr std::array<std::string_view, 3> remarks{"note", "see", "allow"};
    return std::find(remarks.begin(), remarks.end(), clause.keyword()) != remarks.end();
}

// Whether the name of a thing of this kind says only together with another which one it is.
bool belongs(std::string_view word) {
    constexpr std::array<std::string_view, 6> words{"step", "replica", "archive", "backup", "snapshot", "repository"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Change {
public:
    Change(std::vector<ast::File> files, diagnostics::Sink& sink) : sink_(sink) {
        made_.files = std::move(files);
        made_.files.emplace_back();
        for (std::size_t file = 0; file < made_.files.size(); ++file)
            for (std::size_t at = 0; at < made_.files[file].declarations.size(); ++at) enter({file, at});
    }

    void make(const Clause& change) {
        if (is_remark(change)) return;
        if (change.keyword() == "remove") remove(change);
        else lay_over_or_add(change);
    }

    Changed take() {
        for (std::size_t file = 0; file < made_.files.size(); ++file) {
            auto& declarations = made_.files[file].declarations;
            std::vector<Clause> kept;
            for (std::size_t at = 0; at < declarations.size(); ++at)
                if (!gone_.contains({file, at})) kept.push_back(std::move(declarations[at]));
            declarations = std::move(kept);
        }
        return std::move(made_);
    }

private:
    using Place = std::pair<std::size_t, std::size_t>;  // file, declaration

    Clause& at(Place place) { return made_.files[place.first].declarations[place.second]; }

    void enter(Place place) {
        const Clause& declaration = at(place);
        if (declaration.values.size() < 2 || declaration.values[1].kind != Kind::name) return;
        for (const std::string& key : key_of(declaration.values, 0).all()) places_.try_emplace(key, place);
    }

    [[nodiscard]] const Place* find(const Key& key) const {
        for (const std::string& one : key.all())
            if (const auto found = places_.find(one); found != places_.end()) return &found->second;
        return nullptr;
    }

    void lay_over_or_add(const Clause& change) {
        const Key key = key_of(change.values, 0);
        if (const Place* place = find(key)) {
            lay_over(at(*place), change);
            made_.words.push_back(fmt::format("{}: {}", key.in_words(), what_it_says(change)));
            return;
        }
        made_.words.push_back(key.in_words() + " is new");
        auto& added = made_.files.back().declarations;
        added.push_back(change);
        enter({made_.files.size() - 1, added.size() - 1});
    }

    void remove(const Clause& change) {
        const Key key = key_of(change.values, 1);
        if (key.of.empty() && belongs(key.word)) report_unowned(change, key);
        else if (key.word == "step") remove_step(key);
        else if (const Place* place = find(key)) take_away(*place, key);
        else report_missing(key);
    }

    void take_away(Place place, const Key& key) {
        gone_.insert(place);
        for (const std::string& one : key_of(at(place).values, 0).all())
            if (const auto known = places_.find(one); known != places_.end() && known->second == place) places_.erase(known);
        made_.words.push_back(key.in_words() + " is gone");
    }

    void remove_step(const Key& key) {
        const auto procedure = places_.find(fmt::format("procedure {}", key.of.front()));
        if (procedure != places_.end() && take_step(at(procedure->second), key.name->text))
            made_.words.push_back(key.in_words() + " is gone");
        else report_missing(key);
    }

    void report_unowned(const Clause& change, const Key& key) {
        const std::string_view owner = key.word == "step" ? "procedure" : "data";
        sink_
            .report(messages::clause_does_not_fit, change.span, diagnostics::Name{"remove"},
                    diagnostics::Words{fmt::format("a {} is known by its name and its {}, and no {} is named", key.word, owner, owner)})
            .help = fmt::format("write `remove {} {} of NAME`", key.word, key.name->text);
    }

    void report_missing(const Key& key) {
        std::vector<std::string> names;
        for (const auto& [name, place] : places_)
            if (name.starts_with(std::string(key.word) + ' ')) names.push_back(key_of(at(place).values, 0).name->text);
        std::erase(names, key.name->text);
        std::string word(key.word);
        for (const auto owner : key.of) word += fmt::format("{}`{}`", owner == key.of.front() ? " of " : ", ", owner);
        report_unknown({}, word, key.name->text, names, key.name->span, sink_);
    }

    diagnostics::Sink& sink_;
    Changed made_;
    std::map<std::string, Place, std::less<>> places_;
    std::set<Place> gone_;
};

}  // namespace

Changed changed(std::vector<ast::File> files, const std::vector<Clause>& changes, diagnostics::Sink& sink) {
    Change change(std::move(files), sink);
    for (const Clause& one : changes) change.make(one);
    return change.take();
}

}  // namespace muster::sema
