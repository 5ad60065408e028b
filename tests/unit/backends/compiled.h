// Plans for the tests of backends, from text or from a folder of the repository.
#pragma once

#include <catch2/catch.hpp>
#include <iostream>
#include <string>

#include "compiler/analysis/calendar.h"
#include "compiler/sema/load.h"
#include "tests/unit/root.h"

namespace muster::backends {

struct Compiled {
    support::Sources sources;
    model::Plan plan;
};

/// The plan that `text` says. It has no faults that can be seen without analysis.
inline Compiled compiled(std::string_view text) {
    Compiled made;
    made.sources.add(support::Source("plan.drp", std::string(text)));
    diagnostics::Sink sink;
    made.plan = sema::compile(made.sources, sink);
    for (const auto& found : sink.sorted()) FAIL(found.primary.span.begin.line << ": " << found.message);
    return made;
}

/// The plan in a folder of the repository, `plans/nexus`.
inline Compiled compiled_folder(const std::string& folder) {
    Compiled made;
    diagnostics::Sink sink;
    auto files = sema::load(project_root() + "/" + folder, std::cin, sink);
    REQUIRE(files.has_value());
    made.sources = std::move(files->sources);
    made.plan = sema::resolve(files->parsed, made.sources, sink);
    return made;
}

/// 2026-01-01T00:00Z.
inline constexpr analysis::Instant test_date{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

}  // namespace muster::backends
