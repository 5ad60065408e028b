// How a scenario is recovered from.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "backends/graph/contraction.h"
#include "backends/graph/graph.h"
#include "backends/graph/words.h"
#include "compiler/analysis/failing.h"
#include "compiler/analysis/path.h"

namespace muster::backends::graph {
namespace {

using analysis::Estimate;
using analysis::NodeId;
using analysis::ServiceOutcome;
using model::Plan;
using support::format_duration;
using support::Id;

// The service that comes back last; nothing where none does.
const ServiceOutcome* last_back(const Estimate& estimate) {
    const ServiceOutcome* last = nullptr;
    for (const ServiceOutcome& outcome : estimate.services)
        if (outcome.last != 0 && outcome.rta && *outcome.rta != support::never && (last == nullptr || *outcome.rta > *last->rta))
            last = &outcome;
    return last;
}

std::string judged(const ServiceOutcome& outcome) {
    if (!outcome.rto) return "no RTO";
    return fmt::format("RTO {}, {}", format_duration(outcome.rto->value), analysis::verdict_name(outcome.verdict));
}

class Recovery {
public:
    Recovery(const Plan& plan, const Estimate& estimate)
        : plan_(plan),
          estimate_(estimate),
          network_(estimate.recovery.network),
          times_(estimate.outlook.times),
          last_(last_back(estimate)),
          boxes_(network_.nodes.size()) {
        if (last_ == nullptr) return;
        path_ = analysis::way_to(network_, times_, last_->last);
        if (path_.empty() || path_.front() != 0) path_.insert(path_.begin(), 0);
        if (path_.back() != last_->last) path_.push_back(last_->last);
    }

    Graph draw() {
        describe_picture();
        frame_what_is_down();
        frame_procedures();
        const Contraction contraction = contract(estimate_, path_);
        mark_path(contraction);
        for (const NodeId node : contraction.shown) draw_node(node);
        for (const NodeId node : contraction.shown)
            for (const NodeId input : contraction.inputs[node])
                graph_.edges.push_back({boxes_[input], boxes_[node], "before", "", false, follow_each_other(input, node)});
        for (const auto& outcome : estimate_.services) draw_lost(outcome);
        for (const auto& outcome : estimate_.data) draw_data(outcome);
        return std::move(graph_);
    }

private:
    // Boxes that stand for several nodes of the path stand in it once.
    void mark_path(const Contraction& contraction) {
        for (const NodeId node : path_) place_in_path_.try_emplace(contraction.stands_in[node], place_in_path_.size());
    }

    const model::Scenario& scenario() const { return plan_.scenarios[estimate_.recovery.scenario]; }

    void describe_picture() {
        graph_.kind = "recovery";
        graph_.scenario = scenario().heading.name;
        graph_.title = {"Recovery: " + one_line(scenario().heading.label())};
        if (last_ == nullptr) graph_.title.emplace_back("no service comes back in a time that can be told");
        else
            graph_.title.push_back(fmt::format("the marked path makes the longest RTA: {}, {} ({})", service_name(*last_),
                                               format_duration(*last_->rta), judged(*last_)));
    }

    std::string service_name(const ServiceOutcome& outcome) const { return one_line(plan_.services[outcome.service].heading.label()); }

    Node made(std::string kind, std::string name, std::vector<std::string> lines, Mark mark) const {
        return {std::move(kind), std::move(name), std::move(lines), mark, {}, false, false, {}, {}, {}};
    }

    // What the scenario takes away, as far as it is more than what it names.
    void frame_what_is_down() {
        graph_.frames.push_back({"down", "down", {"down at the disruption"}, std::nullopt, Mark::failed});
        const auto all = [&](const auto& table) {
            for (const auto id : table.ids()) draw_down(model::thing(id));
        };
        all(plan_.sites), all(plan_.zones), all(plan_.externals), all(plan_.tools), all(plan_.stores), all(plan_.roles);
        all(plan_.services), all(plan_.data);
        if (graph_.nodes.empty()) graph_.frames.clear();
    }

    void draw_down(model::Thing thing) {
        const analysis::Impact& impact = estimate_.recovery.impact;
        if (mark_of(estimate_.recovery, thing) != Mark::failed) return;
        const bool within = thing.kind == model::Kind::zone && impact.sites_down[plan_.zones[{thing.index}].site.value];
        if (within) return;
        const std::string name = model::name_of(plan_, thing);
        const std::string kind(model::kind_of(plan_, thing));
        graph_.nodes.push_back(made(kind, name, {one_line(name), kind}, Mark::failed));
        graph_.nodes.back().frame = 0;
    }

