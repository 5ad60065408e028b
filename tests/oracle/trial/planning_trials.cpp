// Reads the names of plans on standard input, one a line, and says of each whether its planning trials are its estimates.
#include <chrono>
#include <iostream>
#include <sstream>

#include "compiler/sema/load.h"
#include "simulator/rehearsal.h"

namespace {

using muster::analysis::Estimate;
using muster::analysis::Verdict;
using muster::support::never;
using muster::support::Time;

constexpr muster::analysis::Instant as_of = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

std::string said(Time time) { return time == muster::simulator::unknown ? "unknown" : muster::support::format_duration(time); }

Time rta_of(const muster::analysis::ServiceOutcome& service) { return service.rta.value_or(muster::simulator::unknown); }

Time rpa_of(const muster::analysis::DataOutcome& data) {
    return data.rpa.value_or(data.verdict == Verdict::unknown ? muster::simulator::unknown : never);
}

// One plan: what differs goes to `out`.
class Comparison {
public:
    Comparison(const muster::model::Plan& plan, std::ostream& out) : plan_(plan), out_(out), schedules_(plan, as_of) {}

    void compare(muster::support::Id<muster::model::Scenario> scenario) {
        const std::string in = " in " + plan_.scenarios[scenario].heading.name;
        const Estimate estimate = muster::analysis::estimate(plan_, scenario, schedules_);
        const auto trial = muster::simulator::Rehearsal(plan_, scenario, schedules_).planning_trial();
        for (muster::analysis::NodeId node = 0; node < estimate.recovery.network.nodes.size(); ++node) {
            const std::string& key = estimate.recovery.network.nodes[node].key;
            expect("begin of " + key + in, trial.times.begin(node), estimate.outlook.times.begin[node]);
            expect("end of " + key + in, trial.times.end(node), estimate.outlook.times.end[node]);
        }
        for (const auto& one : estimate.services)
            expect("rta of " + plan_.services[one.service].heading.name + in, trial.rta[one.service.value], rta_of(one));
        for (const auto& one : estimate.data)
            expect("rpa of " + plan_.data[one.data].heading.name + in, trial.rpa[one.data.value], rpa_of(one));
    }

private:
    void expect(const std::string& what, Time tried, Time estimated) {
        if (tried != estimated) out_ << "  " << what << ": trial " << said(tried) << ", estimate " << said(estimated) << '\n';
    }

    const muster::model::Plan& plan_;
    std::ostream& out_;
    muster::analysis::Schedules schedules_;
};

// "same", "unreadable", or "different" with the differences below it.
void judge(const std::string& path) {
    std::istringstream nothing;
    muster::diagnostics::Sink sink;
    const auto files = muster::sema::load(path, nothing, sink);
    if (!files) {
        std::cout << "unreadable " << path << std::endl;
        return;
    }
    const auto plan = muster::sema::resolve(files->parsed, files->sources, sink);
    if (sink.has_errors()) {
        std::cout << "unreadable " << path << std::endl;
        return;
    }
    std::ostringstream differences;
    Comparison comparison(plan, differences);
    for (const auto scenario : plan.scenarios.ids()) comparison.compare(scenario);
    std::cout << (differences.str().empty() ? "same " : "different ") << path << '\n' << differences.str() << std::flush;
}

}  // namespace

int main() {
    for (std::string path; std::getline(std::cin, path);) judge(path);
}
