// Trials by as many threads as there are to be had.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace muster::simulator {

/// Makes the trials `first` to `end` - 1. Each thread counts into what `blank()` gives it: `make(trial, own)` for each trial that it takes,
/// and `merge(own)` once at its end, one thread at a time. Where merging is exact in any order, so is the whole, whatever `threads` is (0:
/// as many as the machine has). A machine that gives no more threads still gets its answer.
template <class Blank, class Make, class Merge>
void by_threads(std::uint64_t first, std::uint64_t end, unsigned threads, const Blank& blank, const Make& make, const Merge& merge) {
    // Long enough that taking costs nothing, short enough that no thread is left with much at the end.
    constexpr std::uint64_t batch = 64;
    std::mutex mutex;
    std::atomic<std::uint64_t> next{first};
    const auto work = [&] {
        auto own = blank();
        for (std::uint64_t from = next.fetch_add(batch); from < end; from = next.fetch_add(batch))
            for (std::uint64_t trial = from; trial < std::min(from + batch, end); ++trial) make(trial, own);
        const std::lock_guard lock(mutex);
        merge(own);
    };
    const std::uint64_t wanted = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> helpers;
    try {
        for (std::uint64_t i = 1; i < std::min(wanted, (end - first) / batch + 1); ++i) helpers.emplace_back(work);
    } catch (const std::system_error&) {  // those that are there do
    }
    work();
}

}  // namespace muster::simulator