    void frame_procedures() {
        for (const auto id : analysis::all_procedures(estimate_.recovery)) {
            const model::Procedure& procedure = plan_.procedures[id];
            const std::size_t frame = graph_.frames.size();
            frames_[{id.value, ""}] = frame;
            graph_.frames.push_back(
                {"procedure", procedure.heading.name, promised(procedure.heading, procedure.within), std::nullopt, Mark::fine});
            for (const model::Phase& phase : procedure.phases) {
                frames_[{id.value, phase.heading.name}] = graph_.frames.size();
                graph_.frames.push_back({"phase", phase.heading.name, promised(phase.heading, phase.within), frame, Mark::fine});
            }
        }
    }

    static std::vector<std::string> promised(const model::Heading& heading, const std::optional<support::Said<model::Duration>>& within) {
        std::vector<std::string> lines = wrapped(heading.label(), 40);
        if (within) lines.push_back("within " + format_duration(within->value.planning()));
        return lines;
    }

    void draw_node(NodeId id) {
        Node box = box_of(id);
        if (times_.begin[id] != support::never) box.begin = times_.begin[id];
        if (times_.end[id] != support::never) box.end = times_.end[id];
        else if (box.mark == Mark::fine && !is_spare(id)) box.mark = Mark::never;
        if (id != 0 && box.kind != "ready") box.lines.push_back(when(id));
        box.critical = place_in_path_.contains(id);
        boxes_[id] = graph_.nodes.size();
        graph_.nodes.push_back(std::move(box));
    }

    // What is turned to only where something fails that does not fail in planning.
    bool is_spare(NodeId id) const {
        const analysis::Node& node = network_.nodes[id];
        if (node.kind == analysis::Node::Kind::failure) return true;
        if (node.kind != analysis::Node::Kind::step && node.kind != analysis::Node::Kind::start) return false;
        const auto procedure = node.kind == analysis::Node::Kind::start ? Id<model::Procedure>{node.subject}
                                                                        : plan_.steps[Id<model::Step>{node.subject}].procedure;
        const auto& spare = estimate_.recovery.turned_to;
        return std::find(spare.begin(), spare.end(), procedure) != spare.end() && times_.begin[id] == support::never;
    }

    std::string when(NodeId id) const {
        if (is_spare(id)) return "only if something fails";
        if (const support::Time failed = analysis::over(network_, times_, id); failed != times_.end[id])
            return "fails at " + format_duration(failed);
        if (times_.end[id] == support::never) return estimate_.outlook.impossible(id) ? "never" : "nobody knows when";
        if (times_.end[id] == times_.begin[id]) return "at " + format_duration(times_.end[id]);
        return fmt::format("{} to {}", format_duration(times_.begin[id]), format_duration(times_.end[id]));
    }

    Node box_of(NodeId id) const {
        using Kind = analysis::Node::Kind;
        const analysis::Node& node = network_.nodes[id];
        if (node.kind == Kind::disruption) return disruption();
        if (node.kind == Kind::step) return step(id);
        if (const auto service = service_at_last(network_, id)) return ready(estimate_.services[service->value], id);
        const analysis::PathPart part = analysis::describe(plan_, estimate_.recovery, times_, id);
        std::vector<std::string> lines = wrapped(part.name);
        lines.push_back(part.kind == "response" ? "responds" : part.kind);
        return made(part.kind, part.name, lines, Mark::fine);
    }

    std::string names_of(const std::vector<model::SaidThing>& things) const {
        std::string text;
        for (const auto& thing : things) text += (text.empty() ? "" : ", ") + model::name_of(plan_, thing.value);
        return text;
    }

    Node disruption() const {
        std::vector<std::string> lines = wrapped(scenario().heading.label());
        constexpr std::array<const char*, 6> verbs{"fails", "destroys", "corrupts", "deletes", "compromises", "absent"};
        for (const model::Effect& effect : scenario().effects)
            lines.push_back(one_line(fmt::format("{} {} {}", verbs.at(static_cast<std::size_t>(effect.verb)),
                                                 model::kind_of(plan_, effect.thing), model::name_of(plan_, effect.thing))));
        for (const model::Cut& cut : scenario().cuts) lines.push_back(one_line("cuts " + names_of(cut.a) + " from " + names_of(cut.b)));
        return made("disruption", scenario().heading.name, lines, Mark::failed);
    }

