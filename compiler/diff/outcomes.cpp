#include "compiler/diff/outcomes.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/path.h"

namespace muster::diff {
namespace {

using analysis::DataOutcome;
using analysis::Estimate;
using analysis::ServiceOutcome;

std::optional<Time> time_of(const std::optional<support::Said<Time>>& said) { return said ? std::optional(said->value) : std::nullopt; }

Outcome::At at(const ServiceOutcome& outcome) { return {time_of(outcome.rto), outcome.rta, outcome.verdict, outcome.obstacle}; }

std::string source_of(const Side& side, const analysis::CopyOutcome& copy) {
    return copy.reason.empty() ? analysis::name_of(side.plan, copy) : analysis::name_of(side.plan, copy) + ": " + copy.reason;
}

Outcome::At at(const Side& side, const DataOutcome& outcome) {
    return {time_of(outcome.rpo), outcome.rpa, outcome.verdict, outcome.from ? source_of(side, *outcome.from) : ""};
}

// The lengths of the parts of a path, in order; parts of the same name are added up.
std::vector<Part> parts_of(const Side& side, const Estimate& estimate, const ServiceOutcome& outcome) {
    std::vector<Part> parts;
    for (const analysis::PathPart& part : analysis::path_of(side.plan, estimate, outcome)) {
        const auto same =
            std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.kind == part.kind && p.name == part.name; });
        if (same == parts.end()) parts.push_back({part.kind, part.name, part.end - part.begin, {}});
        else *same->before += part.end - part.begin;
    }
    return parts;
}

std::vector<Part> moved(std::vector<Part> before, const std::vector<Part>& after, const Renames& renames) {
    std::vector<Part> parts;
    for (Part& part : before) part.name = renames.now(part.kind == "readiness" || part.kind == "dns" ? "service" : part.kind, part.name);
    const auto same = [](const Part& a) { return [&a](const Part& b) { return a.kind == b.kind && a.name == b.name; }; };
    for (const Part& part : before) {
        const auto now = std::find_if(after.begin(), after.end(), same(part));
        if (now == after.end()) parts.push_back(part);
        else if (now->before != part.before) parts.push_back({part.kind, part.name, part.before, now->before});
    }
    for (const Part& part : after)
        if (std::none_of(before.begin(), before.end(), same(part))) parts.push_back({part.kind, part.name, {}, part.before});
    return parts;
}

bool has_objective(const Outcome::At& at) { return at.verdict && at.objective; }

Turn turn_of(const Outcome::At& before, const Outcome::At& after) {
    if (has_objective(before) && !has_objective(after)) return Turn::unjudged;
    if (!has_objective(after)) return Turn::none;
    const bool missed_before = has_objective(before) && is_miss(*before.verdict), missed_now = is_miss(*after.verdict);
    if (missed_now) return missed_before ? Turn::none : Turn::missed;
    return missed_before ? Turn::met : Turn::none;
}

// An objective that moved and is met as before is told with the objectives.
bool same(const Outcome::At& a, const Outcome::At& b) { return a.achieved == b.achieved && a.verdict == b.verdict; }

class Outcomes {
public:
    Outcomes(const Side& before, const Side& after, const Renames& renames) : before_(before), after_(after), renames_(renames) {
        for (const Estimate& estimate : before.estimates) old_[renames.now("scenario", name_of(before, estimate))] = &estimate;
        for (const Estimate& estimate : after.estimates) new_[name_of(after, estimate)] = &estimate;
    }

    std::vector<Outcome> run() {
        for (const Estimate& estimate : after_.estimates) {
            const auto was = old_.find(name_of(after_, estimate));
            compare(name_of(after_, estimate), was == old_.end() ? nullptr : was->second, &estimate);
        }
        for (const Estimate& estimate : before_.estimates) {
            const std::string now = renames_.now("scenario", name_of(before_, estimate));
            if (!new_.contains(now)) compare(now, &estimate, nullptr);
        }
        return std::move(found_);
    }

private:
    static const std::string& name_of(const Side& side, const Estimate& estimate) {
        return side.plan.scenarios[estimate.recovery.scenario].heading.name;
    }

