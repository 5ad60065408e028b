#include "compiler/analysis/rules/cause.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/path.h"
#include "compiler/analysis/rules/wording.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

constexpr std::string_view word_of(CopyState state) {
    switch (state) {
        case CopyState::tainted: return "followed the damage";
        case CopyState::compromised: return "in the attacker's reach";
        case CopyState::expired: return "kept too short";
        case CopyState::lost: return "lost";
        case CopyState::usable: break;
    }
    return "usable";
}

}  // namespace

std::string what_is_left(const Plan& plan, const std::vector<CopyOutcome>& rows) {
    std::string text;
    for (const CopyState state : {CopyState::tainted, CopyState::compromised, CopyState::expired, CopyState::lost}) {
        std::vector<std::string> names;
        for (const CopyOutcome& row : rows)
            if (row.copy && row.state == state) names.push_back(name_of(plan, row));
        if (names.empty()) continue;
        const char* verb = state == CopyState::tainted ? "" : names.size() == 1 ? "is " : "are ";
        text += fmt::format("{}{} {}{}", text.empty() ? "" : "; ", list_of(names), verb, word_of(state));
    }
    return text;
}

bool leaves_nothing(const Plan& plan, const Estimate& e, Id<model::Dataset> data) {
    const auto& rows = e.recovery.copies[data.value];
    return rows.size() > 1 && !plan.data[data].rebuilt_in &&
           std::none_of(rows.begin(), rows.end(), [](const CopyOutcome& row) { return row.state == CopyState::usable; });
}

std::string no_copy_left(const Plan& plan, const std::vector<CopyOutcome>& rows) { return "no copy left: " + what_is_left(plan, rows); }

std::string cause_of_never(const Plan& plan, const Estimate& e, NodeId node) {
    const NodeId root = root_of_never(e.recovery.network, e.outlook, node);
    for (const Source& source : e.recovery.sources)
        if (e.recovery.steps[source.step.value] == root && leaves_nothing(plan, e, source.data))
            return no_copy_left(plan, e.recovery.copies[source.data.value]);
    return obstacle_at(plan, e.recovery, e.outlook, root);
}

}  // namespace muster::analysis::rules
