#include "compiler/analysis/rules/queue.h"

#include "compiler/analysis/path.h"

namespace muster::analysis::rules {
namespace {

bool missed_by_waiting(const ServiceOutcome& outcome) {
    return outcome.rto && outcome.verdict == Verdict::missed && outcome.critical_path && *outcome.critical_path <= outcome.rto->value;
}

std::optional<Id<model::Role>> role_at(const model::Plan& plan, const support::Span& span) {
    for (const auto id : plan.roles.ids())
        if (plan.roles[id].heading.span == span) return id;
    return std::nullopt;
}

}  // namespace

std::optional<Id<model::Role>> late_only_for(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    if (!missed_by_waiting(outcome)) return std::nullopt;
    std::optional<Id<model::Role>> role;
    Time longest{0};
    for (const PathPart& part : path_of(plan, e, outcome)) {
        if (part.kind != "queue" || part.end - part.begin <= longest) continue;
        const auto found = role_at(plan, part.span);
        if (!found) continue;
        role = found;
        longest = part.end - part.begin;
    }
    return role;
}

}  // namespace muster::analysis::rules
