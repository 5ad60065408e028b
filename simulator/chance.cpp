#include "simulator/chance.h"

namespace muster::simulator {

// What one entity goes through, it goes through once in a trial.
constexpr std::uint64_t only_instance = 0;

Time Chance::length(const model::Duration& duration, Entity who, std::uint64_t number) const {
    if (planning()) return duration.planning();
    if (duration.shape == model::Duration::Shape::exact) return duration.low;
    return quantile(duration, draws_->uniform(who, only_instance, number));
}

Time Chance::phase(Time interval, Entity who, std::uint64_t number) const {
    return planning() ? interval : fraction(interval, draws_->uniform(who, only_instance, number));
}

}  // namespace muster::simulator
