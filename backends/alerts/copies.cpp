#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "backends/alerts/promql.h"
#include "backends/alerts/rules.h"
#include "backends/jobs/home.h"
#include "backends/jobs/jobs.h"
#include "backends/jobs/names.h"
#include "backends/jobs/tools.h"
#include "compiler/analysis/copies.h"

namespace muster::backends::alerts {
namespace {

using model::Copy;
using model::Plan;
using support::format_duration;
using support::Id;
using support::Time;
using yaml::Value;

// What an exporter says of how far a replica is behind, in seconds, and whether it says so of the replica or of its primary.
struct Metric {
    std::string_view engine;
    std::string_view name;
    bool of_primary;
};
constexpr std::array<Metric, 3> lags{{{"postgres", "pg_replication_lag_seconds", false},
                                      {"mysql", "mysql_slave_status_seconds_behind_master", false},
                                      {"redis", "redis_connected_slave_lag_seconds", true}}};

struct Watching {
    const Plan& plan;
    const support::Sources& sources;
    Rules& rules;
    std::map<std::string, Value> by_site;

    void add(const std::string& site, Value rule) { by_site.try_emplace(site, Value::list()).first->second.add(std::move(rule)); }
    void leave_out(Id<Copy> id, const std::string& why) {
        rules.left_out.push_back(fmt::format("{} {}: {}", plan.copies[id].kind_name(), qualified_name(plan, id), why));
    }
};

// The first service in Kubernetes that holds data of `copy` and says its engine.
const model::Service* holder_of(const Plan& plan, const Copy& copy) {
    for (const auto& data : copy.of)
        for (const auto& holder : plan.data[data.value].in) {
            const model::Service& service = plan.services[holder.value];
            if (service.workload && service.workload->kind != "managed" && !service.workload->in_namespace.empty() &&
                !service.engine.empty())
                return &service;
        }
    return nullptr;
}

std::string selector_of(const model::Service& service) {
    return "{namespace=" + promql_quote(jobs::object_name(service.workload->in_namespace)) + "}";
}

// The smallest RPO of the data under what a replica is for: that something is gone, not that it is damaged.
std::optional<Time> smallest_rpo(const Plan& plan, const Copy& copy) {
    using enum model::DisruptionKind;
    std::optional<Time> smallest;
    for (const auto& data : copy.of)
        for (const auto kind : {hardware, zone, region, provider})
            if (const auto rpo = model::rpo_of(plan, data.value, kind)) smallest = std::min(smallest.value_or(rpo->value), rpo->value);
    return smallest;
}

// Above a number of seconds, or not measured at all.
std::string above(const std::string& metric, Time limit) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(limit).count();
    return fmt::format("max by (namespace) ({0}) > {1}\nor absent({0})\n", metric, seconds);
}

Value annotations(const Watching& in, Id<Copy> id, const std::string& summary, const std::string& description) {
    return Value::map({{"summary", template_text(summary)},
                       {"description", template_text(description)},
                       {"source", template_text(jobs::place_of(in.sources, in.plan.copies[id].heading.span))}});
}

Value labels(const Watching& in, Id<Copy> id, const std::string& severity) {
    return Value::map({{"severity", severity}, {"copy", template_text(qualified_name(in.plan, id))}});
}

void add_lag(Watching& in, Id<Copy> id, const std::string& site, const std::string& metric) {
    const Copy& copy = in.plan.copies[id];
    const std::string name = qualified_name(in.plan, id);
    const auto lag = analysis::worst_lag(*copy.replica());
    if (lag) {
        const std::string text = fmt::format(
            "The plan reckons with {} at most: what it says of the data loss no longer holds, or nothing "
            "measures it.",
            format_duration(*lag));
        in.add(site, rule("ReplicationLag", above(metric, *lag), "1m", labels(in, id, "warning"),
                          annotations(in, id, fmt::format("replica {} is behind", name), text)));
    }
    const auto rpo = smallest_rpo(in.plan, copy);
    if (!rpo || (lag && *rpo <= *lag)) return;
    const std::string text =
        fmt::format("It is further behind than the RPO of its data, {}: promoting it now would miss it.", format_duration(*rpo));
    in.add(site, rule("ReplicationLagBeyondRpo", above(metric, *rpo), "0s", labels(in, id, "critical"),
                      annotations(in, id, fmt::format("replica {} is behind by more than the RPO", name), text)));
}

void add_replica(Watching& in, Id<Copy> id) {
    const model::Replica& replica = *in.plan.copies[id].replica();
    const model::Service* service = holder_of(in.plan, in.plan.copies[id]);
    if (service == nullptr) return in.leave_out(id, "no service in Kubernetes that says its engine holds its data");
    const auto metric = std::ranges::find_if(lags, [&](const Metric& one) { return service->engine.starts_with(one.engine); });
    if (metric == lags.end()) return in.leave_out(id, "no metric is known that says how far " + service->engine + " is behind");
    if (!analysis::worst_lag(replica) && !smallest_rpo(in.plan, in.plan.copies[id]))
        return in.leave_out(id, "neither its lag nor an RPO is said");
    const auto& place = metric->of_primary ? replica.from : replica.to;
    const std::string site = place ? in.plan.sites[place->site].heading.name : jobs::home_of(in.plan, in.plan.copies[id]).site;
    add_lag(in, id, site, std::string(metric->name) + selector_of(*service));
}

void add_archive(Watching& in, Id<Copy> id) {
    const Copy& copy = in.plan.copies[id];
    const model::Service* service = holder_of(in.plan, copy);
    const auto age = analysis::worst_age(*copy.archive());
    if (!age) return in.leave_out(id, "it has no interval, so no age of it is too great");
    if (service == nullptr || !service->engine.starts_with("postgres"))
        return in.leave_out(id, "only of a PostgreSQL in Kubernetes is a metric known that says when its log was shipped");
    const std::string name = qualified_name(in.plan, id);
    const std::string metric = "pg_stat_archiver_last_archive_age" + selector_of(*service);
    const std::string text = fmt::format(
        "The last segment of its log was shipped longer ago than {}: interval {} + upload {}. What was "
        "written since is lost with the database. A database without any activity ships nothing.",
        format_duration(*age), format_duration(copy.archive()->every->value), format_duration(copy.archive()->upload.planning()));
    in.add(jobs::home_of(in.plan, copy).site, rule("ArchiveOverdue", above(metric, *age), "0s", labels(in, id, "critical"),
                                                   annotations(in, id, fmt::format("archive {} is overdue", name), text)));
}

}  // namespace

void add_copy_rules(const Plan& plan, const support::Sources& sources, Rules& rules) {
    Watching in{plan, sources, rules, {}};
    for (const Id<Copy> id : plan.copies.ids()) {
        if (plan.copies[id].replica() != nullptr) add_replica(in, id);
        // Of what a job ships that job is watched.
        if (const auto* archive = plan.copies[id].archive(); archive != nullptr && !jobs::shipped_by_job(*archive)) add_archive(in, id);
    }
    for (const auto& [site, list] : in.by_site) rules.groups.push_back(Value::map({{"name", "muster-copies-" + site}, {"rules", list}}));
}

}  // namespace muster::backends::alerts
