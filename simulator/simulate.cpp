#include "simulator/simulate.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <mutex>
#include <system_error>
#include <thread>

#include "simulator/abreast.h"
#include "simulator/proportion.h"
#include "simulator/tally.h"

namespace muster::simulator {
namespace {

// What a thread takes at a time: long enough that taking costs nothing, short enough that no thread is left with much at the end.
constexpr std::uint64_t batch = 256;

// Enough for an interval of three percentage points to either side at worst.
constexpr std::uint64_t first_round = 1024;

// Half the width of Wilson's interval, in millionths, rounded up.
std::int32_t reach_of(std::uint64_t met, std::uint64_t trials) {
    const Proportion share = proportion(met, trials);
    return static_cast<std::int32_t>(std::ceil((share.high - share.low) / 2 * 1e6));
}

model::Percent widest_reach(const Result& result) {
    model::Percent widest;
    for (const ScenarioResult& scenario : result.scenarios) {
        for (const ServiceResult& one : scenario.services)
            if (one.rto) widest.millionths = std::max(widest.millionths, reach_of(one.met, result.trials));
        for (const DataResult& one : scenario.data)
            if (one.rpo) widest.millionths = std::max(widest.millionths, reach_of(one.met, result.trials));
    }
    return widest;
}

class Simulation {
public:
    Simulation(const model::Plan& plan, const Options& options, const Progress& progress) : options_(options), progress_(progress) {
        const analysis::Schedules schedules(plan, options.as_of);
        for (const auto scenario : plan.scenarios.ids())
            if (wanted(scenario)) rehearsals_.emplace_back(plan, scenario, schedules);
        for (const Rehearsal& rehearsal : rehearsals_) total_.emplace_back(rehearsal);
    }

    Result run() {
        const bool in_rounds = options_.until || options_.stop != nullptr;
        Result result = summed();
        for (std::uint64_t wanted = in_rounds ? std::min(first_round, options_.trials) : options_.trials;;
             wanted = std::min(2 * wanted, options_.trials)) {
            make(end_, wanted);
            if (stopped()) return result;
            result = summed();
            if (wanted == options_.trials || (options_.until && result.reach.millionths <= options_.until->millionths)) return result;
        }
    }

    std::vector<Counts> run_part(Part part) {
        const auto bound = [&](std::uint64_t number) {
            return static_cast<std::uint64_t>(static_cast<unsigned __int128>(options_.trials) * number / part.of);
        };
        make(bound(part.number - 1), bound(part.number));
        std::vector<Counts> counts;
        for (const Tally& tally : total_) counts.push_back(tally.counts());
        return counts;
    }

    std::optional<Result> join(const std::vector<std::vector<Counts>>& parts) {
        for (const auto& part : parts) {
            if (part.size() != total_.size()) return std::nullopt;
            for (std::size_t i = 0; i < part.size(); ++i) {
                if (!total_[i].counts().fits(part[i])) return std::nullopt;
                total_[i].merge(part[i]);
            }
        }
        end_ = options_.trials;
        return summed();
    }

private:
    void make(std::uint64_t first, std::uint64_t end) {
        first_ = first;
        end_ = end;
        batches_ = (end_ - first_ + batch - 1) / batch;
        taken_ = 0;
        if (batches_ == 0 || rehearsals_.empty()) return;
        std::vector<std::jthread> helpers;
        for (std::uint64_t i = 1; i < workers(); ++i)
            if (!start(helpers)) break;
        work();
    }

    bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

    bool wanted(Id<model::Scenario> scenario) const {
        return !options_.only || std::find(options_.only->begin(), options_.only->end(), scenario) != options_.only->end();
    }

    Result summed() const {
        Result result{options_.seed, end_, {}, options_.until, {}, options_.trials};
        for (const Tally& tally : total_) result.scenarios.push_back(tally.result());
        result.reach = widest_reach(result);
        return result;
    }

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

    // What a thread needs for a scenario.
    struct Own {
        Own(const Rehearsal& rehearsal, std::uint64_t seed) : tally(rehearsal), trials(rehearsal, seed) {}
        Tally tally;
        Trials trials;
    };

    // Batches are taken scenario by scenario, so that a thread holds one tally at a time.
    void work() {
        for (std::size_t scenario = 0; scenario < rehearsals_.size(); ++scenario) {
            std::optional<Own> own;
            while (const auto first = take(scenario)) {
                if (!own) own.emplace(rehearsals_[scenario], options_.seed);
                make_trials(*first, *own);
            }
            if (!own) continue;
            const std::lock_guard lock(mutex_);
            total_[scenario].merge(own->tally.counts());
        }
    }

    // The first trial of a batch of `scenario` that is still to be made; nothing where all have been taken.
    std::optional<std::uint64_t> take(std::size_t scenario) {
        if (stopped()) return std::nullopt;
        std::uint64_t taken = taken_.load();
        while (taken / batches_ == scenario)
            if (taken_.compare_exchange_weak(taken, taken + 1)) return first_ + taken % batches_ * batch;
        return std::nullopt;
    }

    void make_trials(std::uint64_t first, Own& own) {
        const std::uint64_t end = std::min(first + batch, end_);
        for (std::uint64_t trial = first; trial < end; ++trial) own.tally.add(own.trials.at(trial));
        if (!progress_) return;
        const std::lock_guard lock(mutex_);
        done_ += end - first;
        progress_(done_, options_.trials * rehearsals_.size());
    }

    const Options& options_;
    Progress progress_;
    std::vector<Rehearsal> rehearsals_;
    std::uint64_t first_ = 0;    ///< of the trials of this round
    std::uint64_t end_ = 0;      ///< of them
    std::uint64_t batches_ = 0;  ///< of each scenario in this round
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

std::vector<Counts> simulate_part(const model::Plan& plan, const Options& options, Part part, const Progress& progress) {
    assert(part.number >= 1 && part.number <= part.of);
    return Simulation(plan, options, progress).run_part(part);
}

std::optional<Result> joined(const model::Plan& plan, const Options& options, const std::vector<std::vector<Counts>>& parts) {
    return Simulation(plan, options, {}).join(parts);
}

}  // namespace muster::simulator
