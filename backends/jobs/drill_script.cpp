#include "backends/jobs/drill_script.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/names.h"
#include "backends/jobs/parts.h"
#include "backends/jobs/script.h"
#include "backends/shell/quote.h"
#include "backends/yaml/writer.h"
#include "compiler/support/utf8.h"

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
    std::string body = fmt::format("  prepare_namespace\n  start_pod {} <<'END_OF_POD'\n{}END_OF_POD\n  load_postgres {}\n", quote(pod),
                                   manifest, quote(pod));
    for (const model::Probe* check : sql_checks(plan.copies[rehearsal.copy]))
        body += fmt::format("  check_sql {} {}\n", quote(pod), quote(check->text));
    return body;
}

std::string function_of(const Plan& plan, const Rehearsal& rehearsal, std::size_t number, const Schedules& schedules) {
    const Copy& copy = plan.copies[rehearsal.copy];
    const Shelf shelf = shelf_of(plan.stores[rehearsal.store]);
    const std::string pod = object_name("drill-" + plan.data[rehearsal.data].heading.name + fmt::format("-{}", number));
    std::string body = fmt::format("  local encryption={}\n", quote(copy.backup()->encrypted_with));
    body += fmt::format("  fetch_newest {} {} {} \"${{work}}/{}\"\n  note_age\n  decrypt \"${{file}}\"\n", quote(shelf.kind),
                        quote(shelf.place), quote(folder_of(plan, shelf, copy, rehearsal.data)), number);
    body += tool_of(plan, copy) == Tool::pg_dump ? postgres_rehearsal(plan, rehearsal, pod, schedules) : std::string("  unpack_files\n");
    return fmt::format("\nrestore_{}() {{\n{}}}\n", number, body);
}

std::string seconds(std::optional<Time> time) {
    return time && *time != support::never ? std::to_string(std::chrono::ceil<std::chrono::seconds>(*time).count()) : "-";
}

std::optional<Time> rto_for(const Plan& plan, Id<model::Dataset> data) {
    std::optional<Time> smallest;
    for (const auto& holder : plan.data[data].in)
        if (const auto rto = rto_of(plan, holder.value, model::DisruptionKind::hardware))
            smallest = std::min(smallest.value_or(rto->value), rto->value);
    return smallest;
}

bool expects(const model::Drill& drill, std::string_view what) { return std::ranges::find(drill.expects, what) != drill.expects.end(); }

std::string call_of(const Plan& plan, const model::Drill& drill, const Rehearsal& rehearsal, std::size_t number,
                    const Schedules& schedules) {
    const auto planned = analysis::restore_time(plan, rehearsal.data, rehearsal.copy, rehearsal.store, schedules).planning();
    const auto rpo = rpo_of(plan, rehearsal.data, model::DisruptionKind::hardware);
    const std::string name = fmt::format("{} from {} in {}", plan.data[rehearsal.data].heading.name,
                                         plan.copies[rehearsal.copy].heading.name, plan.stores[rehearsal.store].heading.name);
    return fmt::format("rehearse restore_{} {} {} {} {}\n", number, quote(name), seconds(planned),
                       expects(drill, "rto") ? seconds(rto_for(plan, rehearsal.data)) : "-",
                       expects(drill, "rpo") && rpo ? seconds(rpo->value) : "-");
}

// What the plan expects of the drill and no command can tell.
std::vector<std::string> judged_by_people(const model::Drill& drill) {
    std::vector<std::string> sentences;
    for (const std::string& expected : drill.expects)
        if (expected != "rto" && expected != "rpo") sentences.push_back("judge: " + support::printable(expected));
    return sentences;
}

std::string by_hand_of(const std::vector<std::string>& instructions) {
    std::string body = instructions.empty() ? "  log 'nothing is left to do by hand'\n" : "  log 'what is to be done by hand:'\n";
    for (const std::string& instruction : instructions) body += "  printf '  %s\\n' " + quote(instruction) + " >&2\n";
    return "\nprint_by_hand() {\n" + body + "}\n";
}

}  // namespace

std::string drill_script(const Plan& plan, const support::Sources& sources, const model::Drill& drill, Instant as_of) {
    const Schedules schedules(plan, as_of);
    const DrillPlan drills = drill_plan(plan, drill, schedules);
    std::vector<std::string> instructions = drills.by_hand;
    std::ranges::copy(judged_by_people(drill), std::back_inserter(instructions));
    const auto site = std::ranges::find_if(plan.sites, [](const model::Site& one) { return one.standby == model::Site::Standby::none; });
    std::string script = script_head(plan, sources, drill.heading.span, "#!/usr/bin/env bash", "The drill " + drill.heading.label() + ".");
    script += "# $MUSTER_CLUSTER is the kubectl context, empty inside a cluster; $MUSTER_REPORT a file for the report.\n" +
              part("start").substr(1);
    if (drill.schedule) script += guard_of(cron_line(*drill.schedule, as_of), Shell::bash);
    script += fmt::format("\nreadonly drill={} plan_hash={}\nreadonly namespace={} by_hand={}\nreadonly context=${{MUSTER_CLUSTER-{}}}\n",
                          quote(drill.heading.name), quote(plan.hash), quote(scratch_namespace(drill)), drills.by_hand.size(),
                          quote(site == plan.sites.end() ? "" : site->cluster));
    if (!drills.rehearsals.empty()) {
        script += fmt::format("# Whose drills the namespace is for, and what of the plan runs in it, which nothing should.\n");
        script += fmt::format("readonly drills_of={} production={}\n", quote(drills_of(plan)),
                              quote(service_in_namespace(plan, scratch_namespace(drill))));
        script += part("store") + part("fetch") + part("drill_restore");
    }
    script += part("drill");
    for (std::size_t i = 0; i < drills.rehearsals.size(); ++i) script += function_of(plan, drills.rehearsals[i], i + 1, schedules);
    script += by_hand_of(instructions) + "\n";
    for (std::size_t i = 0; i < drills.rehearsals.size(); ++i) script += call_of(plan, drill, drills.rehearsals[i], i + 1, schedules);
    return script + "print_by_hand\nfinish\n";
}

}  // namespace muster::backends::jobs
