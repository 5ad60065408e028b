// The copy of a secret is a secret. Data that has to be encrypted is guarded in production by a dozen people, and its backup lies in a
// bucket that a hundred can read, or on a disk that somebody throws away.
#include <fmt/format.h>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

const model::Classification* class_that_demands_it(const Plan& plan, const model::Dataset& data) {
    for (const auto id : data.classified)
        if (plan.classifications[id].encrypted) return &plan.classifications[id];
    return nullptr;
}

void report(const Plan& plan, const model::Dataset& data, const model::Classification& by, const Holding& held, diagnostics::Sink& sink) {
    const model::Store& store = plan.stores[*held.store];
    const std::string copy = model::qualified_name(plan, held.copy);
    auto& d = sink.report(diagnostics::messages::copy_not_encrypted, plan.copies[held.copy].heading.span, diagnostics::Name{copy},
                          diagnostics::Words{fmt::format("a copy of data of class `{}`, which has to be encrypted,", by.heading.name)},
                          diagnostics::Words{fmt::format("`{}`", store.heading.name)});
    d.subject = {std::string{plan.copies[held.copy].kind_name()}, fmt::format("{} in {}", copy, store.heading.name)};
    d.related = {{by.heading.span, "demanded here"}, {data.heading.span, "the data"}, {store.heading.span, "where it lies"}};
    d.help = fmt::format("say `encrypted` in store `{}` where it is, or `encrypt age key …` in the copy, and keep the key elsewhere",
                         store.heading.name);
}

}  // namespace

void copy_not_encrypted(const Facts& facts, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    for (const auto id : plan.data.ids()) {
        const auto* by = class_that_demands_it(plan, plan.data[id]);
        if (by == nullptr) continue;
        for (const Holding& held : holdings_of(plan, id))
            if (held.tells_encryption && !held.encrypted) report(plan, plan.data[id], *by, held, sink);
    }
}

}  // namespace muster::analysis::rules
