#include "backends/runbook/runbook.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "compiler/sema/load.h"
#include "tests/unit/backends/runbook/shell.h"

using namespace muster;
using backends::File;
using backends::Files;
using backends::runbook::is_installed;
using backends::runbook::run_on;

namespace {

constexpr std::string_view bookshop = R"drp(
plan bookshop "Harbour Books" { version "2.3"; declare by lead takes 5m }
tier critical { rto 30m; rpo 5m }
site main { cluster "prod-use1" }
site dr { standby warm; cluster "dr-usw2" }
role lead { responds 5m }
role dba { responds 5m }
channel incidents { slack "#incidents" }
service shop : critical {
  workload deployment/shop in storefront
  at main active, dr standby
  needs orders-db
  check http "https://shop.example.com/healthz"
}
service orders-db : critical {
  workload statefulset/orders-db in storefront
  engine postgres 15
  at main active, dr standby
}
data orders { in orders-db; size 18GB; changes 1GB/h }
store vault { s3 "harbour-backups/shop"; rate 200MB/s; restores at 100MB/s }
replica standby of orders { from main to dr; mode async; lag 30s }
backup nightly of orders { with pg_dump; every day at 02:00; takes 30m; to vault; keep 30d; encrypt gpg key "k" }
detector db-down { watches orders-db; every 15s; at dr }
message outage { to incidents; text "We're down: `$(reboot)`" }
procedure promote-db {
  recovers orders-db
  asks ticket "Which ticket?"
  step fence "Cut it off" {
    on main; automatic; skip if main is down; takes 30s; timeout 1m
    run "kubectl get pods -n \"$MUSTER_NAMESPACE\""
  }
  step promote { by dba; promote standby of orders; takes 1m; verify sql "SELECT NOT pg_is_in_recovery()" }
  step repoint { automatic; takes 10s; switch dns "orders-db.internal" to dr ttl 30s }
}
procedure activate-shop {
  recovers shop
  step agree { approve by lead; takes 1m }
  step start { automatic; on dr; takes 30s; scale shop to 3 }
  step wait { automatic; wait for shop; takes 10s }
  step tell { automatic; takes 1s; notify incidents with outage }
}
procedure restore-db {
  recovers orders-db
  step restore { by dba; restore orders from nightly; verify sql "SELECT count(*) > 0 FROM orders" }
}
scenario region-outage { fails site main; recover orders-db with promote-db; recover shop with activate-shop }
scenario bad-migration { corrupts orders; undetected for 10m; recover orders-db with restore-db }
)drp";

struct Compiled {
    support::Sources sources;
    model::Plan plan;
};

Compiled compiled(std::string_view text) {
    Compiled compiled;
    compiled.sources.add(support::Source("plan.drp", std::string(text)));
    diagnostics::Sink sink;
    compiled.plan = sema::compile(compiled.sources, sink);
    for (const auto& found : sink.sorted()) FAIL(found.primary.span.begin.line << ": " << found.message);
    return compiled;
}

Files runbooks_of(const Compiled& compiled) {
    using namespace std::chrono_literals;
    const analysis::Instant as_of = std::chrono::sys_days{2026y / std::chrono::November / 1};
    return backends::runbook::runbooks(compiled.plan, compiled.sources,
                                       analysis::estimate_all(compiled.plan, analysis::Schedules(compiled.plan, as_of)));
}

const std::string& content(const Files& files, std::string_view path) {
    for (const File& file : files)
        if (file.path == path) return file.content;
    FAIL("no file " << path);
    std::abort();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void check_scripts(const Files& files) {
    for (const File& file : files) {
        if (!file.executable) continue;
        INFO(file.path);
        CHECK(run_on(file.content, "bash -n").status == 0);
        if (is_installed("shellcheck")) CHECK(run_on(file.content, "shellcheck -o all").output.empty());
        if (is_installed("shfmt")) CHECK(run_on(file.content, "shfmt -i 2 -d").output.empty());
    }
}

// The lines of `markdown` that stand in no fence.
std::string outside_fences(const std::string& markdown) {
    std::istringstream lines(markdown);
    std::string outside, line;
    std::size_t fence = 0;
    while (std::getline(lines, line)) {
        const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
        if (fence == 0 && ticks >= 3) fence = ticks;
        else if (fence > 0 && ticks >= fence && ticks == line.size()) fence = 0;
        else if (fence == 0) outside += "\n" + line;
    }
    CHECK(fence == 0);
    return outside;
}

}  // namespace

