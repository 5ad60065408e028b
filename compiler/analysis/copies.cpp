#include "compiler/analysis/copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace muster::analysis {
namespace {

using model::Copy;
using model::Dataset;
using model::Destination;
using model::Plan;
using model::Store;
using support::format_duration;

class Ledger {
public:
    Ledger(const Plan& plan, Id<Dataset> data, const Damage& damage)
        : plan_(plan), data_(data), damage_(damage), impact_(*damage.impact), damaged_(impact_.data_damaged[data.value]) {}

    std::vector<CopyOutcome> run() {
        rows_.push_back(primary());
        for (const auto id : model::copies_of(plan_, data_)) {
            const Copy& copy = plan_.copies[id];
            if (copy.replica() != nullptr) rows_.push_back(replica(id, *copy.replica()));
            if (copy.repository() != nullptr) repository(id, *copy.repository());
            if (copy.archive() != nullptr)
                for (const Destination& to : copy.archive()->to) rows_.push_back(archive(id, *copy.archive(), to));
            if (copy.backup() != nullptr)
                for (const Destination& to : copy.backup()->to) rows_.push_back(backup(id, *copy.backup(), to));
        }
        return std::move(rows_);
    }

private:
    // D: how long this data's damage went unseen.
    std::optional<Time> unseen() const { return damaged_ ? damage_.unseen : std::optional(Time::zero()); }

    static void fail(CopyOutcome& row, CopyState state, std::string reason) {
        if (row.state != CopyState::usable) return;
        row.state = state;
        row.reason = std::move(reason);
    }

    CopyOutcome primary() const {
        CopyOutcome row{{}, {}, CopyState::usable, "the data itself", Time::zero()};
        if (damaged_) fail(row, CopyState::tainted, "it is what was damaged");
        if (impact_.data_destroyed[data_.value]) fail(row, CopyState::lost, "it is destroyed together with what held it");
        const auto& holders = plan_.data[data_].in;
        const bool out_of_reach = !holders.empty() && std::all_of(holders.begin(), holders.end(), [&](const auto& holder) {
            return lost_every_place(impact_, plan_.services[holder.value]);
        });
        if (out_of_reach && !damage_.returns)
            fail(row, CopyState::lost, "every place that holds it is down and does not come back by itself");
        return row;
    }

    void check_store(CopyOutcome& row, Id<Store> id) const {
        const Store& store = plan_.stores[id];
        if (impact_.stores_destroyed[id.value]) fail(row, CopyState::lost, fmt::format("`{}` is destroyed", store.heading.name));
        if (impact_.stores_down[id.value] && !damage_.returns)
            fail(row, CopyState::lost, fmt::format("`{}` is down and does not come back by itself", store.heading.name));
        if (impact_.stores_compromised[id.value] && !store.immutable)
            fail(row, CopyState::compromised,
                 fmt::format("the attacker reaches `{}`, and what is in it can be changed", store.heading.name));
    }

    CopyOutcome replica(Id<Copy> id, const model::Replica& replica) const {
        CopyOutcome row{id, {}, CopyState::usable, {}, {}};
        const bool rolls_clear = replica.delayed && unseen() && replica.delayed->value.planning() > *unseen();
        if (damaged_ && !rolls_clear) fail(row, CopyState::tainted, "it follows every change of the data, and so the damage");
        if (replica.to && destroyed(impact_, *replica.to)) fail(row, CopyState::lost, "its place is destroyed");
        if (replica.to && impact_.down(*replica.to) && !damage_.returns) fail(row, CopyState::lost, "its place is down");
        if (!unseen()) return row;
        const Time lag = replica.delayed ? replica.delayed->value.planning() : replica.lag.planning();
        row.loss = replica.synchronous ? *unseen() : std::max(*unseen(), lag);
        if (row.state == CopyState::usable)
            row.reason = replica.synchronous ? "synchronous: nothing is lost" : fmt::format("it lags up to {}", format_duration(lag));
        return row;
    }

    void repository(Id<Copy> id, const model::Repository& repository) {
        if (repository.in.empty()) rows_.push_back({id, {}, CopyState::usable, "versioned: what was pushed is safe", Time::zero()});
        for (const auto& store : repository.in) {
            CopyOutcome row{id, store.value, CopyState::usable, {}, Time::zero()};
            check_store(row, store.value);
            if (row.state == CopyState::usable) row.reason = "versioned: what was pushed is safe";
            rows_.push_back(row);
        }
    }

