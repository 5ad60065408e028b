#include "compiler/analysis/damage.h"

#include <algorithm>
#include <map>
#include <string>

namespace muster::analysis {
namespace {

using model::Plan;
using support::Id;
using support::Time;

// How urgent each declaration is that a finding can be about, by kind and name.
class Urgencies {
public:
    explicit Urgencies(const Plan& plan) : plan_(plan), of_data_(plan.data.size(), support::never) {
        for (const auto id : plan.services.ids()) add_service(id);
        for (const auto id : plan.data.ids()) add_data(id);
        for (const auto id : plan.copies.ids()) add_copy(id);
        for (const auto id : plan.procedures.ids()) add_procedure(id);
    }

    [[nodiscard]] Time of(const diagnostics::Subject& subject) const {
        const auto found = known_.find({subject.kind, subject.name});
        return found == known_.end() ? support::never : found->second;
    }

private:
    Time rto(Id<model::Service> service) const {
        const auto said = model::rto_of(plan_, service, model::DisruptionKind::hardware);
        return said ? said->value : support::never;
    }

    void add(std::string kind, std::string name, Time urgency) {
        const auto [at, fresh] = known_.try_emplace({std::move(kind), std::move(name)}, urgency);
        if (!fresh) at->second = std::min(at->second, urgency);
    }

    void add_service(Id<model::Service> id) {
        const model::Service& service = plan_.services[id];
        add("service", service.heading.name, rto(id));
        for (const auto& data : service.uses) of_data_[data.value.value] = std::min(of_data_[data.value.value], rto(id));
    }

    void add_data(Id<model::Dataset> id) {
        Time& urgency = of_data_[id.value];
        for (const auto& holder : plan_.data[id].in) urgency = std::min(urgency, rto(holder.value));
        add("data", plan_.data[id].heading.name, urgency);
    }

    void add_procedure(Id<model::Procedure> id) {
        const model::Procedure& procedure = plan_.procedures[id];
        Time urgency = support::never;
        for (const auto& service : procedure.recovers) urgency = std::min(urgency, rto(service.value));
        add("procedure", procedure.heading.name, urgency);
        for (const auto step : procedure.steps) add("step", model::qualified_name(plan_, step), urgency);
    }

    void add_copy(Id<model::Copy> id) {
        const model::Copy& copy = plan_.copies[id];
        for (const auto& data : copy.of) add(std::string{copy.kind_name()}, model::qualified_name(plan_, id), of_data_[data.value.value]);
    }

    const Plan& plan_;
    std::vector<Time> of_data_;
    std::map<std::pair<std::string, std::string>, Time> known_;
};

}  // namespace

void set_urgency(const Plan& plan, std::vector<diagnostics::Diagnostic>& findings) {
    if (findings.empty()) return;
    const Urgencies urgencies(plan);
    for (diagnostics::Diagnostic& d : findings) d.urgency = urgencies.of(d.subject);
}

}  // namespace muster::analysis
