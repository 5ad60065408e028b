// A store that the plan declares and nothing writes to stands in every inventory as a place where copies are. The network drive that was
// bought for backups and forgotten is found empty on the day it is needed.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Kind;

// Everything that the plan uses a store for, whatever it is.
std::vector<bool> used_stores(const model::Plan& plan) {
    std::vector<bool> used(plan.stores.size());
    const auto use = [&](const std::vector<model::SaidThing>& things) {
        for (const auto& thing : things)
            if (thing.value.kind == Kind::store) used[thing.value.index] = true;
    };
    for (const model::Copy& copy : plan.copies)
        for (const auto store : copy.stores()) used[store.value] = true;
    for (const model::Store& store : plan.stores)
        for (const auto& replication : store.replicates) used[replication.to.value.value] = true;
    for (const model::Secret& secret : plan.secrets) use(secret.kept_in);
    for (const model::Tool& tool : plan.tools) use(tool.in);
    for (const model::Service& service : plan.services) {  // what takes part in a service is no place for copies
        use(service.wants);
        for (const auto& any_of : service.needs) use(any_of);
    }
    for (const model::Step& step : plan.steps) {
        use(step.required);
        if (!step.action) continue;
        if (const auto* forensics = std::get_if<model::CaptureForensics>(&*step.action); forensics != nullptr && forensics->to)
            used[forensics->to->value] = true;
        // restore-without-source says so.
        if (const auto* restore = std::get_if<model::Restore>(&*step.action); restore != nullptr && restore->store)
            used[restore->store->value] = true;
    }
    return used;
}

}  // namespace

void store_never_written(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    const std::vector<bool> used = used_stores(plan);
    for (const auto id : plan.stores.ids()) {
        if (used[id.value]) continue;
        const model::Heading& store = plan.stores[id].heading;
        auto& d = sink.report(diagnostics::messages::store_never_written, store.span, diagnostics::Name{store.name});
        d.subject = {"store", store.name};
        d.help = fmt::format("let a backup go `to {}`, or remove the store", store.name);
    }
}

}  // namespace muster::analysis::rules
