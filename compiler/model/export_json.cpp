#include "compiler/model/export_json.h"

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {
namespace {

std::string date(const std::chrono::year_month_day& day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

// What the plan says of itself, after what every document says of it.
ordered_json plan_json(const Exporter& all) {
    constexpr std::array<std::string_view, 3> clocks{"disruption", "detection", "declaration"};
    const Plan& plan = all.plan;
    Entry entry(all);
    entry.put("name", std::string_view(plan.heading.name)).put("title", plan.heading.title);
    entry.put("notes", plan.heading.notes).put("see", plan.heading.see).at(plan.heading.span);
    entry.put("version", plan.version).put("owner", plan.owner).put("approved_by", plan.approved_by).put("reviewed", plan.reviewed);
    entry.put("review_every_ms", plan.review_every).put("count_retries", plan.count_retries);
    entry.put("timezone", plan.timezone).put("clock_from", clocks.at(static_cast<std::size_t>(plan.clock)));
    if (plan.declaration) entry.put("declaration", Entry(all).put("by", plan.declaration->by).put("takes", plan.declaration->takes).done());
    entry.put("profiles", plan.in_force).put("unsound_backups", plan.unsound);
    return entry.put("compliance", plan.compliance).put("objectives", json_of(all, plan.objectives)).done();
}

}  // namespace

static ordered_json json_of(const Exporter& all, const Waiver& value) {
    return Entry(all)
        .put("code", value.code)
        .put("subject", value.subject)
        .put("until", date(value.until))
        .put("because", value.because)
        .at(value.span)
        .done();
}

ordered_json document_of(const Plan& plan, const support::Sources* positions) {
    const Exporter all{plan, positions};
    Entry out(all);
    out.put("plan", plan_json(all)).put("waivers", plan.waivers).put("tiers", plan.tiers);
    out.put("domains", plan.domains).put("sites", plan.sites);
    out.put("roles", plan.roles);
    out.put("channels", plan.channels).put("contacts", plan.contacts).put("tools", plan.tools);
    out.put("services", plan.services).put("externals", plan.externals);
    out.put("links", plan.links).put("secrets", plan.secrets).put("classifications", plan.classifications);
    out.put("data", plan.data).put("stores", plan.stores).put("copies", plan.copies);
    out.put("detectors", plan.detectors).put("procedures", plan.procedures).put("scenarios", plan.scenarios);
    out.put("messages", plan.messages);
    out.put("drills", plan.drills).put("duties", plan.duties).put("checklists", plan.checklists);
    out.put("expectations", plan.expectations).put("what_ifs", plan.what_ifs).put("profiles", plan.profiles);
    return out.done();
}

std::string render_json(const Plan& plan, const diagnostics::Provenance& provenance, const support::Sources* positions) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}}};
    ordered_json document = document_of(plan, positions);
    out["plan"].update(document["plan"]);
    document.erase("plan");
    out.update(document);
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::model
