#include "backends/alerts/alerts.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "backends/alerts/promql.h"
#include "backends/jobs/jobs.h"
#include "tests/unit/backends/compiled.h"
#include "tests/unit/backends/yaml/read_back.h"

using namespace muster;
using namespace muster::backends;
using yaml::Value;

namespace {

constexpr std::string_view watched = R"drp(
plan shop "{{ .Bad }}" { timezone "UTC" }
site main { cluster "a" }
site dr { standby; cluster "b" }
service app { workload deployment/app in storefront; at main active }
service db { workload statefulset/db in storefront; at main active; engine postgres }
data orders { in db; size 10GB; restores at 10MB/s; rpo 10m }
store vault { s3 "v"; rate 100MB/s }
backup nightly "{{ query `up` }}" of orders { with pg_dump; every day at 02:00; takes 20m..45m; upload 5m; to vault; verify { every week; by restore; takes 1h } }
detector db-down "DatabaseDown" { watches db; at dr; every 30s; threshold 3; for 5m; check promql 'up{job="db"} == 0'; severity critical }
detector app-down "The \"app\" {{ $value }} is down" { note "{{ template }}\nline"; watches app; at dr; every 30s; check http 'https://app.example.com/?a="b\c"&d={{e}}' }
detector port { watches app; every 1m; check tcp "app:8080"; severity page }
detector rows { watches db; every 30s; check sql "SELECT 1" }
detector shell { watches db; every 1m; check run "true" }
detector none { watches db; every 1m }
scenario outage { fails site main }
scenario broken { fails db; detected by db-down }
replica standby of orders { from main to dr; mode async; lag 30s }
archive wal of orders { every 5m; upload 1m; to vault; base nightly; replay 10MB/s }
secret signing { kind key; kept in vault; expires 2026-12-24; rotates every 90d; rotated 2026-10-01 }
drill quarterly { exercises backup nightly of orders; every day; in namespace scratch; last 2026-11-01 took 1h }
)drp";

const Compiled& shop() {
    static const Compiled made = compiled(watched);
    return made;
}

std::vector<yaml::Document> documents(const Compiled& plan) { return alerts::documents(plan.plan, plan.sources, test_date); }

std::vector<Value> rules(const Compiled& plan) {
    std::vector<Value> all;
    const auto made = documents(plan);
    for (const Value& group : *made[0].value.find("groups")->items())
        for (const Value& rule : *group.find("rules")->items()) all.push_back(rule);
    return all;
}

std::string text(const Value& rule, const std::string& key) { return *rule.find(key)->text(); }
std::string note(const Value& rule, const std::string& key) { return *rule.find("annotations")->find(key)->text(); }

Value rule(const Compiled& plan, const std::string& alert) {
    for (const Value& one : rules(plan))
        if (text(one, "alert") == alert) return one;
    FAIL("there is no alert " << alert);
    return Value("");
}

}  // namespace

TEST_CASE("a detector's rule says when it has found something, how long that holds, and what it means") {
    const Value down = rule(shop(), "DatabaseDown");
    CHECK(text(down, "expr") == "up{job=\"db\"} == 0");
    CHECK(text(down, "for") == "6m");
    CHECK(*down.find("labels")->find("severity")->text() == "critical");
    CHECK(note(down, "scenarios") == "outage, broken");
    CHECK(note(down, "runbook") == "runbooks/outage.md, runbooks/broken.md");
    CHECK(note(down, "description").find("Found after 6m30s at the latest") != std::string::npos);
    CHECK(note(down, "source") == "plan.drp:10");
}

TEST_CASE("what is looked at from one site is in no group of another") {
    std::map<std::string, std::string> site_of;
    const Compiled plan = compiled_folder("plans/nexus/repaired");
    const auto made = documents(plan);
    for (const Value& group : *made[0].value.find("groups")->items())
        for (const Value& one : *group.find("rules")->items()) {
            const std::string name = text(group, "name");
            if (!name.starts_with("muster-detectors-")) continue;
            CHECK(site_of.insert({text(one, "alert"), name}).first->second == name);
        }
    CHECK(site_of.at("NotReachable") == "muster-detectors-dr-30s");
    CHECK(site_of.at("DatabaseDown") == "muster-detectors-main-30s");
    CHECK(made[0].remark.find("A group is for the Prometheus of the site in its name.") != std::string::npos);
}

