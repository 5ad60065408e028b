// Years of disasters, one after the other and at the same time: how much of them each service is available.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/findings_json.h"
#include "simulator/comparison.h"
#include "simulator/simulate.h"

namespace muster::simulator {

/// Years as astronomers count them, so that so many of them are as many days whenever they begin.
inline constexpr Time year = std::chrono::duration_cast<Time>(std::chrono::hours{24 * 365 + 6});

/// How to go through the years.
struct CampaignOptions {
    std::uint64_t seed = 1;
    std::uint64_t campaigns = 1'000;  ///< how often the years are gone through; above zero
    std::uint64_t years = 10;         ///< 1 to 1'000
    unsigned threads = 0;             ///< 0: as many as the machine has
    analysis::Instant as_of{};        ///< when they begin
};

/// A number over campaigns: integers, so that it does not matter who counted which.
struct Sum {
    __int128 total = 0;
    unsigned __int128 squares = 0;

    /// Adds the number of one campaign.
    void add(std::int64_t value) {
        total += value;
        squares += static_cast<unsigned __int128>(static_cast<__int128>(value) * value);
    }
    /// Adds the numbers of other campaigns.
    void merge(const Sum& other) {
        total += other.total;
        squares += other.squares;
    }
    /// The mean of `n`, with its 95 % interval: ± 1.96 standard errors.
    [[nodiscard]] Mean mean(std::uint64_t n) const;
    bool operator==(const Sum&) const = default;
};

/// What becomes of one service over the years of all campaigns.
struct ServiceYears {
    Sum down;                    ///< milliseconds of each campaign
    Histogram longest;           ///< of each campaign the longest outage
    std::uint64_t outages = 0;   ///< times that it became unavailable
    std::uint64_t for_ever = 0;  ///< of these, those from which it never comes back, or nobody can tell when: it is down to the end
    std::uint64_t met = 0;       ///< campaigns that keep its target
    bool operator==(const ServiceYears&) const = default;
};

/// What becomes of one dataset.
struct DataYears {
    Sum lost;                    ///< milliseconds of what was written, of each campaign
    std::uint64_t losses = 0;    ///< times that anything of it was lost
    std::uint64_t for_ever = 0;  ///< times that all of it was
    bool operator==(const DataYears&) const = default;
};

/// How often one scenario came.
struct ScenarioYears {
    std::uint64_t incidents = 0;
    std::uint64_t dropped = 0;     ///< it came to what was down already
    std::uint64_t overlapped = 0;  ///< of those that were not dropped: while another was under way
    bool operator==(const ScenarioYears&) const = default;
};

/// What all campaigns add up to.
struct Campaign {
    std::uint64_t seed = 0;
    std::uint64_t campaigns = 0;
    std::uint64_t years = 0;
    std::vector<ServiceYears> services;    ///< by service
    std::vector<DataYears> data;           ///< by data
    std::vector<ScenarioYears> scenarios;  ///< by scenario
    bool operator==(const Campaign&) const = default;

    /// The share of the time that a service is available, with its 95 % interval.
    [[nodiscard]] Mean availability(Id<model::Service> service) const;
};

/// The target that `service` has for its availability: its own, else its tier's.
[[nodiscard]] std::optional<model::Percent> availability_target(const model::Plan& plan, Id<model::Service> service);

/// What the outages of `service` cost in a year, with its 95 % interval, in the currency of the plan. Nothing where that says none.
[[nodiscard]] std::optional<Mean> cost_a_year(const model::Plan& plan, const Campaign& campaign, Id<model::Service> service);

/// The scenarios that no campaign can bring, since the plan does not say how likely they are, or says never.
[[nodiscard]] std::vector<Id<model::Scenario>> never_coming(const model::Plan& plan);

/// How many incidents a campaign of `options` expects; what is beyond `most_incidents` takes longer than anybody waits.
[[nodiscard]] double expected_incidents(const model::Plan& plan, const CampaignOptions& options);
inline constexpr double most_incidents = 1e6;

/// Goes through the years. Incidents of each scenario arrive by its likelihood, as a Poisson process: the time to the next is exponential.
/// One that would take away a service or damage data that an earlier one holds still, or that is of a scenario under way, is dropped. What
/// is under way together shares people and bandwidth (`outcomes`). An incident holds what it took away until all of that is back and, after
/// the longest `fails back in` of the procedures that it followed, where the plan has it. The same for any number of threads.
[[nodiscard]] Campaign run_campaigns(const model::Plan& plan, const CampaignOptions& options);

/// For people: per service availability against its target, downtime and cost a year; per data what is lost; how often each scenario came.
[[nodiscard]] std::string render_campaign_text(const model::Plan& plan, const Campaign& campaign);

/// How what a change does to the years is told: both campaigns, with the same draws.
struct CampaignShift {
    const std::vector<std::string>& changes;
    const model::Plan& plan;  ///< the changed one
    const Campaign& campaign;
};

/// For people: what moves by a change, below the line `what if`.
[[nodiscard]] std::string render_campaign_shift(const model::Plan& plan, const Campaign& campaign, const CampaignShift& shift);

/// The JSON document of `muster simulate --campaign`. `shift` may be null.
[[nodiscard]] std::string render_campaign_json(const model::Plan& plan, const Campaign& campaign, const diagnostics::Provenance& provenance,
                                               const CampaignShift* shift);

}  // namespace muster::simulator
