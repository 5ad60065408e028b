#include "compiler/analysis/copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/analysis/provenance.h"
#include "compiler/analysis/reach.h"
#include "compiler/analysis/replication.h"
#include "compiler/analysis/secrets.h"
#include "compiler/analysis/stopping.h"

namespace muster::analysis {
namespace {

using model::Copy;
using model::Dataset;
using model::Destination;
using model::Plan;
using model::Store;
using support::format_duration;

// Where a copy lies: a destination of its own, or a store that another passes it on to.
struct Place {
    Id<Store> store;
    Time after{0};  // the age at which it is moved there
    std::optional<Replicated> by;
};

class Ledger {
public:
    Ledger(const Plan& plan, Id<Dataset> data, const Damage& damage)
        : plan_(plan), data_(data), damage_(damage), impact_(*damage.impact), damaged_(impact_.data_damaged[data.value]) {}

    std::vector<CopyOutcome> run() {
        rows_.push_back(primary());
        for (const auto id : plan_.index.copies[data_.value]) {
            const Copy& copy = plan_.copies[id];
            if (copy.replica() != nullptr) rows_.push_back(replica(id, *copy.replica()));
            if (copy.repository() != nullptr) repository(id, *copy.repository());
            for (const Place& to : places_of(copy)) {
                if (copy.archive() != nullptr) rows_.push_back(archive(id, *copy.archive(), to));
                if (copy.backup() != nullptr) rows_.push_back(backup(id, *copy.backup(), to));
            }
        }
        return std::move(rows_);
    }

private:
    std::vector<Place> places_of(const Copy& copy) const {
        std::vector<Place> places;
        const auto add = [&](const std::vector<Destination>& all) {
            for (const Destination& to : all) places.push_back({to.store, to.after.value_or(Time::zero()), {}});
        };
        if (copy.archive() != nullptr) add(copy.archive()->to);
        if (copy.backup() != nullptr) add(copy.backup()->to);
        if (places.empty()) return places;
        const std::size_t own = places.size();
        for (const Replicated& one : replicated(plan_, copy)) {
            Time after{0};
            for (std::size_t i = 0; i < own; ++i)
                if (places[i].store == one.from) after = places[i].after;
            places.push_back({one.to, after, one});
        }
        return places;
    }

    // What an attacker deletes where it comes from is deleted here too.
    void check_deletes(CopyOutcome& row, const Place& at, Time age) const {
        if (!at.by || !at.by->with_deletes || is_locked(at.store, age)) return;
        if (reached(at.by->from, age))
            fail(row, CopyState::tainted,
                 fmt::format("what is deleted in `{}` is deleted here too", plan_.stores[at.by->from].heading.name));
    }

    // Whether the way by which runs get to where a copy lies is cut.
    bool is_cut_off(const Place& at) const {
        if (!at.by) return cut_off(plan_, impact_, data_, at.store);
        return cut_off(plan_, impact_, data_, at.by->from) ||
               impact_.partition.between({model::thing(at.by->from)}, {model::thing(at.by->to)});
    }

    // D: how long this data's damage went unseen.
    std::optional<Time> unseen() const { return damaged_ ? damage_.unseen : std::optional(Time::zero()); }

    // How long an attacker was at work unseen, whether or not this data is damaged.
    std::optional<Time> reached_for() const { return impact_.damage ? damage_.unseen : std::optional(Time::zero()); }

    // How old what an attacker must not have changed may be: D + the gap between copies.
    Time needed_age(std::optional<Time> gap) const {
        const auto unseen = reached_for();
        return gap && unseen ? support::later(*unseen, *gap) : support::never;
    }

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

    // Against an attacker only what cannot be changed helps, for as long as a clean point may be old: `immutable` covers `age`.
    bool is_locked(Id<Store> id, Time age) const { return plan_.stores[id].immutable && *plan_.stores[id].immutable >= age; }

    // Whether an attacker can change what is in a store, be it that it fails as well.
    bool reached(Id<Store> id, Time age) const { return impact_.stores_compromised[id.value] && !is_locked(id, age); }

