// What lies where, and how copies get there.

#include <fmt/format.h>

#include <map>

#include "backends/graph/graph.h"
#include "backends/graph/words.h"

namespace muster::backends::graph {
namespace {

using model::Place;
using model::Plan;
using model::Thing;
using support::Id;

class Placement {
public:
    Placement(const Plan& plan, const analysis::Estimate* estimate) : plan_(plan), estimate_(estimate) {}

    Graph draw() {
        frame_sites();
        for (const auto id : plan_.services.ids()) draw_service(id);
        for (const auto id : plan_.data.ids()) draw_data(id);
        for (const auto id : plan_.stores.ids()) draw_store(id);
        for (const auto id : plan_.tools.ids()) draw_at("tool", plan_.tools[id].heading, plan_.tools[id].at, model::thing(id));
        for (const model::Detector& detector : plan_.detectors) draw_at("detector", detector.heading, detector.at, std::nullopt);
        for (const auto id : plan_.copies.ids()) draw_copy(id);
        for (const auto id : plan_.stores.ids()) draw_replication(id);
        return std::move(graph_);
    }

private:
    void frame_sites() {
        for (const auto id : plan_.sites.ids()) {
            const model::Site& site = plan_.sites[id];
            sites_.push_back(graph_.frames.size());
            graph_.frames.push_back({"site", site.heading.name, site_lines(site), std::nullopt, mark(model::thing(id))});
            for (const auto zone : site.zones) {
                zones_[zone] = graph_.frames.size();
                graph_.frames.push_back({"zone",
                                         name_of(plan_, model::thing(zone)),
                                         {"zone " + one_line(plan_.zones[zone].name)},
                                         sites_.back(),
                                         mark(model::thing(zone))});
            }
        }
    }

    std::vector<std::string> site_lines(const model::Site& site) const {
        constexpr std::array<const char*, 4> standby{"", "hot standby", "warm standby", "cold standby"};
        std::vector<std::string> lines = wrapped(site.heading.label(), 40);
        if (const std::string where = domains(site.provider, site.region, site.account); !where.empty()) lines.push_back(where);
        if (site.standby != model::Site::Standby::none) lines.emplace_back(standby.at(static_cast<std::size_t>(site.standby)));
        return lines;
    }

    using Domain = std::optional<Id<model::Domain>>;
    std::string domains(const Domain& provider, const Domain& region, const Domain& account) const {
        std::string text;
        for (const Domain& domain : {provider, region, account})
            if (domain) text += (text.empty() ? "" : ", ") + one_line(plan_.domains[*domain].name, 32);
        return text;
    }

    Mark mark(Thing thing) const { return estimate_ == nullptr ? Mark::fine : mark_of(estimate_->recovery, thing); }
    std::size_t frame_of(const Place& place) const { return place.zone ? zones_.at(*place.zone) : sites_[place.site.value]; }

    std::size_t add(std::string kind, std::string name, std::vector<std::string> lines, Mark mark, std::optional<std::size_t> frame) {
        graph_.nodes.push_back({std::move(kind), std::move(name), std::move(lines), mark, frame, false, false, {}, {}, {}});
        return graph_.nodes.size() - 1;
    }

    void draw_service(Id<model::Service> id) {
        const model::Service& service = plan_.services[id];
        std::vector<std::string> lines = wrapped(service.heading.label());
        if (!service.engine.empty()) lines.push_back(one_line(service.engine, 32));
        std::optional<std::size_t> first;
        for (const model::Placement& at : service.placements) {
            const std::size_t node = add("service", service.heading.name, lines, mark(model::thing(id)), frame_of(at.place));
            if (at.standby) stand_by(graph_.nodes[node]);
            else if (!first) first = node;
        }
        services_.push_back(first.value_or(graph_.nodes.size()));
        if (!first) add("service", service.heading.name, lines, mark(model::thing(id)), std::nullopt);
    }

    // Nothing has failed there, and nothing runs there.
    static void stand_by(Node& node) {
        node.faint = true;
        node.mark = Mark::fine;
        node.lines.emplace_back("standby");
    }

    void draw_data(Id<model::Dataset> id) {
        const model::Dataset& data = plan_.data[id];
        std::vector<std::string> lines = wrapped(data.heading.label());
        if (data.size) lines.push_back(support::format_size(data.size->value));
        const auto frame = data.in.empty() ? std::nullopt : graph_.nodes[services_[data.in.front().value.value]].frame;
        data_.push_back(add("data", data.heading.name, lines, mark(model::thing(id)), frame));
        for (const auto& holder : data.in) graph_.edges.push_back({data_.back(), services_[holder.value.value], "in", "in", true, false});
    }

