#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/declare.h"
#include "compiler/sema/read.h"
#include "compiler/sema/steps.h"

namespace muster::sema {
namespace {

using model::Kind;
using model::Procedure;
using model::Step;
namespace messages = diagnostics::messages;

const Kinds required{Kind::tool, Kind::service, Kind::external, Kind::store, Kind::secret};
const Kinds anything{Kind::service, Kind::external, Kind::tool, Kind::store, Kind::site};

void read_step_action(Reader& reader, Step& step) {
    auto action = read_action(reader.clause().keyword(), reader);
    if (step.action)
        reader.context()
            .sink
            .report(messages::clause_does_not_fit, reader.clause().span, diagnostics::Name{reader.clause().keyword()},
                    diagnostics::Words{"a step does one thing, and this one has an action already"})
            .help = "make it a step of its own";
    if (action) step.action = std::move(action);
}

void read_undo(Reader& reader, Step& step) {
    const std::string keyword = reader.word();
    step.undo = read_action(keyword, reader);
}

void read_skip(Reader& reader, Step& step) {
    reader.take("if");
    if (const auto thing = reader.thing(anything)) step.skip_if_down.push_back(*thing);
}

void read_otherwise(Reader& reader, Step& step) {
    const auto procedure = reader.ref<Procedure>();
    if (procedure && procedure->value == step.procedure)
        report_itself(reader.context(), reader.clause(), procedure->span,
                      "where a step fails, the procedure that it stands in has failed too");
    else step.otherwise = procedure;
}

ClauseTable<Step> step_clauses() {
    ClauseTable<Step> table{
        {"on", once<Step>([](Reader& r, Step& s) { s.on = r.place(); })},
        {"by", once<Step>([](Reader& r, Step& s) { s.by = r.refs<model::Role>(); })},
        {"automatic", once<Step>([](Reader&, Step& s) { s.automatic = true; })},
        {"requires", often<Step>([](Reader& r, Step& s) {
             for (const auto& thing : r.things(required)) s.required.push_back(thing);
         })},
        {"after", once<Step>([](Reader&, Step&) {})},  // read once all steps have names
        {"takes", once<Step>([](Reader& r, Step& s) { s.takes = r.said_duration(); })},
        {"timeout", once<Step>([](Reader& r, Step& s) { s.timeout = r.said_duration(); })},
        {"fails", once<Step>([](Reader& r, Step& s) {
             const ast::Value& value = r.next();
             s.fails = support::Said<model::Percent>{read_percent(value, r.context().sink), value.span};
         })},
        {"retry", once<Step>([](Reader& r, Step& s) {
             s.retries = r.number(0, 1'000);
             if (r.take("every")) s.retry_every = r.duration();
         })},
        {"otherwise", once<Step>(read_otherwise)},
        {"skip", often<Step>(read_skip)},
        {"only", once<Step>([](Reader& r, Step& s) {
             r.take("if");
             s.only_if = r.word();
         })},
        {"completes", once<Step>([](Reader& r, Step& s) { s.completes = r.refs<model::Service>(); })},
        {"precheck", often<Step>([](Reader& r, Step& s) { s.prechecks.push_back(r.probe()); })},
        {"done", often<Step>([](Reader& r, Step& s) {
             r.take("when");
             s.done_when.push_back(r.probe());
         })},
        {"verify", often<Step>([](Reader& r, Step& s) {
             s.verifications.push_back(r.probe());
             if (r.take("takes")) s.verifications.back().takes = r.said_duration();
         })},
        {"undo", once<Step>(read_undo)},
        {"using", once<Step>([](Reader& r, Step& s) {
             s.own_command_span = r.peek().span;
             s.own_command = r.word();
         })},
    };
    for (const std::string_view action : {"restore", "promote", "scale", "restart", "roll", "apply", "switch", "wait", "notify", "approve",
                                          "maintenance", "run", "manual", "provision", "fence", "rotate", "capture"})
        table.emplace(action, often<Step>(read_step_action));
    return table;
}

const ClauseTable<Procedure> procedure_clauses{
    {"recovers", once<Procedure>([](Reader& r, Procedure& p) { p.recovers = r.refs<model::Service>(); })},
    {"within", once<Procedure>([](Reader& r, Procedure& p) { p.within = r.said_duration(); })},
    {"asks", often<Procedure>([](Reader& r, Procedure& p) {
         const ast::Value& name = r.next();
         p.asks.push_back({name.text, r.word(), name.span});
     })},
    {"fails", once<Procedure>([](Reader& r, Procedure& p) {
         r.take("back");
         r.take("in");
         p.fails_back_in = r.said_duration();
     })},
};

const ClauseTable<model::Phase> phase_clauses{
    {"within", once<model::Phase>([](Reader& r, model::Phase& p) { p.within = r.said_duration(); })},
};

// Both answers would be in the same variable.
void report_asked_twice(const Procedure& procedure, Context& context) {
    std::map<std::string_view, Span> asked;
    for (const model::Question& question : procedure.asks) {
        const auto [first, fresh] = asked.try_emplace(question.name, question.span);
        if (!fresh) report_twice(context.sink, "`asks " + question.name + "`", first->second, question.span);
    }
}

// A `whatif` finds a phase by its name.
void report_named_twice(const std::vector<model::Phase>& phases, Context& context) {
    std::map<std::string_view, Span> named;
    for (const model::Phase& phase : phases) {
        const auto [first, fresh] = named.try_emplace(phase.heading.name, phase.heading.span);
        if (fresh) continue;
        context.sink
            .report(messages::declared_twice, phase.heading.span, diagnostics::Words{"phase"}, diagnostics::Name{phase.heading.name})
            .related = {{first->second, "declared here first"}};
    }
}

void read_phases(const ast::Clause& clause, Id<Procedure> id, Context& context) {
    for (const ast::Clause& inner : clause.body) {
        if (inner.keyword() != "phase") continue;
        model::Phase phase;
        phase.heading = heading_of(inner);
        read_clauses(inner, phase, phase_clauses, context, "step parallel");
        context.plan.procedures[id].phases.push_back(phase);
    }
}

// `to point NAME` takes the answer to a question of its own procedure.
void check_points(const Procedure& procedure, Context& context) {
    std::vector<std::string> questions;
    for (const model::Question& question : procedure.asks) questions.push_back(question.name);
    for (const auto id : procedure.steps) {
        const auto& action = context.plan.steps[id].action;
        const auto* restore = action ? std::get_if<model::Restore>(&*action) : nullptr;
        if (restore == nullptr || !restore->point_is_asked) continue;
        if (std::find(questions.begin(), questions.end(), restore->point) != questions.end()) continue;
        report_unknown(context.names, "question of this procedure", restore->point, questions, restore->point_span, context.sink);
    }
}

}  // namespace

void read_step(const ast::Clause& clause, Step& step, Context& context) {
    static const ClauseTable<Step> table = step_clauses();
    read_clauses(clause, step, table, context);
}

void read_procedure(const ast::Clause& clause, Id<Procedure> id, Context& context) {
    // Remarks in blocks that have no heading of their own belong to the procedure.
    for (const ast::Clause& inner : clause.body)
        if (inner.keyword() == "afterwards" || inner.keyword() == "parallel")
            for (const ast::Clause& remark : inner.body) {
                Reader reader(remark.values, remark, context);
                read_remark(reader, context.plan.procedures[id].heading, clause);
            }
    read_clauses(clause, context.plan.procedures[id], procedure_clauses, context, "step parallel phase afterwards");
    read_phases(clause, id, context);
    report_asked_twice(context.plan.procedures[id], context);
    report_named_twice(context.plan.procedures[id].phases, context);
    lay_out_steps(clause, id, context);
    check_points(context.plan.procedures[id], context);
}

}  // namespace muster::sema
