#include "compiler/analysis/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/analysis/failing.h"
#include "compiler/analysis/priority.h"
#include "compiler/analysis/reach.h"
#include "compiler/analysis/readiness.h"
#include "compiler/analysis/secrets.h"
#include "compiler/analysis/sources.h"

namespace muster::analysis {
namespace {

using model::Plan;
using model::Step;

class Builder {
public:
    Builder(const Plan& plan, const Schedules& schedules, Recovery& recovery)
        : plan_(plan),
          schedules_(schedules),
          recovery_(recovery),
          ground_(plan, recovery),
          stops_(plan, recovery),
          readiness_(ground_, stops_) {
        for (std::size_t i = 0; i < recovery.sources.size(); ++i) sources_.emplace(recovery.sources[i].step.value, i);
    }

    void run() {
        for (const auto procedure : all_procedures(recovery_))
            for (const auto step : plan_.procedures[procedure].steps) fill_step(step, ground_.start_of(procedure));
        fill_people();
        readiness_.fill();
        bring_back(stops_that_happen());
        recovery_.network.nodes.shrink_to_fit();  // there is one network for each scenario
        add_pools();
        rank_steps(plan_, recovery_);
    }

private:
    // People, places and tools are shared by all steps, and the ways that data takes by all restores.
    void add_pools() {
        for (const model::Role& role : plan_.roles) recovery_.network.pools.push_back(role.headcount);
        for (const model::Site& site : plan_.sites) recovery_.network.pools.push_back(site.parallel ? site.parallel->value : 0);
        for (const model::Tool& tool : plan_.tools) recovery_.network.pools.push_back(tool.parallel ? tool.parallel->value : 0);
        Network& network = recovery_.network;
        network.channels = channels_of(plan_);
        network.users.resize(network.pools.size());
        for (NodeId node = 0; node < network.nodes.size(); ++node)
            for (const Demand& demand : network.nodes[node].demands) network.users[demand.pool].push_back(node);
    }

    // Whoever performs a step is at it until it ends, and so are its place and its tools. What cannot be done keeps nobody.
    std::vector<Demand> demands(const Step& step) const {
        std::set<std::uint32_t> pools;
        const auto sites = static_cast<std::uint32_t>(plan_.roles.size()), tools = sites + static_cast<std::uint32_t>(plan_.sites.size());
        if (step.on && plan_.sites[step.on->value.site].parallel) pools.insert(sites + step.on->value.site.value);
        for (const auto& thing : step.required)
            if (thing.value.kind == model::Kind::tool && plan_.tools[{thing.value.index}].parallel) pools.insert(tools + thing.value.index);
        for (const auto& role : step.by) pools.insert(ground_.hands_of(role.value).value);
        const auto* approve = step.action ? std::get_if<model::Approve>(&*step.action) : nullptr;
        if (approve != nullptr) pools.insert(ground_.hands_of(approve->by).value);
        std::vector<Demand> wanted;
        for (const auto pool : pools) wanted.push_back({pool, 1});
        return wanted;
    }

    // Nobody is at work before what he works through is up.
    void fill_people() {
        for (const auto& paged : ground_.take_paged()) {
            std::vector<NodeId> inputs{paged.paged};
            for (const auto& thing : plan_.roles[paged.role].works_through) inputs.push_back(readiness_.until_up(thing.value, {}));
            ground_.set(paged.at_work, std::move(inputs), NoDelay{});
        }
    }

    // A service is not stopped by a step that can never be done.
    StepSet stops_that_happen() const {
        StepSet found = stops_.all();
        if (found.empty()) return found;
        const Times best = best_times(plan_, recovery_.network);
        std::erase_if(found, [&](Id<Step> step) { return best.end[recovery_.steps[step.value]] == support::never; });
        return found;
    }

    void bring_back(const StepSet& stopped) {
        Network& network = recovery_.network;
        for (const auto service : plan_.services.ids()) {
            const StepSet own = stops_.of(service, stopped);
            recovery_.stopped_by.push_back(own.empty() ? std::nullopt : std::optional(own.front()));
            network.ready.push_back(readiness_.ready(service, stopped));
        }
        readiness_.fill();
        for (const auto service : plan_.services.ids())
            network.reached.push_back(readiness_.reached(service, network.ready[service.value]));
    }

    void fill_step(Id<Step> id, NodeId begins) {
        const Step& step = plan_.steps[id];
        std::vector<NodeId> inputs;
        for (const auto before : step.after) inputs.push_back(recovery_.done[before.value]);
        if (inputs.empty()) inputs.push_back(begins);
        Delay delay = NoDelay{};
        const auto replaced = recovery_.replaced.find(id);
        if (replaced != recovery_.replaced.end()) {
            delay = FailingDelay{replaced->second};
        } else if (!skipped(recovery_.impact, step)) {
            add_requirements(id, inputs);
            add_sources(id, inputs);
            delay = step_delay(id);
            if (!std::holds_alternative<ImpossibleDelay>(delay)) recovery_.network.nodes[recovery_.steps[id.value]].demands = demands(step);
        }
        ground_.set(recovery_.steps[id.value], std::move(inputs), std::move(delay));
    }

