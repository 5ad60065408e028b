#include "simulator/overlap.h"

#include <algorithm>

#include "compiler/analysis/schedule.h"

namespace muster::simulator {
namespace {

using analysis::NodeId;
using support::later;
using support::never;

// The networks of all, one after the other. Pools and channels are those of the plan, so that they are the same in each.
class Together {
public:
    explicit Together(const std::vector<Incident>& incidents) : incidents_(incidents) {
        for (const Incident& incident : incidents) chances_.emplace_back(incident.draws, &incident.rehearsal->plan().origins);
        for (std::size_t i = 0; i < incidents.size(); ++i) {
            trials_.push_back({chances_[i], incidents[i].t0});
            add(network_of(i), i);
        }
    }

    std::vector<Outcome> run() {
        const analysis::Times all = analysis::schedule(joined_, [&](NodeId node, Time begin) { return taking(node, begin); });
        std::vector<Outcome> outcomes;
        for (std::size_t i = 0; i < incidents_.size(); ++i)
            outcomes.push_back(incidents_[i].rehearsal->outcome(trials_[i], TrialTimes(part(all, i))));
        return outcomes;
    }

private:
    const analysis::Network& network_of(std::size_t incident) const { return incidents_[incident].rehearsal->estimate().recovery.network; }

    void add(const analysis::Network& network, std::size_t incident) {
        const auto base = static_cast<NodeId>(joined_.nodes.size());
        first_.push_back(base);
        joined_.pools = network.pools;
        joined_.channels = network.channels;
        joined_.users.resize(network.pools.size());
        for (analysis::Node node : network.nodes) {
            for (NodeId& input : node.inputs) input += base;
            if (node.failure != 0) node.failure += base;
            node.rank = node.rank * static_cast<std::uint32_t>(incidents_.size()) + static_cast<std::uint32_t>(incident);
            joined_.nodes.push_back(std::move(node));
        }
        for (std::size_t pool = 0; pool < network.users.size(); ++pool)
            for (const NodeId user : network.users[pool]) joined_.users[pool].push_back(user + base);
    }

    std::size_t incident_of(NodeId node) const {
        return static_cast<std::size_t>(std::upper_bound(first_.begin(), first_.end(), node) - first_.begin()) - 1;
    }

    // Each counts from its own disruption, which is what its first node waits for. What waits for nothing else begins with it.
    analysis::Taking taking(NodeId node, Time begin) {
        const std::size_t incident = incident_of(node);
        const NodeId own = node - first_[incident];
        const Time offset = incidents_[incident].offset;
        if (begin < offset) return own == 0 ? analysis::Taking{offset} : delayed(own, incident, offset - begin);
        return incidents_[incident].rehearsal->sampler().taking(own, trials_[incident], begin - offset);
    }

    analysis::Taking delayed(NodeId own, std::size_t incident, Time by) {
        analysis::Taking taking = incidents_[incident].rehearsal->sampler().taking(own, trials_[incident], Time::zero());
        taking.length = later(by, taking.length);
        return taking;
    }

    analysis::Times part(const analysis::Times& all, std::size_t incident) const {
        const NodeId from = first_[incident];
        const auto count = static_cast<NodeId>(network_of(incident).nodes.size());
        const auto since = [&](Time at) { return at == never ? never : std::max(Time::zero(), at - incidents_[incident].offset); };
        analysis::Times times;
        for (NodeId node = from; node < from + count; ++node) {
            times.begin.push_back(since(all.begin[node]));
            times.end.push_back(since(all.end[node]));
            times.order.push_back(all.order[node]);
        }
        return times;
    }

    const std::vector<Incident>& incidents_;
    std::vector<Chance> chances_;
    std::vector<Trial> trials_;
    analysis::Network joined_;
    std::vector<NodeId> first_;  ///< by incident: its disruption
};

}  // namespace

std::vector<Outcome> outcomes(const std::vector<Incident>& incidents) { return Together(incidents).run(); }

}  // namespace muster::simulator
