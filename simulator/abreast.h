// Many trials of one network at a time, side by side.
#pragma once

#include <vector>

#include "compiler/analysis/schedule.h"
#include "simulator/drawn.h"
#include "simulator/rehearsal.h"

namespace muster::simulator {

/// A network in which nothing has to be waited for but inputs, in an order in which each node comes after them: its times are then sums and
/// maxima, node by node, for all lanes alike. They are those of `analysis::evaluate`.
class Abreast {
public:
    /// Whether the network of `rehearsal` can be gone through like that: nothing is shared, and nothing waits in a circle.
    [[nodiscard]] static bool suits(const Rehearsal& rehearsal);

    /// `rehearsal`, which suits, has to outlive it. For one thread. By whichever `work` it is done, it comes to the same.
    explicit Abreast(const Rehearsal& rehearsal, const LaneWork& work = lane_works().back());

    /// Goes through the trials `first` to `first` + `lanes` - 1 of `seed`; `first` is a multiple of `lanes`.
    void run(std::uint64_t seed, std::uint64_t first);

    /// What the trial of that lane came to, until the next `run`.
    [[nodiscard]] Outcome outcome(std::size_t lane);

private:
    // One node.
    struct Part {
        analysis::NodeId node;
        std::uint32_t first_input;
        std::uint32_t inputs;
        enum class Kind : std::uint8_t {
            instant,  ///< takes no time
            never,    ///< never happens
            length,   ///< takes a draw of a distribution
            other,    ///< asks the sampler for each lane
        } kind;
        bool any;
        bool fails;  ///< it is a failure: it begins when its input has failed
        const Distribution* lengths;
        Entity entity;
    };

    void add_part(analysis::NodeId node);
    void begin(const Part& part);
    void ask(const Part& part);

    const Rehearsal& rehearsal_;
    const analysis::Network& network_;
    LaneWork work_;
    std::vector<Part> parts_;
    std::vector<analysis::NodeId> inputs_;
    std::vector<Row> begin_;
    std::vector<Row> end_;
    std::vector<Row> failed_;  ///< when: of nodes that have a failure
    std::vector<Chance> chances_;
    std::vector<Trial> trials_;
};

/// The trials of one rehearsal, one after the other, by whichever way is the fastest: each is the same by any. For one thread; asking in
/// order of number is fast.
class Trials {
public:
    Trials(const Rehearsal& rehearsal, std::uint64_t seed);

    /// What the trial of that number comes to; until the next question.
    [[nodiscard]] const Outcome& at(std::uint64_t trial);

private:
    // One trial after the other.
    struct Scheduled {
        explicit Scheduled(const Rehearsal& rehearsal) : scheduler(rehearsal.estimate().recovery.network), drawn(rehearsal) {}
        analysis::Scheduler scheduler;
        Drawn drawn;
    };

    void schedule(std::uint64_t trial);

    const Rehearsal& rehearsal_;
    std::uint64_t seed_;
    std::optional<Abreast> abreast_;
    std::optional<Scheduled> scheduled_;  ///< where these cannot go abreast
    std::uint64_t asked_ = ~std::uint64_t{0};
    std::uint64_t first_ = ~std::uint64_t{0};  ///< of the lanes that are there
    Outcome outcome_;
};

}  // namespace muster::simulator
