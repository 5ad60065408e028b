// When everything happens where people and bandwidth are shared: the network again, by the parallel schedule-generation scheme.
#pragma once

#include <memory>

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

/// The same for whoever asks about one network again and again: what does not change from one time to the next is worked out once, and
/// memory is used again. For one thread; `network` has to outlive it.
class Scheduler {
public:
    explicit Scheduler(const Network& network);
    ~Scheduler();
    Scheduler(Scheduler&&) noexcept;
    Scheduler& operator=(Scheduler&&) = delete;
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// What `schedule` says; until the next question.
    [[nodiscard]] const Times& run(const DelayOf& delay_of);

private:
    class Scheduling;
    std::unique_ptr<Scheduling> scheduling_;  ///< null where nothing is contended
    const Network& network_;
    Times times_;
};

}  // namespace muster::analysis
