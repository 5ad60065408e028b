#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "backends/alerts/promql.h"
#include "backends/alerts/rules.h"
#include "backends/jobs/jobs.h"
#include "compiler/analysis/detection.h"

namespace muster::backends::alerts {
namespace {

using model::Detector;
using model::Plan;
using model::Probe;
using support::Id;
using support::Time;
using yaml::Value;

std::vector<const model::Scenario*> found_by(const Plan& plan, Id<Detector> detector) {
    std::vector<const model::Scenario*> found;
    for (const model::Scenario& scenario : plan.scenarios) {
        const auto seeing = analysis::detectors_that_see(plan, scenario, analysis::impact_of(plan, scenario));
        if (std::find(seeing.begin(), seeing.end(), detector) != seeing.end()) found.push_back(&scenario);
    }
    return found;
}

// What is true while the detector finds something; empty where no query says that.
std::string expression_of(const Detector& detector) {
    if (!detector.check) return {};
    if (detector.check->how == Probe::How::promql) return detector.check->text;
    if (detector.check->how != Probe::How::http && detector.check->how != Probe::How::tcp) return {};
    // A target that is not probed at all has no value, and that is no success either.
    const std::string probe = "probe_success{instance=" + promql_quote(detector.check->text) + "}";
    return probe + " == 0 or absent(" + probe + ")";
}

std::string watched(const Plan& plan, const Detector& detector) {
    std::string names;
    for (const auto& thing : detector.watches) names += (names.empty() ? "" : ", ") + name_of(plan, thing.value);
    return names.empty() ? detector.heading.label() : names;
}

Value annotations(const Plan& plan, const support::Sources& sources, Id<Detector> id) {
    const Detector& detector = plan.detectors[id];
    std::string scenarios, runbooks;
    for (const model::Scenario* scenario : found_by(plan, id)) {
        scenarios += (scenarios.empty() ? "" : ", ") + scenario->heading.name;
        runbooks += (runbooks.empty() ? "" : ", ") + ("runbooks/" + scenario->file_name() + ".md");
    }
    const auto worst = analysis::worst_detection(detector);
    std::string description = detector.heading.notes.empty()
                                  ? watched(plan, detector) + " is down, as far as " + detector.heading.name + " sees."
                                  : detector.heading.notes.front();
    if (worst) description += fmt::format("\nFound after {} at the latest, the page included.", support::format_duration(*worst));
    Value made = Value::map({{"summary", template_text(detector.heading.label() + ": " + watched(plan, detector))},
                             {"description", template_text(description)}});
    made.set("scenarios", template_text(scenarios.empty() ? "none of the plan's" : scenarios));
    if (!runbooks.empty()) made.set("runbook", template_text(runbooks));
    return made.set("source", template_text(jobs::place_of(sources, detector.heading.span)));
}

Value rule_of(const Plan& plan, const support::Sources& sources, Id<Detector> id, const std::string& expression) {
    const Detector& detector = plan.detectors[id];
    const Time interval = detector.every ? detector.every->value : Time{0};
    const Time holds = detector.hold.planning() + (std::max<std::int64_t>(detector.threshold, 1) - 1) * interval;
    const Value labels = Value::map({{"severity", template_text(detector.severity.empty() ? "warning" : detector.severity)},
                                     {"detector", template_text(detector.heading.name)}});
    return rule(alert_name(detector.heading.title, detector.heading.name), expression, promql_duration(holds), labels,
                annotations(plan, sources, id));
}

// Where its Prometheus runs: as the plan says, else at the first site. A job runs at one of these.
std::set<std::string> sites_of(const Plan& plan, const Detector& detector) {
    std::set<std::string> sites;
    for (const auto& site : detector.at) sites.insert(plan.sites[site.value].heading.name);
    if (sites.empty()) sites.insert(plan.sites.empty() ? "default" : plan.sites.begin()->heading.name);
    return sites;
}

std::string why_left_out(const Detector& detector) {
    const std::string_view how = !detector.check                          ? "it has no check"
                                 : detector.check->how == Probe::How::sql ? "its check is SQL, which Prometheus does not run"
                                                                          : "its check is a command, which Prometheus does not run";
    return fmt::format("detector {}: {}", detector.heading.name, how);
}

}  // namespace

void add_detector_rules(const Plan& plan, const support::Sources& sources, const jobs::Jobs& jobs, Rules& rules) {
    std::map<std::pair<std::string, Time>, Value> by_site;
    for (const Id<Detector> id : plan.detectors.ids()) {
        const Detector& detector = plan.detectors[id];
        const auto job = std::ranges::find_if(jobs.all, [&](const jobs::Job& one) { return one.detector == id; });
        const std::string expression = job == jobs.all.end() ? expression_of(detector) : overdue_expression(*job);
        if (expression.empty()) {
            rules.left_out.push_back(why_left_out(detector));
            continue;
        }
        const Time interval = detector.every ? detector.every->value : Time{0};
        const std::set<std::string> sites = job == jobs.all.end() ? sites_of(plan, detector) : std::set<std::string>{job->site};
        for (const std::string& site : sites)
            by_site.try_emplace({site, interval}, Value::list()).first->second.add(rule_of(plan, sources, id, expression));
    }
    for (const auto& [place, list] : by_site) {
        const std::string each = place.second == Time{0} ? "" : promql_duration(place.second);
        Value group = Value::map({{"name", fmt::format("muster-detectors-{}{}{}", place.first, each.empty() ? "" : "-", each)}});
        if (!each.empty()) group.set("interval", each);
        rules.groups.push_back(group.set("rules", list));
    }
}

}  // namespace muster::backends::alerts
