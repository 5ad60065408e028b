#include "compiler/sema/declare.h"

#include "compiler/diagnostics/messages.h"

namespace muster::sema {
namespace {

using diagnostics::Name;
using diagnostics::Words;
namespace messages = diagnostics::messages;

void report_taken(Context& context, std::string_view word, const model::Heading& heading, Span first) {
    context.sink.report(messages::declared_twice, heading.span, Words{std::string(word)}, Name{heading.name}).related = {
        {first, "declared here first"}};
}

// The table of the plan that holds a kind of declaration.
template <class T>
constexpr support::Table<T> model::Plan::*table_of = nullptr;
template <>
constexpr auto table_of<model::Tier> = &model::Plan::tiers;
template <>
constexpr auto table_of<model::Site> = &model::Plan::sites;
template <>
constexpr auto table_of<model::Role> = &model::Plan::roles;
template <>
constexpr auto table_of<model::Channel> = &model::Plan::channels;
template <>
constexpr auto table_of<model::Tool> = &model::Plan::tools;
template <>
constexpr auto table_of<model::Service> = &model::Plan::services;
template <>
constexpr auto table_of<model::External> = &model::Plan::externals;
template <>
constexpr auto table_of<model::Dataset> = &model::Plan::data;
template <>
constexpr auto table_of<model::Store> = &model::Plan::stores;
template <>
constexpr auto table_of<model::Detector> = &model::Plan::detectors;
template <>
constexpr auto table_of<model::Procedure> = &model::Plan::procedures;
template <>
constexpr auto table_of<model::Scenario> = &model::Plan::scenarios;
template <>
constexpr auto table_of<model::Message> = &model::Plan::messages;
template <>
constexpr auto table_of<model::Drill> = &model::Plan::drills;
template <>
constexpr auto table_of<model::Duty> = &model::Plan::duties;
template <>
constexpr auto table_of<model::Contact> = &model::Plan::contacts;
template <>
constexpr auto table_of<model::Link> = &model::Plan::links;
template <>
constexpr auto table_of<model::Secret> = &model::Plan::secrets;
template <>
constexpr auto table_of<model::Classification> = &model::Plan::classifications;
template <>
constexpr auto table_of<model::Checklist> = &model::Plan::checklists;
template <>
constexpr auto table_of<model::WhatIf> = &model::Plan::what_ifs;
template <>
constexpr auto table_of<model::Profile> = &model::Plan::profiles;

template <class T>
support::Table<T>& table(model::Plan& plan) {
    return plan.*table_of<T>;
}

template <class T>
void declare_as(const ast::Clause& clause, Declarations& found, Context& context) {
    T made;
    made.heading = heading_of(clause);
    Index<T>& index = context.names.of<T>();
    if (const auto earlier = index.find(made.heading.name)) {
        report_taken(context, word_for<T>, made.heading, table<T>(context.plan)[*earlier].heading.span);
        return;
    }
    const std::string name = made.heading.name;
    context.names.declared.emplace(name, Declared{with_article(word_for<T>), made.heading.span});
    const Id<T> id = table<T>(context.plan).add(std::move(made));
    index.add(name, id);
    found.of<T>().push_back({id, &clause});
}

using Declare = void (*)(const ast::Clause&, Declarations&, Context&);

void declare_plan(const ast::Clause& clause, Declarations& found, Context& context) {
    if (found.plans.empty()) context.plan.heading = heading_of(clause);
    else report_taken(context, "plan", heading_of(clause), found.plans.front()->values[1].span);
    found.plans.push_back(&clause);
}

// What is expected has no name of its own, so that any number of declarations may expect anything.
void declare_expectation(const ast::Clause& clause, Declarations& found, Context& context) {
    model::Expectation made;
    made.heading.span = clause.values.at(1).span.through(clause.values.back().span);
    for (std::size_t i = 1; i < clause.values.size(); ++i) {
        const bool listed = clause.values[i].kind == ast::Kind::name && clause.values[i - 1].kind == ast::Kind::name;
        const std::string_view gap = i == 1 ? "" : !listed ? " " : clause.values[1].text == "order" ? ", " : "/";
        made.heading.name += std::string(gap) + clause.values[i].text;
    }
    found.of<model::Expectation>().push_back({context.plan.expectations.add(std::move(made)), &clause});
}

// Its kind is needed where another copy is based on it, maybe before its own clauses are read.
decltype(model::Copy::means) means_of(const std::string& keyword) {
    if (keyword == "replica") return model::Replica{};
    if (keyword == "archive") return model::Archive{};
    if (keyword == "repository") return model::Repository{};
    model::Backup backup;
    backup.snapshot = keyword == "snapshot";
    return backup;
}

Declared declared_as(const ast::Clause& clause, const model::Copy& copy, const Context& context) {
    std::string what = with_article(clause.keyword()) + " of ";
    for (std::size_t i = 0; i < copy.of.size(); ++i)
        what += (i == 0 ? "`" : ", `") + context.plan.data[copy.of[i].value].heading.name + "`";
    return {what, copy.heading.span};
}

// Copies are named within their data, so they wait until all data has names.
void declare_copy(const ast::Clause& clause, Declarations& found, Context& context) {
    model::Copy made;
    made.heading = heading_of(clause);
    Reader reader(clause.values, clause, context);
    while (!reader.take("of")) reader.next();
    made.of = reader.refs<model::Dataset>();
    const Id<model::Copy> id{static_cast<std::uint32_t>(context.plan.copies.size())};
    for (const auto& data : made.of)
        if (const auto earlier = context.names.copies[data.value.value].find(made.heading.name)) {
            report_taken(context, "copy of `" + context.plan.data[data.value].heading.name + "`", made.heading,
                         context.plan.copies[*earlier].heading.span);
            return;
        }
    if (made.of.empty()) return;
    for (const auto& data : made.of) context.names.copies[data.value.value].add(made.heading.name, id);
    made.means = means_of(clause.keyword());
    context.names.declared.emplace(made.heading.name, declared_as(clause, made, context));
    context.plan.copies.add(std::move(made));
    found.of<model::Copy>().push_back({id, &clause});
}

const std::map<std::string_view, Declare>& declarers() {
    static const std::map<std::string_view, Declare> all{
        {"include", [](const ast::Clause&, Declarations&, Context&) {}},  // the file has been read
        {"plan", declare_plan},
        {"tier", declare_as<model::Tier>},
        {"site", declare_as<model::Site>},
        {"role", declare_as<model::Role>},
        {"channel", declare_as<model::Channel>},
        {"tool", declare_as<model::Tool>},
        {"service", declare_as<model::Service>},
        {"external", declare_as<model::External>},
        {"data", declare_as<model::Dataset>},
        {"store", declare_as<model::Store>},
        {"detector", declare_as<model::Detector>},
        {"procedure", declare_as<model::Procedure>},
        {"scenario", declare_as<model::Scenario>},
        {"message", declare_as<model::Message>},
        {"drill", declare_as<model::Drill>},
        {"duty", declare_as<model::Duty>},
        {"contact", declare_as<model::Contact>},
        {"link", declare_as<model::Link>},
        {"secret", declare_as<model::Secret>},
        {"classification", declare_as<model::Classification>},
        {"checklist", declare_as<model::Checklist>},
        {"expect", declare_expectation},
        {"whatif", declare_as<model::WhatIf>},
        {"profile", declare_as<model::Profile>},
    };
    return all;
}

}  // namespace

model::Heading heading_of(const ast::Clause& clause) {
    model::Heading heading;
    heading.name = clause.values.at(1).text;
    heading.span = clause.values[1].span;
    if (clause.values.size() > 2 && clause.values[2].kind == ast::Kind::text) heading.title = clause.values[2].text;
    return heading;
}

Declarations declare(const std::vector<ast::File>& files, Context& context) {
    Declarations found;
    std::vector<const ast::Clause*> copies;
    for (const ast::File& file : files) {
        context.names.unreadable.insert(file.unreadable.begin(), file.unreadable.end());
        for (const ast::Clause& clause : file.declarations) {
            const auto declarer = declarers().find(clause.keyword());
            if (declarer == declarers().end()) copies.push_back(&clause);
            else declarer->second(clause, found, context);
        }
    }
    for (const ast::Clause* clause : copies) declare_copy(*clause, found, context);
    return found;
}

}  // namespace muster::sema
