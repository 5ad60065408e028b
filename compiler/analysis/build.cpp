#include "compiler/analysis/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/analysis/detection.h"
#include "compiler/analysis/groundwork.h"
#include "compiler/analysis/sources.h"

namespace muster::analysis {
namespace {

using model::Plan;
using model::Procedure;
using model::Service;
using model::Step;

class Builder : Groundwork {
public:
    Builder(const Plan& plan, Instant as_of, Recovery& recovery) : Groundwork(plan, recovery), as_of_(as_of) {}

    void run() {
        add({Node::Kind::disruption, "disruption", false, NoDelay{}, {}, 0});
        reserve_ready_nodes();
        detect();
        declare();
        for (const auto procedure : recovery_.procedures) follow(procedure);
        for (const auto service : plan_.services.ids())
            if (recovery_.impact.unavailable(service)) bring_back(service);
    }

private:
    // ---- procedures

    bool triggered(Id<Procedure> id) const {
        const auto detectors = detectors_that_see(plan_, scenario_, recovery_.impact);
        return std::any_of(detectors.begin(), detectors.end(),
                           [&](auto d) { return plan_.detectors[d].triggers && plan_.detectors[d].triggers->value == id; });
    }

    // By detector, since only the one that triggers it starts it.
    NodeId start(Id<Procedure> id) {
        const std::string key = "start " + plan_.procedures[id].heading.name;
        if (!triggered(id)) return add(Node::Kind::start, key, NoDelay{}, {network_.declaration}, id.value);
        std::vector<NodeId> triggers;
        for (NodeId node = 0; node < network_.nodes.size(); ++node) {
            const Node& n = network_.nodes[node];
            if (n.kind != Node::Kind::detector) continue;
            const auto& detector = plan_.detectors[{n.subject}];
            if (detector.triggers && detector.triggers->value == id) triggers.push_back(node);
        }
        const NodeId started = add(Node::Kind::start, key, NoDelay{}, triggers, id.value);
        network_.nodes[started].any = true;
        return started;
    }

    void follow(Id<Procedure> id) {
        const NodeId begins = starts_[id.value] = start(id);
        const auto& steps = plan_.procedures[id].steps;
        for (const auto step : steps)
            recovery_.steps[step.value] = add(Node::Kind::step, "step " + model::qualified_name(plan_, step), NoDelay{}, {}, step.value);
        for (const auto step : steps) fill_step(step, begins);
    }

    bool skipped(const Step& step) const {
        return std::any_of(step.skip_if_down.begin(), step.skip_if_down.end(),
                           [&](const auto& thing) { return recovery_.impact.down(thing.value); });
    }

    void fill_step(Id<Step> id, NodeId begins) {
        const Step& step = plan_.steps[id];
        std::vector<NodeId> inputs;
        for (const auto before : step.after) inputs.push_back(recovery_.steps[before.value]);
        if (inputs.empty()) inputs.push_back(begins);
        Delay delay = NoDelay{};
        if (!skipped(step)) {
            add_requirements(step, inputs);
            add_sources(id, inputs);
            delay = step_delay(id);
        }
        set(recovery_.steps[id.value], std::move(inputs), std::move(delay));
    }

    void set(NodeId node, std::vector<NodeId> inputs, Delay delay) {
        std::erase(inputs, none);
        if (inputs.empty()) inputs = {disruption};
        network_.nodes[node].inputs = std::move(inputs);
        network_.nodes[node].delay = std::move(delay);
    }

    // What a step reads has to be there, even where it comes back by itself.
    void add_sources(Id<Step> id, std::vector<NodeId>& inputs) {
        for (const Source& source : sources(id)) {
            if (!source.copy) continue;
            if (source.copy->store) inputs.push_back(until_up(model::thing(*source.copy->store)));
            const auto* replica = plan_.copies[*source.copy->copy].replica();
            if (replica != nullptr && replica->to) inputs.push_back(until_up(*replica->to));
        }
    }

    void add_requirements(const Step& step, std::vector<NodeId>& inputs) {
        if (step.on) inputs.push_back(until_up(step.on->value));
        for (const auto& role : step.by) inputs.push_back(response(role.value));
        for (const auto& thing : step.required) inputs.push_back(until_up(thing.value));
        if (!step.action) return;
        if (const auto* wait = std::get_if<model::WaitFor>(&*step.action))
            for (const auto& thing : wait->things) inputs.push_back(until_up(thing.value));
        if (const auto* approve = std::get_if<model::Approve>(&*step.action)) inputs.push_back(response(approve->by));
    }

