// The years of one campaign: what happens when, and what each incident comes to.
#pragma once

#include "simulator/campaign.h"
#include "simulator/overlap.h"

namespace muster::simulator {

/// How many incidents of `scenario` are to be expected in a millisecond; 0 where the plan does not say.
[[nodiscard]] double rate_of(const model::Scenario& scenario);

/// One campaign, gone through when it is made. `rehearsals` are those of all scenarios of one plan, in order, and have to outlive it.
class History {
public:
    History(const std::vector<Rehearsal>& rehearsals, const CampaignOptions& options, std::uint64_t number);

    /// Counts this campaign.
    void add_to(Campaign& campaign) const;

private:
    struct Arrival {
        Time at;
        std::uint32_t scenario;
        std::uint64_t number;  ///< among those of its scenario
    };
    // What is down, or was lost, and from when until when; `never`: to the end.
    struct Outage {
        Time from;
        Time until;
    };
    struct Entry {
        Arrival arrival;
        Outcome outcome;
        Time held_until;  ///< what it took away, to the end: `never`
        Time busy_until;  ///< the last thing that happens of it
    };

    [[nodiscard]] std::vector<Arrival> arrivals() const;
    [[nodiscard]] bool is_held(const Arrival& arrival) const;
    [[nodiscard]] bool takes_the_same(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] Draws draws(const Arrival& arrival) const;
    void join(const Arrival& arrival);
    void finish();
    void reckon(Entry& entry) const;
    [[nodiscard]] Time failing_back(const Arrival& arrival) const;
    void add_services(Campaign& campaign) const;
    void add_data(Campaign& campaign) const;
    void add_outages(const Entry& entry, std::vector<std::vector<Outage>>& outages) const;

    const std::vector<Rehearsal>& rehearsals_;
    const model::Plan& plan_;
    const CampaignOptions& options_;
    std::uint64_t number_;
    Time end_;
    std::vector<Entry> done_;
    std::vector<Entry> under_way_;  ///< incidents that share what there is to share
    std::vector<Entry> holding_;
    std::vector<ScenarioYears> came_;
};

}  // namespace muster::simulator
