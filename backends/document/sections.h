// The sections of the document. Each adds itself to the page, or nothing where the plan has nothing of it.
#pragma once

#include <vector>

#include "backends/page/page.h"
#include "compiler/analysis/estimate.h"

namespace muster::backends::document {

using Estimates = std::vector<analysis::Estimate>;

/// Per scenario and service RTO and RTA, per scenario and data RPO and RPA, each with its verdict.
void add_matrix(page::Page& page, const model::Plan& plan, const Estimates& estimates);
/// Each scenario: what happens, how often, how it is found, what is followed and where its runbook is.
void add_scenarios(page::Page& page, const model::Plan& plan, const Estimates& estimates);
/// What no scenario, detector or drill turns to: its steps, with their commands.
void add_procedures(page::Page& page, const model::Plan& plan, const Estimates& estimates);
/// Sites and services.
void add_services(page::Page& page, const model::Plan& plan);
/// Data, and every copy of it: when it is made, where to, how long it is kept, how it is tested.
void add_data(page::Page& page, const model::Plan& plan);
/// Roles, contacts and channels.
void add_people(page::Page& page, const model::Plan& plan);
/// Drills, duties, verifications, the review of the plan, and secrets that end, by date from `as_of`.
void add_calendar(page::Page& page, const model::Plan& plan, analysis::Instant as_of);
/// Checklists, one on a sheet, to tick off.
void add_checklists(page::Page& page, const model::Plan& plan);
/// The texts of messages, and when they are sent.
void add_messages(page::Page& page, const model::Plan& plan);
/// What is knowingly left as it is, why, and until when.
void add_waivers(page::Page& page, const model::Plan& plan);

/// Adds a heading and `table`, unless the table has no rows.
void add_table(page::Page& page, const std::string& title, page::Table table);

/// The names of `all`, as `name` gives them, with commas.
template <class Said, class Name>
std::string joined(const std::vector<Said>& all, const Name& name) {
    std::string text;
    for (const Said& one : all) text += (text.empty() ? "" : ", ") + std::string(name(one));
    return text;
}

}  // namespace muster::backends::document