    // A log reaches to the moment before the damage, but only on top of a base that is left.
    CopyOutcome archive(Id<Copy> id, const model::Archive& archive, const Destination& to) const {
        CopyOutcome row{id, to.store, CopyState::usable, {}, {}};
        check_store(row, to.store);
        if (!archive.base) fail(row, CopyState::lost, "it names no base copy to replay the log on");
        else if (!base_is_left(archive.base->value)) fail(row, CopyState::lost, "no usable base copy is left to replay the log on");
        if (!archive.every) {
            if (row.state == CopyState::usable) row.reason = "no interval: an idle log is never shipped, so the loss has no bound";
            return row;
        }
        if (!unseen()) return row;
        const Time shipping = archive.every->value + archive.upload.planning();
        row.loss = std::max(*unseen(), shipping);
        if (row.state == CopyState::usable)
            row.reason = loss_reason("interval", archive.every->value, Time::zero(), archive.upload.planning());
        return row;
    }

    bool base_is_left(Id<Copy> base) const {
        const Copy& copy = plan_.copies[base];
        if (copy.backup() == nullptr) return false;
        return std::any_of(copy.backup()->to.begin(), copy.backup()->to.end(),
                           [&](const Destination& to) { return backup(base, *copy.backup(), to).state == CopyState::usable; });
    }

    CopyOutcome backup(Id<Copy> id, const model::Backup& backup, const Destination& to) const {
        CopyOutcome row{id, to.store, CopyState::usable, {}, {}};
        check_store(row, to.store);
        const auto gap = longest_gap_of(backup, damage_.as_of);
        const auto upload = upload_time(plan_, plan_.copies[id], to.store);
        if (!gap || !upload || !unseen()) {
            if (row.state == CopyState::usable)
                row.reason = !gap      ? "it has no schedule that ever starts"
                             : !upload ? "how long its upload takes is not known"
                                       : "when the damage is found is not known";
            return row;
        }
        const Time run = backup.takes.planning() + *upload;
        const Time moved = to.after.value_or(Time::zero());
        row.loss = moved + *gap + std::max(*unseen(), run);
        if (const auto kept = kept_for(backup, to); kept && *kept < *row.loss)
            fail(row, CopyState::expired,
                 fmt::format("its newest clean point can be {} old and is kept {}", format_duration(*row.loss), format_duration(*kept)));
        if (row.state == CopyState::usable) row.reason = loss_reason("longest gap", *gap, backup.takes.planning(), *upload);
        return row;
    }

    // How long a run stays at `to`: as the plan says, and no longer than until it is moved on. Nothing: forever.
    std::optional<Time> kept_for(const model::Backup& backup, const Destination& to) const {
        std::optional<Time> kept;
        bool forever = backup.keep.empty();
        for (const model::Retention& keep : backup.keep) {
            if (keep.in && *keep.in != to.store) continue;
            if (!keep.length) forever = true;
            else kept = std::max(kept.value_or(Time::zero()), *keep.length);
        }
        if (forever) kept = std::nullopt;
        for (const Destination& next : backup.to)
            if (next.after && next.after > to.after) kept = std::min(kept.value_or(support::never), *next.after);
        return kept;
    }

    std::string loss_reason(std::string_view what, Time gap, Time takes, Time upload) const {
        std::string text = fmt::format("{} {}", what, format_duration(gap));
        const Time run = takes + upload;
        if (*unseen() > run) return text + fmt::format(" + {} unseen", format_duration(*unseen()));
        if (takes > Time::zero()) text += fmt::format(" + {} duration", format_duration(takes));
        if (upload > Time::zero()) text += fmt::format(" + {} upload", format_duration(upload));
        return text;
    }

    const Plan& plan_;
    Id<Dataset> data_;
    const Damage& damage_;
    const Impact& impact_;
    bool damaged_;
    std::vector<CopyOutcome> rows_;
};

}  // namespace

std::string_view copy_state_name(CopyState state) {
    constexpr std::array<std::string_view, 5> names{"usable", "expired", "compromised", "tainted", "lost"};
    return names.at(static_cast<std::size_t>(state));
}

std::vector<CopyOutcome> copies_after(const Plan& plan, Id<Dataset> data, const Damage& damage) { return Ledger(plan, data, damage).run(); }

std::string name_of(const Plan& plan, const CopyOutcome& outcome) {
    if (!outcome.copy) return "primary";
    std::string name = plan.copies[*outcome.copy].heading.name;
    if (outcome.store) name += " in " + plan.stores[*outcome.store].heading.name;
    return name;
}

bool better(const CopyOutcome& a, const CopyOutcome& b) {
    if ((a.state == CopyState::usable) != (b.state == CopyState::usable)) return a.state == CopyState::usable;
    return a.loss.value_or(support::never) < b.loss.value_or(support::never);
}

}  // namespace muster::analysis
