#include "compiler/analysis/fair_share.h"

#include <algorithm>
#include <functional>

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

// Fills all channels evenly until one is full, or a group has all that its own channels let through; what that is about has its
// rate, and the rest goes on.
class FairShare::Filling {
public:
    Filling(const FairShare& share, const std::vector<Group*>& groups) : share_(share) {
        for (Group* group : groups) {
            without_rate_.insert(group->number);
            if (group->bound) bounded_.push_back(group);
            for (const auto channel : group->way->channels) {
                const auto at = left_.try_emplace(channel, Left{share.in_a_millisecond(share.capacities_[channel]), 0}).first;
                at->second.flows += static_cast<std::int64_t>(group->flows.size());
            }
        }
        std::sort(bounded_.begin(), bounded_.end(), [](const Group* a, const Group* b) { return *a->bound < *b->bound; });
        for (const auto& [channel, left] : left_) levels_.emplace(left.each(), channel);
    }

    void run() {
        auto bounded = bounded_.begin();
        while (!without_rate_.empty()) {
            while (bounded != bounded_.end() && !without_rate_.contains((*bounded)->number)) ++bounded;
            const auto channel = tightest();
            if (bounded != bounded_.end() && (!channel || *(*bounded)->bound <= levels_.top().first)) {
                give(**bounded, *(*bounded)->bound);
                continue;
            }
            const Exact level = levels_.top().first;
            levels_.pop();
            for (Group* group : share_.through_[*channel])
                if (without_rate_.contains(group->number)) give(*group, level);
        }
    }

private:
    struct Left {
        Exact capacity;
        std::int64_t flows;  // without a rate
        [[nodiscard]] Exact each() const { return capacity / flows; }
    };
    using Level = std::pair<Exact, std::uint32_t>;

    // The channel on top of `levels_`, which is full first. What a channel has left for each only ever grows, so that only the level
    // on top has to be up to date.
    std::optional<std::uint32_t> tightest() {
        while (!levels_.empty()) {
            const auto channel = levels_.top().second;
            const Left& left = left_.at(channel);
            if (left.flows > 0 && left.each() == levels_.top().first) return channel;
            levels_.pop();
            if (left.flows > 0) levels_.emplace(left.each(), channel);
        }
        return std::nullopt;
    }

    void give(Group& group, const Exact& rate) {
        group.rate = rate;
        without_rate_.erase(group.number);
        const auto flows = static_cast<std::int64_t>(group.flows.size());
        for (const auto channel : group.way->channels) {
            Left& left = left_.at(channel);
            left.capacity -= rate * flows;
            left.flows -= flows;
        }
    }

    const FairShare& share_;
    std::map<std::uint32_t, Left> left_;  // by channel
    std::priority_queue<Level, std::vector<Level>, std::greater<>> levels_;
    std::vector<Group*> bounded_;  // the narrowest first
    std::set<std::uint32_t> without_rate_;
};

FairShare::FairShare(std::vector<Rate> capacities, std::vector<bool> shared)
    : capacities_(std::move(capacities)), shared_(std::move(shared)), through_(capacities_.size()) {}

FairShare::Exact FairShare::in_a_millisecond(Rate rate) const { return Exact(cpp_int(rate.bytes), cpp_int(rate.per.count())); }

bool FairShare::is_narrower(std::uint32_t a, std::uint32_t b) const {
    return cpp_int(capacities_[a].bytes) * capacities_[b].per.count() < cpp_int(capacities_[b].bytes) * capacities_[a].per.count();
}

FairShare::Way FairShare::way_through(const std::vector<std::uint32_t>& channels) const {
    Way way;
    std::optional<std::uint32_t> narrowest;
    for (const auto channel : channels) {
        if (shared_[channel]) way.channels.push_back(channel);
        else if (!narrowest || is_narrower(channel, *narrowest)) narrowest = channel;
    }
    std::sort(way.channels.begin(), way.channels.end());
    if (narrowest) way.bound = {capacities_[*narrowest].bytes, capacities_[*narrowest].per};
    return way;
}

