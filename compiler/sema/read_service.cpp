#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Kind;
using model::Service;

const Kinds dependable{Kind::service, Kind::external};

void read_workload(Reader& reader, Service& service) {
    model::Workload workload;
    workload.span = reader.clause().span;
    workload.kind = reader.word();
    workload.name = reader.word();
    if (reader.take("in")) workload.in_namespace = reader.word();
    service.workload = workload;
}

void read_engine(Reader& reader, Service& service) {
    service.engine = reader.word();
    if (!reader.done()) service.engine += " " + reader.word();
}

void read_placements(Reader& reader, Service& service) {
    while (!reader.done()) {
        const Span span = reader.peek().span;
        Reader items = reader.group();
        const auto place = items.place();
        const bool standby = items.take("standby");
        if (place) service.placements.push_back({place->value, standby, span});
    }
}

bool is_itself(Reader& reader, const Service& service, const model::SaidThing& thing) {
    const auto& services = reader.context().plan.services;
    if (thing.value.kind != Kind::service || &services[{thing.value.index}] != &service) return false;
    report_itself(reader.context(), reader.clause(), thing.span, "no service helps itself to run");
    return true;
}

void read_needs(Reader& reader, Service& service) {
    while (!reader.done()) {
        Reader items = reader.group();
        model::Alternatives any_of;
        Reader::Listed<model::Thing> listed;
        do {
            const std::string& name = items.peek().text;
            const auto thing = items.thing(dependable);
            if (thing && reader.is_fresh(listed, *thing, name)) any_of.push_back(*thing);
        } while (items.take("or"));
        if (!any_of.empty()) service.needs.push_back(any_of);
    }
}

const ClauseTable<Service> clauses{
    {"workload", once<Service>(read_workload)},
    {"replicas", once<Service>([](Reader& r, Service& s) { s.replicas = r.number(0, 1'000'000); })},
    {"image", once<Service>([](Reader& r, Service& s) { s.image = r.word(); })},
    {"engine", once<Service>(read_engine)},
    {"at", once<Service>(read_placements)},
    {"pinned", once<Service>([](Reader&, Service& s) { s.pinned = true; })},
    {"needs", often<Service>(read_needs)},
    {"wants", often<Service>([](Reader& r, Service& s) {
         for (auto& thing : r.things(dependable))
             if (!is_itself(r, s, thing)) s.wants.push_back(thing);
     })},
    {"uses", often<Service>([](Reader& r, Service& s) {
         for (auto& data : r.refs<model::Dataset>()) s.uses.push_back(data);
     })},
    {"starts", once<Service>([](Reader& r, Service& s) {
         r.take("in");
         s.starts_in = r.said_duration();
     })},
    {"resumes", once<Service>([](Reader& r, Service& s) {
         r.take("in");
         s.resumes_in = r.said_duration();
     })},
    {"heals", once<Service>([](Reader& r, Service& s) {
         r.take("in");
         s.heals_in = r.said_duration();
     })},
    {"costs", once<Service>([](Reader& r, Service& s) {
         model::Cost cost;
         cost.span = r.clause().span;
         cost.amount = r.number(0, 1'000'000'000'000);
         cost.currency = r.word();
         r.take("per");
         cost.per = r.period();
         s.costs = cost;
     })},
    {"check", often<Service>([](Reader& r, Service& s) { s.checks.push_back(r.probe()); })},
};

}  // namespace

void read_service(const ast::Clause& clause, Service& service, Context& context) { read_clauses(clause, service, clauses, context); }

}  // namespace muster::sema
