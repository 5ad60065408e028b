#include "simulator/runs.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "simulator/rehearsal.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;
using testing::new_year;

constexpr std::uint64_t trials = 10'000;

// Data of 36 GB, which take 10 m to load, and a backup of which `unsound` are useless.
model::Plan plan_with(std::string_view unsound, std::string_view backup, std::string_view step = "restore d from b") {
    return testing::plan_of("plan p { profiles ours }\nprofile ours { unsound " + std::string(unsound) +
                            " }\nsite a\nsite z { standby }\nservice s { at a, z standby }\nstore v { s3 \"v\"; rate 60MB/s }\n"
                            "data d { in s; size 36GB }\nbackup b of d { every day at 02:00; takes 1h; upload 0s; to v; " +
                            std::string(backup) + " }\nprocedure back { recovers s; step load { automatic; " + std::string(step) +
                            " } }\nscenario fire { destroys site a; detected after 0s }\n");
}

struct Fires {
    std::uint64_t marked = 0;  ///< trials in which a copy was useless
    std::uint64_t lost = 0;
    std::vector<Time> rta;
    std::vector<Time> rpa;
};

Fires fires_of(const model::Plan& plan) {
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    Fires fires;
    for (std::uint64_t i = 0; i < trials; ++i) {
        const Outcome outcome = rehearsal.trial(Draws(3, i));
        fires.marked += outcome.marks.empty() ? 0 : 1;
        fires.lost += outcome.rpa[0] == never ? 1 : 0;
        fires.rta.push_back(outcome.rta[0]);
        fires.rpa.push_back(outcome.rpa[0]);
    }
    return fires;
}

double share_of(const std::vector<Time>& times, Time at_least, Time below) {
    const auto count = std::count_if(times.begin(), times.end(), [&](Time time) { return time >= at_least && time < below; });
    return static_cast<double>(count) / static_cast<double>(times.size());
}

}  // namespace

// Of a run in five: 0.8 of the disasters find a sound one at once, 0.16 after one useless, 0.032 after two.
TEST_CASE("a useless run costs its restore, and a day") {
    const Fires fires = fires_of(plan_with("20%", ""));
    CHECK(share_of(fires.rta, 10min, 10min + 1ms) == Approx(0.8).margin(0.015));
    CHECK(share_of(fires.rta, 20min, 20min + 1ms) == Approx(0.16).margin(0.015));
    CHECK(share_of(fires.rta, 30min, 30min + 1ms) == Approx(0.032).margin(0.008));
    // The age of the newest run that is safe is uniform on [1 h, 25 h].
    CHECK(share_of(fires.rpa, 1h, 25h) == Approx(0.8).margin(0.015));
    CHECK(share_of(fires.rpa, 25h, 49h) == Approx(0.16).margin(0.015));
    CHECK(*std::min_element(fires.rpa.begin(), fires.rpa.end()) >= 1h);
    CHECK(static_cast<double>(fires.marked) / trials == Approx(0.2).margin(0.015));
    for (std::uint64_t i = 0; i < trials; ++i) CHECK((fires.rta[i] - 10min) / 10min == (fires.rpa[i] - 1h) / 24h);
}

TEST_CASE("a step that says how long it takes, takes that again for each useless run") {
    const Fires fires = fires_of(plan_with("20%", "", "takes 25m; restore d from b"));
    CHECK(share_of(fires.rta, 25min, 25min + 1ms) == Approx(0.8).margin(0.015));
    CHECK(share_of(fires.rta, 50min, 50min + 1ms) == Approx(0.16).margin(0.015));
}

// A run of 02:00 is tried at 14:00: only from 03:00 to 14:00 is the newest one unproven.
TEST_CASE("a run that was restored in a test is sound") {
    const Fires fires = fires_of(plan_with("20%", "verify { every day at 14:00; by restore }"));
    CHECK(static_cast<double>(fires.marked) / trials == Approx(0.2 * 11 / 24).margin(0.012));
    CHECK(*std::max_element(fires.rpa.begin(), fires.rpa.end()) < 2 * 24h + 1h);
}

