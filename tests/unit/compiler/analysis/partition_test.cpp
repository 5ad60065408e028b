// Cuts: nothing fails, and what lies across is out of reach.
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

const std::string sites = "site main { zones a, b; region north }\nsite dr { region south }\n";

State state(const std::string& services, const std::string& cut) {
    return Estimated(sites + services + "scenario s { " + cut + "; lasts 2h; detected after 0s }").service("shop").state;
}

TEST_CASE("cuts: what a service needs across the cut is unavailable until it ends") {
    const Estimated it(sites + "service db { at dr }\nservice shop { at main; needs db; resumes in 1m }\n" +
                       "scenario s { cuts main from dr; lasts 2h; detected after 0s }");
    CHECK(it.service("shop").state == State::impaired);
    CHECK(it.rta("shop") == 2h + 1min);
    CHECK(it.service("db").state == State::unaffected);
    const Estimated endless(sites + "service db { at dr }\nservice shop { at main; needs db }\n" +
                            "scenario s { cuts main from dr; detected after 0s }");
    CHECK(endless.rta("shop") == support::never);
}

TEST_CASE("cuts: sides are sites, zones, regions and things that are named, and what lies in them") {
    const std::string on_dr = "service db { at dr }\nservice shop { at main; needs db }\n";
    CHECK(state(on_dr, "cuts region north from region south") == State::impaired);
    CHECK(state(on_dr, "cuts region north from dr") == State::impaired);
    CHECK(state(on_dr, "cuts service shop from service db") == State::impaired);
    CHECK(state(on_dr, "cuts main from region north") == State::unaffected);
    CHECK(state("external stripe\nservice shop { at main; needs stripe }\n", "cuts main from stripe") == State::impaired);
    CHECK(state("external stripe\nservice shop { at main; needs stripe }\n", "cuts dr from stripe") == State::unaffected);
    // A zone that is cut from its own site is on the side that names it.
    const std::string in_zones = "service db { at main/b }\nservice shop { at main/a; needs db }\n";
    CHECK(state(in_zones, "cuts zone a of main from main") == State::impaired);
}

TEST_CASE("cuts: a service on both sides is degraded, and impaired where it is pinned") {
    const std::string both = "service db { at dr }\nservice shop { at main, dr; needs db; ";
    CHECK(state(both + "}\n", "cuts main from dr") == State::degraded);
    CHECK(state(both + "pinned to zone }\n", "cuts main from dr") == State::impaired);
    CHECK(state("service db { at main, dr }\nservice shop { at main; needs db }\n", "cuts main from dr") == State::unaffected);
    CHECK(state("service db { at dr }\nservice shop { at main; wants db }\n", "cuts main from dr") == State::degraded);
}

std::string replicated(const std::string& mode, const std::string& scenario) {
    return sites + "service db { at main active, dr standby }\ndata orders { in db }\nreplica twin of orders { from main to dr; " + mode +
           " }\nprocedure fail-over { recovers db; step promote { takes 1m; promote twin of orders } }\nscenario s { " + scenario +
           "; detected after 0s; follow fail-over }";
}

TEST_CASE("cuts: what a replica does not follow is lost with it") {
    const std::string cut = "cuts main from dr; lasts 2h";
    CHECK(Estimated(replicated("mode sync; falls back", cut)).data("orders").rpa == 2h);
    CHECK(Estimated(replicated("mode async; lag 5m", cut)).data("orders").rpa == 2h + 5min);
    const Estimated endless(replicated("mode async; lag 5m", "cuts main from dr"));
    CHECK_FALSE(endless.data("orders").rpa.has_value());
    // Nobody writes where the primary has failed.
    CHECK(Estimated(replicated("mode async; lag 5m", cut + "; fails db")).data("orders").rpa == 5min);
}

TEST_CASE("cuts: a synchronous replica that does not fall back holds up its primary and loses nothing") {
    const Estimated it(replicated("mode sync", "cuts main from dr; lasts 2h"));
    CHECK(it.data("orders").rpa == 0s);
    CHECK(it.service("db").state == State::impaired);
    CHECK(it.rta("db") == 2h);
    CHECK(Estimated(replicated("mode sync; falls back", "cuts main from dr; lasts 2h")).service("db").state == State::unaffected);
}

TEST_CASE("cuts: a detector across the cut does not see") {
    const auto detection = [](const std::string& at) {
        return Estimated(sites + "service db { at dr }\nservice shop { at main; needs db }\ndetector probe { watches shop; at " + at +
                         "; every 1m }\nscenario s { cuts main from dr; lasts 2h; detected after 30m }")
            .e.detection;
    };
    CHECK(detection("main") == 1min);
    CHECK(detection("dr") == 30min);
    CHECK(detection("main, dr") == 1min);
}

TEST_CASE("cuts: a restore from a store across the cut, and a step that requires what is across, wait until it ends") {
    const auto rta = [](const std::string& store, const std::string& step) {
        return Estimated(sites + "service db { at main }\ndata orders { in db; size 1GB }\ntool git { at dr }\n" +
                         "store vault { s3 \"v\"; at " + store +
                         "; rate 1GB/s }\nbackup daily of orders { every day; takes 1m; to vault }\n" +
                         "procedure fix { recovers db; step load { " + step + " } }\n" +
                         "scenario s { cuts main from dr; deletes orders; undetected for 0s; lasts 2h }")
            .rta("db");
    };
    CHECK(rta("main", "restore orders from daily") == 1s);
    CHECK(rta("dr", "restore orders from daily") == 2h + 1s);
    CHECK(rta("dr", "on dr; restore orders from daily") == 1s);
    CHECK(rta("main", "on main; requires git; restore orders from daily") == 2h + 1s);
    CHECK(rta("main", "on dr; requires git; takes 1m; manual \"x\"") == 1min);
}

TEST_CASE("cuts: it is the kind of disruption of what is cut off") {
    const auto kind = [](const std::string& cut) {
        return Estimated(sites + "external x\nscenario s { " + cut + "; detected after 0s }").plan.scenarios[{0}].kind;
    };
    CHECK(kind("cuts zone a of main from dr") == model::DisruptionKind::zone);
    CHECK(kind("cuts main from dr") == model::DisruptionKind::region);
    CHECK(kind("cuts x from main") == model::DisruptionKind::hardware);
}

}  // namespace
}  // namespace muster::analysis
