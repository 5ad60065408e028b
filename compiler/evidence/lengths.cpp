#include "compiler/evidence/lengths.h"

#include <algorithm>

namespace muster::evidence {
namespace {

bool is_part(const Event& event) { return event.start && event.end && event.exit; }

// What carries a step out, by a command or by hand; the rest only looks.
bool is_work(const Event& event) { return event.kind == "action" || event.kind == "manual" || event.kind == "approved"; }

bool stops_run(const Event& event) { return event.kind == "interrupted" || event.kind == "resumed"; }

struct Tracked {
    StepRun step;
    bool worked = false;   // in the last attempt
    bool stopped = false;  // the run was stopped since it began
    bool taken = false;    // as done, by somebody's word
};

class Gathering {
public:
    void add(const Event& event) {
        if (stops_run(event)) note_stop();
        if (event.step.empty()) return;
        Tracked& tracked = called(event.step);
        note_operator(tracked.step, event.operator_name);
        if (event.planned) tracked.step.planned = event.planned;
        if (is_part(event)) part(tracked, event);
        else if (event.kind == "begun") begin(tracked, event.attempt, event.at);
        else if (event.kind == "skipped") tracked.step.skipped = true;
        else if (event.kind == "done") tracked.step.end = event.at;
        else if (event.kind == "assumed" || (event.kind == "decided" && event.answer == "done")) tracked.taken = true;
    }

    std::vector<StepRun> finish() {
        std::vector<StepRun> all;
        for (Tracked& tracked : tracked_) {
            tracked.step.unmeasured = why_not(tracked);
            all.push_back(std::move(tracked.step));
        }
        return all;
    }

private:
    Tracked& called(const std::string& name) {
        const auto found = std::find_if(tracked_.begin(), tracked_.end(), [&](const Tracked& one) { return one.step.name == name; });
        if (found != tracked_.end()) return *found;
        tracked_.push_back({});
        tracked_.back().step.name = name;
        return tracked_.back();
    }

    void note_stop() {
        for (Tracked& one : tracked_)
            if (one.step.begin && !one.step.end) one.stopped = true;
    }

    static void note_operator(StepRun& step, const std::string& name) {
        if (!name.empty() && std::find(step.operators.begin(), step.operators.end(), name) == step.operators.end())
            step.operators.push_back(name);
    }

    // A new attempt is measured for itself.
    static void begin(Tracked& tracked, std::int64_t attempt, Instant at) {
        StepRun& step = tracked.step;
        const std::int64_t number = std::max<std::int64_t>(attempt, 1);
        if (step.begin && number == step.attempts) return;
        if (number > step.attempts && step.attempts > 0) tracked.worked = tracked.stopped = false, step.begin.reset();
        step.attempts = std::max(step.attempts, number);
        if (!step.begin) step.begin = at;
    }

    // What is looked at before the first attempt has the number 0, and belongs to it; what is checked again after the end does not.
    static void part(Tracked& tracked, const Event& event) {
        if (*event.exit != 0 && event.kind != "done_when") ++tracked.step.failures;
        if (tracked.step.end) return;
        begin(tracked, event.attempt, *event.start);
        if (*event.start < *tracked.step.begin) tracked.step.begin = event.start;
        if (is_work(event) && *event.exit == 0) tracked.worked = true;
    }

    static std::string why_not(const Tracked& tracked) {
        const StepRun& step = tracked.step;
        if (step.skipped) return "it was skipped";
        if (!step.end) return "it was not finished";
        if (tracked.taken) return "it was taken as done";
        if (!step.begin || !tracked.worked) return "there was nothing to do";
        if (tracked.stopped) return "the run was stopped meanwhile";
        if (*step.end < *step.begin) return "the clock was set back meanwhile";
        return {};
    }

    std::vector<Tracked> tracked_;
};

}  // namespace

std::optional<Time> StepRun::length() const {
    if (!unmeasured.empty()) return std::nullopt;
    return *end - *begin;
}

std::vector<StepRun> steps_of(const Run& run) {
    Gathering gathering;
    for (const Event& event : run.events) gathering.add(event);
    return gathering.finish();
}

}  // namespace muster::evidence
