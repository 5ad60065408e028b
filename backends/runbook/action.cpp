#include "backends/runbook/action.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"
#include "backends/runbook/probe.h"
#include "backends/runbook/restore.h"

namespace muster::backends::runbook {
namespace {

using model::Service;

class Writer {
public:
    Writer(const StepIn& in, int number, Work& work) : in_(in), number_(number), work_(work) {}

    void operator()(const model::Restore& restore) { add_restore(in_, restore, work_); }

    void operator()(const model::Promote& promote) {
        const auto holder = holder_of(in_.plan, promote.data);
        const std::string replica = qualified_name(in_.plan, promote.replica);
        if (holder && is_postgres(in_.plan.services[*holder])) {
            work_.run("check_sql 'SELECT pg_promote(true, 60)' " + client_at_replica(promote, *holder));
            work_.by_hand = "SELECT pg_promote(true, 60);\n";
        } else {
            work_.ask_for(fmt::format("Promote {} to primary.", replica));
        }
    }

    void operator()(const model::Scale& scale) {
        each(
            scale.services,
            [&](const Service& service, const std::string& kubectl, const std::string& workload) {
                if (service.workload->kind == "daemonset") return false;
                work_.run(fmt::format("{} scale {} --replicas={}", kubectl, workload, scale.replicas));
                return true;
            },
            fmt::format("Scale {{}} to {}.", scale.replicas));
    }

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
        each(
            back.services,
            [&](const Service&, const std::string& kubectl, const std::string& workload) {
                work_.run(fmt::format("{} rollout undo {}", kubectl, workload));
                return true;
            },
            "Roll {} back to the version before.");
    }

    void operator()(const model::Apply& apply) {
        const std::string command = kubectl(where_of(in_), work_);
        work_.run(fmt::format("apply_path {} {}", bash_quote(apply.path), command));
        work_.by_hand = fmt::format("{} apply --filename={}\n", command, bash_quote(apply.path));
    }

    void operator()(const model::SwitchDns& dns) {
        work_.ask_for(fmt::format("Point the DNS name {} at site {}. Resolvers may keep the old answer for its TTL of {}.", dns.name,
                                  site(dns.to), support::format_duration(dns.ttl.planning())));
    }

    void operator()(const model::SwitchTraffic& traffic) {
        work_.ask_for(
            fmt::format("Switch the traffic of {} to site {}.", in_.plan.services[traffic.service].heading.name, site(traffic.to)));
    }

    void operator()(const model::WaitFor& wait) {
        for (const auto& thing : wait.things) wait_for(thing.value);
        if (!work_.ready.empty()) work_.run(fmt::format("wait_until step_{}_ready", number_));
    }

    void operator()(const model::Notify& notify) {
        const std::string text = notify.message ? in_.plan.messages[*notify.message].text : in_.step().heading.label();
        for (const auto& said : notify.channels) {
            const model::Channel& channel = in_.plan.channels[said.value];
            const std::string to = channel.address.empty() ? channel.heading.name : channel.by + " " + channel.address;
            work_.message += fmt::format("{}To {}:", work_.message.empty() ? "" : "\n", to);
            const std::string variable = "MUSTER_WEBHOOK_" + variable_part(channel.heading.name);
            work_.run(fmt::format("post_message {} {}", variable, bash_quote(text)));
            work_.tools.insert("curl");
        }
        work_.message += "\n" + text;
        work_.by_hand = text + "\n";
    }

    void operator()(const model::Approve& approve) { work_.approve_by = in_.plan.roles[approve.by].heading.label(); }

    void operator()(const model::Maintenance& maintenance) {
        work_.ask_for(fmt::format("Turn the maintenance page {}.", maintenance.on ? "on" : "off"));
    }

    void operator()(const model::Run& run) { work_.body += run_text(run.text), work_.by_hand = run.text; }

    void operator()(const model::Manual& manual) { work_.ask_for(manual.text); }

private:
    std::string site(Id<model::Site> id) const { return in_.plan.sites[id].heading.name; }

    std::string client_at_replica(const model::Promote& promote, Id<Service> holder) {
        const std::string workload = workload_of(in_.plan.services[holder]);
        const auto& to = in_.plan.copies[promote.replica].replica()->to;
        if (workload.empty() || !to) return postgres_client(in_, holder, work_);
        Where where = where_of(in_, holder);
        where.site = site(to->site);
        where.cluster = in_.plan.sites[to->site].cluster;
        static_cast<void>(kubectl(where, work_));
        return fmt::format("postgres_in {} {} {}", bash_quote(where.cluster), bash_quote(where.in_namespace), bash_quote(workload));
    }

    // For each service, the command where kubectl knows its workload, else `sentence` as an instruction.
    template <class Command>
    void each(const std::vector<model::SaidId<Service>>& services, const Command& command, const std::string& sentence) {
        for (const auto& said : services) {
            const Service& service = in_.plan.services[said.value];
            const std::string workload = workload_of(service);
            if (!workload.empty() && command(service, kubectl(where_of(in_, said.value), work_), bash_quote(workload))) continue;
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
                polled.run(fmt::format("{} rollout status {} --timeout=10s", kubectl(where_of(in_, id), polled), bash_quote(workload)));
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
    int number_;
    Work& work_;
};

}  // namespace

Work work_of(const StepIn& in, int number) {
    Work work;
    if (!in.step().own_command.empty()) {
        work.body = run_text(in.step().own_command);
        work.by_hand = in.step().own_command;
    } else if (in.step().action) {
        std::visit(Writer(in, number, work), *in.step().action);
    }
    return work;
}

}  // namespace muster::backends::runbook
