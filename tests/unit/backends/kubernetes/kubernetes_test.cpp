#include "backends/kubernetes/kubernetes.h"

#include <catch2/catch.hpp>
#include <map>

#include "backends/jobs/jobs.h"
#include "backends/jobs/tools.h"
#include "backends/kubernetes/access.h"
#include "backends/kubernetes/objects.h"
#include "backends/kubernetes/sheets.h"
#include "tests/unit/backends/compiled.h"
#include "tests/unit/backends/yaml/read_back.h"

using namespace muster;
using namespace muster::backends;
using yaml::Value;

namespace {

const Compiled& nexus() {
    static const Compiled made = compiled_folder("plans/nexus/repaired");
    return made;
}

std::vector<kubernetes::Sheet> sheets(const Compiled& plan) { return kubernetes::sheets(plan.plan, plan.sources, test_date); }

const Value& at(const Value& value, std::initializer_list<const char*> path) {
    const Value* found = &value;
    for (const char* key : path) {
        INFO(key);
        found = found->find(key);
        REQUIRE(found != nullptr);
    }
    return *found;
}

std::string text(const Value& value) {
    REQUIRE(value.text() != nullptr);
    return *value.text();
}

// All objects of a kind, by name.
std::map<std::string, Value> objects(const Compiled& plan, const std::string& kind) {
    std::map<std::string, Value> found;
    for (const auto& sheet : sheets(plan))
        for (const auto& document : sheet.documents)
            if (text(at(document.value, {"kind"})) == kind && kind != "Kustomization")
                found.emplace(text(at(document.value, {"metadata", "name"})), document.value);
    return found;
}

const Value& pod(const Value& cronjob) { return at(cronjob, {"spec", "jobTemplate", "spec", "template", "spec"}); }

std::vector<Value> containers(const Value& cronjob) {
    std::vector<Value> all = *at(pod(cronjob), {"containers"}).items();
    if (const Value* before = pod(cronjob).find("initContainers"); before != nullptr)
        all.insert(all.begin(), before->items()->begin(), before->items()->end());
    return all;
}

constexpr std::string_view hostile = R"drp(
plan hostile "a: b # c" { timezone "Europe/Berlin" }
service db { workload statefulset/db in Odd_Namespace; engine postgres 13.2 }
service other { workload deployment/other in shop }
data a_very_long_name_of_a_dataset_that_is_longer_than_what_kubernetes_takes { in db; size 1GB; restores at 1MB/s }
data b { in other; files "/tmp/x", "/srv/b", "/srv/c", "relative", "/srv/../etc"; size 1GB; restores at 1MB/s }
store shelf { volume "/srv/$(PGPASSWORD): x" }
store off { nfs "nas.example.com:/exports/muster" }
store none { registry "r" }
backup nightly of a_very_long_name_of_a_dataset_that_is_longer_than_what_kubernetes_takes { with pg_dump; cron "* * * * *"; takes 10m; upload 10m; to shelf }
backup packed of b { every day at 02:00; takes 1m; upload 1m; to shelf, off, none; image "$(HOME)\n- x: y"; encrypt gpg key "yes: \"no\"" }
backup ours of b { every day at 02:00; takes 1m; upload 1m; to shelf; using "---\nkubectl get pods # $(reboot)\n\\x1b[2J" }
)drp";

Compiled hostile_plan() { return compiled(hostile); }

}  // namespace

TEST_CASE("every document reads back as what was to be written") {
    for (const Compiled& plan : {nexus(), compiled_folder("plans/nexus"), hostile_plan()})
        for (const auto& sheet : sheets(plan)) {
            INFO(sheet.path);
            yaml::check_reads_back(yaml::write(sheet.documents), sheet.documents);
        }
}

