#include "compiler/diff/said_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/support/bytes.h"
#include "compiler/support/time.h"

namespace muster::diff {
namespace {

using support::Time;

constexpr std::size_t longest = 100;

// Keys whose value says what it is.
constexpr std::array<std::string_view, 13> silent{"verb",  "kind",  "name", "by",        "text",    "address", "grade",
                                                  "store", "level", "site", "length_ms", "subject", "event"};

std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

std::string duration(const ordered_json& value) {
    const auto at = [&](const char* key) { return support::format_duration(Time{value.at(key).get<std::int64_t>()}); };
    const std::string shape = value.at("shape");
    if (shape == "uniform") return at("low_ms") + ".." + at("high_ms");
    if (shape == "pert") return at("low_ms") + ".." + at("mode_ms") + ".." + at("high_ms");
    if (shape == "lognormal") return "p50 " + at("p50_ms") + " p95 " + at("p95_ms");
    if (shape == "exponential") return "mean " + at("mean_ms");
    if (shape == "exact") return at("low_ms");
    return "";
}

std::string number(const std::string& key, const ordered_json& value) {
    const auto count = value.get<std::int64_t>();
    if (key.ends_with("_ms")) return support::format_duration(Time{count});
    if (key.ends_with("_bytes")) return support::format_size({count});
    // Millionths as a percentage: four places, without the zeros at its end.
    if (!key.ends_with("_millionths")) return std::to_string(count);
    std::string text = fmt::format("{}.{:04}", count / 10'000, count % 10'000);
    text.erase(text.find_last_not_of('0') + 1);
    return (text.back() == '.' ? text.substr(0, text.size() - 1) : text) + "%";
}

std::string pairs(const ordered_json& value) {
    std::string text;
    for (const auto& [key, inner] : value.items()) {
        const bool quiet = std::find(silent.begin(), silent.end(), key) != silent.end();
        const std::string what = said(key, inner);
        text += (text.empty() ? "" : " ") + (quiet ? what : inner == true ? words_of(key) : words_of(key) + " " + what);
    }
    return text;
}

std::string object(const ordered_json& value) {
    if (value.contains("shape"))
        if (std::string text = duration(value); !text.empty()) return text;
    if (value.contains("bytes") && value.contains("per_ms"))
        return support::format_rate({value["bytes"].get<std::int64_t>(), Time{value["per_ms"].get<std::int64_t>()}});
    if (value.contains("written"))
        return value["written"].get<std::string>() + (value.contains("zone") ? " " + value["zone"].get<std::string>() : "");
    return pairs(value);
}

std::string list(const std::string& key, const ordered_json& value, std::string_view separator) {
    std::string text;
    for (const ordered_json& one : value)
        text += (text.empty() ? "" : std::string(separator)) + (one.is_array() ? list(key, one, " or ") : said(key, one));
    return text;
}

}  // namespace

std::string said(const std::string& key, const ordered_json& value) {
    if (value.is_string()) return on_one_line(value.get<std::string>());
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (value.is_number()) return number(key, value);
    if (value.is_object()) return on_one_line(object(value));
    return value.is_array() ? on_one_line(list(key, value, ", ")) : "";
}

std::string words_of(const std::string& key) {
    std::string text = key;
    for (const std::string_view unit : {"_ms", "_bytes", "_millionths"})
        if (text.ends_with(unit)) text.erase(text.size() - unit.size());
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace muster::diff
