#include "compiler/analysis/rules/rules.h"

#include <array>

namespace muster::analysis::rules {

std::span<const Rule> all() {
    static constexpr auto rules = std::to_array<Rule>({
        rto_missed,
        plan_rto_missed,
        rpo_missed,
        rto_inversion,
        dependency_cycle,
        data_without_copy,
        scenario_without_procedure,
        restore_without_source,
        procedure_not_chosen,
        time_unknown,
        skew_missed,
        rests_on_profile,
        far_from_measured,
        claim_refuted,
        within_exceeded,
        step_times_out,
        needed_while_stopped,
        loss_unknown,
        policy_not_met,
        copies_share_failure,
        nothing_clean,
        only_replicas,
        log_without_base,
        point_not_reachable,
        run_overtaken,
        retention_too_short,
        key_kept_with_data,
        archive_without_interval,
        copy_not_encrypted,
        one_person_needed,
        never_back,
        better_copy_unused,
        copy_never_tested,
        tested_too_seldom,
        external_without_fallback,
        shell_mistakes,
    });
    return rules;
}

}  // namespace muster::analysis::rules
