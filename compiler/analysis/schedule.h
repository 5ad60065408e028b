// When everything happens where people and bandwidth are shared: the network again, by the parallel schedule-generation scheme.
#pragma once

#include "compiler/analysis/network.h"

namespace muster::analysis {

/// Whether anything in `network` may have to wait for people or share bandwidth. Where nothing does, `schedule` is `evaluate`.
[[nodiscard]] bool contended(const Network& network);

/// When everything happens. As `evaluate`, but a node that needs units of pools begins only when they are free, holds them until it
/// ends, and transfers that are under way together share the channels that they pass.
///
/// Time goes on by events. At each, first all happens that does; then the nodes that are ready and wait for units are offered what
/// is free, in the order of their `rank`; then what has begun and takes no time happens, and so on. No node that could begin is
/// held back, none is interrupted. This is list scheduling: shorter steps or more people can make the whole longer
/// (Graham 1969), so the result is a plan and not a bound.
[[nodiscard]] Times schedule(const Network& network, const DelayOf& delay_of);

}  // namespace muster::analysis
