#include "backends/runbook/failback.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/runbook/failback_text.h"

namespace muster::backends::runbook {
namespace {

using model::Action;
using model::Place;
using model::Plan;
using model::Probe;
using model::Procedure;
using model::Service;
using model::Step;

// What a PostgreSQL that is primary says of those that follow it: one follows; nearly all has arrived; all has.
constexpr std::string_view follows = "SELECT count(*) > 0 FROM pg_stat_replication WHERE state = 'streaming'";
constexpr std::string_view is_near =
    "SELECT count(*) > 0 AND bool_and(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) < 16777216) FROM pg_stat_replication";
constexpr std::string_view has_all =
    "SELECT count(*) > 0 AND bool_and(replay_lsn = pg_current_wal_lsn()) FROM pg_stat_replication WHERE state = 'streaming'";

class Builder {
public:
    Builder(Plan& plan, const Moved& moved, const model::Scenario& scenario) : plan_(plan), moved_(moved), scenario_(scenario) {}

    Failbacks::Way build() {
        at_home_again();
        for (const MovedData& data : moved_.data) follow(data);
        approve();
        tell("The services move back now: expect a short interruption");
        stop();
        for (const MovedData& data : moved_.data) hand_over(data);
        start();
        for (const MovedName& name : moved_.names) switch_back(name);
        look();
        afterwards();
        return finish();
    }

private:
    struct Doing {
        std::string name, title;
        std::optional<Action> action;
        std::optional<Place> on;
        Lent lent;
        std::vector<Probe> verify;
        bool afterwards = false;
    };

    // Steps about one holder of data are a procedure of their own, so that an SQL text means its database.
    Id<Procedure> procedure_for(std::optional<Id<Service>> service) {
        for (const Id<Procedure> id : procedures_)
            if (recovers(id, service)) return id;
        Procedure procedure;
        procedure.heading.name = service ? "back-" + plan_.services[*service].heading.name : "back";
        procedure.heading.span = scenario_.heading.span;
        if (service) procedure.recovers.push_back({*service, scenario_.heading.span});
        procedures_.push_back(plan_.procedures.add(std::move(procedure)));
        return procedures_.back();
    }

    bool recovers(Id<Procedure> id, std::optional<Id<Service>> service) const {
        const auto& all = plan_.procedures[id].recovers;
        return service ? !all.empty() && all.front().value == *service : all.empty();
    }

    // Each step after the one before: nothing of this is urgent, and everything hangs together.
    void add(std::optional<Id<Service>> about, Doing doing) {
        Step step;
        step.procedure = procedure_for(about);
        step.heading = {unused(step.procedure, doing.name), std::move(doing.title), scenario_.heading.span, {}, {}};
        step.action = std::move(doing.action);
        if (doing.on) step.on = support::Said<Place>{*doing.on, scenario_.heading.span};
        step.by = std::move(doing.lent.by);
        step.takes = std::move(doing.lent.takes);
        step.verifications = std::move(doing.verify);
        step.afterwards = doing.afterwards;
        if (!steps_.empty()) step.after.push_back(steps_.back());
        steps_.push_back(plan_.steps.add(std::move(step)));
        plan_.procedures[plan_.steps[steps_.back()].procedure].steps.push_back(steps_.back());
    }

    std::string unused(Id<Procedure> procedure, const std::string& wanted) const {
        const auto taken = [&](const std::string& name) {
            const auto& steps = plan_.procedures[procedure].steps;
            return std::any_of(steps.begin(), steps.end(), [&](Id<Step> id) { return plan_.steps[id].heading.name == name; });
        };
        std::string name = wanted;
        for (int i = 2; taken(name); ++i) name = fmt::format("{}-{}", wanted, i);
        return name;
    }

    // Whether no command can tell the two places apart.
    bool beside(const MovedData& data) const {
        const std::string& cluster = plan_.sites[data.home.site].cluster;
        return data.home.site == data.away.site || (!cluster.empty() && cluster == plan_.sites[data.away.site].cluster);
    }

