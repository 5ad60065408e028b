#include "compiler/support/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace muster::support {
namespace {

class Parts {
public:
    Parts(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

    void run() {
        {
            std::vector<std::jthread> helpers;
            const std::size_t wanted = std::min<std::size_t>(count_, std::max(1U, std::thread::hardware_concurrency()));
            while (helpers.size() + 1 < wanted)
                if (!start(helpers)) break;
            take();
        }
        if (failed_) std::rethrow_exception(failed_->second);
    }

private:
    // A machine that gives no more threads still gets its answer.
    bool start(std::vector<std::jthread>& helpers) {
        try {
            helpers.emplace_back([this] { take(); });
            return true;
        } catch (const std::system_error&) {
            return false;
        }
    }

    void take() {
        for (std::size_t part = next_++; part < count_; part = next_++) try {
                work_(part);
            } catch (...) {
                const std::lock_guard lock(mutex_);
                if (!failed_ || part < failed_->first) failed_.emplace(part, std::current_exception());
            }
    }

    std::size_t count_;
    const std::function<void(std::size_t)>& work_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;  // of what follows
    std::optional<std::pair<std::size_t, std::exception_ptr>> failed_;
};

}  // namespace

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) { Parts(count, work).run(); }

}  // namespace muster::support
