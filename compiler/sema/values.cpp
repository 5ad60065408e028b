#include "compiler/sema/values.h"

#include <fmt/format.h>

#include "compiler/diagnostics/messages.h"
#include "compiler/support/decimal.h"

namespace muster::sema {
namespace {

using ast::Kind;
using ast::Value;
using diagnostics::Name;
using diagnostics::Sink;
using diagnostics::Words;
using support::Time;
namespace messages = diagnostics::messages;

void out_of_range(const Value& value, std::string why, Sink& sink) {
    sink.report(messages::value_out_of_range, value.span, Name{value.text}, Words{std::move(why)});
}

void check_order(const Value& group, Time shorter, Time longer, Sink& sink) {
    if (shorter <= longer) return;
    sink.report(messages::range_backwards, group.span, diagnostics::Duration{shorter}, diagnostics::Duration{longer}).help =
        "write the shorter duration first";
}

}  // namespace

Time read_time(const Value& value, Sink& sink) {
    if (const auto time = support::parse_duration(value.text)) return *time;
    out_of_range(value, "a duration is a whole number of milliseconds and at most 1000 years", sink);
    return Time::zero();
}

model::Duration read_duration(const Value& group, Sink& sink) {
    using Shape = model::Duration::Shape;
    std::vector<Time> times;
    for (const Value& item : group.items)
        if (item.kind == Kind::duration) times.push_back(read_time(item, sink));
    for (std::size_t i = 1; i < times.size(); ++i) check_order(group, times[i - 1], times[i], sink);

    const std::string& first = group.items.front().text;
    if (first == "mean") return {Shape::exponential, times[0], times[0], times[0], {}};
    if (first == "p50") return {Shape::lognormal, times[0], times[0], times[1], {}};
    if (times.size() == 3) return {Shape::pert, times[0], times[1], times[2], {}};
    if (times.size() == 2) return {Shape::uniform, times[0], times[0], times[1], {}};
    return model::Duration::exactly(times[0]);
}

support::Size read_size(const Value& value, Sink& sink) {
    const auto size = support::parse_size(value.text);
    if (size && size->bytes > 0) return *size;
    out_of_range(value, "a size is a whole number of bytes from 1B to 9223PB", sink);
    return {1};
}

support::Rate read_rate(const Value& value, bool may_be_zero, Sink& sink) {
    const auto rate = support::parse_rate(value.text);
    if (rate && (rate->bytes > 0 || may_be_zero)) return *rate;
    out_of_range(value, "a rate is a whole number of bytes, above zero, in each s, m, h or d", sink);
    return {1, Time{1000}};
}

model::Percent read_percent(const Value& value, Sink& sink) {
    std::string_view text = value.text;
    const auto number = support::take_decimal(text);
    const auto millionths = number ? number->times(10'000) : std::nullopt;
    if (millionths && *millionths <= 1'000'000) return {static_cast<std::int32_t>(*millionths)};
    out_of_range(value, "a percentage runs from 0% to 100% and has at most four decimals", sink);
    return {};
}

std::int64_t read_number(const Value& value, std::int64_t low, std::int64_t high, Sink& sink) {
    std::string_view text = value.text;
    const auto number = support::take_decimal(text);
    const auto whole = number ? number->times(1) : std::nullopt;
    if (whole && low <= *whole && *whole <= high) return *whole;
    out_of_range(value, fmt::format("it has to be a whole number from {} to {}", low, high), sink);
    return low;
}

std::optional<std::chrono::year_month_day> read_date(const Value& value, Sink& sink) {
    const std::string& text = value.text;
    const std::chrono::year_month_day date{std::chrono::year{std::stoi(text.substr(0, 4))},
                                           std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
                                           std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
    if (date.ok()) return date;
    sink.report(messages::bad_date, value.span, Name{text});
    return std::nullopt;
}

std::optional<std::string> read_moment(const Value& value, Sink& sink) {
    std::string text = value.text.substr(0, value.text.find_first_of(".Z"));
    if (text.size() < std::string_view("2026-09-30T02:00:00").size()) text += ":00";
    const auto below = [&](std::size_t at, int limit) { return std::stoi(text.substr(at, 2)) < limit; };
    if (!read_date(value, sink)) return std::nullopt;
    if (below(11, 24) && below(14, 60) && below(17, 60)) return text + "Z";
    out_of_range(value, "hours run to 23, minutes and seconds to 59", sink);
    return std::nullopt;
}

std::optional<Time> read_clock(const Value& value, Sink& sink) {
    const int hour = std::stoi(value.text.substr(0, 2));
    const int minute = std::stoi(value.text.substr(3, 2));
    if (minute < 60 && (hour < 24 || (hour == 24 && minute == 0))) return std::chrono::hours{hour} + std::chrono::minutes{minute};
    out_of_range(value, "times of day run from 00:00 to 24:00", sink);
    return std::nullopt;
}

}  // namespace muster::sema
