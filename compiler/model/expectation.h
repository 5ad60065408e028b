// What a plan expects of itself: assertions that a simulation has to bear out.
#pragma once

#include "compiler/model/scenario.h"

namespace muster::model {

/// `expect p95 rta of shop in region-outage <= 30m`. Its heading has no name of its own but what it says, in these words.
struct Expectation {
    enum class Measure : std::uint8_t {
        rta,            ///< of a service, in a scenario
        rpa,            ///< of data, in a scenario
        duration,       ///< of a step, in a scenario
        chance_of_rto,  ///< that a service meets its RTO in a scenario
        chance_of_rpo,  ///< that data meets its RPO in a scenario
        availability,   ///< of a service, over years
        order,          ///< that services are ready one after the other in a scenario
    };
    enum class Statistic : std::uint8_t { p50, p90, p95, p99, max, mean };
    enum class Comparison : std::uint8_t { at_most, less, at_least, more };

    Heading heading;
    Measure measure = Measure::rta;
    std::optional<Statistic> statistic;     ///< of rta, rpa and duration
    std::vector<SaidId<Service>> services;  ///< of rta, chance_of_rto and availability one; of order in the order that is expected
    std::optional<SaidId<Dataset>> data;    ///< of rpa and chance_of_rpo
    std::optional<SaidId<Step>> step;       ///< of duration
    std::vector<Id<Scenario>> scenarios;    ///< it is to hold in each of these: all of a family; of availability none
    Comparison comparison = Comparison::at_most;
    std::optional<Said<Time>> time;        ///< what rta, rpa and duration are compared with
    std::optional<Said<Percent>> percent;  ///< what chances and availability are compared with
};

/// `whatif two-dbas { … }`: a change of the plan that can be tried. What it changes is text, and no part of the plan.
struct WhatIf {
    Heading heading;
};

}  // namespace muster::model
