#include "compiler/syntax/parts.h"

#include <algorithm>
#include <cstdint>

namespace muster::syntax {
namespace {

class Cutter {
public:
    Cutter(std::string_view text, std::size_t size) : text_(text), size_(size) {}

    std::vector<Part> run() {
        while (at_ < text_.size()) step();
        if (begin_ < text_.size()) cut();
        return std::move(parts_);
    }

private:
    void step() {
        switch (text_[at_]) {
            case '\n': return end_line();
            case '{': ++depth_; break;
            case '}': --depth_; break;
            case '"':
                if (text_.substr(at_, 3) == "\"\"\"") return skip_block();
                return skip_to_quote('"');
            case '\'': return skip_to_quote('\'');
            case '/':
                if (text_.substr(at_, 2) == "//") return go_to(text_.find('\n', at_));
                break;
            default: break;
        }
        ++at_;
    }

    void end_line() {
        ++at_;
        ++line_;
        if (depth_ == 0 && at_ - begin_ >= size_) cut();
    }

    void cut() {
        parts_.push_back({text_.substr(begin_, at_ - begin_), first_line_});
        begin_ = at_;
        first_line_ = line_;
    }

    void go_to(std::size_t found) { at_ = std::min(found, text_.size()); }

    // A text block, over as many lines as it has.
    void skip_block() {
        const std::size_t begin = at_;
        const std::size_t end = text_.find("\"\"\"", at_ + 3);
        go_to(end == std::string_view::npos ? end : end + 3);
        line_ += static_cast<std::size_t>(std::count(text_.data() + begin, text_.data() + at_, '\n'));
    }

    // Text in quotes ends with its line at the latest; what is escaped in it does not end it.
    void skip_to_quote(char quote) {
        for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
            if (text_[at_] == quote) {
                ++at_;
                return;
            }
            if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
        }
    }

    std::string_view text_;
    std::size_t size_;
    std::vector<Part> parts_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;  // of the part
    std::size_t line_ = 1;
    std::size_t first_line_ = 1;
    std::int64_t depth_ = 0;
};

}  // namespace

std::vector<Part> parts_of(std::string_view text, std::size_t size) { return Cutter(text, size).run(); }

}  // namespace muster::syntax