    // By name: the outcome before, and the one after.
    template <class T>
    using Pairs = std::vector<std::pair<std::string, std::pair<const T*, const T*>>>;

    template <class T, class NameOf>
    Pairs<T> pairs(const std::string& kind, const std::vector<T>* before, const std::vector<T>* after, const NameOf& name) const {
        Pairs<T> out;
        std::map<std::string, std::size_t> known;
        if (after != nullptr)
            for (const T& outcome : *after) {
                known[name(after_, outcome)] = out.size();
                out.push_back({name(after_, outcome), {nullptr, &outcome}});
            }
        if (before != nullptr)
            for (const T& outcome : *before) {
                const std::string now = renames_.now(kind, name(before_, outcome));
                const auto same = known.find(now);
                if (same == known.end()) out.push_back({now, {&outcome, nullptr}});
                else out[same->second].second.first = &outcome;
            }
        return out;
    }

    void compare(const std::string& scenario, const Estimate* before, const Estimate* after) {
        const auto service_name = [](const Side& side, const ServiceOutcome& o) { return side.plan.services[o.service].heading.name; };
        const auto data_name = [](const Side& side, const DataOutcome& o) { return side.plan.data[o.data].heading.name; };
        for (const auto& [name, both] : pairs("service", before != nullptr ? &before->services : nullptr,
                                              after != nullptr ? &after->services : nullptr, service_name)) {
            Outcome outcome{scenario, "service", name, {}, {}, {}, {}};
            if (both.first != nullptr) outcome.before = at(*both.first);
            if (both.second != nullptr) outcome.after = at(*both.second);
            if (before != nullptr && after != nullptr && both.first != nullptr && both.second != nullptr)
                outcome.parts = moved(parts_of(before_, *before, *both.first), parts_of(after_, *after, *both.second), renames_);
            add(std::move(outcome), affected(both.first) || affected(both.second));
        }
        for (const auto& [name, both] :
             pairs("data", before != nullptr ? &before->data : nullptr, after != nullptr ? &after->data : nullptr, data_name)) {
            Outcome outcome{scenario, "data", name, {}, {}, {}, {}};
            if (both.first != nullptr) outcome.before = at(before_, *both.first);
            if (both.second != nullptr) outcome.after = at(after_, *both.second);
            add(std::move(outcome), affected(both.first) || affected(both.second));
        }
    }

    static bool affected(const ServiceOutcome* outcome) { return outcome != nullptr && outcome->state >= analysis::State::impaired; }
    static bool affected(const DataOutcome* outcome) { return outcome != nullptr && outcome->rpa != Time::zero(); }

    void add(Outcome outcome, bool affected) {
        if (same(outcome.before, outcome.after)) return;
        const bool judged = outcome.before.objective || outcome.after.objective;
        const bool on_both_sides = outcome.before.verdict && outcome.after.verdict;
        if (!affected || (!on_both_sides && !judged)) return;
        outcome.turn = turn_of(outcome.before, outcome.after);
        if (outcome.before.achieved == outcome.after.achieved) outcome.parts.clear();
        found_.push_back(std::move(outcome));
    }

    const Side& before_;
    const Side& after_;
    const Renames& renames_;
    std::map<std::string, const Estimate*> old_, new_;  // by what the scenario is called now
    std::vector<Outcome> found_;
};

}  // namespace

bool is_miss(Verdict verdict) { return verdict != Verdict::met && verdict != Verdict::unset; }

std::vector<Outcome> changed_outcomes(const Side& before, const Side& after, const Renames& renames) {
    return Outcomes(before, after, renames).run();
}

}  // namespace muster::diff
