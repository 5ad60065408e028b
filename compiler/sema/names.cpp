#include "compiler/sema/names.h"

#include <cassert>

#include "compiler/diagnostics/messages.h"
#include "compiler/support/suggest.h"

namespace muster::sema {
namespace {

using diagnostics::Name;
using diagnostics::Words;
using model::Kind;
namespace messages = diagnostics::messages;

// Comparing each of many unknown names with each of many known ones would take minutes.
constexpr std::size_t most_candidates = 5'000;
constexpr std::size_t most_related = 3;  // things of the same name that a message shows

struct Candidate {
    std::string_view word;
    std::optional<std::uint32_t> index;
    const std::vector<std::string>* order = nullptr;
};

template <class T>
Candidate look(const Names& names, const std::string& name) {
    const auto id = names.of<T>().find(name);
    return {word_for<T>, id ? std::optional(id->value) : std::nullopt, &names.of<T>().order};
}

Candidate look(const Names& names, Kind kind, const std::string& name) {
    switch (kind) {
        case Kind::service: return look<model::Service>(names, name);
        case Kind::external: return look<model::External>(names, name);
        case Kind::tool: return look<model::Tool>(names, name);
        case Kind::store: return look<model::Store>(names, name);
        case Kind::dataset: return look<model::Dataset>(names, name);
        case Kind::site: return look<model::Site>(names, name);
        case Kind::role: return look<model::Role>(names, name);
        case Kind::secret: return look<model::Secret>(names, name);
        case Kind::zone:
        case Kind::domain: break;
    }
    assert(false && "a zone or a failure domain is never meant by a name alone");
    return {};
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return out;
}

}  // namespace

std::optional<model::Thing> find_thing(const Names& names, const Kinds& kinds, const std::string& name, Span span,
                                       diagnostics::Sink& sink) {
    std::vector<model::Thing> found;
    std::vector<std::string> readings, words;
    std::vector<const std::vector<std::string>*> orders;
    for (const Kind kind : kinds) {
        const Candidate candidate = look(names, kind, name);
        words.emplace_back(candidate.word);
        if (candidate.order->size() <= most_candidates) orders.push_back(candidate.order);
        if (!candidate.index) continue;
        found.push_back({kind, *candidate.index});
        readings.push_back("the " + std::string(candidate.word));
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) {
        std::vector<std::string> candidates;
        for (const auto* order : orders) candidates.insert(candidates.end(), order->begin(), order->end());
        report_unknown(names, joined(words), name, candidates, span, sink);
        return std::nullopt;
    }
    sink.report(messages::ambiguous_name, span, Name{name}, Words{joined(readings)}).help =
        "give one of them another name, or write the kind before the name where the clause takes one: `" + readings.front().substr(4) +
        " " + name + "`";
    return std::nullopt;
}

void report_unknown(const Names& names, std::string_view word, const std::string& name, const std::vector<std::string>& candidates,
                    Span span, diagnostics::Sink& sink, Edit edit) {
    if (names.unreadable.contains(name)) return;
    auto& diagnostic = sink.report(messages::unknown_name, span, Words{std::string(word)}, Name{name});
    const auto [first, last] = names.declared.equal_range(name);
    for (auto other = first; other != last && diagnostic.related.size() < most_related; ++other)
        diagnostic.related.push_back({other->second.span, "`" + name + "` is " + other->second.what});
    if (first != last) return;
    if (candidates.size() > most_candidates) return;
    if (const auto meant = support::closest(name, candidates)) diagnostic.help = "did you mean `" + *meant + "`?";
    if (const auto meant = support::slip_of(name, candidates); meant && edit == Edit::safe) diagnostic.edits = {{span, *meant}};
}

void report_twice(diagnostics::Sink& sink, std::string what, Span first, Span again) {
    sink.report(messages::said_twice, again, Words{std::move(what)}).related = {{first, "said here first"}};
}

std::string with_article(std::string_view word) {
    if (word == "data") return std::string(word);
    return (std::string_view("aeiou").find(word.front()) == std::string_view::npos ? "a " : "an ") + std::string(word);
}

}  // namespace muster::sema
