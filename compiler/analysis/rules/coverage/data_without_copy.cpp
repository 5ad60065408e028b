// Data that exists once is lost with the first disk, site or mistake. Caches that can be made again say `rebuilt in`.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {

void data_without_copy(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.data.ids()) {
        const model::Dataset& data = facts.plan.data[id];
        if (data.rebuilt_in || !facts.plan.index.copies[id.value].empty()) continue;
        auto& d = sink.report(diagnostics::messages::data_without_copy, data.heading.span, diagnostics::Name{data.heading.name});
        d.subject = {"data", data.heading.name};
        const auto rpo = model::rpo_of(facts.plan, id, model::DisruptionKind::hardware);
        if (rpo) {
            d.related = {{rpo->span, fmt::format("its RPO of {} cannot be kept", support::format_duration(rpo->value))}};
            d.target = rpo->value;
        }
        d.help =
            fmt::format("declare a `backup`, `replica`, `archive` or `repository` of {}, or say `rebuilt in` where it can be made again",
                        data.heading.name);
    }
}

}  // namespace muster::analysis::rules
