#include "compiler/diagnostics/order.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace muster::diagnostics {
namespace {

using support::Time;

// How far the objective is missed; what has none comes after what has.
Time missed_by(const Diagnostic& d) {
    if (!d.target) return Time::min();
    return d.achieved ? *d.achieved - *d.target : support::never;
}

// What a finding is about, and what it names besides.
std::vector<Affected> affected(Diagnostic d) {
    std::vector<Affected> all{{std::move(d.subject), std::move(d.scenario), d.target, d.achieved}};
    all.insert(all.end(), std::make_move_iterator(d.also.begin()), std::make_move_iterator(d.also.end()));
    return all;
}

}  // namespace

bool does_more_damage(const Diagnostic& a, const Diagnostic& b) {
    const auto key = [](const Diagnostic& d) { return std::make_tuple(d.entry.severity, -d.urgency.count(), missed_by(d)); };
    return key(a) > key(b);
}

std::vector<Diagnostic> one_of_each_cause(std::vector<Diagnostic> findings) {
    std::sort(findings.begin(), findings.end(), stands_before);
    std::stable_sort(findings.begin(), findings.end(), does_more_damage);
    std::map<std::pair<Severity, std::string>, std::size_t> first;
    std::vector<Diagnostic> out;
    for (Diagnostic& d : findings) {
        const auto [known, fresh] = first.try_emplace({d.entry.severity, d.cause}, out.size());
        if (fresh || d.cause.empty()) {
            out.push_back(std::move(d));
            continue;
        }
        Diagnostic& head = out[known->second];
        const bool says_more = head.help.empty() && !d.help.empty();
        if (says_more) std::swap(d, head);
        const auto others = affected(std::move(d));
        head.also.insert(says_more ? head.also.begin() : head.also.end(), others.begin(), others.end());
    }
    return out;
}

std::optional<Affected> objective_of(const Diagnostic& d) {
    if (d.target) return Affected{d.subject, d.scenario, d.target, d.achieved};
    const auto other = std::find_if(d.also.begin(), d.also.end(), [](const Affected& one) { return one.target.has_value(); });
    return other == d.also.end() ? std::nullopt : std::optional(*other);
}

}  // namespace muster::diagnostics
