#include "compiler/diagnostics/messages.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Domain;
using model::External;
using model::Kind;
using model::Link;
using model::Plan;
using model::Secret;
using model::Site;
using model::Tier;
using model::Tool;
namespace messages = diagnostics::messages;

void read_clock_origin(Reader& reader, Plan& plan) {
    reader.take("from");
    const std::string origin = reader.word();
    plan.clock = origin == "disruption"  ? model::Clock::disruption
                 : origin == "detection" ? model::Clock::detection
                                         : model::Clock::declaration;
}

void read_declarer(Reader& reader, Plan& plan) {
    reader.take("by");
    const auto by = reader.ref<model::Role>();
    const bool takes = reader.take("takes");
    const model::Duration length = takes ? reader.duration() : model::Duration{};
    if (by) plan.declaration = model::Declaration{*by, length};
}

const ClauseTable<Plan> plan_clauses{
    {"version", once<Plan>([](Reader& r, Plan& p) { p.version = r.word(); })},
    {"owner", once<Plan>([](Reader& r, Plan& p) { p.owner = r.word(); })},
    {"approved", once<Plan>([](Reader& r, Plan& p) {
         r.take("by");
         p.approved_by = r.word();
     })},
    {"reviewed", once<Plan>([](Reader& r, Plan& p) {
         p.reviewed = r.date();
         if (r.take("every")) p.review_every = r.said_time();
     })},
    {"count", once<Plan>([](Reader&, Plan& p) { p.count_retries = true; })},
    {"timezone", once<Plan>([](Reader& r, Plan& p) { p.timezone = r.time_zone(); })},
    {"clock", once<Plan>(read_clock_origin)},
    {"declare", once<Plan>(read_declarer)},
    {"compliance", once<Plan>([](Reader& r, Plan& p) { p.compliance = r.words(); })},
    // What these name has to be known before the first duration is read: put_in_force has read them.
    {"profiles", once<Plan>([](Reader&, Plan&) {})},
    {"measurements", once<Plan>([](Reader&, Plan&) {})},
};

void read_standby(Reader& reader, Site& site) {
    static const std::map<std::string_view, Site::Standby> kinds{
        {"hot", Site::Standby::hot}, {"warm", Site::Standby::warm}, {"cold", Site::Standby::cold}};
    site.standby = reader.done() ? Site::Standby::warm : kinds.at(reader.word());
}

