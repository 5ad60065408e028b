#include <fmt/format.h>

#include "compiler/mend/mend.h"

namespace muster::mend {
namespace {

using support::format_duration;

// A change goes to a shell between single quotes; its names and lengths have none, an address of a DNS name may.
std::string shell_quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string achieved(const Ailment& ailment) {
    const std::string since = ailment.why.empty() ? "" : ", since " + ailment.why;
    if (!ailment.achieved) return (ailment.service ? "its time is not known" : "it is lost, or nobody knows how much of it") + since;
    if (*ailment.achieved == support::never) return "it never comes back" + since;
    return ailment.service ? fmt::format("it is back after {}", format_duration(*ailment.achieved))
                           : fmt::format("up to {} of it lost", format_duration(*ailment.achieved));
}

std::string comes_to(const Remedy& remedy, const Ailment& ailment) {
    return fmt::format("{}: {} {}", remedy.what, ailment.service ? "back after" : "loses", format_duration(remedy.achieved));
}

std::string lines_of(const Remedy& remedy, const Ailment& ailment, std::size_t number) {
    std::string text = fmt::format("  {}. {}\n", number, comes_to(remedy, ailment));
    text += fmt::format("     --set {}\n", shell_quoted(remedy.change));
    for (const std::string& other : remedy.newly_missed) text += fmt::format("     but then the {} is missed\n", other);
    return text;
}

}  // namespace

std::string advice(const Ailment& ailment) {
    if (ailment.remedies.empty()) return {};
    const Remedy& smallest = ailment.remedies.front();
    std::string text = fmt::format("the smallest change that is enough: {}", comes_to(smallest, ailment));
    if (!smallest.newly_missed.empty()) text += fmt::format(", but then the {} is missed", smallest.newly_missed.front());
    return text;
}

std::string render_text(const std::vector<Ailment>& ailments) {
    if (ailments.empty()) return "no objective is missed\n";
    std::string text;
    for (const Ailment& ailment : ailments) {
        text += fmt::format("{}`{}` misses its {} of {} in `{}`: {}\n", text.empty() ? "" : "\n", ailment.name,
                            ailment.service ? "RTO" : "RPO", format_duration(ailment.objective), ailment.scenario, achieved(ailment));
        if (ailment.remedies.empty())
            text += "  nothing that stands on its way meets it alone: several things have to change, or the objective\n";
        if (ailment.most) text += fmt::format("  most does: {}\n", comes_to(*ailment.most, ailment));
        std::size_t number = 0;
        for (const Remedy& remedy : ailment.remedies) text += lines_of(remedy, ailment, ++number);
    }
    return text;
}

}  // namespace muster::mend