TEST_CASE("nexus: every backup, verification and drill has its CronJob and what it needs") {
    const auto cronjobs = objects(nexus(), "CronJob");
    for (const char* name : {"backup-base-nexus-db", "backup-dump-nexus-db", "verify-dump-nexus-db", "backup-sync-uploads",
                             "backup-shipped-logs", "backup-export-configuration", "drill-monthly", "drill-quarterly", "drill-annual"}) {
        INFO(name);
        REQUIRE(cronjobs.count(name) == 1);
        for (const char* kind : {"ServiceAccount", "ConfigMap", "NetworkPolicy"}) CHECK(objects(nexus(), kind).count(name) == 1);
    }
    CHECK(cronjobs.size() == 9);
    CHECK(text(at(cronjobs.at("backup-dump-nexus-db"), {"spec", "schedule"})) == "0 2 * * *");
    CHECK(text(at(cronjobs.at("backup-dump-nexus-db"), {"metadata", "namespace"})) == "nexus");
    CHECK(text(at(cronjobs.at("drill-monthly"), {"spec", "schedule"})) == "0 0 1 * *");
}

TEST_CASE("every CronJob sets what it has to, and holds to Pod Security restricted") {
    for (const Compiled& plan : {nexus(), compiled_folder("plans/nexus"), hostile_plan()})
        for (const auto& [name, cronjob] : objects(plan, "CronJob")) {
            INFO(name);
            const Value& spec = at(cronjob, {"spec"});
            CHECK(name.size() <= 52);
            CHECK(text(at(spec, {"concurrencyPolicy"})) == "Forbid");
            CHECK_FALSE(text(at(spec, {"timeZone"})).empty());
            CHECK(*at(spec, {"startingDeadlineSeconds"}).number() >= 10);
            CHECK(*at(spec, {"successfulJobsHistoryLimit"}).number() > 0);
            CHECK(*at(spec, {"failedJobsHistoryLimit"}).number() > 0);
            CHECK(at(spec, {"jobTemplate", "spec", "backoffLimit"}).number() != nullptr);
            CHECK(text(at(pod(cronjob), {"restartPolicy"})) == "Never");
            CHECK(*at(pod(cronjob), {"securityContext", "runAsNonRoot"}).truth());
            CHECK(*at(pod(cronjob), {"securityContext", "runAsUser"}).number() > 0);
            CHECK(text(at(pod(cronjob), {"securityContext", "seccompProfile", "type"})) == "RuntimeDefault");
            for (const Value& container : containers(cronjob)) {
                CHECK_FALSE(*at(container, {"securityContext", "allowPrivilegeEscalation"}).truth());
                CHECK(*at(container, {"securityContext", "readOnlyRootFilesystem"}).truth());
                CHECK(text(at(container, {"securityContext", "capabilities", "drop"}).items()->front()) == "ALL");
                for (const char* limit : {"cpu", "memory", "ephemeral-storage"})
                    CHECK(at(container, {"resources", "limits", limit}).text() != nullptr);
                const std::string image = text(at(container, {"image"}));
                CHECK(image.find(':') != std::string::npos);
                CHECK_FALSE(image.ends_with(":latest"));
            }
        }
}

TEST_CASE("deadlines lie below the period, and a start may not be later than the run may take") {
    for (const Compiled& plan : {nexus(), hostile_plan()})
        for (const jobs::Job& job : jobs::jobs_of(plan.plan, test_date).all) {
            INFO(job.name);
            const auto period = *jobs::shortest_gap(job.schedule, test_date) / std::chrono::seconds{1};
            CHECK(job.deadlines.starting + job.deadlines.active <= period);
            CHECK(job.deadlines.active > 0);
        }
}

TEST_CASE("only what uses the API has a token and a role, and no role reaches secrets") {
    const auto roles = objects(nexus(), "Role");
    for (const auto& [name, cronjob] : objects(nexus(), "CronJob")) {
        INFO(name);
        CHECK(*at(pod(cronjob), {"automountServiceAccountToken"}).truth() == (roles.count(name) == 1));
        CHECK_FALSE(*at(objects(nexus(), "ServiceAccount").at(name), {"automountServiceAccountToken"}).truth());
    }
    CHECK(roles.count("backup-dump-nexus-db") == 0);
    CHECK(roles.count("backup-export-configuration") == 1);
    REQUIRE(roles.count("drill-monthly") == 1);
    CHECK(text(at(roles.at("drill-monthly"), {"metadata", "namespace"})) == "nexus-dr-restore");
    for (const auto& [name, role] : roles)
        for (const Value& rule : *at(role, {"rules"}).items())
            for (const Value& resource : *at(rule, {"resources"}).items()) {
                CHECK(text(resource) != "secrets");
                CHECK(text(resource) != "*");
            }
}