support::Said<std::int64_t> at_a_time(Reader& reader) {
    const Span span = reader.peek().span;
    return {reader.number(1, 100'000), span};
}

const ClauseTable<Site> site_clauses{
    {"provider", once<Site>([](Reader& r, Site& s) { s.provider = r.domain(Domain::Level::provider); })},
    {"region", once<Site>([](Reader& r, Site& s) { s.region = r.domain(Domain::Level::region); })},
    {"account", once<Site>([](Reader& r, Site& s) { s.account = r.domain(Domain::Level::account); })},
    {"cluster", once<Site>([](Reader& r, Site& s) { s.cluster = r.word(); })},
    {"active", once_as<Site>("whether the site is active", [](Reader&, Site& s) { s.standby = Site::Standby::none; })},
    {"standby", once_as<Site>("whether the site is active", read_standby)},
    {"zones", once<Site>([](Reader&, Site&) {})},  // read before all else, so that places can name them
    {"provision", once<Site>([](Reader& r, Site& s) {
         r.take("takes");
         s.provisioning = r.said_duration();
     })},
    {"parallel", once<Site>([](Reader& r, Site& s) { s.parallel = at_a_time(r); })},
};

const ClauseTable<Tool> tool_clauses{
    {"provides", once<Tool>([](Reader& r, Tool& t) { t.provides = r.word(); })},
    {"at", once<Tool>([](Reader& r, Tool& t) { t.at = r.refs<Site>(); })},
    {"in", once<Tool>([](Reader& r, Tool& t) {
         t.in = r.things({Kind::service, Kind::external, Kind::store});
     })},
    {"parallel", once<Tool>([](Reader& r, Tool& t) { t.parallel = at_a_time(r); })},
};

void read_fallback(Reader& reader, External& external) {
    if (!reader.at_name()) {
        external.fallback = reader.word();
        return;
    }
    for (const auto& thing : reader.things({Kind::external, Kind::service})) {
        const bool itself = thing.value.kind == Kind::external && &reader.context().plan.externals[{thing.value.index}] == &external;
        if (itself) report_itself(reader.context(), reader.clause(), thing.span, "nothing takes its own place");
        else external.fallbacks.push_back(thing);
    }
    if (reader.take("in")) external.fallback_in = reader.duration();
}

const ClauseTable<External> external_clauses{
    {"sla", once<External>([](Reader& r, External& e) {
         const ast::Value& value = r.next();
         (void)read_percent(value, r.context().sink);
         e.sla = value.text;
     })},
    {"fallback", once<External>(read_fallback)},
};

void read_ends(Reader& reader, Link& link) {
    link.a = reader.ref<Site>();
    reader.take("and");
    link.b = reader.ref<Site>();
    if (!link.a || !link.b || link.a->value != link.b->value) return;
    reader.context().sink.report(messages::clause_does_not_fit, reader.clause().span, diagnostics::Name{"between"},
                                 diagnostics::Words{"a link joins two sites, and this names one twice"});
}

const ClauseTable<Link> link_clauses{
    {"between", once<Link>(read_ends)},
    {"bandwidth", once<Link>([](Reader& r, Link& l) { l.bandwidth = r.rate(); })},
    {"latency", once<Link>([](Reader& r, Link& l) { l.latency = r.duration(); })},
};

const ClauseTable<Secret> secret_clauses{
    {"kind", once<Secret>([](Reader& r, Secret& s) { s.kind = r.word(); })},
    {"kept", once<Secret>([](Reader& r, Secret& s) {
         r.take("in");
         s.kept_in = r.things({Kind::tool, Kind::store, Kind::site, Kind::external, Kind::service});
     })},
    {"rotates", once<Secret>([](Reader& r, Secret& s) {
         r.take("every");
         s.rotates_every = r.said_time();
     })},
    {"rotated", once<Secret>([](Reader& r, Secret& s) { s.rotated = r.date(); })},
    {"expires", once<Secret>([](Reader& r, Secret& s) { s.expires = r.date(); })},
};

const ClauseTable<Tier> tier_clauses{
    {"policy", once<Tier>([](Reader& r, Tier& t) { t.policy = read_policy(r); })},
};

void read_zones(const ast::Clause& clause, Id<Site> id, Context& context) {
    for (std::size_t i = 1; i < clause.values.size(); ++i) {
        const ast::Value& name = clause.values[i];
        const Id<model::Zone> zone{static_cast<std::uint32_t>(context.plan.zones.size())};
        if (!context.names.zones[id.value].add(name.text, zone)) {
            const auto first = context.names.zones[id.value].find(name.text);
            context.sink.report(messages::declared_twice, name.span, diagnostics::Words{"zone"}, diagnostics::Name{name.text}).related = {
                {context.plan.zones[*first].span, "declared here first"}};
            continue;
        }
        context.plan.zones.add({name.text, id, name.span});
        context.plan.sites[id].zones.push_back(zone);
    }
}

}  // namespace

void read_plan(const ast::Clause& clause, Context& context) { read_clauses(clause, context.plan, plan_clauses, context); }

void read_tier(const ast::Clause& clause, Tier& tier, Context& context) { read_clauses(clause, tier, tier_clauses, context); }

void read_site(const ast::Clause& clause, Id<Site> id, Context& context) {
    for (const ast::Clause& inner : clause.body)
        if (inner.keyword() == "zones") read_zones(inner, id, context);
    read_clauses(clause, context.plan.sites[id], site_clauses, context);
}

void read_tool(const ast::Clause& clause, Tool& tool, Context& context) { read_clauses(clause, tool, tool_clauses, context); }
void read_external(const ast::Clause& clause, External& external, Context& context) {
    read_clauses(clause, external, external_clauses, context);
}
void read_link(const ast::Clause& clause, Link& link, Context& context) { read_clauses(clause, link, link_clauses, context); }
void read_secret(const ast::Clause& clause, Secret& secret, Context& context) { read_clauses(clause, secret, secret_clauses, context); }

}  // namespace muster::sema