TEST_CASE("each member of a family has a runbook of its own, with a name that is safe", "[runbook]") {
    const auto plan = compiled(
        "plan p\nsite main { zones a, b; provider \"../x $(y)\" }\nrole ops\nservice web { at main/a }\n"
        "procedure restart { recovers web; step go { by ops; takes 1m; restart web } }\n"
        "scenario lost \"A zone\" { fails any zone of main; detected after 1m; lasts 1h }\n"
        "scenario gone { fails any provider; detected after 1m; lasts 1h }\n");
    const Files files = runbooks_of(plan);
    check_scripts(files);
    CHECK(has(content(files, "runbooks/lost.main.a.sh"), "scenario='lost.main.a'\n"));
    CHECK(has(content(files, "runbooks/lost.main.b.md"), "A zone: main/b"));
    CHECK(has(content(files, "runbooks/README.md"), "(lost.main.a.md)"));
    CHECK(has(content(files, "runbooks/gone.---x---y-.sh"), "MUSTER"));
}

TEST_CASE("every scenario has a script and its twins, what moved has a way back, and all have one index", "[runbook]") {
    std::vector<std::string> paths;
    for (const File& file : runbooks_of(compiled(bookshop))) paths.push_back(file.path + (file.executable ? "*" : ""));
    CHECK(paths == std::vector<std::string>{"runbooks/region-outage.sh*", "runbooks/region-outage.md", "runbooks/region-outage.html",
                                            "runbooks/bad-migration.sh*", "runbooks/bad-migration.md", "runbooks/bad-migration.html",
                                            "runbooks/failback-region-outage.sh*", "runbooks/failback-region-outage.md",
                                            "runbooks/failback-region-outage.html", "runbooks/README.md", "runbooks/index.html"});
    CHECK(runbooks_of(compiled("plan empty")).empty());
}

TEST_CASE("scripts are clean under bash, shellcheck and shfmt", "[runbook]") { check_scripts(runbooks_of(compiled(bookshop))); }

TEST_CASE("typed actions become commands with context and namespace", "[runbook]") {
    const Files files = runbooks_of(compiled(bookshop));
    const std::string& script = content(files, "runbooks/region-outage.sh");
    CHECK(has(script, "  scale_workload 'deployment/shop' 3 kubectl --context='dr-usw2' --namespace='storefront'\n"));
    CHECK(has(script, "_precheck() {\n  have_workload 'deployment/shop' kubectl --context='dr-usw2' --namespace='storefront'\n}"));
    CHECK(has(script, "_undo() {\n  unscale_workload 'deployment/shop' kubectl --context='dr-usw2' --namespace='storefront'\n}"));
    CHECK(has(script, "  promote_postgres 'orders' postgres_in 'dr-usw2' 'storefront' 'statefulset/orders-db'\n"));
    CHECK(has(script, "[destroys]='makes standby of orders the primary, which cannot be undone: the old primary must not write again'"));
    CHECK(
        has(script, "[manual]='Point the DNS name orders-db.internal at site dr. Resolvers may keep the old answer for its TTL of 30s.'"));
    CHECK(has(script, "_ready() {\n  check_http 'https://shop.example.com/healthz'\n}"));
    CHECK(has(script, "[approve_by]='lead'"));
    CHECK(has(script, "  post_message MUSTER_WEBHOOK_INCIDENTS 'We'\\''re down: `$(reboot)`'\n"));
    CHECK(has(script, "[skip_question]='Is site main down?'\n    [skip_expected]='yes'"));
    CHECK(has(script, "[timeout_ms]='60000'"));
    CHECK(has(script, "questions=('MUSTER_TICKET')\nquestion_texts=('Which ticket?')\n"));
    CHECK(has(script, "<<'END_OF_TEXT'\nkubectl get pods -n \"$MUSTER_NAMESPACE\"\nEND_OF_TEXT\n"));
    CHECK(has(script, "services=('shop' 'orders-db')\nservice_rto_ms=('1800000' '1800000')\n"));
    CHECK(has(script, "service_rest_ms=('0' '30000')\nservice_steps=('activate-shop.tell' 'promote-db.repoint')\n"));
    CHECK(has(script, "declare -A pools=(['role:dba']=1)\n"));
    CHECK_FALSE(has(script, "fetch_backup"));
}