TEST_CASE("a namespace is made for a drill alone") {
    const auto namespaces = objects(nexus(), "Namespace");
    CHECK(namespaces.size() == 1);
    CHECK(namespaces.count("nexus-dr-restore") == 1);
}

TEST_CASE("names that Kubernetes does not take are changed, everywhere alike") {
    const Compiled plan = hostile_plan();
    const auto cronjobs = objects(plan, "CronJob");
    const auto found = std::find_if(cronjobs.begin(), cronjobs.end(),
                                    [](const auto& one) { return one.first.starts_with("backup-nightly-a-very-long-name"); });
    REQUIRE(found != cronjobs.end());
    CHECK(found->first.size() == 52);
    CHECK(text(at(found->second, {"metadata", "namespace"})).starts_with("odd-namespace-"));
    CHECK(text(at(pod(found->second), {"serviceAccountName"})) == found->first);
}

TEST_CASE("what a plan calls a path is mounted only where it can be") {
    const Compiled plan = hostile_plan();
    std::vector<std::string> paths;
    const Value container = containers(objects(plan, "CronJob").at("backup-packed-b")).front();
    for (const Value& mount : *at(container, {"volumeMounts"}).items()) paths.push_back(text(at(mount, {"mountPath"})));
    CHECK(paths == std::vector<std::string>{"/muster", "/tmp", "/stores/shelf", "/exports/muster", "/srv/b", "/srv/c"});
}

TEST_CASE("the plan's own command is in the ConfigMap as it is, and nothing else of it runs") {
    const Value map = objects(hostile_plan(), "ConfigMap").at("backup-ours-b");
    CHECK(text(at(map, {"data", "own.sh"})) == "---\nkubectl get pods # $(reboot)\n\\x1b[2J");
    CHECK(text(at(map, {"data", "run.sh"})).find("reboot") == std::string::npos);
}

namespace {

constexpr std::string_view sealed = R"drp(
plan sealed { timezone "UTC" }
site main { cluster "a" }
service db { workload statefulset/db in shop; engine postgres; at main active }
data orders { in db; size 1GB; restores at 10MB/s }
data papers { files "/papers"; size 1GB; restores at 10MB/s }
store vault { gcs "vault"; rate 100MB/s }
backup nightly of orders { with pg_dump; every day; takes 1m; upload 1m; to vault; keep 7d; encrypt age key "k"; verify { every week } }
backup ours of papers { every day; takes 1m; upload 1m; to vault; using "kubectl get all | gsutil cp - gs://vault/x" }
drill first { exercises backup nightly of orders; every month; in namespace both }
drill second { exercises backup nightly of orders; every month; in namespace both }
drill third { exercises backup nightly of orders; every month; in namespace shop }
)drp";

// What the container of that name has of `key`, by name.
std::map<std::string, std::string> named(const Value& container, const char* key, const char* value) {
    std::map<std::string, std::string> found;
    if (const Value* list = container.find(key); list != nullptr)
        for (const Value& one : *list->items())
            if (const Value* known = one.find(value); known != nullptr) found[text(at(one, {"name"}))] = text(*known);
    return found;
}

}  // namespace

TEST_CASE("keys that a tool reads from a file are mounted as files, where a variable says") {
    const Compiled plan = compiled(sealed);
    const auto cronjobs = objects(plan, "CronJob");
    for (const auto& [job, name] :
         std::map<std::string, std::string>{{"verify-nightly-orders", "restore-orders"}, {"drill-first", "drill"}}) {
        INFO(job);
        for (const Value& container : containers(cronjobs.at(job))) {
            if (text(at(container, {"name"})) != name) continue;
            CHECK(named(container, "env", "value").at("MUSTER_AGE_IDENTITY") == "/muster-secrets/muster-key-k-private/identity");
            CHECK(named(container, "volumeMounts", "mountPath").at("muster-key-k-private") == "/muster-secrets/muster-key-k-private");
            for (const Value& from : container.find("envFrom") == nullptr ? std::vector<Value>{} : *at(container, {"envFrom"}).items())
                CHECK(text(at(from, {"secretRef", "name"})) != "muster-key-k-private");
        }
        CHECK(yaml::json_of(at(pod(cronjobs.at(job)), {"volumes"})).dump().find(R"("secretName":"muster-key-k-private")") !=
              std::string::npos);
    }
    const Value store = containers(cronjobs.at("backup-nightly-orders")).back();
    CHECK(named(store, "env", "value").at("MUSTER_GOOGLE_KEY") == "/muster-secrets/muster-google-vault/key.json");
}

