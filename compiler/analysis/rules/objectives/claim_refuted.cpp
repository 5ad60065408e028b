// Documents say what is achieved: "current RTO: 12 minutes". Such a claim is a figure that somebody once measured or hoped for. The
// estimate computes it anew, and where it comes to more, whoever relies on the claim should know.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;
using support::never;
using Said = std::optional<support::Said<Time>>;

// The worst that any scenario makes of what a claim is about.
struct Worst {
    const Estimate* estimate = nullptr;
    std::string subject;
    Time achieved{0};
    std::size_t scenarios = 0;  // that refute it

    void add(const Estimate& e, const std::string& name, Time time, Time claimed) {
        if (time <= claimed) return;
        scenarios += 1;
        if (estimate != nullptr && time <= achieved) return;
        estimate = &e;
        subject = name;
        achieved = time;
    }
};

void report(const Facts& facts, const diagnostics::Subject& who, const Said& claim, std::string_view what, const Worst& worst,
            std::string how, diagnostics::Sink& sink) {
    if (worst.estimate == nullptr) return;
    const auto& scenario = facts.plan.scenarios[worst.estimate->recovery.scenario].heading;
    auto& d = sink.report(diagnostics::messages::claim_refuted, claim->span, diagnostics::Words{fmt::format("{} `{}`", who.kind, who.name)},
                          diagnostics::Words{fmt::format("an {}", what)}, diagnostics::Duration{claim->value},
                          diagnostics::Name{scenario.name}, diagnostics::Words{std::move(how)});
    d.subject = who;
    d.scenario = scenario.name;
    d.target = claim->value;
    if (worst.achieved != never) d.achieved = worst.achieved;
}

// Of what a claim is about that a scenario touches, in every scenario.
void judge_rta(const Facts& facts, const diagnostics::Subject& who, const Said& claim,
               const std::function<bool(Id<model::Service>)>& is_about, diagnostics::Sink& sink) {
    if (!claim) return;
    Worst worst;
    for (const Estimate& e : facts.estimates) {
        Worst here;
        for (const ServiceOutcome& outcome : e.services)
            if (is_about(outcome.service) && outcome.rta)
                here.add(e, facts.plan.services[outcome.service].heading.name, *outcome.rta, claim->value);
        if (here.estimate != nullptr) worst.add(e, here.subject, here.achieved, claim->value);
    }
    const std::string how = worst.achieved == never ? fmt::format("`{}` never comes back", worst.subject)
                                                    : fmt::format("`{}` is back after {}", worst.subject, format_duration(worst.achieved));
    report(facts, who, claim, "RTA", worst, how, sink);
}

void judge_rpa(const Facts& facts, const diagnostics::Subject& who, const Said& claim,
               const std::function<bool(Id<model::Dataset>)>& is_about, diagnostics::Sink& sink) {
    if (!claim) return;
    Worst worst;
    for (const Estimate& e : facts.estimates) {
        Worst here;
        for (const DataOutcome& outcome : e.data) {
            const auto& name = facts.plan.data[outcome.data].heading.name;
            if (is_about(outcome.data) && outcome.rpa) here.add(e, name, *outcome.rpa, claim->value);
            if (is_about(outcome.data) && outcome.verdict == Verdict::lost) here.add(e, name, never, claim->value);
        }
        if (here.estimate != nullptr) worst.add(e, here.subject, here.achieved, claim->value);
    }
    const std::string how = worst.achieved == never ? fmt::format("`{}` is lost", worst.subject)
                                                    : fmt::format("`{}` loses up to {}", worst.subject, format_duration(worst.achieved));
    report(facts, who, claim, "RPA", worst, how, sink);
}

template <class T>
bool in_tier(const T& it, Id<model::Tier> tier) {
    return it.tier && it.tier->value == tier;
}

void judge_tier(const Facts& facts, Id<model::Tier> id, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    const model::Tier& tier = plan.tiers[id];
    // What a member claims for itself is judged there.
    judge_rta(
        facts, {"tier", tier.heading.name}, tier.objectives.claims_rta,
        [&](auto one) { return in_tier(plan.services[one], id) && !plan.services[one].objectives.claims_rta; }, sink);
    judge_rpa(
        facts, {"tier", tier.heading.name}, tier.objectives.claims_rpa,
        [&](auto one) { return in_tier(plan.data[one], id) && !plan.data[one].objectives.claims_rpa; }, sink);
}

void judge_service(const Facts& facts, Id<model::Service> id, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    const model::Service& service = plan.services[id];
    judge_rta(
        facts, {"service", service.heading.name}, service.objectives.claims_rta, [&](auto one) { return one == id; }, sink);
    judge_rpa(
        facts, {"service", service.heading.name}, service.objectives.claims_rpa,
        [&](auto one) {
            const auto& users = plan.index.users[one.value];
            return std::find(users.begin(), users.end(), id) != users.end();
        },
        sink);
}

}  // namespace

void claim_refuted(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    const diagnostics::Subject whole{"plan", plan.heading.name};
    judge_rta(
        facts, whole, plan.objectives.claims_rta, [](auto) { return true; }, sink);
    judge_rpa(
        facts, whole, plan.objectives.claims_rpa, [](auto) { return true; }, sink);
    for (const auto id : plan.tiers.ids()) judge_tier(facts, id, sink);
    for (const auto id : plan.services.ids()) judge_service(facts, id, sink);
    for (const auto id : plan.data.ids())
        judge_rpa(
            facts, {"data", plan.data[id].heading.name}, plan.data[id].objectives.claims_rpa, [&](auto one) { return one == id; }, sink);
}

}  // namespace muster::analysis::rules