    std::vector<Probe> sql(const MovedData& data, std::string_view text) const {
        if (!is_postgres_data(plan_, data)) return {};
        return {{Probe::How::sql, std::string(text), scenario_.heading.span, {}, {}}};
    }

    static std::vector<model::SaidId<model::Role>> first_by(const Moved& moved) {
        for (const MovedData& data : moved.data)
            if (!data.lent.by.empty()) return data.lent.by;
        for (const MovedService& service : moved.services)
            if (!service.lent.by.empty()) return service.lent.by;
        for (const MovedName& name : moved.names)
            if (!name.lent.by.empty()) return name.lent.by;
        return {};
    }

    std::vector<Id<model::Site>> homes() const {
        std::vector<Id<model::Site>> all;
        const auto note = [&](Id<model::Site> site) {
            if (std::find(all.begin(), all.end(), site) == all.end()) all.push_back(site);
        };
        for (const MovedData& data : moved_.data) note(data.home.site);
        for (const MovedService& service : moved_.services) note(service.home);
        for (const MovedName& name : moved_.names) note(name.dns ? name.dns->to : name.traffic->to);
        return all;
    }

    void at_home_again() {
        for (const Id<model::Site> home : homes()) {
            std::string text = fmt::format("See that {} is as the plan has it: reached, with room, its secrets and images there.",
                                           plan_.sites[home].heading.name);
            text += "\nWhat was destroyed there is built anew first. Nothing there may serve users or take writes yet.";
            add({}, {"ready", "Home is ready", model::Manual{text}, Place{home, {}}, {first_by(moved_), {}}, {}, false});
        }
    }

    // The old primary must not write, and then follows the new one.
    void follow(const MovedData& data) {
        if (!data.replica) return;
        const auto holder = holder_of(plan_, data.data);
        keep_off(data, holder);
        add(holder, {"seed",
                     fmt::format("{} follows {} again", shown(plan_, data.home), shown(plan_, data.away)),
                     model::Manual{how_to_seed(plan_, data)},
                     data.away,
                     {data.lent.by, copying(plan_, data)},
                     sql(data, follows),
                     false});
        add(holder, {"near",
                     "Nearly everything has arrived",
                     model::Manual{"Wait until the replica has caught up but for seconds."},
                     data.away,
                     {data.lent.by, {}},
                     sql(data, is_near),
                     false});
    }

    void keep_off(const MovedData& data, std::optional<Id<Service>> holder) {
        std::optional<Action> action;
        if (holder && !beside(data)) action = model::Fence{{{*holder, scenario_.heading.span}}};
        else action = model::Manual{fmt::format("Stop the old primary of {} in {}.", called(plan_, data), shown(plan_, data.home))};
        add(holder, {"keep-off", "The old primary takes no writes", action, data.home, data.lent, {}, false});
    }

    void approve() {
        std::vector<model::SaidId<model::Role>> by = plan_.declaration ? std::vector{plan_.declaration->by} : first_by(moved_);
        if (by.empty()) return;
        add({},
            {"agree", "The services go away for a while: is this the moment?", model::Approve{by.front().value}, {}, {by, {}}, {}, false});
    }

    void tell(const std::string& what) {
        if (!moved_.told.empty()) add({}, {"tell", what, model::Notify{moved_.told, {}}, {}, {}, {}, false});
    }

    bool holds_moved(Id<Service> service) const {
        return std::any_of(moved_.data.begin(), moved_.data.end(), [&](const MovedData& data) {
            const auto& in = plan_.data[data.data].in;
            return std::any_of(in.begin(), in.end(), [&](const auto& said) { return said.value == service; });
        });
    }

