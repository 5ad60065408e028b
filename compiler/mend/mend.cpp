#include "compiler/mend/mend.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "compiler/mend/lever.h"
#include "compiler/mend/trial.h"

namespace muster::mend {
namespace {

using analysis::Estimate;
using analysis::Verdict;

bool is_missed(Verdict verdict) { return verdict != Verdict::met && verdict != Verdict::unset; }

class Search {
public:
    Search(const Subject& subject, const Estimate& e, const Ailment& ailment, Tries& tries)
        : subject_(subject), e_(e), ailment_(ailment), tries_(tries) {}

    void run(const std::vector<Lever>& levers, Ailment& ailment) const {
        for (const Lever& lever : levers)
            if (const auto value = nearest(lever); value && tries_.left > 0) ailment.remedies.push_back(remedy(lever, *value));
        std::stable_sort(ailment.remedies.begin(), ailment.remedies.end(), [](const Remedy& a, const Remedy& b) {
            return std::tuple(a.newly_missed.size(), a.size) < std::tuple(b.newly_missed.size(), b.size);
        });
        if (ailment.remedies.empty() && !tries_.few) ailment.most = most_alone(levers);
        if (tries_.left > 0) return;
        // What was found so far may not be the smallest.
        ailment.remedies.clear();
        ailment.most.reset();
    }

private:
    Reached try_out(const std::string& change) const {
        if (tries_.left == 0) return {};
        --tries_.left;
        const auto changed = make(subject_, change);
        return changed ? reached(*changed, ailment_, e_.recovery.scenario) : Reached{};
    }

    bool meets(const Lever& lever, std::int64_t value) const { return try_out(lever.change(value)).met; }

    // Where nothing alone is enough, that which does most.
    std::optional<Remedy> most_alone(const std::vector<Lever>& levers) const {
        std::optional<Remedy> most;
        for (const Lever& lever : levers) {
            const Reached it = try_out(lever.change(lever.best));
            const Time now = ailment_.achieved.value_or(support::never);
            if (!it.time || *it.time >= now || (most && *it.time >= most->achieved)) continue;
            most = Remedy{what_changes(lever, lever.best), lever.change(lever.best), *it.time, 0, {}};
        }
        return most;
    }

    // The value that is nearest to what the plan says and meets the objective, where more of it is never worse. What is shown is
    // tried, so that a figure of which that is not true is at worst not the nearest.
    std::optional<std::int64_t> nearest(const Lever& lever) const {
        if (lever.now == lever.best) return std::nullopt;
        if (const auto exact = as_much_as_is_missing(lever)) return exact;
        const bool nearer = lever.likely && meets(lever, *lever.likely);
        if (!nearer && (is_hopeless(lever) || !meets(lever, lever.best))) return std::nullopt;
        std::int64_t bad = lever.now, good = nearer ? *lever.likely : lever.best;
        while (std::abs(good - bad) > 1) {
            const std::int64_t middle = bad + (good - bad) / 2;
            (meets(lever, middle) ? good : bad) = middle;
        }
        return good;
    }

    // By how many units of a length the objective is missed, rounded up; nothing of anything else.
    std::optional<std::int64_t> missing(const Lever& lever) const {
        if (lever.unit == Time::zero() || !ailment_.achieved || *ailment_.achieved == support::never) return std::nullopt;
        return whole_units(*ailment_.achieved - ailment_.objective, lever.unit);
    }

    // Mostly a length has to become shorter by just what is missing: two tries tell.
    std::optional<std::int64_t> as_much_as_is_missing(const Lever& lever) const {
        const auto by = missing(lever);
        if (!by || lever.now - *by < lever.best) return std::nullopt;
        const std::int64_t value = lever.now - *by;
        return meets(lever, value) && !meets(lever, value + 1) ? std::optional(value) : std::nullopt;
    }

    // Shorter by less than is missing is hardly ever enough; where tries are few they are spent elsewhere.
    bool is_hopeless(const Lever& lever) const {
        const auto by = missing(lever);
        return tries_.few && by && lever.now - *by < lever.best;
    }

