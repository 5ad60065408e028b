// People do not want backups, they want restores. A copy that no step brings anything back from is paid for every night, and on the day
// when it is the one that is left, somebody has to find out how it is read.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Copy;
using model::Dataset;
using model::Plan;

// By copy: whether a step brings something back from it, or a scenario does, or a log is replayed on it.
class Uses {
public:
    Uses(const Plan& plan, const std::vector<Estimate>& estimates) : plan_(plan), used_(plan.copies.size()) {
        for (const model::Step& step : plan.steps)
            if (const auto* restore = step.action ? std::get_if<model::Restore>(&*step.action) : nullptr) add(*restore);
        for (const Estimate& e : estimates)
            for (const Source& source : e.recovery.sources)
                if (source.copy && source.copy->copy) used_[source.copy->copy->value] = true;
        for (const model::Drill& drill : plan.drills)
            for (const model::Exercise& one : drill.exercises)
                if (one.backup) used_[one.backup->value] = true;
        for (const Copy& copy : plan.copies)
            if (const auto* archive = copy.archive(); archive != nullptr && archive->base) used_[archive->base->value.value] = true;
    }

    [[nodiscard]] bool any(Id<Copy> copy) const { return used_[copy.value]; }

private:
    void add(const model::Restore& restore) {
        if (restore.copy) used_[restore.copy->value] = true;
        if (!restore.store) return;
        for (const auto& data : restore.data) add_in(*restore.store, data.value);
    }

    // Where none of its copies is in the store, restore-without-source says so, and it might be any of them.
    void add_in(Id<model::Store> store, Id<Dataset> data) {
        const auto held = holdings_of(plan_, data);
        const auto there = [&](const Holding& one) { return one.store == store; };
        const bool none = std::none_of(held.begin(), held.end(), there);
        for (const Holding& one : held)
            if (none || there(one)) used_[one.copy.value] = true;
    }

    const Plan& plan_;
    std::vector<bool> used_;
};

// What a command or an instruction reads is not known: a plan that restores by such gets the benefit of the doubt.
bool is_typed(const Plan& plan) {
    return std::any_of(plan.steps.begin(), plan.steps.end(),
                       [](const model::Step& step) { return step.action && std::holds_alternative<model::Restore>(*step.action); });
}

// Copies are also there to be counted, or to be kept.
bool is_demanded(const Plan& plan, const Dataset& data) {
    const auto of_class = [&](auto id) { return plan.classifications[id].policy || plan.classifications[id].retained; };
    return data.retained || (data.tier && plan.tiers[data.tier->value].policy) ||
           std::any_of(data.classified.begin(), data.classified.end(), of_class);
}

// A replica is read from as it stands, and so is a repository.
std::vector<Named> unused(const Plan& plan, Id<Dataset> data, const Uses& uses) {
    std::vector<Named> all;
    for (const auto id : plan.index.copies[data.value]) {
        const Copy& copy = plan.copies[id];
        if (copy.repository() != nullptr) return {};
        if (copy.replica() == nullptr && !uses.any(id)) all.push_back({copy.heading.name, copy.heading.span});
    }
    return all;
}

// Another finding says that it is gone for good.
std::vector<bool> lost_anywhere(const Facts& facts) {
    std::vector<bool> lost(facts.plan.data.size());
    for (const Estimate& e : facts.estimates)
        for (const DataOutcome& outcome : e.data)
            if (outcome.verdict == Verdict::lost || outcome.verdict == Verdict::never) lost[outcome.data.value] = true;
    return lost;
}

void report(const Dataset& data, const std::vector<Named>& all, diagnostics::Sink& sink) {
    auto& d = sink.report(diagnostics::messages::copy_never_restored, all.front().span, diagnostics::Name{data.heading.name},
                          diagnostics::Words{list_of(all)});
    d.subject = {"data", data.heading.name};
    d.related = further(all);
    d.help = fmt::format("let a procedure, or a drill, `restore {} from {}`; or do without the copy", data.heading.name, all.front().name);
}

}  // namespace

void copy_never_restored(const Facts& facts, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    if (!is_typed(plan)) return;
    const Uses uses(plan, facts.estimates);
    const std::vector<bool> lost = lost_anywhere(facts);
    for (const auto id : plan.data.ids()) {
        if (lost[id.value] || is_demanded(plan, plan.data[id])) continue;
        const auto all = unused(plan, id, uses);
        if (!all.empty()) report(plan.data[id], all, sink);
    }
}

}  // namespace muster::analysis::rules
