#include "compiler/analysis/closing.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/compiled.h"

using namespace muster;
using namespace muster::analysis;
using namespace std::chrono_literals;

namespace {

std::vector<std::pair<std::string, support::Time>> closing(const model::Plan& plan, const Estimate& estimate, std::size_t service) {
    std::vector<std::pair<std::string, support::Time>> all;
    for (const Closing& one : closing_steps(estimate, estimate.services[service]))
        all.emplace_back(plan.steps[one.step].heading.name, one.rest);
    return all;
}

Estimate first(const model::Plan& plan) { return estimate_all(plan, Schedules(plan, backends::test_date)).front(); }

using All = std::vector<std::pair<std::string, support::Time>>;

}  // namespace

TEST_CASE("a service is there after its last step and what it needs to start", "[analysis]") {
    const auto made = backends::compiled(
        "plan p\nrole ops\nservice db { starts in 30s }\nservice web { needs db; resumes in 5s }\nservice far\n"
        "procedure fix { recovers db; step a { by ops; takes 1m; manual \"x\" }; step b { by ops; takes 2m; manual \"y\"; completes db };\n"
        "step c { by ops; takes 9m; manual \"z\" } }\n"
        "scenario crash { fails db; detected after 1m }\n");
    const Estimate estimate = first(made.plan);
    CHECK(closing(made.plan, estimate, 0) == All{{"b", 30s}});
    CHECK(closing(made.plan, estimate, 1) == All{{"b", 35s}});
    CHECK(closing(made.plan, estimate, 2).empty());
}

TEST_CASE("the end of a closing step and its rest are the RTA", "[analysis]") {
    for (const std::string folder : {"plans/bookshop", "plans/nexus/repaired", "plans/waqiti/repaired"}) {
        const auto made = backends::compiled_folder(folder);
        for (const Estimate& estimate : estimate_all(made.plan, Schedules(made.plan, backends::test_date)))
            for (const ServiceOutcome& outcome : estimate.services) {
                support::Time last{0};
                for (const Closing& closing : closing_steps(estimate, outcome))
                    for (const PlannedStep& planned : estimate.schedule)
                        if (planned.step == closing.step) last = std::max(last, planned.end + closing.rest - estimate.clock);
                INFO(folder << " " << made.plan.scenarios[estimate.recovery.scenario].heading.name << " "
                            << made.plan.services[outcome.service].heading.name);
                if (last > support::Time{0}) CHECK(last == *outcome.rta);
            }
    }
}
