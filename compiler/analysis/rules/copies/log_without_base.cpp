// A log holds changes, and changes need something to be made to. A write-ahead log of PostgreSQL speaks of blocks of files: it can be
// replayed on a copy of these files and on nothing else. An archive on top of a dump looks like point-in-time recovery and is none.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

// The copies of PostgreSQL that are rows and not files. A dump of MySQL does as the base of its binary log.
bool is_logical(const std::string& tool) { return tool == "pg_dump" || tool == "pg_dumpall"; }

std::string fault_of(const Plan& plan, const model::Archive& archive) {
    if (!archive.base) return "it names no `base`";
    const model::Copy& base = plan.copies[archive.base->value];
    if (base.backup() == nullptr || !is_logical(base.backup()->tool)) return "";
    return fmt::format("its base `{}` is made by `{}`, which copies rows and not the files that the log is about", base.heading.name,
                       base.backup()->tool);
}

// Another copy of the same data that would do.
std::string physical(const Plan& plan, const model::Copy& archive) {
    for (const auto id : plan.index.copies[archive.of.front().value.value]) {
        const model::Copy& copy = plan.copies[id];
        if (copy.backup() != nullptr && !is_logical(copy.backup()->tool) && copy.backup()->schedule)
            return fmt::format("`base {}` names one that is there already", copy.heading.name);
    }
    return "declare a backup `with pg_basebackup`, or a snapshot of its volume, and name it as the `base`";
}

}  // namespace

void log_without_base(const Facts& facts, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    for (const auto id : plan.copies.ids()) {
        const model::Copy& copy = plan.copies[id];
        const std::string fault = copy.archive() == nullptr ? "" : fault_of(plan, *copy.archive());
        if (fault.empty()) continue;
        const auto& base = copy.archive()->base;
        auto& d = sink.report(diagnostics::messages::log_without_base, base ? base->span : copy.heading.span,
                              diagnostics::Name{model::qualified_name(plan, id)}, diagnostics::Words{fault});
        d.subject = {"archive", model::qualified_name(plan, id)};
        if (base) d.related = {{plan.copies[base->value].heading.span, "declared here"}};
        d.help = physical(plan, copy);
    }
}

}  // namespace muster::analysis::rules
