#include "backends/jobs/script.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/cluster_script.h"
#include "backends/jobs/log_script.h"
#include "backends/jobs/names.h"
#include "backends/jobs/parts.h"
#include "backends/jobs/restic.h"
#include "backends/jobs/retention.h"
#include "backends/shell/quote.h"

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Copy;
using model::Plan;
using model::Probe;
using shell::quote;
using How = model::Verification::How;

constexpr std::string_view bash = "#!/usr/bin/env bash";
constexpr std::string_view plain_sh = "#!/bin/sh";

std::string exported(const Plan& plan, const Job& job) {
    return fmt::format("\nexport MUSTER_PLAN={} MUSTER_PLAN_HASH={}\nexport MUSTER_SITE={} MUSTER_CLUSTER={} MUSTER_NAMESPACE={}\n",
                       quote(plan.heading.name), quote(plan.hash), quote(job.site), quote(job.cluster), quote(job.in_namespace));
}

std::string choose_store(const Plan& plan, const Backup& backup, bool with_retention) {
    std::string cases;
    for (const auto store : first_stores(backup)) {
        const Shelf shelf = shelf_of(plan.stores[store]);
        std::string set = fmt::format("kind={} place={} prefix={}", quote(shelf.kind), quote(shelf.place), quote(shelf.prefix));
        if (with_retention) set += fmt::format(" keep=({})", kept_words(kept_in(plan, backup, store)));
        cases += case_of(plan.stores[store].heading.name, set);
    }
    return choice("choose_store", cases, "fail \"the plan does not store this copy in $1\"");
}

std::string files_of(const model::Dataset& data) {
    std::string files;
    for (const std::string& file : data.files) {
        const std::string below_root = file.substr(std::min(file.find_first_not_of('/'), file.size()));
        files += (files.empty() ? "" : " ") + quote(below_root.empty() ? "." : below_root);
    }
    return files;
}

// Where git keeps the same data; empty where the plan does not say.
std::string address_of_repository(const Plan& plan, Id<model::Dataset> data) {
    for (const Copy& copy : plan.copies) {
        const bool same = std::ranges::any_of(copy.of, [&](const auto& one) { return one.value == data; });
        if (!same || copy.repository() == nullptr) continue;
        for (const auto& store : copy.repository()->in)
            if (plan.stores[store.value].type == "git") return plan.stores[store.value].location;
    }
    return {};
}

std::string choose_data(const Plan& plan, const Copy& copy, Tool tool) {
    std::string cases;
    for (const auto& data : copy.of) {
        std::string set = ":";
        if (tool == Tool::pg_dump || tool == Tool::pg_basebackup || tool == Tool::redis) set = "host=" + quote(host_of(plan, data.value));
        if (tool == Tool::tar || tool == Tool::sqlite) set = "files=(" + files_of(plan.data[data.value]) + ")";
        if (tool == Tool::git) set = "repository=" + quote(address_of_repository(plan, data.value));
        cases += case_of(plan.data[data.value].heading.name, set);
    }
    return choice("choose_data", cases, "fail \"this job copies no $1\"");
}

std::string tool_note(Tool tool, const Backup& backup) { return tool == Tool::none ? "readonly tool=" + quote(backup.tool) + "\n" : ""; }

std::string backup_script(const Plan& plan, const Job& job, Tool tool) {
    const Copy& copy = plan.copies[*job.copy];
    const Backup& backup = *copy.backup();
    std::string script = fmt::format("\nreadonly copy={} suffix={} encryption={}\n", quote(copy.heading.name),
                                     quote(suffix_of(tool, backup)), quote(backup.encrypted_with));
    script += "# shellcheck disable=SC2034 # only some encryptions name a key\nreadonly key=" + quote(backup.key) + "\n" +
              tool_note(tool, backup);
    script += choose_store(plan, backup, true) + choose_data(plan, copy, tool) + part("store") + part("prune") + part("encrypt") +
              (tool == Tool::secrets ? "" : part("encrypt_file")) + part(tool_name(tool));
    return script + part("backup");
}

std::string body_of_check(const Probe& probe) {
    if (probe.how == Probe::How::sql) return "  check_sql " + quote(probe.text) + "\n";
    if (probe.how == Probe::How::run) return "  bash -c " + quote(probe.text) + "\n";
    return "  fail " + quote("this cannot be checked in a copy: " + probe.text) + "\n";
}

std::string check_content(const model::Verification& verification) {
    std::string body;
    for (const Probe& check : verification.checks) body += body_of_check(check);
    return "\ncheck_content() {\n" + (body.empty() ? "  log 'it could be restored; the plan checks no more'\n" : body) + "}\n";
}

std::string dataset_names(const Plan& plan, const Copy& copy) {
    std::string names;
    for (const auto& data : copy.of) names += (names.empty() ? "" : " ") + quote(plan.data[data.value].heading.name);
    return names;
}

std::string restoring(const model::Verification& verification, Tool tool) {
    if (tool == Tool::none) return "\nrestore() {\n  fail \"Muster has no command that restores $1\"\n}\n";
    const bool postgres = tool == Tool::pg_dump || tool == Tool::pg_basebackup;
    return check_content(verification) + (postgres ? part("scratch_postgres") : std::string()) +
           part("restore_" + std::string(tool_name(tool)));
}