    void stop() {
        for (const MovedService& moved : moved_.services)
            if (!holds_moved(moved.service))
                add(moved.service, {"stop",
                                    fmt::format("Stop {} at the standby: nothing writes any more", name(moved.service)),
                                    model::Scale{{{moved.service, scenario_.heading.span}}, 0},
                                    Place{moved.away, {}},
                                    moved.lent,
                                    {},
                                    false});
        if (moved_.services.empty() && !moved_.data.empty())
            add({}, {"stop",
                     "Nothing writes any more",
                     model::Manual{"Stop whatever writes to the data at the standby, or turn it to read only."},
                     moved_.data.front().away,
                     {first_by(moved_), {}},
                     {},
                     false});
    }

    const std::string& name(Id<Service> service) const { return plan_.services[service].heading.name; }

    void hand_over(const MovedData& data) {
        const auto holder = holder_of(plan_, data.data);
        if (!data.replica) return carry(data, holder);
        add(holder, {"last-write",
                     "The last write has arrived",
                     model::Manual{"Look that the replica at home has everything."},
                     data.away,
                     {data.lent.by, {}},
                     sql(data, has_all),
                     false});
        std::optional<Action> off;
        if (holder && !beside(data)) off = model::Fence{{{*holder, scenario_.heading.span}}};
        else off = model::Manual{fmt::format("Stop {} in {}.", called(plan_, data), shown(plan_, data.away))};
        add(holder, {"release", fmt::format("{} takes no writes any more", shown(plan_, data.away)), off, data.away, data.lent, {}, false});
        promote(data, holder);
    }

    void promote(const MovedData& data, std::optional<Id<Service>> holder) {
        model::Copy back;
        back.heading = {"replica-at-" + plan_.sites[data.home.site].heading.name, {}, scenario_.heading.span, {}, {}};
        back.of.push_back({data.data, scenario_.heading.span});
        back.means = model::Replica{data.away, data.home, false, false, {}, {}};
        const Id<model::Copy> replica = plan_.copies.add(std::move(back));
        add(holder, {"promote",
                     fmt::format("{} is primary at {} again", plan_.data[data.data].heading.label(), shown(plan_, data.home)),
                     model::Promote{replica, data.data, scenario_.heading.span},
                     data.home,
                     data.lent,
                     {},
                     false});
    }

    // Data without a replica is carried back while nothing writes.
    void carry(const MovedData& data, std::optional<Id<Service>> holder) {
        const std::string text =
            fmt::format("Copy {} from {} back to {}: make a full backup there, restore it here, and compare the number of rows or files.",
                        called(plan_, data), shown(plan_, data.away), shown(plan_, data.home));
        add(holder, {"carry",
                     fmt::format("Bring {} home", plan_.data[data.data].heading.label()),
                     model::Manual{text},
                     data.home,
                     {data.lent.by, copying(plan_, data)},
                     {},
                     false});
    }

    void start() {
        for (const MovedService& moved : moved_.services)
            if (!holds_moved(moved.service))
                add(moved.service, {"start",
                                    fmt::format("Start {} at home", name(moved.service)),
                                    model::Scale{{{moved.service, scenario_.heading.span}}, moved.replicas},
                                    Place{moved.home, {}},
                                    moved.lent,
                                    {},
                                    false});
    }

    void switch_back(const MovedName& name) {
        if (name.dns)
            add({},
                {"names", fmt::format("Point {} home", name.dns->name), Action{*name.dns}, Place{name.dns->to, {}}, name.lent, {}, false});
        else add({}, {"traffic", "Users come home", Action{*name.traffic}, Place{name.traffic->to, {}}, name.lent, {}, false});
    }

    void look() {
        model::WaitFor wait;
        for (const MovedData& data : moved_.data)
            if (const auto holder = holder_of(plan_, data.data)) note(wait, *holder);
        for (const MovedService& service : moved_.services) note(wait, service.service);
        for (const Id<model::Site> home : homes())
            if (!wait.things.empty())
                return add(
                    {},
                    {"look", "Everything answers at home", Action{std::move(wait)}, Place{home, {}}, {first_by(moved_), {}}, {}, false});
    }

