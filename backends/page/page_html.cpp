#include <fmt/format.h>

#include "backends/page/page.h"
#include "backends/page/style.h"
#include "backends/page/text.h"

namespace muster::backends::page {
namespace {

std::string address(const Piece& one) {
    if (one.kind == Piece::Kind::file) return html_text(one.target);
    const std::size_t anchor = std::min(one.target.find('#'), one.target.size());
    const std::string file = one.target.substr(0, anchor);
    return html_text(file + (file.empty() ? "" : ".html") + one.target.substr(anchor));
}

std::string line(const Line& pieces) {
    std::string text;
    for (const Piece& one : pieces) switch (one.kind) {
            case Piece::Kind::plain: text += html_text(one.text); break;
            case Piece::Kind::strong: text += "<strong>" + html_text(one.text) + "</strong>"; break;
            case Piece::Kind::code: text += "<code>" + html_text(one.text) + "</code>"; break;
            case Piece::Kind::blank: text += "<span class=\"blank\"></span>"; break;
            case Piece::Kind::page:
            case Piece::Kind::file: text += fmt::format("<a href=\"{}\">{}</a>", address(one), html_text(one.text)); break;
        }
    return text;
}

// What stands under a heading stays together on paper where it is short, such as a step: what is long would leave a sheet empty.
class Writer {
public:
    void operator()(const Heading& heading) {
        end_section();
        if (heading.level > 1) begin_section();
        const std::string anchor = heading.anchor.empty() ? "" : fmt::format(" id=\"{}\"", html_text(heading.anchor));
        text += fmt::format("<h{0}{1}>{2}</h{0}>\n", heading.level, anchor, html_text(heading.text));
    }
    void operator()(const Paragraph& paragraph) { text += "<p>" + line(paragraph.line) + "</p>\n"; }
    void operator()(const Bullets& bullets) { list("<ul>", "", bullets.items); }
    void operator()(const Ticks& ticks) { list("<ul class=\"ticks\">", "<span class=\"box\"></span> ", ticks.items); }
    void operator()(const Table& table) {
        text += "<table>\n<thead><tr>";
        for (const std::string& name : table.head) text += "<th>" + html_text(name) + "</th>";
        text += "</tr></thead>\n<tbody>\n";
        for (const auto& row : table.rows) {
            text += "<tr>";
            for (const Line& cell : row) text += "<td>" + line(cell) + "</td>";
            text += "</tr>\n";
        }
        text += "</tbody>\n</table>\n";
    }
    void operator()(const Verbatim& verbatim) {
        const bool command = verbatim.language == "bash" || verbatim.language == "sql";
        text += fmt::format("<pre{}>{}</pre>\n", command ? " class=\"copy\" title=\"one click selects all of it\"" : "",
                            html_text(verbatim.text));
    }
    void operator()(const Picture& picture) {
        if (!picture.svg.empty()) text += "<figure>\n" + picture.svg + "</figure>\n";
    }
    void operator()(const NewSheet&) {
        end_section();
        text += "<div class=\"sheet\"></div>\n";
    }

    std::string finish() {
        end_section();
        return std::move(text);
    }

private:
    void list(std::string_view open, std::string_view mark, const std::vector<Line>& items) {
        text += std::string(open) + "\n";
        for (const Line& item : items) text += "<li>" + std::string(mark) + line(item) + "</li>\n";
        text += "</ul>\n";
    }

    void begin_section() {
        text += "<section>\n";
        section_ = text.size();
    }

    void end_section() {
        if (section_ == 0) return;
        constexpr std::size_t half_a_sheet = 2500, end_of_tag = 2;
        if (text.size() - section_ < half_a_sheet) text.insert(section_ - end_of_tag, " class=\"whole\"");
        text += "</section>\n";
        section_ = 0;
    }

    std::string text;
    std::size_t section_ = 0;  // where the content of the open section begins; 0: none is open
};

}  // namespace

std::string html(const Page& page) {
    Writer writer;
    for (const Block& block : page.blocks) std::visit(writer, block);
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n{}"
        "</body>\n</html>\n",
        html_text(page.title), style, writer.finish());
}

}  // namespace muster::backends::page
