// What of a plan could be otherwise, so that an objective is met: one figure, or one choice.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::mend {

using support::Id;
using support::Time;

/// One thing that a plan says and could say otherwise, in steps of whole numbers from `now` to `best`.
struct Lever {
    std::string what;                    ///< "step `back.load` takes": what stands before the values
    std::int64_t now = 0;                ///< what the plan says
    std::int64_t best = 0;               ///< as far as it can go: below `now` where less is better, else above. A choice goes from 0 to 1
    bool choice = false;                 ///< there is no value between: `what` says it all
    bool unsaid = false;                 ///< the plan says nothing yet: `now` is more than would do
    std::string said;                    ///< what the plan says, where that is no value such as `now`: "every day at 02:00"
    Time unit{0};                        ///< of a length: what a step between two values is
    std::optional<std::int64_t> likely;  ///< a value that may be enough where some between it and `best` are not
    std::function<std::string(std::int64_t)> shown;   ///< a value as a plan writes it
    std::function<std::string(std::int64_t)> change;  ///< the change to that value, in the language of `whatif`
};

/// What stands on the path to `outcome`, which is later than its RTO: the lengths of its steps, rates and sources of its restores, the
/// people that it waits for, how it is found.
[[nodiscard]] std::vector<Lever> levers_of(const model::Plan& plan, const analysis::Estimate& estimate,
                                           const analysis::ServiceOutcome& outcome);

/// What the loss of `outcome` is made of: how often a copy is made, how long that takes, how long damage goes unseen, which copy is taken.
[[nodiscard]] std::vector<Lever> levers_of(const model::Plan& plan, const analysis::Estimate& estimate,
                                           const analysis::DataOutcome& outcome);

/// In what a length of `now` would be changed: in minutes where it is ten of them or more, else in seconds.
[[nodiscard]] Time unit_of(Time now);

/// How many units `length` is, rounded up.
[[nodiscard]] std::int64_t whole_units(Time length, Time unit);

/// A length of time that could be shorter, down to `least` and never to nothing, in units of `unit_of`. `change` gets it as a plan
/// writes it.
[[nodiscard]] Lever shorter(std::string what, Time now, std::function<std::string(const std::string&)> change, Time least = Time::zero());

/// The most often that anything is done.
inline constexpr Time most_often = std::chrono::minutes{1};

/// A rate that could be higher, up to a thousand times, in kB/s, MB/s or GB/s.
[[nodiscard]] Lever faster(std::string what, support::Rate now, std::function<std::string(const std::string&)> change);

/// More of what there is `now`, up to ten more.
[[nodiscard]] Lever more(std::string what, std::int64_t now, std::function<std::string(const std::string&)> change);

/// A change that is made or not.
[[nodiscard]] Lever choose(std::string what, std::string change);

/// The step that brings `data` back could take each other copy of it that is usable.
void add_other_copies(const model::Plan& plan, const analysis::Estimate& estimate, Id<model::Step> step, Id<model::Dataset> data,
                      std::vector<Lever>& levers);

/// A change of one clause of a step: `procedure back { step load { takes 7m } }`.
[[nodiscard]] std::string step_change(const model::Plan& plan, Id<model::Step> step, const std::string& clause);

/// `text` between quotes of the plan language.
[[nodiscard]] std::string quoted(const std::string& text);

/// The declared name of a scenario: of a member of a family, `zone-loss[main/a]`, that of the family.
[[nodiscard]] std::string declared_name(const model::Plan& plan, Id<model::Scenario> scenario);

}  // namespace muster::mend
