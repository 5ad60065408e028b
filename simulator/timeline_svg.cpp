#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "simulator/abreast.h"
#include "simulator/crew.h"
#include "simulator/critical.h"
#include "simulator/picture.h"
#include "simulator/scale.h"
#include "simulator/svg.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

using analysis::Node;
using analysis::NodeId;
using support::never;

constexpr double width = 960, left = 280, right = 110, top = 52, row_height = 20;
constexpr int most_ticks = 9;
// A picture of more rows shows nothing.
constexpr std::size_t most_rows = 150;

struct Row {
    NodeId node;
    Time begin;
    Time end;  ///< it has happened or failed; `never` where it does neither
};

// What a service takes to start once everything is there.
bool is_start(const Node& node) { return node.kind == Node::Kind::either && node.key.starts_with("start "); }

bool is_shown(const Node& node) {
    using Kind = Node::Kind;
    return node.kind == Kind::detection || node.kind == Kind::response || node.kind == Kind::declaration || node.kind == Kind::step ||
           node.kind == Kind::ready || is_start(node);
}

class Timeline {
public:
    Timeline(const Rehearsal& rehearsal, const Outcome& outcome)
        : plan_(rehearsal.plan()), network_(rehearsal.estimate().recovery.network), times_(outcome.times), outcome_(outcome) {
        for (const auto& service : rehearsal.estimate().services)
            if (service.rto) limits_[service.service.value] = service.rto->value;
        collect();
        mark_critical();
    }

    std::string draw(const std::string& title) {
        Svg svg(title);
        svg.text(10, 22, title, "head");
        draw_axis(svg);
        double y = top;
        for (std::size_t i = 0; i < std::min(rows_.size(), most_rows); ++i, y += row_height) draw_row(svg, rows_[i], y);
        if (rows_.size() > most_rows) svg.text(10, y + 14, fmt::format("and {} more", rows_.size() - most_rows), "small");
        svg.text(10, bottom() + 34,
                 "red: what the last service waited for; blue: people; dashed: failed; diamond: a service is back, red if late", "small");
        return svg.document(width, bottom() + 44);
    }

private:
    double bottom() const { return top + row_height * static_cast<double>(std::min(rows_.size(), most_rows + 1)); }

    double x(Time at) const {
        return left + (width - left - right) * static_cast<double>(std::min(at, last_).count()) / static_cast<double>(last_.count());
    }

    void collect() {
        back_.insert(network_.ready.begin(), network_.ready.end());
        for (NodeId id = 1; id < network_.nodes.size(); ++id) {
            const Node& node = network_.nodes[id];
            if (!is_shown(node) || times_.begin(id) == never) continue;
            if ((node.kind == Node::Kind::ready || is_start(node)) && !back_.contains(id) && times_.end(id) == times_.begin(id)) continue;
            // Whoever found it looked for it from the first moment.
            const bool found = node.kind == Node::Kind::detection;
            rows_.push_back({id, found ? Time::zero() : times_.begin(id), times_.over(network_, id)});
            if (rows_.back().end != never) last_ = std::max(last_, rows_.back().end);
        }
        std::sort(rows_.begin(), rows_.end(),
                  [](const Row& a, const Row& b) { return std::tuple(a.begin, a.end, a.node) < std::tuple(b.begin, b.end, b.node); });
    }

    void mark_critical() {
        NodeId last = 0;
        for (const NodeId reached : network_.reached)
            if (reached != 0 && times_.end(reached) != never && (last == 0 || times_.end(reached) > times_.end(last))) last = reached;
        if (last == 0) return;
        CriticalNodes critical(network_);
        critical.look_at(times_);
        for (const NodeId node : critical.before(last)) critical_.insert(node);
    }

    void draw_axis(Svg& svg) const {
        const Time step = step_of(last_, most_ticks);
        for (Time at{0}; at <= last_; at += step) {
            svg.line(x(at), top - 4, x(at), bottom(), "grid");
            svg.text(x(at), bottom() + 15, support::format_duration(at), "middle");
        }
        svg.line(left, bottom(), width - right, bottom(), "axis");
    }

    std::string label(NodeId id) const {
        const Node& node = network_.nodes[id];
        switch (node.kind) {
            case Node::Kind::detection: return "found";
            case Node::Kind::declaration: return "declared";
            case Node::Kind::response: return plan_.roles[{node.subject}].heading.name + " at work";
            case Node::Kind::step: return model::qualified_name(plan_, Id<model::Step>{node.subject});
            default: break;
        }
        const std::string& service = plan_.services[{node.subject}].heading.name;
        return back_.contains(id) ? service + " is back" : "start of " + service;
    }