    void note(model::WaitFor& wait, Id<Service> service) const {
        const model::Thing thing = model::thing(service);
        for (const auto& said : wait.things)
            if (said.value == thing) return;
        wait.things.push_back({thing, scenario_.heading.span});
    }

    void afterwards() {
        tell("The services run at home again");
        for (const MovedData& data : moved_.data)
            if (data.replica) stand_by_again(data);
        for (const Id<Step> id : moved_.undone) {
            const Step& step = plan_.steps[id];
            add({}, {"undo-" + step.heading.name, "Undo: " + step.heading.label(), step.undo, on(step), {step.by, step.takes}, {}, true});
        }
        if (const std::string rest = what_is_left(plan_, moved_); !rest.empty())
            add({}, {"tidy", "What is left", model::Manual{rest}, {}, {first_by(moved_), {}}, {}, true});
    }

    static std::optional<Place> on(const Step& step) { return step.on ? std::optional(step.on->value) : std::nullopt; }

    void stand_by_again(const MovedData& data) {
        const auto holder = holder_of(plan_, data.data);
        MovedData other = data;
        std::swap(other.home, other.away);
        add(holder, {"stand-by",
                     fmt::format("{} is there again", qualified_name(plan_, *data.replica)),
                     model::Manual{how_to_seed(plan_, other)},
                     data.home,
                     {data.lent.by, copying(plan_, data)},
                     sql(data, follows),
                     true});
    }

    Failbacks::Way finish() {
        model::Scenario way;
        way.heading = {
            "failback-" + scenario_.file_name(), "The way back after: " + scenario_.heading.label(), scenario_.heading.span, {}, {}};
        Failbacks::Way made{scenario_.file_name(), {}};
        made.estimate.recovery.impact = analysis::impact_of(plan_, way);
        made.estimate.recovery.scenario = plan_.scenarios.add(std::move(way));
        made.estimate.recovery.procedures = procedures_;
        made.estimate.detection = made.estimate.start = Time::zero();
        Time at{0};
        for (const Id<Step> id : steps_) {
            const auto& takes = plan_.steps[id].takes;
            const Time end = support::later(at, takes ? takes->value.planning() : Time::zero());
            made.estimate.schedule.push_back({id, at, at, end, false});
            at = end;
        }
        return made;
    }

    Plan& plan_;
    const Moved& moved_;
    const model::Scenario scenario_;
    std::vector<Id<Procedure>> procedures_;
    std::vector<Id<Step>> steps_;
};

}  // namespace

Failbacks failbacks_of(const Plan& plan, const std::vector<Itinerary>& itineraries) {
    Failbacks failbacks{plan, {}};
    // What the plan has said at the times of an incident is not for a move in a quiet hour.
    for (model::Message& message : failbacks.plan.messages) message.occasions.clear();
    for (const Itinerary& itinerary : itineraries) {
        const Moved moved = moved_by(itinerary);
        if (moved.anything()) failbacks.ways.push_back(Builder(failbacks.plan, moved, itinerary.scenario).build());
    }
    // Tables by id hold for all that was added, too.
    for (Failbacks::Way& way : failbacks.ways) {
        analysis::Recovery& recovery = way.estimate.recovery;
        recovery.steps.assign(failbacks.plan.steps.size(), 0);
        recovery.done.assign(failbacks.plan.steps.size(), 0);
        recovery.starts.assign(failbacks.plan.procedures.size(), 0);
        recovery.procedure_of.assign(plan.services.size(), std::nullopt);
        recovery.stopped_by.assign(plan.services.size(), std::nullopt);
        recovery.copies.assign(plan.data.size(), {});
    }
    return failbacks;
}

Itinerary itinerary_of(const Failbacks& failbacks, const Failbacks::Way& way) {
    Itinerary itinerary = itinerary_of(failbacks.plan, way.estimate);
    itinerary.after = way.after;
    return itinerary;
}

}  // namespace muster::backends::runbook
