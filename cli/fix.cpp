#include "cli/fix.h"

#include <algorithm>
#include <stdexcept>

namespace muster::cli {
namespace {

using diagnostics::Edit;
using support::Position;
using support::Source;
using support::Sources;

constexpr int most_rounds = 10;  // an edit may uncover the next fault, but hardly that often

std::size_t offset_of(const Source& source, Position position) {
    const std::string_view line = source.line(position.line);
    if (line.data() == nullptr) return source.text().size();
    std::size_t byte = 0;
    for (std::uint32_t column = 1; byte < line.size(); ++byte) {
        const bool starts_character = (static_cast<unsigned char>(line[byte]) & 0xC0) != 0x80;
        if (starts_character && column++ == position.column) break;
    }
    return static_cast<std::size_t>(line.data() - source.text().data()) + byte;
}

struct Range {
    std::size_t begin, end;
};

// The whole line where nothing else but white space stands on it.
Range with_its_line(const std::string& text, Range range) {
    const std::size_t before = text.find_last_not_of(" \t", range.begin == 0 ? std::string::npos : range.begin - 1);
    const bool starts = range.begin == 0 || before == std::string::npos || text[before] == '\n';
    const std::size_t after = text.find_first_not_of(" \t\r", range.end);
    if (!starts || (after != std::string::npos && text[after] != '\n')) return range;
    return {range.begin == 0 || before == std::string::npos ? 0 : before + 1, after == std::string::npos ? text.size() : after + 1};
}

bool overlap(const Edit& a, const Edit& b) {
    return a.span == b.span || (a.span.file == b.span.file && a.span.begin < b.span.end && b.span.begin < a.span.end);
}

// The edits of a finding belong together.
std::vector<Edit> edits_of(const Input& input) {
    std::vector<Edit> chosen;
    for (const auto& finding : input.findings.counted) {
        const bool fits = std::none_of(finding.edits.begin(), finding.edits.end(), [&](const Edit& edit) {
            return std::any_of(chosen.begin(), chosen.end(), [&](const Edit& other) { return overlap(edit, other); });
        });
        if (fits) chosen.insert(chosen.end(), finding.edits.begin(), finding.edits.end());
    }
    return chosen;
}

Sources with_edits(const Sources& sources, const std::vector<Edit>& edits) {
    Sources after;
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
        const Source& source = sources[{i}];
        std::vector<Edit> here;
        std::copy_if(edits.begin(), edits.end(), std::back_inserter(here), [i](const Edit& edit) { return edit.span.file.value == i; });
        const std::string mark = source.bytes().substr(0, source.bytes().size() - source.text().size());
        auto made = support::make_source(source.path(), mark + edited(source, std::move(here)));
        if (!made) throw std::logic_error("an edit leaves no text: " + made.error().message);
        if (sources.measurements() == support::FileId{i}) after.add_measurements(std::move(*made));
        else after.add(std::move(*made));
    }
    return after;
}

}  // namespace

std::string edited(const Source& source, std::vector<Edit> edits) {
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return b.span.begin < a.span.begin; });
    std::string text = source.text();
    for (const Edit& edit : edits) {  // from the end, so that what is before stays where it was
        Range range{offset_of(source, edit.span.begin), offset_of(source, edit.span.end)};
        if (edit.replacement.empty()) range = with_its_line(text, range);
        text.replace(range.begin, range.end - range.begin, edit.replacement);
    }
    return text;
}

Fixed fix(Input input, const Common& common) {
    const Sources before = input.sources;
    Fixed fixed{std::move(input), {}, 0};
    for (int round = 0; round < most_rounds; ++round) {
        const std::vector<Edit> edits = edits_of(fixed.input);
        if (edits.empty()) break;
        fixed.edits += edits.size();
        fixed.input = check_plan(with_edits(fixed.input.sources, edits), common);
    }
    for (std::uint32_t i = 0; i < before.size(); ++i) {
        const Source& old = before[{i}];
        const Source& changed = fixed.input.sources[{i}];
        if (old.text() != changed.text()) fixed.files.push_back({old.path(), old.bytes(), changed.bytes()});
    }
    return fixed;
}

}  // namespace muster::cli
