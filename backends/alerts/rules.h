// Alert rules as values: of detectors, and of what runs on a schedule.
#pragma once

#include <string>
#include <vector>

#include "backends/jobs/jobs.h"
#include "backends/yaml/value.h"
#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::backends::alerts {

/// Groups of rules, and what the plan wants watched that Prometheus cannot see.
struct Rules {
    std::vector<yaml::Value> groups;
    std::vector<std::string> left_out;  ///< one line each

    [[nodiscard]] bool empty() const { return groups.empty(); }
};

/// The rules of the detectors of `plan`, in a group for each interval. An alert holds for hold + (threshold - 1) × interval before
/// it fires, and names the scenarios that it finds. A check by http or tcp becomes one of what the blackbox exporter says of it.
/// A check by a command or SQL is a job, and finds something while the last success of that is too old.
void add_detector_rules(const model::Plan& plan, const support::Sources& sources, const jobs::Jobs& jobs, Rules& rules);

/// The rules of the scheduled jobs: overdue, and failed. They read what kube-state-metrics says of CronJobs and Jobs.
void add_job_rules(const model::Plan& plan, const support::Sources& sources, const jobs::Jobs& jobs, Rules& rules);

/// What is true while the last success of `job` is too old, there never was one, or there is no CronJob.
[[nodiscard]] std::string overdue_expression(const jobs::Job& job);

/// The rules of replicas and archives, in a group for each site: further behind than the plan reckons with, further than the RPO, a log
/// that is not shipped. They read what the exporters of PostgreSQL, MySQL and Redis say, by the label `namespace`.
void add_copy_rules(const model::Plan& plan, const support::Sources& sources, Rules& rules);

/// The rules of what ends on a day: secrets that expire or are due to be rotated, and the certificates of what is checked by https.
void add_ending_rules(const model::Plan& plan, const support::Sources& sources, Rules& rules);

/// A rule of Prometheus. `labels` and `annotations` are maps of texts, taken as they stand.
[[nodiscard]] yaml::Value rule(const std::string& alert, const std::string& expression, const std::string& holds, yaml::Value labels,
                               yaml::Value annotations);

}  // namespace muster::backends::alerts
