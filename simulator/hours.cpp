#include "simulator/hours.h"

#include <algorithm>

namespace muster::simulator {
namespace {

using namespace std::chrono;

bool within(const model::Hours& hours, const analysis::Zone& zone, analysis::Instant moment) {
    const sys_seconds second = floor<seconds>(moment);
    const local_time<milliseconds> wall{moment.time_since_epoch() + zone.at(second).offset};
    const local_days day = floor<days>(wall);
    const milliseconds since_midnight = wall - day;
    const bool right_day = ((hours.weekdays >> weekday{day}.c_encoding()) & 1U) != 0;
    return right_day && hours.from <= since_midnight && since_midnight < hours.until;
}

}  // namespace

WorkingHours::WorkingHours(const model::Role& role) : always_(role.hours.empty()) {
    for (const model::Hours& hours : role.hours)
        if (auto zone = analysis::Zone::named(hours.zone)) hours_.emplace_back(hours, *std::move(zone));
}

bool WorkingHours::hold(analysis::Instant moment) const {
    if (always_) return true;
    if (moment >= analysis::end_of_time) return false;
    return std::any_of(hours_.begin(), hours_.end(), [&](const auto& entry) { return within(entry.first, entry.second, moment); });
}

}  // namespace muster::simulator