    std::vector<Source> sources(Id<Step> id) const {
        std::vector<Source> own;
        for (const Source& source : recovery_.sources)
            if (source.step == id) own.push_back(source);
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
            const Transfer transfer = transfer_of(plan_, from, as_of_);
            if (!transfer.unknown.empty()) return UnknownDelay{transfer.unknown};
            return TransferDelay{transfer};
        }
        // Sending a message holds nobody up, and waiting takes as long as what is waited for.
        if (std::holds_alternative<model::Notify>(*step.action) || std::holds_alternative<model::WaitFor>(*step.action)) return NoDelay{};
        return UnknownDelay{fmt::format("step `{}` does not say what it `takes`", model::qualified_name(plan_, id))};
    }

    // ---- services

    // What to wait for until one group of `needs` is met; `none` where it is.
    NodeId until_met(Id<Service> service, std::size_t group) {
        const model::Alternatives& any_of = plan_.services[service].needs[group];
        std::vector<NodeId> ways;
        for (const auto& thing : any_of) {
            if (!recovery_.impact.down(thing.value)) return none;
            ways.push_back(until_up(thing.value));
        }
        if (ways.size() == 1) return ways.front();
        const NodeId node = add(Node::Kind::either, fmt::format("need {} {}", name(service), group), NoDelay{}, ways);
        network_.nodes[node].any = true;
        return node;
    }

    std::vector<NodeId> dependencies(Id<Service> id) {
        std::vector<NodeId> inputs;
        const Service& service = plan_.services[id];
        for (std::size_t group = 0; group < service.needs.size(); ++group) inputs.push_back(until_met(id, group));
        for (const auto& data : service.uses)
            if (recovery_.impact.data_damaged[data.value.value]) inputs.push_back(until_restored(data.value));
        std::erase(inputs, none);
        return inputs;
    }

    NodeId completion(Id<Service> service, Id<Procedure> procedure) {
        std::vector<NodeId> ends, all{starts_.at(procedure.value)};
        for (const auto id : plan_.procedures[procedure].steps) {
            const Step& step = plan_.steps[id];
            if (!step.afterwards) all.push_back(recovery_.steps[id.value]);
            if (std::any_of(step.completes.begin(), step.completes.end(), [&](const auto& said) { return said.value == service; }))
                ends.push_back(recovery_.steps[id.value]);
        }
        return add(Node::Kind::completion, "completion " + name(service), NoDelay{}, ends.empty() ? all : ends, service.value);
    }

    static Delay duration(const std::optional<support::Said<model::Duration>>& said) {
        return said ? Delay{DurationDelay{said->value}} : Delay{NoDelay{}};
    }

    // Data that is made again instead of restored costs its holder that time.
    NodeId rebuilt(Id<Service> id, std::string_view how, NodeId started) {
        for (const auto data : plan_.data.ids()) {
            const model::Dataset& dataset = plan_.data[data];
            const bool held = std::any_of(dataset.in.begin(), dataset.in.end(), [&](const auto& holder) { return holder.value == id; });
            if (!held || !dataset.rebuilt_in || recovery_.copies[data.value].front().state == CopyState::usable) continue;
            started = add(Node::Kind::either, fmt::format("rebuild {} {} {}", dataset.heading.name, how, name(id)),
                          DurationDelay{dataset.rebuilt_in->value}, {started}, id.value);
        }
        return started;
    }

    // The ways in which a failed service comes back: by its procedure, by itself, or because what failed returns.
    std::vector<NodeId> ways_back(Id<Service> id, const std::vector<NodeId>& needed) {
        const Service& service = plan_.services[id];
        std::vector<NodeId> ways;
        const auto way = [&](std::string_view how, NodeId after, const Delay& delay) {
            std::vector<NodeId> inputs = needed;
            inputs.push_back(after);
            const NodeId started = add(Node::Kind::either, fmt::format("{} {}", how, name(id)), delay, inputs, id.value);
            ways.push_back(rebuilt(id, how, started));
        };
        if (const auto& procedure = recovery_.procedure_of[id.value]) way("start", completion(id, *procedure), duration(service.starts_in));
        const bool holds_damage = holds_damaged_data(id);
        if (service.heals_in && !holds_damage && !lost_every_place(recovery_.impact, service))
            way("heal", add(Node::Kind::returning, "healing " + name(id), DurationDelay{service.heals_in->value}, {disruption}, id.value),
                NoDelay{});
        if (scenario_.lasts && !holds_damage && !is_destroyed(id)) way("restart", returning(), duration(service.starts_in));
        return ways;
    }

