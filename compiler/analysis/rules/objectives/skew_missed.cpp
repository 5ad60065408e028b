// Data that belongs together and comes back from different moments does not fit together: payments without orders, stock that was
// sold twice. Each may keep its own RPO, and the whole still has to be put right by hand.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;

std::string loss_of(const Facts& facts, const Estimate& e, Id<model::Dataset> data) {
    const DataOutcome& outcome = e.data[data.value];
    const std::string from = outcome.from ? fmt::format(" with `{}`", name_of(facts.plan, *outcome.from)) : "";
    return fmt::format("`{}` loses up to {}{}", facts.plan.data[data].heading.name, format_duration(*outcome.rpa), from);
}

void report(const Facts& facts, const Estimate& e, const ServiceOutcome& outcome, diagnostics::Sink& sink) {
    const auto& service = facts.plan.services[outcome.service].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const Skew& skew = *outcome.skew;
    const std::string both = fmt::format("{} and {}", loss_of(facts, e, skew.oldest), loss_of(facts, e, skew.newest));
    Diagnostic& d = sink.report(diagnostics::messages::skew_missed, skew.limit->span, Name{service.name}, Duration{skew.limit->value},
                                Name{scenario.name}, Duration{skew.apart}, Words{both});
    d.primary.text = "skew declared here";
    d.subject = {"service", service.name};
    d.scenario = scenario.name;
    d.target = skew.limit->value;
    d.achieved = skew.apart;
    for (const auto data : {skew.oldest, skew.newest})
        if (const auto& from = e.data[data.value].from; from && from->copy)
            d.related.push_back(
                {facts.plan.copies[*from->copy].heading.span,
                 fmt::format("loses up to {} of `{}`", format_duration(*e.data[data.value].rpa), facts.plan.data[data].heading.name)});
    d.help = "one backup of both, or a log archive of each to restore to the same moment, brings them back together";
}

}  // namespace

void skew_missed(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates)
        for (const ServiceOutcome& outcome : e.services)
            if (outcome.skew && outcome.skew->verdict == Verdict::missed) report(facts, e, outcome, sink);
}

}  // namespace muster::analysis::rules
