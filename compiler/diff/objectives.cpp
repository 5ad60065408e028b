// Objectives as they hold, whatever they are inherited from.

#include <algorithm>
#include <array>

#include "compiler/diff/outcomes.h"

namespace muster::diff {
namespace {

using model::DisruptionKind;
using support::Id;

constexpr std::array kinds{DisruptionKind::hardware,   DisruptionKind::zone,   DisruptionKind::region, DisruptionKind::provider,
                           DisruptionKind::corruption, DisruptionKind::malice, DisruptionKind::people};
constexpr std::array<const char*, kinds.size()> kind_names{"hardware", "zone", "region", "provider", "corruption", "malice", "people"};

using Times = std::array<std::optional<Time>, kinds.size()>;

std::optional<Time> time_of(const std::optional<support::Said<Time>>& said) { return said ? std::optional(said->value) : std::nullopt; }

template <class T, class Of>
Times by_kind(const model::Plan& plan, Id<T> id, const Of& of) {
    Times times;
    for (std::size_t i = 0; i < kinds.size(); ++i) times[i] = time_of(of(plan, id, kinds[i]));
    return times;
}

Sense sense_of(const std::optional<Time>& before, const std::optional<Time>& after) {
    return after && (!before || *after < *before) ? Sense::tightened : Sense::loosened;
}

// One row for all kinds that change alike.
void add(std::vector<Objective>& out, const Objective& form, const Times& before, const Times& after) {
    const std::size_t first = out.size();
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (before[i] == after[i]) continue;
        auto row = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                                [&](const Objective& one) { return one.before == before[i] && one.after == after[i]; });
        if (row == out.end()) {
            row = out.insert(row, form);
            row->before = before[i];
            row->after = after[i];
            row->sense = sense_of(before[i], after[i]);
        }
        row->under.emplace_back(kind_names[i]);
    }
    if (out.size() == first + 1 && out.back().under.size() == kinds.size()) out.back().under.clear();
}

template <class T, class Of>
void compare(std::vector<Objective>& out, const Objective& form, const support::Table<T>& old_table, const support::Table<T>& new_table,
             const Side& before, const Side& after, const Renames& renames, const Of& of) {
    std::map<std::string, Id<T>> earlier;
    for (const auto id : old_table.ids()) earlier[renames.now(form.kind, old_table[id].heading.name)] = id;
    for (const auto id : new_table.ids()) {
        const auto was = earlier.find(new_table[id].heading.name);
        if (was == earlier.end()) continue;
        Objective objective = form;
        objective.subject = was->first;
        add(out, objective, by_kind(before.plan, was->second, of), by_kind(after.plan, id, of));
    }
}

}  // namespace

std::vector<Objective> changed_objectives(const Side& before, const Side& after, const Renames& renames) {
    std::vector<Objective> out;
    compare(out, {"RTO", "service", {}, {}, {}, {}, {}}, before.plan.services, after.plan.services, before, after, renames, model::rto_of);
    compare(out, {"RPO", "data", {}, {}, {}, {}, {}}, before.plan.data, after.plan.data, before, after, renames, model::rpo_of);
    return out;
}

}  // namespace muster::diff
