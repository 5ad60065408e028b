#include "compiler/diagnostics/baseline_json.h"

#include <nlohmann/json.hpp>

namespace muster::diagnostics {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using support::Result;

constexpr int format = 1;
constexpr std::size_t digits_of_fingerprint = 16;

// "line 3, column 5" of the byte before which reading stopped.
std::string place_of(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n');
    return fmt::format("line {}, column {}", line, before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1);
}

bool is_fingerprint(const json& value) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    return text.size() == digits_of_fingerprint && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string text_of(const json& entry, const char* key) {
    const auto found = entry.find(key);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<Known> entry_of(const json& entry, const std::string& where) {
    if (!entry.is_object()) return support::fail(where + " is no object");
    if (!entry.contains("fingerprint") || !is_fingerprint(entry["fingerprint"]))
        return support::fail(where + " has no `fingerprint` of 16 hexadecimal digits");
    Known known{entry["fingerprint"], text_of(entry, "code"), text_of(entry, "about"), {}};
    if (known.code.empty()) return support::fail(where + " has no `code`");
    if (const auto achieved = entry.find("achieved_ms"); achieved != entry.end()) {
        if (!achieved->is_number_integer()) return support::fail(where + " has an `achieved_ms` that is no whole number");
        known.achieved = support::Time{achieved->get<std::int64_t>()};
    }
    return known;
}

}  // namespace

std::string render_baseline(const std::vector<Diagnostic>& findings, const support::Sources& sources) {
    ordered_json out{{"format", format}, {"known", ordered_json::array()}};
    for (const Diagnostic& finding : findings) {
        ordered_json entry{{"fingerprint", fingerprint(finding, sources)},
                           {"code", finding.entry.code},
                           {"name", finding.entry.name},
                           {"file", sources[finding.primary.span.file].path()},
                           {"about", about(finding)}};
        if (finding.achieved) entry["achieved_ms"] = finding.achieved->count();
        out["known"].push_back(std::move(entry));
    }
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Result<std::vector<Known>> read_baseline(std::string_view text, const std::string& path) {
    json document;
    try {
        document = json::parse(text);
    } catch (const json::parse_error& error) {
        return support::fail(fmt::format("{} is no baseline: no JSON at {}", path, place_of(text, error.byte)));
    }
    const auto known = document.is_object() ? document.find("known") : document.end();
    if (!document.is_object() || document.value("format", json()) != json(format) || known == document.end() || !known->is_array())
        return support::fail(
            fmt::format("{} is no baseline: it wants `\"format\": {}` and a list `known`; `muster check --write-baseline` "
                        "makes one",
                        path, format));
    std::vector<Known> entries;
    for (const json& entry : *known) {
        auto read = entry_of(entry, fmt::format("{} is no baseline: entry {} of `known`", path, entries.size() + 1));
        if (!read) return tl::make_unexpected(read.error());
        entries.push_back(std::move(*read));
    }
    return entries;
}

}  // namespace muster::diagnostics
