#include "backends/runbook/action.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"
#include "backends/runbook/cloud.h"
#include "backends/runbook/errands.h"
#include "backends/runbook/probe.h"
#include "backends/runbook/promote.h"
#include "backends/runbook/restore.h"
#include "backends/runbook/workloads.h"
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

    void operator()(const model::Promote& promote) { add_promote(in_, promote, work_); }

    void operator()(const model::Scale& scale) { add_scale(in_, scale, work_); }

    void operator()(const model::Fence& fence) { add_fence(in_, fence, work_); }

    void operator()(const model::Restart& restart) { add_restart(in_, restart, work_); }

    void operator()(const model::RollBack& back) { add_roll_back(in_, back, work_); }

    void operator()(const model::Provision& provision) { add_provision(in_, provision, work_); }

    void operator()(const model::Rotate& rotate) { add_rotate(in_, rotate, work_); }

    void operator()(const model::CaptureForensics& capture) { add_forensics(in_, capture, work_); }

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
    std::string site(Id<model::Site> id) const { return in_.plan.sites[id].heading.name; }

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
