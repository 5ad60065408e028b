#include <fmt/format.h>

#include <array>

#include "backends/document/sections.h"

namespace muster::backends::document {
namespace {

using model::Plan;
using page::plain;
using support::format_duration;

std::string reached(const std::vector<model::Reach>& all) {
    return joined(all, [](const model::Reach& one) { return one.by + " " + one.address; });
}

std::string responds(const model::Role& role) {
    std::string text = role.responds ? written(role.responds->value) : std::string("not said");
    if (role.responds_outside) text += ", outside hours " + written(role.responds_outside->value);
    return text;
}

page::Table roles(const Plan& plan) {
    page::Table table{{"role", "people", "held by", "reached by", "at work within", "no answer"}, {}};
    for (const model::Role& role : plan.roles) {
        const std::string next = role.escalation ? fmt::format("{} after {}", plan.roles[role.escalation->to.value].heading.label(),
                                                               written(role.escalation->after))
                                                 : std::string();
        table.rows.push_back({{plain(role.heading.label())},
                              {plain(std::to_string(role.headcount))},
                              {plain(role.held_by)},
                              {plain(reached(role.reach))},
                              {plain(responds(role))},
                              {plain(next)}});
    }
    return table;
}

page::Table contacts(const Plan& plan) {
    page::Table table{{"contact", "organisation", "contract", "about", "reached by", "answers within"}, {}};
    for (const model::Contact& contact : plan.contacts)
        table.rows.push_back({{plain(contact.heading.label())},
                              {plain(contact.organisation)},
                              {plain(contact.contract)},
                              {plain(joined(contact.about, [&](const auto& said) { return name_of(plan, said.value); }))},
                              {plain(reached(contact.reach))},
                              {plain(contact.responds ? written(contact.responds->value) : std::string())}});
    return table;
}

page::Table channels(const Plan& plan) {
    page::Table table{{"channel", "by", "address"}, {}};
    for (const model::Channel& channel : plan.channels)
        table.rows.push_back({{plain(channel.heading.label())}, {plain(channel.by)}, {plain(channel.address)}});
    return table;
}

std::string when(const model::Occasion& occasion) {
    constexpr std::array<std::string_view, 5> events{"the disruption", "detection", "the declaration", "recovery", "resolution"};
    const auto event = events.at(static_cast<std::size_t>(occasion.event));
    if (occasion.repeats) return fmt::format("every {} until {}", format_duration(occasion.after), event);
    if (occasion.after == support::Time::zero()) return fmt::format("on {}", event);
    return fmt::format("{} after {}", format_duration(occasion.after), event);
}

void add_items(page::Page& page, const Plan& plan, const model::Checklist& list, model::ChecklistItem::When when,
               const std::string& title) {
    page::Ticks ticks;
    for (const model::ChecklistItem& item : list.items) {
        if (item.when != when) continue;
        const auto& by = item.by.empty() ? list.by : item.by;
        const std::string who = joined(by, [&](const auto& said) { return plan.roles[said.value].heading.label(); });
        ticks.items.push_back({plain(item.text + (who.empty() ? "" : " (" + who + ")"))});
    }
    if (ticks.items.empty()) return;
    page.add(page::Heading{3, title});
    page.add(std::move(ticks));
}

}  // namespace

void add_people(page::Page& page, const Plan& plan) {
    add_table(page, "Whom to call", roles(plan));
    add_table(page, "Outside help", contacts(plan));
    add_table(page, "Where messages go", channels(plan));
}

void add_messages(page::Page& page, const Plan& plan) {
    if (plan.messages.empty()) return;
    page.add(page::Heading{2, "Messages"});
    for (const model::Message& message : plan.messages) {
        page.add(page::Heading{3, message.heading.label()});
        page.say(fmt::format("To {}{}{}.", joined(message.to, [&](const auto& said) { return plan.channels[said.value].heading.name; }),
                             message.occasions.empty() ? "" : ": ", joined(message.occasions, when)));
        page.add(page::Verbatim{"text", message.text});
    }
}

void add_waivers(page::Page& page, const Plan& plan) {
    page::Table table{{"finding", "of", "until", "because"}, {}};
    for (const model::Waiver& waiver : plan.waivers) {
        const std::string until = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(waiver.until.year()),
                                              static_cast<unsigned>(waiver.until.month()), static_cast<unsigned>(waiver.until.day()));
        table.rows.push_back({{plain(waiver.code)}, {plain(waiver.subject)}, {plain(until)}, {plain(waiver.because)}});
    }
    add_table(page, "What is knowingly left as it is", std::move(table));
}

void add_checklists(page::Page& page, const Plan& plan) {
    for (const model::Checklist& list : plan.checklists) {
        page.add(page::NewSheet{});
        page.add(page::Heading{2, "Checklist: " + list.heading.label()});
        if (!list.scenarios.empty())
            page.say("For " + joined(list.scenarios, [&](const auto& said) { return plan.scenarios[said.value].heading.label(); }) + ".");
        add_items(page, plan, list, model::ChecklistItem::When::before, "Before");
        add_items(page, plan, list, model::ChecklistItem::When::during, "During");
        add_items(page, plan, list, model::ChecklistItem::When::afterwards, "Afterwards");
    }
}

}  // namespace muster::backends::document
