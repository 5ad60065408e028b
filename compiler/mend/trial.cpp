#include "compiler/mend/trial.h"

#include <algorithm>

#include "compiler/sema/resolve.h"
#include "compiler/sema/what_if.h"
#include "compiler/syntax/parse.h"

namespace muster::mend {
namespace {

template <class T>
std::optional<Id<T>> named(const support::Table<T>& table, const std::string& name) {
    for (const auto id : table.ids())
        if (table[id].heading.name == name) return id;
    return std::nullopt;
}

}  // namespace

std::optional<Changed> make(const Subject& subject, const std::string& change) {
    auto text = support::make_source("--set", change);
    if (!text) return std::nullopt;
    support::Sources sources = subject.sources;
    diagnostics::Sink sink;
    const support::FileId file = sources.add(std::move(*text));
    const ast::File parsed = syntax::parse_changes(sources[file], file, sink);
    const auto changed = sema::changed(subject.parsed, parsed.declarations, sink);
    Changed made{sema::resolve(changed.files, sources, sink), {}};
    if (sink.has_errors()) return std::nullopt;
    made.schedules.emplace(made.plan, subject.schedules);
    return made;
}

Reached reached(const Changed& changed, const Ailment& ailment, Id<model::Scenario> scenario) {
    const analysis::Estimate e = analysis::estimate(changed.plan, scenario, *changed.schedules);
    if (ailment.service) {
        const auto& outcome = e.services[named(changed.plan.services, ailment.name)->value];
        return {outcome.rta, outcome.verdict == analysis::Verdict::met};
    }
    const auto& outcome = e.data[named(changed.plan.data, ailment.name)->value];
    return {outcome.rpa, outcome.verdict == analysis::Verdict::met};
}

}  // namespace muster::mend
