#include "compiler/diagnostics/sarif_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/pages.h"
#include "compiler/diagnostics/text.h"
#include "compiler/support/utf8.h"

namespace muster::diagnostics {
namespace {

using nlohmann::ordered_json;
using support::Sources;
using support::Span;

constexpr std::string_view root = "%SRCROOT%";

ordered_json list_of(ordered_json only) {
    ordered_json out = ordered_json::array();
    out.push_back(std::move(only));
    return out;
}

// `[words](place)` in a message is a link (section 3.11.6): the name of a service may not become one.
std::string plain(std::string_view text) {
    std::string shown = support::printable(text);
    if (shown.find("](") == std::string::npos) return shown;
    std::string out;
    for (const char c : shown) {
        if (c == '[' || c == ']' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

ordered_json message(std::string_view text) { return {{"text", plain(text)}}; }

// RFC 3986: everything but unreserved characters and the slashes is written in hexadecimal digits.
std::string encoded(std::string_view path) {
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string out;
    for (const char c : path)
        if (unreserved.find(c) != std::string_view::npos) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

ordered_json artifact(const Span& span, const Sources& sources) {
    const std::string& path = sources[span.file].path();
    if (path.starts_with('/')) return {{"uri", "file://" + encoded(path)}};
    return {{"uri", encoded(path)}, {"uriBaseId", root}};
}

ordered_json region(const Span& span) {
    return {{"startLine", span.begin.line}, {"startColumn", span.begin.column}, {"endLine", span.end.line}, {"endColumn", span.end.column}};
}

ordered_json location(const Label& label, const Sources& sources) {
    ordered_json place{{"artifactLocation", artifact(label.span, sources)}};
    if (label.span.begin.line > 0) place["region"] = region(label.span);
    ordered_json out{{"physicalLocation", place}};
    if (!label.text.empty()) out["message"] = message(label.text);
    return out;
}

ordered_json primary(const Diagnostic& d, const Sources& sources) {
    ordered_json out = location(d.primary, sources);
    if (!d.subject.name.empty())
        out["logicalLocations"] = list_of({{"name", support::printable(d.subject.name)}, {"kind", d.subject.kind}});
    return out;
}

// The parts of a path are aligned for the terminal.
std::string unpadded(const std::string& text) { return text.substr(std::min(text.find_first_not_of(' '), text.size())); }

ordered_json code_flow(const std::vector<Label>& path, const Sources& sources) {
    ordered_json locations = ordered_json::array();
    for (const Label& part : path) locations.push_back({{"location", location({part.span, unpadded(part.text)}, sources)}});
    return {{"threadFlows", list_of({{"locations", locations}})}};
}

ordered_json change(const Edit& edit, const Sources& sources) {
    const ordered_json replacement{{"deletedRegion", region(edit.span)}, {"insertedContent", {{"text", edit.replacement}}}};
    return {{"artifactLocation", artifact(edit.span, sources)}, {"replacements", list_of(replacement)}};
}

// The edits of a finding are one fix: several would be a choice.
ordered_json fix(const std::vector<Edit>& edits, const Sources& sources) {
    ordered_json changes = ordered_json::array();
    for (const Edit& edit : edits) changes.push_back(change(edit, sources));
    return {{"artifactChanges", changes}};
}

ordered_json properties(const Diagnostic& d) {
    ordered_json out = ordered_json::object();
    if (!d.scenario.empty()) out["scenario"] = d.scenario;
    if (d.target) out["target_ms"] = d.target->count();
    if (d.achieved) out["achieved_ms"] = d.achieved->count();
    return out;
}

void add_places(ordered_json& out, const Diagnostic& d, const Sources& sources) {
    out["locations"] = list_of(primary(d, sources));
    for (const Label& label : d.related) {
        ordered_json place = location(label, sources);
        place["id"] = &label - d.related.data() + 1;
        out["relatedLocations"].push_back(place);
    }
    if (!d.path.empty()) out["codeFlows"] = list_of(code_flow(d.path, sources));
    if (!d.edits.empty()) out["fixes"] = list_of(fix(d.edits, sources));
}

ordered_json suppression(const Suppressed& suppressed) {
    ordered_json out{{"kind", suppressed.by == Suppressed::By::waiver ? "inSource" : "external"}, {"status", "accepted"}};
    if (!suppressed.because.empty()) out["justification"] = support::printable(suppressed.because);
    return out;
}

std::string text_of(const Diagnostic& d) {
    std::string text = plain(d.message);
    for (const std::string& line : also_lines(d)) text += "\nalso: " + plain(line);
    return text + (d.help.empty() ? "" : "\nhelp: " + plain(d.help));
}

ordered_json result(const Diagnostic& d, const Sources& sources) {
    const auto rule = std::find_if(registry().begin(), registry().end(), [&](const Entry& entry) { return entry.code == d.entry.code; });
    ordered_json out{{"ruleId", d.entry.code},
                     {"ruleIndex", rule - registry().begin()},
                     {"level", severity_name(d.entry.severity)},
                     {"message", {{"text", text_of(d)}}}};
    add_places(out, d, sources);
    out["partialFingerprints"] = {{"muster/v1", fingerprint(d, sources)}};
    out["suppressions"] = ordered_json::array();
    if (ordered_json more = properties(d); !more.empty()) out["properties"] = more;
    return out;
}

std::string words(std::string_view text, char between) {
    std::string out(text);
    std::replace(out.begin(), out.end(), between, ' ');
    return out;
}

// A page begins with its heading and, as a paragraph, the reason for the rule.
ordered_json rule(const Entry& entry) {
    const std::string_view text = page(entry);
    const std::string_view body = text.substr(std::min(text.find("\n\n"), text.size() - 2) + 2);
    return {{"id", entry.code},
            {"name", entry.name},
            {"shortDescription", {{"text", words(entry.name, '-')}}},
            {"fullDescription", {{"text", words(body.substr(0, body.find("\n\n")), '\n')}}},
            {"defaultConfiguration", {{"level", severity_name(entry.severity)}}},
            {"help", {{"text", body}, {"markdown", body}}}};
}

ordered_json driver(const Provenance& provenance) {
    ordered_json out{{"name", "muster"}, {"version", provenance.tool_version}, {"rules", ordered_json::array()}};
    for (const Entry& entry : registry()) out["rules"].push_back(rule(entry));
    return out;
}

}  // namespace

std::string render_sarif(const Findings& findings, const Sources& sources, const Provenance& provenance) {
    ordered_json results = ordered_json::array();
    for (const Diagnostic& d : findings.counted) results.push_back(result(d, sources));
    for (const Suppressed& suppressed : findings.suppressed) {
        results.push_back(result(suppressed.finding, sources));
        results.back()["suppressions"].push_back(suppression(suppressed));
    }
    const ordered_json run{{"tool", {{"driver", driver(provenance)}}},
                           {"columnKind", "unicodeCodePoints"},
                           {"originalUriBaseIds", {{root, {{"description", {{"text", "the folder that muster ran in"}}}}}}},
                           {"results", results},
                           {"properties", {{"plan", provenance.plan_name}, {"hash", provenance.plan_hash}}}};
    const ordered_json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", list_of(run)}};
    return log.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::diagnostics