    void draw_store(Id<model::Store> id) {
        const model::Store& store = plan_.stores[id];
        std::vector<std::string> lines = wrapped(store.heading.label());
        if (!store.type.empty())
            lines.push_back(one_line(store.storage_class.empty() ? store.type : store.type + ", " + store.storage_class, 32));
        if (store.immutable) lines.push_back("immutable for " + support::format_duration(*store.immutable));
        stores_.push_back(add("store", store.heading.name, lines, mark(model::thing(id)), frame_of(store)));
    }

    // Stores away from all sites stand together where they lie in the same account.
    std::optional<std::size_t> frame_of(const model::Store& store) {
        if (store.at) return sites_[store.at->value];
        const std::string where = domains(store.provider, store.region, store.account);
        if (where.empty()) return std::nullopt;
        const auto [known, fresh] = elsewhere_.try_emplace(where, graph_.frames.size());
        if (fresh) graph_.frames.push_back({"domain", where, {where}, std::nullopt, Mark::fine});
        return known->second;
    }

    void draw_at(const char* kind, const model::Heading& heading, const std::vector<model::SaidId<model::Site>>& at,
                 std::optional<Thing> thing) {
        std::vector<std::string> lines = wrapped(heading.label());
        lines.emplace_back(kind);
        for (const auto& site : at) {
            const Mark there = thing ? mark(*thing) : mark(model::thing(site.value));
            add(kind, heading.name, lines, there, sites_[site.value.value]);
        }
    }

    void draw_copy(Id<model::Copy> id) {
        const model::Copy& copy = plan_.copies[id];
        if (const auto* replica = copy.replica()) return draw_replica(copy, *replica);
        for (const auto& data : copy.of) {
            if (const auto* backup = copy.backup())
                draw_ways(data.value, copy, backup->to, backup->schedule ? backup->schedule->written : "");
            if (const auto* archive = copy.archive())
                draw_ways(data.value, copy, archive->to, archive->every ? "every " + support::format_duration(archive->every->value) : "");
            if (const auto* repository = copy.repository())
                for (const auto& store : repository->in) way(data.value, copy, store.value, "");
        }
    }

    void draw_replica(const model::Copy& copy, const model::Replica& replica) {
        const auto frame = replica.to ? std::optional(frame_of(*replica.to)) : std::nullopt;
        std::string how = replica.synchronous ? "synchronous" : "asynchronous";
        if (replica.lag) how += ", lag " + support::format_duration(replica.lag->value.planning());
        if (replica.delayed) how += ", delayed " + support::format_duration(replica.delayed->value.planning());
        for (const auto& data : copy.of) {
            const bool down = estimate_ != nullptr && replica.to && estimate_->recovery.impact.down(*replica.to);
            std::vector<std::string> lines = wrapped(copy.heading.label());
            lines.push_back("replica of " + one_line(plan_.data[data.value].heading.name, 28));
            const std::size_t to = add("copy", copy.heading.name, lines, down ? Mark::failed : Mark::fine, frame);
            graph_.edges.push_back({data_[data.value.value], to, "replica", how, false, false});
        }
    }

    void draw_replication(Id<model::Store> id) {
        for (const model::StoreReplication& replication : plan_.stores[id].replicates) {
            const Time lag = replication.lag.planning();
            std::string how = lag > Time::zero() ? "replicates, lag " + support::format_duration(lag) : "replicates";
            if (replication.with_deletes) how += ", with deletes";
            graph_.edges.push_back({stores_[id.value], stores_[replication.to.value.value], "replication", how, false, false});
        }
    }

    void draw_ways(Id<model::Dataset> data, const model::Copy& copy, const std::vector<model::Destination>& to, const std::string& when) {
        for (const model::Destination& destination : to)
            way(data, copy, destination.store, destination.after ? "after " + support::format_duration(*destination.after) : when);
    }

    void way(Id<model::Dataset> data, const model::Copy& copy, Id<model::Store> store, const std::string& when) {
        const std::string name = one_line(copy.heading.name, 28);
        graph_.edges.push_back({data_[data.value], stores_[store.value], std::string(copy.kind_name()),
                                when.empty() ? name : name + ", " + one_line(when, 40), false, false});
    }

    const Plan& plan_;
    const analysis::Estimate* estimate_;
    std::vector<std::size_t> sites_, services_, data_, stores_;  // by id: the frame, or the box that arrows go to
    std::map<Id<model::Zone>, std::size_t> zones_;
    std::map<std::string, std::size_t> elsewhere_;
    Graph graph_;
};

}  // namespace

Graph placement(const Plan& plan, const analysis::Estimate* estimate) {
    Graph graph = Placement(plan, estimate).draw();
    graph.kind = "placement";
    graph.title = {one_line(plan.heading.label()) + ": what lies where"};
    if (estimate != nullptr) {
        const model::Scenario& scenario = plan.scenarios[estimate->recovery.scenario];
        graph.scenario = scenario.heading.name;
        graph.title.push_back("after: " + one_line(scenario.heading.label()));
    }
    return graph;
}

}  // namespace muster::backends::graph
