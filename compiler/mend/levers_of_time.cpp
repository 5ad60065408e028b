// What of a plan decides when a service is back.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/link.h"
#include "compiler/analysis/path.h"
#include "compiler/mend/lever.h"

namespace muster::mend {
namespace {

using analysis::Node;
using analysis::PathPart;
using model::Plan;
using model::Step;

class Finder {
public:
    Finder(const Plan& plan, const analysis::Estimate& e, const analysis::ServiceOutcome& outcome)
        : plan_(plan), e_(e), outcome_(outcome) {}

    std::vector<Lever> run() {
        if (outcome_.root) add_unknown(*outcome_.root);
        add_other_procedures();
        for (const PathPart& part : analysis::path_of(plan_, e_, outcome_)) {
            const Node& node = e_.recovery.network.nodes[part.node];
            if (part.kind == "queue") add_queue(part);
            else add_part(node, part);
        }
        return std::move(levers_);
    }

private:
    void add_part(const Node& node, const PathPart& part) {
        const Time length = part.end - part.begin;
        switch (node.kind) {
            case Node::Kind::detector: return add_detector({node.subject});
            case Node::Kind::detection: return add_discovery(length);
            case Node::Kind::response: return add_response({node.subject});
            case Node::Kind::declaration: return add_declaration();
            case Node::Kind::step: return add_step({node.subject}, node);
            case Node::Kind::ready: return add_start({node.subject}, length);
            case Node::Kind::reached: return add_names();
            default: break;
        }
        // How a scenario is found that no detector sees stands under another kind.
        if (part.kind == "discovery") add_discovery(length);
    }

    void add_other_procedures() {
        const std::string& service = plan_.services[outcome_.service].heading.name;
        const auto followed = e_.recovery.procedure_of[outcome_.service.value];
        for (const auto id : plan_.procedures.ids()) {
            const model::Procedure& procedure = plan_.procedures[id];
            const auto& all = procedure.recovers;
            const bool recovers = std::any_of(all.begin(), all.end(), [&](const auto& said) { return said.value == outcome_.service; });
            if (!recovers || followed == id) continue;
            const std::string& name = procedure.heading.name;
            levers_.push_back(
                choose(fmt::format("`{}` is recovered with `{}`", service, name),
                       fmt::format("scenario {} {{ recover {} with {} }}", declared_name(plan_, e_.recovery.scenario), service, name)));
        }
    }

    // What nobody knows can be said, as long as the objective is at most.
    void add_unknown(analysis::NodeId root) {
        const Node& node = e_.recovery.network.nodes[root];
        if (node.kind == Node::Kind::step)
            for (const auto& source : e_.recovery.sources)
                if (source.step.value == node.subject) add_other_copies(plan_, e_, source.step, source.data, levers_);
        if (node.kind != Node::Kind::step || !std::holds_alternative<analysis::UnknownDelay>(node.delay)) return;
        const Id<Step> id{node.subject};
        levers_.push_back(shorter(fmt::format("step `{}` takes", model::qualified_name(plan_, id)),
                                  outcome_.rto->value + std::chrono::minutes{1},
                                  [&plan = plan_, id](const std::string& to) { return step_change(plan, id, "takes " + to); }));
        levers_.back().unsaid = true;
    }

    void add_detector(Id<model::Detector> id) {
        const model::Detector& detector = plan_.detectors[id];
        const std::string& name = detector.heading.name;
        if (detector.every)
            levers_.push_back(shorter(
                fmt::format("detector `{}` looks every", name), detector.every->value,
                [name](const std::string& to) { return fmt::format("detector {} {{ every {} }}", name, to); }, std::chrono::seconds{1}));
    }

    void add_discovery(Time length) {
        const auto& scenario = plan_.scenarios[e_.recovery.scenario];
        const std::string name = declared_name(plan_, e_.recovery.scenario);
        const bool unseen = scenario.undetected_for && scenario.undetected_for->value.planning() == length;
        const std::string clause = unseen ? "undetected for" : "detected after";
        levers_.push_back(shorter(fmt::format("`{}` is found after", name), length,
                                  [=](const std::string& to) { return fmt::format("scenario {} {{ {} {} }}", name, clause, to); }));
    }

    void add_response(Id<model::Role> id) {
        const std::string& name = plan_.roles[id].heading.name;
        levers_.push_back(shorter(fmt::format("role `{}` responds, at any hour, within", name), plan_.roles[id].worst_response(),
                                  [name](const std::string& to) { return fmt::format("role {} {{ responds {} }}", name, to); }));
    }

    void add_declaration() {
        const std::string& by = plan_.roles[plan_.declaration->by.value].heading.name;
        levers_.push_back(shorter(fmt::format("to declare takes `{}`", by), plan_.declaration->takes.planning(),
                                  [=, &plan = plan_](const std::string& to) {
                                      return fmt::format("plan {} {{ declare by {} takes {} }}", plan.heading.name, by, to);
                                  }));
    }

