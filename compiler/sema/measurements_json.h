// The file of measurements: how long things took, in drills and in earnest.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/profile.h"
#include "compiler/support/source.h"

namespace muster::sema {

/// What was measured of one thing.
struct Measurement {
    std::vector<support::Time> observed;  ///< never empty; the shortest first
    std::string last;                     ///< ISO date of the last one; empty where not said
};

/// Measurements by name.
using Measurements = std::map<std::string, Measurement, std::less<>>;

/// Reads `{"format": 1, "durations": {"NAME": {"observed_ms": [...], "last": "DATE"}}}`; further keys mean nothing. The first fault, of
/// JSON or of a value, goes to `sink` with its place in `file`, and nothing comes back: a name given twice, one without an observation, an
/// observation that is no whole number of milliseconds from 0 to 1,000 years.
[[nodiscard]] std::optional<Measurements> read_measurements(const support::Source& source, support::FileId file, diagnostics::Sink& sink);

/// What to count with, of observations in order of length: the nearest rank at 95 % is the planning value.
[[nodiscard]] model::Duration duration_of(const Measurement& measurement, support::Id<model::Origin> origin);

}  // namespace muster::sema
