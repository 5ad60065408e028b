#include <array>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Expectation;
using Measure = Expectation::Measure;

Expectation::Comparison read_comparison(Reader& reader) {
    using Comparison = Expectation::Comparison;
    static const std::map<std::string_view, Comparison> all{
        {"<=", Comparison::at_most}, {"<", Comparison::less}, {">=", Comparison::at_least}, {">", Comparison::more}};
    return all.at(reader.word());
}

void read_scenarios(Reader& reader, Expectation& expectation) {
    reader.take("in");
    for (const auto& scenario : reader.scenario()) expectation.scenarios.push_back(scenario.value);
}

void read_service_of(Reader& reader, Expectation& expectation) {
    reader.take("of");
    if (const auto service = reader.ref<model::Service>()) expectation.services.push_back(*service);
}

void read_data_of(Reader& reader, Expectation& expectation) {
    reader.take("of");
    expectation.data = reader.ref<model::Dataset>();
}

// `of fail-over/promote`
void read_step_of(Reader& reader, Expectation& expectation) {
    reader.take("of");
    const auto procedure = reader.ref<model::Procedure>();
    const ast::Value& name = reader.next();
    if (!procedure) return;
    const Context& context = reader.context();
    const Index<model::Step>& steps = context.names.steps[procedure->value.value];
    if (const auto step = steps.find(name.text)) expectation.step = model::SaidId<model::Step>{*step, name.span};
    else
        report_unknown(context.names, "step of `" + context.plan.procedures[procedure->value].heading.name + "`", name.text, steps.order,
                       name.span, context.sink);
}

// What is measured, up to `in` or the comparison.
void read_measure(Reader& reader, Expectation& expectation) {
    const std::string word = reader.word();
    if (word == "rta") {
        expectation.measure = Measure::rta;
        read_service_of(reader, expectation);
    } else if (word == "rpa") {
        expectation.measure = Measure::rpa;
        read_data_of(reader, expectation);
    } else {
        expectation.measure = Measure::duration;
        read_step_of(reader, expectation);
    }
}

void read_time(Reader& reader, Expectation& expectation) {
    expectation.comparison = read_comparison(reader);
    expectation.time = reader.said_time();
}

void read_percentage(Reader& reader, Expectation& expectation) {
    expectation.comparison = read_comparison(reader);
    const ast::Value& value = reader.next();
    expectation.percent = {read_percent(value, reader.context().sink), value.span};
}

void read_statistic(Reader& reader, Expectation& expectation, std::string_view word) {
    constexpr std::array<std::string_view, 6> names{"p50", "p90", "p95", "p99", "max", "mean"};
    const auto at = std::find(names.begin(), names.end(), word);
    expectation.statistic = static_cast<Expectation::Statistic>(at - names.begin());
    read_measure(reader, expectation);
    read_scenarios(reader, expectation);
    read_time(reader, expectation);
}

void read_chance(Reader& reader, Expectation& expectation) {
    reader.take("of");
    if (reader.take("rto")) {
        expectation.measure = Measure::chance_of_rto;
        read_service_of(reader, expectation);
    } else {
        reader.take("rpo");
        expectation.measure = Measure::chance_of_rpo;
        read_data_of(reader, expectation);
    }
    read_scenarios(reader, expectation);
    read_percentage(reader, expectation);
}

void read_order(Reader& reader, Expectation& expectation) {
    expectation.measure = Measure::order;
    reader.take("of");
    const Span span = reader.peek().span;
    expectation.services = reader.refs<model::Service>();
    if (expectation.services.size() == 1)
        reader.context().sink.report(diagnostics::messages::clause_does_not_fit, span, diagnostics::Name{"order"},
                                     diagnostics::Words{"one service alone is in every order"});
    read_scenarios(reader, expectation);
}

const ClauseTable<Expectation> no_clauses{};

}  // namespace

void read_expectation(const ast::Clause& clause, Expectation& expectation, Context& context) {
    Reader reader(clause.values, clause, context);
    const std::string word = reader.word();
    if (word == "availability") {
        expectation.measure = Measure::availability;
        read_service_of(reader, expectation);
        read_percentage(reader, expectation);
    } else if (word == "chance") {
        read_chance(reader, expectation);
    } else if (word == "order") {
        read_order(reader, expectation);
    } else {
        read_statistic(reader, expectation, word);
    }
    read_clauses(clause, expectation, no_clauses, context);
}

void read_what_if(const ast::Clause& clause, model::WhatIf& what_if, Context& context) {
    for (const ast::Clause& inner : clause.body) {
        Reader reader(inner.values, inner, context);
        read_remark(reader, what_if.heading, clause);
    }
}

}  // namespace muster::sema