TEST_CASE("a drill has no job where a service of the plan runs, and drills share a namespace that is made once") {
    const Compiled plan = compiled(sealed);
    CHECK(objects(plan, "CronJob").count("drill-second") == 1);
    CHECK(objects(plan, "CronJob").count("drill-third") == 0);
    int made = 0;
    for (const auto& sheet : sheets(plan))
        for (const auto& document : sheet.documents)
            if (text(at(document.value, {"kind"})) == "Namespace") {
                ++made;
                CHECK(text(at(document.value, {"metadata", "name"})) == "both");
                CHECK(text(at(document.value, {"metadata", "labels", "muster/drills-of"})) == "sealed");
                CHECK(text(at(document.value, {"metadata", "labels", "muster/ends-with-drill"})) == "false");
            }
    CHECK(made == 1);
    const auto files = kubernetes::kubernetes(plan.plan, plan.sources, test_date);
    CHECK(files[0].content.find("drill third: db runs in its namespace shop: it needs one of its own") != std::string::npos);
}

TEST_CASE("a job whose image lacks a tool is listed") {
    const Compiled plan = compiled(sealed);
    const std::string remark = kubernetes::kubernetes(plan.plan, plan.sources, test_date)[0].content;
    for (const std::string line :
         {"backup-nightly-orders: docker.io/library/postgres:16.4-bookworm has no age",
          "drill-first: docker.io/google/cloud-sdk:500.0.0 has no age", "backup-ours-papers: docker.io/alpine/k8s:1.31.3 has no gsutil"})
        CHECK(remark.find("#   " + line) != std::string::npos);
    CHECK(kubernetes::kubernetes(nexus().plan, nexus().sources, test_date)[0].content.find("Images in which") == std::string::npos);
}

TEST_CASE("the folder of a site lists its files, and says what has to be there") {
    const auto files = kubernetes::kubernetes(nexus().plan, nexus().sources, test_date);
    const std::string folder = "kubernetes/main/";
    const auto list =
        std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == folder + "kustomization.yaml"; });
    REQUIRE(list != files.end());
    CHECK(list->content.find("#   nexus/muster-data-nexus-db: PGUSER") != std::string::npos);
    for (const auto& file : files) {
        if (!file.path.starts_with(folder) || file.path == list->path || file.path.starts_with(folder + "suspended/")) continue;
        INFO(file.path);
        CHECK((list->content.find("- \"" + file.path.substr(folder.size())) != std::string::npos ||
               list->content.find("- " + file.path.substr(folder.size())) != std::string::npos));
    }
}

TEST_CASE("where several paths are of one volume, the folder of the site names each") {
    const Compiled plan = compiled(
        "plan p\nservice web { workload deployment/web in shop }\ndata d { in web; files \"/srv/a\", \"/srv/b\"; size 1GB }\n"
        "store s { s3 \"s\"; rate 1MB/s }\nbackup x of d { with tar; every day; takes 1m; to s }\n");
    const std::string remark = kubernetes::kubernetes(plan.plan, plan.sources, test_date)[0].content;
    CHECK(remark.find("#   shop/data-d: /srv/a (its folder srv/a), /srv/b (its folder srv/b)\n") != std::string::npos);
}

