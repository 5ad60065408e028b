// A service without an RTO has nothing to miss, and so nobody is told that it never comes back: its recovery waits for itself, for a site
// that is down, for a copy that is not there. People find out in the middle of the night, at the step that cannot be done.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/analysis/path.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

struct Kept {
    std::vector<std::string> names;
    std::string why;
};

// A step that each time is stopped before it ends: step-times-out says so.
bool times_out(const Facts& facts, const Node& node) {
    return node.attempts && node.attempts->timeout && planning_delay(facts.plan, node.delay) > *node.attempts->timeout;
}

// Whether the data that a step lacks is lost altogether: rpo-missed or nothing-clean says so.
bool lacks_lost_data(const Estimate& e, const Node& node) {
    return std::any_of(e.recovery.sources.begin(), e.recovery.sources.end(), [&](const Source& source) {
        if (node.kind != Node::Kind::step || source.step.value != node.subject || source.copy) return false;
        const auto& rows = e.recovery.copies[source.data.value];
        return e.data[source.data.value].verdict == Verdict::lost ||
               std::none_of(rows.begin(), rows.end(), [](const CopyOutcome& row) { return row.state == CopyState::usable; });
    });
}

// By what keeps them away; not what also keeps one away that has an RTO, since rto-missed says so.
std::map<NodeId, Kept> kept_away(const Facts& facts, const Estimate& e) {
    std::map<NodeId, Kept> by_root;
    std::set<NodeId> said;
    for (const ServiceOutcome& outcome : e.services) {
        if (!outcome.root || outcome.rta != support::never || has_no_procedure(e, outcome)) continue;
        const Node& root = e.recovery.network.nodes[*outcome.root];
        if (outcome.rto || times_out(facts, root) || lacks_lost_data(e, root)) said.insert(*outcome.root);
        Kept& kept = by_root[*outcome.root];
        kept.names.push_back(facts.plan.services[outcome.service].heading.name);
        if (kept.why.empty()) kept.why = outcome.obstacle;
    }
    for (const NodeId root : said) by_root.erase(root);
    return by_root;
}

void report(const Facts& facts, const Estimate& e, NodeId root, const Kept& kept, diagnostics::Sink& sink) {
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario];
    const PathPart part = describe(facts.plan, e.recovery, e.outlook.times, root);
    auto& d = sink.report(diagnostics::messages::never_back, scenario.heading.span, diagnostics::Name{scenario.heading.name},
                          diagnostics::Words{list_of(kept.names)}, diagnostics::Words{kept.why});
    d.subject = {"service", kept.names.front()};
    d.scenario = scenario.heading.name;
    if (part.kind == "step" || part.kind == "response") d.related = {{part.span, "this can never be done here"}};
    d.help = "name a procedure that does without it, with `otherwise`, or keep what the recovery needs out of reach of this scenario";
}

}  // namespace

void never_back(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates) {
        if (e.recovery.procedures.empty()) continue;  // scenario-without-procedure says so
        for (const auto& [root, kept] : kept_away(facts, e)) report(facts, e, root, kept, sink);
    }
}

}  // namespace muster::analysis::rules