TEST_CASE("a check by http is one of the blackbox exporter, its address quoted") {
    const std::string probe = R"(probe_success{instance="https://app.example.com/?a=\"b\\c\"&d={{e}}"})";
    CHECK(text(rule(shop(), "AppDown"), "expr") == probe + " == 0 or absent(" + probe + ")");
    CHECK(note(rule(shop(), "AppDown"), "scenarios") == "outage");
}

TEST_CASE("what no query says is listed") {
    const std::string remark = documents(shop())[0].remark;
    for (const char* line : {"detector rows: its check is SQL", "detector none: it has no check"})
        CHECK(remark.find(line) != std::string::npos);
}

TEST_CASE("a check by a command is a job, and what it finds is that the last success is too old") {
    const std::string expression = text(rule(shop(), "Shell"), "expr");
    CHECK(expression.find("kube_cronjob_status_last_successful_time{namespace=\"storefront\",cronjob=\"check-shell\"} > 66\n") !=
          std::string::npos);
    CHECK(documents(shop())[0].remark.find("detector shell") == std::string::npos);
}

TEST_CASE("text of the plan is no template") {
    CHECK(alerts::template_text("a {{ b }} {{{c") == "a {{ \"{{\" }} b }} {{ \"{{\" }}{c");
    CHECK(*rule(shop(), "Port").find("labels")->find("severity")->text() == "page");
    for (const Value& one : rules(shop()))
        for (const auto& [key, value] : *one.find("annotations")->entries()) {
            std::string left = *value.text();
            for (const std::string escape = "{{ \"{{\" }}"; left.find(escape) != std::string::npos;)
                left.erase(left.find(escape), escape.size());
            CHECK(left.find("{{") == std::string::npos);
        }
}

TEST_CASE("the age at which a backup is overdue is the loss that the report shows") {
    const auto expected = std::to_string(24 * 3600 + 45 * 60 + 5 * 60);
    CHECK(text(rule(shop(), "BackupOverdue"), "expr").find("> " + expected + "\n") != std::string::npos);
    CHECK(note(rule(shop(), "BackupOverdue"), "description").find("1d50m: longest gap 1d + takes 45m + upload 5m") != std::string::npos);
}

