#include "simulator/chance.h"

#include <cassert>

namespace muster::simulator {

// What one entity goes through, it goes through once in a trial, unless a step is tried again.
constexpr std::uint64_t only_instance = 0;

Time Chance::length(const model::Duration& duration, Entity who, std::uint64_t number, std::uint64_t instance) const {
    if (planning()) return duration.planning();
    if (duration.shape == model::Duration::Shape::exact) return duration.low;
    const double u = draws_->uniform(who, instance, number);
    if (duration.shape != model::Duration::Shape::measured) return quantile(duration, u);
    assert(origins_ != nullptr && duration.origin);
    return quantile(duration, u, (*origins_)[*duration.origin].observed);
}

bool Chance::happens(model::Percent share, Entity who, std::uint64_t number, std::uint64_t instance) const {
    if (planning()) return false;
    return static_cast<unsigned __int128>(draws_->word(who, instance, number)) * 1'000'000 <
           (static_cast<unsigned __int128>(share.millionths) << 53U);
}

Time Chance::phase(Time interval, Entity who, std::uint64_t number) const {
    return planning() ? interval : fraction(interval, draws_->uniform(who, only_instance, number));
}

}  // namespace muster::simulator