    void check_store(CopyOutcome& row, Id<Store> id, Time age) const {
        const Store& store = plan_.stores[id];
        if (impact_.stores_destroyed[id.value]) fail(row, CopyState::lost, fmt::format("`{}` is destroyed", store.heading.name));
        if (impact_.stores_down[id.value] && !damage_.returns)
            fail(row, CopyState::lost, fmt::format("`{}` is down and does not come back by itself", store.heading.name));
        if (!reached(id, age)) return;
        fail(row, CopyState::compromised,
             store.immutable ? fmt::format("the attacker reaches `{}`, which is immutable for {} only", store.heading.name,
                                           format_duration(*store.immutable))
                             : fmt::format("the attacker reaches `{}`, and what is in it can be changed", store.heading.name));
    }

    // What is written while a copy is cut off is lost with it, as long as somebody writes.
    void add_cut(CopyOutcome& row, bool cut) const {
        const auto& holders = plan_.data[data_].in;
        const bool written = holders.empty() || std::any_of(holders.begin(), holders.end(), [&](const auto& holder) {
                                 return impact_.services[holder.value.value] != State::failed;
                             });
        if (!cut || !written || !row.loss || damage_.cut == Time::zero()) return;
        row.loss = damage_.cut ? std::optional(support::later(*row.loss, *damage_.cut)) : std::nullopt;
        row.unfollowed = damage_.cut.value_or(Time::zero());
        if (row.state != CopyState::usable) return;
        row.reason += damage_.cut ? fmt::format("{}{} cut off", row.reason.empty() ? "" : " + ", format_duration(*damage_.cut))
                                  : ", and it is cut off for no one knows how long";
    }

    // What cannot be read is as good as lost.
    void check_keys(CopyOutcome& row) const {
        std::string why = unreadable(plan_, *damage_.scenario, impact_, *row.copy, *row.store);
        if (!why.empty()) fail(row, CopyState::lost, std::move(why));
    }

    std::string why_behind(const model::Replica& replica) const {
        if (!replica.delayed) return fmt::format("it lags up to {}", format_duration(*worst_lag(replica)));
        const std::string delay = fmt::format("it follows {} later", format_duration(replica.delayed->value.planning()));
        if (!replica.lag) return delay;
        return delay + (*unseen() > *worst_lag(replica)
                            ? ", and is rolled forward to the damage"
                            : fmt::format(", and is rolled forward: it lags up to {}", format_duration(*worst_lag(replica))));
    }

    // Somebody has to know of the damage and to be at work before it is applied.
    bool stopped_in_time(Id<Copy> id, const model::Replica& replica) const {
        return replica.delayed && unseen() && replica.delayed->value.planning() > support::later(*unseen(), time_to_stop(plan_, id));
    }

    std::string why_tainted(Id<Copy> id, const model::Replica& replica) const {
        if (!replica.delayed || !unseen()) return "it follows every change of the data, and so the damage";
        const Time response = time_to_stop(plan_, id);
        return fmt::format("it follows {} later, and so the damage: that is seen after {}{}",
                           format_duration(replica.delayed->value.planning()), format_duration(*unseen()),
                           response > Time::zero() ? fmt::format(", and stopped {} after that", format_duration(response)) : "");
    }

    CopyOutcome replica(Id<Copy> id, const model::Replica& replica) const {
        CopyOutcome row{id, {}, CopyState::usable, {}, {}};
        if (damaged_ && !stopped_in_time(id, replica)) fail(row, CopyState::tainted, why_tainted(id, replica));
        if (replica.to && impact_.sites_compromised[replica.to->site.value])
            fail(row, CopyState::compromised, "the attacker reaches its site");
        if (replica.to && destroyed(impact_, *replica.to)) fail(row, CopyState::lost, "its place is destroyed");
        if (replica.to && impact_.down(*replica.to) && !damage_.returns) fail(row, CopyState::lost, "its place is down");
        if (!unseen()) return row;
        if (!replica.synchronous && !worst_lag(replica)) {
            if (row.state == CopyState::usable) row.reason = "how far it may be behind is not said";
            return row;
        }
        row.loss = replica.synchronous ? *unseen() : std::max(*unseen(), *worst_lag(replica));
        if (row.state == CopyState::usable) row.reason = replica.synchronous ? "synchronous: nothing is lost" : why_behind(replica);
        add_cut(row, (!replica.synchronous || replica.falls_back) && cut_off(plan_, impact_, data_, replica));
        if (replica.synchronous && row.unfollowed > Time::zero() && row.state == CopyState::usable)
            row.reason = fmt::format("cut off for {}, while its primary goes on alone", format_duration(row.unfollowed));
        return row;
    }

