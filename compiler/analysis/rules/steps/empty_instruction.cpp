// An instruction without words, or a command without text, is a step that somebody meant to write later. On the day of the disaster it is
// ticked off, and what it was meant to do is not done.
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\n") == std::string::npos; }

std::string_view empty_word(const model::Step& step) {
    if (!step.action) return "";
    if (const auto* manual = std::get_if<model::Manual>(&*step.action); manual != nullptr && is_blank(manual->text)) return "manual";
    if (const auto* run = std::get_if<model::Run>(&*step.action); run != nullptr && is_blank(run->text)) return "run";
    return "";
}

}  // namespace

void empty_instruction(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) {
        const model::Step& step = facts.plan.steps[id];
        const std::string_view word = empty_word(step);
        if (word.empty()) continue;
        const std::string name = model::qualified_name(facts.plan, id);
        auto& d = sink.report(diagnostics::messages::empty_instruction, step.heading.span, diagnostics::Name{name},
                              diagnostics::Name{std::string{word}});
        d.subject = {"step", name};
        d.help = "say what is to be done so that somebody who has never done it can, or leave the step without an action: a milestone";
    }
}

}  // namespace muster::analysis::rules
