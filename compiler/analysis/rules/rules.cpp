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
        claim_refuted,
        within_exceeded,
        step_times_out,
        needed_while_stopped,
        loss_unknown,
        shell_mistakes,
    });
    return rules;
}

}  // namespace muster::analysis::rules
