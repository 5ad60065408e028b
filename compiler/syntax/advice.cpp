#include "compiler/syntax/advice.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/suggest.h"

namespace muster::syntax {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// What people write from habit, and the keyword for it. A word may mean several: the first that fits the block is named.
constexpr auto habits = std::to_array<Pair>({
    {"actor", "by"},
    {"assignee", "by"},
    {"bucket", "s3"},
    {"command", "run"},
    {"count", "headcount"},
    {"depends", "needs"},
    {"depends-on", "needs"},
    {"depends_on", "needs"},
    {"dependencies", "needs"},
    {"description", "text"},
    {"destination", "to"},
    {"duration", "takes"},
    {"exec", "run"},
    {"frequency", "every"},
    {"from", "in"},
    {"impact", "fails"},
    {"impacts", "fails"},
    {"instructions", "manual"},
    {"interval", "every"},
    {"kms", "encrypted"},
    {"location", "at"},
    {"location", "region"},
    {"monitors", "watches"},
    {"notify", "notifies"},
    {"on-call", "hours"},
    {"owner", "by"},
    {"page", "notifies"},
    {"pages", "notifies"},
    {"people", "headcount"},
    {"performer", "by"},
    {"responsible", "by"},
    {"period", "every"},
    {"region", "at"},
    {"requires", "needs"},
    {"response", "responds"},
    {"response-time", "responds"},
    {"response_time", "responds"},
    {"restores", "recovers"},
    {"retain", "keep"},
    {"retention", "keep"},
    {"schedule", "cron"},
    {"schedule", "every"},
    {"script", "run"},
    {"site", "at"},
    {"size", "headcount"},
    {"steps", "step"},
    {"storage-class", "storage"},
    {"storage_class", "storage"},
    {"target", "to"},
    {"targets", "to"},
    {"team", "by"},
    {"throughput", "rate"},
    {"time", "takes"},
    {"uses", "needs"},
    {"wal", "archive"},
    {"when", "after"},
    {"who", "by"},
});

// The same of declarations.
constexpr auto declaration_habits = std::to_array<Pair>({
    {"alert", "detector"},    {"app", "service"},       {"application", "service"}, {"asset", "service"},       {"bucket", "store"},
    {"component", "service"}, {"database", "service"},  {"datacenter", "site"},     {"dependency", "external"}, {"disaster", "scenario"},
    {"exercise", "drill"},    {"incident", "scenario"}, {"monitor", "detector"},    {"person", "role"},         {"playbook", "procedure"},
    {"runbook", "procedure"}, {"system", "service"},    {"team", "role"},           {"test", "drill"},          {"threat", "scenario"},
    {"vendor", "external"},
});

// What people call a unit, and how Muster writes it.
constexpr auto units = std::to_array<Pair>({
    {"ms", "ms"},   {"millis", "ms"}, {"s", "s"},     {"sec", "s"},    {"secs", "s"},    {"second", "s"}, {"seconds", "s"},
    {"m", "m"},     {"min", "m"},     {"mins", "m"},  {"minute", "m"}, {"minutes", "m"}, {"h", "h"},      {"hr", "h"},
    {"hrs", "h"},   {"hour", "h"},    {"hours", "h"}, {"d", "d"},      {"day", "d"},     {"days", "d"},   {"w", "w"},
    {"week", "w"},  {"weeks", "w"},   {"mo", "mo"},   {"month", "mo"}, {"months", "mo"}, {"y", "y"},      {"year", "y"},
    {"years", "y"}, {"B", "B"},       {"kB", "kB"},   {"KB", "kB"},    {"MB", "MB"},     {"GB", "GB"},    {"TB", "TB"},
    {"PB", "PB"},   {"KiB", "KiB"},   {"MiB", "MiB"}, {"GiB", "GiB"},  {"TiB", "TiB"},   {"PiB", "PiB"},  {"%", "%"},
});

constexpr std::size_t most_listed = 24;  // keywords of a block
constexpr std::size_t same_start = 4;    // letters that two words share for one to be meant by the other: `notify`, `notifies`

std::optional<std::string> by_habit(const std::string& word, const std::vector<std::string>& known) {
    for (const auto& [habit, keyword] : habits)
        if (habit == word && std::find(known.begin(), known.end(), keyword) != known.end()) return std::string(keyword);
    return std::nullopt;
}

std::optional<std::string> by_its_start(const std::string& word, const std::vector<std::string>& known) {
    if (word.size() < same_start) return std::nullopt;
    const auto found = std::find_if(known.begin(), known.end(), [&](const std::string& each) {
        return each.size() >= same_start && each.compare(0, same_start, word, 0, same_start) == 0;
    });
    return found == known.end() ? std::nullopt : std::optional(*found);
}

bool is_word(const std::string& text) { return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0; }

std::string listed(const std::string& owner, std::vector<std::string> known) {
    std::erase_if(known, [](const std::string& each) { return !is_word(each) || each == "allow"; });
    std::sort(known.begin(), known.end());
    const std::size_t more = known.size() > most_listed ? known.size() - most_listed : 0;
    known.resize(known.size() - more);
    if (known.empty()) return {};
    return fmt::format("the clauses of `{}` are `{}`{}", owner, fmt::join(known, "`, `"),
                       more > 0 ? fmt::format(" and {} more, all in docs/language.md", more) : "");
}

// `30m` for "30m". Empty where that is no quantity.
std::string as_quantity(const std::string& content) {
    const std::size_t digits = content.find_first_not_of("0123456789.");
    const bool is_one = digits != 0 && digits != std::string::npos && quantity_meant(content.substr(0, digits), content.substr(digits));
    return is_one ? *quantity_meant(content) : std::string();
}

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; }