TEST_CASE("a restore fetches what the recovery model chose, from before the damage", "[runbook]") {
    const Files files = runbooks_of(compiled(bookshop));
    const std::string& script = content(files, "runbooks/bad-migration.sh");
    CHECK(has(script,
              "  file=$(fetch_backup s3 'harbour-backups' 'shop/nightly/orders/' \"${folder}\")\n"
              "  file=$(unpack_backup \"${file}\" 'gpg')\n"
              "  load_postgres \"${file}\" postgres_in 'prod-use1' 'storefront' 'statefulset/orders-db'\n"));
    CHECK(has(script, "  note_recovered 'orders'\n"));
    CHECK(has(script, "data_names=('orders')\ndata_rpo_ms=('300000')\n"));
    CHECK(has(script, "[destroys]='overwrites orders: what was written since the copy was made is lost, and cannot be brought back'"));
    CHECK(has(script, "questions=('MUSTER_TARGET_TIME')"));
    CHECK(has(script, "tools=('aws' 'gpg' 'kubectl')"));
}

TEST_CASE("the team's own command replaces the generated one", "[runbook]") {
    Compiled plan = compiled(bookshop);
    for (model::Step& step : plan.plan.steps)
        if (step.heading.name == "restore") step.own_command = "./restore.sh";
    const Files files = runbooks_of(plan);
    const std::string& script = content(files, "runbooks/bad-migration.sh");
    CHECK(has(script, "_action() {\n  run_text <<'END_OF_TEXT'\n./restore.sh\nEND_OF_TEXT\n}"));
    CHECK_FALSE(has(script, "fetch_backup"));
}

