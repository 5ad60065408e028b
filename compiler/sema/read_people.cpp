#include "compiler/diagnostics/messages.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"
#include "compiler/sema/schedule.h"

namespace muster::sema {
namespace {

using model::Channel;
using model::Checklist;
using model::ChecklistItem;
using model::Contact;
using model::Duty;
using model::Kind;
using model::Message;
using model::Occasion;
using model::Role;
namespace messages = diagnostics::messages;

std::optional<model::Hours> hours_of(Reader& reader) {
    model::Hours hours;
    hours.span = reader.clause().span;
    hours.weekdays = read_weekdays(reader.next());
    const std::string from_text = reader.peek().text;
    const auto from = read_clock(reader.next(), reader.context().sink);
    reader.take("..");
    const std::string until_text = reader.peek().text;
    const auto until = read_clock(reader.next(), reader.context().sink);
    hours.zone = reader.done() ? reader.context().plan.timezone : reader.time_zone();
    if (!from || !until) return std::nullopt;
    hours.from = *from;
    hours.until = *until;
    if (hours.until > hours.from) return hours;
    reader.context()
        .sink
        .report(messages::value_out_of_range, hours.span, diagnostics::Name{from_text + ".." + until_text},
                diagnostics::Words{"hours end later on the day on which they begin"})
        .help = "write hours that pass midnight as two clauses, one up to 24:00 and one from 00:00";
    return std::nullopt;
}

template <class T>
void add_hours(Reader& reader, T& whose) {
    if (const auto hours = hours_of(reader)) whose.hours.push_back(*hours);
}

void read_response(Reader& reader, Role& role) {
    const auto time = reader.said_duration();
    if (reader.take("outside")) set_once(reader, role.responds_outside, time, "`responds … outside hours`");
    else set_once(reader, role.responds, time);
}

template <class T>
void read_reach(Reader& reader, T& whose) {
    whose.reach.push_back({reader.clause().keyword(), reader.word()});
}

// Whoever can be reached, and when.
template <class T>
ClauseTable<T> with_reach(ClauseTable<T> table) {
    for (const std::string_view by : {"phone", "email", "pager", "chat", "ticket"}) table.emplace(by, often<T>(read_reach<T>));
    table.emplace("hours", often<T>(add_hours<T>));
    return table;
}

void read_escalation(Reader& reader, Role& role) {
    reader.take("to");
    const auto to = reader.ref<Role>();
    reader.take("after");
    const model::Duration after = reader.duration();
    if (to && &reader.context().plan.roles[to->value] == &role)
        report_itself(reader.context(), reader.clause(), to->span, "nobody stands in for themselves");
    else if (to) role.escalation = model::Escalation{*to, after};
}

const ClauseTable<Role> role_clauses = with_reach<Role>({
    {"headcount", once<Role>([](Reader& r, Role& role) { role.headcount = r.number(0, 100'000); })},
    {"held", once<Role>([](Reader& r, Role& role) {
         r.take("by");
         role.held_by = r.word();
     })},
    {"responds", often<Role>(read_response)},
    {"escalates", once<Role>(read_escalation)},
    {"works", once<Role>([](Reader& r, Role& role) {
         r.take("through");
         role.works_through = r.things({Kind::tool, Kind::external, Kind::service});
     })},
});

const ClauseTable<Contact> contact_clauses = with_reach<Contact>({
    {"organisation", once<Contact>([](Reader& r, Contact& c) { c.organisation = r.word(); })},
    {"contract", once<Contact>([](Reader& r, Contact& c) { c.contract = r.word(); })},
    {"for", once<Contact>([](Reader& r, Contact& c) {
         c.about = r.things({Kind::service, Kind::external, Kind::tool, Kind::store, Kind::site, Kind::dataset});
     })},
    {"responds", once<Contact>([](Reader& r, Contact& c) { c.responds = r.said_duration(); })},
});

void read_address(Reader& reader, Channel& channel) {
    channel.by = reader.clause().keyword();
    channel.address = reader.word();
}

const ClauseTable<Channel> channel_clauses{
    {"slack", once_as<Channel>("the address", read_address)},      {"pagerduty", once_as<Channel>("the address", read_address)},
    {"mail", once_as<Channel>("the address", read_address)},       {"sms", once_as<Channel>("the address", read_address)},
    {"statuspage", once_as<Channel>("the address", read_address)}, {"webhook", once_as<Channel>("the address", read_address)},
};

Occasion::Event event(Reader& reader) {
    static const std::map<std::string_view, Occasion::Event> events{{"disruption", Occasion::Event::disruption},
                                                                    {"detection", Occasion::Event::detection},
                                                                    {"declaration", Occasion::Event::declaration},
                                                                    {"recovery", Occasion::Event::recovery},
                                                                    {"resolution", Occasion::Event::resolution}};
    return events.at(reader.word());
}

// `at 15m after detection`, `every 1h until resolution`, `on detection`
void read_occasion(Reader& reader, Message& message) {
    Occasion occasion;
    occasion.span = reader.clause().span;
    occasion.repeats = reader.clause().keyword() == "every";
    if (reader.peek().kind == ast::Kind::duration) occasion.after = reader.time();
    if (!reader.take("after")) reader.take("until");
    occasion.event = event(reader);
    message.occasions.push_back(occasion);
}

const ClauseTable<Message> message_clauses{
    {"to", once<Message>([](Reader& r, Message& m) { m.to = r.refs<Channel>(); })},
    {"at", often<Message>(read_occasion)},
    {"on", often<Message>(read_occasion)},
    {"every", often<Message>(read_occasion)},
    {"severity", once<Message>([](Reader& r, Message& m) { m.severities = r.words(); })},
    {"text", once<Message>([](Reader& r, Message& m) { m.text = r.word(); })},
};

const ClauseTable<Duty> duty_clauses{
    {"every", once_as<Duty>("the schedule", [](Reader& r, Duty& d) { d.schedule = read_schedule(r); })},
    {"cron", once_as<Duty>("the schedule", [](Reader& r, Duty& d) { d.schedule = read_schedule(r); })},
    {"by", once<Duty>([](Reader& r, Duty& d) { d.by = r.refs<Role>(); })},
    {"covers", once<Duty>([](Reader& r, Duty& d) { d.covers = r.word(); })},
    {"last", once<Duty>([](Reader& r, Duty& d) { d.last = r.date(); })},
};

template <ChecklistItem::When when>
void read_item(Reader& reader, Checklist& checklist) {
    ChecklistItem item;
    item.when = when;
    item.span = reader.clause().span;
    item.text = reader.word();
    if (reader.take("by")) item.by = reader.refs<Role>();
    checklist.items.push_back(item);
}

const ClauseTable<Checklist> checklist_clauses{
    {"for", once<Checklist>([](Reader& r, Checklist& c) {
         while (r.at_name())
             for (const auto& scenario : r.scenario()) c.scenarios.push_back(scenario);
     })},
    {"by", once<Checklist>([](Reader& r, Checklist& c) { c.by = r.refs<Role>(); })},
    {"before", often<Checklist>(read_item<ChecklistItem::When::before>)},
    {"during", often<Checklist>(read_item<ChecklistItem::When::during>)},
    {"afterwards", often<Checklist>(read_item<ChecklistItem::When::afterwards>)},
};

}  // namespace

void read_role(const ast::Clause& clause, Role& role, Context& context) { read_clauses(clause, role, role_clauses, context); }
void read_channel(const ast::Clause& clause, Channel& channel, Context& context) {
    read_clauses(clause, channel, channel_clauses, context);
}
void read_message(const ast::Clause& clause, Message& message, Context& context) {
    read_clauses(clause, message, message_clauses, context);
}
void read_contact(const ast::Clause& clause, Contact& contact, Context& context) {
    read_clauses(clause, contact, contact_clauses, context);
}
void read_checklist(const ast::Clause& clause, Checklist& checklist, Context& context) {
    read_clauses(clause, checklist, checklist_clauses, context);
}
void read_duty(const ast::Clause& clause, Duty& duty, Context& context) { read_clauses(clause, duty, duty_clauses, context); }

}  // namespace muster::sema
