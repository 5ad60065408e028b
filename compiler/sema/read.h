// The second pass: the clauses of each kind of declaration.
#pragma once

#include "compiler/sema/reader.h"

namespace muster::sema {

/// Each of these reads the block of `clause` into a declaration that the first pass has made and named. Where a declaration is
/// asked for by id, reading it makes others too (zones, domains, steps).
void read_plan(const ast::Clause& clause, Context& context);
void read_tier(const ast::Clause& clause, model::Tier& tier, Context& context);
void read_site(const ast::Clause& clause, Id<model::Site> id, Context& context);
void read_tool(const ast::Clause& clause, model::Tool& tool, Context& context);
void read_external(const ast::Clause& clause, model::External& external, Context& context);
void read_role(const ast::Clause& clause, model::Role& role, Context& context);
void read_channel(const ast::Clause& clause, model::Channel& channel, Context& context);
void read_message(const ast::Clause& clause, model::Message& message, Context& context);
void read_duty(const ast::Clause& clause, model::Duty& duty, Context& context);
void read_service(const ast::Clause& clause, model::Service& service, Context& context);
void read_data(const ast::Clause& clause, model::Dataset& data, Context& context);
void read_store(const ast::Clause& clause, model::Store& store, Context& context);
void read_copy(const ast::Clause& clause, model::Copy& copy, Context& context);
void read_detector(const ast::Clause& clause, model::Detector& detector, Context& context);
void read_procedure(const ast::Clause& clause, Id<model::Procedure> id, Context& context);
void read_scenario(const ast::Clause& clause, model::Scenario& scenario, Context& context);
void read_profile(const ast::Clause& clause, model::Profile& profile, Context& context);
void read_drill(const ast::Clause& clause, model::Drill& drill, Context& context);
void read_contact(const ast::Clause& clause, model::Contact& contact, Context& context);
void read_checklist(const ast::Clause& clause, model::Checklist& checklist, Context& context);
void read_expectation(const ast::Clause& clause, model::Expectation& expectation, Context& context);
void read_what_if(const ast::Clause& clause, model::WhatIf& what_if, Context& context);
void read_link(const ast::Clause& clause, model::Link& link, Context& context);
void read_secret(const ast::Clause& clause, model::Secret& secret, Context& context);
void read_classification(const ast::Clause& clause, model::Classification& classification, Context& context);

/// Reads the block of a `policy` clause.
[[nodiscard]] model::CopyPolicy read_policy(Reader& reader);

/// Which kind of disruption `scenario` is: the gravest of what it does.
[[nodiscard]] model::DisruptionKind kind_of_scenario(const model::Plan& plan, const model::Scenario& scenario);

/// Reads a step's own clauses, not its place in the order.
void read_step(const ast::Clause& clause, model::Step& step, Context& context);

/// Reads an action off `reader`, which stands behind its first word, `keyword`.
[[nodiscard]] std::optional<model::Action> read_action(const std::string& keyword, Reader& reader);

}  // namespace muster::sema
