#include "compiler/sema/schedule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "compiler/diagnostics/messages.h"

namespace muster::sema {
namespace {

using ast::Kind;
using ast::Value;
using support::Time;
namespace messages = diagnostics::messages;

constexpr std::array<std::string_view, 7> weekday_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

template <std::size_t N>
int position(const std::array<std::string_view, N>& names, std::string_view word) {
    for (std::size_t i = 0; i < N; ++i)
        if (word.substr(0, 3) == names[i]) return static_cast<int>(i);
    return -1;
}

// The pieces of a `recurrence` group, in whatever order they may stand.
struct Pieces {
    std::string unit;  // hour, day, week, …
    std::optional<Time> interval;
    std::optional<Time> clock;
    std::string cron_weekdays;
    std::string cron_months;
    int nth = 0;
    std::optional<std::int64_t> day;
};

std::string cron_list(std::uint32_t bits, int low, int high) {
    std::vector<int> values;
    for (int i = low; i <= high; ++i)
        if ((bits >> i & 1U) != 0) values.push_back(i);
    return fmt::format("{}", fmt::join(values, ","));
}

void take_word(const std::string& word, Pieces& pieces) {
    static const std::map<std::string_view, int> ordinals{{"first", 1}, {"second", 2}, {"third", 3}, {"fourth", 4}, {"last", -1}};
    if (const auto nth = ordinals.find(word); nth != ordinals.end()) pieces.nth = nth->second;
    else if (position(weekday_names, word) >= 0 && pieces.nth != 0) pieces.cron_weekdays = std::to_string(position(weekday_names, word));
    else if (word != "at" && word != "of" && word != "on") pieces.unit = word;
}

Pieces take_apart(Reader items) {
    Pieces pieces;
    while (!items.done()) {
        const Value& value = items.peek();
        if (value.kind == Kind::duration) pieces.interval = items.time();
        else if (value.kind == Kind::time) pieces.clock = read_clock(items.next(), items.context().sink);
        else if (value.kind == Kind::number) pieces.day = items.number(1, 31);
        else if (value.kind == Kind::group && value.text == "weekdays") pieces.cron_weekdays = cron_list(read_weekdays(items.next()), 0, 6);
        else if (value.kind == Kind::group) {
            std::uint32_t bits = 0;
            for (const Value& month : items.next().items) bits |= 1U << (position(month_names, month.text) + 1);
            pieces.cron_months = cron_list(bits, 1, 12);
        } else take_word(items.word(), pieces);
    }
    return pieces;
}

// An interval that cron can say exactly: a divisor of the hour in minutes, or of the day in hours.
std::string cron_of_interval(Time interval) {
    constexpr std::int64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;
    const std::int64_t length = interval.count();
    if (length == day) return "0 0 * * *";
    if (length == minute) return "* * * * *";
    if (length == hour) return "0 * * * *";
    if (length > 0 && length < hour && length % minute == 0 && hour % length == 0) return fmt::format("*/{} * * * *", length / minute);
    if (length > hour && length < day && length % hour == 0 && day % length == 0) return fmt::format("0 */{} * * *", length / hour);
    return {};
}

std::string cron_of(const Pieces& pieces) {
    const Time time_of_day = pieces.clock.value_or(Time::zero()) % std::chrono::days{1};
    const auto clock = std::chrono::duration_cast<std::chrono::minutes>(time_of_day).count();
    const std::string start = fmt::format("{} {}", clock % 60, clock / 60);
    if (!pieces.cron_weekdays.empty())
        return fmt::format("{} * {} {}", start, pieces.cron_months.empty() ? "*" : pieces.cron_months, pieces.cron_weekdays);
    if (!pieces.cron_months.empty()) return fmt::format("{} {} {} *", start, pieces.day.value_or(1), pieces.cron_months);
    if (pieces.unit == "hour") return "0 * * * *";
    if (pieces.unit == "day") return start + " * * *";
    if (pieces.unit == "week") return start + " * * 0";
    if (pieces.unit == "month") return start + " 1 * *";
    if (pieces.unit == "quarter") return start + " 1 1,4,7,10 *";
    return start + " 1 1 *";
}

std::string written(const Value& value) {
    if (value.kind != Kind::group) return value.text;
    std::string out;
    for (const Value& item : value.items) {
        const bool tight = item.text == ".." || out.ends_with("..");
        if (!out.empty() && !tight) out += value.text == "months" || value.text == "weekdays" ? ", " : " ";
        out += written(item);
    }
    return out;
}

bool refuse(Reader& reader, Span span, std::string why) {
    reader.context().sink.report(messages::bad_schedule, span, diagnostics::Words{std::move(why)});
    return false;
}

// `0 0 30 2 *`: none of its months has one of its days. Where the weekday is restricted too, that will do instead.
bool ever_starts(const model::Calendar& calendar) {
    constexpr std::array<unsigned, 13> lengths{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (calendar.any_day || !calendar.any_weekday) return true;
    for (unsigned month = 1; month <= 12; ++month)
        for (unsigned day = 1; day <= lengths[month]; ++day)
            if ((calendar.months >> month & 1U) != 0 && (calendar.days >> day & 1U) != 0) return true;
    return false;
}

bool fill_calendar(Reader& reader, Span span, const std::string& cron, model::Schedule& schedule) {
    auto calendar = model::parse_cron(cron);
    if (!calendar) return refuse(reader, span, calendar.error().message);
    if (!ever_starts(*calendar)) return refuse(reader, span, "it never starts: none of its months has such a day");
    schedule.calendar = *calendar;
    return true;
}

bool fill_recurrence(Reader& reader, const Value& group, model::Schedule& schedule) {
    const Pieces pieces = take_apart(reader.group());
    if (pieces.unit == "hour" && pieces.clock) return refuse(reader, group.span, "an hourly schedule has no time of day");
    if (pieces.interval && *pieces.interval < std::chrono::minutes{1}) return refuse(reader, group.span, "the shortest interval is 1m");
    const std::string cron = pieces.interval ? cron_of_interval(*pieces.interval) : cron_of(pieces);
    if (cron.empty()) {
        schedule.interval = pieces.interval;
        return true;
    }
    if (!fill_calendar(reader, group.span, cron, schedule)) return false;
    schedule.calendar.nth = pieces.nth;
    return true;
}

}  // namespace

std::uint8_t read_weekdays(const Value& group) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < group.items.size(); ++i) {
        if (group.items[i].text == "..") continue;
        const int day = position(weekday_names, group.items[i].text);
        bits |= 1U << day;
        if (i < 2 || group.items[i - 1].text != "..") continue;
        for (int between = position(weekday_names, group.items[i - 2].text); between != day; between = (between + 1) % 7)
            bits |= 1U << between;
    }
    return static_cast<std::uint8_t>(bits);
}

std::optional<model::Schedule> read_schedule(Reader& reader) {
    model::Schedule schedule;
    const Value& value = reader.peek();
    schedule.span = reader.clause().span;
    schedule.zone = reader.context().plan.timezone;
    if (reader.clause().keyword() == "cron") {
        schedule.written = "cron \"" + value.text + "\"";
        return fill_calendar(reader, value.span, reader.word(), schedule) ? std::optional(schedule) : std::nullopt;
    }
    schedule.written = "every " + written(value);
    return fill_recurrence(reader, value, schedule) ? std::optional(schedule) : std::nullopt;
}

}  // namespace muster::sema
