#include "backends/runbook/workloads.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using model::Service;
using shell::quote;
using Services = std::vector<model::SaidId<Service>>;

// How long pods may take to go, in seconds: twice what the plan gives the step, and at least two minutes.
std::int64_t patience(const model::Step& step) {
    constexpr std::int64_t least = 120;
    if (!step.takes) return least;
    return std::clamp<std::int64_t>(step.takes->value.planning().count() / 500, least, 86'400);
}

// For each service, the command where kubectl knows its workload, else `sentence` as an instruction.
template <class Command>
void each(const StepIn& in, const Services& services, Work& work, const std::string& sentence, const Command& command) {
    for (const auto& said : services) {
        const Service& service = in.plan.services[said.value];
        const std::string workload = workload_of(service);
        const std::string tool = kubectl(where_of(in, said.value), work);
        if (!workload.empty() && command(service, tool, quote(workload))) {
            work.uses.insert("kubernetes");
            work.precheck += fmt::format("  have_workload {} {}\n", quote(workload), tool);
            continue;
        }
        work.ask_for(fmt::format(fmt::runtime(sentence), service.heading.name));
    }
}

void scale_to(const StepIn& in, const Services& services, std::int64_t replicas, const std::string& sentence, Work& work) {
    each(in, services, work, sentence, [&](const Service& service, const std::string& kubectl, const std::string& workload) {
        if (service.workload->kind == "daemonset") return false;
        work.run(fmt::format("scale_workload {} {} {}", workload, replicas, kubectl));
        work.by_hand += fmt::format("{} scale {} --replicas={}\n", kubectl, workload, replicas);
        work.undo += fmt::format("  unscale_workload {} {}\n", workload, kubectl);
        // What is cut off has to be gone before the next step, or two of it write at once.
        const std::string wait =
            fmt::format("{} wait {} --for='jsonpath={{.status.replicas}}=0' --timeout={}s", kubectl, workload, patience(in.step()));
        if (service.workload->kind == "statefulset" && replicas == 0) work.run(wait), work.by_hand += wait + "\n";
        return true;
    });
}

// Where it runs nothing can be reached now, and it may come back by itself at any moment.
void fence_from_outside(const StepIn& in, Id<Service> service, Work& work) {
    work.ask_for(
        fmt::format("Cut {} off at site {}, which is down: from outside, by its network, power or access keys, so that it "
                    "cannot come back and go on writing.",
                    in.plan.services[service].heading.name, where_of(in, service).site));
}

bool is_release(const Service& service) { return service.workload && service.workload->kind == "helm"; }

void roll_back_release(const StepIn& in, Id<Service> id, Work& work) {
    const Where where = where_of(in, id);
    const std::string context = where.cluster.empty() ? "" : " --kube-context=" + quote(where.cluster);
    const std::string space = where.in_namespace.empty() ? "" : " --namespace=" + quote(where.in_namespace);
    const std::string command = fmt::format("helm rollback {}{}{} --wait", quote(in.plan.services[id].workload->name), context, space);
    work.tools.insert("helm");
    work.run(command);
    work.undo += "  " + command + "\n";
}

}  // namespace

void add_scale(const StepIn& in, const model::Scale& scale, Work& work) {
    scale_to(in, scale.services, scale.replicas, "Scale {}" + fmt::format(" to {}.", scale.replicas), work);
}

void add_fence(const StepIn& in, const model::Fence& fence, Work& work) {
    Services reached;
    for (const auto& said : fence.services)
        if (is_fenced_from_outside(in, said.value)) fence_from_outside(in, said.value, work);
        else reached.push_back(said);
    scale_to(in, reached, 0, "Cut {} off, so that nothing of it can go on writing.", work);
}

void add_restart(const StepIn& in, const model::Restart& restart, Work& work) {
    each(in, restart.services, work, "Restart {}.", [&](const Service&, const std::string& kubectl, const std::string& workload) {
        work.run(fmt::format("{} rollout restart {}", kubectl, workload));
        return true;
    });
}

void add_roll_back(const StepIn& in, const model::RollBack& back, Work& work) {
    Services workloads;
    for (const auto& said : back.services)
        if (is_release(in.plan.services[said.value])) roll_back_release(in, said.value, work);
        else workloads.push_back(said);
    each(in, workloads, work, "Roll {} back to the version before.",
         [&](const Service&, const std::string& kubectl, const std::string& workload) {
             work.run(fmt::format("{} rollout undo {}", kubectl, workload));
             // Once more goes forward again.
             work.undo += fmt::format("  {} rollout undo {}\n", kubectl, workload);
             return true;
         });
}

}  // namespace muster::backends::runbook