    bool holds_damaged_data(Id<Service> id) const {
        for (const auto data : plan_.data.ids())
            for (const auto& holder : plan_.data[data].in)
                if (holder.value == id && (recovery_.impact.data_damaged[data.value] || recovery_.impact.data_destroyed[data.value]))
                    return true;
        return false;
    }

    bool is_destroyed(Id<Service> id) const {
        const auto& placements = plan_.services[id].placements;
        const auto remains = [&](const auto& p) { return !p.standby && !destroyed(recovery_.impact, p.place); };
        const bool had_a_place = std::any_of(placements.begin(), placements.end(), [](const auto& p) { return !p.standby; });
        const bool gone = had_a_place && std::none_of(placements.begin(), placements.end(), remains);
        return gone || std::any_of(scenario_.effects.begin(), scenario_.effects.end(), [&](const model::Effect& effect) {
                   return effect.verb == model::Effect::Verb::destroys && effect.thing == model::thing(id);
               });
    }

    // The steps that are followed and stop `id`: from there on it has to start again.
    std::vector<NodeId> steps_that_stop(Id<Service> id) const {
        std::vector<NodeId> found;
        const auto names_it = [&](const auto& services) {
            return std::any_of(services.begin(), services.end(), [&](const auto& said) { return said.value == id; });
        };
        for (const auto procedure : recovery_.procedures)
            for (const auto step : plan_.procedures[procedure].steps) {
                const auto& action = plan_.steps[step].action;
                if (!action || skipped(plan_.steps[step])) continue;
                const auto* scale = std::get_if<model::Scale>(&*action);
                const auto* restart = std::get_if<model::Restart>(&*action);
                if ((scale != nullptr && names_it(scale->services)) || (restart != nullptr && names_it(restart->services)))
                    found.push_back(recovery_.steps[step.value]);
            }
        return found;
    }

    void bring_back_impaired(Id<Service> id, std::vector<NodeId> needed) {
        const std::vector<NodeId> stops = steps_that_stop(id);
        needed.insert(needed.end(), stops.begin(), stops.end());
        if (const auto& procedure = recovery_.procedure_of[id.value]) needed.push_back(completion(id, *procedure));
        const Service& service = plan_.services[id];
        set(network_.ready[id.value], std::move(needed), duration(stops.empty() ? service.resumes_in : service.starts_in));
    }

    void bring_back(Id<Service> id) {
        const NodeId ready = network_.ready[id.value];
        const std::vector<NodeId> needed = dependencies(id);
        if (recovery_.impact.services[id.value] == State::impaired) {
            bring_back_impaired(id, needed);
        } else {
            const std::vector<NodeId> ways = ways_back(id, needed);
            if (ways.empty()) set(ready, {disruption}, ImpossibleDelay{"no procedure recovers `" + name(id) + "`"});
            else set(ready, ways, NoDelay{});
            network_.nodes[ready].any = true;
        }
        network_.reached[id.value] = switched(id, ready);
    }

    // A name that was switched is known everywhere once its time to live has passed.
    NodeId switched(Id<Service> id, NodeId ready) {
        const auto& procedure = recovery_.procedure_of[id.value];
        if (!procedure) return ready;
        std::optional<model::Duration> slowest;
        for (const auto step : plan_.procedures[*procedure].steps) {
            if (!plan_.steps[step].action || skipped(plan_.steps[step])) continue;
            const auto* dns = std::get_if<model::SwitchDns>(&*plan_.steps[step].action);
            if (dns != nullptr && (!slowest || dns->ttl.planning() > slowest->planning())) slowest = dns->ttl;
        }
        if (!slowest) return ready;
        return add(Node::Kind::reached, "reached " + name(id), DurationDelay{*slowest}, {ready}, id.value);
    }

    Instant as_of_;
    std::map<std::uint32_t, NodeId> starts_;  // by procedure
};

}  // namespace

void build_network(const Plan& plan, Instant as_of, Recovery& recovery) { Builder(plan, as_of, recovery).run(); }

}  // namespace muster::analysis
