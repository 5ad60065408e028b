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

Affected affected(Diagnostic d) { return {std::move(d.subject), std::move(d.scenario), d.target, d.achieved}; }

}  // namespace

bool does_more_damage(const Diagnostic& a, const Diagnostic& b) {
    const auto key = [](const Diagnostic& d) { return std::make_tuple(d.entry.severity, -d.urgency.count(), missed_by(d)); };
    return key(a) > key(b);
}

std::vector<Diagnostic> one_of_each_cause(std::vector<Diagnostic> findings) {
    std::sort(findings.begin(), findings.end(), stands_before);
    std::stable_sort(findings.begin(), findings.end(), does_more_damage);
    std::map<std::tuple<std::string_view, Severity, std::string>, std::size_t> first;
    std::vector<Diagnostic> out;
    for (Diagnostic& d : findings) {
        const auto [known, fresh] = first.try_emplace({d.entry.code, d.entry.severity, d.cause}, out.size());
        if (fresh || d.cause.empty()) out.push_back(std::move(d));
        else out[known->second].also.push_back(affected(std::move(d)));
    }
    return out;
}

}  // namespace muster::diagnostics
