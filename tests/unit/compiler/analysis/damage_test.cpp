// How urgent what a finding is about is, and how many objectives are kept.
#include "compiler/analysis/damage.h"

#include "compiler/analysis/objectives.h"
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

const std::string shop = R"(
    tier gold { rto 15m }
    service db : gold
    service web { rto 2h; uses orders }
    service batch
    data orders { in db }
    data logs { in batch }
    store vault { s3 "v" }
    backup nightly of orders { every day; takes 1m; upload 1m; to vault }
    procedure put-back { recovers db, web; step load { takes 1h; restore orders from nightly before damage } }
    scenario table-dropped { deletes orders; undetected for 10m }
)";

support::Time urgency_of(std::string kind, std::string name) {
    diagnostics::Diagnostic d;
    d.subject = {std::move(kind), std::move(name)};
    std::vector<diagnostics::Diagnostic> findings{d};
    set_urgency(Estimated::plan_of(shop), findings);
    return findings.front().urgency;
}

TEST_CASE("urgency: a service has its RTO, data and its copies that of the most urgent service that needs them") {
    CHECK(urgency_of("service", "db") == 15min);
    CHECK(urgency_of("service", "web") == 2h);
    CHECK(urgency_of("data", "orders") == 15min);
    CHECK(urgency_of("backup", "nightly of orders") == 15min);
    CHECK(urgency_of("step", "put-back.load") == 15min);
    CHECK(urgency_of("procedure", "put-back") == 15min);
}

TEST_CASE("urgency: what no RTO depends on is not urgent") {
    CHECK(urgency_of("service", "batch") == support::never);
    CHECK(urgency_of("data", "logs") == support::never);
    CHECK(urgency_of("role", "dba") == support::never);
}

TEST_CASE("objectives: each counts in every scenario that affects what it holds for") {
    const Estimated shopped(shop);
    const ObjectiveCount count = count_objectives({shopped.e, shopped.e});
    CHECK(count.met == 2);     // `web`, back after 1h10m
    CHECK(count.missed == 2);  // `db`, back with it
    CHECK(count.unknown == 0);
}

}  // namespace
}  // namespace muster::analysis
