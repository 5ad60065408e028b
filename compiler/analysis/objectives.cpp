#include "compiler/analysis/objectives.h"

namespace muster::analysis {
namespace {

void add(ObjectiveCount& count, Verdict verdict) {
    if (verdict == Verdict::met) ++count.met;
    else if (verdict == Verdict::unknown) ++count.unknown;
    else if (verdict != Verdict::unset) ++count.missed;
}

void add(ObjectiveCount& count, const ServiceOutcome& outcome) {
    if (outcome.rto && outcome.state != State::unaffected) add(count, outcome.verdict);
    if (outcome.skew && outcome.skew->apart > Time::zero()) add(count, outcome.skew->verdict);
}

}  // namespace

bool touched(const Estimate& e, const DataOutcome& outcome) {
    return outcome.by || e.recovery.copies[outcome.data.value].front().state != CopyState::usable;
}

ObjectiveCount count_objectives(const std::vector<Estimate>& estimates) {
    ObjectiveCount count;
    for (const Estimate& e : estimates) {
        for (const ServiceOutcome& outcome : e.services) add(count, outcome);
        for (const DataOutcome& outcome : e.data)
            if (outcome.rpo && touched(e, outcome)) add(count, outcome.verdict);
    }
    return count;
}

}  // namespace muster::analysis
