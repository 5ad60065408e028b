#include <fmt/format.h>

#include <map>

#include "backends/alerts/promql.h"
#include "backends/alerts/rules.h"
#include "backends/jobs/jobs.h"

namespace muster::backends::alerts {
namespace {

using jobs::Job;
using model::Plan;
using yaml::Value;

std::string_view word_of(const Job& job) {
    using enum Job::Kind;
    if (job.kind == backup) return "Backup";
    if (job.kind == log) return "Archive";
    return job.kind == verification ? "Verification" : "Drill";
}

std::string subject_of(const Plan& plan, const Job& job) {
    return job.copy ? qualified_name(plan, *job.copy) : plan.drills[*job.drill].heading.name;
}

// What stands by counts once its site has taken over.
std::string when_active(const Job& job, const std::string& expression) {
    if (!job.standby) return expression;
    const std::string selector = fmt::format("{{namespace={},cronjob={}}}", promql_quote(job.in_namespace), promql_quote(job.name));
    return fmt::format("({}) and on (namespace) kube_cronjob_spec_suspend{} == 0\n", expression, selector);
}

// Failed: a run that has failed began after the last success, or there was no success.
std::string failed_expression(const Job& job) {
    const std::string runs =
        fmt::format("{{namespace={},job_name=~{}}}", promql_quote(job.in_namespace), promql_quote(job.name + "-[0-9]+"));
    const std::string selector = fmt::format("{{namespace={},cronjob={}}}", promql_quote(job.in_namespace), promql_quote(job.name));
    return fmt::format(
        "max by (namespace) (kube_job_status_start_time{0} and on (namespace, job_name) kube_job_failed{1} == 1)\n"
        "unless on (namespace) (\n"
        "  max by (namespace) (kube_job_status_start_time{0} and on (namespace, job_name) kube_job_failed{1} == 1)\n"
        "  <= on (namespace) max by (namespace) (kube_cronjob_status_last_successful_time{2})\n"
        ")\n",
        runs, runs.substr(0, runs.size() - 1) + ",condition=\"true\"}", selector);
}

Value labels(const Job& job) {
    return Value::map({{"severity", job.kind == Job::Kind::backup || job.kind == Job::Kind::log ? "critical" : "warning"},
                       {"cronjob", job.name},
                       {"namespace", job.in_namespace},
                       {"site", job.site}});
}

void add_rules(const Plan& plan, const support::Sources& sources, const Job& job, Value& list) {
    const std::string word(word_of(job));
    const std::string subject = fmt::format("{} {}", word, subject_of(plan, job));
    const std::string source = template_text(jobs::place_of(sources, job.span));
    const std::string late = fmt::format("The last success of {} in namespace {} is older than {}: {}.", job.name, job.in_namespace,
                                         support::format_duration(job.overdue_after), job.overdue_as);
    list.add(
        rule(word + "Overdue", when_active(job, overdue_expression(job)), "0s", labels(job),
             Value::map({{"summary", template_text(subject + " is overdue")}, {"description", template_text(late)}, {"source", source}})));
    const std::string failed =
        fmt::format("The last run of {} in namespace {} failed. See: kubectl logs --namespace {} --selector app.kubernetes.io/instance={}",
                    job.name, job.in_namespace, job.in_namespace, job.name);
    list.add(
        rule(word + "Failed", when_active(job, failed_expression(job)), "0s", labels(job),
             Value::map({{"summary", template_text(subject + " failed")}, {"description", template_text(failed)}, {"source", source}})));
}

}  // namespace

// Overdue: the last success is too old; or there was none, and the CronJob has been there for that long; or there is no CronJob.
std::string overdue_expression(const Job& job) {
    const std::string selector = fmt::format("{{namespace={},cronjob={}}}", promql_quote(job.in_namespace), promql_quote(job.name));
    // Prometheus counts in seconds. Rounded up, so that a success of just that age is in time.
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(job.overdue_after).count();
    return fmt::format(
        "time() - kube_cronjob_status_last_successful_time{0} > {1}\n"
        "or (time() - kube_cronjob_created{0} > {1} unless on (namespace, cronjob) kube_cronjob_status_last_successful_time{0})\n"
        "or absent(kube_cronjob_created{0})\n",
        selector, seconds);
}

void add_job_rules(const Plan& plan, const support::Sources& sources, const jobs::Jobs& jobs, Rules& rules) {
    std::map<std::string, Value> by_site;
    for (const Job& job : jobs.all)
        if (!job.detector) add_rules(plan, sources, job, by_site.try_emplace(job.site, Value::list()).first->second);
    for (const auto& [site, list] : by_site) rules.groups.push_back(Value::map({{"name", "muster-scheduled-" + site}, {"rules", list}}));
}

}  // namespace muster::backends::alerts
