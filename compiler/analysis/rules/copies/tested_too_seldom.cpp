// What is tested once a quarter and kept for a month was, for two months of three, nothing that anybody has ever read. A fault that
// creeps in after the test has spoilt every copy that is left by the time of the next one.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/tests.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;

// The longest that any of it is kept, in any of its stores.
Time kept_of(const model::Plan& plan, Id<model::Copy> copy) {
    Time longest{0};
    for (const Holding& held : holdings_of(plan, plan.copies[copy].of.front().value))
        if (held.copy == copy) longest = std::max(longest, held.kept);
    return longest;
}

bool has_a_test_of_its_own(const model::Copy& copy) {
    if (copy.backup() != nullptr) return !copy.backup()->verifications.empty();
    return copy.archive() != nullptr && !copy.archive()->verifications.empty();
}

void look_at(const Facts& facts, Id<model::Copy> id, Tests& tests, diagnostics::Sink& sink) {
    const model::Copy& copy = facts.plan.copies[id];
    if (!has_a_test_of_its_own(copy)) return;  // that a drill comes once a quarter is what drills do
    const auto apart = tests.within(id);
    const Time kept = kept_of(facts.plan, id);
    if (!apart || kept == Time::zero() || *apart <= support::later(kept, std::chrono::hours{24})) return;
    const std::string name = model::qualified_name(facts.plan, id);
    auto& d = sink.report(diagnostics::messages::tested_too_seldom, copy.heading.span, diagnostics::Name{name},
                          diagnostics::Duration{*apart}, diagnostics::Duration{kept});
    d.subject = {std::string{copy.kind_name()}, name};
    d.target = kept;
    d.achieved = apart;
    d.help = fmt::format("test it at most {} apart, or keep some of it longer than {}", format_duration(kept), format_duration(*apart));
}

}  // namespace

void tested_too_seldom(const Facts& facts, diagnostics::Sink& sink) {
    Tests tests(facts.plan, facts.schedules.as_of());
    for (const auto id : facts.plan.copies.ids()) look_at(facts, id, tests, sink);
}

}  // namespace muster::analysis::rules
