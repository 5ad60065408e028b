#include "simulator/abreast.h"

#include <algorithm>

namespace muster::simulator {
namespace {

using analysis::Network;
using analysis::Node;
using analysis::NodeId;
using support::never;

// Every node after what it waits for, those of the smallest number first; fewer than there are where some wait in a circle.
std::vector<NodeId> in_order(const Network& network) {
    std::vector<std::vector<NodeId>> outputs(network.nodes.size());
    std::vector<std::size_t> missing(network.nodes.size());
    std::vector<NodeId> order;
    for (NodeId node = 0; node < network.nodes.size(); ++node) {
        missing[node] = network.nodes[node].inputs.size();
        for (const NodeId input : network.nodes[node].inputs) outputs[input].push_back(node);
        if (missing[node] == 0) order.push_back(node);
    }
    for (std::size_t next = 0; next < order.size(); ++next)
        for (const NodeId output : outputs[order[next]])
            if (--missing[output] == 0) order.push_back(output);
    return order;
}

// The same, but all that leads to the detection first: what is restored depends on when damage was found, though it need not wait for it.
std::vector<NodeId> detection_first(const Network& network) {
    std::vector<NodeId> order = in_order(network);
    std::vector<bool> leads(network.nodes.size());
    leads[network.detection] = true;
    for (auto node = order.rbegin(); node != order.rend(); ++node)
        if (leads[*node])
            for (const NodeId input : network.nodes[*node].inputs) leads[input] = true;
    std::stable_partition(order.begin(), order.end(), [&](NodeId node) { return leads[node]; });
    return order;
}

}  // namespace

bool Abreast::suits(const Rehearsal& rehearsal) {
    const Network& network = rehearsal.estimate().recovery.network;
    return !analysis::contended(network) && in_order(network).size() == network.nodes.size();
}

Abreast::Abreast(const Rehearsal& rehearsal, const LaneWork& work)
    : rehearsal_(rehearsal),
      network_(rehearsal.estimate().recovery.network),
      work_(work),
      begin_(network_.nodes.size()),
      end_(network_.nodes.size()) {
    for (const NodeId node : detection_first(network_)) add_part(node);
    if (std::any_of(network_.nodes.begin(), network_.nodes.end(), [](const Node& node) { return node.failure != 0; }))
        failed_.resize(network_.nodes.size());
    for (Row& row : failed_) row.fill(never);
}

void Abreast::add_part(NodeId id) {
    const Node& node = network_.nodes[id];
    Part part{id,
              static_cast<std::uint32_t>(inputs_.size()),
              static_cast<std::uint32_t>(node.inputs.size()),
              Part::Kind::other,
              node.any,
              node.kind == Node::Kind::failure,
              nullptr,
              rehearsal_.sampler().entity_of(id)};
    inputs_.insert(inputs_.end(), node.inputs.begin(), node.inputs.end());
    if (!node.attempts && std::holds_alternative<analysis::NoDelay>(node.delay)) part.kind = Part::Kind::instant;
    if (std::holds_alternative<analysis::UnknownDelay>(node.delay) || std::holds_alternative<analysis::ImpossibleDelay>(node.delay))
        part.kind = Part::Kind::never;
    part.lengths = rehearsal_.sampler().lengths_of(id);
    if (part.lengths != nullptr) part.kind = Part::Kind::length;
    parts_.push_back(part);
}

void Abreast::run(std::uint64_t seed, std::uint64_t first) {
    chances_.clear();
    trials_.clear();
    chances_.reserve(lanes);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        chances_.emplace_back(Draws(seed, first + lane), &rehearsal_.plan().origins);
        trials_.push_back({chances_[lane], rehearsal_.sampler().moment(chances_[lane])});
    }
    const std::uint64_t key = Draws::key(seed, 0, 0, 0);
    for (const Part& part : parts_) {
        begin(part);
        Row& end = end_[part.node];
        switch (part.kind) {
            case Part::Kind::instant: end = begin_[part.node]; break;
            case Part::Kind::never: end.fill(never); break;
            case Part::Kind::length:
                draw_row(work_, *part.lengths, key, part.entity, first, end);
                work_.add(end, begin_[part.node]);
                break;
            case Part::Kind::other: ask(part); break;
        }
        if (part.node == network_.detection)
            for (std::size_t lane = 0; lane < lanes; ++lane) trials_[lane].found = end[lane];
    }
}

void Abreast::begin(const Part& part) {
    Row& row = begin_[part.node];
    const std::vector<Row>& ends = part.fails ? failed_ : end_;
    row.fill(part.any && part.inputs > 0 ? never : Time::zero());
    for (std::uint32_t i = 0; i < part.inputs; ++i) {
        const Row& input = ends[inputs_[part.first_input + i]];
        if (!part.any) work_.raise(row, input);
        else std::transform(row.begin(), row.end(), input.begin(), row.begin(), [](auto a, auto b) { return std::min(a, b); });
    }
}

// What never begins never ends, and nobody asks.
void Abreast::ask(const Part& part) {
    const bool may_fail = !failed_.empty();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const Time start = begin_[part.node][lane];
        if (may_fail) failed_[part.node][lane] = never;
        end_[part.node][lane] = never;
        if (start == never) continue;
        const analysis::Taking taking = rehearsal_.sampler().taking(part.node, trials_[lane], start);
        const Time over = support::later(start, taking.length);
        if (!taking.fails) end_[part.node][lane] = over;
        else if (may_fail) failed_[part.node][lane] = over;
    }
}

Outcome Abreast::outcome(std::size_t lane) {
    return rehearsal_.outcome(trials_[lane], TrialTimes(&begin_.front()[lane], &end_.front()[lane], lanes));
}

Trials::Trials(const Rehearsal& rehearsal, std::uint64_t seed) : rehearsal_(rehearsal), seed_(seed) {
    if (Abreast::suits(rehearsal)) abreast_.emplace(rehearsal);
    else scheduled_.emplace(rehearsal);
}

void Trials::schedule(std::uint64_t number) {
    const Chance chance(Draws(seed_, number), &rehearsal_.plan().origins);
    const Sampler& sampler = rehearsal_.sampler();
    Trial trial{chance, sampler.moment(chance)};
    scheduled_->drawn.look_at(seed_, number);
    const analysis::Times& times = scheduled_->scheduler.run([&](NodeId node, Time begin) {
        const Time* length = scheduled_->drawn.length(node);
        return length != nullptr ? analysis::Taking{*length} : sampler.taking(node, trial, begin);
    });
    outcome_ = rehearsal_.outcome(trial, TrialTimes(times.begin.data(), times.end.data(), 1));
}

const Outcome& Trials::at(std::uint64_t trial) {
    if (trial == asked_) return outcome_;
    asked_ = trial;
    if (!abreast_) {
        schedule(trial);
        return outcome_;
    }
    const std::uint64_t first = trial / lanes * lanes;
    if (first != first_) abreast_->run(seed_, first);
    first_ = first;
    outcome_ = abreast_->outcome(trial - first);
    return outcome_;
}

}  // namespace muster::simulator