// A name as near to `text` as one can be: `web-shop` for "web shop". Empty where there is none.
std::string as_name(const std::string& text) {
    std::string name;
    for (const char c : text)
        if (in_name(c)) name += c;
        else if (!name.empty() && name.back() != '-') name += '-';
    while (!name.empty() && name.back() == '-') name.pop_back();
    return is_word(name) ? name : std::string();
}

std::string without_quotes(const Misfit& misfit) {
    const std::string content = misfit.text.substr(1, misfit.text.size() - 2);
    if (misfit.clause == "engine") return fmt::format("an engine and its version have no quotes: `engine {}`", content);
    const std::string name = as_name(content);
    if (name.empty() || name.size() > 60) return "a name has no quotes: letters, digits, `-` and `_`";
    return fmt::format("a name has no quotes{}: `{}`", name == content ? "" : ", and no spaces in it", name);
}

}  // namespace

std::string advice_on_clause(const std::string& owner, const std::string& word, const std::vector<std::string>& known) {
    if (const auto meant = support::closest(word, known)) return "did you mean `" + *meant + "`?";
    if (word == "tier") return "a tier stands after the name: `" + owner + " NAME : TIER`";
    if (const auto meant = by_habit(word, known)) return "it is called `" + *meant + "` here";
    if (const auto meant = by_its_start(word, known)) return "did you mean `" + *meant + "`?";
    return listed(owner, known);
}

std::string advice_on_text(const Misfit& misfit) {
    const char first = misfit.text.empty() ? ' ' : misfit.text[0];
    if (first == ':' || first == '=') return fmt::format("a clause has no `{}`: its keyword is followed by what it says", first);
    if (first == '[' || first == '(') return "a list has no brackets: commas stand between its words";
    if (first == '#') return "a comment starts with `//`";
    if (misfit.time_fits && std::isdigit(static_cast<unsigned char>(first)) != 0) return "hour and minute have two digits each: `02:00`";
    if (is_word(misfit.text) && misfit.text_fits && !misfit.name_fits) return fmt::format("write it in quotes: `\"{}\"`", misfit.text);
    if ((first != '"' && first != '\'') || misfit.text.size() < 2) return {};
    const std::string quantity = as_quantity(misfit.text.substr(1, misfit.text.size() - 2));
    if (!quantity.empty() && !misfit.text_fits) return fmt::format("a quantity has no quotes: `{}`", quantity);
    return misfit.name_fits ? without_quotes(misfit) : std::string();
}

std::string advice_on_declaration(const std::string& word, const std::vector<std::string>& known) {
    for (const auto& [habit, keyword] : declaration_habits)
        if (habit == word) return fmt::format("it is called `{}` here", keyword);
    std::vector<std::string> all = known;
    std::erase_if(all, [](const std::string& each) { return !is_word(each); });
    std::sort(all.begin(), all.end());
    return all.empty() ? std::string() : fmt::format("declarations start with `{}`", fmt::join(all, "`, `"));
}

std::optional<std::string> time_meant(const std::string& written) {
    constexpr int noon = 12;
    const std::size_t digits = written.find_first_not_of("0123456789");
    const std::string half = digits == std::string::npos ? "" : written.substr(digits);
    if (digits == 0 || digits > 2 || (half != "am" && half != "pm")) return std::nullopt;
    const int hour = std::stoi(written.substr(0, digits));
    if (hour < 1 || hour > noon) return std::nullopt;
    return fmt::format("{:02}:00", hour % noon + (half == "pm" ? noon : 0));
}

std::optional<std::string> quantity_meant(const std::string& number, const std::string& word) {
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Pair& each) { return each.first == word; });
    return unit == units.end() ? std::nullopt : std::optional(number + std::string(unit->second));
}

std::optional<std::string> quantity_meant(const std::string& written) {
    const std::size_t digits = written.find_first_not_of("0123456789.");
    if (digits == 0 || digits == std::string::npos) return std::nullopt;
    return quantity_meant(written.substr(0, digits), written.substr(digits));
}

}  // namespace muster::syntax
