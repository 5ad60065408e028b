#include "compiler/analysis/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
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

Time retrieval(const Plan& plan, const CopyOutcome& row) {
    if (!row.store) return Time::zero();
    const model::Store& store = plan.stores[*row.store];
    if (store.retrieval) return store.retrieval->value.planning();
    return store.storage_class.empty() ? Time::zero() : never;
}

bool says_its_size(const Plan& plan, const model::Copy& copy) {
    if (copy.archive() != nullptr && copy.archive()->base) return says_its_size(plan, plan.copies[copy.archive()->base->value]);
    return copy.backup() != nullptr && copy.backup()->size;
}

std::string what_is_wrong(const Plan& plan, const std::vector<const CopyOutcome*>& rows) {
    if (rows.empty()) return "nothing writes it where the step reads";
    std::string text;
    for (const CopyOutcome* row : rows)
        text += fmt::format("{}`{}` is {}: {}", text.empty() ? "" : "; ", name_of(plan, *row), copy_state_name(row->state), row->reason);
    return text;
}

template <class MayUse>
Source pick(const Plan& plan, Id<model::Step> step, Id<model::Dataset> data, const std::vector<CopyOutcome>& rows, MayUse may_use_row) {
    Source source{data, step, {}, {}, {}};
    std::vector<const CopyOutcome*> refused;
    for (const CopyOutcome& row : rows) {
        if (!may_use_row(row)) continue;
        if (row.state != CopyState::usable) {
            refused.push_back(&row);
            continue;
        }
        const auto rank = [&](const CopyOutcome& r) { return std::tuple(r.loss.value_or(never), retrieval(plan, r), name_of(plan, r)); };
        if (!source.copy || rank(row) < rank(*source.copy)) source.copy = row;
    }
    if (!source.copy) source.why_none = what_is_wrong(plan, refused);
    return source;
}

// One flow of a sum, and how long it takes.
struct Reading {
    std::size_t flow;
    Time takes;
};

// Adds what `one` moves to the flow of `sum` that `reading` is, which passes the channels of both and takes as long as the slower.
void read_with(const Transfer& one, Reading& reading, Transfer& sum) {
    if (reading.flow == sum.flows.size()) sum.flows.push_back({one.flows.front().bytes, {}});
    auto& channels = sum.flows[reading.flow].channels;
    for (const auto channel : one.flows.front().channels)
        if (std::find(channels.begin(), channels.end(), channel) == channels.end()) channels.push_back(channel);
    if (one.moving <= reading.takes) return;
    sum.moving = support::later(sum.moving, one.moving - reading.takes);
    reading.takes = one.moving;
}

}  // namespace

std::vector<Source> sources_of(const Plan& plan, Id<model::Step> id, const std::vector<std::vector<CopyOutcome>>& copies) {
    std::vector<Source> sources;
    const model::Step& step = plan.steps[id];
    if (!step.action) return sources;
    if (const auto* restore = std::get_if<Restore>(&*step.action)) {
        for (const auto& data : restore->data)
            sources.push_back(
                pick(plan, id, data.value, copies[data.value.value], [&](const CopyOutcome& row) { return may_use(*restore, row); }));
    }
    if (const auto* promote = std::get_if<Promote>(&*step.action))
        sources.push_back(pick(plan, id, promote->data, copies[promote->data.value],
                               [&](const CopyOutcome& row) { return row.copy == promote->replica; }));
    return sources;
}

Transfer transfer_of(const Plan& plan, const std::vector<Source>& sources, const Schedules& schedules) {
    Transfer sum;
    std::map<std::pair<Id<model::Copy>, Id<model::Store>>, Reading> whole;  // what is read once for all the data in it
    for (const Source& source : sources) {
        if (!source.copy || !source.copy->store) continue;
        Transfer one = restore_time(plan, source.data, *source.copy->copy, *source.copy->store, schedules, source.sink);
        if (!one.unknown.empty()) return one;
        if (one.retrieval.planning() > sum.retrieval.planning()) sum.retrieval = one.retrieval;
        sum.latency = std::max(sum.latency, one.latency);
        Reading once{sum.flows.size(), Time::zero()};
        const bool shared = says_its_size(plan, plan.copies[*source.copy->copy]);
        Reading& reading = shared ? whole.try_emplace({*source.copy->copy, *source.copy->store}, once).first->second : once;
        read_with(one, reading, sum);
        sum.moving_log = support::later(sum.moving_log, one.moving_log);
        sum.replaying = support::later(sum.replaying, one.replaying);
        sum.logs.insert(sum.logs.end(), one.logs.begin(), one.logs.end());
        sum.origins.insert(sum.origins.end(), one.origins.begin(), one.origins.end());
    }
    return sum;
}

}  // namespace muster::analysis
