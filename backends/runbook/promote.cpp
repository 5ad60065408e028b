#include "backends/runbook/promote.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using model::Service;
using shell::quote;

// Where the replica runs: as the holder of the data does at the replica's site.
Where where_of_replica(const StepIn& in, const model::Promote& promote, Id<Service> holder) {
    Where where = where_of(in, holder);
    const auto& to = in.plan.copies[promote.replica].replica()->to;
    if (!to) return where;
    where.site = in.plan.sites[to->site].heading.name;
    where.cluster = in.plan.sites[to->site].cluster;
    return where;
}

// A server that is promoted already has nothing left to do, so that the step can be done again.
void promote_by(const std::string& data, const std::string& by_hand, const std::string& client, Work& work) {
    constexpr std::string_view sql = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, 60) ELSE true END";
    work.precheck += "  check_sql 'SELECT true' " + client + "\n";
    work.run(fmt::format("promote_postgres {} {}", quote(data), client));
    work.verify += "  check_sql 'SELECT NOT pg_is_in_recovery()' " + client + "\n";
    work.by_hand = fmt::format("{} \\\n  --command='{}'\n", by_hand, sql);
    work.check_by_hand = fmt::format("# It has to say t.\n{} --tuples-only \\\n  --command='SELECT NOT pg_is_in_recovery()'\n", by_hand);
}

void promote_postgres(const StepIn& in, const model::Promote& promote, Id<Service> holder, Work& work) {
    const std::string data = in.plan.data[promote.data].heading.name;
    const std::string workload = workload_of(in.plan.services[holder]);
    if (workload.empty()) return promote_by(data, "psql --dbname=CONNECTION", postgres_client(in, holder, work), work);
    const Where where = where_of_replica(in, promote, holder);
    promote_by(data, kubectl(where, work) + " exec " + quote(workload) + " -- psql --username=postgres",
               fmt::format("postgres_in {} {} {}", quote(where.cluster), quote(where.in_namespace), quote(workload)), work);
}

void promote_redis(const StepIn& in, const model::Promote& promote, Id<Service> holder, Work& work) {
    const Service& service = in.plan.services[holder];
    std::string client;
    if (workload_of(service).empty()) {
        const std::string variable = "MUSTER_DATABASE_" + variable_part(service.heading.name);
        work.variables.insert(variable), work.tools.insert("redis-cli");
        client = fmt::format("redis-cli -u \"${{{}}}\"", variable);
    } else {
        client = fmt::format("{} exec {} -- redis-cli", kubectl(where_of_replica(in, promote, holder), work), quote(workload_of(service)));
    }
    work.precheck += fmt::format("  {} PING\n", client);
    work.run(client + " REPLICAOF NO ONE");
    work.verify += fmt::format("  [[ \"$({} ROLE)\" == master* ]]\n", client);
    work.check_by_hand = fmt::format("# It has to say master.\n{} ROLE\n", client);
}

}  // namespace

void add_promote(const StepIn& in, const model::Promote& promote, Work& work) {
    const std::string by_hand = fmt::format("Promote {} to primary.", qualified_name(in.plan, promote.replica));
    const auto holder = holder_of(in.plan, promote.data);
    if (!holder) return work.ask_for(by_hand);
    const Service& service = in.plan.services[*holder];
    const bool is_redis = service.engine.starts_with("redis");
    if (!is_redis && !is_postgres(service)) return work.ask_for(by_hand);
    if (!workload_of(service).empty()) {
        const std::string why_not = why_not_in_pods(in, where_of_replica(in, promote, *holder), service);
        if (!why_not.empty()) return work.ask_for(by_hand + "\n" + why_not);
    }
    if (is_redis) promote_redis(in, promote, *holder, work);
    else promote_postgres(in, promote, *holder, work);
}

}  // namespace muster::backends::runbook
