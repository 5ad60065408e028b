// A page for people: what it says once, and that as Markdown and as HTML.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace muster::backends::page {

/// A piece of a line. What a plan or a run says may stand in each `text`: it stays text.
struct Piece {
    enum class Kind : std::uint8_t {
        plain,
        strong,
        code,
        page,   ///< leads to the page `target`, without its ending, beside this one; with `#` to a heading
        file,   ///< leads to the file `target` beside this one
        blank,  ///< to be written on, on paper
    };
    Kind kind = Kind::plain;
    std::string text;
    std::string target;  ///< letters, digits, `.`, `_`, `-`, `/` and `#`
};

/// What stands on one line.
using Line = std::vector<Piece>;

/// Text as it is.
[[nodiscard]] inline Piece plain(std::string text) { return {Piece::Kind::plain, std::move(text), {}}; }
/// Text that stands out.
[[nodiscard]] inline Piece strong(std::string text) { return {Piece::Kind::strong, std::move(text), {}}; }
/// The name of a file, a variable or a command, on one line.
[[nodiscard]] inline Piece code(std::string text) { return {Piece::Kind::code, std::move(text), {}}; }

/// A line to write on.
[[nodiscard]] inline Piece blank() { return {Piece::Kind::blank, {}, {}}; }

struct Heading {
    int level = 2;  ///< 1 to 4
    std::string text;
    std::string anchor = {};  ///< to link to; empty: none
};
struct Paragraph {
    Line line;
};
struct Bullets {
    std::vector<Line> items;
};
/// Things to tick off.
struct Ticks {
    std::vector<Line> items;
};
struct Table {
    std::vector<std::string> head;
    std::vector<std::vector<Line>> rows;
};
/// Lines that stand as they are: commands to copy, an instruction, a message.
struct Verbatim {
    std::string language;  ///< bash, sql, text
    std::string text;
};
/// A picture, as Mermaid for Markdown and as SVG for HTML. Either may be empty: then it is not there.
struct Picture {
    std::string mermaid;
    std::string svg;
};
/// What follows begins on new paper.
struct NewSheet {};

using Block = std::variant<Heading, Paragraph, Bullets, Ticks, Table, Verbatim, Picture, NewSheet>;

struct Page {
    std::string title;  ///< of the window; the first heading is a block of its own
    std::vector<Block> blocks;

    void add(Block block) { blocks.push_back(std::move(block)); }
    /// Adds a paragraph of plain text, unless it is empty.
    void say(const std::string& text) {
        if (!text.empty()) blocks.emplace_back(Paragraph{{plain(text)}});
    }
};

/// `page` as GitHub-flavoured Markdown.
[[nodiscard]] std::string markdown(const Page& page);

/// `page` as one HTML file that needs nothing else: no script, no style sheet, no font or picture from elsewhere. It prints in black
/// on white, and what belongs together stays on one sheet where that can be.
[[nodiscard]] std::string html(const Page& page);

}  // namespace muster::backends::page
