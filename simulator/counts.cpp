#include "simulator/counts.h"

#include <algorithm>

namespace muster::simulator {
namespace {

void merge(std::map<std::uint32_t, Frequency>& into, const std::map<std::uint32_t, Frequency>& other) {
    for (const auto& [id, frequency] : other) into[id].merge(frequency);
}

void merge(ServiceCount& into, const ServiceCount& other) {
    into.rta.merge(other.rta);
    into.met += other.met;
    merge(into.steps, other.steps);
    merge(into.roles, other.roles);
    for (std::size_t mark = 0; mark < into.marks.size(); ++mark) into.marks[mark].merge(other.marks[mark]);
}

void merge(WatchCount& into, const WatchCount& other) {
    into.trials += other.trials;
    into.times.merge(other.times);
    into.within += other.within;
    into.held += other.held;
}

}  // namespace

void Counts::merge(const Counts& other) {
    trials += other.trials;
    for (std::size_t i = 0; i < services.size(); ++i) simulator::merge(services[i], other.services[i]);
    for (std::size_t i = 0; i < data.size(); ++i) {
        data[i].rpa.merge(other.data[i].rpa);
        data[i].met += other.data[i].met;
    }
    for (std::size_t i = 0; i < watches.size(); ++i) simulator::merge(watches[i], other.watches[i]);
    for (const auto& [role, count] : other.roles) {
        roles[role].busy += count.busy;
        roles[role].waited += count.waited;
    }
}

bool Counts::fits(const Counts& other) const {
    const auto alike = [](const ServiceCount& a, const ServiceCount& b) { return a.marks.size() == b.marks.size(); };
    const auto same_role = [](const auto& a, const auto& b) { return a.first == b.first; };
    return data.size() == other.data.size() && watches.size() == other.watches.size() &&
           std::equal(services.begin(), services.end(), other.services.begin(), other.services.end(), alike) &&
           std::equal(roles.begin(), roles.end(), other.roles.begin(), other.roles.end(), same_role);
}

}  // namespace muster::simulator
