#include <fmt/format.h>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Figure;
using model::Profile;
namespace messages = diagnostics::messages;

// The values as a plan writes them, up to the source.
std::string text_of(const std::vector<ast::Value>& values) {
    std::string text;
    bool close = true;
    for (const ast::Value& value : values) {
        if (value.kind == ast::Kind::group && value.text == "from") break;
        const bool dots = value.text == "..";
        text += (close || dots ? "" : " ") + (value.kind == ast::Kind::text ? fmt::format("\"{}\"", value.text) : value.text);
        close = dots;
    }
    return text;
}

// `from "…"`, where it stands last.
std::string source_in(const std::vector<ast::Value>& values) {
    const ast::Value& last = values.back();
    return last.kind == ast::Kind::group && last.text == "from" ? last.items.back().text : std::string{};
}

Figure begin(Reader& reader, Figure::Of of, std::string subject) {
    Figure figure;
    figure.of = of;
    figure.subject = std::move(subject);
    figure.span = reader.clause().span;
    return figure;
}

void end(Reader& reader, Figure figure, Profile& profile) {
    if (!reader.done()) figure.source = source_in(reader.clause().values);
    profile.figures.push_back(std::move(figure));
}

void end_with_duration(Reader& reader, Figure figure, Profile& profile) {
    if (reader.take("of")) figure.kind = reader.word();
    reader.take("retrieval");
    const ast::Value& given = reader.peek();
    figure.written = text_of(given.items);
    figure.source = source_in(given.items);
    figure.value = reader.duration();
    profile.figures.push_back(std::move(figure));
}

void end_with_rate(Reader& reader, Figure figure, Profile& profile) {
    reader.take("at");
    figure.written = reader.peek().text;
    figure.value = reader.rate().value;
    end(reader, std::move(figure), profile);
}

void read_action_figure(Reader& reader, Profile& profile) {
    std::string action = reader.word();
    while (reader.peek().kind == ast::Kind::keyword && reader.peek().text != "of") action += " " + reader.word();
    end_with_duration(reader, begin(reader, Figure::Of::action, std::move(action)), profile);
}

void read_likelihood_figure(Reader& reader, Profile& profile) {
    Figure figure = begin(reader, Figure::Of::likelihood, reader.word());
    const std::string number = reader.peek().text;
    const model::Percent events{static_cast<std::int32_t>(reader.number(1, 1'000) * 1'000'000)};
    reader.take("per");
    figure.written = fmt::format("{} per {}", number, reader.peek().items.front().text);
    figure.value = model::Frequency{events, reader.period()};
    end(reader, std::move(figure), profile);
}

void read_unsound(Reader& reader, Profile& profile) {
    Figure figure = begin(reader, Figure::Of::unsound, "");
    figure.written = reader.peek().text;
    figure.value = read_percent(reader.next(), reader.context().sink);
    end(reader, std::move(figure), profile);
}

const ClauseTable<Profile> profile_clauses{
    {"dated", once<Profile>([](Reader& r, Profile& p) { p.dated = r.date(); })},
    {"source", once<Profile>([](Reader& r, Profile& p) { p.source = r.word(); })},
    {"figure", often<Profile>([](Reader& r, Profile& p) { end_with_duration(r, begin(r, Figure::Of::name, r.word()), p); })},
    {"takes", often<Profile>(read_action_figure)},
    {"storage", often<Profile>([](Reader& r, Profile& p) { end_with_duration(r, begin(r, Figure::Of::storage, r.word()), p); })},
    {"restores", often<Profile>([](Reader& r, Profile& p) { end_with_rate(r, begin(r, Figure::Of::loading, r.word()), p); })},
    {"replays", often<Profile>([](Reader& r, Profile& p) { end_with_rate(r, begin(r, Figure::Of::replaying, r.word()), p); })},
    {"likelihood", often<Profile>(read_likelihood_figure)},
    {"unsound", often<Profile>(read_unsound)},
};

// Of two figures of the same nobody could tell which one holds.
void report_doubles(const Profile& profile, Context& context) {
    std::map<std::string, Span> first;
    for (const Figure& figure : profile.figures) {
        const auto [at, fresh] = first.try_emplace(figure.clause(), figure.span);
        if (fresh) continue;
        context.sink.report(messages::said_twice, figure.span, diagnostics::Words{"`" + figure.clause() + "`"}).related = {
            {at->second, "said here first"}};
    }
}

}  // namespace

void read_profile(const ast::Clause& clause, Profile& profile, Context& context) {
    read_clauses(clause, profile, profile_clauses, context);
    report_doubles(profile, context);
}

}  // namespace muster::sema
