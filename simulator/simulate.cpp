#include "simulator/simulate.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <mutex>
#include <system_error>
#include <thread>

#include "simulator/tally.h"

namespace muster::simulator {
namespace {

// What a thread takes at a time: long enough that taking costs nothing, short enough that no thread is left with much at the end.
constexpr std::uint64_t batch = 256;

class Simulation {
public:
    Simulation(const model::Plan& plan, const Options& options, const Progress& progress) : options_(options), progress_(progress) {
        const analysis::Schedules schedules(plan, options.as_of);
        for (const auto scenario : plan.scenarios.ids()) rehearsals_.emplace_back(plan, scenario, schedules);
        batches_ = (options.trials + batch - 1) / batch;
        for (const Rehearsal& rehearsal : rehearsals_) total_.emplace_back(rehearsal);
    }

    Result run() {
        {
            std::vector<std::jthread> helpers;
            for (std::uint64_t i = 1; i < workers(); ++i)
                if (!start(helpers)) break;
            work();
        }
        Result result{options_.seed, options_.trials, {}};
        for (const Tally& tally : total_) result.scenarios.push_back(tally.result());
        return result;
    }

private:
    std::uint64_t workers() const {
        const std::uint64_t wanted = options_.threads != 0 ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
        return std::min(wanted, batches_ * rehearsals_.size());
    }

    // A machine that gives no more threads still gets its answer.
    bool start(std::vector<std::jthread>& helpers) {
        try {
            helpers.emplace_back([this] { work(); });
            return true;
        } catch (const std::system_error&) {
            return false;
        }
    }

    // Batches are taken scenario by scenario, so that a thread holds one tally at a time.
    void work() {
        for (std::size_t scenario = 0; scenario < rehearsals_.size(); ++scenario) {
            std::optional<Tally> own;
            while (const auto first = take(scenario)) {
                if (!own) own.emplace(rehearsals_[scenario]);
                make_trials(rehearsals_[scenario], *first, *own);
            }
            if (!own) continue;
            const std::lock_guard lock(mutex_);
            total_[scenario].merge(*own);
        }
    }

    // The first trial of a batch of `scenario` that is still to be made; nothing where all have been taken.
    std::optional<std::uint64_t> take(std::size_t scenario) {
        std::uint64_t taken = taken_.load();
        while (taken / batches_ == scenario)
            if (taken_.compare_exchange_weak(taken, taken + 1)) return taken % batches_ * batch;
        return std::nullopt;
    }

    void make_trials(const Rehearsal& rehearsal, std::uint64_t first, Tally& tally) {
        const std::uint64_t end = std::min(first + batch, options_.trials);
        for (std::uint64_t trial = first; trial < end; ++trial) tally.add(rehearsal.trial(Draws(options_.seed, trial)));
        if (!progress_) return;
        const std::lock_guard lock(mutex_);
        done_ += end - first;
        progress_(done_, options_.trials * rehearsals_.size());
    }

    const Options& options_;
    const Progress& progress_;
    std::vector<Rehearsal> rehearsals_;
    std::uint64_t batches_ = 0;  ///< of each scenario
    std::atomic<std::uint64_t> taken_{0};
    std::mutex mutex_;  ///< of what follows
    std::vector<Tally> total_;
    std::uint64_t done_ = 0;
};

}  // namespace

Result simulate(const model::Plan& plan, const Options& options, const Progress& progress) {
    assert(options.trials > 0);
    return Simulation(plan, options, progress).run();
}

}  // namespace muster::simulator
