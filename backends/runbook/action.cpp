#include "backends/runbook/action.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "backends/runbook/bash.h"
#include "backends/runbook/cloud.h"
#include "backends/runbook/errands.h"
#include "backends/runbook/probe.h"
#include "backends/runbook/restore.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using model::Service;
using shell::quote;

class Writer {
public:
    /// `ready` is the name of the function that polls what is waited for.
    Writer(const StepIn& in, std::string ready, Work& work) : in_(in), ready_(std::move(ready)), work_(work) {}

    void operator()(const model::Restore& restore) { add_restore(in_, restore, work_); }

    void operator()(const model::Promote& promote) {
        data_ = in_.plan.data[promote.data].heading.name;
        const auto holder = holder_of(in_.plan, promote.data);
        const std::string by_hand = fmt::format("Promote {} to primary.", qualified_name(in_.plan, promote.replica));
        if (!holder) return work_.ask_for(by_hand);
        const Service& service = in_.plan.services[*holder];
        if (service.engine.starts_with("redis")) return promote_redis(promote, *holder, by_hand);
        if (!is_postgres(service)) return work_.ask_for(by_hand);
        if (workload_of(service).empty()) return promote_by("psql --dbname=CONNECTION", postgres_client(in_, *holder, work_));
        const Where where = where_of_replica(promote, *holder);
        const std::string why_not = why_not_in_pods(in_, where, service);
        if (!why_not.empty()) return work_.ask_for(by_hand + "\n" + why_not);
        const std::string pods = quote(workload_of(service));
        promote_by(kubectl(where, work_) + " exec " + pods + " -- psql --username=postgres",
                   fmt::format("postgres_in {} {} {}", quote(where.cluster), quote(where.in_namespace), pods));
    }

    void operator()(const model::Scale& scale) { scale_to(scale, "Scale {}" + fmt::format(" to {}.", scale.replicas)); }

    void operator()(const model::Fence& fence) {
        model::Fence reached;
        for (const auto& said : fence.services)
            if (is_fenced_from_outside(in_, said.value)) fence_from_outside(said.value);
            else reached.services.push_back(said);
        scale_to({reached.services, 0}, "Cut {} off, so that nothing of it can go on writing.");
    }

    void operator()(const model::Provision& provision) { add_provision(in_, provision, work_); }

    void operator()(const model::Rotate& rotate) { add_rotate(in_, rotate, work_); }

    void operator()(const model::CaptureForensics& capture) { add_forensics(in_, capture, work_); }

    void operator()(const model::Restart& restart) {
        each(
            restart.services,
            [&](const Service&, const std::string& kubectl, const std::string& workload) {
                work_.run(fmt::format("{} rollout restart {}", kubectl, workload));
                return true;
            },
            "Restart {}.");
    }

    void operator()(const model::RollBack& back) {
        for (const auto& said : back.services) {
            const Service& service = in_.plan.services[said.value];
            if (service.workload && service.workload->kind == "helm") roll_back_release(said.value);
        }
        const auto is_release = [&](const auto& said) {
            const auto& workload = in_.plan.services[said.value].workload;
            return workload && workload->kind == "helm";
        };
        std::vector<model::SaidId<Service>> workloads;
        std::remove_copy_if(back.services.begin(), back.services.end(), std::back_inserter(workloads), is_release);
        each(
            workloads,
            [&](const Service&, const std::string& kubectl, const std::string& workload) {
                work_.run(fmt::format("{} rollout undo {}", kubectl, workload));
                // Once more goes forward again.
                work_.undo += fmt::format("  {} rollout undo {}\n", kubectl, workload);
                return true;
            },
            "Roll {} back to the version before.");
    }

    void operator()(const model::Apply& apply) {
        const std::string command = kubectl(where_of(in_), work_);
        work_.uses.insert("kubernetes");
        work_.run(fmt::format("apply_path {} {}", quote(apply.path), command));
        if (apply.path.find("://") == std::string::npos) {
            work_.paths.insert(apply.path);
            work_.precheck += fmt::format("  try_path {} {}\n", quote(apply.path), command);
        }
        work_.by_hand = fmt::format("{} apply --filename={}\n", command, quote(apply.path));
    }

    void operator()(const model::SwitchDns& dns) { add_dns(in_, dns, work_); }

