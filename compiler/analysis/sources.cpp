#include "compiler/analysis/sources.h"

#include <fmt/format.h>

#include <tuple>

namespace muster::analysis {
namespace {

using model::Plan;
using model::Promote;
using model::Restore;
using support::never;

bool may_use(const Restore& restore, const CopyOutcome& row) {
    if (!row.copy) return false;
    if (restore.copy) return row.copy == restore.copy;
    return row.store == restore.store;
}

Time restoring(const Plan& plan, Id<model::Dataset> data, const CopyOutcome& row, Instant as_of) {
    if (!row.store) return Time::zero();
    return restore_time(plan, data, *row.copy, *row.store, as_of).planning().value_or(never);
}

std::string what_is_wrong(const Plan& plan, const std::vector<const CopyOutcome*>& rows) {
    if (rows.empty()) return "nothing writes it where the step reads";
    std::string text;
    for (const CopyOutcome* row : rows)
        text += fmt::format("{}`{}` is {}: {}", text.empty() ? "" : "; ", name_of(plan, *row), copy_state_name(row->state), row->reason);
    return text;
}

template <class MayUse>
Source pick(const Plan& plan, Id<model::Step> step, Id<model::Dataset> data, const std::vector<CopyOutcome>& rows, Instant as_of,
            MayUse may_use_row) {
    Source source{data, step, {}, {}};
    std::vector<const CopyOutcome*> refused;
    for (const CopyOutcome& row : rows) {
        if (!may_use_row(row)) continue;
        if (row.state != CopyState::usable) {
            refused.push_back(&row);
            continue;
        }
        const auto rank = [&](const CopyOutcome& r) { return std::tuple(r.loss.value_or(never), restoring(plan, data, r, as_of)); };
        if (!source.copy || rank(row) < rank(*source.copy)) source.copy = row;
    }
    if (!source.copy) source.why_none = what_is_wrong(plan, refused);
    return source;
}

}  // namespace

std::vector<Source> sources_of(const Plan& plan, Id<model::Step> id, const std::vector<std::vector<CopyOutcome>>& copies, Instant as_of) {
    std::vector<Source> sources;
    const model::Step& step = plan.steps[id];
    if (!step.action) return sources;
    if (const auto* restore = std::get_if<Restore>(&*step.action)) {
        for (const auto& data : restore->data)
            sources.push_back(pick(plan, id, data.value, copies[data.value.value], as_of,
                                   [&](const CopyOutcome& row) { return may_use(*restore, row); }));
    }
    if (const auto* promote = std::get_if<Promote>(&*step.action))
        sources.push_back(pick(plan, id, promote->data, copies[promote->data.value], as_of,
                               [&](const CopyOutcome& row) { return row.copy == promote->replica; }));
    return sources;
}

Transfer transfer_of(const Plan& plan, const std::vector<Source>& sources, Instant as_of) {
    Transfer sum;
    for (const Source& source : sources) {
        if (!source.copy || !source.copy->store) continue;
        Transfer one = restore_time(plan, source.data, *source.copy->copy, *source.copy->store, as_of);
        if (!one.unknown.empty()) return one;
        if (one.retrieval.planning() > sum.retrieval.planning()) sum.retrieval = one.retrieval;
        sum.moving = support::later(sum.moving, one.moving);
        sum.moving_log = support::later(sum.moving_log, one.moving_log);
        sum.replaying = support::later(sum.replaying, one.replaying);
    }
    return sum;
}

}  // namespace muster::analysis