TEST_CASE("a log is shipped by the database: the folder of its site has the settings") {
    const Compiled plan = compiled(
        "plan p\nservice db { workload statefulset/db in shop; engine postgres 15 }\ndata d { in db; size 1GB; changes 1MB/h }\n"
        "store s { s3 \"s/deep\"; rate 1MB/s }\nstore v { volume \"/v\"; rate 1MB/s }\n"
        "backup base of d { with pg_basebackup; every day; takes 1m; to s }\n"
        "archive wal of d { every 90s; upload 1s; to s, v; base base; replay 1MB/s }\n"
        "archive sealed of d { upload 1s; to s; base base; replay 1MB/s; encrypt gpg key \"o'b%$(id)@example.org\" }\n");
    const std::string remark = kubernetes::kubernetes(plan.plan, plan.sources, test_date)[0].content;
    for (const std::string line :
         {"  archive wal:", "    archive_timeout = 90",
          "    archive_command = 'aws s3 cp --only-show-errors %p ''s3://s/deep/wal/d/%f'' && { test -f ''/v/wal/d/%f'' || { cp %p "
          "''/v/wal/d/%f.part'' && mv ''/v/wal/d/%f.part'' ''/v/wal/d/%f''; }; }'",
          "    archive_command = 'gpg --batch --yes --recipient ''o''\\''''b%%$(id)@example.org'' --output /tmp/%f.gpg --encrypt %p && aws "
          "s3 cp "
          "--only-show-errors /tmp/%f.gpg ''s3://s/deep/sealed/d/%f.gpg'' && rm /tmp/%f.gpg'"})
        CHECK(remark.find("# " + line + "\n") != std::string::npos);
}

TEST_CASE("the same plan makes the same bytes") {
    const auto once = kubernetes::kubernetes(nexus().plan, nexus().sources, test_date);
    const Compiled again = compiled_folder("plans/nexus/repaired");
    const auto twice = kubernetes::kubernetes(again.plan, again.sources, test_date);
    REQUIRE(once.size() == twice.size());
    for (std::size_t i = 0; i < once.size(); ++i) CHECK(once[i].content == twice[i].content);
}

TEST_CASE("what holds data and stands by elsewhere has its backups there as well, suspended, with folders that switch") {
    const Compiled plan = compiled(R"drp(
plan shop { timezone "UTC" }
site main { cluster "a" }
site dr { standby; cluster "b" }
service db { workload statefulset/db in shop; at main active, dr standby; engine postgres 15 }
service local { workload statefulset/local in shop; at main active; engine postgres 15 }
data orders { in db; size 1GB; restores at 1MB/s }
data scraps { in local; size 1GB; restores at 1MB/s }
store vault { s3 "v"; rate 1MB/s }
backup nightly of orders { with pg_dump; every day; takes 1m; upload 1m; to vault; verify { every week; by checksum } }
backup other of scraps { with pg_dump; every day; takes 1m; upload 1m; to vault }
)drp");
    std::map<std::string, std::string> found;
    for (const auto& file : kubernetes::kubernetes(plan.plan, plan.sources, test_date)) found[file.path] = file.content;
    for (const char* name : {"backup-nightly-orders", "verify-nightly-orders"}) {
        CHECK(found.at(std::string("kubernetes/dr/") + name + ".yaml").find("  suspend: true\n") != std::string::npos);
        CHECK(found.at(std::string("kubernetes/main/") + name + ".yaml").find("suspend") == std::string::npos);
    }
    CHECK(found.count("kubernetes/dr/backup-other-scraps.yaml") == 0);
    CHECK(found.at("kubernetes/dr/kustomization.yaml").find("#   shop/muster-data-orders: PGUSER") != std::string::npos);
    CHECK(found.at("kubernetes/dr.active/kustomization.yaml").find("value: false") != std::string::npos);
    CHECK(found.at("kubernetes/dr.active/kustomization.yaml").find("- \"../dr\"\n") != std::string::npos);
    CHECK(found.at("kubernetes/main.suspended/kustomization.yaml").find("value: true") != std::string::npos);
    CHECK(found.count("kubernetes/main.active/kustomization.yaml") == 0);
}

TEST_CASE("the role of the plan's own command is what its subcommands of kubectl need") {
    const auto resources = [](const std::string& command) {
        std::string all;
        for (const auto& rule : kubernetes::rules_for(command)) {
            for (const auto& resource : rule.resources) all += resource + " ";
            for (const auto& verb : rule.verbs) all += verb + " ";
        }
        return all;
    };
    CHECK(resources("aws s3 ls # no kubectl-logs").empty());
    CHECK(resources("x=$(kubectl -n shop logs app)") == "pods get list pods/log get ");
    CHECK(resources("kubectl --context a exec db -- true\nkubectl logs x") == "pods get list pods/log get pods/exec create ");
    CHECK(kubernetes::rules_for("kubectl get all").size() == kubernetes::reading_rules().size());
    CHECK(kubernetes::rules_for("kubectl cluster-info dump; kubectl exec a").size() == kubernetes::reading_rules().size() + 1);
}