    void operator()(const model::SwitchTraffic& traffic) {
        work_.ask_for(
            fmt::format("Switch the traffic of {} to site {}.", in_.plan.services[traffic.service].heading.name, site(traffic.to)));
    }

    void operator()(const model::WaitFor& wait) {
        for (const auto& thing : wait.things) wait_for(thing.value);
        if (!work_.ready.empty()) work_.run("wait_until " + ready_);
    }

    void operator()(const model::Notify& notify) {
        const std::string text = notify.message ? in_.plan.messages[*notify.message].text : in_.step().heading.label();
        for (const auto& said : notify.channels) {
            const model::Channel& channel = in_.plan.channels[said.value];
            const std::string to = channel.address.empty() ? channel.heading.name : channel.by + " " + channel.address;
            work_.message += fmt::format("{}To {}:", work_.message.empty() ? "" : "\n", to);
            work_.run(fmt::format("post_message {} {}", webhook_of(channel), quote(text)));
            work_.tools.insert("curl");
        }
        work_.message += "\n" + text;
        work_.by_hand = text + "\n";
    }

    void operator()(const model::Approve& approve) { work_.approve_by = in_.plan.roles[approve.by].heading.label(); }

    void operator()(const model::Maintenance& maintenance) {
        work_.ask_for(fmt::format("Turn the maintenance page {}.", maintenance.on ? "on" : "off"));
    }

    void operator()(const model::Run& run) { run_own(in_, run.text, work_); }

    void operator()(const model::Manual& manual) { work_.ask_for(manual.text); }

private:
    // Where it runs nothing can be reached now, and it may come back by itself at any moment.
    void fence_from_outside(Id<Service> service) {
        work_.ask_for(
            fmt::format("Cut {} off at site {}, which is down: from outside, by its network, power or access keys, so that it "
                        "cannot come back and go on writing.",
                        in_.plan.services[service].heading.name, where_of(in_, service).site));
    }

    void scale_to(const model::Scale& scale, const std::string& sentence) {
        each(
            scale.services,
            [&](const Service& service, const std::string& kubectl, const std::string& workload) {
                if (service.workload->kind == "daemonset") return false;
                work_.run(fmt::format("scale_workload {} {} {}", workload, scale.replicas, kubectl));
                work_.by_hand += fmt::format("{} scale {} --replicas={}\n", kubectl, workload, scale.replicas);
                work_.undo += fmt::format("  unscale_workload {} {}\n", workload, kubectl);
                // What is cut off has to be gone before the next step, or two of it write at once.
                const std::string wait =
                    fmt::format("{} wait {} --for='jsonpath={{.status.replicas}}=0' --timeout={}s", kubectl, workload, patience());
                if (service.workload->kind == "statefulset" && scale.replicas == 0) work_.run(wait), work_.by_hand += wait + "\n";
                return true;
            },
            sentence);
    }

    void roll_back_release(Id<Service> id) {
        const Service& service = in_.plan.services[id];
        const Where where = where_of(in_, id);
        const std::string context = where.cluster.empty() ? "" : " --kube-context=" + quote(where.cluster);
        const std::string space = where.in_namespace.empty() ? "" : " --namespace=" + quote(where.in_namespace);
        const std::string command = fmt::format("helm rollback {}{}{} --wait", quote(service.workload->name), context, space);
        work_.tools.insert("helm");
        work_.run(command);
        work_.undo += "  " + command + "\n";
    }

    std::string site(Id<model::Site> id) const { return in_.plan.sites[id].heading.name; }

    // Where the replica runs: as the holder of the data does at the replica's site.
    Where where_of_replica(const model::Promote& promote, Id<Service> holder) {
        Where where = where_of(in_, holder);
        const auto& to = in_.plan.copies[promote.replica].replica()->to;
        if (!to) return where;
        where.site = site(to->site);
        where.cluster = in_.plan.sites[to->site].cluster;
        return where;
    }

