// What a scenario cuts apart: the two sides of each cut.
#pragma once

#include <vector>

#include "compiler/model/plan.h"

namespace muster::analysis {

using support::Id;

/// One place where something is, for the question on which side of a cut it is: from the most particular to the widest, the thing
/// itself first, then the zone or site. The first of them that a cut has on a side decides.
using Spot = std::vector<model::Thing>;

/// The cuts of a scenario. What lies in a thing that is named lies on its side: a zone in its site, a store in its site, a site in its
/// provider, region and account. What would lie on both sides is on the one that names it more closely; on none where both are alike.
class Partition {
public:
    /// Nothing is cut.
    Partition() = default;
    Partition(const model::Plan& plan, const model::Scenario& scenario);

    /// Whether nothing is cut.
    [[nodiscard]] bool whole() const { return cuts_.empty(); }
    /// Whether a cut lies between two places.
    [[nodiscard]] bool between(const Spot& a, const Spot& b) const;

private:
    // How closely each side names a thing; the smaller is closer.
    struct Closeness {
        std::uint8_t a = 255, b = 255;
    };
    struct Sides {
        std::vector<Closeness> services, externals, tools, stores, sites, zones, domains;
    };

    void mark(const model::Plan& plan, model::Thing thing, std::uint8_t Closeness::*side, Sides& sides);
    [[nodiscard]] static int side_of(const Sides& sides, const Spot& spot);

    std::vector<Sides> cuts_;
};

}  // namespace muster::analysis
