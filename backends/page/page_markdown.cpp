#include <fmt/format.h>

#include "backends/page/page.h"
#include "backends/page/text.h"

namespace muster::backends::page {
namespace {

// Code between backticks cannot be escaped: a run of them longer than any within, and no line end.
std::string code_span(const std::string& text) {
    std::string line = text.empty() ? " " : text;
    for (char& c : line)
        if (c == '\n' || c == '|') c = c == '|' ? '/' : ' ';
    const std::string fence = fenced("", line);
    std::string ticks = fence.substr(0, fence.find('\n'));
    std::string inner = fence.substr(ticks.size() + 1);
    inner.resize(inner.find('\n'));
    if (inner.find('`') == std::string::npos) return "`" + inner + "`";
    return ticks + " " + inner + " " + ticks;
}

std::string piece(const Piece& one) {
    switch (one.kind) {
        case Piece::Kind::strong: return "**" + markdown_text(one.text) + "**";
        case Piece::Kind::code: return code_span(one.text);
        case Piece::Kind::page: {
            const std::size_t anchor = std::min(one.target.find('#'), one.target.size());
            const std::string file = one.target.substr(0, anchor);
            return fmt::format("[{}]({}{}{})", markdown_text(one.text), file, file.empty() ? "" : ".md", one.target.substr(anchor));
        }
        case Piece::Kind::file: return fmt::format("[{}]({})", markdown_text(one.text), one.target);
        case Piece::Kind::blank: return "\\_\\_\\_\\_\\_\\_";
        case Piece::Kind::plain: break;
    }
    return markdown_text(one.text);
}

// The margin of a piece within a line is not lost with the escaping.
std::string margin(const std::string& text, bool front) {
    if (text.empty()) return {};
    return (front ? text.front() : text.back()) == ' ' ? " " : "";
}

std::string line(const Line& pieces) {
    std::string text;
    for (const Piece& one : pieces) {
        const bool is_plain = one.kind == Piece::Kind::plain && one.text.find_first_not_of(' ') != std::string::npos;
        if (is_plain && !text.empty()) text += margin(one.text, true);
        text += !is_plain && one.text == " " && !text.empty() && &one != &pieces.back() ? one.text : piece(one);
        if (is_plain && &one != &pieces.back()) text += margin(one.text, false);
    }
    return text;
}

// The same where it begins a paragraph or an item of a list.
std::string start(const Line& pieces) {
    if (pieces.empty() || pieces.front().kind != Piece::Kind::plain) return line(pieces);
    Line rest = pieces;
    const std::string first = markdown_start(pieces.front().text);
    rest.front().text.clear();
    const bool space = pieces.size() > 1 && !first.empty() && pieces.front().text.ends_with(' ');
    return first + (space ? " " : "") + line(rest);
}

struct Writer {
    std::string text;

    void operator()(const Heading& heading) {
        if (!heading.anchor.empty()) text += fmt::format("<a id=\"{}\"></a>\n\n", heading.anchor);
        text += fmt::format("{} {}\n\n", std::string(static_cast<std::size_t>(heading.level), '#'), markdown_text(heading.text));
    }
    void operator()(const Paragraph& paragraph) { text += start(paragraph.line) + "\n\n"; }
    void operator()(const Bullets& bullets) { list("- ", bullets.items); }
    void operator()(const Ticks& ticks) { list("- [ ] ", ticks.items); }
    void operator()(const Table& table) {
        std::string rule = "|";
        text += "|";
        for (const std::string& name : table.head) text += " " + markdown_text(name) + " |", rule += " --- |";
        text += "\n" + rule + "\n";
        for (const auto& row : table.rows) {
            text += "|";
            for (const Line& cell : row) text += " " + line(cell) + " |";
            text += "\n";
        }
        text += "\n";
    }
    void operator()(const Verbatim& verbatim) { text += fenced(verbatim.language, verbatim.text) + "\n"; }
    void operator()(const Picture& picture) {
        if (!picture.mermaid.empty()) text += fenced("mermaid", picture.mermaid) + "\n";
    }
    void operator()(const NewSheet&) {}

    void list(std::string_view mark, const std::vector<Line>& items) {
        for (const Line& item : items) text += std::string(mark) + start(item) + "\n";
        if (!items.empty()) text += "\n";
    }
};

}  // namespace

std::string markdown(const Page& page) {
    Writer writer;
    for (const Block& block : page.blocks) std::visit(writer, block);
    if (!writer.text.empty()) writer.text.pop_back();
    return writer.text;
}

}  // namespace muster::backends::page
