// What needs what.

#include <fmt/format.h>

#include <map>
#include <set>

#include "backends/graph/graph.h"
#include "backends/graph/words.h"
#include "compiler/model/graph.h"

namespace muster::backends::graph {
namespace {

using model::Plan;
using model::Thing;
using support::Id;

class Dependencies {
public:
    Dependencies(const Plan& plan, const analysis::Estimate* estimate) : plan_(plan), estimate_(estimate) {
        for (const auto& circle : model::dependency_cycles(plan))
            for (std::size_t i = 0; i + 1 < circle.size(); ++i) circular_.insert({circle[i].value, circle[i + 1].value});
    }

    Graph draw() {
        for (const model::Tier& tier : plan_.tiers) {
            std::vector<std::string> lines = wrapped(tier.heading.label(), 40);
            if (const auto text = objectives_text(tier.objectives); !text.empty()) lines.push_back(text);
            graph_.frames.push_back({"tier", tier.heading.name, lines, std::nullopt, Mark::fine});
        }
        for (const auto id : plan_.services.ids()) box_of(model::thing(id));
        for (const auto id : plan_.externals.ids()) box_of(model::thing(id));
        for (const auto id : plan_.data.ids()) box_of(model::thing(id));
        for (const auto id : plan_.services.ids()) draw_needs(id);
        for (const auto id : plan_.data.ids())
            for (const auto& holder : plan_.data[id].in)
                add(box_of(model::thing(id)), box_of(model::thing(holder.value)), "in", "in", false);
        return std::move(graph_);
    }

private:
    std::size_t box_of(Thing thing) {
        const auto [known, fresh] = boxes_.try_emplace(thing, graph_.nodes.size());
        if (!fresh) return known->second;
        Node node{std::string(model::kind_of(plan_, thing)), model::name_of(plan_, thing), {}, {}, {}, false, false, {}, {}, {}};
        describe(thing, node);
        if (estimate_ != nullptr) node.mark = mark_of(estimate_->recovery, thing);
        graph_.nodes.push_back(std::move(node));
        return known->second;
    }

    void describe(Thing thing, Node& node) const {
        if (thing.kind == model::Kind::service) describe(plan_.services[{thing.index}], node);
        else if (thing.kind == model::Kind::dataset) describe(plan_.data[{thing.index}], node);
        else if (thing.kind == model::Kind::external) describe(plan_.externals[{thing.index}], node);
        else node.lines = {one_line(node.name), node.kind};
    }

    void describe(const model::Service& service, Node& node) const {
        node.lines = wrapped(service.heading.label());
        if (!service.engine.empty()) node.lines.push_back(one_line(service.engine, 32));
        if (const auto text = objectives_text(service.objectives); !text.empty()) node.lines.push_back(text);
        if (service.tier) node.frame = service.tier->value.value;
    }

    void describe(const model::Dataset& data, Node& node) const {
        node.lines = wrapped(data.heading.label());
        if (data.size) node.lines.push_back(support::format_size(data.size->value));
        if (const auto text = objectives_text(data.objectives); !text.empty()) node.lines.push_back(text);
        if (data.tier) node.frame = data.tier->value.value;
    }

    static void describe(const model::External& external, Node& node) {
        node.lines = wrapped(external.heading.label());
        if (!external.sla.empty()) node.lines.push_back("SLA " + one_line(external.sla, 32));
    }

    void draw_needs(Id<model::Service> id) {
        const model::Service& service = plan_.services[id];
        const std::size_t from = box_of(model::thing(id));
        for (const auto& group : service.needs) {
            if (group.size() == 1) need(id, from, group.front().value);
            else draw_choice(from, group);
        }
        for (const auto& wanted : service.wants) add(from, box_of(wanted.value), "wants", "wants", true);
        for (const auto& used : service.uses) add(from, box_of(model::thing(used.value)), "uses", "uses", false);
    }

    void need(Id<model::Service> id, std::size_t from, Thing needed) {
        add(from, box_of(needed), "needs", "", false);
        graph_.edges.back().critical = needed.kind == model::Kind::service && circular_.contains({id.value, needed.index});
    }

    void draw_choice(std::size_t from, const model::Alternatives& group) {
        const std::size_t choice = graph_.nodes.size();
        graph_.nodes.push_back({"either", graph_.nodes[from].name, {"or"}, {}, graph_.nodes[from].frame, false, false, {}, {}, {}});
        add(from, choice, "needs", "", false);
        for (const auto& one : group) add(choice, box_of(one.value), "needs", "", false);
    }

    void add(std::size_t from, std::size_t to, const char* kind, const char* label, bool soft) {
        graph_.edges.push_back({from, to, kind, label, soft, false});
    }

    const Plan& plan_;
    const analysis::Estimate* estimate_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> circular_;
    std::map<Thing, std::size_t> boxes_;
    Graph graph_;
};

}  // namespace

Graph dependencies(const Plan& plan, const analysis::Estimate* estimate) {
    Graph graph = Dependencies(plan, estimate).draw();
    graph.kind = "dependency";
    graph.title = {one_line(plan.heading.label()) + ": what needs what"};
    if (estimate != nullptr) {
        const model::Scenario& scenario = plan.scenarios[estimate->recovery.scenario];
        graph.scenario = scenario.heading.name;
        graph.title.push_back("after: " + one_line(scenario.heading.label()));
    }
    return graph;
}

}  // namespace muster::backends::graph
