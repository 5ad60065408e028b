#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"
#include "compiler/sema/schedule.h"

namespace muster::sema {
namespace {

using model::Channel;
using model::Duty;
using model::Message;
using model::Occasion;
using model::Role;
namespace messages = diagnostics::messages;

void read_hours(Reader& reader, Role& role) {
    model::Hours hours;
    hours.span = reader.clause().span;
    hours.weekdays = read_weekdays(reader.next());
    const auto from = read_clock(reader.next(), reader.context().sink);
    reader.take("..");
    const auto until = read_clock(reader.next(), reader.context().sink);
    hours.zone = reader.done() ? reader.context().plan.timezone : reader.time_zone();
    if (!from || !until) return;
    hours.from = *from;
    hours.until = *until;
    if (hours.until <= hours.from)
        reader.context()
            .sink.report(messages::range_backwards, hours.span, diagnostics::Duration{hours.from}, diagnostics::Duration{hours.until})
            .help = "write hours that pass midnight as two clauses, one up to 24:00 and one from 00:00";
    role.hours.push_back(hours);
}

void read_response(Reader& reader, Role& role) {
    const auto time = reader.said_duration();
    (reader.take("outside") ? role.responds_outside : role.responds) = time;
}

void read_reach(Reader& reader, Role& role) { role.reach.push_back({reader.clause().keyword(), reader.word()}); }

const ClauseTable<Role> role_clauses{
    {"headcount", once<Role>([](Reader& r, Role& role) { role.headcount = r.number(0, 100'000); })},
    {"held", once<Role>([](Reader& r, Role& role) {
         r.take("by");
         role.held_by = r.word();
     })},
    {"responds", often<Role>(read_response)},
    {"hours", often<Role>(read_hours)},
    {"phone", often<Role>(read_reach)},
    {"email", often<Role>(read_reach)},
    {"pager", often<Role>(read_reach)},
    {"chat", often<Role>(read_reach)},
    {"ticket", often<Role>(read_reach)},
};

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
    {"text", once<Message>([](Reader& r, Message& m) { m.text = r.word(); })},
};

const ClauseTable<Duty> duty_clauses{
    {"every", once_as<Duty>("the schedule", [](Reader& r, Duty& d) { d.schedule = read_schedule(r); })},
    {"cron", once_as<Duty>("the schedule", [](Reader& r, Duty& d) { d.schedule = read_schedule(r); })},
    {"by", once<Duty>([](Reader& r, Duty& d) { d.by = r.refs<Role>(); })},
};

}  // namespace

void read_role(const ast::Clause& clause, Role& role, Context& context) { read_clauses(clause, role, role_clauses, context); }
void read_channel(const ast::Clause& clause, Channel& channel, Context& context) {
    read_clauses(clause, channel, channel_clauses, context);
}
void read_message(const ast::Clause& clause, Message& message, Context& context) {
    read_clauses(clause, message, message_clauses, context);
}
void read_duty(const ast::Clause& clause, Duty& duty, Context& context) { read_clauses(clause, duty, duty_clauses, context); }

}  // namespace muster::sema