TEST_CASE("what is cut off is where it was active, and by a person where nothing is reached: never what takes over", "[runbook]") {
    const Files files = runbooks_of(compiled(R"drp(
plan clinic { }
site main { cluster "main" }
site dr { cluster "dr"; standby }
role dba
service records { at main active, dr standby; engine postgres 15; workload statefulset/records in clinic }
data patients { in records }
replica twin of patients { from main to dr; mode async; lag 30s }
procedure fail-over { recovers records
  step stop { by dba; takes 1m; fence records }
  step promote { by dba; on dr; takes 2m; promote twin of patients }
}
scenario site-lost { fails site main; detected after 0s; recover records with fail-over }
scenario stuck { fails service records; detected after 0s; recover records with fail-over }
)drp"));
    const std::string& lost = content(files, "runbooks/site-lost.sh");
    CHECK_FALSE(has(lost, "scale_workload 'statefulset/records'"));
    CHECK(has(lost, "Cut records off at site main, which is down"));
    CHECK(has(lost, "promote_postgres 'patients' postgres_in 'dr' 'clinic' 'statefulset/records'"));
    const std::string& stuck = content(files, "runbooks/stuck.sh");
    CHECK(has(stuck, "scale_workload 'statefulset/records' 0 kubectl --context='main' --namespace='clinic'"));
}

TEST_CASE("what a step turns to is in the runbook, and waits until it is turned to", "[runbook]") {
    std::string text(bookshop);
    text.replace(text.find("takes 1m; verify sql"), 9, "takes 1m; otherwise restore-db; retry 2 every 10s;");
    const Files files = runbooks_of(compiled(text));
    const std::string& script = content(files, "runbooks/region-outage.sh");
    check_scripts(files);
    CHECK(has(script, "[retries]='2'\n    [retry_ms]='10000'\n"));
    CHECK(has(script, "[otherwise]='restore-db'\n"));
    CHECK(has(script, "[name]='restore-db.restore'\n"));
    CHECK(has(script, "[instead]='restore-db'\n"));
    CHECK(has(script, "'promote-db.repoint restore-db.restore')"));
    const std::string& twin = content(files, "runbooks/region-outage.md");
    CHECK(twin.find("# Only where something fails") < twin.find(". restore-db.restore\n"));
    CHECK_FALSE(has(content(files, "runbooks/bad-migration.sh"), "[instead]="));
}

TEST_CASE("steps wait for what brings about what they need, in other procedures too", "[runbook]") {
    std::string text(bookshop);
    text.replace(text.find("step agree {"), 12, "step agree { requires orders-db;");
    const std::string script = content(runbooks_of(compiled(text)), "runbooks/region-outage.sh");
    const std::size_t agree = script.find("[name]='activate-shop.agree'");
    REQUIRE(agree != std::string::npos);
    CHECK(script.substr(agree, script.find("  )\n", agree) - agree).find("promote-db.repoint") != std::string::npos);
}

TEST_CASE("messages have their times, counted from the start of the clock", "[runbook]") {
    std::string text(bookshop);
    text.replace(text.find("text \"We're down"), 4, "on detection; every 30m until recovery; text");
    const std::string script = content(runbooks_of(compiled(text)), "runbooks/region-outage.sh");
    CHECK(has(script, "message_names=('outage' 'outage-2')\n"));
    CHECK(has(script, "message_webhooks=('MUSTER_WEBHOOK_INCIDENTS' 'MUSTER_WEBHOOK_INCIDENTS')\n"));
    CHECK(has(script, "message_every_ms=('' '1800000')\nmessage_until=('' 'recovery')\n"));
}

TEST_CASE("a shell text that is known to destroy something wants its name typed", "[runbook]") {
    Compiled plan = compiled(bookshop);
    const auto script_with = [&](const std::string& command) {
        for (model::Step& step : plan.plan.steps)
            if (step.heading.name == "start") step.action = model::Run{command, {}};
        return content(runbooks_of(plan), "runbooks/region-outage.sh");
    };
    CHECK(has(script_with("kubectl  delete pvc data"), "[destroys]='runs `kubectl delete`'"));
    CHECK(has(script_with("psql -c 'DROP TABLE t'"), "[destroys]='runs `drop table`'"));
    CHECK_FALSE(has(script_with("confirm -rf; kubectl get deleted; xdd if=a"), "[destroys]='runs"));
}

TEST_CASE("what no command is known for is asked of a person", "[runbook]") {
    Compiled plan = compiled(bookshop);
    for (model::Service& service : plan.plan.services) service.workload.reset(), service.checks.clear();
    const std::string script = content(runbooks_of(plan), "runbooks/region-outage.sh");
    CHECK(has(script, "[manual]='Scale shop to 3.'"));
    CHECK(has(script, "[manual]='Wait until service shop is available.'"));
    CHECK(has(script, "postgres_at MUSTER_DATABASE_ORDERS_DB\n"));
    CHECK(has(script, "variables=('MUSTER_DATABASE_ORDERS_DB')"));
}

TEST_CASE("the twin has the same steps for a person", "[runbook]") {
    const Files files = runbooks_of(compiled(bookshop));
    const std::string& twin = content(files, "runbooks/region-outage.md");
    CHECK(has(twin, "```bash\nkubectl --context='dr-usw2' --namespace='storefront' scale 'deployment/shop' --replicas=3\n```"));
    CHECK(has(twin, "```sql\nSELECT NOT pg_is_in_recovery()\n```"));
    CHECK(has(twin, "- **Who:** dba\n"));
    CHECK(has(twin, "    section promote-db\n"));
    CHECK(has(twin, " --> "));
    const std::string& index = content(files, "runbooks/README.md");
    CHECK(has(index, "| region-outage | site main fails | [region-outage.sh](region-outage.sh), [read](region-outage.md) |"));
    CHECK(has(index, "| db-down | orders-db | [region-outage](region-outage.md) |"));
}

TEST_CASE("hostile text stays data", "[runbook]") {
    const std::string evil =
        "'; touch pwned; $(touch pwned) `touch pwned` \" \\\n```\n# shellcheck disable=all\n}\n\x1b]0;x\a \xe2\x80\x9dx| <b>";
    Compiled plan = compiled(bookshop);
    model::Plan& p = plan.plan;
    p.heading.title = p.version = evil;
    for (model::Step& step : p.steps) {
        step.heading.title = step.only_if = evil;
        step.heading.notes = {evil};
        for (model::Probe& probe : step.verifications) probe.text = evil;
        if (auto* dns = step.action ? std::get_if<model::SwitchDns>(&*step.action) : nullptr) dns->name = evil;
        if (auto* run = step.action ? std::get_if<model::Run>(&*step.action) : nullptr) run->text = evil + "\nEND_OF_TEXT\n";
    }
    for (model::Site& site : p.sites) site.cluster = evil;
    for (model::Service& service : p.services) service.workload->in_namespace = service.workload->name = evil;
    for (model::Store& store : p.stores) store.location = evil;
    for (model::Message& message : p.messages) message.text = evil;
    for (model::Channel& channel : p.channels) channel.address = evil;
    for (model::Role& role : p.roles) role.heading.title = evil;
    for (model::Procedure& procedure : p.procedures)
        for (model::Question& question : procedure.asks) question.text = evil;
    for (model::Scenario& scenario : p.scenarios) scenario.heading.title = evil;
    const Files files = runbooks_of(plan);
    check_scripts(files);
    for (const File& file : files) {
        INFO(file.path);
        CHECK_FALSE(has(file.content, "\x1b"));
        if (file.path.ends_with(".html")) CHECK_FALSE(has(file.content, "<script"));
        else CHECK_FALSE(has(file.executable ? file.content : outside_fences(file.content), "\n# shellcheck disable=all"));
    }
}

TEST_CASE("what a runbook needs is named at its head", "[runbook]") {
    Compiled plan = compiled(bookshop);
    for (model::Step& step : plan.plan.steps)
        if (step.heading.name == "start") step.own_command = "helm upgrade shop ./chart";
        else if (step.heading.name == "agree") step.action = model::Apply{"infrastructure/shop.yaml"};
    const std::string script = content(runbooks_of(plan), "runbooks/region-outage.sh");
    CHECK(has(script, "tools=('curl' 'helm' 'kubectl')\n"));
    CHECK(has(script, "paths=('infrastructure/shop.yaml')\n"));
    CHECK(has(script, "contexts=('dr-usw2' 'prod-use1')\n"));
}

TEST_CASE("a moment to go back to is asked for only where a command uses it", "[runbook]") {
    Compiled plan = compiled(bookshop);
    const auto script_with = [&](const std::string& command) {
        for (model::Step& step : plan.plan.steps)
            if (step.heading.name == "restore") step.own_command = command;
        return content(runbooks_of(plan), "runbooks/bad-migration.sh");
    };
    CHECK(has(script_with("./restore.sh"), "questions=()"));
    CHECK(has(script_with("./restore.sh --to \"$MUSTER_TARGET_TIME\""), "questions=('MUSTER_TARGET_TIME')"));
}

TEST_CASE("the twin tells a person which context the plan's own commands need", "[runbook]") {
    const std::string twin = content(runbooks_of(compiled(bookshop)), "runbooks/region-outage.md");
    CHECK(has(twin, "Run (in kubectl's context prod-use1):\n\n```bash\nkubectl get pods"));
}

TEST_CASE("the twin's times are those of the estimate", "[runbook]") {
    const Compiled plan = compiled(bookshop);
    const Files files = runbooks_of(plan);
    const analysis::Instant as_of = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
    for (const analysis::Estimate& estimate : analysis::estimate_all(plan.plan, analysis::Schedules(plan.plan, as_of))) {
        const std::string& twin = content(files, "runbooks/" + plan.plan.scenarios[estimate.recovery.scenario].heading.name + ".md");
        const auto time = [&](support::Time at) {
            return at == support::never ? "unknown" : support::format_duration(at - estimate.clock);
        };
        for (const analysis::PlannedStep& step : estimate.schedule)
            CHECK(has(twin, "| " + time(step.end == support::never ? support::never : step.begin) + " | " + time(step.end) + " |\n"));
        for (const analysis::ServiceOutcome& service : estimate.services)
            if (service.rta && *service.rta > support::Time::zero())
                CHECK(has(twin, "| " + plan.plan.services[service.service].heading.name + " | 30m | " +
                                    support::format_duration(*service.rta) + " |"));
    }
}

TEST_CASE("where the copy is one that restic made, a person is told its repository", "[runbook]") {
    Compiled plan = compiled(bookshop);
    for (model::Copy& copy : plan.plan.copies)
        if (auto* backup = std::get_if<model::Backup>(&copy.means)) backup->tool = "restic";
    const std::string script = content(runbooks_of(plan), "runbooks/bad-migration.sh");
    CHECK(has(script, "restic --repo \\'s3:s3.amazonaws.com/harbour-backups/shop/nightly/orders\\' restore SNAPSHOT --host \\'nightly\\'"));
    CHECK_FALSE(has(script, "fetch_backup"));
}

TEST_CASE("the same plan makes the same runbooks", "[runbook]") {
    const Files a = runbooks_of(compiled(bookshop));
    const Files b = runbooks_of(compiled(bookshop));
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].content == b[i].content);
}
