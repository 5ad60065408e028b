// A service cannot be back before what it needs. Where that may take longer than the service may, the objectives contradict each
// other whatever the procedures are: nobody can keep both promises on purpose.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::Said;

struct Needed {
    support::Id<model::Service> service;
    Said<Time> rto;
    support::Span span;  // where it is needed
};

// Of alternatives, the one that may take least: it is enough. Nothing where one of them has no RTO to contradict.
std::optional<Needed> quickest(const model::Plan& plan, const model::Alternatives& any_of, model::DisruptionKind kind) {
    std::optional<Needed> least;
    for (const auto& thing : any_of) {
        if (thing.value.kind != model::Kind::service) return std::nullopt;
        const support::Id<model::Service> id{thing.value.index};
        const auto rto = model::rto_of(plan, id, kind);
        if (!rto) return std::nullopt;
        if (!least || rto->value < least->rto.value) least = Needed{id, *rto, thing.span};
    }
    return least;
}

}  // namespace

void rto_inversion(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    constexpr auto kind = model::DisruptionKind::hardware;
    for (const auto id : plan.services.ids()) {
        const auto rto = model::rto_of(plan, id, kind);
        if (!rto) continue;
        for (const auto& any_of : plan.services[id].needs) {
            const auto needed = quickest(plan, any_of, kind);
            if (!needed || needed->rto.value <= rto->value) continue;
            const auto& service = plan.services[id].heading;
            const auto& other = plan.services[needed->service].heading;
            auto& d =
                sink.report(diagnostics::messages::rto_inversion, needed->span, diagnostics::Name{service.name},
                            diagnostics::Duration{rto->value}, diagnostics::Name{other.name}, diagnostics::Duration{needed->rto.value});
            d.primary.text = "needed here";
            d.related = {{rto->span, fmt::format("RTO of `{}`", service.name)}, {needed->rto.span, fmt::format("RTO of `{}`", other.name)}};
            d.subject = {"service", service.name};
            d.target = rto->value;
            d.achieved = needed->rto.value;
            d.help =
                fmt::format("give `{}` an RTO of {} or less, or `{}` one of {} or more; or say `wants` where it can run without",
                            other.name, support::format_duration(rto->value), service.name, support::format_duration(needed->rto.value));
        }
    }
}

}  // namespace muster::analysis::rules
