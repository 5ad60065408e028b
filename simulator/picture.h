// A simulation as pictures.
#pragma once

#include <string>
#include <vector>

#include "simulator/rehearsal.h"
#include "simulator/simulate.h"

namespace muster::simulator {

/// A file of its own.
struct Picture {
    std::string name;  ///< `fire.web.svg`, `fire.p95.svg`
    std::string svg;
};

/// Where one trial stands among those of its scenario.
struct Standing {
    unsigned percent = 50;    ///< its percentile
    std::uint64_t trial = 0;  ///< its number
};

/// When a service is back: how many of `times` fall into each interval, the share that does not exceed a time as a curve, the median, the
/// 95th percentile and the objective. What is never or unknown keeps the curve below 100 %.
[[nodiscard]] std::string distribution_svg(const std::string& title, const Histogram& times, const std::optional<Time>& objective);

/// One trial of `rehearsal` on a time axis: the detection, people, steps and services, in order of their begin. Red is what the last
/// service that comes back waited for, a dashed frame what failed.
[[nodiscard]] std::string timeline_svg(const std::string& title, const Rehearsal& rehearsal, const Outcome& outcome);

/// The trials of a scenario at the median and the 95th percentile (nearest rank) of when the last service is back, of several alike the
/// first: by number, of the first 10'000 that `options` makes.
[[nodiscard]] std::vector<Standing> standings(const Rehearsal& rehearsal, const Options& options);

/// For every scenario of `result` a distribution of each service that is unavailable at first, and the timelines of both trials.
[[nodiscard]] std::vector<Picture> pictures(const model::Plan& plan, const Result& result, const Options& options);

}  // namespace muster::simulator
