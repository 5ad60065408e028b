#include "compiler/analysis/moved.h"

#include <map>
#include <set>

#include "compiler/analysis/objectives.h"

namespace muster::analysis {
namespace {

using model::Plan;

struct Key {
    bool data;
    std::string name;
    auto operator<=>(const Key&) const = default;
};

struct Side {
    std::vector<Key> order;
    std::map<Key, Achieved> achieved;
    std::set<Key> declared;  // touched by the scenario or not

    void put(Key key, Achieved achieved_now) {
        if (achieved.emplace(key, achieved_now).second) order.push_back(std::move(key));
    }
};

// What a scenario touches. The rest is as it would be without any disaster, on both sides.
Side side_of(const Plan& plan, const Estimate& e) {
    Side side;
    for (const ServiceOutcome& outcome : e.services) {
        const Key key{false, plan.services[outcome.service].heading.name};
        side.declared.insert(key);
        if (outcome.state != State::unaffected) side.put(key, {outcome.rta, outcome.verdict, outcome.rto.has_value()});
    }
    for (const DataOutcome& outcome : e.data) {
        const Key key{true, plan.data[outcome.data].heading.name};
        side.declared.insert(key);
        if (touched(e, outcome)) side.put(key, {outcome.rpa, outcome.verdict, outcome.rpo.has_value()});
    }
    return side;
}

std::optional<Achieved> at(const Side& side, const Key& key) {
    const auto found = side.achieved.find(key);
    return found == side.achieved.end() ? std::nullopt : std::optional(found->second);
}

void compare(const std::string& scenario, const Side& before, const Side& after, std::vector<Moved>& all) {
    const auto add = [&](const Key& key) {
        Moved one{scenario, !key.data, key.name, at(before, key), at(after, key), !after.declared.contains(key)};
        if (one.before != one.after) all.push_back(std::move(one));
    };
    for (const bool data : {false, true}) {
        for (const Key& key : after.order)
            if (key.data == data) add(key);
        for (const Key& key : before.order)
            if (key.data == data && !after.achieved.contains(key)) add(key);
    }
}

std::map<std::string, const Estimate*> by_scenario(const Estimated& estimated) {
    std::map<std::string, const Estimate*> all;
    for (const Estimate& e : estimated.estimates) all.emplace(estimated.plan.scenarios[e.recovery.scenario].heading.name, &e);
    return all;
}

// What a scenario does not touch misses nothing.
bool misses(const std::optional<Achieved>& achieved) {
    return achieved && achieved->objective && achieved->verdict != Verdict::met && achieved->verdict != Verdict::unset;
}

}  // namespace

bool Moved::newly_met() const { return misses(before) && !misses(after) && !gone; }
bool Moved::newly_missed() const { return !misses(before) && misses(after); }

std::vector<Moved> moved(const Estimated& before, const Estimated& after) {
    std::vector<Moved> all;
    const auto earlier = by_scenario(before);
    const auto later = by_scenario(after);
    for (const Estimate& e : after.estimates) {
        const std::string& name = after.plan.scenarios[e.recovery.scenario].heading.name;
        const auto same = earlier.find(name);
        compare(name, same == earlier.end() ? Side{} : side_of(before.plan, *same->second), side_of(after.plan, e), all);
    }
    for (const Estimate& e : before.estimates) {
        const std::string& name = before.plan.scenarios[e.recovery.scenario].heading.name;
        if (!later.contains(name)) compare(name, side_of(before.plan, e), {}, all);
    }
    return all;
}

}  // namespace muster::analysis
