#include "tests/unit/compiler/sema/compiled.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "compiler/sema/load.h"

namespace muster::sema::testing {

std::vector<std::string> Compiled::places() const {
    std::vector<std::string> all;
    for (const auto& d : found)
        all.push_back(fmt::format("{} {}:{}", d.entry.code, d.primary.span.begin.line, d.primary.span.begin.column));
    return all;
}

std::vector<std::string> Compiled::codes() const {
    std::vector<std::string> all;
    for (const auto& d : found) all.emplace_back(d.entry.code);
    return all;
}

std::string Compiled::only_message() const {
    REQUIRE(found.size() == 1);
    return found.front().help.empty() ? found.front().message : found.front().message + " = " + found.front().help;
}

Compiled compiled(std::string_view text) {
    Compiled result;
    auto source = support::make_source("test.drp", std::string(text));
    REQUIRE(source);
    result.sources.add(*std::move(source));
    diagnostics::Sink sink;
    result.plan = sema::compile(result.sources, sink);
    result.found = sink.sorted();
    return result;
}

Compiled in_plan(std::string_view text) { return compiled("plan test\n" + std::string(text)); }

}  // namespace muster::sema::testing
