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

}  // namespace
}  // namespace muster::analysis
