// What a database has to be told so that its log is where the plan has it: no job ships it.
#pragma once

#include <string>

#include "compiler/model/plan.h"

namespace muster::backends::kubernetes {

/// Lines for people, with the settings of each PostgreSQL at `site` whose log is an archive of the plan; empty where there is none.
/// A segment goes to where a runbook looks for it, in every store of the archive.
[[nodiscard]] std::string shipping_of(const model::Plan& plan, const std::string& site);

}  // namespace muster::backends::kubernetes
