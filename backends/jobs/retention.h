// Which runs of a backup a store keeps: grandfather, father, son.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/schedules.h"
#include "compiler/model/plan.h"

namespace muster::backends::jobs {

using support::Id;
using support::Time;

/// The lines of `keep` of `backup` that hold in `store`. Empty: every run is kept forever. What holds in a store to which its runs are
/// moved later holds here as well where both are the same bucket or folder: only their storage class changes.
///
/// A grade keeps the first run of each of its hours, days, weeks from Monday, months or years in UTC, for its length; without a
/// grade every run is kept. What any line keeps is kept. analysis counts with the same periods (`CopyOutcome`).
[[nodiscard]] std::vector<model::Retention> kept_in(const model::Plan& plan, const model::Backup& backup, Id<model::Store> store);

/// `kept` as words of bash, `GRADE:SECONDS` each, 0 for forever: `all:604800 weekly:2592000`.
[[nodiscard]] std::string kept_words(const std::vector<model::Retention>& kept);

/// `kept` as options of `restic forget`, each after a blank.
[[nodiscard]] std::string kept_options(const std::vector<model::Retention>& kept);

/// The most runs of `backup` that lie in `store` at a time, those that are kept forever as if it were for a year; at most
/// 10,000 for each line.
[[nodiscard]] std::int64_t runs_kept(const model::Plan& plan, const model::Backup& backup, Id<model::Store> store, analysis::Instant as_of);

}  // namespace muster::backends::jobs
