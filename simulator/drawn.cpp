#include "simulator/drawn.h"

#include <algorithm>

namespace muster::simulator {

void draw_row(const LaneWork& work, const Distribution& lengths, std::uint64_t key, Entity who, std::uint64_t first, Row& row) {
    if (lengths.is_constant()) return row.fill(lengths.at(1));
    Words words;
    work.draw(key, who, first, words);
    if (const Table* table = lengths.table()) work.look_up(*table, words, row);
    else std::transform(words.begin(), words.end(), row.begin(), [&](Word word) { return lengths.at(word); });
}

Drawn::Drawn(const Rehearsal& rehearsal) {
    const std::size_t nodes = rehearsal.estimate().recovery.network.nodes.size();
    for (analysis::NodeId node = 0; node < nodes; ++node) {
        const Distribution* lengths = rehearsal.sampler().lengths_of(node);
        row_of_.push_back(lengths == nullptr ? none : static_cast<std::uint32_t>(parts_.size()));
        if (lengths != nullptr) parts_.push_back({lengths, rehearsal.sampler().entity_of(node)});
    }
    rows_.resize(parts_.size());
}

void Drawn::look_at(std::uint64_t seed, std::uint64_t trial) {
    const std::uint64_t first = trial / lanes * lanes;
    lane_ = trial - first;
    if (first == first_ && seed == seed_) return;
    first_ = first;
    seed_ = seed;
    const std::uint64_t key = Draws::key(seed, 0, 0, 0);
    for (std::size_t i = 0; i < parts_.size(); ++i)
        draw_row(lane_works().back(), *parts_[i].lengths, key, parts_[i].entity, first, rows_[i]);
}

}  // namespace muster::simulator
