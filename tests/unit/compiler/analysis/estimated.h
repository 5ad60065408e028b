// Small plans and what `estimate` says of their first scenario.
#pragma once

#include <catch2/catch.hpp>

#include "compiler/analysis/estimate.h"
#include "compiler/sema/load.h"

namespace muster::analysis {

inline constexpr Instant as_of_the_tests = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

/// A plan, and the estimate of its first scenario.
struct Estimated {
    explicit Estimated(const std::string& text) : plan(plan_of(text)), e(estimate(plan, {0}, Schedules(plan, as_of_the_tests))) {}

    static model::Plan plan_of(const std::string& text) {
        support::Sources sources;
        sources.add(*support::make_source("test.drp", "plan test\n" + text));
        diagnostics::Sink sink;
        model::Plan plan = sema::compile(sources, sink);
        for (const auto& d : sink.sorted()) UNSCOPED_INFO(d.message);
        REQUIRE_FALSE(sink.has_errors());
        return plan;
    }

    template <class T>
    static support::Id<T> find(const support::Table<T>& table, std::string_view name) {
        for (const auto id : table.ids())
            if (table[id].heading.name == name) return id;
        FAIL("there is no " << name);
        return {};
    }

    [[nodiscard]] const ServiceOutcome& service(std::string_view name) const { return e.services[find(plan.services, name).value]; }
    [[nodiscard]] const DataOutcome& data(std::string_view name) const { return e.data[find(plan.data, name).value]; }
    [[nodiscard]] std::optional<Time> rta(std::string_view name) const { return service(name).rta; }

    model::Plan plan;
    Estimate e;
};

}  // namespace muster::analysis
