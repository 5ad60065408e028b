// Phrases that several rules say in the same way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/diagnostics/diagnostic.h"

namespace muster::analysis::rules {

/// "`a`", "`a` and `b`", "`a`, `b` and `c`"; of more than `most` names the first ones "and 7 more".
[[nodiscard]] std::string list_of(const std::vector<std::string>& names, std::size_t most = 6);

/// A thing with its name and its place, as one of several with the same fault.
struct Named {
    std::string name;
    support::Span span;
};

/// The names of `all` as a list.
[[nodiscard]] std::string list_of(const std::vector<Named>& all);

/// The places of `all` but the first, as further places of a finding that stands at the first: at most twelve.
[[nodiscard]] std::vector<diagnostics::Label> further(const std::vector<Named>& all, std::string_view label = "and here");

/// The path of an outcome as labels of a finding: when each part begins, how long it takes and what that is made of. Of a long path
/// the beginning and the end.
[[nodiscard]] std::vector<diagnostics::Label> path_labels(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome);

/// The longest part of the path of `outcome`, which is back.
[[nodiscard]] PathPart longest(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome);

/// "step `restore-db.load`", "detection by `db-down`": what a part of a path is called.
[[nodiscard]] std::string called(const PathPart& part);

/// The detectors that are blind for the scenario of `e`, with the reason, as labels: at most eight.
[[nodiscard]] std::vector<diagnostics::Label> blind_labels(const model::Plan& plan, const Estimate& e);

/// Whether the reason for the length of `part` says no more than the length.
[[nodiscard]] bool is_plain(const PathPart& part);

/// Which `every` an archive without one should say: the longest that keeps an RPO of its data, where there is one.
[[nodiscard]] std::string interval_advice(const model::Plan& plan, const model::Copy& archive);

/// Whether it is a service without any way back that keeps `outcome` from ever happening: the scenario has no procedure for it.
[[nodiscard]] bool has_no_procedure(const Estimate& estimate, const ServiceOutcome& outcome);

}  // namespace muster::analysis::rules
