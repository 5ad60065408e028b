#include "compiler/analysis/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

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

std::optional<Size> size_of_all(const Plan& plan, const Copy& copy) {
    if (const auto own = own_size(copy)) return own;
    Size sum{};
    for (const auto& data : copy.of) {
        const auto& size = plan.data[data.value].size;
        if (!size) return std::nullopt;
        sum.bytes += size->value.bytes;
    }
    return sum;
}

std::optional<Rate> slowest(std::initializer_list<std::optional<Rate>> rates) {
    std::optional<Rate> least;
    for (const auto& rate : rates)
        if (rate) least = least ? support::slower(*least, *rate) : *rate;
    return least;
}

std::optional<Rate> value_of(const std::optional<support::Said<Rate>>& said) { return said ? std::optional(said->value) : std::nullopt; }

std::optional<Rate> reading_rate(const Store& store, const Dataset& data) {
    return slowest({store.restores_at ? value_of(store.restores_at) : value_of(store.rate), value_of(data.restores_at)});
}

// What has to be replayed on top of the base, as model.md has it.
void add_log(const Plan& plan, const Dataset& data, const model::Archive& archive, Id<Store> store, Rate rate, Instant as_of,
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
    const auto upload = base.backup() != nullptr ? upload_time(plan, base, store) : std::nullopt;
    const auto gap = upload ? longest_gap_of(*base.backup(), later(base.backup()->takes.planning(), *upload), as_of) : std::nullopt;
    if (!gap || !upload) {
        transfer.unknown = fmt::format("how old the base `{}` can be is not known", base.heading.name);
        return;
    }
    const Size log = support::volume(data.changes->value, later(*gap, later(base.backup()->takes.planning(), *upload)));
    transfer.moving_log = support::transfer_time(log, rate);
    transfer.replaying = support::transfer_time(log, archive.replay->value);
}

// How many starts are walked where runs take longer than some gap; hourly starts of 28 years are 245,000.
constexpr std::size_t most_starts = 300'000;
// How many starts are enough to see the shortest gap of a calendar.
constexpr std::size_t first_starts = 400;

bool overlaps(const Timetable& timetable, Time run, Instant as_of) {
    auto at = timetable.next(as_of);
    for (std::size_t i = 0; at && i < first_starts; ++i) {
        const auto next = timetable.next(*at);
        if (next && *next - *at < run) return true;
        at = next;
    }
    return false;
}

// Walks the starts that are not skipped, and sums `missed` + 1 of their gaps at a time.
std::optional<Time> longest_gap_of_runs(const Timetable& timetable, Time run, std::int64_t missed, Instant as_of) {
    std::deque<Instant> last;
    std::optional<Time> longest;
    auto at = timetable.next(as_of);
    for (std::size_t i = 0; at && i < most_starts && *at < as_of + gap_horizon; ++i) {
        if (!last.empty() && *at - last.back() < run) {
            at = timetable.next(std::max(*at, last.back() + run - Time{1}));
            continue;
        }
        last.push_back(*at);
        if (static_cast<std::int64_t>(last.size()) > missed + 2) last.pop_front();
        if (static_cast<std::int64_t>(last.size()) == missed + 2)
            longest = std::max(longest.value_or(Time::zero()), last.back() - last.front());
        at = timetable.next(*at);
    }
    return longest;
}

}  // namespace

Time Transfer::after_retrieval() const { return support::later(support::later(moving, moving_log), replaying); }

std::optional<Time> Transfer::planning() const {
    if (!unknown.empty()) return std::nullopt;
    return support::later(retrieval.planning(), after_retrieval());
}

Transfer restore_time(const Plan& plan, Id<Dataset> data_id, Id<Copy> copy_id, Id<Store> store_id, Instant as_of) {
    const Dataset& data = plan.data[data_id];
    const Copy& copy = plan.copies[copy_id];
    const Store& store = plan.stores[store_id];
    Transfer transfer;
    if (store.retrieval) transfer.retrieval = store.retrieval->value;
    const auto rate = reading_rate(store, data);
    const bool on_base = copy.archive() != nullptr && copy.archive()->base;
    auto size = own_size(on_base ? plan.copies[copy.archive()->base->value] : copy);
    if (!size && data.size) size = data.size->value;
    if (!rate)
        transfer.unknown =
            fmt::format("neither `{}` nor `{}` says at what rate it is read or loaded back", store.heading.name, data.heading.name);
    else if (!size) transfer.unknown = fmt::format("the size of `{}` is not said", data.heading.name);
    if (!transfer.unknown.empty()) return transfer;
    transfer.moving = support::transfer_time(*size, *rate);
    if (copy.archive() != nullptr) add_log(plan, data, *copy.archive(), store_id, *rate, as_of, transfer);
    return transfer;
}

std::optional<Time> upload_time(const Plan& plan, const Copy& copy, Id<Store> store_id) {
    const model::Backup& backup = *copy.backup();
    const Store& store = plan.stores[store_id];
    if (backup.upload) return backup.upload->value.planning();
    const auto size = size_of_all(plan, copy);
    if (store.rate && size) return support::transfer_time(*size, store.rate->value);
    if (store.type == "volume" && !store.rate) return Time::zero();
    return std::nullopt;
}

std::optional<Time> longest_gap_of(const model::Backup& backup, Time run, Instant as_of) {
    if (!backup.schedule) return std::nullopt;
    const Timetable timetable(*backup.schedule);
    if (!overlaps(timetable, run, as_of)) return timetable.longest_gap(as_of, backup.tolerates_missed);
    return longest_gap_of_runs(timetable, run, backup.tolerates_missed, as_of);
}

}  // namespace muster::analysis
