// Answers each project on standard input with the makespan of one pass of the schedule. The format is in README.md.
#include <algorithm>
#include <iostream>
#include <map>
#include <sstream>

#include "compiler/analysis/schedule.h"

namespace {

using muster::analysis::DurationDelay;
using muster::analysis::Network;
using muster::analysis::Node;
using muster::analysis::NodeId;
using muster::support::Time;

// Jobs by the line that they stand on, which is their rank; node 0 is the beginning.
class Project {
public:
    void add_capacities(std::istringstream& line) {
        network_.nodes.push_back({});
        for (std::int64_t capacity = 0; line >> capacity;) network_.pools.push_back(capacity);
    }

    void add_job(std::int64_t number, std::istringstream& line) {
        std::int64_t duration = 0;
        line >> duration;
        const auto id = static_cast<NodeId>(network_.nodes.size());
        numbers_[number] = id;
        Node node;
        node.kind = Node::Kind::step;
        const Time takes{duration};
        node.delay = DurationDelay{{muster::model::Duration::Shape::exact, takes, takes, takes}};
        node.rank = id;
        std::string word;
        for (; line >> word && word != "|";) successors_.emplace_back(id, std::stoll(word));
        std::int64_t units = 0;
        for (std::uint32_t pool = 0; line >> units; ++pool)
            if (units > 0) node.demands.push_back({pool, units});
        network_.nodes.push_back(std::move(node));
    }

    std::int64_t makespan() {
        for (const auto& [before, number] : successors_) network_.nodes[numbers_.at(number)].inputs.push_back(before);
        for (NodeId node = 1; node < network_.nodes.size(); ++node)
            if (network_.nodes[node].inputs.empty()) network_.nodes[node].inputs = {0};
        const auto times = muster::analysis::schedule(network_, [&](NodeId node, Time) {
            const auto* length = std::get_if<DurationDelay>(&network_.nodes[node].delay);
            return length == nullptr ? Time{0} : length->length.planning();
        });
        return std::max_element(times.end.begin(), times.end.end())->count();
    }

private:
    Network network_;
    std::map<std::int64_t, NodeId> numbers_;
    std::vector<std::pair<NodeId, std::int64_t>> successors_;  // who comes after whom
};

}  // namespace

int main() {
    Project project;
    for (std::string text; std::getline(std::cin, text);) {
        std::istringstream line(text);
        std::string first;
        line >> first;
        if (first == "end") {
            std::cout << project.makespan() << '\n';
            project = {};
        } else if (first == "capacities") {
            project.add_capacities(line);
        } else {
            project.add_job(std::stoll(first), line);
        }
    }
}
