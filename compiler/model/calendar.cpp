#include "compiler/model/calendar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

namespace muster::model {
namespace {

using support::fail;
using support::Result;

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekday_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Field {
    std::string_view name;
    std::uint64_t least;
    std::uint64_t most;
    std::span<const std::string_view> names;  ///< of `least`, `least` + 1, …
};

const std::array<Field, 5> fields{{{"minute", 0, 59, {}},
                                   {"hour", 0, 23, {}},
                                   {"day of the month", 1, 31, {}},
                                   {"month", 1, 12, month_names},
                                   {"weekday", 0, 6, weekday_names}}};

struct Shorthand {
    std::string_view name;
    std::string_view cron;
};

constexpr std::array<Shorthand, 7> shorthands{{{"@yearly", "0 0 1 1 *"},
                                               {"@annually", "0 0 1 1 *"},
                                               {"@monthly", "0 0 1 * *"},
                                               {"@weekly", "0 0 * * 0"},
                                               {"@daily", "0 0 * * *"},
                                               {"@midnight", "0 0 * * *"},
                                               {"@hourly", "0 * * * *"}}};

struct Values {
    std::uint64_t bits = 0;
    bool any = false;
};

struct Range {
    std::uint64_t first;
    std::uint64_t last;
    bool single;  ///< written as one value or as `*`: a step runs on to the field's end
    bool any;
};

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

tl::unexpected<support::Failure> wrong(const Field& field, std::string_view text, std::string_view why) {
    return fail("the " + std::string(field.name) + ' ' + quoted(text) + ' ' + std::string(why));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find_first_of(separators, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::vector<std::string_view> split_words(std::string_view text, std::string_view separators) {
    auto parts = split(text, separators);
    std::erase(parts, std::string_view{});
    return parts;
}

std::optional<std::uint64_t> read_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.starts_with('-')) return std::nullopt;
    return static_cast<std::uint64_t>(number);
}

bool same_letters(std::string_view written, std::string_view name) {
    constexpr auto lower = [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; };
    return std::ranges::equal(written, name, {}, lower);
}

Result<std::uint64_t> read_value(std::string_view text, const Field& field) {
    for (std::size_t i = 0; i < field.names.size(); ++i)
        if (same_letters(text, field.names[i])) return field.least + i;
    const auto number = read_number(text);
    if (!number) return wrong(field, text, field.names.empty() ? "is no number" : "is neither a number nor a name of three letters");
    if (*number >= field.least && *number <= field.most) return *number;
    if (*number == 7 && field.most == 6) return wrong(field, text, "is above 6: Sunday is 0");
    const bool below = *number < field.least;
    return wrong(field, text, (below ? "is below " : "is above ") + std::to_string(below ? field.least : field.most));
}

Result<Range> read_ends(std::string_view text, const Field& field) {
    const auto ends = split(text, "-");
    const bool any = ends[0] == "*" || ends[0] == "?";
    if (any && ends.size() > 1) return wrong(field, text, "is a range that begins with a wildcard");
    if (ends.size() > 2) return wrong(field, text, "has more than one hyphen");
    if (any) return Range{field.least, field.most, true, true};
    const auto first = read_value(ends[0], field);
    if (!first) return tl::make_unexpected(first.error());
    if (ends.size() == 1) return Range{*first, *first, true, false};
    const auto last = read_value(ends[1], field);
    if (!last) return tl::make_unexpected(last.error());
    if (*first > *last) return wrong(field, text, "ends before it begins");
    return Range{*first, *last, false, false};
}

Result<Values> read_range(std::string_view text, const Field& field) {
    const auto parts = split(text, "/");
    if (parts.size() > 2) return wrong(field, text, "has more than one slash");
    auto range = read_ends(parts[0], field);
    if (!range) return tl::make_unexpected(range.error());
    std::uint64_t step = 1;
    if (parts.size() == 2) {
        const auto number = read_number(parts[1]);
        if (!number || *number == 0) return wrong(field, text, "has a step that is no number above 0");
        step = *number;
        if (range->single) range->last = field.most;
    }
    Values values{0, range->any && step == 1};
    for (std::uint64_t value = range->first; value <= range->last; value += step) values.bits |= std::uint64_t{1} << value;
    return values;
}

Result<Values> read_field(std::string_view text, const Field& field) {
    Values all;
    for (const auto part : split_words(text, ",")) {
        auto values = read_range(part, field);
        if (!values) return values;
        all.bits |= values->bits;
        all.any = all.any || values->any;
    }
    if (all.bits == 0) return wrong(field, text, "names no value");
    return all;
}

Result<Calendar> read_fields(const std::vector<std::string_view>& words) {
    std::array<Values, fields.size()> values;
    std::string cron;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto field = read_field(words[i], fields[i]);
        if (!field) return tl::make_unexpected(field.error());
        values[i] = *field;
        cron += (i == 0 ? "" : " ") + std::string(words[i]);
    }
    return Calendar{.minutes = values[0].bits,
                    .hours = static_cast<std::uint32_t>(values[1].bits),
                    .days = static_cast<std::uint32_t>(values[2].bits),
                    .months = static_cast<std::uint16_t>(values[3].bits),
                    .weekdays = static_cast<std::uint8_t>(values[4].bits),
                    .any_day = values[2].any,
                    .any_weekday = values[4].any,
                    .cron = std::move(cron)};
}

Result<std::string_view> written_out(std::string_view shorthand) {
    for (const Shorthand& known : shorthands)
        if (known.name == shorthand) return known.cron;
    if (shorthand.starts_with("@every")) return fail(quoted(shorthand) + " is an interval and no calendar; write `every` and a duration");
    return fail(quoted(shorthand) + " is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly");
}

}  // namespace

Result<Calendar> parse_cron(std::string_view text) {
    if (text.starts_with("TZ=") || text.starts_with("CRON_TZ="))
        return fail("a time zone does not belong in the cron line; the plan has its own word for it");
    if (text.starts_with('@')) {
        const auto cron = written_out(text);
        if (!cron) return tl::make_unexpected(cron.error());
        text = *cron;
    }
    const auto words = split_words(text, " \t\n\v\f\r");
    if (words.size() != fields.size())
        return fail(quoted(text) + " has " + std::to_string(words.size()) +
                    " fields; cron has five: minute, hour, day of the month, month, weekday");
    return read_fields(words);
}

}  // namespace muster::model