    void add_step(Id<Step> id, const Node& node) {
        const Step& step = plan_.steps[id];
        if (const auto* restore = std::get_if<analysis::TransferDelay>(&node.delay)) return add_restore(id, restore->transfer());
        if (step.takes)
            levers_.push_back(shorter(fmt::format("step `{}` takes", model::qualified_name(plan_, id)), step.takes->value.planning(),
                                      [&plan = plan_, id](const std::string& to) { return step_change(plan, id, "takes " + to); }));
        for (const auto& source : e_.recovery.sources)
            if (source.step == id) add_other_copies(plan_, e_, id, source.data, levers_);
    }

    void add_restore(Id<Step> id, const analysis::Transfer&) {
        for (const analysis::Source& source : e_.recovery.sources) {
            if (source.step != id || !source.copy || !source.copy->store) continue;
            add_store(*source.copy->store);
            add_loading(source);
            add_link(source);
            add_other_copies(plan_, e_, id, source.data, levers_);
        }
    }

    void add_store(Id<model::Store> id) {
        const model::Store& store = plan_.stores[id];
        const auto& rate = store.restores_at ? store.restores_at : store.rate;
        if (rate)
            add_rate(fmt::format("store `{}` is read at", store.heading.name), rate->value, "store", store.heading.name, "restores at");
    }

    // By its own word, or else by the profile of the copy's tool.
    void add_loading(const analysis::Source& source) {
        const model::Dataset& data = plan_.data[source.data];
        const model::Copy& copy = plan_.copies[*source.copy->copy];
        const auto base =
            copy.archive() != nullptr && copy.archive()->base ? plan_.copies[copy.archive()->base->value].loads_at : copy.loads_at;
        const auto rate = data.restores_at ? std::optional(data.restores_at->value) : base ? std::optional(base->value) : std::nullopt;
        if (rate) add_rate(fmt::format("`{}` is loaded at", data.heading.name), *rate, "data", data.heading.name, "restores at");
    }

    void add_link(const analysis::Source& source) {
        const auto id = analysis::link_between(plan_, plan_.stores[*source.copy->store].at, source.sink);
        if (!id || !plan_.links[*id].bandwidth) return;
        const std::string& name = plan_.links[*id].heading.name;
        add_rate(fmt::format("link `{}` has a bandwidth of", name), plan_.links[*id].bandwidth->value, "link", name, "bandwidth");
    }

    void add_rate(std::string what, support::Rate now, const std::string& kind, const std::string& name, const std::string& clause) {
        levers_.push_back(
            faster(std::move(what), now, [=](const std::string& to) { return fmt::format("{} {} {{ {} {} }}", kind, name, clause, to); }));
    }

    void add_start(Id<model::Service> id, Time length) {
        const model::Service& service = plan_.services[id];
        const bool resumes = service.resumes_in && service.resumes_in->value.planning() == length;
        const std::string clause = resumes ? "resumes in" : "starts in";
        const std::string& name = service.heading.name;
        levers_.push_back(shorter(fmt::format("`{}` {}", name, clause), length,
                                  [=](const std::string& to) { return fmt::format("service {} {{ {} {} }}", name, clause, to); }));
    }

    void add_names() {
        const auto procedure = e_.recovery.procedure_of[outcome_.service.value];
        if (!procedure) return;
        for (const auto id : plan_.procedures[*procedure].steps) {
            const auto* dns = plan_.steps[id].action ? std::get_if<model::SwitchDns>(&*plan_.steps[id].action) : nullptr;
            if (dns == nullptr) continue;
            levers_.push_back(
                shorter(fmt::format("the TTL of {} is", dns->name), dns->ttl.planning(), [=, &plan = plan_](const std::string& to) {
                    return step_change(plan, id,
                                       fmt::format("switch dns {} to {} ttl {}", quoted(dns->name), plan.sites[dns->to].heading.name, to));
                }));
        }
    }

    void add_queue(const PathPart& part) {
        const auto named = [&](const auto& thing) { return thing.heading.span == part.span; };
        const auto role = std::find_if(plan_.roles.begin(), plan_.roles.end(), named);
        if (role != plan_.roles.end()) return add_count("role", part.name, "headcount", role->headcount);
        const auto site = std::find_if(plan_.sites.begin(), plan_.sites.end(), named);
        if (site != plan_.sites.end()) return add_count("site", part.name, "parallel", site->parallel->value);
        const auto tool = std::find_if(plan_.tools.begin(), plan_.tools.end(), named);
        if (tool != plan_.tools.end()) add_count("tool", part.name, "parallel", tool->parallel->value);
    }

    void add_count(const std::string& kind, const std::string& name, const std::string& clause, std::int64_t now) {
        levers_.push_back(more(fmt::format("the {} of {} `{}` is", clause, kind, name), now,
                               [=](const std::string& to) { return fmt::format("{} {} {{ {} {} }}", kind, name, clause, to); }));
    }

    const Plan& plan_;
    const analysis::Estimate& e_;
    const analysis::ServiceOutcome& outcome_;
    std::vector<Lever> levers_;
};

}  // namespace

std::vector<Lever> levers_of(const Plan& plan, const analysis::Estimate& estimate, const analysis::ServiceOutcome& outcome) {
    return Finder(plan, estimate, outcome).run();
}

}  // namespace muster::mend
