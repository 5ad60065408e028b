#include <algorithm>
#include <set>

#include "compiler/diagnostics/messages.h"
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

// One name may be that of a role and of a channel: then nobody can tell whom it means.
void report_role_or_channel(const ast::Value& name, bool known, Context& context) {
    if (known) {
        context.sink
            .report(messages::ambiguous_name, name.span, diagnostics::Name{name.text}, diagnostics::Words{"the role or the channel"})
            .help = "give one of them another name";
        return;
    }
    std::vector<std::string> candidates = context.names.of<model::Role>().order;
    const std::vector<std::string>& channels = context.names.of<model::Channel>().order;
    candidates.insert(candidates.end(), channels.begin(), channels.end());
    report_unknown(context.names, "role or channel", name.text, candidates, name.span, context.sink);
}

void read_notified(Reader& reader, Detector& detector) {
    Reader::Listed<Id<model::Role>> roles;
    Reader::Listed<Id<model::Channel>> channels;
    while (reader.at_name()) {
        const ast::Value& name = reader.next();
        const auto role = reader.context().names.of<model::Role>().find(name.text);
        const auto channel = reader.context().names.of<model::Channel>().find(name.text);
        if (role.has_value() == channel.has_value()) {
            report_role_or_channel(name, role.has_value(), reader.context());
        } else if (role) {
            if (reader.is_fresh(roles, {*role, name.span}, name.text)) detector.notifies_roles.push_back({*role, name.span});
        } else if (reader.is_fresh(channels, {*channel, name.span}, name.text)) {
            detector.notifies_channels.push_back({*channel, name.span});
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
    static const Kinds data{Kind::dataset}, roles{Kind::role}, reachable{Kind::store, Kind::site, Kind::dataset};
    static const Kinds anything{Kind::service, Kind::external, Kind::tool, Kind::store, Kind::site, Kind::dataset};
    if (verb == Effect::Verb::corrupts || verb == Effect::Verb::deletes) return data;
    if (verb == Effect::Verb::compromises) return reachable;
    return verb == Effect::Verb::absent ? roles : anything;
}

// Nothing where the verb is about such a thing; else why it is not. `corrupts service web`: the grammar cannot tell.
std::string_view why_not(Effect::Verb verb, Kind kind) {
    switch (verb) {
        case Effect::Verb::corrupts:
        case Effect::Verb::deletes: return kind == Kind::dataset ? "" : "only data is corrupted or deleted";
        case Effect::Verb::absent: return kind == Kind::role ? "" : "only roles are absent";
        case Effect::Verb::compromises: {
            const bool lies_elsewhere = kind == Kind::service || kind == Kind::external || kind == Kind::tool || kind == Kind::role;
            return lies_elsewhere ? "an attacker reaches stores, data, sites, zones, providers, regions and accounts" : "";
        }
        case Effect::Verb::fails:
        case Effect::Verb::destroys: break;
    }
    return kind == Kind::role ? "a role is `absent`" : "";
}

bool suits(Effect::Verb verb, model::Thing thing, Span span, Context& context) {
    const std::string_view why = why_not(verb, thing.kind);
    if (why.empty()) return true;
    context.sink.report(messages::clause_does_not_fit, span, diagnostics::Name{std::string(model::kind_of(context.plan, thing))},
                        diagnostics::Words{std::string(why)});
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
    Reader::Listed<model::Thing> listed;
    while (!reader.done()) {
        if (reader.peek().text == "family") {
            read_any(reader, verb, scenario);
            continue;
        }
        const std::string& name = reader.peek().items.back().text;
        const auto thing = reader.subject(victims_of(verb));
        if (thing && reader.is_fresh(listed, *thing, name) && suits(verb, thing->value, thing->span, reader.context()))
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
    if (reader.take("after")) {
        set_once(reader, scenario.detected_after, reader.said_duration(), "`detected after`");
        return;
    }
    reader.take("by");
    const auto detectors = reader.refs<Detector>();
    if (!scenario.detected_by.empty())
        report_twice(reader.context().sink, "`detected by`", scenario.detected_by.front().span, reader.clause().span);
    scenario.detected_by = detectors;
}

void read_choice(Reader& reader, Scenario& scenario) {
    model::Choice choice;
    choice.span = reader.clause().span;
    if (reader.clause().keyword() == "recover") {
        choice.services = reader.refs<model::Service>();
        reader.take("with");
    }
    Reader::Listed<Id<model::Procedure>> listed;
    do {
        const std::string& name = reader.peek().text;
        const auto procedure = reader.ref<model::Procedure>();
        if (procedure && reader.is_fresh(listed, *procedure, name)) choice.procedures.push_back(*procedure);
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
         std::set<model::Thing> cut_off;
         for (const auto& thing : cut.a) cut_off.insert(thing.value);
         for (const auto& thing : cut.b)
             if (cut_off.contains(thing.value)) report_itself(r.context(), r.clause(), thing.span, "nothing is cut off from itself");
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

// Which of two `recover db with …` is meant nobody can tell.
void report_recovered_twice(const Scenario& scenario, Context& context) {
    std::map<Id<model::Service>, Span> recovered;
    for (const model::Choice& choice : scenario.choices)
        for (const auto& service : choice.services) {
            const auto [first, fresh] = recovered.try_emplace(service.value, service.span);
            if (fresh) continue;
            report_twice(context.sink, "`recover " + context.plan.services[service.value].heading.name + "`", first->second, service.span);
        }
}

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

bool is_made_at_times(const model::Copy& copy) { return copy.backup() != nullptr || copy.archive() != nullptr; }

// `backup nightly`, where several data have such a copy, would be a guess.
bool is_one_copy(const ast::Value& name, Context& context) {
    std::set<Id<model::Copy>> found;
    std::string readings;
    for (const auto& [data, copies] : context.names.copies) {
        const auto copy = copies.find(name.text);
        if (!copy || !is_made_at_times(context.plan.copies[*copy]) || !found.insert(*copy).second || found.size() > 3) continue;
        readings += (readings.empty() ? "that of `" : " or that of `") + context.plan.data[{data}].heading.name + "`";
    }
    if (found.size() < 2) return true;
    context.sink.report(messages::ambiguous_name, name.span, diagnostics::Name{name.text}, diagnostics::Words{readings}).help =
        "write whose it is: `backup " + name.text + " of DATA`";
    return false;
}

std::optional<Id<model::Copy>> read_exercised_backup(Reader& items) {
    std::vector<Id<model::Dataset>> data = items.context().plan.data.ids();
    Reader ahead = items;
    const ast::Value& name = ahead.next();
    if (ahead.take("of")) {
        const auto of = ahead.ref<model::Dataset>();
        data = of ? std::vector{of->value} : std::vector<Id<model::Dataset>>{};
    } else if (!is_one_copy(name, items.context())) {
        return std::nullopt;
    }
    return data.empty() ? std::nullopt : items.copy_of(data, "backup", is_made_at_times);
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
    report_recovered_twice(scenario, context);
    scenario.kind = kind_of_scenario(context.plan, scenario);
}

void read_drill(const ast::Clause& clause, Drill& drill, Context& context) { read_clauses(clause, drill, drill_clauses, context); }

}  // namespace muster::sema