TEST_CASE("a test counts from its end on, and only by restore") {
    const Fires slow = fires_of(plan_with("20%", "verify { every day at 14:00; by restore; takes 6h }"));
    CHECK(static_cast<double>(slow.marked) / trials == Approx(0.2 * 17 / 24).margin(0.012));
    for (const char* how : {"checksum", "listing"}) {
        const Fires fires = fires_of(plan_with("20%", std::string("verify { every day at 14:00; by ") + how + " }"));
        CHECK(static_cast<double>(fires.marked) / trials == Approx(0.2).margin(0.015));
    }
}

TEST_CASE("no older run is tried than is kept") {
    const Fires fires = fires_of(plan_with("50%", "keep 3d"));
    // There are three runs that are not older than 3 d, but for an hour of the day, when there are two.
    CHECK(static_cast<double>(fires.lost) / trials == Approx(0.125 * 23 / 24 + 0.25 / 24).margin(0.012));
    for (std::uint64_t i = 0; i < trials; ++i) CHECK((fires.rpa[i] == never) == (fires.rta[i] == never));
    CHECK(*std::max_element(fires.rpa.begin(), fires.rpa.end()) == never);
    CHECK(share_of(fires.rpa, 73h, never) == 0);
}

TEST_CASE("where every run is useless the data is lost, and where none is nothing changes") {
    const Fires all = fires_of(plan_with("100%", ""));
    CHECK(all.lost == trials);
    const Fires none = fires_of(plan_with("0%", ""));
    CHECK(none.marked == 0);
    CHECK(*std::max_element(none.rta.begin(), none.rta.end()) == 10min);
}

TEST_CASE("a step that has something to turn to does, where nothing sound is left") {
    const auto plan = plan_with("100%", "",
                                "takes 1s; fails 0.0001%; restore d from b; otherwise rebuild } }\n"
                                "procedure rebuild { step type { automatic; takes 3h; manual \"Type it in.\"");
    const Fires fires = fires_of(plan);
    CHECK(*std::min_element(fires.rta.begin(), fires.rta.end()) == 3h + 100s);
    CHECK(*std::max_element(fires.rta.begin(), fires.rta.end()) == 3h + 100s);
}

TEST_CASE("the same run is useless wherever it lies, for all the data in it, and whoever asks") {
    const auto plan = testing::plan_of(
        "plan p { profiles ours }\nprofile ours { unsound 30% }\nsite a\nsite z { standby }\nservice s { at a, z standby }\n"
        "service t { at a, z standby }\nstore v { s3 \"v\"; rate 60MB/s }\nstore w { s3 \"w\"; rate 60MB/s }\n"
        "data d { in s; size 6GB }\ndata e { in t; size 6GB }\nbackup b of d, e { every day; takes 1h; upload 0s; to v, w }\n"
        "procedure one { recovers s; step load { automatic; restore d from v } }\n"
        "procedure two { recovers t; step load { automatic; restore e from w } }\nscenario fire { destroys site a; detected after 0s }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    bool useless = false;
    for (std::uint64_t i = 0; i < 300; ++i) {
        const Outcome outcome = rehearsal.trial(Draws(3, i));
        CHECK(outcome.rpa[0] == outcome.rpa[1]);
        CHECK(outcome.rta[0] == outcome.rta[1]);
        useless |= outcome.rta[0] > 100s;
    }
    CHECK(useless);
}

TEST_CASE("an archive is as sound as its base") {
    const auto with = [](std::string_view unsound) {
        return testing::plan_of("plan p { profiles ours }\nprofile ours { unsound " + std::string(unsound) +
                                " }\nsite a\nsite z { standby }\nservice s { at a, z standby }\nstore v { s3 \"v\"; rate 60MB/s }\n"
                                "data d { in s; size 36GB; changes 1GB/h }\nbackup b of d { every day; takes 1h; upload 0s; to v }\n"
                                "archive w of d { every 1m; upload 0s; to v; base b; replay 60MB/s }\n"
                                "procedure back { recovers s; step load { automatic; restore d from w } }\n"
                                "scenario fire { destroys site a; detected after 0s }\n");
    };
    const Fires some = fires_of(with("20%")), all = fires_of(with("100%"));
    CHECK(all.lost == trials);
    CHECK(some.lost == 0);
    CHECK(static_cast<double>(some.marked) / trials == Approx(0.2).margin(0.015));
    CHECK(*std::max_element(some.rpa.begin(), some.rpa.end()) <= 1min);
}

}  // namespace muster::simulator
