#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/names.h"
#include "backends/kubernetes/objects.h"

namespace muster::backends::kubernetes {
namespace {

using jobs::Job;
using yaml::Value;

constexpr int user = 999;  // postgres in the images of PostgreSQL, which have to know whom they run as

Value pod_security() {
    return Value::map({{"runAsNonRoot", true},
                       {"runAsUser", user},
                       {"runAsGroup", user},
                       {"fsGroup", user},
                       {"fsGroupChangePolicy", "OnRootMismatch"},
                       {"seccompProfile", Value::map({{"type", "RuntimeDefault"}})}});
}

Value container_security() {
    return Value::map({{"runAsNonRoot", true},
                       {"allowPrivilegeEscalation", false},
                       {"readOnlyRootFilesystem", true},
                       {"capabilities", Value::map({{"drop", Value::list({"ALL"})}})}});
}

Value resources(const Needs& needs) {
    constexpr std::int64_t room = std::int64_t{256} << 20;  // logs
    const Value requests = Value::map({{"cpu", "100m"}, {"memory", "256Mi"}, {"ephemeral-storage", quantity(needs.space)}});
    const Value limits = Value::map(
        {{"cpu", needs.heavy ? "2" : "1"}, {"memory", needs.heavy ? "2Gi" : "1Gi"}, {"ephemeral-storage", quantity(needs.space + room)}});
    return Value::map({{"requests", requests}, {"limits", limits}});
}

// A command of Kubernetes is not a shell's, but $(NAME) in it stands for a variable.
std::string literal(const std::string& word) {
    std::string text;
    for (const char c : word) text += c == '$' ? std::string("$$") : std::string{c};
    return text;
}

Value environment(const Container& container, const Needs& needs) {
    Value list = Value::list({Value::map({{"name", "HOME"}, {"value", "/tmp"}})});
    const Value label = Value::map({{"fieldPath", "metadata.labels['batch.kubernetes.io/job-name']"}});
    list.add(Value::map({{"name", "MUSTER_JOB"}, {"valueFrom", Value::map({{"fieldRef", label}})}}));
    if (needs.for_terminals) list.add(Value::map({{"name", "MUSTER_CLUSTER"}}));  // empty: the API does not keep `value: ""`
    for (const Secret& secret : container.secrets)
        if (secret.is_file()) list.add(Value::map({{"name", secret.variable}, {"value", secret.folder() + "/" + secret.entry}}));
    return list;
}

Value secrets(const Container& container) {
    Value list = Value::list();
    for (const Secret& secret : container.secrets) {
        if (secret.is_file()) continue;
        Value reference = Value::map({{"name", secret.name}});
        if (secret.optional) reference.set("optional", true);
        list.add(Value::map({{"secretRef", reference}}));
    }
    return list;
}

Value volume_mounts(const Container& container, const Needs& needs) {
    Value list = Value::list({Value::map({{"name", "scripts"}, {"mountPath", "/muster"}, {"readOnly", true}}),
                              Value::map({{"name", "tmp"}, {"mountPath", "/tmp"}})});
    for (const Mount& mount : needs.mounts) {
        Value one = Value::map({{"name", mount.claim}, {"mountPath", mount.path}});
        if (!mount.sub_path.empty()) one.set("subPath", mount.sub_path);
        if (mount.read_only) one.set("readOnly", true);
        list.add(one);
    }
    for (const Secret& secret : container.secrets)
        if (secret.is_file()) list.add(Value::map({{"name", secret.name}, {"mountPath", secret.folder()}, {"readOnly", true}}));
    return list;
}

Value container_value(const Container& container, const Needs& needs) {
    Value command = Value::list();
    for (const std::string& word : container.command) command.add(literal(word));
    Value value =
        Value::map({{"name", container.name}, {"image", container.image}, {"command", command}, {"env", environment(container, needs)}});
    const Value from = secrets(container);
    if (!from.items()->empty()) value.set("envFrom", from);
    return value.set("resources", resources(needs))
        .set("securityContext", container_security())
        .set("volumeMounts", volume_mounts(container, needs));
}

bool only_read(const Needs& needs, const std::string& claim) {
    return std::all_of(needs.mounts.begin(), needs.mounts.end(),
                       [&](const Mount& mount) { return mount.claim != claim || mount.read_only; });
}

void add_secret_volumes(const Needs& needs, Value& list) {
    constexpr int readable_by_group = 0440;  // the group of the pod, fsGroup
    std::vector<std::string> known;
    for (const Container& container : needs.containers)
        for (const Secret& secret : container.secrets) {
            if (!secret.is_file() || std::find(known.begin(), known.end(), secret.name) != known.end()) continue;
            known.push_back(secret.name);
            const Value item = Value::map({{"key", secret.entry}, {"path", secret.entry}});
            Value source = Value::map({{"secretName", secret.name}, {"defaultMode", readable_by_group}, {"items", Value::list({item})}});
            if (secret.optional) source.set("optional", true);
            list.add(Value::map({{"name", secret.name}, {"secret", source}}));
        }
}

Value volumes(const Origin& origin, const Needs& needs) {
    constexpr int readable_by_all = 0444;
    const Value config = Value::map({{"name", origin.job.name}, {"defaultMode", readable_by_all}});
    Value list = Value::list({Value::map({{"name", "scripts"}, {"configMap", config}}),
                              Value::map({{"name", "tmp"}, {"emptyDir", Value::map({{"sizeLimit", quantity(needs.space)}})}})});
    std::vector<std::string> known;
    for (const Mount& mount : needs.mounts) {
        if (std::find(known.begin(), known.end(), mount.claim) != known.end()) continue;
        known.push_back(mount.claim);
        Value claim = Value::map({{"claimName", mount.claim}});
        if (only_read(needs, mount.claim)) claim.set("readOnly", true);
        list.add(Value::map({{"name", mount.claim}, {"persistentVolumeClaim", claim}}));
    }
    add_secret_volumes(needs, list);
    return list;
}

Value pod(const Origin& origin, const Needs& needs) {
    Value before = Value::list();
    for (std::size_t i = 0; i + 1 < needs.containers.size(); ++i) before.add(container_value(needs.containers[i], needs));
    Value spec = Value::map({{"serviceAccountName", origin.job.name},
                             {"automountServiceAccountToken", !needs.rules.empty()},
                             {"enableServiceLinks", false},
                             {"restartPolicy", "Never"},
                             {"securityContext", pod_security()}});
    if (!before.items()->empty()) spec.set("initContainers", before);
    return spec.set("containers", Value::list({container_value(needs.containers.back(), needs)})).set("volumes", volumes(origin, needs));
}

Value job_template(const Origin& origin, const Needs& needs) {
    const Job& job = origin.job;
    const Value marks = Value::map({{"labels", labels(origin.plan, job.name, std::string(component_of(job)))}});
    const Value spec = Value::map({{"activeDeadlineSeconds", job.deadlines.active},
                                   {"backoffLimit", job.kind == Job::Kind::drill || job.kind == Job::Kind::check ? 0 : 2},
                                   {"template", Value::map({{"metadata", marks}, {"spec", pod(origin, needs)}})}});
    return Value::map({{"metadata", marks}, {"spec", spec}});
}

Value annotations(const Origin& origin, const Needs& needs) {
    const Job& job = origin.job;
    Value made = Value::map({{"muster/source", jobs::place_of(origin.sources, job.span)}, {"muster/schedule", job.schedule.written}});
    if (job.line.guarded())
        made.set("muster/guard", "cron cannot say this schedule: the job starts more often, and ends at once when it is not due");
    made.set("muster/planned", job.planned_as);
    made.set("muster/deadline", job.planned ? fmt::format("{} × what is planned, and over before the next start", jobs::deadline_factor)
                                            : "a day, and over before the next start: the plan does not say how long it takes");
    made.set("muster/overdue-after", fmt::format("{}: {}", support::format_duration(job.overdue_after), job.overdue_as));
    if (!needs.image_as.empty()) made.set("muster/image", needs.image_as);
    return made.set("muster/space", needs.space_as).set("muster/egress", needs.ways_out_as);
}

}  // namespace

Value cronjob(const Origin& origin, const Needs& needs) {
    const Job& job = origin.job;
    const Value about = Value::map({{"name", job.name},
                                    {"namespace", job.in_namespace},
                                    {"labels", labels(origin.plan, job.name, std::string(component_of(job)))},
                                    {"annotations", annotations(origin, needs)}});
    Value spec = Value::map({{"schedule", job.line.cron}, {"timeZone", job.line.zone}, {"concurrencyPolicy", "Forbid"}});
    if (job.standby) spec.set("suspend", true);
    spec.set("startingDeadlineSeconds", job.deadlines.starting)
        .set("successfulJobsHistoryLimit", 3)
        .set("failedJobsHistoryLimit", 3)
        .set("jobTemplate", job_template(origin, needs));
    return object("batch/v1", "CronJob", about).set("spec", spec);
}

}  // namespace muster::backends::kubernetes
