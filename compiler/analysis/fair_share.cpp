#include "compiler/analysis/fair_share.h"

#include <algorithm>
#include <optional>

namespace muster::analysis {
namespace {

using boost::multiprecision::cpp_int;
using boost::multiprecision::denominator;
using boost::multiprecision::numerator;

Time rounded_up(Time now, const boost::multiprecision::cpp_rational& milliseconds) {
    const cpp_int whole = (numerator(milliseconds) + denominator(milliseconds) - 1) / denominator(milliseconds);
    if (whole >= support::never.count()) return support::never;
    return support::later(now, Time{static_cast<std::int64_t>(whole)});
}

}  // namespace

FairShare::Exact FairShare::capacity(std::uint32_t channel) const {
    return Exact(cpp_int(capacities_[channel].bytes), cpp_int(capacities_[channel].per.count()));
}

void FairShare::pass_time(Time now) {
    const Exact passed = (now - now_).count();
    for (auto& [channels, group] : groups_) group.moved += group.rate * passed;
    now_ = now;
}

void FairShare::start(std::uint32_t flow, Size bytes, std::vector<std::uint32_t> channels, Time now) {
    pass_time(now);
    std::sort(channels.begin(), channels.end());
    Group& group = groups_[channels];
    group.flows.emplace(group.moved + bytes.bytes, flow);
    share();
}

// Fills all channels evenly until one is full; what passes that one has its rate, and the rest goes on.
void FairShare::share() {
    std::map<std::uint32_t, std::pair<Exact, std::int64_t>> left;  // by channel: capacity, and flows without a rate
    for (const auto& [channels, group] : groups_)
        for (const auto channel : channels) {
            const auto at = left.try_emplace(channel, capacity(channel), 0).first;
            at->second.second += static_cast<std::int64_t>(group.flows.size());
        }
    std::map<std::vector<std::uint32_t>, Group*> open;
    for (auto& [channels, group] : groups_) open.emplace(channels, &group);
    while (!open.empty()) {
        std::optional<std::pair<Exact, std::uint32_t>> tightest;
        for (const auto& [channel, rest] : left) {
            if (rest.second == 0) continue;
            Exact each = rest.first / rest.second;
            if (!tightest || each < tightest->first) tightest = {std::move(each), channel};
        }
        for (auto at = open.begin(); at != open.end();) {
            if (std::find(at->first.begin(), at->first.end(), tightest->second) == at->first.end()) {
                ++at;
                continue;
            }
            at->second->rate = tightest->first;
            const auto flows = static_cast<std::int64_t>(at->second->flows.size());
            for (const auto channel : at->first) {
                left[channel].first -= tightest->first * flows;
                left[channel].second -= flows;
            }
            at = open.erase(at);
        }
    }
}

Time FairShare::next_end() const {
    Time next = support::never;
    for (const auto& [channels, group] : groups_) {
        const Exact rest = group.flows.top().first - group.moved;
        if (rest <= 0) return now_;
        if (group.rate > 0) next = std::min(next, rounded_up(now_, rest / group.rate));
    }
    return next;
}

std::vector<std::uint32_t> FairShare::advance(Time now) {
    pass_time(now);
    std::vector<std::uint32_t> ended;
    for (auto at = groups_.begin(); at != groups_.end();) {
        auto& flows = at->second.flows;
        for (; !flows.empty() && flows.top().first <= at->second.moved; flows.pop()) ended.push_back(flows.top().second);
        at = flows.empty() ? groups_.erase(at) : std::next(at);
    }
    if (!ended.empty()) share();
    std::sort(ended.begin(), ended.end());
    return ended;
}

}  // namespace muster::analysis
