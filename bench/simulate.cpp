// How fast trials are made: draws, networks in which nothing is shared, and such in which people are. What the numbers are compared with,
// and how to run it, is in README.md.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "compiler/sema/load.h"
#include "simulator/abreast.h"
#include "simulator/tally.h"

namespace {

using namespace muster;
using support::Time;

constexpr analysis::Instant as_of = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

// The same network that peers_simulation.py makes: step i waits for steps ⌊i/2⌋ and ⌊2i/3⌋, if it is not the first.
model::Plan plan_of(int steps, int people) {
    std::string text = fmt::format(
        "plan bench\nrole crew {{ headcount {} }}\nservice s {{ rto 40h }}\nprocedure p {{\n  recovers s\n  parallel {{\n", people);
    for (int i = 0; i < steps; ++i) {
        std::string after;
        if (i > 0) after = i / 2 == 2 * i / 3 ? fmt::format("; after s{}", i / 2) : fmt::format("; after s{}, s{}", i / 2, 2 * i / 3);
        text += fmt::format("    step s{} {{ {}; takes {}s..{}s..{}s; manual \"x\"{} }}\n", i, people > 0 ? "by crew" : "automatic",
                            30 + i % 7, 60 + i % 11, 300 + i % 13, after);
    }
    text += "  }\n}\nscenario down { fails s; detected after 0s }\n";
    support::Sources sources;
    sources.add(*support::make_source("bench.drp", text));
    diagnostics::Sink sink;
    model::Plan plan = sema::compile(sources, sink);
    if (sink.has_errors()) throw std::runtime_error(sink.sorted().front().message);
    return plan;
}

// Draws, and lengths from a table, of as many trials as go abreast, by each set of instructions.
void draws(benchmark::State& state, const simulator::LaneWork& work) {
    simulator::Words words{};
    std::uint64_t trial = 0;
    for (auto _ : state) {
        work.draw(1, 7, trial, words);
        benchmark::DoNotOptimize(words);
        trial += simulator::lanes;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * simulator::lanes));
}

void lengths(benchmark::State& state, const simulator::LaneWork& work) {
    using model::Duration;
    const simulator::Distribution distribution(Duration{Duration::Shape::pert, Time{30'000}, Time{60'000}, Time{300'000}, {}});
    simulator::Words words{};
    simulator::Row row{};
    std::uint64_t trial = 0;
    for (auto _ : state) {
        work.draw(1, 7, trial, words);
        work.look_up(*distribution.table(), words, row);
        benchmark::DoNotOptimize(row);
        trial += simulator::lanes;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * simulator::lanes));
}

void tables(benchmark::State& state) {
    using model::Duration;
    for (auto _ : state)
        benchmark::DoNotOptimize(simulator::Distribution(Duration{Duration::Shape::pert, Time{30'000}, Time{60'000}, Time{300'000}, {}}));
}
BENCHMARK(tables);

// Items are samples of tasks: steps × trials. With everything that a trial is counted for.
void trials(benchmark::State& state, int people) {
    const auto steps = static_cast<int>(state.range(0));
    const model::Plan plan = plan_of(steps, people);
    const simulator::Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, as_of));
    simulator::Tally tally(rehearsal);
    simulator::Trials all(rehearsal, 1);
    std::uint64_t trial = 0;
    for (auto _ : state) tally.add(all.at(trial++));
    benchmark::DoNotOptimize(tally.counts().trials);
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * steps);
}
BENCHMARK_CAPTURE(trials, alone, 0)->Arg(100)->Arg(1'000);
BENCHMARK_CAPTURE(trials, four_people, 4)->Arg(100)->Arg(1'000);

// The lanes alone, without counting.
void abreast(benchmark::State& state, const simulator::LaneWork& work) {
    constexpr int steps = 1'000;
    const model::Plan plan = plan_of(steps, 0);
    const simulator::Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, as_of));
    simulator::Abreast lanes(rehearsal, work);
    std::uint64_t trial = 0;
    for (auto _ : state) {
        lanes.run(1, trial);
        trial += simulator::lanes;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * steps * static_cast<std::int64_t>(simulator::lanes));
}

const bool registered = [] {
    for (const simulator::LaneWork& work : simulator::lane_works()) {
        const auto named = [&](const char* what) { return fmt::format("{}/{}", what, work.instructions); };
        benchmark::RegisterBenchmark(named("draws").c_str(), draws, work);
        benchmark::RegisterBenchmark(named("lengths").c_str(), lengths, work);
        benchmark::RegisterBenchmark(named("abreast").c_str(), abreast, work);
    }
    return true;
}();

}  // namespace
