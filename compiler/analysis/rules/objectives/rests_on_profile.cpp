// A figure of a profile is what somebody elsewhere found, not what happens here. Where an objective is met or missed by less than such
// figures come to, the verdict is theirs; then it is worth a drill. Where there is more room than that, nothing is said.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/path.h"
#include "compiler/analysis/provenance.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

// What figures of profiles have a part in on the way to an objective.
struct Share {
    const ServiceOutcome* outcome = nullptr;
    Time by_profile{0};
    Time margin{0};  ///< between what is achieved and the objective
    std::vector<std::string> figures;
    support::Span span;  ///< of the longest part that rests on a profile
};

bool by_profile(const model::Plan& plan, const Delay& delay) {
    const auto origins = origins_of(plan, delay);
    return std::any_of(origins.begin(), origins.end(), [&](auto id) { return !plan.origins[id].measured(); });
}

void add(const model::Plan& plan, const PathPart& part, Time& longest, Share& share) {
    const Time length = part.end - part.begin;
    share.by_profile += length;
    if (length >= longest) share.span = part.span;
    longest = std::max(longest, length);
    for (const auto id : part.origins) {
        const model::Origin& origin = plan.origins[id];
        const std::string name = fmt::format("{} {} (profile `{}`)", origin.label, origin.written, origin.profile);
        if (!origin.measured() && std::find(share.figures.begin(), share.figures.end(), name) == share.figures.end())
            share.figures.push_back(name);
    }
}

Share share_of(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    Share share{&outcome, {}, {}, {}, {}};
    Time longest{0};
    const Network& network = e.recovery.network;
    for (const NodeId node : way_to(network, e.outlook.times, outcome.last))
        if (by_profile(plan, network.nodes[node].delay)) add(plan, describe(plan, e.recovery, e.outlook.times, node), longest, share);
    const Time rto = outcome.rto->value;
    share.margin = rto < *outcome.rta ? *outcome.rta - rto : rto - *outcome.rta;
    return share;
}

std::string joined(const std::vector<std::string>& figures) {
    std::string text;
    for (const std::string& figure : figures) text += (text.empty() ? "" : ", ") + figure;
    return text;
}

void report(const Facts& facts, const Estimate& e, const Share& share, std::size_t others, diagnostics::Sink& sink) {
    const auto& service = facts.plan.services[share.outcome->service].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const bool met = share.outcome->verdict == Verdict::met;
    auto& d = sink.report(
        diagnostics::messages::rests_on_profile, share.span, diagnostics::Name{service.name}, diagnostics::Words{met ? "meets" : "misses"},
        diagnostics::Duration{share.outcome->rto->value}, diagnostics::Name{scenario.name}, diagnostics::Duration{share.margin},
        diagnostics::Duration{share.by_profile},
        diagnostics::Words{joined(share.figures) +
                           (others == 0 ? "" : fmt::format("; the same goes for {} more service{}", others, others == 1 ? "" : "s"))});
    d.subject = {"service", service.name};
    d.scenario = scenario.name;
    d.target = share.outcome->rto->value;
    d.achieved = share.outcome->rta;
    d.help = "measure it in a drill, and say what was found by `measured`, or by a length of its own";
}

}  // namespace

void rests_on_profile(const Facts& facts, diagnostics::Sink& sink) {
    if (facts.plan.origins.empty()) return;
    for (const Estimate& e : facts.estimates) {
        std::vector<Share> decided;
        for (const ServiceOutcome& outcome : e.services) {
            if (outcome.last == 0 || !outcome.rto || (outcome.verdict != Verdict::met && outcome.verdict != Verdict::missed)) continue;
            Share share = share_of(facts.plan, e, outcome);
            if (share.by_profile > share.margin) decided.push_back(std::move(share));
        }
        if (decided.empty()) continue;
        const auto tightest =
            std::min_element(decided.begin(), decided.end(), [](const Share& a, const Share& b) { return a.margin < b.margin; });
        report(facts, e, *tightest, decided.size() - 1, sink);
    }
}

}  // namespace muster::analysis::rules
