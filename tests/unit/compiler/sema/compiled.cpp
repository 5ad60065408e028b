#include "tests/unit/compiler/sema/compiled.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "compiler/sema/read_files.h"

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

Compiled compiled(std::string_view text, const std::string& folder) {
    auto source = support::make_source("test.drp", std::string(text));
    REQUIRE(source);
    diagnostics::Sink sink;
    FileReader reader(folder.empty() ? std::nullopt : std::optional(root_at(folder)), sink);
    reader.read(*std::move(source));
    Files files = reader.take();
    Compiled result;
    result.sources = std::move(files.sources);
    result.plan = resolve(files.parsed, result.sources, sink);
    result.found = sink.sorted();
    return result;
}

Compiled in_plan(std::string_view text) { return compiled("plan test\n" + std::string(text)); }

}  // namespace muster::sema::testing
