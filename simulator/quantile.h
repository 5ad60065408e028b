// Durations as distributions.
#pragma once

#include <vector>

#include "compiler/model/duration.h"

namespace muster::simulator {

using model::Time;

/// The time that a length of `duration` stays below with probability `u`, in (0, 1), rounded to whole milliseconds. Of a uniform
/// `u` it makes a sample of the duration (inverse transform), and a greater `u` never makes a shorter one.
///
/// Uniform: every whole millisecond of the range alike. PERT: the beta distribution on [low, high] with mean
/// μ = (a + 4m + b) / 6 and variance (μ − a)(b − μ) / 7. Lognormal: of that median and 95th percentile; a median of 0 is always 0.
/// Exponential: of that mean. Measured: what was observed, each as likely as the others; `observed` holds it, the shortest first, and means
/// nothing for other durations. Lengths that have no upper end are cut off at `support::longest_duration`.
[[nodiscard]] Time quantile(const model::Duration& duration, double u, const std::vector<Time>& observed = {});

/// The part `u`, in (0, 1), of `whole`, rounded to whole milliseconds.
[[nodiscard]] Time fraction(Time whole, double u);

}  // namespace muster::simulator
