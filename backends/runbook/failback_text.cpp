#include "backends/runbook/failback_text.h"

#include <fmt/format.h>

namespace muster::backends::runbook {
namespace {

bool joins(const model::Link& link, const MovedData& moved) {
    if (!link.a || !link.b) return false;
    return (link.a->value == moved.home.site && link.b->value == moved.away.site) ||
           (link.b->value == moved.home.site && link.a->value == moved.away.site);
}

}  // namespace

std::string shown(const model::Plan& plan, const model::Place& place) {
    const std::string& site = plan.sites[place.site].heading.name;
    return place.zone ? site + "/" + plan.zones[*place.zone].name : site;
}

std::string called(const model::Plan& plan, const MovedData& data) {
    const auto holder = holder_of(plan, data.data);
    const std::string& name = plan.data[data.data].heading.label();
    if (!holder) return name;
    const std::string workload = workload_of(plan.services[*holder]);
    return fmt::format("{} in {}{}", name, plan.services[*holder].heading.name, workload.empty() ? "" : " (" + workload + ")");
}

bool is_postgres_data(const model::Plan& plan, const MovedData& data) {
    const auto holder = holder_of(plan, data.data);
    return holder && is_postgres(plan.services[*holder]);
}

std::string how_to_seed(const model::Plan& plan, const MovedData& data) {
    std::string text = fmt::format("Make {} at {} a replica of the one at {}, which is the primary now.", called(plan, data),
                                   shown(plan, data.home), shown(plan, data.away));
    if (is_postgres_data(plan, data))
        text +=
            "\nWith the server there stopped and its data folder empty:\n"
            "  pg_basebackup --host=ADDRESS-OF-THE-PRIMARY --username=REPLICATION-USER --pgdata=\"$PGDATA\" \\\n"
            "    --write-recovery-conf --wal-method=stream --checkpoint=fast --progress\n"
            "Then start it. Where its old data folder is whole, and wal_log_hints or checksums were on, this copies less:\n"
            "  pg_rewind --target-pgdata=\"$PGDATA\" --source-server=CONNECTION --write-recovery-conf";
    else text += "\nWhat it holds from before the failover is thrown away: it is older, and may hold writes that nobody else has.";
    return text + "\nKeep what the old primary held aside until the review is done.";
}

std::optional<support::Said<model::Duration>> copying(const model::Plan& plan, const MovedData& moved) {
    const model::Dataset& data = plan.data[moved.data];
    std::optional<support::Rate> rate;
    if (data.restores_at) rate = data.restores_at->value;
    for (const model::Link& link : plan.links)
        if (link.bandwidth && joins(link, moved)) rate = rate ? support::slower(*rate, link.bandwidth->value) : link.bandwidth->value;
    if (!rate || !data.size) return std::nullopt;
    const auto time = std::chrono::ceil<std::chrono::seconds>(support::transfer_time(data.size->value, *rate));
    return support::Said<model::Duration>{model::Duration::exactly(time), data.heading.span};
}

std::string what_is_left(const model::Plan& plan, const Moved& moved) {
    std::string text;
    const auto line = [&](const std::string& what) { text += (text.empty() ? "" : "\n") + what; };
    if (!moved.data.empty()) line("Start a full backup at home, and see that the scheduled ones run there and not at the standby.");
    for (const Id<model::Step> id : moved.left)
        line(fmt::format("Undo what step {} did at the standby ({}).", qualified_name(plan, id), plan.steps[id].heading.label()));
    for (const Id<model::Site> site : moved.built)
        line(fmt::format("Site {} was provisioned for this: keep it, or take it down.", plan.sites[site].heading.name));
    return text;
}

}  // namespace muster::backends::runbook