    void repository(Id<Copy> id, const model::Repository& repository) {
        if (repository.in.empty()) rows_.push_back({id, {}, CopyState::usable, "versioned: what was pushed is safe", Time::zero()});
        for (const auto& store : repository.in) {
            CopyOutcome row{id, store.value, CopyState::usable, {}, Time::zero()};
            check_keys(row);
            check_store(row, store.value, needed_age(Time::zero()));
            if (row.state == CopyState::usable) row.reason = "versioned: what was pushed is safe";
            rows_.push_back(row);
        }
        for (const Replicated& one : replicated(plan_, plan_.copies[id])) {
            CopyOutcome row{id, one.to, CopyState::usable, {}, one.lag};
            check_keys(row);
            check_store(row, one.to, needed_age(one.lag));
            check_deletes(row, {one.to, Time::zero(), one}, needed_age(one.lag));
            if (row.state == CopyState::usable)
                row.reason = fmt::format("versioned: what was pushed {} ago is safe", format_duration(one.lag));
            rows_.push_back(row);
        }
    }

    // A log reaches to the moment before the damage, but only on top of a base that is left.
    CopyOutcome archive(Id<Copy> id, const model::Archive& archive, const Place& to) const {
        CopyOutcome row{id, to.store, CopyState::usable, {}, {}};
        check_keys(row);
        const Time upload = support::later(archive.upload.planning(), to.by ? to.by->lag : Time::zero());
        if (archive.every && unseen()) row.loss = std::max(*unseen(), support::later(archive.every->value, upload));
        const Time age = needed_age(archive.every ? std::optional(archive.every->value) : std::nullopt);
        check_store(row, to.store, age);
        check_deletes(row, to, age);
        if (!archive.base) fail(row, CopyState::lost, "it names no base copy to replay the log on");
        else if (!base_is_left(archive.base->value)) fail(row, CopyState::lost, "no usable base copy is left to replay the log on");
        if (row.loss) check_kept(row, archive.keep, to.store, *row.loss);
        if (row.state != CopyState::usable) return row;
        if (!archive.every) row.reason = "no interval: an idle log is never shipped, so the loss has no bound";
        else if (!unseen()) row.reason = "when the damage is found is not known";
        else if (*unseen() > support::later(archive.every->value, upload))
            row.reason = fmt::format("{} unseen, while the log is shipped every {}", format_duration(*unseen()),
                                     format_duration(archive.every->value));
        else row.reason = sum_of("interval", archive.every->value, {{"upload", archive.upload.planning()}, {replicating, lag_of(to)}});
        add_cut(row, is_cut_off(to));
        return row;
    }

    static void check_kept(CopyOutcome& row, const std::vector<model::Retention>& keep, Id<Store> store, Time age) {
        const auto kept = longest_kept(keep, store);
        if (kept && *kept < age)
            fail(row, CopyState::expired,
                 fmt::format("what is needed can be {} old and is kept {}", format_duration(age), format_duration(*kept)));
    }

    // Nothing: forever.
    static std::optional<Time> longest_kept(const std::vector<model::Retention>& keep, Id<Store> store) {
        std::optional<Time> longest;
        bool said = false;
        for (const model::Retention& line : keep) {
            if (line.in && *line.in != store) continue;
            if (!line.length) return std::nullopt;
            longest = std::max(longest.value_or(Time::zero()), *line.length);
            said = true;
        }
        return said ? longest : std::nullopt;
    }

    bool base_is_left(Id<Copy> base) const {
        const Copy& copy = plan_.copies[base];
        if (copy.backup() == nullptr) return false;
        const auto places = places_of(copy);
        return std::any_of(places.begin(), places.end(),
                           [&](const Place& to) { return backup(base, *copy.backup(), to).state == CopyState::usable; });
    }

    static Time lag_of(const Place& at) { return at.by ? at.by->lag : Time::zero(); }

