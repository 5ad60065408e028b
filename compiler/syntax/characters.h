// The characters of a piece of a plan as ANTLR wants them.
#pragma once

#include <string_view>

#include "grammar/MusterPlanLexer.h"

namespace muster::syntax {

/// UTF-8 text, decoded where it is read. Positions are bytes, so that what a token covers is a part of the text and nothing is copied.
class Characters final : public antlr4::CharStream {
public:
    /// `text` is valid UTF-8, and outlives this.
    explicit Characters(std::string_view text) : text_(text) {}

    /// The text from byte `start` to byte `stop`, that one included.
    [[nodiscard]] std::string_view written(std::size_t start, std::size_t stop) const {
        return start > stop || start >= text_.size() ? std::string_view{} : text_.substr(start, stop - start + 1);
    }

    void consume() override;
    std::size_t LA(ssize_t i) override;
    ssize_t mark() override { return -1; }
    void release(ssize_t) override {}
    std::size_t index() override { return at_; }
    void seek(std::size_t index) override { at_ = index; }
    std::size_t size() override { return text_.size(); }
    [[nodiscard]] std::string getSourceName() const override { return "plan"; }
    std::string getText(const antlr4::misc::Interval& interval) override;
    [[nodiscard]] std::string toString() const override { return std::string(text_); }

private:
    [[nodiscard]] std::size_t length_at(std::size_t at) const;

    std::string_view text_;
    std::size_t at_ = 0;
};

/// What `token` covers. It has to come from `Characters`, and is empty at the end of the text.
[[nodiscard]] std::string_view written(const antlr4::Token& token);

}  // namespace muster::syntax