TEST_CASE("quantities are in the unit in which the API keeps them") {
    constexpr std::int64_t mebi = 1 << 20;
    CHECK(kubernetes::quantity(1) == "1Mi");
    CHECK(kubernetes::quantity(1023 * mebi) == "1023Mi");
    CHECK(kubernetes::quantity(2048 * mebi) == "2Gi");
    CHECK(kubernetes::quantity(2049 * mebi) == "2049Mi");
    CHECK(kubernetes::quantity(1024 * 1024 * 3 * mebi) == "3Ti");
}

namespace {

const Compiled& operated() {
    static const Compiled made = compiled(R"drp(
plan shop { timezone "UTC" }
service db { workload statefulset/db in shop; engine postgres 15 }
data orders { in db; size 1GB; restores at 1MB/s; changes 100GB/h }
data keys { in db; size 1MB; restores at 1MB/s }
store vault { s3 "v"; rate 1MB/s }
store shelf { volume "/shelf" }
backup base of orders { with pg_basebackup; every day; takes 1m; upload 1m; to vault }
archive wal of orders { with pg_receivewal; every 5m; upload 30s; to vault, shelf; base base; encrypt age key "k" }
backup sealed of keys { with kubectl-secrets; every day; takes 1m; upload 1m; to vault; encrypt gpg key "k"; verify { every week } }
backup operated of orders { with cnpg; every day; takes 1m; upload 1m; to vault }
)drp");
    return made;
}

// What a role allows: "group/resource verb verb".
std::vector<std::string> allowed(const Value& role) {
    std::vector<std::string> all;
    for (const Value& rule : *at(role, {"rules"}).items())
        for (const Value& resource : *at(rule, {"resources"}).items()) {
            std::string line = text(at(rule, {"apiGroups"}).items()->front()) + "/" + text(resource);
            for (const Value& verb : *at(rule, {"verbs"}).items()) line += " " + text(verb);
            all.push_back(line);
        }
    return all;
}

}  // namespace

TEST_CASE("a log is fetched, taken to each store, and only then given up by the database") {
    const Value cronjob = objects(operated(), "CronJob").at("archive-wal-orders");
    std::vector<std::string> names;
    for (const Value& container : containers(cronjob)) names.push_back(text(at(container, {"name"})));
    CHECK(names == std::vector<std::string>{"receive-orders", "store-vault", "store-shelf", "release-orders"});
    CHECK(text(at(cronjob, {"spec", "schedule"})) == "*/5 * * * *");
    CHECK(text(at(cronjob, {"metadata", "labels", "app.kubernetes.io/component"})) == "archive");
    // 100 GB/h are 8.34 GB in 5 min: three times that, as it comes and packed.
    CHECK(text(at(pod(cronjob), {"volumes"}).items()->at(1).find("emptyDir")->find("sizeLimit")[0]) == "47940Mi");
    CHECK(objects(operated(), "Role").count("archive-wal-orders") == 0);
}

TEST_CASE("the account that backs up Secrets lists them, and can do nothing else; what verifies them has no rights") {
    CHECK(allowed(objects(operated(), "Role").at("backup-sealed-keys")) == std::vector<std::string>{"/secrets list"});
    CHECK(objects(operated(), "Role").count("verify-sealed-keys") == 0);
    const Value cronjob = objects(operated(), "CronJob").at("backup-sealed-keys");
    CHECK(text(at(containers(cronjob).front(), {"image"})) == jobs::gcloud_and_kubectl_image);
}

TEST_CASE("CloudNativePG is asked for a backup of the cluster that the workload names") {
    CHECK(allowed(objects(operated(), "Role").at("backup-operated-orders")) ==
          std::vector<std::string>{"postgresql.cnpg.io/backups create get"});
    const std::string script = text(at(objects(operated(), "ConfigMap").at("backup-operated-orders"), {"data", "run.sh"}));
    CHECK(script.find("readonly clusters=(db)\n") != std::string::npos);
}