    static std::string what_changes(const Lever& lever, std::int64_t value) {
        if (lever.choice) return lever.what;
        if (lever.unsaid) return fmt::format("{} at most {}, which the plan does not say", lever.what, lever.shown(value));
        return fmt::format("{} {} instead of {}", lever.what, lever.shown(value), lever.said.empty() ? lever.shown(lever.now) : lever.said);
    }

    Remedy remedy(const Lever& lever, std::int64_t value) const {
        Remedy out;
        out.change = lever.change(value);
        out.what = what_changes(lever, value);
        if (!lever.choice) out.size = std::abs(value - lever.now) * 1000 / std::max<std::int64_t>({value, lever.now, 1});
        const auto changed = make(subject_, out.change);
        out.achieved = *reached(*changed, ailment_, e_.recovery.scenario).time;
        const auto estimates = analysis::estimate_all(changed->plan, *changed->schedules);
        for (const analysis::Moved& one : analysis::moved({subject_.plan, subject_.estimates}, {changed->plan, estimates}))
            if (one.newly_missed())
                out.newly_missed.push_back(fmt::format("{} of `{}` in `{}`", one.service ? "RTO" : "RPO", one.name, one.scenario));
        return out;
    }

    const Subject& subject_;
    const Estimate& e_;
    const Ailment& ailment_;
    Tries& tries_;
};

// What stands in the way of a copy, where nothing is left.
std::string why_lost(const Estimate& e, const analysis::DataOutcome& outcome) {
    if (outcome.from) return outcome.rpa ? "" : outcome.from->reason;
    for (const analysis::Source& source : e.recovery.sources)
        if (outcome.by && source.step == *outcome.by && source.data == outcome.data && !source.copy) return source.why_none;
    return outcome.by ? "the step that brings it back cannot be done" : "no step brings it back";
}

bool matches(const std::string& wanted, const std::string& name) {
    return wanted.empty() || wanted == name || wanted == name.substr(0, name.find('['));
}

class Doctor {
public:
    Doctor(const Subject& subject, const Wanted& wanted, Tries& tries) : subject_(subject), wanted_(wanted), tries_(tries) {}

    std::vector<Ailment> run() {
        for (const Estimate& e : subject_.estimates) {
            if (!matches(wanted_.scenario, subject_.plan.scenarios[e.recovery.scenario].heading.name)) continue;
            for (const auto& outcome : e.services) look_at(e, outcome);
            for (const auto& outcome : e.data) look_at(e, outcome);
        }
        return std::move(found_);
    }

private:
    void look_at(const Estimate& e, const analysis::ServiceOutcome& outcome) {
        const std::string& name = subject_.plan.services[outcome.service].heading.name;
        if (!outcome.rto || !is_missed(outcome.verdict) || !matches(wanted_.name, name)) return;
        add(e,
            {subject_.plan.scenarios[e.recovery.scenario].heading.name, true, name, outcome.rto->value, outcome.rta, outcome.obstacle, {}},
            outcome);
    }

    void look_at(const Estimate& e, const analysis::DataOutcome& outcome) {
        const std::string& name = subject_.plan.data[outcome.data].heading.name;
        if (!outcome.rpo || !is_missed(outcome.verdict) || !matches(wanted_.name, name)) return;
        add(e,
            {subject_.plan.scenarios[e.recovery.scenario].heading.name,
             false,
             name,
             outcome.rpo->value,
             outcome.rpa,
             why_lost(e, outcome),
             {}},
            outcome);
    }

    template <class Outcome>
    void add(const Estimate& e, Ailment ailment, const Outcome& outcome) {
        Search(subject_, e, ailment, tries_).run(levers_of(subject_.plan, e, outcome), ailment);
        found_.push_back(std::move(ailment));
    }

    const Subject& subject_;
    const Wanted& wanted_;
    Tries& tries_;
    std::vector<Ailment> found_;
};

}  // namespace

std::vector<Ailment> mend(const Subject& subject, const Wanted& wanted, Tries& tries) { return Doctor(subject, wanted, tries).run(); }

}  // namespace muster::mend
