// The times of one trial, wherever they lie.
#pragma once

#include <memory>

#include "compiler/analysis/network.h"

namespace muster::simulator {

/// When the parts of one trial begin and end, from the disruption; `support::never` for what does not.
class TrialTimes {
public:
    /// Of a trial that has not been made: nothing may be asked of it.
    TrialTimes() = default;
    /// Those that `own` has.
    explicit TrialTimes(analysis::Times own)
        : own_(std::make_shared<const analysis::Times>(std::move(own))), begin_(own_->begin.data()), end_(own_->end.data()) {}

    /// Those that others own and that have to stay where they are: of node n, `begin` and `end` at n × `stride`.
    TrialTimes(const support::Time* begin, const support::Time* end, std::size_t stride) : begin_(begin), end_(end), stride_(stride) {}

    [[nodiscard]] support::Time begin(analysis::NodeId node) const { return begin_[node * stride_]; }
    [[nodiscard]] support::Time end(analysis::NodeId node) const { return end_[node * stride_]; }
    /// When `node` of that network ended or failed.
    [[nodiscard]] support::Time over(const analysis::Network& network, analysis::NodeId node) const {
        return analysis::over(network, node, [&](analysis::NodeId id) { return end(id); });
    }

private:
    std::shared_ptr<const analysis::Times> own_;  ///< null where others own them
    const support::Time* begin_ = nullptr;
    const support::Time* end_ = nullptr;
    std::size_t stride_ = 1;
};

}  // namespace muster::simulator
