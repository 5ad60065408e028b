#include "compiler/analysis/shell_texts.h"

#include <algorithm>

#include "compiler/support/utf8.h"

namespace muster::analysis {
namespace {

using model::Probe;
using support::Position;
using Role = ShellPart::Role;

class Gatherer {
public:
    explicit Gatherer(const model::Plan& plan) : plan_(plan) {}

    std::vector<ShellPart> all() {
        for (const auto& service : plan_.services) probes(service.checks, "service", service.heading.name, false, {});
        for (const auto& copy : plan_.copies) of(copy);
        for (const auto& detector : plan_.detectors)
            if (detector.check) probe(*detector.check, "detector", detector.heading.name, false, {});
        for (const auto id : plan_.steps.ids()) of(id);
        return std::move(parts_);
    }

private:
    using Step = std::optional<support::Id<model::Step>>;

    void add(const std::string& text, support::Span span, std::string_view kind, const std::string& name, Role role, bool attended,
             Step step) {
        if (!text.empty()) parts_.push_back({&text, span, std::string(kind), name, role, attended, step, read_shell(text)});
    }

    void probe(const Probe& one, std::string_view kind, const std::string& name, bool attended, Step step) {
        if (one.how == Probe::How::run) add(one.text, one.text_span, kind, name, Role::probe, attended, step);
    }

    void probes(const std::vector<Probe>& all, std::string_view kind, const std::string& name, bool attended, Step step) {
        for (const Probe& one : all) probe(one, kind, name, attended, step);
    }

    void of(const model::Copy& copy) {
        const auto checks = [&](const std::vector<model::Verification>& verifications) {
            for (const auto& verification : verifications) probes(verification.checks, copy.kind_name(), copy.heading.name, false, {});
        };
        if (const auto* archive = copy.archive()) checks(archive->verifications);
        const auto* backup = copy.backup();
        if (backup == nullptr) return;
        add(backup->own_command, backup->own_command_span, copy.kind_name(), copy.heading.name, Role::backup, false, {});
        checks(backup->verifications);
    }

    void action(const std::optional<model::Action>& action, const std::string& name, bool attended, support::Id<model::Step> id) {
        const auto* run = action ? std::get_if<model::Run>(&*action) : nullptr;
        if (run != nullptr) add(run->text, run->span, "step", name, Role::step, attended, id);
    }

    void of(support::Id<model::Step> id) {
        const model::Step& step = plan_.steps[id];
        const std::string name = model::qualified_name(plan_, id);
        const bool attended = !step.automatic;
        probes(step.prechecks, "step", name, attended, id);
        action(step.action, name, attended, id);
        add(step.own_command, step.own_command_span, "step", name, Role::step, attended, id);
        probes(step.done_when, "step", name, attended, id);
        probes(step.verifications, "step", name, attended, id);
        action(step.undo, name, attended, id);
    }

    const model::Plan& plan_;
    std::vector<ShellPart> parts_;
};

std::size_t written_length(std::string_view text, bool escapes) {
    std::size_t length = support::code_points(text);
    if (escapes)
        for (const char c : text) length += c == '"' || c == '\\' || c == '\n' || c == '\t' ? 1 : 0;
    return length;
}

Position position(const std::string& text, const support::Span& span, std::size_t at) {
    const std::string_view before = std::string_view(text).substr(0, at);
    const auto columns = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
    if (span.begin.line == span.end.line) {
        const bool escapes = written_length(text, false) + 2 != span.end.column - span.begin.column;
        return {span.begin.line, span.begin.column + 1 + columns(written_length(before, escapes))};
    }
    // A block: its text begins on the next line, and as far in as its closing quotes, which take three columns.
    const std::size_t line_start = before.rfind('\n') + 1;
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::uint32_t indentation = span.end.column - 4;
    return {span.begin.line + 1 + columns(static_cast<std::size_t>(lines)),
            1 + indentation + columns(written_length(before.substr(line_start), false))};
}

}  // namespace

support::Span ShellPart::place(std::size_t begin, std::size_t end) const {
    return {span.file, position(*text, span, begin), position(*text, span, end)};
}

std::vector<ShellPart> shell_texts(const model::Plan& plan) { return Gatherer(plan).all(); }

}  // namespace muster::analysis
