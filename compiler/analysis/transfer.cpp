#include "compiler/analysis/transfer.h"

#include <fmt/format.h>

#include <limits>

#include "compiler/analysis/link.h"

namespace muster::analysis {
namespace {

using model::Copy;
using model::Dataset;
using model::Plan;
using model::Store;
using support::later;
using support::Rate;

std::optional<Size> own_size(const Copy& copy) {
    return copy.backup() != nullptr && copy.backup()->size ? std::optional(copy.backup()->size->value) : std::nullopt;
}

std::optional<Rate> slowest(std::initializer_list<std::optional<Rate>> rates) {
    std::optional<Rate> least;
    for (const auto& rate : rates)
        if (rate) least = least ? support::slower(*least, *rate) : *rate;
    return least;
}

std::optional<Rate> value_of(const std::optional<support::Said<Rate>>& said) { return said ? std::optional(said->value) : std::nullopt; }

std::optional<Rate> reading_rate(const Store& store) { return store.restores_at ? value_of(store.restores_at) : value_of(store.rate); }

// The copy that is loaded first: of an archive its base.
Id<Copy> loaded_first(const Plan& plan, Id<Copy> copy) {
    const auto* archive = plan.copies[copy].archive();
    return archive != nullptr && archive->base ? archive->base->value : copy;
}

// How fast the tool of a copy loads it back, where the data does not say.
const std::optional<model::Taken<Rate>>& tool_rate(const Plan& plan, Id<Dataset> data, Id<Copy> copy) {
    static const std::optional<model::Taken<Rate>> none;
    return plan.data[data].restores_at ? none : plan.copies[loaded_first(plan, copy)].loads_at;
}

// What limits reading `data` out of `store` over `link`; empty where nothing is said.
std::vector<std::uint32_t> channels_between(const Plan& plan, Id<Store> store, Id<Dataset> data, Id<Copy> copy,
                                            std::optional<Id<model::Link>> link) {
    std::vector<std::uint32_t> channels;
    const std::size_t stores = plan.stores.size();
    if (link && plan.links[*link].bandwidth)
        channels.push_back(static_cast<std::uint32_t>(stores + plan.data.size() + plan.copies.size()) + link->value);
    if (reading_rate(plan.stores[store])) channels.push_back(store.value);
    if (plan.data[data].restores_at) channels.push_back(static_cast<std::uint32_t>(stores + data.value));
    if (tool_rate(plan, data, copy))
        channels.push_back(static_cast<std::uint32_t>(stores + plan.data.size() + loaded_first(plan, copy).value));
    return channels;
}

// What has to be replayed on top of the base, as model.md has it.
void add_log(const Plan& plan, const Dataset& data, const model::Archive& archive, Id<Store> store, Rate rate, const Schedules& schedules,
             Transfer& transfer) {
    if (!archive.base) {
        transfer.unknown = "the archive names no base copy";
        return;
    }
    const Copy& base = plan.copies[archive.base->value];
    if (!data.changes || !archive.replay) {
        transfer.unknown =
            fmt::format("{} is not said", !data.changes ? "how fast `" + data.heading.name + "` changes" : "how fast the log is replayed");
        return;
    }
    const auto run = schedules.run(archive.base->value, store);
    if (!run.gap) {
        transfer.unknown = fmt::format("how old the base `{}` can be is not known", base.heading.name);
        return;
    }
    const Size log = support::volume(data.changes->value, later(*run.gap, *run.length));
    if (log.bytes == std::numeric_limits<std::int64_t>::max()) {
        transfer.unknown = fmt::format("the log of `{}` comes to more bytes than can be counted", data.heading.name);
        return;
    }
    transfer.moving_log = support::transfer_time(log, rate);
    transfer.logs = {{log, transfer.flows.front().channels}};
    transfer.replaying = support::transfer_time(log, archive.replay->value);
    if (archive.replay_origin) transfer.origins.push_back(*archive.replay_origin);
}

}  // namespace

Time Transfer::after_retrieval() const { return support::later(support::later(moving, moving_log), replaying); }

Time Transfer::verification() const {
    Time sum{0};
    for (const model::Duration& check : verifying) sum = support::later(sum, check.planning());
    return sum;
}

const Flow& Transfer::flow(std::size_t number) const { return number < flows.size() ? flows[number] : logs[number - flows.size()]; }

std::optional<Time> Transfer::planning() const {
    if (!unknown.empty()) return std::nullopt;
    return support::later(support::later(support::later(retrieval.planning(), latency), after_retrieval()), verification());
}

Transfer restore_time(const Plan& plan, Id<Dataset> data_id, Id<Copy> copy_id, Id<Store> store_id, const Schedules& schedules,
                      std::optional<Id<model::Site>> sink) {
    const Dataset& data = plan.data[data_id];
    const Copy& copy = plan.copies[copy_id];
    const Store& store = plan.stores[store_id];
    Transfer transfer;
    if (store.retrieval) transfer.retrieval = store.retrieval->value;
    const auto link = link_between(plan, store.at, sink);
    if (link) transfer.latency = plan.links[*link].latency.planning();
    const auto& by_tool = tool_rate(plan, data_id, copy_id);
    const auto rate = slowest({reading_rate(store), value_of(data.restores_at), by_tool ? std::optional(by_tool->value) : std::nullopt,
                               link ? value_of(plan.links[*link].bandwidth) : std::nullopt});
    auto size = own_size(plan.copies[loaded_first(plan, copy_id)]);
    if (!size && data.size) size = data.size->value;
    if (!store.storage_class.empty() && !store.retrieval)
        transfer.unknown = fmt::format("how long storage class `{}` of `{}` makes one wait is not said, and no profile in force knows it",
                                       store.storage_class, store.heading.name);
    else if (!rate)
        transfer.unknown =
            fmt::format("neither `{}` nor `{}` says at what rate it is read or loaded back", store.heading.name, data.heading.name);
    else if (!size) transfer.unknown = fmt::format("the size of `{}` is not said", data.heading.name);
    if (!transfer.unknown.empty()) return transfer;
    transfer.moving = support::transfer_time(*size, *rate);
    transfer.flows = {{*size, channels_between(plan, store_id, data_id, copy_id, link)}};
    if (by_tool) transfer.origins.push_back(by_tool->origin);
    if (copy.archive() != nullptr) add_log(plan, data, *copy.archive(), store_id, *rate, schedules, transfer);
    return transfer;
}

std::vector<Rate> channels_of(const Plan& plan) {
    std::vector<Rate> channels;
    for (const Store& store : plan.stores) channels.push_back(reading_rate(store).value_or(Rate{}));
    for (const Dataset& data : plan.data) channels.push_back(value_of(data.restores_at).value_or(Rate{}));
    for (const Copy& copy : plan.copies) channels.push_back(copy.loads_at ? copy.loads_at->value : Rate{});
    for (const model::Link& link : plan.links) channels.push_back(value_of(link.bandwidth).value_or(Rate{}));
    return channels;
}

}  // namespace muster::analysis
