#include "backends/document/document.h"

#include <fmt/format.h>

#include "backends/document/sections.h"

namespace muster::backends::document {
namespace {

using page::plain;
using page::strong;

void field(page::Bullets& bullets, const std::string& label, const std::string& text) {
    if (!text.empty()) bullets.items.push_back({strong(label + ":"), plain(" " + text)});
}

std::string date(analysis::Instant instant) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(instant)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

void add_head(page::Page& page, const model::Plan& plan, analysis::Instant as_of) {
    page.add(page::Heading{1, page.title});
    page::Bullets bullets;
    field(bullets, "Version", plan.version);
    field(bullets, "Owner", plan.owner);
    field(bullets, "Approved by", plan.approved_by);
    field(bullets, "Reviewed", plan.reviewed);
    if (plan.review_every) field(bullets, "Reviewed every", support::format_duration(plan.review_every->value));
    field(bullets, "Frameworks", joined(plan.compliance, [](const std::string& one) { return one; }));
    if (plan.declaration)
        field(bullets, "Declares a disaster",
              fmt::format("{}, within {}", plan.roles[plan.declaration->by.value].heading.label(), written(plan.declaration->takes)));
    field(bullets, "Source", "SHA-256 " + plan.hash);
    field(bullets, "Calendar from", date(as_of));
    page.add(std::move(bullets));
    for (const std::string& note : plan.heading.notes) page.say(note);
}

}  // namespace

void add_table(page::Page& page, const std::string& title, page::Table table) {
    if (table.rows.empty()) return;
    page.add(page::Heading{2, title});
    page.add(std::move(table));
}

Files documents(const model::Plan& plan, const std::vector<analysis::Estimate>& estimates, analysis::Instant as_of) {
    page::Page page;
    page.title = "Recovery plan: " + plan.heading.label();
    add_head(page, plan, as_of);
    add_matrix(page, plan, estimates);
    add_people(page, plan);
    add_scenarios(page, plan, estimates);
    add_procedures(page, plan, estimates);
    add_services(page, plan);
    add_data(page, plan);
    add_calendar(page, plan, as_of);
    add_messages(page, plan);
    add_waivers(page, plan);
    add_checklists(page, plan);
    return {{"docs/plan.md", page::markdown(page), false, plan.heading.span},
            {"docs/plan.html", page::html(page), false, plan.heading.span}};
}

}  // namespace muster::backends::document
