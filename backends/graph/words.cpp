#include "backends/graph/words.h"

#include <fmt/format.h>

namespace muster::backends::graph {
namespace {

using model::Plan;

// How many bytes the character at `at` has.
std::size_t length_of(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    return end - at;
}

// Control characters, those beyond ASCII too, and the separators of lines and paragraphs.
bool breaks_a_line(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return byte(0) < ' ' || byte(0) == 0x7F;
    return (character.size() == 2 && byte(0) == 0xC2 && byte(1) < 0xA0) || character == "\u2028" || character == "\u2029";
}

template <class T>
std::string names(const support::Table<T>& table, const std::vector<model::SaidId<T>>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : ", ") + table[id.value].heading.name;
    return text;
}

std::string names(const Plan& plan, const std::vector<model::SaidThing>& things) {
    std::string text;
    for (const auto& thing : things) text += (text.empty() ? "" : ", ") + model::name_of(plan, thing.value);
    return text;
}

// What an action is about, after its own words.
struct Object {
    const Plan& plan;

    std::string operator()(const model::Restore& a) const { return names(plan.data, a.data); }
    std::string operator()(const model::Promote& a) const { return model::qualified_name(plan, a.replica); }
    std::string operator()(const model::Scale& a) const { return fmt::format("{} to {}", names(plan.services, a.services), a.replicas); }
    std::string operator()(const model::Restart& a) const { return names(plan.services, a.services); }
    std::string operator()(const model::RollBack& a) const { return names(plan.services, a.services); }
    std::string operator()(const model::Apply& a) const { return a.path; }
    std::string operator()(const model::SwitchDns& a) const { return fmt::format("{} to {}", a.name, plan.sites[a.to].heading.name); }
    std::string operator()(const model::SwitchTraffic& a) const {
        return fmt::format("of {} to {}", plan.services[a.service].heading.name, plan.sites[a.to].heading.name);
    }
    std::string operator()(const model::WaitFor& a) const { return names(plan, a.things); }
    std::string operator()(const model::Notify& a) const { return names(plan.channels, a.channels); }
    std::string operator()(const model::Approve& a) const { return "by " + plan.roles[a.by].heading.name; }
    std::string operator()(const model::Maintenance& a) const { return a.on ? "on" : "off"; }
    std::string operator()(const model::Run&) const { return ""; }
    std::string operator()(const model::Manual&) const { return ""; }
    std::string operator()(const model::Provision& a) const { return plan.sites[a.site].heading.name; }
    std::string operator()(const model::Fence& a) const { return names(plan.services, a.services); }
    std::string operator()(const model::Rotate& a) const { return names(plan.secrets, a.secrets); }
    std::string operator()(const model::CaptureForensics& a) const { return a.of.empty() ? "" : "of " + names(plan, a.of); }
};

}  // namespace

std::string one_line(std::string_view text, std::size_t most) {
    std::string line;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (++characters > most) return line + "…";
        const std::size_t length = length_of(text, i);
        const std::string_view character = text.substr(i, length);
        line += breaks_a_line(character) ? " " : character;
        i += length;
    }
    return line;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    constexpr std::size_t most_lines = 3;
    const std::string whole = one_line(text, width * most_lines);
    std::vector<std::string> lines{""};
    std::size_t begin = 0;
    while (begin < whole.size()) {
        const std::size_t end = std::min(whole.find(' ', begin), whole.size());
        const std::string word = whole.substr(begin, end - begin);
        const bool fits = lines.back().empty() || lines.back().size() + word.size() < width || lines.size() == most_lines;
        if (!fits) lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        begin = end + 1;
    }
    return lines;
}

std::string objectives_text(const model::Objectives& objectives) {
    std::string text;
    const auto add = [&](const char* name, const model::TimeObjective& objective) {
        if (objective.general)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, support::format_duration(objective.general->value));
    };
    add("RTO", objectives.rto);
    add("RPO", objectives.rpo);
    return text;
}

std::string action_text(const Plan& plan, const model::Step& step) {
    if (!step.action) return "";
    const std::string object = std::visit(Object{plan}, *step.action);
    return one_line(fmt::format("{}{}{}", model::action_name(*step.action), object.empty() ? "" : " ", object), 48);
}

std::string performer_of(const Plan& plan, const model::Step& step) {
    if (!step.by.empty()) return names(plan.roles, step.by);
    const auto* approve = step.action ? std::get_if<model::Approve>(&*step.action) : nullptr;
    return approve != nullptr ? plan.roles[approve->by].heading.name : "automatic";
}

Mark mark_of(const analysis::Recovery& recovery, model::Thing thing) {
    const analysis::Impact& impact = recovery.impact;
    if (thing.kind == model::Kind::dataset && recovery.copies[thing.index].front().state != analysis::CopyState::usable)
        return Mark::failed;
    if (thing.kind != model::Kind::service) return impact.down(thing) ? Mark::failed : Mark::fine;
    switch (impact.services[thing.index]) {
        case analysis::State::failed: return Mark::failed;
        case analysis::State::impaired: return Mark::impaired;
        case analysis::State::degraded: return Mark::degraded;
        case analysis::State::unaffected: break;
    }
    return Mark::fine;
}

}  // namespace muster::backends::graph
