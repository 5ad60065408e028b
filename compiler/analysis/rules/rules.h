// What `check` looks for: one rule, one file, one row here.
#pragma once

#include <span>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/diagnostics/diagnostic.h"

namespace muster::analysis::rules {

// What every rule says its findings in.
using diagnostics::Diagnostic;
using diagnostics::Duration;
using diagnostics::Name;
using diagnostics::Words;

/// What every rule works on. The estimates are of all scenarios, in order of declaration.
struct Facts {
    const model::Plan& plan;
    const std::vector<Estimate>& estimates;
    const Schedules& schedules;
};

/// A rule reports what it finds and changes nothing.
using Rule = void (*)(const Facts& facts, diagnostics::Sink& sink);

void rto_missed(const Facts& facts, diagnostics::Sink& sink);
void plan_rto_missed(const Facts& facts, diagnostics::Sink& sink);
void rpo_missed(const Facts& facts, diagnostics::Sink& sink);
void rto_inversion(const Facts& facts, diagnostics::Sink& sink);
void dependency_cycle(const Facts& facts, diagnostics::Sink& sink);
void data_without_copy(const Facts& facts, diagnostics::Sink& sink);
void scenario_without_procedure(const Facts& facts, diagnostics::Sink& sink);
void restore_without_source(const Facts& facts, diagnostics::Sink& sink);
void procedure_not_chosen(const Facts& facts, diagnostics::Sink& sink);
void rests_on_profile(const Facts& facts, diagnostics::Sink& sink);
void far_from_measured(const Facts& facts, diagnostics::Sink& sink);
void time_unknown(const Facts& facts, diagnostics::Sink& sink);
void skew_missed(const Facts& facts, diagnostics::Sink& sink);
void claim_refuted(const Facts& facts, diagnostics::Sink& sink);
void within_exceeded(const Facts& facts, diagnostics::Sink& sink);
void step_times_out(const Facts& facts, diagnostics::Sink& sink);
void needed_while_stopped(const Facts& facts, diagnostics::Sink& sink);
void loss_unknown(const Facts& facts, diagnostics::Sink& sink);
void rpo_inversion(const Facts& facts, diagnostics::Sink& sink);
void tier_inversion(const Facts& facts, diagnostics::Sink& sink);
void objective_missing(const Facts& facts, diagnostics::Sink& sink);
void mtd_below_rto(const Facts& facts, diagnostics::Sink& sink);
void plan_objective_contradicted(const Facts& facts, diagnostics::Sink& sink);
void availability_unreachable(const Facts& facts, diagnostics::Sink& sink);
void policy_not_met(const Facts& facts, diagnostics::Sink& sink);
void copies_share_failure(const Facts& facts, diagnostics::Sink& sink);
void nothing_clean(const Facts& facts, diagnostics::Sink& sink);
void only_replicas(const Facts& facts, diagnostics::Sink& sink);
void log_without_base(const Facts& facts, diagnostics::Sink& sink);
void point_not_reachable(const Facts& facts, diagnostics::Sink& sink);
void run_overtaken(const Facts& facts, diagnostics::Sink& sink);
void retention_too_short(const Facts& facts, diagnostics::Sink& sink);
void key_kept_with_data(const Facts& facts, diagnostics::Sink& sink);
void archive_without_interval(const Facts& facts, diagnostics::Sink& sink);
void copy_not_encrypted(const Facts& facts, diagnostics::Sink& sink);
void one_person_needed(const Facts& facts, diagnostics::Sink& sink);
void never_back(const Facts& facts, diagnostics::Sink& sink);
void better_copy_unused(const Facts& facts, diagnostics::Sink& sink);
void copy_never_tested(const Facts& facts, diagnostics::Sink& sink);
void tested_too_seldom(const Facts& facts, diagnostics::Sink& sink);
void external_without_fallback(const Facts& facts, diagnostics::Sink& sink);
void single_point_of_failure(const Facts& facts, diagnostics::Sink& sink);
void nobody_outside_hours(const Facts& facts, diagnostics::Sink& sink);
void never_decrypted(const Facts& facts, diagnostics::Sink& sink);
void untouched(const Facts& facts, diagnostics::Sink& sink);
void store_never_written(const Facts& facts, diagnostics::Sink& sink);
void procedure_never_called(const Facts& facts, diagnostics::Sink& sink);
void role_unreachable(const Facts& facts, diagnostics::Sink& sink);
void copy_never_restored(const Facts& facts, diagnostics::Sink& sink);
void no_detector(const Facts& facts, diagnostics::Sink& sink);
void shell_mistakes(const Facts& facts, diagnostics::Sink& sink);
void by_hand_by_nobody(const Facts& facts, diagnostics::Sink& sink);
void unattended_without_timeout(const Facts& facts, diagnostics::Sink& sink);
void restored_unchecked(const Facts& facts, diagnostics::Sink& sink);
void limit_beyond_rto(const Facts& facts, diagnostics::Sink& sink);
void dns_without_ttl(const Facts& facts, diagnostics::Sink& sink);
void destroys_unapproved(const Facts& facts, diagnostics::Sink& sink);
void empty_instruction(const Facts& facts, diagnostics::Sink& sink);
void urgent_not_drilled(const Facts& facts, diagnostics::Sink& sink);
void practice_overdue(const Facts& facts, diagnostics::Sink& sink);
void drill_too_slow(const Facts& facts, diagnostics::Sink& sink);
void review_overdue(const Facts& facts, diagnostics::Sink& sink);
void framework_test_missed(const Facts& facts, diagnostics::Sink& sink);

/// Every rule, in the order in which they run.
[[nodiscard]] std::span<const Rule> all();

}  // namespace muster::analysis::rules
