#include <algorithm>

#include "compiler/sema/clauses.h"
#include "compiler/sema/families.h"
#include "compiler/sema/read.h"
#include "compiler/sema/schedule.h"

namespace muster::sema {
namespace {

using model::Detector;
using model::DisruptionKind;
using model::Drill;
using model::Effect;
using model::Kind;
using model::Scenario;
namespace messages = diagnostics::messages;

void read_notified(Reader& reader, Detector& detector) {
    while (reader.at_name()) {
        const ast::Value& name = reader.next();
        const Names& names = reader.context().names;
        const auto role = names.of<model::Role>().find(name.text);
        const auto channel = names.of<model::Channel>().find(name.text);
        if (role) detector.notifies_roles.push_back({*role, name.span});
        else if (channel) detector.notifies_channels.push_back({*channel, name.span});
        else {
            std::vector<std::string> known = names.of<model::Role>().order;
            known.insert(known.end(), names.of<model::Channel>().order.begin(), names.of<model::Channel>().order.end());
            report_unknown(names, "role or channel", name.text, known, name.span, reader.context().sink);
        }
    }
    if (reader.take("within")) detector.notification = reader.duration();
}

const ClauseTable<Detector> detector_clauses{
    {"watches", once<Detector>([](Reader& r, Detector& d) { d.watches = r.subjects(); })},
    {"at", once<Detector>([](Reader& r, Detector& d) { d.at = r.refs<model::Site>(); })},
    {"every", once<Detector>([](Reader& r, Detector& d) { d.every = r.said_time(); })},
    {"threshold", once<Detector>([](Reader& r, Detector& d) { d.threshold = r.number(1, 1'000'000); })},
    {"for", once<Detector>([](Reader& r, Detector& d) { d.hold = r.duration(); })},
    {"check", once<Detector>([](Reader& r, Detector& d) { d.check = r.probe(); })},
    {"severity", once<Detector>([](Reader& r, Detector& d) { d.severity = r.word(); })},
    {"notifies", once<Detector>(read_notified)},
    {"triggers", once<Detector>([](Reader& r, Detector& d) { d.triggers = r.ref<model::Procedure>(); })},
    {"sees", once<Detector>([](Reader&, Detector& d) { d.sees_corruption = true; })},
};

// What each verb is about, where a name alone is written.
const Kinds& victims_of(Effect::Verb verb) {
    static const Kinds data{Kind::dataset}, roles{Kind::role};
    static const Kinds anything{Kind::service, Kind::external, Kind::tool, Kind::store, Kind::site, Kind::dataset};
    if (verb == Effect::Verb::corrupts || verb == Effect::Verb::deletes) return data;
    return verb == Effect::Verb::absent ? roles : anything;
}

// `corrupts service web`: the grammar cannot tell.
bool suits(Effect::Verb verb, model::Thing thing, Span span, Context& context) {
    const Kinds& kinds = victims_of(verb);
    if (kinds.size() > 1 || thing.kind == kinds.front()) return true;
    const bool damages = kinds.front() == Kind::dataset;
    context.sink.report(messages::clause_does_not_fit, span, diagnostics::Name{std::string(model::kind_of(context.plan, thing))},
                        diagnostics::Words{damages ? "only data is corrupted or deleted" : "only roles are absent"});
    return false;
}

void read_any(Reader& reader, Effect::Verb verb, Scenario& scenario) {
    Context& context = reader.context();
    const Span span = reader.peek().span;
    Family family{verb, read_family(reader), span, scenario.effects.size()};
    if (family.members.empty() || !suits(verb, family.members.front(), span, context)) return;
    const auto [first, fresh] = context.names.families.try_emplace(scenario.heading.name, std::move(family));
    if (!fresh)
        context.sink
            .report(messages::clause_does_not_fit, span, diagnostics::Name{"any"},
                    diagnostics::Words{"a scenario stands for one family, and this is its second"})
            .related = {{first->second.span, "the first"}};
}

template <Effect::Verb verb>
void read_effects(Reader& reader, Scenario& scenario) {
    while (!reader.done()) {
        if (reader.peek().text == "family") {
            read_any(reader, verb, scenario);
            continue;
        }
        const auto thing = reader.subject(victims_of(verb));
        if (thing && suits(verb, thing->value, thing->span, reader.context()))
            scenario.effects.push_back({verb, thing->value, thing->span});
    }
}

void read_likelihood(Reader& reader, Scenario& scenario) {
    model::Likelihood likelihood;
    likelihood.span = reader.clause().span;
    if (reader.peek().kind != ast::Kind::number) {
        likelihood.level = reader.word();
    } else {
        likelihood.events = {static_cast<std::int32_t>(reader.number(1, 1'000) * 1'000'000)};
        reader.take("per");
        likelihood.per = reader.period();
    }
    scenario.likelihood = likelihood;
}

void read_detected(Reader& reader, Scenario& scenario) {
    if (reader.take("by")) scenario.detected_by = reader.refs<Detector>();
    else if (reader.take("after")) scenario.detected_after = reader.said_duration();
}

void read_choice(Reader& reader, Scenario& scenario) {
    model::Choice choice;
    choice.span = reader.clause().span;
    if (reader.clause().keyword() == "recover") {
        choice.services = reader.refs<model::Service>();
        reader.take("with");
    }
    do {
        if (const auto procedure = reader.ref<model::Procedure>()) choice.procedures.push_back(*procedure);
    } while (reader.take("otherwise"));
    if (!choice.procedures.empty()) scenario.choices.push_back(choice);
}

const ClauseTable<Scenario> scenario_clauses{
    {"fails", often<Scenario>(read_effects<Effect::Verb::fails>)},
    {"destroys", often<Scenario>(read_effects<Effect::Verb::destroys>)},
    {"compromises", often<Scenario>(read_effects<Effect::Verb::compromises>)},
    {"corrupts", often<Scenario>(read_effects<Effect::Verb::corrupts>)},
    {"deletes", often<Scenario>(read_effects<Effect::Verb::deletes>)},
    {"absent", often<Scenario>(read_effects<Effect::Verb::absent>)},
    {"cuts", often<Scenario>([](Reader& r, Scenario& s) {
         model::Cut cut;
         cut.span = r.clause().span;
         cut.a = r.subjects();
         r.take("from");
         cut.b = r.subjects();
         s.cuts.push_back(cut);
     })},
    {"likelihood", once<Scenario>(read_likelihood)},
    {"lasts", once<Scenario>([](Reader& r, Scenario& s) { s.lasts = r.said_duration(); })},
    {"undetected", once<Scenario>([](Reader& r, Scenario& s) {
         r.take("for");
         s.undetected_for = r.said_duration();
     })},
    {"detected", often<Scenario>(read_detected)},
    {"recover", often<Scenario>(read_choice)},
    {"follow", often<Scenario>(read_choice)},
    {"severity", once<Scenario>([](Reader& r, Scenario& s) { s.severity = r.word(); })},
    {"category", once<Scenario>([](Reader& r, Scenario& s) { s.categories = r.words(); })},
};

DisruptionKind kind_of_failure(const model::Plan& plan, model::Thing thing) {
    if (thing.kind == Kind::zone) return DisruptionKind::zone;
    if (thing.kind == Kind::site) return DisruptionKind::region;
    if (thing.kind != Kind::domain) return DisruptionKind::hardware;
    return plan.domains[{thing.index}].level == model::Domain::Level::region ? DisruptionKind::region : DisruptionKind::provider;
}

DisruptionKind kind_of_effect(const model::Plan& plan, const Effect& effect) {
    switch (effect.verb) {
        case Effect::Verb::compromises: return DisruptionKind::malice;
        case Effect::Verb::corrupts:
        case Effect::Verb::deletes: return DisruptionKind::corruption;
        case Effect::Verb::absent: return DisruptionKind::people;
        case Effect::Verb::fails:
        case Effect::Verb::destroys: break;
    }
    return kind_of_failure(plan, effect.thing);
}

std::optional<Id<model::Copy>> read_exercised_backup(Reader& items) {
    std::vector<Id<model::Dataset>> data = items.context().plan.data.ids();
    Reader ahead = items;
    ahead.next();
    if (ahead.take("of")) {
        const auto of = ahead.ref<model::Dataset>();
        data = of ? std::vector{of->value} : std::vector<Id<model::Dataset>>{};
    }
    return data.empty() ? std::nullopt : items.copy_of(data);
}

// Of a family each member is exercised.
void read_exercise(Reader items, Span span, Drill& drill) {
    if (items.take("procedure")) {
        if (const auto procedure = items.ref<model::Procedure>()) drill.exercises.push_back({{}, procedure->value, {}, span});
    } else if (items.take("backup")) {
        if (const auto backup = read_exercised_backup(items)) drill.exercises.push_back({{}, {}, *backup, span});
    } else {
        items.take("scenario");
        for (const auto& scenario : items.scenario()) drill.exercises.push_back({scenario.value, {}, {}, span});
    }
}

void read_exercises(Reader& reader, Drill& drill) {
    while (!reader.done()) {
        const Span span = reader.peek().span;
        read_exercise(reader.group(), span, drill);
    }
}

const ClauseTable<Drill> drill_clauses{
    {"exercises", often<Drill>(read_exercises)},
    {"every", once_as<Drill>("the schedule", [](Reader& r, Drill& d) { d.schedule = read_schedule(r); })},
    {"cron", once_as<Drill>("the schedule", [](Reader& r, Drill& d) { d.schedule = read_schedule(r); })},
    {"in", once<Drill>([](Reader& r, Drill& d) {
         r.take("namespace");
         d.in_namespace = r.word();
     })},
    {"at", once<Drill>([](Reader& r, Drill& d) { d.at = r.refs<model::Site>(); })},
    {"scope", once<Drill>([](Reader& r, Drill& d) { d.scope = r.word(); })},
    {"last", once<Drill>([](Reader& r, Drill& d) {
         d.last = r.date();
         if (r.take("took")) d.took = r.time();
     })},
    {"expects", often<Drill>([](Reader& r, Drill& d) {
         while (!r.done()) d.expects.push_back(r.group().word());
     })},
    {"by", once<Drill>([](Reader& r, Drill& d) { d.by = r.refs<model::Role>(); })},
};

}  // namespace

model::DisruptionKind kind_of_scenario(const model::Plan& plan, const Scenario& scenario) {
    constexpr std::array by_gravity{DisruptionKind::malice, DisruptionKind::corruption, DisruptionKind::provider, DisruptionKind::region,
                                    DisruptionKind::zone,   DisruptionKind::people,     DisruptionKind::hardware};
    for (const DisruptionKind kind : by_gravity) {
        for (const Effect& effect : scenario.effects)
            if (kind_of_effect(plan, effect) == kind) return kind;
        // What is cut off is named first.
        for (const model::Cut& cut : scenario.cuts)
            for (const auto& thing : cut.a)
                if (kind_of_failure(plan, thing.value) == kind) return kind;
    }
    return DisruptionKind::hardware;
}

void read_detector(const ast::Clause& clause, Detector& detector, Context& context) {
    read_clauses(clause, detector, detector_clauses, context);
}

void read_scenario(const ast::Clause& clause, Scenario& scenario, Context& context) {
    read_clauses(clause, scenario, scenario_clauses, context);
    scenario.kind = kind_of_scenario(context.plan, scenario);
}

void read_drill(const ast::Clause& clause, Drill& drill, Context& context) { read_clauses(clause, drill, drill_clauses, context); }

}  // namespace muster::sema
