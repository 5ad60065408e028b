#include "backends/alerts/alerts.h"

#include "backends/alerts/rules.h"
#include "backends/jobs/jobs.h"
#include "backends/jobs/names.h"

namespace muster::backends::alerts {
namespace {

using yaml::Value;

std::string remark_of(const Rules& rules) {
    std::string text =
        "What is scheduled is watched by what kube-state-metrics says of CronJobs and Jobs. A check by http or tcp\n"
        "is one that the blackbox exporter makes, with the address in the label `instance`.\n"
        "A group is for the Prometheus of the site in its name. At another site its alerts would always fire, since what they\n"
        "look for is not there.\n";
    if (!rules.left_out.empty()) text += "\nNot here, since no query of Prometheus says it:\n";
    for (const std::string& line : rules.left_out) text += "  " + line + "\n";
    return text;
}

Value operator_object(const model::Plan& plan, const Value& groups) {
    constexpr std::size_t hash_digits = 40;  // of 64, which a label does not hold
    const std::string name = jobs::object_name(plan.heading.name.empty() ? "plan" : plan.heading.name);
    const Value labels = Value::map({{"app.kubernetes.io/name", "alerts"},
                                     {"app.kubernetes.io/part-of", name},
                                     {"app.kubernetes.io/managed-by", "muster"},
                                     {"muster/plan-hash", plan.hash.substr(0, hash_digits)}});
    return Value::map(
        {{"apiVersion", "monitoring.coreos.com/v1"},
         {"kind", "PrometheusRule"},
         {"metadata",
          Value::map({{"name", jobs::object_name("muster-" + name)}, {"namespace", jobs::main_namespace(plan)}, {"labels", labels}})},
         {"spec", Value::map({{"groups", groups}})}});
}

}  // namespace

yaml::Value rule(const std::string& alert, const std::string& expression, const std::string& holds, Value labels, Value annotations) {
    return Value::map(
        {{"alert", alert}, {"expr", expression}, {"for", holds}, {"labels", std::move(labels)}, {"annotations", std::move(annotations)}});
}

std::vector<yaml::Document> documents(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of) {
    Rules rules;
    const jobs::Jobs jobs = jobs::jobs_of(plan, as_of);
    add_detector_rules(plan, sources, jobs, rules);
    add_job_rules(plan, sources, jobs, rules);
    add_copy_rules(plan, sources, rules);
    add_ending_rules(plan, sources, rules);
    if (rules.empty()) return {};
    const Value groups = Value::list(rules.groups);
    return {{Value::map({{"groups", groups}}), remark_of(rules)}, {operator_object(plan, groups), remark_of(rules)}};
}

Files alerts(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of) {
    const auto made = documents(plan, sources, as_of);
    if (made.empty()) return {};
    return {{"alerts/rules.yaml", yaml::write({made[0]}), false, plan.heading.span},
            {"alerts/prometheusrule.yaml", yaml::write({made[1]}), false, plan.heading.span}};
}

}  // namespace muster::backends::alerts
