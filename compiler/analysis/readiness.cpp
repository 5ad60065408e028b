#include "compiler/analysis/readiness.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/failing.h"
#include "compiler/analysis/reach.h"

namespace muster::analysis {
namespace {

using model::Kind;
using model::Procedure;
using model::Service;
using model::Step;
using model::Thing;

Delay duration(const std::optional<support::Said<model::Duration>>& said) {
    return said ? Delay{DurationDelay{said->value}} : Delay{NoDelay{}};
}

void append(std::vector<NodeId>& inputs, const std::vector<NodeId>& more) { inputs.insert(inputs.end(), more.begin(), more.end()); }

}  // namespace

Readiness::Readiness(Groundwork& ground, const Stops& stops)
    : ground_(ground), stops_(stops), plan_(ground.plan), recovery_(ground.recovery) {}

Readiness::Layer& Readiness::layer_of(const StepSet& stopped) {
    const auto [at, fresh] = layers_.try_emplace(stopped);
    if (!fresh) return at->second;
    at->second.stopped = stopped;
    if (!stopped.empty()) {
        at->second.disturbed = stops_.disturbed_by(stopped);
        return at->second;
    }
    for (const auto service : plan_.services.ids())
        if (recovery_.impact.unavailable(service)) at->second.disturbed.insert(service.value);
    return at->second;
}

NodeId Readiness::ready(Id<Service> service, const StepSet& stopped) {
    Layer& layer = layer_of(stopped);
    if (!layer.disturbed.contains(service.value)) return stopped.empty() ? none : ready(service, {});
    const auto [at, fresh] = layer.nodes.try_emplace(service.value, none);
    if (fresh) {
        at->second = ground_.add(Node::Kind::ready, "ready " + name(service), NoDelay{}, {}, service.value);
        open_.push_back({service, &layer});
    }
    return at->second;
}

NodeId Readiness::until_up(Thing thing, const StepSet& stopped) {
    if (thing.kind == Kind::service) return ready({thing.index}, stopped);
    if (thing.kind == Kind::tool) return until_tool({thing.index}, stopped);
    if (thing.kind == Kind::external) return until_replaced({thing.index}, stopped);
    if (thing.kind == Kind::secret) {
        const model::Secret& secret = plan_.secrets[{thing.index}];
        std::vector<NodeId> ways;
        // What takes the place of an external does not have what was kept there.
        for (const auto& place : secret.kept_in) {
            const NodeId way = place.value.kind == Kind::external ? ground_.until_up(place.value) : until_up(place.value, stopped);
            if (way == none) return none;
            ways.push_back(way);
        }
        return ways.empty() ? none : first_of(ways, Node::Kind::either, "secret " + secret.heading.name, 0);
    }
    if (thing.kind != Kind::dataset) return ground_.until_up(thing);
    return recovery_.impact.data_damaged[thing.index] ? until_restored({thing.index}, stopped) : none;
}

// The first of several that will do; `none` where one can be used all along.
NodeId Readiness::until_any_up(const std::vector<model::SaidThing>& things, std::string key, const StepSet& stopped, const Spot* from) {
    std::vector<NodeId> ways;
    for (const auto& thing : things) {
        NodeId way = until_up(thing.value, stopped);
        if (from != nullptr) way = reached_from(*from, thing.value, way);
        if (way == none) return none;
        ways.push_back(way);
    }
    if (ways.size() == 1) return ways.front();
    const NodeId node = ground_.add(Node::Kind::either, std::move(key), NoDelay{}, ways);
    ground_.wait_for_any(node);
    return node;
}

// What is cut off from a place is there once it is up and the cut has ended.
NodeId Readiness::reached_from(const Spot& from, Thing thing, NodeId up) {
    if (reaches(recovery_.impact, from, spots_of(plan_, recovery_.impact, thing))) return up;
    const NodeId joined = ground_.until_joined();
    return up == none ? joined : ground_.add(Node::Kind::either, fmt::format("join {}", joined), NoDelay{}, {up, joined});
}

// A tool needs a place of its own and something of what it lives in.
NodeId Readiness::until_tool(Id<model::Tool> id, const StepSet& stopped) {
    const model::Tool& tool = plan_.tools[id];
    const NodeId itself = ground_.until_up(model::thing(id));
    const NodeId home = tool.in.empty() ? none : until_any_up(tool.in, "home " + tool.heading.name, stopped);
    if (itself == none || home == none) return std::max(itself, home);
    return ground_.add(Node::Kind::either, "tool " + tool.heading.name, NoDelay{}, {itself, home});
}

// What others run is back by itself, or something has taken its place. Two may stand in for each other.
NodeId Readiness::until_replaced(Id<model::External> id, const StepSet& stopped) {
    const model::External& external = plan_.externals[id];
    const NodeId itself = ground_.until_up(model::thing(id));
    if (itself == none || external.fallbacks.empty()) return itself;
    const auto [known, fresh] = replaced_.try_emplace({id.value, stopped}, none);
    if (!fresh) return known->second;
    const NodeId node = known->second = ground_.add(Node::Kind::either, "need " + external.heading.name, NoDelay{}, {});
    std::vector<NodeId> ways{itself};
    for (const auto& fallback : external.fallbacks) {
        const std::string key = fmt::format("fallback {} {}", external.heading.name, model::name_of(plan_, fallback.value));
        ways.push_back(
            ground_.add(Node::Kind::either, key, DurationDelay{external.fallback_in}, {until_up(fallback.value, stopped)}, id.value));
    }
    ground_.set(node, ways, NoDelay{});
    ground_.wait_for_any(node);
    return node;
}

NodeId Readiness::until_any(const std::vector<model::SaidId<model::Secret>>& secrets, const std::string& what, const StepSet& stopped) {
    std::vector<model::SaidThing> things;
    for (const auto& secret : secrets) things.push_back({model::thing(secret.value), secret.span});
    return until_any_up(things, what, stopped, nullptr);
}

// When damaged data is right again: once the last step that writes it has ended, or else once what holds it is ready.
NodeId Readiness::until_restored(Id<model::Dataset> data, const StepSet& stopped) {
    std::vector<NodeId> inputs;
    for (const auto procedure : recovery_.procedures) {
        const NodeId ended = restored_by(data, procedure);
        if (ended == none) continue;
        std::vector<NodeId> ways{ended};
        for (const auto other : alternatives_of(recovery_, procedure)) {
            // A node of its own, so that whoever asks why the data is not there is led to the procedure that is followed first.
            const NodeId instead = restored_by(data, other);
            const std::string key = "instead for " + plan_.data[data].heading.name;
            ways.push_back(instead == none ? ground_.end_of(other, key)
                                           : ground_.add(Node::Kind::restored, key, NoDelay{}, {instead}, data.value));
        }
        inputs.push_back(first_of(ways, Node::Kind::restored, "restored " + plan_.data[data].heading.name, data.value));
    }
    if (inputs.empty())
        for (const auto& holder : plan_.data[data].in) inputs.push_back(ready(holder.value, stopped));
    const std::string& name = plan_.data[data].heading.name;
    if (inputs.empty()) return ground_.impossible("nothing restores `" + name + "`");
    return ground_.add(Node::Kind::restored, "restored " + name, NoDelay{}, inputs, data.value);
}

// When the steps of `procedure` that write `data` are done; `none` where it has none.
NodeId Readiness::restored_by(Id<model::Dataset> data, Id<Procedure> procedure) {
    std::vector<NodeId> ends;
    for (const Source& source : recovery_.sources)
        if (source.data == data && plan_.steps[source.step].procedure == procedure) ends.push_back(recovery_.done[source.step.value]);
    if (ends.empty()) return none;
    return ends.size() == 1 ? ends.front()
                            : ground_.add(Node::Kind::restored, "restored " + plan_.data[data].heading.name, NoDelay{}, ends, data.value);
}

NodeId Readiness::first_of(const std::vector<NodeId>& ways, Node::Kind kind, std::string key, std::uint32_t subject) {
    if (ways.size() == 1) return ways.front();
    const NodeId node = ground_.add(kind, std::move(key), NoDelay{}, ways, subject);
    ground_.wait_for_any(node);
    return node;
}

void Readiness::fill() {
    for (; !open_.empty(); open_.pop_front()) fill(open_.front());
}

void Readiness::fill(const Open& open) {
    std::vector<NodeId> inputs = dependencies(open.service, *open.layer);
    append(inputs, stopped_and_started(open.service, *open.layer));
    if (recovery_.impact.services[open.service.value] == State::failed) fill_failed(open.service, *open.layer, inputs);
    else fill_running(open.service, *open.layer, std::move(inputs));
}

// A service that runs, and lacks something or is stopped on the way.
void Readiness::fill_running(Id<Service> id, const Layer& layer, std::vector<NodeId> inputs) {
    const Service& service = plan_.services[id];
    const auto& procedure = recovery_.procedure_of[id.value];
    if (procedure && recovery_.impact.unavailable(id)) inputs.push_back(line_completion(id));
    if (held_up(plan_, recovery_.impact, id)) inputs.push_back(ground_.until_joined());
    const bool starts = !stops_.of(id, layer.stopped).empty();
    ground_.set(layer.nodes.at(id.value), std::move(inputs), duration(starts ? service.starts_in : service.resumes_in));
}

// A failed service comes back by its procedure, by itself, or because what failed returns: whichever is first.
void Readiness::fill_failed(Id<Service> id, const Layer& layer, const std::vector<NodeId>& inputs) {
    const Service& service = plan_.services[id];
    std::vector<NodeId> ways;
    const auto way = [&](std::string_view how, NodeId after, const Delay& delay) {
        std::vector<NodeId> needed = inputs;
        needed.push_back(after);
        const NodeId started = ground_.add(Node::Kind::either, fmt::format("{} {}", how, name(id)), delay, needed, id.value);
        ways.push_back(rebuilt(id, how, started));
    };
    const bool starts = !stops_.of(id, layer.stopped).empty();
    if (recovery_.procedure_of[id.value]) way("start", line_completion(id), duration(service.starts_in));
    const bool holds_damage = holds_damaged_data(id);
    if (service.heals_in && !holds_damage && !lost_every_place(recovery_.impact, service))
        way("heal",
            ground_.add(Node::Kind::returning, "healing " + name(id), DurationDelay{service.heals_in->value}, {disruption}, id.value),
            starts ? duration(service.starts_in) : Delay{NoDelay{}});
    if (ground_.scenario.lasts && !holds_damage && !destroyed(plan_, ground_.scenario, recovery_.impact, id))
        way("restart", ground_.returning(), duration(service.starts_in));
    const NodeId node = layer.nodes.at(id.value);
    if (ways.empty()) ground_.set(node, {disruption}, ImpossibleDelay{"no procedure recovers `" + name(id) + "`"});
    else ground_.set(node, ways, NoDelay{});
    ground_.wait_for_any(node);
}

std::vector<NodeId> Readiness::dependencies(Id<Service> id, const Layer& layer) {
    std::vector<NodeId> inputs;
    const Service& service = plan_.services[id];
    if (recovery_.impact.partition.whole()) {
        for (std::size_t group = 0; group < service.needs.size(); ++group) inputs.push_back(until_met(id, group, layer, nullptr));
    } else {
        std::vector<NodeId> places;
        for (const Spot& spot : spots_of(plan_, recovery_.impact, model::thing(id))) places.push_back(until_needs_met(id, layer, &spot));
        const bool everywhere = service.pinned || places.size() == 1;
        if (everywhere) append(inputs, places);
        else if (std::find(places.begin(), places.end(), none) == places.end()) {
            inputs.push_back(ground_.add(Node::Kind::either, "somewhere " + name(id), NoDelay{}, places));
            ground_.wait_for_any(inputs.back());
        }
    }
    for (const auto& data : service.uses)
        if (recovery_.impact.data_damaged[data.value.value]) inputs.push_back(until_restored(data.value, layer.stopped));
    return inputs;
}

// What to wait for until all needs are met at one place; `none` where they are all along.
NodeId Readiness::until_needs_met(Id<Service> id, const Layer& layer, const Spot* from) {
    std::vector<NodeId> inputs;
    for (std::size_t group = 0; group < plan_.services[id].needs.size(); ++group) inputs.push_back(until_met(id, group, layer, from));
    std::erase(inputs, none);
    if (inputs.size() <= 1) return inputs.empty() ? none : inputs.front();
    return ground_.add(Node::Kind::either, "needs " + name(id), NoDelay{}, inputs);
}

// What to wait for until one group of `needs` is met; `none` where it is all along.
NodeId Readiness::until_met(Id<Service> service, std::size_t group, const Layer& layer, const Spot* from) {
    return until_any_up(plan_.services[service].needs[group], fmt::format("need {} {}", name(service), group), layer.stopped, from);
}

std::vector<NodeId> Readiness::stopped_and_started(Id<Service> id, const Layer& layer) {
    std::vector<NodeId> inputs;
    for (const auto step : stops_.of(id, layer.stopped)) {
        const Id<Procedure> procedure = plan_.steps[step].procedure;
        inputs.push_back(or_instead(recovery_.done[step.value], id, procedure));
        if (!model::taken_away(*plan_.steps[step].action).empty()) inputs.push_back(or_instead(started_again(step, id), id, procedure));
    }
    return inputs;
}

// What is scaled to nothing stays away until something scales it up or completes it; by default the procedure that recovers it.
NodeId Readiness::started_again(Id<Step> stop, Id<Service> service) {
    std::vector<NodeId> starts;
    for (const auto step : stops_.starts_after(stop, service)) starts.push_back(recovery_.done[step.value]);
    if (!starts.empty()) return ground_.add(Node::Kind::completion, "completion " + name(service), NoDelay{}, starts, service.value);
    if (recovery_.procedure_of[service.value]) return line_completion(service);
    const Id<Procedure> own = plan_.steps[stop].procedure;
    const auto& recovers = plan_.procedures[own].recovers;
    if (std::any_of(recovers.begin(), recovers.end(), [&](const auto& said) { return said.value == service; }))
        return completion(service, own);
    return ground_.impossible(fmt::format("step `{}` stops `{}` and no step starts it again: scale it up, or say what `completes` it",
                                          model::qualified_name(plan_, stop), name(service)));
}

NodeId Readiness::completion(Id<Service> service, Id<Procedure> procedure) {
    std::vector<NodeId> ends, all{ground_.start_of(procedure)};
    for (const auto id : plan_.procedures[procedure].steps) {
        const Step& step = plan_.steps[id];
        if (!step.afterwards) all.push_back(recovery_.done[id.value]);
        if (std::any_of(step.completes.begin(), step.completes.end(), [&](const auto& said) { return said.value == service; }))
            ends.push_back(recovery_.done[id.value]);
    }
    return ground_.add(Node::Kind::completion, "completion " + name(service), NoDelay{}, ends.empty() ? all : ends, service.value);
}

// The completion by the procedure of `service`, or by what is turned to where that fails.
NodeId Readiness::line_completion(Id<Service> service) {
    std::vector<NodeId> ways;
    for (const auto procedure : recovery_.lines[recovery_.line_of[service.value]]) ways.push_back(completion(service, procedure));
    return first_of(ways, Node::Kind::completion, "completion " + name(service), service.value);
}

// What a step of `procedure` does to `service` is no longer waited for once another procedure has been turned to and is complete.
NodeId Readiness::or_instead(NodeId node, Id<Service> service, Id<Procedure> procedure) {
    std::vector<NodeId> ways{node};
    for (const auto other : alternatives_of(recovery_, procedure)) ways.push_back(completion(service, other));
    return first_of(ways, Node::Kind::completion, "completion " + name(service), service.value);
}

// Data that is made again instead of restored costs its holder that time.
NodeId Readiness::rebuilt(Id<Service> id, std::string_view how, NodeId started) {
    for (const auto data : plan_.index.held[id.value]) {
        const model::Dataset& dataset = plan_.data[data];
        if (!dataset.rebuilt_in || recovery_.copies[data.value].front().state == CopyState::usable) continue;
        started = ground_.add(Node::Kind::either, fmt::format("rebuild {} {} {}", dataset.heading.name, how, name(id)),
                              DurationDelay{dataset.rebuilt_in->value}, {started}, id.value);
    }
    return started;
}

bool Readiness::holds_damaged_data(Id<Service> id) const {
    return std::any_of(plan_.index.held[id.value].begin(), plan_.index.held[id.value].end(), [&](Id<model::Dataset> data) {
        return recovery_.impact.data_damaged[data.value] || recovery_.impact.data_destroyed[data.value];
    });
}

// A name that was switched is known everywhere once its time to live has passed.
NodeId Readiness::reached(Id<Service> id, NodeId ready) {
    const auto& procedure = recovery_.procedure_of[id.value];
    if (!procedure || ready == none) return ready;
    std::optional<model::Duration> slowest;
    for (const auto step : plan_.procedures[*procedure].steps) {
        if (!plan_.steps[step].action || skipped(recovery_.impact, plan_.steps[step])) continue;
        const auto* dns = std::get_if<model::SwitchDns>(&*plan_.steps[step].action);
        if (dns != nullptr && (!slowest || dns->ttl.planning() > slowest->planning())) slowest = dns->ttl;
    }
    if (!slowest) return ready;
    return ground_.add(Node::Kind::reached, "reached " + name(id), DurationDelay{*slowest}, {ready}, id.value);
}

}  // namespace muster::analysis