    Node step(NodeId id) const {
        const Id<model::Step> step_id{network_.nodes[id].subject};
        const model::Step& step = plan_.steps[step_id];
        Node box = made("step", model::qualified_name(plan_, step_id), wrapped(step.heading.label()), Mark::fine);
        if (const auto action = action_text(plan_, step); !action.empty()) box.lines.push_back(action);
        box.performer = performer_of(plan_, step);
        box.lines.push_back("by " + one_line(box.performer, 40));
        const bool skipped = analysis::skipped(estimate_.recovery.impact, step);
        if (skipped) box.lines.emplace_back("left out");
        if (const auto wait = waited(id); !wait.empty()) box.lines.push_back(wait);
        box.faint = skipped || step.afterwards || is_spare(id);
        box.frame = frames_.at({step.procedure.value, step.phase});
        return box;
    }

    // "waits 20m for dba".
    std::string waited(NodeId id) const {
        if (times_.begin[id] == support::never) return "";
        const auto parts = analysis::parts_of(plan_, estimate_.recovery, times_, id);
        if (parts.front().kind != "queue") return "";
        return fmt::format("waits {} for {}", format_duration(parts.front().end - parts.front().begin), one_line(parts.front().name, 28));
    }

    Node ready(const ServiceOutcome& outcome, std::optional<NodeId> node) const {
        const std::string& name = plan_.services[outcome.service].heading.name;
        std::vector<std::string> lines = wrapped(plan_.services[outcome.service].heading.label());
        const bool back = outcome.rta && *outcome.rta != support::never;
        if (back) {
            if (node && times_.end[*node] > times_.begin[*node])
                lines.push_back((network_.nodes[*node].kind == analysis::Node::Kind::reached ? "names change " : "starts ") + when(*node));
            lines.push_back("back after " + format_duration(*outcome.rta));
        } else {
            lines.emplace_back(outcome.rta ? "does not come back:" : "nobody knows when:");
            for (const std::string& line : wrapped(outcome.obstacle, 36)) lines.push_back(line);
        }
        lines.push_back(judged(outcome));
        const Mark mark = !back ? Mark::never : outcome.verdict == analysis::Verdict::missed ? Mark::late : Mark::back;
        return made("ready", name, lines, mark);
    }

    // A service that nothing brings back has no box yet.
    void draw_lost(const ServiceOutcome& outcome) {
        const bool lost = outcome.verdict == analysis::Verdict::never || outcome.verdict == analysis::Verdict::unknown;
        if (lost && network_.ready[outcome.service.value] == 0) graph_.nodes.push_back(ready(outcome, std::nullopt));
    }

    void draw_data(const analysis::DataOutcome& outcome) {
        using analysis::Verdict;
        const bool bad = outcome.verdict == Verdict::lost || outcome.verdict == Verdict::missed || outcome.verdict == Verdict::unknown;
        if (!outcome.by && !bad) return;
        const model::Dataset& data = plan_.data[outcome.data];
        std::vector<std::string> lines = wrapped(data.heading.label());
        if (outcome.rpa) lines.push_back("loses " + format_duration(*outcome.rpa));
        if (outcome.from) lines.push_back("from " + one_line(analysis::name_of(plan_, *outcome.from), 32));
        lines.push_back(outcome.rpo
                            ? fmt::format("RPO {}, {}", format_duration(outcome.rpo->value), analysis::verdict_name(outcome.verdict))
                            : std::string(analysis::verdict_name(outcome.verdict)));
        const Mark mark = outcome.verdict == Verdict::missed ? Mark::late : bad ? Mark::never : Mark::back;
        graph_.nodes.push_back(made("data", data.heading.name, lines, mark));
        if (outcome.by && estimate_.recovery.steps[outcome.by->value] != 0)
            graph_.edges.push_back(
                {boxes_[estimate_.recovery.steps[outcome.by->value]], graph_.nodes.size() - 1, "writes", "", true, false});
    }

    bool follow_each_other(NodeId from, NodeId to) const {
        const auto first = place_in_path_.find(from), second = place_in_path_.find(to);
        return first != place_in_path_.end() && second != place_in_path_.end() && first->second + 1 == second->second;
    }

    const Plan& plan_;
    const Estimate& estimate_;
    const analysis::Network& network_;
    const analysis::Times& times_;
    const ServiceOutcome* last_;
    std::vector<NodeId> path_;  // from the disruption
    std::map<NodeId, std::size_t> place_in_path_;
    std::vector<std::size_t> boxes_;                                       // by node of the network
    std::map<std::pair<std::uint32_t, std::string>, std::size_t> frames_;  // by procedure and phase
    Graph graph_;
};

}  // namespace

Graph recovery(const Plan& plan, const Estimate& estimate) { return Recovery(plan, estimate).draw(); }

}  // namespace muster::backends::graph
