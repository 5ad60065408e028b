// Whoever has asked for a name keeps the answer for its time to live (RFC 1035, 3.2.1), and goes on to the site that is down until then.
// A switch that says none counts none: the RTA is better than what users see by as long as the record says.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {

void dns_without_ttl(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) {
        const model::Step& step = facts.plan.steps[id];
        const auto* dns = step.action ? std::get_if<model::SwitchDns>(&*step.action) : nullptr;
        if (dns == nullptr || dns->ttl.planning() > Time::zero()) continue;
        const std::string name = model::qualified_name(facts.plan, id);
        const std::string& site = facts.plan.sites[dns->to].heading.name;
        auto& d = sink.report(diagnostics::messages::dns_without_ttl, step.heading.span, diagnostics::Name{name},
                              diagnostics::Name{dns->name}, diagnostics::Name{site});
        d.subject = {"step", name};
        d.help = fmt::format("say what the record says: `switch dns \"{}\" to {} ttl 5m`", dns->name, site);
    }
}

}  // namespace muster::analysis::rules