TEST_CASE("the names of alerts are identifiers") {
    CHECK(alerts::alert_name("DatabaseDown", "x") == "DatabaseDown");
    CHECK(alerts::alert_name("Database is down", "database-down_2") == "DatabaseDown2");
    CHECK(alerts::alert_name("", "9") == "Alert9");
    CHECK(alerts::promql_duration(std::chrono::milliseconds{90'500}) == "1m30s500ms");
}

TEST_CASE("both files read back as what was to be written, and hold the same rules") {
    for (const Compiled& plan : {compiled(watched), compiled_folder("plans/nexus"), compiled_folder("plans/nexus/repaired")}) {
        const auto made = documents(plan);
        for (const auto& document : made) yaml::check_reads_back(yaml::write({document}), {document});
        CHECK(yaml::json_of(*made[0].value.find("groups")) == yaml::json_of(*made[1].value.find("spec")->find("groups")));
    }
}

TEST_CASE("promtool takes the rules") {
    if (!runbook::is_installed("promtool")) return;
    for (const Compiled& plan : {compiled(watched), compiled_folder("plans/nexus"), compiled_folder("plans/nexus/repaired")}) {
        const auto files = alerts::alerts(plan.plan, plan.sources, test_date);
        CHECK(runbook::run_on(files[0].content, "2>&1 promtool check rules --lint-fatal").status == 0);
    }
}

TEST_CASE("a plan with neither detectors nor jobs has no alerts") {
    const Compiled plan = compiled("plan empty { timezone \"UTC\" }\n");
    CHECK(alerts::alerts(plan.plan, plan.sources, test_date).empty());
}

namespace {

std::string series(const std::string& metric, const std::string& labels, const std::string& values) {
    return "  - series: '" + metric + "{namespace=\"storefront\"," + labels + "}'\n    values: '" + values + "'\n";
}

// Whether Prometheus, with the rules `of`, given `samples` of one a minute, lets `alert` fire at `moment` or, where `fires` is false, not.
// It looks every minute, or, where `once`, at that moment alone.
bool holds(const std::string& samples, const std::string& moment, const std::string& alert, bool fires, bool once = false,
           const std::string& of = alerts::alerts(shop().plan, shop().sources, test_date)[0].content) {
    const std::string folder = std::filesystem::temp_directory_path().string() + "/muster-rules-" + std::to_string(getpid());
    std::filesystem::create_directory(folder);
    std::ofstream(folder + "/rules.yaml") << of;
    const std::string test =
        "rule_files: [" + folder + "/rules.yaml]\nevaluation_interval: " + (once ? moment : "1m") +
        "\ntests:\n- interval: 1m\n  input_series:\n" + samples + "  promql_expr_test:\n  - expr: count(ALERTS{alertname=\"" + alert +
        "\",alertstate=\"firing\"}) or vector(0)\n    eval_time: " + moment + "\n    exp_samples: [{value: " + (fires ? "1" : "0") + "}]\n";
    const int status = runbook::run_on(test, "2>&1 promtool test rules").status;
    std::filesystem::remove_all(folder);
    return status == 0;
}

const std::string of_cronjob = "cronjob=\"backup-nightly-orders\"";
const std::string of_standby = "cronjob=\"backup-spare-spares\"";

// The rules for the site that stands by, alone, as its Prometheus has them.
std::string standing_by() {
    const Compiled plan = compiled(R"drp(
plan shop { timezone "UTC" }
site main { cluster "a" }
site dr { standby; cluster "b" }
service db { workload statefulset/db in storefront; at main active, dr standby; engine postgres }
data spares { in db; size 10GB; restores at 10MB/s }
store vault { s3 "v"; rate 100MB/s }
backup spare of spares { with pg_dump; every day at 02:00; takes 45m; upload 5m; to vault }
)drp");
    Value groups = Value::list();
    const auto made = documents(plan);
    for (const Value& group : *made[0].value.find("groups")->items())
        if (*group.find("name")->text() == "muster-scheduled-dr") groups.add(group);
    return yaml::write({{Value::map({{"groups", groups}}), {}}});
}

const std::string of_run = "job_name=\"backup-nightly-orders-29000000\"";

}  // namespace

TEST_CASE("Prometheus says overdue when the last success is too old, when there never was one, and when there is no CronJob") {
    if (!runbook::is_installed("promtool")) return;
    const std::string created = series("kube_cronjob_created", of_cronjob, "0+0x3000");
    const std::string success = series("kube_cronjob_status_last_successful_time", of_cronjob, "0+0x3000");
    CHECK(holds(created + success, "1490m", "BackupOverdue", false, true));
    CHECK(holds(created + success, "1491m", "BackupOverdue", true, true));
    CHECK(holds(created, "1490m", "BackupOverdue", false, true));
    CHECK(holds(created, "1491m", "BackupOverdue", true, true));
    CHECK(holds(series("up", "a=\"b\"", "1+0x100"), "1m", "BackupOverdue", true));
}

TEST_CASE("Prometheus says failed from a failed run until the next success") {
    if (!runbook::is_installed("promtool")) return;
    const std::string created = series("kube_cronjob_created", of_cronjob, "0+0x100");
    const std::string failed =
        series("kube_job_status_start_time", of_run, "600+0x100") + series("kube_job_failed", of_run + ",condition=\"true\"", "1+0x100");
    const auto success = [](const std::string& when) {
        return series("kube_cronjob_status_last_successful_time", of_cronjob, when + "+0x100");
    };
    CHECK(holds(created + failed, "20m", "BackupFailed", true));
    CHECK(holds(created + failed + success("300"), "20m", "BackupFailed", true));
    CHECK(holds(created + failed + success("900"), "20m", "BackupFailed", false));
    CHECK(holds(created + success("300"), "20m", "BackupFailed", false));
}

TEST_CASE("Prometheus finds what a detector looks for when it has held for as long as the plan says, and not before") {
    if (!runbook::is_installed("promtool")) return;
    const auto samples = [](const std::string& metric, const std::string& values) {
        return "  - series: '" + metric + "'\n    values: '" + values + "'\n";
    };
    const std::string address = R"(probe_success{instance="app:8080"})";
    CHECK(holds(samples("up{job=\"db\"}", "1 1 0x20"), "7m", "DatabaseDown", false));
    CHECK(holds(samples("up{job=\"db\"}", "1 1 0x20"), "9m", "DatabaseDown", true));
    CHECK(holds(samples("up{job=\"db\"}", "1x20"), "15m", "DatabaseDown", false));
    CHECK(holds(samples(address, "1x10"), "5m", "Port", false));
    CHECK(holds(samples(address, "0x10"), "5m", "Port", true));
    CHECK(holds(samples("up{job=\"other\"}", "1x10"), "5m", "Port", true));
}

TEST_CASE("Prometheus says that a replica is behind: at the lag that the report reckons with, and at the RPO") {
    if (!runbook::is_installed("promtool")) return;
    const auto behind = [](const std::string& values) { return series("pg_replication_lag_seconds", "instance=\"a\"", values); };
    CHECK(holds(behind("30x20"), "10m", "ReplicationLag", false));
    CHECK(holds(behind("31x20"), "10m", "ReplicationLag", true));
    CHECK(holds(behind("31x20"), "10m", "ReplicationLagBeyondRpo", false));
    CHECK(holds(behind("600x20"), "10m", "ReplicationLagBeyondRpo", false));
    CHECK(holds(behind("601x20"), "10m", "ReplicationLagBeyondRpo", true));
    CHECK(holds(series("up", "a=\"b\"", "1+0x100"), "10m", "ReplicationLag", true));
}

TEST_CASE("Prometheus says that a log is not shipped: when its last segment is older than interval and upload") {
    if (!runbook::is_installed("promtool")) return;
    const auto age = [](const std::string& values) { return series("pg_stat_archiver_last_archive_age", "instance=\"a\"", values); };
    CHECK(holds(age("360x20"), "10m", "ArchiveOverdue", false));
    CHECK(holds(age("361x20"), "10m", "ArchiveOverdue", true));
    CHECK(holds(series("up", "a=\"b\"", "1+0x100"), "10m", "ArchiveOverdue", true));
}

TEST_CASE("Prometheus says that a secret is near its end, from thirty days before") {
    if (!runbook::is_installed("promtool")) return;
    // The tests of promtool begin in 1970.
    CHECK(text(rule(shop(), "SecretExpires"), "expr") == "vector(time()) >= 1795478400");
    CHECK(text(rule(shop(), "SecretRotationDue"), "expr") == "vector(time()) >= 1795996800");
    CHECK(note(rule(shop(), "SecretRotationDue"), "summary") == "secret signing is due to be rotated on 2026-12-30");
    CHECK(holds(series("up", "a=\"b\"", "1x1"), "1m", "SecretExpires", false, true));
    CHECK(holds(series("up", "a=\"b\"", "1x1"), "29924640m", "SecretExpires", true, true));
}

TEST_CASE("Prometheus says that a certificate is near its end, from fourteen days before") {
    if (!runbook::is_installed("promtool")) return;
    const auto ends = [](int seconds) {
        return "  - series: 'probe_ssl_earliest_cert_expiry{instance=\"https://app.example.com/?a=\\\"b\\\\c\\\"&d={{e}}\"}'\n    values: "
               "'" +
               std::to_string(seconds) + "+0x20'\n";
    };
    CHECK(holds(ends(14 * 86400 + 600), "10m", "CertificateExpires", false));
    CHECK(holds(ends(14 * 86400 + 599), "10m", "CertificateExpires", true));
}

TEST_CASE("Prometheus says that a verification and a drill are overdue, by their own gaps") {
    if (!runbook::is_installed("promtool")) return;
    const auto both = [](const std::string& job) {
        const std::string of_job = "cronjob=\"" + job + "\"";
        return series("kube_cronjob_created", of_job, "0+0x12000") +
               series("kube_cronjob_status_last_successful_time", of_job, "0+0x12000");
    };
    const std::string verification = both("verify-nightly-orders"), drill = both("drill-quarterly");
    CHECK(holds(verification, "10140m", "VerificationOverdue", false, true));
    CHECK(holds(verification, "10141m", "VerificationOverdue", true, true));
    CHECK(holds(drill, "1500m", "DrillOverdue", false, true));
    CHECK(holds(drill, "1501m", "DrillOverdue", true, true));
}

TEST_CASE("what stands by is overdue only once its site has taken over") {
    const Compiled plan = compiled(R"drp(
plan shop { timezone "UTC" }
site main { cluster "a" }
site dr { standby; cluster "b" }
service db { workload statefulset/db in storefront; at main active, dr standby; engine postgres }
data orders { in db; size 10GB; restores at 10MB/s }
store vault { s3 "v"; rate 100MB/s }
backup nightly of orders { with pg_dump; every day at 02:00; takes 45m; upload 5m; to vault }
)drp");
    std::string active, standing_by;
    const auto made = documents(plan);
    for (const Value& group : *made[0].value.find("groups")->items()) {
        const std::string name = *group.find("name")->text();
        if (name == "muster-scheduled-main") active = text(group.find("rules")->items()->front(), "expr");
        if (name == "muster-scheduled-dr") standing_by = text(group.find("rules")->items()->front(), "expr");
    }
    REQUIRE_FALSE(active.empty());
    CHECK(standing_by ==
          "(" + active +
              ") and on (namespace) kube_cronjob_spec_suspend{namespace=\"storefront\",cronjob=\"backup-nightly-orders\"} == 0\n");
}

TEST_CASE("Prometheus says failed of verifications and drills as of backups") {
    if (!runbook::is_installed("promtool")) return;
    for (const auto& [job, alert] :
         {std::pair{"verify-nightly-orders", "VerificationFailed"}, std::pair{"drill-quarterly", "DrillFailed"}}) {
        const std::string of_job = std::string("cronjob=\"") + job + "\"", of_its_run = std::string("job_name=\"") + job + "-29000000\"";
        const std::string failed = series("kube_job_status_start_time", of_its_run, "600+0x100") +
                                   series("kube_job_failed", of_its_run + ",condition=\"true\"", "1+0x100");
        CHECK(holds(failed, "20m", alert, true));
        CHECK(holds(failed + series("kube_cronjob_status_last_successful_time", of_job, "900+0x100"), "20m", alert, false));
    }
}

TEST_CASE("Prometheus says of a check by a command that it failed when the last success is older than its interval and a tenth") {
    if (!runbook::is_installed("promtool")) return;
    const std::string of_check = "cronjob=\"check-shell\"";
    const auto success = [&](const std::string& values) {
        return series("kube_cronjob_created", of_check, "0+0x60") + series("kube_cronjob_status_last_successful_time", of_check, values);
    };
    CHECK(holds(success("0+60x60"), "30m", "Shell", false));
    CHECK(holds(success("0+0x60"), "1m", "Shell", false));
    CHECK(holds(success("0+0x60"), "2m", "Shell", true));
}

TEST_CASE("Prometheus says that a secret is due to be rotated, from thirty days before") {
    if (!runbook::is_installed("promtool")) return;
    CHECK(holds(series("up", "a=\"b\"", "1x1"), "29933279m", "SecretRotationDue", false, true));
    CHECK(holds(series("up", "a=\"b\"", "1x1"), "29933280m", "SecretRotationDue", true, true));
}

TEST_CASE("Prometheus says of a log that a job ships that it is overdue or failed, as of a backup") {
    if (!runbook::is_installed("promtool")) return;
    const Compiled plan = compiled(R"drp(
plan shop { timezone "UTC" }
service db { workload statefulset/db in storefront; engine postgres }
data orders { in db; size 10GB; restores at 10MB/s }
store vault { s3 "v"; rate 100MB/s }
backup base of orders { with pg_basebackup; every day; takes 1m; upload 1m; to vault }
archive shipped of orders { with pg_receivewal; every 5m; upload 1m; to vault; base base; replay 10MB/s }
)drp");
    const std::string rules = alerts::alerts(plan.plan, plan.sources, test_date)[0].content;
    const std::string of_job = "cronjob=\"archive-shipped-orders\"", of_its_run = "job_name=\"archive-shipped-orders-29000000\"";
    const auto success = [&](const std::string& values) {
        return series("kube_cronjob_created", of_job, "0+0x100") + series("kube_cronjob_status_last_successful_time", of_job, values);
    };
    const std::string failed = series("kube_job_status_start_time", of_its_run, "60+0x100") +
                               series("kube_job_failed", of_its_run + ",condition=\"true\"", "1+0x100");
    CHECK(holds(success("0+0x100"), "6m", "ArchiveOverdue", false, true, rules));
    CHECK(holds(success("0+0x100"), "7m", "ArchiveOverdue", true, true, rules));
    CHECK(holds(success("0+0x100") + failed, "2m", "ArchiveFailed", true, false, rules));
    CHECK(holds(success("90+0x100") + failed, "2m", "ArchiveFailed", false, false, rules));
}

TEST_CASE("Prometheus says of what stands by that it is overdue once its site has taken over, and not before") {
    if (!runbook::is_installed("promtool")) return;
    const std::string old =
        series("kube_cronjob_created", of_standby, "0+0x3000") + series("kube_cronjob_status_last_successful_time", of_standby, "0+0x3000");
    CHECK(holds(old + series("kube_cronjob_spec_suspend", of_standby, "1x3000"), "2000m", "BackupOverdue", false, true, standing_by()));
    CHECK(holds(old + series("kube_cronjob_spec_suspend", of_standby, "0x3000"), "2000m", "BackupOverdue", true, true, standing_by()));
}
