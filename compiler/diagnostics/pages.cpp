#include "compiler/diagnostics/pages.h"

#include <array>

#include "pages_text.h"

namespace muster::diagnostics {
namespace {

// In the order of the registry.
constexpr std::array texts{
#define MUSTER_MESSAGE(identifier, code, name, severity, text, ...) std::string_view(text),
#include "compiler/diagnostics/messages.def"
#undef MUSTER_MESSAGE
};

// By the digit behind the M of a code.
constexpr std::array<std::string_view, 3> families{"How the text is written", "What its names and values mean",
                                                   "Whether the plan recovers"};

std::string_view family_of(const Entry& entry) { return families.at(static_cast<std::size_t>(entry.code[1] - '1')); }

}  // namespace

std::string_view page(const Entry& entry) {
    for (const auto& [code, text] : embedded::all)
        if (code == entry.code) return text;
    return {};
}

std::string title(const Entry& entry) {
    std::string_view rest;
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (registry()[i].code == entry.code) rest = texts.at(i);
    std::string out;
    while (!rest.empty()) {
        const bool gap = rest.starts_with("{}");
        const bool brace = rest.starts_with("{{") || rest.starts_with("}}");
        out += gap ? std::string("…") : std::string(rest.substr(0, 1));
        rest.remove_prefix(gap || brace ? 2 : 1);
    }
    return out;
}

std::string index_page() {
    std::string out =
        "# Diagnostics\n\nWhat `muster check` can say. `muster explain CODE` prints a page, `muster explain --list` this list; a gap is "
        "`…`.\n"
        "This page is `muster explain --list --format markdown`.\n";
    std::string_view family;
    for (const Entry& entry : registry()) {
        if (family_of(entry) != family)
            out += fmt::format("\n## {}\n\n| code | name | severity | |\n| --- | --- | --- | --- |\n", family_of(entry));
        family = family_of(entry);
        out += fmt::format("| [{0}]({0}.md) | {1} | {2} | {3} |\n", entry.code, entry.name, severity_name(entry.severity), title(entry));
    }
    return out;
}

}  // namespace muster::diagnostics