std::string verify_script(const Plan& plan, const Job& job, Tool tool) {
    const Copy& copy = plan.copies[*job.copy];
    const Backup& backup = *copy.backup();
    const model::Verification& verification = backup.verifications[job.verification];
    std::string script = fmt::format(
        "\nreadonly copy={} how={} suffix={} encryption={}\nreadonly datasets=({})\nreadonly oldest_age={} # seconds\n",
        quote(copy.heading.name), quote(how_name(verification.how)), quote(suffix_of(tool, backup)), quote(backup.encrypted_with),
        dataset_names(plan, copy), std::chrono::ceil<std::chrono::seconds>(job.overdue_after).count());
    script += choose_store(plan, backup, false) + part("store") + part("fetch") + (tool == Tool::secrets ? "" : part("decrypt"));
    script += verification.how == How::restore ? restoring(verification, tool) : "\nrestore() {\n  fail \"$1 is not to be restored\"\n}\n";
    return script + part("verify");
}

}  // namespace

std::string case_of(const std::string& name, const std::string& commands) { return fmt::format("  {}) {} ;;\n", quote(name), commands); }

std::string choice(const std::string& function, const std::string& cases, const std::string& otherwise) {
    return fmt::format("\n{}() {{\n  case \"$1\" in\n{}  *) {} ;;\n  esac\n}}\n", function, cases, otherwise);
}

std::string_view how_name(How how) { return how == How::restore ? "restore" : how == How::checksum ? "checksum" : "listing"; }

std::string script_head(const Plan& plan, const support::Sources& sources, const support::Span& span, const std::string& shell,
                        const std::string& what) {
    return shell + "\n" + shell::comment(what) +
           shell::comment(fmt::format("From {}, plan {}.", place_of(sources, span), plan.hash.substr(0, 12))) +
           "# shellcheck disable=SC2016 # texts of the plan stand for themselves\n";
}

std::string guard_of(const CronLine& line, Shell shell) {
    if (!line.guarded()) return {};
    const auto unless = [&](const std::string& condition) {
        return "  if " + (shell == Shell::bash ? "[[ " + condition + " ]]" : "[ " + condition + " ]") +
               "; then\n    echo 'Not due this time.' >&2\n    exit 0\n  fi\n";
    };
    std::string body;
    if (line.interval) {
        body = unless(fmt::format("\"$((minute * 60000 % {}))\" -ge {}", line.interval->interval.count(), line.interval->cadence.count()));
    } else {
        const CronLine::Nth& nth = *line.nth;
        body = fmt::format(
            "  # How far the zone is ahead of UTC, in minutes, from the time of day at which it starts.\n"
            "  offset=$((({0} - minute % 1440 - ({1}) + 3600) % 1440 - 720 + ({1})))\n"
            "  day=$(date -u -d \"@$(((minute + offset) * 60))\" +%e)\n",
            nth.minute_of_day, nth.minutes_from_utc);
        if (nth.nth < 0) body += "  later=$(date -u -d \"@$(((minute + offset + 10080) * 60))\" +%e)\n";
        body += unless(nth.nth < 0 ? "\"$((later))\" -gt \"$((day))\"" : fmt::format("\"$(((day + 6) / 7))\" -ne {}", nth.nth));
    }
    return "\n# Cron cannot say this schedule: it starts the job more often. Jobs are called by the minute that they were due.\n"
           "job=${MUSTER_JOB-}\nminute=${job##*-}\ncase \"${minute}\" in\n'' | *[!0-9]*) ;; # started by hand: it runs\n*)\n" +
           body + "  ;;\nesac\n";
}

std::string check_script(const Plan& plan, const support::Sources& sources, const Job& job) {
    const model::Detector& detector = plan.detectors[*job.detector];
    const std::string script =
        script_head(plan, sources, job.span, std::string(bash), "Makes the check of the detector " + detector.heading.name + ".") +
        part("start").substr(1) + guard_of(job.line, Shell::bash) + exported(plan, job);
    if (detector.check->how == Probe::How::run) return script + part("own");
    std::string host;
    for (const auto& thing : detector.watches) {
        if (thing.value.kind != model::Kind::service || !host.empty()) continue;
        const model::Service& service = plan.services[Id<model::Service>{thing.value.index}];
        host = service.workload ? service.workload->name : service.heading.name;
    }
    return script + fmt::format("\nreadonly query={} host={}\n", quote(detector.check->text), quote(host)) + part("check_sql");
}

std::string script_of(const Plan& plan, const support::Sources& sources, const Job& job) {
    if (job.detector) return check_script(plan, sources, job);
    if (job.kind == Job::Kind::log)
        return script_head(plan, sources, job.span, std::string(bash), "Ships the log " + qualified_name(plan, *job.copy) + ".") +
               part("start").substr(1) + guard_of(job.line, Shell::bash) + exported(plan, job) + log_script(plan, job);
    const Tool tool = tool_of(plan, plan.copies[*job.copy]);
    const bool verifies = job.kind == Job::Kind::verification;
    const std::string what = (verifies ? "Verifies the backup " : "Makes the backup ") + qualified_name(plan, *job.copy) + ".";
    if (tool == Tool::restic)
        return script_head(plan, sources, job.span, std::string(plain_sh), what) + "set -eu\n" + guard_of(job.line, Shell::sh) +
               restic_script(plan, job);
    std::string script = script_head(plan, sources, job.span, std::string(bash), what) + part("start").substr(1) +
                         guard_of(job.line, Shell::bash) + exported(plan, job);
    if (tool == Tool::own) return script + part("own");
    if (kept_by_cluster(tool)) return script + cluster_script(plan, job, tool);
    return script + (verifies ? verify_script(plan, job, tool) : backup_script(plan, job, tool));
}

}  // namespace muster::backends::jobs
