// A runbook is typed in at three in the morning and its jobs run when nobody looks: a command that never worked is found out then. Many of
// these commands are wrong in ways that are long known, and visible without running anything.
#include <fmt/format.h>

#include <map>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/shell/mistake.h"

namespace muster::analysis::rules {
namespace {

using shell::Found;
using shell::Mistake;

// One finding, and every place that it is about.
struct Case {
    const ShellPart* part = nullptr;
    Found first;
    std::vector<diagnostics::Label> others;
};

// By what was found where that is one thing in the whole plan, else by the text that it was found in.
using Cases = std::map<std::pair<std::size_t, std::string>, Case>;

void add(const ShellPart& part, std::size_t number, bool elsewhere_too, const Found& found, Cases& cases) {
    auto [at, fresh] = cases.try_emplace(elsewhere_too ? std::pair{std::size_t{0}, found.what} : std::pair{number, std::string{}});
    Case& one = at->second;
    const support::Span place = part.place(found.begin, found.end);
    if (fresh) one = {&part, found, {}};
    else if (one.part == &part) one.others.push_back({place, found.what == one.first.what ? "and here" : "and here: " + found.what});
    else one.others.push_back({place, fmt::format("and in {} `{}`", part.kind, part.name)});
}

void report(const Mistake& mistake, Case one, diagnostics::Sink& sink) {
    const ShellPart& part = *one.part;
    auto& d = sink.report(mistake.message, part.place(one.first.begin, one.first.end),
                          diagnostics::Words{fmt::format("{} `{}`", part.kind, part.name)}, diagnostics::Words{one.first.what});
    d.subject = {part.kind, part.name};
    d.help = one.first.help;
    if (one.first.first) d.related.push_back({part.place(*one.first.first), "the first time"});
    for (auto& label : one.others) d.related.push_back(std::move(label));
}

}  // namespace

void shell_mistakes(const Facts& facts, diagnostics::Sink& sink) {
    const std::vector<ShellPart> all = shell_texts(facts.plan);
    const shell::Written written = shell::written_by(facts.plan, all);
    for (const Mistake& mistake : shell::mistakes()) {
        Cases cases;
        for (std::size_t i = 0; i < all.size(); ++i) {
            std::vector<Found> found;
            mistake.find({facts.plan, all[i], written}, found);
            for (const Found& one : found) add(all[i], i, mistake.elsewhere_too, one, cases);
        }
        for (auto& [what, one] : cases) report(mistake, std::move(one), sink);
    }
}

}  // namespace muster::analysis::rules
