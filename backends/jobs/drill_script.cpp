#include "backends/jobs/drill_script.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/drill_data.h"
#include "backends/jobs/names.h"
#include "backends/jobs/parts.h"
#include "backends/jobs/script.h"
#include "backends/shell/quote.h"
#include "backends/yaml/writer.h"
#include "compiler/support/hash.h"

namespace muster::backends::jobs {
namespace {

using model::Copy;
using model::Plan;
using shell::quote;
using yaml::Value;

Value security_of_container() {
    return Value::map({{"allowPrivilegeEscalation", false}, {"capabilities", Value::map({{"drop", Value::list({"ALL"})}})}});
}

// A PostgreSQL that nobody reaches from outside and that keeps nothing. While its image sets it up it listens on no address, so
// that the probe waits for the end of that.
// It ends by itself, so that a drill that was killed does not keep it, and the data in it, for ever.
std::string scratch_pod(const Plan& plan, const std::string& name, const std::string& image, std::optional<Time> planned) {
    constexpr std::chrono::seconds day = std::chrono::hours{24};
    constexpr std::chrono::seconds most = std::chrono::hours{24 * 365};
    const auto wanted = planned ? std::chrono::ceil<std::chrono::seconds>(std::min<Time>(*planned, most) * 2) : day;
    const Value user = Value::map({{"runAsNonRoot", true},
                                   {"runAsUser", 999},
                                   {"runAsGroup", 999},
                                   {"fsGroup", 999},
                                   {"seccompProfile", Value::map({{"type", "RuntimeDefault"}})}});
    const Value ready =
        Value::map({{"exec", Value::map({{"command", Value::list({"pg_isready", "--quiet", "--host=127.0.0.1"})}})}, {"periodSeconds", 2}});
    const Value environment = Value::list({Value::map({{"name", "POSTGRES_HOST_AUTH_METHOD"}, {"value", "trust"}})});
    const Value resources = Value::map(
        {{"requests", Value::map({{"cpu", "250m"}, {"memory", "512Mi"}})}, {"limits", Value::map({{"cpu", "2"}, {"memory", "2Gi"}})}});
    const Value container = Value::map({{"name", "postgres"},
                                        {"image", image},
                                        {"args", Value::list({"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"})},
                                        {"env", environment},
                                        {"readinessProbe", ready},
                                        {"resources", resources},
                                        {"securityContext", security_of_container()}});
    const Value spec = Value::map({{"activeDeadlineSeconds", std::max(wanted, day).count()},
                                   {"automountServiceAccountToken", false},
                                   {"restartPolicy", "Never"},
                                   {"securityContext", user},
                                   {"containers", Value::list({container})}});
    const Value labels = Value::map({{"app.kubernetes.io/managed-by", "muster"},
                                     {"app.kubernetes.io/component", "drill"},
                                     {std::string(drills_label), drills_of(plan)}});
    return yaml::write(
        {{Value::map(
              {{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", Value::map({{"name", name}, {"labels", labels}})}, {"spec", spec}}),
          {}}});
}

std::vector<const model::Probe*> sql_checks(const Copy& copy) {
    std::vector<const model::Probe*> checks;
    for (const auto& verification : copy.backup()->verifications)
        for (const auto& check : verification.checks)
            if (check.how == model::Probe::How::sql) checks.push_back(&check);
    return checks;
}

std::string postgres_rehearsal(const Plan& plan, const Rehearsal& rehearsal, const std::string& pod, const Schedules& schedules) {
    const auto planned = analysis::restore_time(plan, rehearsal.data, rehearsal.copy, rehearsal.store, schedules).planning();
    const std::string manifest = scratch_pod(plan, pod, postgres_image(engine_of(plan, rehearsal.data)), planned);
    const bool base = tool_of(plan, plan.copies[rehearsal.copy]) == Tool::pg_basebackup;
    // A base backup is a server of its own, and needs no database on that of the drills.
    constexpr std::string_view in_cluster = "[[ -n \"${MUSTER_SCRATCH-}\" ]] || ";
    std::string body =
        fmt::format("  {}prepare_namespace\n  {}start_pod {} <<'END_OF_POD'\n{}END_OF_POD\n  {} {}\n", base ? in_cluster : "", in_cluster,
                    quote(pod), manifest, base ? "start_base" : "load_postgres", quote(pod));
    for (const model::Probe* check : sql_checks(plan.copies[rehearsal.copy]))
        body += fmt::format("  check_sql {} {}\n", quote(pod), quote(check->text));
    return body + (base ? "  stop_base\n" : "");
}

std::string function_of(const Plan& plan, const Rehearsal& rehearsal, std::size_t number, const Schedules& schedules) {
    const Copy& copy = plan.copies[rehearsal.copy];
    const Shelf shelf = shelf_of(plan.stores[rehearsal.store]);
    const std::string pod = object_name("drill-" + plan.data[rehearsal.data].heading.name + fmt::format("-{}", number));
    std::string body = fmt::format("  local encryption={}\n", quote(copy.backup()->encrypted_with));
    body += fmt::format("  fetch_newest {} {} {} \"${{work}}/{}\"\n  note_age\n  decrypt \"${{file}}\"\n", quote(shelf.kind),
                        quote(shelf.place), quote(folder_of(plan, shelf, copy, rehearsal.data)), number);
    const bool files = tool_of(plan, copy) == Tool::tar;
    body += files ? std::string("  unpack_files\n") : postgres_rehearsal(plan, rehearsal, pod, schedules);
    return fmt::format("\nrestore_{}() {{\n{}}}\n", number, body);
}

std::string database_name(const Plan& plan, const model::Drill& drill) {
    std::string name = "muster_drill_" + plan.heading.name + "_" + drill.heading.name;
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '-' ? '_' : c;
    constexpr std::size_t most = 63, of_hash = 8;
    if (name.size() > most) name = name.substr(0, most - of_hash - 1) + "_" + support::sha256(name).substr(0, of_hash);
    return name;
}

bool uses(const Plan& plan, const DrillPlan& drills, Tool tool) {
    return std::ranges::any_of(drills.rehearsals, [&](const Rehearsal& one) { return tool_of(plan, plan.copies[one.copy]) == tool; });
}

std::string restoring_parts(const Plan& plan, const model::Drill& drill, const DrillPlan& drills) {
    if (drills.rehearsals.empty()) return part("drill_nothing");
    const auto site = std::ranges::find_if(plan.sites, [](const model::Site& one) { return one.standby == model::Site::Standby::none; });
    std::string text = fmt::format("readonly namespace={}\nreadonly context=${{MUSTER_CLUSTER-{}}}\n", quote(scratch_namespace(drill)),
                                   quote(site == plan.sites.end() ? "" : site->cluster));
    text += "# Whose drills the namespace and the database are for, and what of the plan runs in the namespace, which nothing should.\n";
    text += fmt::format("readonly drills_of={} production={}\nreadonly database={}\n", quote(drills_of(plan)),
                        quote(service_in_namespace(plan, scratch_namespace(drill))), database_name(plan, drill));
    text += part("store") + part("fetch") + part("decrypt") + part("drill_restore") + part("drill_database");
    return uses(plan, drills, Tool::pg_basebackup) ? text + part("drill_base") : text;
}

}  // namespace

std::string drill_script(const Plan& plan, const support::Sources& sources, const model::Drill& drill, Instant as_of) {
    const Schedules schedules(plan, as_of);
    const DrillPlan drills = drill_plan(plan, drill, schedules);
    std::string script = script_head(plan, sources, drill.heading.span, "#!/usr/bin/env bash", "The drill " + drill.heading.label() + ".");
    script +=
        "# $MUSTER_CLUSTER is the kubectl context, empty inside a cluster; $MUSTER_SCRATCH instead the connection of a PostgreSQL for "
        "drills;\n"
        "# $MUSTER_REPORT a folder for the report; $MUSTER_ATTENDED whether somebody answers: yes or no; with $MUSTER_COMMANDS=yes the "
        "commands\n"
        "# of the drill's own script are run without being asked for.\n" +
        part("start").substr(1);
    if (drill.schedule) script += guard_of(cron_line(*drill.schedule, as_of), Shell::bash);
    script += fmt::format("\nreadonly drill={} plan_hash={}\n", quote(drill.heading.name), quote(plan.hash));
    script += restoring_parts(plan, drill, drills);
    script += part("drill") + part("drill_report");
    for (std::size_t i = 0; i < drills.rehearsals.size(); ++i) script += function_of(plan, drills.rehearsals[i], i + 1, schedules);
    return script + "\n" + drill_data(plan, drill, drills) + "\nrun_drill\n";
}

}  // namespace muster::backends::jobs
