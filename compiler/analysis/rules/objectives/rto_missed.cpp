// A service that is back later than its RTO, or never, fails the one promise that the business plans with. The finding names the
// part of the recovery that costs most, since that is where to look first, and shows the whole path.
#include <fmt/format.h>

#include <map>

#include "compiler/analysis/path.h"
#include "compiler/analysis/rules/cause.h"
#include "compiler/analysis/rules/queue.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;

// What stands between the plan and its objective, in the order in which it is cheapest to say.
std::string advice(const ServiceOutcome& outcome, const PathPart& part, Time rto) {
    const Time length = part.end - part.begin;
    const Time others = *outcome.rta - length;
    if (part.kind == "queue")
        return fmt::format(
            "`{}` is {} for {}: one more of them, or somebody else for that step, would mend some of it; if nobody had to wait it would be "
            "back after {}",
            part.name, part.because, format_duration(length), format_duration(*outcome.critical_path));
    if (*outcome.critical_path <= rto)
        return fmt::format(
            "what else is read or loaded at that time takes its share of the way: alone it would be back after {}; restore it "
            "first, or from another store",
            format_duration(*outcome.critical_path));
    if (part.heaviest_length > rto)
        return fmt::format("the {} of {} alone takes {}, longer than the RTO: a copy that is at hand sooner would mend it, or another RTO",
                           part.heaviest, called(part), format_duration(part.heaviest_length));
    if (length > rto)
        return fmt::format("{} alone takes longer than the RTO: it needs another way, or the RTO another value", called(part));
    if (others < rto)
        return fmt::format("the RTO is met when {} takes at most {} instead of {}", called(part), format_duration(rto - others),
                           format_duration(length));
    return fmt::format("even without {} it would take {}: several parts of the path have to become shorter", called(part),
                       format_duration(others));
}

std::string label_of(const PathPart& part) {
    return fmt::format("{}{}", format_duration(part.end - part.begin), is_plain(part) ? " of it" : " of it: " + part.because);
}

Diagnostic& report(const Facts& facts, const Estimate& e, const ServiceOutcome& outcome, std::string how, diagnostics::Sink& sink) {
    const auto& service = facts.plan.services[outcome.service].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    Diagnostic& d = sink.report(diagnostics::messages::rto_missed, outcome.rto->span, Name{service.name}, Duration{outcome.rto->value},
                                Name{scenario.name}, Words{std::move(how)});
    d.primary.text = "RTO declared here";
    d.subject = {"service", service.name};
    d.scenario = scenario.name;
    d.target = outcome.rto->value;
    return d;
}

void report_late(const Facts& facts, const Estimate& e, const ServiceOutcome& outcome, diagnostics::Sink& sink) {
    const Time rto = outcome.rto->value;
    Diagnostic& d = report(facts, e, outcome,
                           fmt::format("back after {}, {} too late{}", format_duration(*outcome.rta), format_duration(*outcome.rta - rto),
                                       *outcome.critical_path <= rto ? ", only because it has to share people or bandwidth" : ""),
                           sink);
    d.achieved = outcome.rta;
    const PathPart part = longest(facts.plan, e, outcome);
    d.cause = called(part);
    d.related = {{part.span, label_of(part)}};
    d.path = path_labels(facts.plan, e, outcome);
    d.help = advice(outcome, part, rto);
}

// One obstacle often keeps many services away. It is reported once, for the service that is nearest to it: the first that has
// failed, else the first at all.
struct Obstructed {
    const ServiceOutcome* first = nullptr;
    std::vector<const ServiceOutcome*> others;
};

void add(const ServiceOutcome& outcome, Obstructed& group) {
    const bool nearer = group.first != nullptr && outcome.state == State::failed && group.first->state != State::failed;
    if (group.first != nullptr) group.others.push_back(nearer ? group.first : &outcome);
    if (group.first == nullptr || nearer) group.first = &outcome;
}

void report_never(const Facts& facts, const Estimate& e, const Obstructed& group, diagnostics::Sink& sink) {
    const PathPart root = describe(facts.plan, e.recovery, e.outlook.times, *group.first->root);
    Diagnostic& d = report(facts, e, *group.first, fmt::format("it never comes back, since {}", group.first->obstacle), sink);
    d.cause = cause_of_never(facts.plan, e, *group.first->root);
    for (const ServiceOutcome* other : group.others)
        d.also.push_back({{"service", facts.plan.services[other->service].heading.name}, d.scenario, other->rto->value, std::nullopt});
    if (root.kind == "step") d.related = {{root.span, "this can never be done here"}};
    if (root.kind == "response") d.related = {{root.span, "nobody in it is ever at work here"}};
}

void report_all_never(const Facts& facts, const Estimate& e, diagnostics::Sink& sink) {
    if (e.recovery.procedures.empty()) return;  // scenario-without-procedure says so
    std::map<NodeId, Obstructed> by_root;
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.rto && outcome.verdict == Verdict::never && !has_no_procedure(e, outcome)) add(outcome, by_root[*outcome.root]);
    for (const auto& [root, group] : by_root) report_never(facts, e, group, sink);
}

}  // namespace

void rto_missed(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates) {
        for (const ServiceOutcome& outcome : e.services)
            if (outcome.rto && outcome.verdict == Verdict::missed && !late_only_for(facts.plan, e, outcome))
                report_late(facts, e, outcome, sink);  // what is late only for want of people is told by one-person-needed
        report_all_never(facts, e, sink);
    }
}

}  // namespace muster::analysis::rules
