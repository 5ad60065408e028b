// Which link data takes from one site to another.
#pragma once

#include <optional>

#include "compiler/analysis/impact.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

/// The link that joins `a` and `b` directly: of several the one with the most bandwidth, then the one with the smaller name. Nothing
/// within a site, or where one of them is not known. A way over several links is not looked for.
[[nodiscard]] std::optional<Id<model::Link>> link_between(const model::Plan& plan, std::optional<Id<model::Site>> a,
                                                          std::optional<Id<model::Site>> b);

/// The site at which `data` is written: that of the first place where what holds it is active. Nothing where the plan does not say.
[[nodiscard]] std::optional<Id<model::Site>> home_of(const model::Plan& plan, Id<model::Dataset> data);

/// The site to which `step` brings `data` back: the one that it is performed on; else that of the first place, active ones before
/// standbys, which can hold it and is not down; else its home.
[[nodiscard]] std::optional<Id<model::Site>> sink_of(const model::Plan& plan, const Impact& impact, const model::Step& step,
                                                     Id<model::Dataset> data);

}  // namespace muster::analysis