    CopyOutcome backup(Id<Copy> id, const model::Backup& backup, const Place& to) const {
        CopyOutcome row{id, to.store, CopyState::usable, {}, {}};
        check_keys(row);
        const Schedules::Run run = damage_.schedules->run(id, to.store);
        const auto& gap = run.gap;
        if (!gap || !unseen()) {
            check_store(row, to.store, needed_age(gap));
            check_deletes(row, to, needed_age(gap));
            if (row.state == CopyState::usable)
                row.reason = !run.upload        ? "how long its upload takes is not known"
                             : !backup.schedule ? "it has no schedule"
                             : !gap             ? "no two of its runs start within 28 years"
                                                : "when the damage is found is not known";
            return row;
        }
        row.loss = support::later(to.after, support::later(*gap, std::max(*unseen(), *run.length)));
        check_store(row, to.store, needed_age(gap));
        check_deletes(row, to, needed_age(gap));
        thin_out(row, backup, to, *gap, *run.length);
        if (row.state == CopyState::usable && row.reason.empty())
            row.reason = loss_reason("longest gap", *gap,
                                     {{"late start", backup.starts_within ? backup.starts_within->value : Time::zero()},
                                      {"duration", backup.takes.planning()},
                                      {"upload", *run.upload},
                                      {replicating, run.lag}});
        add_cut(row, is_cut_off(to));
        return row;
    }

    // Retention decides which clean point is still there. A grade keeps one run for each of its periods; the newest run is
    // always there, so that grades cost nothing where no damage has to be gone back behind. Of the grades whose point is
    // still kept, the one that loses least counts.
    void thin_out(CopyOutcome& row, const model::Backup& backup, const Place& to, Time gap, Time run) const {
        const Time moved = to.after;
        std::optional<Time> least;
        bool said = false;
        for (const model::Retention& line : backup.keep) {
            if (line.in && *line.in != to.store) continue;
            said = true;
            const Time apart = damaged_ ? std::max(gap, period_of(line.grade)) : gap;
            const Time loss = support::later(moved, support::later(apart, std::max(*unseen(), run)));
            if (!line.length || *line.length >= loss) least = std::min(least.value_or(support::never), loss);
        }
        if (said && !least)
            fail(row, CopyState::expired,
                 fmt::format("the newest clean point can be {} old, which is longer than it is kept", format_duration(*row.loss)));
        if (said && least && *least > *row.loss)
            row.reason = fmt::format("what is kept that long lies further apart: up to {}", format_duration(*least));
        if (said && least) row.loss = least;
        for (const Destination& next : backup.to)
            if (next.after && *next.after > to.after && *next.after < *row.loss)
                fail(row, CopyState::expired,
                     fmt::format("what is needed can be {} old and is moved on after {}", format_duration(*row.loss),
                                 format_duration(*next.after)));
    }

    static Time period_of(model::Retention::Grade grade) {
        using std::chrono::hours;
        constexpr std::array<hours, 6> periods{hours{0}, hours{1}, hours{24}, hours{24 * 7}, hours{24 * 31}, hours{24 * 366}};
        return periods.at(static_cast<std::size_t>(grade));
    }

    static constexpr std::string_view replicating = "until it is replicated";
    using Parts = std::vector<std::pair<std::string_view, Time>>;

    // The gap, and what comes on top: what a run consists of, or how long the damage was not seen, if that is longer.
    std::string loss_reason(std::string_view what, Time gap, const Parts& run) const {
        Time sum{0};
        for (const auto& [part, length] : run) sum = support::later(sum, length);
        return sum_of(what, gap, *unseen() > sum ? Parts{{"unseen", *unseen()}} : run);
    }

    static std::string sum_of(std::string_view what, Time first, const Parts& rest) {
        std::string text = fmt::format("{} {}", what, format_duration(first));
        for (const auto& [part, length] : rest)
            if (length > Time::zero()) text += fmt::format(" + {} {}", format_duration(length), part);
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

std::vector<CopyOutcome> copies_after(const Plan& plan, Id<Dataset> data, const Damage& damage) {
    std::vector<CopyOutcome> rows = Ledger(plan, data, damage).run();
    for (CopyOutcome& row : rows)
        if (row.copy && row.loss && row.state == CopyState::usable) row.reason += provenance(plan, origins_of_loss(plan.copies[*row.copy]));
    return rows;
}

// One that is delayed and says a lag has received what it has not applied yet.
std::optional<Time> worst_lag(const model::Replica& replica) {
    const auto& said = replica.lag ? replica.lag : replica.delayed;
    if (said) return said->value.planning();
    return replica.synchronous ? std::optional(Time::zero()) : std::nullopt;
}

std::optional<Time> worst_age(const model::Archive& archive) {
    if (!archive.every) return std::nullopt;
    return support::later(archive.every->value, archive.upload.planning());
}

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
