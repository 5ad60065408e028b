// Days as plans write them, and what frameworks demand.
#include "compiler/analysis/days.h"
#include "compiler/analysis/frameworks.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

TEST_CASE("days: whole days, whatever the hour of the day") {
    const Instant noon = sys_days{2026y / 11 / 20} + 12h;
    CHECK(day_of("2026-11-20") == sys_days{2026y / 11 / 20});
    CHECK(days_since("2026-11-20", noon) == 0h);
    CHECK(days_since("2026-11-19", noon) == 24h);
    CHECK(days_since("2024-02-29", sys_days{2024y / 3 / 1}) == 24h);
    CHECK(days_since("2026-11-21", noon) == -24h);
}

TEST_CASE("frameworks: known by how their word begins, whatever its case and signs") {
    for (const char* word : {"PCI DSS", "pci-dss-4.0", "PCI_DSS"}) CHECK(framework_of(word)->clause == "PCI DSS 12.10.2");
    CHECK(framework_of("SOC 2 Type II")->at_most == 366 * 24h);
    CHECK(framework_of("dora")->at_most == 366 * 24h);
    CHECK(framework_of("pci")->audit_logs_kept == 365 * 24h);
    CHECK_FALSE(framework_of("dora")->audit_logs_kept);
    CHECK_FALSE(framework_of("ISO 22301:2019")->at_most);
    CHECK_FALSE(framework_of("gdpr"));
    CHECK_FALSE(framework_of("ISO 27001"));
    CHECK_FALSE(framework_of(""));
}

}  // namespace
}  // namespace muster::analysis
