// Work that falls into parts of which none needs another.
#pragma once

#include <cstddef>
#include <functional>

namespace muster::support {

/// Calls `work` with 0, 1, … `count` - 1, each once, on as many threads as the machine has processors, and returns when all are done.
/// Each call has to keep what it finds in a place of its own, so that the result does not depend on who was first. An exception
/// is passed on once all threads have stopped: of several, the one of the smallest number.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace muster::support