FairShare::Group& FairShare::group_of(Way way) {
    const auto [at, fresh] = groups_.try_emplace(std::move(way));
    Group& group = at->second;
    if (!fresh) return group;
    group.way = &at->first;
    group.number = made_++;
    group.since = now_;
    group.end = support::never;
    if (group.way->bound) group.bound = in_a_millisecond({group.way->bound->first, group.way->bound->second});
    by_number_.emplace(group.number, &group);
    for (const auto channel : group.way->channels) through_[channel].push_back(&group);
    return group;
}

void FairShare::remove(Group& group) {
    for (const auto channel : group.way->channels) {
        std::erase(through_[channel], &group);
        touched_channels_.insert(channel);
    }
    ends_.erase({group.end, group.number});
    by_number_.erase(group.number);
    groups_.erase(groups_.find(*group.way));
}

// Rates hold until `now` only if they are right to begin with.
void FairShare::go_to(Time now) {
    if (now == now_) return;
    settle();
    now_ = now;
}

void FairShare::start(std::uint32_t flow, Size bytes, const std::vector<std::uint32_t>& channels, Time now) {
    go_to(now);
    Group& group = group_of(way_through(channels));
    group.flows.emplace(group.moved + group.rate * (now_ - group.since).count() + bytes.bytes, flow);
    touched_.insert(group.number);
}

// Whatever shares a channel, directly or through others, with what was touched.
std::vector<FairShare::Group*> FairShare::touched_groups() {
    std::vector<Group*> groups;
    std::vector<std::uint32_t> open(touched_channels_.begin(), touched_channels_.end());
    std::set<std::uint32_t> seen_groups;
    const auto add = [&](Group* group) {
        if (!seen_groups.insert(group->number).second) return;
        groups.push_back(group);
        for (const auto channel : group->way->channels)
            if (touched_channels_.insert(channel).second) open.push_back(channel);
    };
    for (const auto number : touched_)
        if (const auto at = by_number_.find(number); at != by_number_.end()) add(at->second);
    while (!open.empty()) {
        const auto channel = open.back();
        open.pop_back();
        for (Group* group : through_[channel]) add(group);
    }
    return groups;
}

// Shares out anew what has changed since it was last shared out.
void FairShare::settle() {
    if (touched_.empty() && touched_channels_.empty()) return;
    const std::vector<Group*> groups = touched_groups();
    for (Group* group : groups) {
        group->moved += group->rate * (now_ - group->since).count();
        group->since = now_;
    }
    Filling(*this, groups).run();
    for (Group* group : groups) set_end(*group);
    touched_.clear();
    touched_channels_.clear();
}

void FairShare::set_end(Group& group) {
    ends_.erase({group.end, group.number});
    const Exact rest = group.flows.top().first - group.moved;
    group.end = rest <= 0 ? now_ : group.rate > 0 ? rounded_up(now_, rest / group.rate) : support::never;
    ends_.emplace(group.end, group.number);
}

Time FairShare::next_end() {
    settle();
    return ends_.empty() ? support::never : ends_.begin()->first;
}

std::vector<std::uint32_t> FairShare::advance(Time now) {
    go_to(now);
    settle();
    std::vector<std::uint32_t> ended;
    while (!ends_.empty() && ends_.begin()->first <= now) {
        Group& group = *by_number_.at(ends_.begin()->second);
        ends_.erase(ends_.begin());
        group.moved += group.rate * (now - group.since).count();
        group.since = now;
        for (; !group.flows.empty() && group.flows.top().first <= group.moved; group.flows.pop()) ended.push_back(group.flows.top().second);
        touched_.insert(group.number);
        if (group.flows.empty()) remove(group);
    }
    std::sort(ended.begin(), ended.end());
    return ended;
}

}  // namespace muster::analysis
