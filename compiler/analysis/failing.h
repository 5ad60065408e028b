// Which steps can fail for good, and what is turned to then.
#pragma once

#include <vector>

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// How `step` is tried: with the chance, the retries and the timeout that the plan gives it. Nothing for a step that cannot fail: no share
/// of its attempts does, and its timeout, if any, is not shorter than what it can take.
[[nodiscard]] std::optional<Attempts> attempts_of(const model::Step& step);

/// Whether `step` can fail for good in this scenario: it may by itself, or it cannot be done here and turns to something else.
[[nodiscard]] bool may_fail(const model::Plan& plan, const Recovery& recovery, Id<model::Step> step);

/// Whether `procedure` can: a step that counts in the RTA may fail, and what that turns to, if anything, can fail too.
[[nodiscard]] bool may_fail(const model::Plan& plan, const Recovery& recovery, Id<model::Procedure> procedure);

/// The steps whose failure is that of `procedure`: its own, and those of what its steps turn to. None twice.
[[nodiscard]] std::vector<Id<model::Step>> failing_steps(const model::Plan& plan, const Recovery& recovery, Id<model::Procedure> procedure);

/// Everything that is followed, and what may be turned to, in order of declaration.
[[nodiscard]] std::vector<Id<model::Procedure>> all_procedures(const Recovery& recovery);

/// What is turned to where `procedure` fails, in any of the lines that begin with it.
[[nodiscard]] std::vector<Id<model::Procedure>> alternatives_of(const Recovery& recovery, Id<model::Procedure> procedure);

}  // namespace muster::analysis