    std::string_view look(const Row& row) const {
        const Node& node = network_.nodes[row.node];
        if (times_.end(row.node) == never) return "failed";
        if (critical_.contains(row.node)) return "critical";
        return node.kind == Node::Kind::response ? "people" : "step";
    }

    void draw_row(Svg& svg, const Row& row, double y) const {
        const Node& node = network_.nodes[row.node];
        const std::string name = label(row.node);
        svg.text(left - 10, y + 14, name.size() > 42 ? name.substr(0, 40) + ".." : name, "end");
        const std::string tip = fmt::format("{}: {} to {}", name, rounded_up(row.begin), rounded_up(row.end));
        if (row.end > row.begin)
            svg.rectangle(x(row.begin), y + 3, std::max(1.0, x(row.end) - x(row.begin)), row_height - 6, look(row), tip);
        if (back_.contains(row.node) && row.end != never) {
            const auto limit = limits_.find(node.subject);
            svg.diamond(x(row.end), y + row_height / 2,
                        limit != limits_.end() && outcome_.rta[node.subject] > limit->second ? "late" : "ready", tip);
        }
        svg.text(x(row.end) + 9, y + 14, row.end == never ? "never ends" : rounded_up(row.end), "small");
    }

    const model::Plan& plan_;
    const analysis::Network& network_;
    const TrialTimes& times_;
    const Outcome& outcome_;
    std::map<std::uint32_t, Time> limits_;  ///< by service
    std::vector<Row> rows_;
    std::set<NodeId> critical_;
    std::set<NodeId> back_;  ///< that a service is available
    Time last_{1};
};

// When the last of the services that it takes away is back.
Time last_back(const Outcome& outcome) { return *std::max_element(outcome.rta.begin(), outcome.rta.end()); }

}  // namespace

std::string timeline_svg(const std::string& title, const Rehearsal& rehearsal, const Outcome& outcome) {
    return Timeline(rehearsal, outcome).draw(title);
}

std::vector<Standing> standings(const Rehearsal& rehearsal, const Options& options) {
    constexpr std::uint64_t enough = 10'000;
    std::vector<std::pair<Time, std::uint64_t>> trials(std::min(options.trials, enough));
    if (rehearsal.plan().services.empty()) return {};
    by_threads(
        0, trials.size(), options.threads, [&] { return Trials(rehearsal, options.seed); },
        [&](std::uint64_t trial, Trials& own) {
            trials[trial] = {last_back(own.at(trial)), trial};
        },
        [](const Trials&) {});
    std::sort(trials.begin(), trials.end());
    std::vector<Standing> found;
    for (const unsigned percent : {50U, 95U}) {
        const std::size_t rank = (trials.size() * percent + 99) / 100;
        const auto first = std::lower_bound(trials.begin(), trials.end(), std::pair(trials[rank - 1].first, std::uint64_t{0}));
        found.push_back({percent, first->second});
    }
    return found;
}

std::vector<Picture> pictures(const model::Plan& plan, const Result& result, const Options& options) {
    const analysis::Schedules schedules(plan, options.as_of);
    std::vector<Picture> all;
    for (const ScenarioResult& scenario : result.scenarios) {
        const model::Scenario& of = plan.scenarios[scenario.scenario];
        const Rehearsal rehearsal(plan, scenario.scenario, schedules);
        for (const ServiceResult& service : scenario.services) {
            if (service.state < analysis::State::impaired) continue;
            const std::string& name = plan.services[service.service].heading.name;
            all.push_back({of.file_name() + "." + name + ".svg",
                           distribution_svg(fmt::format("When {} is back in {}", name, of.heading.name), service.rta, service.rto)});
        }
        for (const Standing& one : standings(rehearsal, options))
            all.push_back({fmt::format("{}.p{}.svg", of.file_name(), one.percent),
                           timeline_svg(fmt::format("{}: trial {} of seed {}, at the {} of when all is back", of.heading.name, one.trial,
                                                    options.seed, one.percent == 50 ? "median" : "95th percentile"),
                                        rehearsal, rehearsal.trial(Draws(options.seed, one.trial)))});
    }
    return all;
}

}  // namespace muster::simulator