    // Whether no cut lies between a copy and where it is brought back to, or where the step that promotes it is performed.
    bool reads(const Step& step, const Source& source) const {
        const Impact& impact = recovery_.impact;
        if (impact.partition.whole()) return true;
        const auto* replica = plan_.copies[*source.copy->copy].replica();
        std::vector<Spot> from, to;
        if (step.on) to = spots_of(plan_, impact, step.on->value);
        else if (source.sink && replica == nullptr) to = spots_of(plan_, impact, model::Place{*source.sink, {}});
        if (source.copy->store) from = {{model::thing(*source.copy->store)}};
        else if (replica != nullptr && replica->to) from = spots_of(plan_, impact, *replica->to);
        return from.empty() || to.empty() || reaches(impact, from, to);
    }

    // What a step reads has to be there, even where it comes back by itself.
    void add_sources(Id<Step> id, std::vector<NodeId>& inputs) {
        for (const Source& source : sources(id)) {
            if (!source.copy) continue;
            if (source.copy->store) inputs.push_back(ground_.until_up(model::thing(*source.copy->store)));
            if (source.copy->store) add_secrets(*source.copy->copy, *source.copy->store, stops_.before(id), inputs);
            const auto* replica = plan_.copies[*source.copy->copy].replica();
            if (replica != nullptr && replica->to) inputs.push_back(ground_.until_up(*replica->to));
            if (!reads(plan_.steps[id], source)) inputs.push_back(ground_.until_joined());
        }
    }

    // Every key, and one of the credentials.
    void add_secrets(Id<model::Copy> copy, Id<model::Store> store, const StepSet& stopped, std::vector<NodeId>& inputs) {
        for (const auto key : keys_of(plan_, copy, store)) inputs.push_back(readiness_.until_up(model::thing(key), stopped));
        const auto& credentials = plan_.stores[store].credentials;
        if (!credentials.empty())
            inputs.push_back(readiness_.until_any(credentials, "credentials of " + plan_.stores[store].heading.name, stopped));
    }

    void add_requirements(Id<Step> id, std::vector<NodeId>& inputs) {
        const Step& step = plan_.steps[id];
        if (step.on) inputs.push_back(ground_.until_up(step.on->value));
        for (const auto& role : step.by) inputs.push_back(ground_.response(role.value));
        const auto* approve = step.action ? std::get_if<model::Approve>(&*step.action) : nullptr;
        if (approve != nullptr) inputs.push_back(ground_.response(approve->by));
        const Impact& impact = recovery_.impact;
        if (step.on && !impact.partition.whole())
            for (const auto& thing : step.required)
                if (!reaches(impact, spots_of(plan_, impact, step.on->value), spots_of(plan_, impact, thing.value)))
                    inputs.push_back(ground_.until_joined());
        const auto* wait = step.action ? std::get_if<model::WaitFor>(&*step.action) : nullptr;
        std::vector<model::SaidThing> things = step.required;
        if (wait != nullptr) things.insert(things.end(), wait->things.begin(), wait->things.end());
        // What is replaced has to be at hand.
        const auto* rotate = step.action ? std::get_if<model::Rotate>(&*step.action) : nullptr;
        if (rotate != nullptr)
            for (const auto& secret : rotate->secrets) things.push_back({model::thing(secret.value), secret.span});
        if (things.empty()) return;
        const StepSet stopped = stops_.before(id);
        for (const auto& thing : things) inputs.push_back(readiness_.until_up(thing.value, stopped));
    }

    std::vector<Source> sources(Id<Step> id) const {
        std::vector<Source> own;
        const auto [begin, end] = sources_.equal_range(id.value);
        for (auto at = begin; at != end; ++at) own.push_back(recovery_.sources[at->second]);
        return own;
    }

    Delay step_delay(Id<Step> id) const {
        const Step& step = plan_.steps[id];
        const std::vector<Source> from = sources(id);
        for (const Source& source : from)
            if (!source.copy)
                return ImpossibleDelay{fmt::format("step `{}` finds no usable copy of `{}`: {}", model::qualified_name(plan_, id),
                                                   plan_.data[source.data].heading.name, source.why_none)};
        if (step.takes) return DurationDelay{step.takes->value};
        if (!step.action) return NoDelay{};
        if (std::holds_alternative<model::Restore>(*step.action)) {
            Transfer transfer = transfer_of(plan_, from, schedules_);
            if (!transfer.unknown.empty()) return UnknownDelay{transfer.unknown};
            for (const model::Probe& check : step.verifications)
                if (check.takes) transfer.verifying.push_back(check.takes->value);
            return TransferDelay{std::move(transfer)};
        }
        // Sending a message holds nobody up, and waiting takes as long as what is waited for.
        if (std::holds_alternative<model::Notify>(*step.action) || std::holds_alternative<model::WaitFor>(*step.action)) return NoDelay{};
        return UnknownDelay{fmt::format("step `{}` does not say what it `takes`", model::qualified_name(plan_, id))};
    }

    const Plan& plan_;
    const Schedules& schedules_;
    Recovery& recovery_;
    Groundwork ground_;
    Stops stops_;
    Readiness readiness_;
    std::multimap<std::uint32_t, std::size_t> sources_;  // by step, in the order of `recovery_.sources`
};

}  // namespace

void build_network(const Plan& plan, const Schedules& schedules, Recovery& recovery) { Builder(plan, schedules, recovery).run(); }

}  // namespace muster::analysis
