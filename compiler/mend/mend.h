// By which smallest change of one kind an objective would be met. Each is found by trying it: the plan is changed as `--set` changes it,
// and estimated anew.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "compiler/analysis/moved.h"
#include "compiler/ast/ast.h"
#include "compiler/support/source.h"

namespace muster::mend {

using support::Id;
using support::Time;

/// A plan as it stands: what was read, what it means, and what it comes to.
struct Subject {
    const support::Sources& sources;
    const std::vector<ast::File>& parsed;
    const model::Plan& plan;
    const std::vector<analysis::Estimate>& estimates;  ///< of all scenarios
    const analysis::Schedules& schedules;
};

/// One way to meet an objective.
struct Remedy {
    std::string what;       ///< "step `back.load` takes 7m instead of 40m"
    std::string change;     ///< the same for --set: `procedure back { step load { takes 7m } }`
    Time achieved{0};       ///< the RTA or RPA with it
    std::int64_t size = 0;  ///< how much of the figure is changed, in thousandths of the larger of the two values; 0: a choice
    std::vector<std::string> newly_missed;  ///< objectives that are met now and would not be: "RTO of `web` in `fire`"
};

/// An objective that is missed, and the ways to meet it, the smallest change first; those by which others would be missed come last.
struct Ailment {
    std::string scenario;
    bool service = true;  ///< its RTO is missed; else the RPO of data
    std::string name;
    Time objective{0};
    std::optional<Time> achieved;  ///< `never` where the service does not come back; nothing where data is lost, or a time unknown
    std::string why;               ///< it never comes back, is lost or is not known, a clause; empty where it is only late
    std::vector<Remedy> remedies;
    std::optional<Remedy> most;  ///< where there is none, the change that does most, as far as it can go; nothing where none does anything
};

/// Which objectives are looked at; empty: all that are missed.
struct Wanted {
    std::string name;      ///< of a service or data
    std::string scenario;  ///< of a family that of the family or of a member
};

/// How many changes may be tried yet.
struct Tries {
    std::uint64_t left = std::numeric_limits<std::uint64_t>::max();
    bool few = false;  ///< what would hardly be enough is not tried, nor which change does most
};

/// The objectives of `subject` that are missed, in order of scenarios, services and data. A change is tried some 20 times for each figure
/// on the path that is enough, once for each other, and each time the scenario is estimated anew. The objective at which `tries` run out,
/// and those after it, get no remedy.
[[nodiscard]] std::vector<Ailment> mend(const Subject& subject, const Wanted& wanted, Tries& tries);

/// The same with as many as it takes.
[[nodiscard]] inline std::vector<Ailment> mend(const Subject& subject, const Wanted& wanted) {
    Tries tries;
    return mend(subject, wanted, tries);
}

/// The smallest change that would mend it, as one clause; empty where there is none.
[[nodiscard]] std::string advice(const Ailment& ailment);

/// For a terminal.
[[nodiscard]] std::string render_text(const std::vector<Ailment>& ailments);

}  // namespace muster::mend
