// How a difference is put into words, in whichever form.
#pragma once

#include "compiler/diff/difference.h"

namespace muster::diff {

/// How names and values of a plan are shown: in quotes of some kind. Whole sentences may have others.
using Quote = std::string (*)(std::string_view);

/// "RTO of service `web`: 30m -> 1h".
[[nodiscard]] std::string words_of(const Objective& objective, Quote quote);

/// "takes: `5m` -> `10m`", "needs: now `cache`", "needs: no longer `cache`".
[[nodiscard]] std::string words_of(const Field& field, Quote quote);

/// "step `restore-db.load`", and the new name of what is renamed.
[[nodiscard]] std::string words_of(const Declaration& declaration, Quote quote);

/// "RTA of `web`: 40m -> 1h10m, of an RTO of 1h: met -> missed".
[[nodiscard]] std::string words_of(const Outcome& outcome, Quote quote);

/// "step `restore-db.load` takes 30m longer, 1h30m".
[[nodiscard]] std::string words_of(const Part& part, Quote quote);

/// "M3001 rto-missed, service `web` in `region-lost`: the RTO …".
[[nodiscard]] std::string words_of(const diagnostics::Diagnostic& finding, Quote quote, Quote sentence);

/// What made the numbers of `outcome` what they are, line by line: obstacles, sources of a loss, and parts of a path.
[[nodiscard]] std::vector<std::string> reasons_of(const Outcome& outcome, Quote quote, Quote sentence);

/// "1 objective newly missed, 2 newly met, …; 3 loosened, …": one line over all.
[[nodiscard]] std::string summary_of(const Difference& difference);

}  // namespace muster::diff
