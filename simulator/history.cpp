#include "simulator/history.h"

#include <algorithm>
#include <cmath>

namespace muster::simulator {
namespace {

using analysis::State;
using support::later;
using support::never;

// In its own stream, an incident is told apart by a hash of its scenario and its number.
std::uint64_t stream_of(const model::Scenario& scenario, std::uint64_t number) {
    return Draws::key(entity("incidents of " + scenario.heading.name), number, 0, 1);
}

}  // namespace

double rate_of(const model::Scenario& scenario) {
    const auto& likelihood = scenario.likelihood;
    if (!likelihood || likelihood->per <= Time::zero() || likelihood->events.millionths <= 0) return 0;
    return static_cast<double>(likelihood->events.millionths) / 1e6 / static_cast<double>(likelihood->per.count());
}

History::History(const std::vector<Rehearsal>& rehearsals, const CampaignOptions& options, std::uint64_t number)
    : rehearsals_(rehearsals),
      plan_(rehearsals.front().plan()),
      options_(options),
      number_(number),
      end_(year * static_cast<Time::rep>(options.years)),
      came_(rehearsals.size()) {
    for (const Arrival& arrival : arrivals()) {
        ScenarioYears& came = came_[arrival.scenario];
        ++came.incidents;
        const bool quiet =
            std::all_of(under_way_.begin(), under_way_.end(), [&](const Entry& one) { return one.busy_until <= arrival.at; });
        if (quiet) finish();
        if (is_held(arrival)) {
            ++came.dropped;
            continue;
        }
        came.overlapped += quiet ? 0 : 1;
        join(arrival);
    }
    finish();
}

// The time to the next incident of a scenario is exponential, whatever became of the one before.
std::vector<History::Arrival> History::arrivals() const {
    std::vector<Arrival> all;
    const Draws times(options_.seed, number_);
    for (std::uint32_t scenario = 0; scenario < rehearsals_.size(); ++scenario) {
        const model::Scenario& of = plan_.scenarios[{scenario}];
        const double rate = rate_of(of);
        if (rate == 0) continue;
        const Entity who = entity("arrivals of " + of.heading.name);
        double at = 0;
        for (std::uint64_t i = 0;; ++i) {
            at += -std::log1p(-times.uniform(who, i, 0)) / rate;
            if (!(at < static_cast<double>(end_.count()))) break;
            all.push_back({Time{static_cast<Time::rep>(at)}, scenario, i});
        }
    }
    const auto rank = [&](const Arrival& one) { return std::pair(one.at, plan_.scenarios[{one.scenario}].heading.name); };
    std::sort(all.begin(), all.end(), [&](const Arrival& a, const Arrival& b) { return rank(a) < rank(b); });
    return all;
}

bool History::takes_the_same(std::uint32_t a, std::uint32_t b) const {
    if (a == b) return true;
    const analysis::Impact &one = rehearsals_[a].estimate().recovery.impact, &other = rehearsals_[b].estimate().recovery.impact;
    for (std::size_t i = 0; i < one.services.size(); ++i)
        if (one.services[i] == State::failed && other.services[i] == State::failed) return true;
    for (std::size_t i = 0; i < one.data_damaged.size(); ++i)
        if (one.data_damaged[i] && other.data_damaged[i]) return true;
    return false;
}

bool History::is_held(const Arrival& arrival) const {
    const auto holds = [&](const Entry& entry) {
        return entry.held_until > arrival.at && takes_the_same(entry.arrival.scenario, arrival.scenario);
    };
    return std::any_of(under_way_.begin(), under_way_.end(), holds) || std::any_of(holding_.begin(), holding_.end(), holds);
}

Draws History::draws(const Arrival& arrival) const {
    return {options_.seed, number_, stream_of(plan_.scenarios[{arrival.scenario}], arrival.number)};
}

// What was under way is gone through once more: until now nothing of it changes.
void History::join(const Arrival& arrival) {
    under_way_.push_back({arrival, {}, Time::zero(), Time::zero()});
    std::vector<Incident> incidents;
    for (const Entry& entry : under_way_)
        incidents.push_back({&rehearsals_[entry.arrival.scenario], draws(entry.arrival), options_.as_of + entry.arrival.at,
                             entry.arrival.at - under_way_.front().arrival.at});
    std::vector<Outcome> all = outcomes(incidents);
    for (std::size_t i = 0; i < all.size(); ++i) {
        under_way_[i].outcome = std::move(all[i]);
        reckon(under_way_[i]);
    }
}

// Until when an incident holds what it took away, and keeps anybody busy.
void History::reckon(Entry& entry) const {
    const Rehearsal& rehearsal = rehearsals_[entry.arrival.scenario];
    const analysis::Network& network = rehearsal.estimate().recovery.network;
    const TrialTimes& times = entry.outcome.times;
    Time back{0}, last{0};
    for (const analysis::NodeId reached : network.reached)
        if (reached != 0) back = std::max(back, times.end(reached));
    for (analysis::NodeId node = 0; node < network.nodes.size(); ++node)
        if (const Time end = times.over(network, node); end != never) last = std::max(last, end);
    entry.busy_until = later(entry.arrival.at, last);
    entry.held_until = later(later(entry.arrival.at, back), failing_back(entry.arrival));
}

Time History::failing_back(const Arrival& arrival) const {
    Time longest{0};
    const Chance chance(draws(arrival), &plan_.origins);
    for (const auto id : rehearsals_[arrival.scenario].estimate().recovery.procedures) {
        const model::Procedure& procedure = plan_.procedures[id];
        if (procedure.fails_back_in)
            longest = std::max(longest, chance.length(procedure.fails_back_in->value, entity("fail back " + procedure.heading.name), 0));
    }
    return longest;
}

void History::finish() {
    for (Entry& entry : under_way_) {
        if (entry.held_until > entry.busy_until) holding_.push_back({entry.arrival, {}, entry.held_until, entry.busy_until});
        done_.push_back(std::move(entry));
    }
    under_way_.clear();
}

void History::add_outages(const Entry& entry, std::vector<std::vector<Outage>>& outages) const {
    const analysis::Recovery& recovery = rehearsals_[entry.arrival.scenario].estimate().recovery;
    const TrialTimes& times = entry.outcome.times;
    for (std::size_t service = 0; service < outages.size(); ++service) {
        const analysis::NodeId reached = recovery.network.reached[service];
        if (reached == 0) continue;
        const auto stop = recovery.stopped_by[service];
        const bool taken = recovery.impact.services[service] >= State::impaired;
        const Time from = taken || !stop ? Time::zero() : times.end(recovery.steps[stop->value]);
        if (from == never) continue;
        outages[service].push_back({later(entry.arrival.at, from), later(entry.arrival.at, times.end(reached))});
    }
}

void History::add_services(Campaign& campaign) const {
    std::vector<std::vector<Outage>> outages(plan_.services.size());
    for (const Entry& entry : done_) add_outages(entry, outages);
    for (std::size_t service = 0; service < outages.size(); ++service) {
        ServiceYears& years = campaign.services[service];
        std::sort(outages[service].begin(), outages[service].end(), [](const Outage& a, const Outage& b) { return a.from < b.from; });
        Time down{0}, longest{0}, counted{-1}, begun{0};
        for (const Outage& outage : outages[service]) {
            if (outage.from >= end_) break;
            const bool goes_on = outage.from <= counted;
            if (!goes_on) begun = outage.from;
            years.outages += goes_on ? 0 : 1;
            years.for_ever += outage.until == never ? 1 : 0;
            const Time from = std::max(outage.from, counted), until = std::min(outage.until, end_);
            if (until > from) down += until - from;
            counted = std::max(counted, until);
            longest = std::max(longest, counted - begun);
        }
        years.down.add(down.count());
        years.longest.add(longest);
        const auto target = availability_target(plan_, {static_cast<std::uint32_t>(service)});
        const bool kept = target && static_cast<__int128>(down.count()) * 1'000'000 <=
                                        static_cast<__int128>(1'000'000 - target->millionths) * end_.count();
        years.met += kept ? 1 : 0;
    }
}

void History::add_data(Campaign& campaign) const {
    for (std::size_t data = 0; data < plan_.data.size(); ++data) {
        DataYears& years = campaign.data[data];
        Time lost{0};
        for (const Entry& entry : done_) {
            const Time rpa = entry.outcome.rpa[data];
            if (rpa == Time::zero()) continue;
            ++years.losses;
            if (rpa >= unknown) ++years.for_ever;
            else lost = later(lost, rpa);
        }
        years.lost.add(lost.count());
    }
}

void History::add_to(Campaign& campaign) const {
    ++campaign.campaigns;
    add_services(campaign);
    add_data(campaign);
    for (std::size_t i = 0; i < came_.size(); ++i) {
        campaign.scenarios[i].incidents += came_[i].incidents;
        campaign.scenarios[i].dropped += came_[i].dropped;
        campaign.scenarios[i].overlapped += came_[i].overlapped;
    }
}

}  // namespace muster::simulator
