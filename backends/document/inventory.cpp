#include <fmt/format.h>

#include <array>

#include "backends/document/sections.h"

namespace muster::backends::document {
namespace {

using model::Plan;
using page::plain;
using support::format_duration;

std::string place(const Plan& plan, const model::Place& place) {
    const std::string& site = plan.sites[place.site].heading.name;
    return place.zone ? site + "/" + plan.zones[*place.zone].name : site;
}

std::string placements(const Plan& plan, const model::Service& service) {
    return joined(service.placements,
                  [&](const model::Placement& one) { return place(plan, one.place) + (one.standby ? " (standby)" : ""); });
}

std::string needs(const Plan& plan, const model::Service& service) {
    return joined(service.needs, [&](const model::Alternatives& any) {
        std::string text;
        for (const auto& said : any) text += (text.empty() ? "" : " or ") + name_of(plan, said.value);
        return text;
    });
}

std::string domain(const Plan& plan, const std::optional<support::Id<model::Domain>>& id) {
    return id ? plan.domains[*id].name : std::string();
}

page::Table sites(const Plan& plan) {
    constexpr std::array<std::string_view, 4> standby{"active", "hot standby", "warm standby", "cold standby"};
    page::Table table{{"site", "provider", "region", "cluster", ""}, {}};
    for (const model::Site& site : plan.sites)
        table.rows.push_back({{plain(site.heading.label())},
                              {plain(domain(plan, site.provider))},
                              {plain(domain(plan, site.region))},
                              {plain(site.cluster)},
                              {plain(std::string(standby.at(static_cast<std::size_t>(site.standby))))}});
    return table;
}

std::string kept(const Plan& plan, const std::vector<model::Retention>& all) {
    constexpr std::array<std::string_view, 6> grades{"", "hourly ", "daily ", "weekly ", "monthly ", "yearly "};
    return joined(all, [&](const model::Retention& one) {
        return fmt::format("{}{}{}", grades.at(static_cast<std::size_t>(one.grade)),
                           one.length ? format_duration(*one.length) : std::string("forever"),
                           one.in ? " in " + plan.stores[*one.in].heading.name : std::string());
    });
}

std::string tested(const std::vector<model::Verification>& all) {
    constexpr std::array<std::string_view, 3> how{"restored", "checksum", "listed"};
    return joined(all, [&](const model::Verification& one) {
        return fmt::format("{}{}", how.at(static_cast<std::size_t>(one.how)), one.schedule ? " " + one.schedule->written : std::string());
    });
}

std::string stores(const Plan& plan, const std::vector<model::Destination>& all) {
    return joined(all, [&](const model::Destination& one) {
        return plan.stores[one.store].heading.name + (one.after ? " after " + format_duration(*one.after) : std::string());
    });
}

// When, where to, kept, encrypted, tested.
std::array<std::string, 5> about(const Plan& plan, const model::Copy& copy) {
    if (const auto* backup = copy.backup())
        return {backup->schedule ? backup->schedule->written : std::string(), stores(plan, backup->to), kept(plan, backup->keep),
                backup->encrypted_with, tested(backup->verifications)};
    if (const auto* archive = copy.archive())
        return {archive->every ? "every " + format_duration(archive->every->value) : std::string("when a segment is full"),
                stores(plan, archive->to), kept(plan, archive->keep), archive->encrypted_with, tested(archive->verifications)};
    if (const auto* replica = copy.replica()) {
        const std::string lag = replica->synchronous ? "at once"
                                : replica->lag       ? "lag " + written(replica->lag->value)
                                                     : std::string("lag not known");
        return {lag, replica->to ? place(plan, *replica->to) : std::string(), {}, {}, {}};
    }
    return {"each push", joined(copy.repository()->in, [&](const auto& said) { return plan.stores[said.value].heading.name; }), {}, {}, {}};
}

page::Table copies(const Plan& plan) {
    page::Table table{{"data", "copy", "made", "where", "kept", "encrypted", "tested"}, {}};
    for (const model::Copy& copy : plan.copies) {
        const auto all = about(plan, copy);
        std::vector<page::Line> row{{plain(joined(copy.of, [&](const auto& said) { return plan.data[said.value].heading.name; }))},
                                    {plain(fmt::format("{} ({})", copy.heading.name, copy.kind_name()))}};
        for (const std::string& one : all) row.push_back({plain(one)});
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

void add_services(page::Page& page, const Plan& plan) {
    page::Table table{{"service", "tier", "where", "workload", "needs"}, {}};
    for (const model::Service& service : plan.services)
        table.rows.push_back({{plain(service.heading.label())},
                              {plain(service.tier ? plan.tiers[service.tier->value].heading.label() : std::string("none"))},
                              {plain(placements(plan, service))},
                              {plain(service.workload ? service.workload->kind + "/" + service.workload->name : std::string())},
                              {plain(needs(plan, service))}});
    add_table(page, "Where it runs", sites(plan));
    add_table(page, "What runs", std::move(table));
}

void add_data(page::Page& page, const Plan& plan) {
    page::Table table{{"data", "in", "size", "changes", "class", "kept by law or rule"}, {}};
    for (const model::Dataset& data : plan.data)
        table.rows.push_back({{plain(data.heading.label())},
                              {plain(joined(data.in, [&](const auto& said) { return plan.services[said.value].heading.label(); }))},
                              {plain(data.size ? support::format_size(data.size->value) : std::string("not known"))},
                              {plain(data.changes ? support::format_rate(data.changes->value) : std::string("not known"))},
                              {plain(joined(data.classes, [](const std::string& one) { return one; }))},
                              {plain(data.retained ? format_duration(data.retained->value) : std::string())}});
    add_table(page, "Data", std::move(table));
    add_table(page, "Copies", copies(plan));
}

}  // namespace muster::backends::document
