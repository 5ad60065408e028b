#include "compiler/sema/declare.h"

namespace muster::sema {
namespace {

using diagnostics::Name;
using diagnostics::Words;
namespace messages = diagnostics::messages;

void report_taken(Context& context, std::string_view word, const model::Heading& heading, Span first) {
    context.sink.report(messages::declared_twice, heading.span, Words{std::string(word)}, Name{heading.name}).related = {
        {first, "declared here first"}};
}

template <class T>
support::Table<T>& table(model::Plan& plan);
template <>
support::Table<model::Tier>& table(model::Plan& plan) {
    return plan.tiers;
}
template <>
support::Table<model::Site>& table(model::Plan& plan) {
    return plan.sites;
}
template <>
support::Table<model::Role>& table(model::Plan& plan) {
    return plan.roles;
}
template <>
support::Table<model::Channel>& table(model::Plan& plan) {
    return plan.channels;
}
template <>
support::Table<model::Tool>& table(model::Plan& plan) {
    return plan.tools;
}
template <>
support::Table<model::Service>& table(model::Plan& plan) {
    return plan.services;
}
template <>
support::Table<model::External>& table(model::Plan& plan) {
    return plan.externals;
}
template <>
support::Table<model::Dataset>& table(model::Plan& plan) {
    return plan.data;
}
template <>
support::Table<model::Store>& table(model::Plan& plan) {
    return plan.stores;
}
template <>
support::Table<model::Detector>& table(model::Plan& plan) {
    return plan.detectors;
}
template <>
support::Table<model::Procedure>& table(model::Plan& plan) {
    return plan.procedures;
}
template <>
support::Table<model::Scenario>& table(model::Plan& plan) {
    return plan.scenarios;
}
template <>
support::Table<model::Message>& table(model::Plan& plan) {
    return plan.messages;
}
template <>
support::Table<model::Drill>& table(model::Plan& plan) {
    return plan.drills;
}
template <>
support::Table<model::Duty>& table(model::Plan& plan) {
    return plan.duties;
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

// Copies are named within their data, so they wait until all data has names.
void declare_copy(const ast::Clause& clause, Declarations& found, Context& context) {
    model::Copy made;
    made.heading = heading_of(clause);
    Reader reader(clause.values, clause, context);
    while (!reader.take("of")) reader.next();
    made.of = reader.refs<model::Dataset>();
    const Id<model::Copy> id{static_cast<std::uint32_t>(context.plan.copies.size())};
    for (const auto& data : made.of) {
        Index<model::Copy>& index = context.names.copies[data.value.value];
        if (const auto earlier = index.find(made.heading.name)) {
            report_taken(context, "copy of `" + context.plan.data[data.value].heading.name + "`", made.heading,
                         context.plan.copies[*earlier].heading.span);
            return;
        }
        index.add(made.heading.name, id);
    }
    if (made.of.empty()) return;
    context.plan.copies.add(std::move(made));
    found.of<model::Copy>().push_back({id, &clause});
}

const std::map<std::string_view, Declare>& declarers() {
    static const std::map<std::string_view, Declare> all{
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
