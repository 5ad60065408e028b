#include "compiler/sema/clauses.h"

#include <fmt/format.h>

#include "compiler/diagnostics/message.h"
#include "compiler/diagnostics/messages.h"

namespace muster::sema {
namespace {

using model::DisruptionKind;
namespace messages = diagnostics::messages;

std::optional<DisruptionKind> under(Reader& reader) {
    static const std::map<std::string_view, DisruptionKind> kinds{
        {"hardware", DisruptionKind::hardware},     {"zone", DisruptionKind::zone},
        {"region", DisruptionKind::region},         {"provider", DisruptionKind::provider},
        {"corruption", DisruptionKind::corruption}, {"malice", DisruptionKind::malice},
        {"people", DisruptionKind::people}};
    if (reader.done()) return std::nullopt;
    Reader group = reader.group();
    group.take("under");
    return kinds.at(group.word());
}

std::string quoted(const std::string& keyword) { return fmt::format("`{}`", keyword); }

void read_time_objective(Reader& reader, model::TimeObjective& objective, bool may_be_zero) {
    const std::string keyword = reader.clause().keyword();
    const auto time = reader.said_time();
    if (time.value == support::Time::zero() && !may_be_zero)
        reader.context().sink.report(messages::value_out_of_range, time.span, diagnostics::Name{keyword + " 0"},
                                     diagnostics::Words{"nothing recovers in no time; an RPO may be 0s, an RTO and an MTD are longer"});
    const auto kind = under(reader);
    if (!kind) {
        if (objective.general) report_twice(reader.context().sink, quoted(keyword), objective.general->span, time.span);
        objective.general = time;
        return;
    }
    for (const model::TimeUnder& earlier : objective.under)
        if (earlier.kind == *kind) {
            const std::string& word = reader.clause().values.back().items.back().text;
            report_twice(reader.context().sink, quoted(keyword + " … under " + word), earlier.time.span, time.span);
        }
    objective.under.push_back({*kind, time});
}

void read_waiver(Reader& reader, const ast::Clause& owner) {
    model::Waiver waiver;
    const ast::Value& code = reader.next();
    reader.take("until");
    const auto until = read_date(reader.next(), reader.context().sink);
    reader.take("because");
    waiver.because = reader.word();
    waiver.span = code.span;
    waiver.clause = reader.clause().span;
    waiver.body = owner.span;
    waiver.subject = owner.keyword() + (owner.values.size() > 1 ? " " + owner.values[1].text : "");
    const diagnostics::Entry* entry = diagnostics::find_entry(code.text);
    if (entry == nullptr) {
        std::vector<std::string> names;
        for (const diagnostics::Entry& known : diagnostics::registry()) names.emplace_back(known.name);
        // What waives a finding weakens the plan: that is for its author to write.
        report_unknown(reader.context().names, "diagnostic", code.text, names, code.span, reader.context().sink, Edit::never);
        return;
    }
    waiver.code = entry->code;
    if (until) waiver.until = *until;
    if (until) reader.context().plan.waivers.push_back(waiver);
}

}  // namespace

bool read_remark(Reader& reader, model::Heading& heading, const ast::Clause& owner) {
    const std::string& keyword = reader.clause().keyword();
    if (keyword == "note") heading.notes.push_back(reader.word());
    else if (keyword == "see") heading.see.push_back(reader.word());
    else if (keyword == "allow") read_waiver(reader, owner);
    else return false;
    return true;
}

bool read_objective(Reader& reader, model::Objectives& objectives) {
    const std::string& keyword = reader.clause().keyword();
    if (keyword == "rto") read_time_objective(reader, objectives.rto, false);
    else if (keyword == "rpo") read_time_objective(reader, objectives.rpo, true);
    else if (keyword == "mtd") read_time_objective(reader, objectives.mtd, false);
    else if (keyword == "availability") {
        const ast::Value& value = reader.next();
        set_once(reader, objectives.availability, {read_percent(value, reader.context().sink), value.span});
    } else if (keyword == "priority") {
        const Span span = reader.peek().span;
        set_once(reader, objectives.priority, {reader.number(0, 1'000), span});
    } else if (keyword == "skew") {
        set_once(reader, objectives.skew, reader.said_time());
    } else if (keyword == "claims") {
        const bool of_rta = reader.take("rta");
        if (!of_rta) reader.take("rpa");
        set_once(reader, of_rta ? objectives.claims_rta : objectives.claims_rpa, reader.said_time(),
                 of_rta ? "`claims rta`" : "`claims rpa`");
    } else {
        return false;
    }
    return true;
}

void report_itself(Context& context, const ast::Clause& clause, Span named, std::string why) {
    context.sink.report(messages::clause_does_not_fit, named, diagnostics::Name{clause.keyword()}, diagnostics::Words{std::move(why)});
}

void report_said_twice(Context& context, const ast::Clause& first, const ast::Clause& again, std::string_view means) {
    const bool same = first.keyword() == again.keyword();
    report_twice(context.sink,
                 same ? quoted(again.keyword()) : fmt::format("{} (`{}`, then `{}`)", means, first.keyword(), again.keyword()), first.span,
                 again.span);
}

}  // namespace muster::sema
