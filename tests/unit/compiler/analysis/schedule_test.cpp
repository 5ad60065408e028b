#include "compiler/analysis/schedule.h"

#include <catch2/catch.hpp>

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

// Node 0 is the disruption; jobs follow in the order in which they are added, all ranked by that order.
class Jobs {
public:
    explicit Jobs(std::int64_t people) {
        network_.pools = {people};
        network_.nodes.push_back({Node::Kind::disruption, "disruption", false, NoDelay{}, {}, 0, {}, 0});
    }

    NodeId add(Time takes, std::vector<NodeId> after = {}, std::int64_t people = 1) {
        if (after.empty()) after = {0};
        Node node{Node::Kind::step, "", false, DurationDelay{{model::Duration::Shape::exact, takes, takes, takes}}, after, 0, {}, 0};
        node.rank = static_cast<std::uint32_t>(network_.nodes.size());
        if (people > 0) node.demands = {{0, people}};
        network_.nodes.push_back(node);
        lengths_.push_back(takes);
        return static_cast<NodeId>(network_.nodes.size() - 1);
    }

    Times run() const {
        return schedule(network_, [&](NodeId node, Time) { return node == 0 ? 0ms : lengths_[node - 1]; });
    }
    Time makespan() const {
        const Times times = run();
        return *std::max_element(times.end.begin(), times.end.end());
    }
    Network& network() { return network_; }

private:
    Network network_;
    std::vector<Time> lengths_;
};

TEST_CASE("people do one thing at a time, in order of rank") {
    Jobs jobs(2);
    for (int i = 0; i < 5; ++i) jobs.add(10min);
    const Times times = jobs.run();
    CHECK(times.begin == std::vector<Time>{0s, 0s, 0s, 10min, 10min, 20min});
}

TEST_CASE("nobody idles while a step that could be done waits") {
    Jobs jobs(2);
    jobs.add(10min);
    jobs.add(10min, {}, 2);  // wants both, and does not keep the free one from the third
    jobs.add(30min);
    const Times times = jobs.run();
    CHECK(times.begin[3] == 0s);
    CHECK(times.begin[2] == 30min);
}

TEST_CASE("what takes no time makes way at the same moment") {
    Jobs jobs(1);
    const NodeId first = jobs.add(0s);
    const NodeId second = jobs.add(0s, {first});
    const NodeId third = jobs.add(5min, {second});
    const Times times = jobs.run();
    CHECK(times.end[second] == 0s);
    CHECK(times.end[third] == 5min);
}

TEST_CASE("a step that wants more than there are never begins, and keeps nobody waiting") {
    Jobs jobs(1);
    jobs.add(1min, {}, 2);
    jobs.add(1min);
    const Times times = jobs.run();
    CHECK(times.begin[1] == support::never);
    CHECK(times.end[2] == 1min);
}

// Graham's example of 1969: nine jobs on three machines take 12; each a unit shorter, they take 13.
TEST_CASE("shorter steps can make the whole longer: it is a plan, not a bound") {
    const auto makespan = [](int shorter) {
        Jobs jobs(3);
        const auto job = [&](int takes, std::vector<NodeId> after = {}) {
            return jobs.add(std::chrono::minutes{takes - shorter}, std::move(after));
        };
        const NodeId first = job(3);
        job(2);
        job(2);
        const NodeId fourth = job(2);
        std::vector<NodeId> last;
        jobs.add(std::chrono::minutes{4 - shorter}, {fourth});
        jobs.add(std::chrono::minutes{4 - shorter}, {fourth});
        jobs.add(std::chrono::minutes{4 - shorter}, {fourth});
        jobs.add(std::chrono::minutes{4 - shorter}, {fourth});
        jobs.add(std::chrono::minutes{9 - shorter}, {first});
        return jobs.makespan();
    };
    CHECK(makespan(0) == 12min);
    CHECK(makespan(1) == 13min);
}

TEST_CASE("with enough for everybody it is the evaluation without sharing") {
    Jobs jobs(9);
    const NodeId first = jobs.add(3min);
    jobs.add(4min, {first}, 2);
    jobs.add(4min, {first}, 3);
    CHECK_FALSE(contended(jobs.network()));
    CHECK(jobs.makespan() == 7min);
    jobs.network().pools = {5};
    CHECK(contended(jobs.network()));
    CHECK(jobs.makespan() == 7min);
}

// Every step that can start is offered what is free, all of them again at every end: slow, and plain.
std::vector<Time> plain_schedule(const Network& network, const std::vector<Time>& lengths) {
    std::vector<Time> begin(network.nodes.size(), support::never), end = begin;
    std::vector<std::int64_t> free = network.pools;
    begin[0] = end[0] = 0s;
    for (Time now{0}; now != support::never;) {
        for (NodeId node = 1; node < network.nodes.size(); ++node) {
            const Node& n = network.nodes[node];
            const bool ready = begin[node] == support::never &&
                               std::all_of(n.inputs.begin(), n.inputs.end(), [&](NodeId input) { return end[input] <= now; });
            if (!ready || !std::all_of(n.demands.begin(), n.demands.end(), [&](const Demand& d) { return free[d.pool] >= d.units; }))
                continue;
            for (const Demand& d : n.demands) free[d.pool] -= d.units;
            begin[node] = now;
            end[node] = now + lengths[node];
        }
        Time next = support::never;
        for (const Time at : end)
            if (at > now) next = std::min(next, at);
        for (NodeId node = 1; node < network.nodes.size(); ++node)
            if (end[node] == next && next != support::never)
                for (const Demand& d : network.nodes[node].demands) free[d.pool] += d.units;
        now = next;
    }
    return begin;
}

TEST_CASE("looking only at who waits for what was given back changes nothing") {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        std::uint32_t state = seed;
        const auto below = [&](std::uint32_t limit) {
            state = state * 1'664'525 + 1'013'904'223;
            return (state >> 16) % limit;
        };
        Network network;
        network.pools = {3, 2, 1};
        network.nodes.push_back({Node::Kind::disruption, "disruption", false, NoDelay{}, {}, 0, {}, 0});
        std::vector<Time> lengths{0s};
        for (NodeId number = 1; number <= 60; ++number) {
            Node node{Node::Kind::step, "", false, NoDelay{}, {below(number)}, 0, {}, number};
            for (std::uint32_t pool = 0; pool < 3; ++pool)
                if (below(2) == 0) node.demands.push_back({pool, 1 + below(static_cast<std::uint32_t>(network.pools[pool]))});
            network.nodes.push_back(node);
            lengths.push_back(Time{1 + below(9)});
        }
        const Times times = schedule(network, [&](NodeId node, Time) { return lengths[node]; });
        CHECK(times.begin == plain_schedule(network, lengths));
    }
}

}  // namespace
}  // namespace muster::analysis