    // A server that is promoted already has nothing left to do, so that the step can be done again.
    void promote_by(const std::string& by_hand, const std::string& client) {
        constexpr std::string_view sql = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, 60) ELSE true END";
        work_.precheck += "  check_sql 'SELECT true' " + client + "\n";
        work_.run(fmt::format("promote_postgres {} {}", quote(data_), client));
        work_.verify += "  check_sql 'SELECT NOT pg_is_in_recovery()' " + client + "\n";
        work_.by_hand = fmt::format("{} \\\n  --command='{}'\n", by_hand, sql);
    }

    void promote_redis(const model::Promote& promote, Id<Service> holder, const std::string& sentence) {
        const Service& service = in_.plan.services[holder];
        const Where where = where_of_replica(promote, holder);
        std::string client;
        if (workload_of(service).empty()) {
            const std::string variable = "MUSTER_DATABASE_" + variable_part(service.heading.name);
            work_.variables.insert(variable), work_.tools.insert("redis-cli");
            client = fmt::format("redis-cli -u \"${{{}}}\"", variable);
        } else {
            const std::string why_not = why_not_in_pods(in_, where, service);
            if (!why_not.empty()) return work_.ask_for(sentence + "\n" + why_not);
            client = fmt::format("{} exec {} -- redis-cli", kubectl(where, work_), quote(workload_of(service)));
        }
        work_.precheck += fmt::format("  {} PING\n", client);
        work_.run(client + " REPLICAOF NO ONE");
        work_.verify += fmt::format("  [[ \"$({} ROLE)\" == master* ]]\n", client);
    }

    // How long pods may take to go, in seconds: twice what the plan gives the step, and at least two minutes.
    [[nodiscard]] std::int64_t patience() const {
        constexpr std::int64_t least = 120;
        const auto& takes = in_.step().takes;
        if (!takes) return least;
        return std::clamp<std::int64_t>(takes->value.planning().count() / 500, least, 86'400);
    }

    // For each service, the command where kubectl knows its workload, else `sentence` as an instruction.
    template <class Command>
    void each(const std::vector<model::SaidId<Service>>& services, const Command& command, const std::string& sentence) {
        for (const auto& said : services) {
            const Service& service = in_.plan.services[said.value];
            const std::string workload = workload_of(service);
            const std::string tool = kubectl(where_of(in_, said.value), work_);
            if (!workload.empty() && command(service, tool, quote(workload))) {
                work_.uses.insert("kubernetes");
                work_.precheck += fmt::format("  have_workload {} {}\n", quote(workload), tool);
                continue;
            }
            work_.ask_for(fmt::format(fmt::runtime(sentence), service.heading.name));
        }
    }

    void wait_for(model::Thing thing) {
        if (thing.kind == model::Kind::service) {
            const Id<Service> id{thing.index};
            const Service& service = in_.plan.services[id];
            const std::string workload = workload_of(service);
            Work polled;
            add_probes(in_, service.checks, id, polled);
            if (polled.body.empty() && !workload.empty())
                polled.run(fmt::format("{} rollout status {} --timeout=10s", kubectl(where_of(in_, id), polled), quote(workload)));
            if (!polled.confirm.empty()) work_.ask_for(polled.confirm);
            if (!polled.body.empty()) {
                work_.ready += polled.body;
                work_.tools.merge(polled.tools);
                work_.variables.merge(polled.variables);
                work_.by_hand += describe(service, polled);
                if (!polled.note.empty()) work_.note = polled.note;
                return;
            }
        }
        work_.ask_for(fmt::format("Wait until {} {} is available.", kind_of(in_.plan, thing), name_of(in_.plan, thing)));
    }

    static std::string describe(const Service& service, const Work& polled) {
        if (service.checks.empty()) return polled.body.substr(2);
        std::string text;
        for (const model::Probe& probe : service.checks) text += probe_by_hand(probe) + "\n";
        return text;
    }

    const StepIn& in_;
    std::string data_;  // that is promoted
    std::string ready_;
    Work& work_;
};

}  // namespace

Work work_of(const StepIn& in, int number) {
    Work work;
    if (!in.step().own_command.empty()) {
        run_own(in, in.step().own_command, work);
    } else if (in.step().action) {
        std::visit(Writer(in, fmt::format("step_{}_ready", number), work), *in.step().action);
    }
    return work;
}

Work undo_of(const StepIn& in, int number) {
    Work work;
    if (in.step().undo) std::visit(Writer(in, fmt::format("step_{}_undo_ready", number), work), *in.step().undo);
    return work;
}

}  // namespace muster::backends::runbook
