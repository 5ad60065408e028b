#include "compiler/syntax/characters.h"

namespace muster::syntax {
namespace {

// The bits of the code point that the first of `length` bytes holds.
std::size_t first_bits(unsigned char byte, std::size_t length) { return length == 1 ? byte : byte & (0xFFU >> (length + 1)); }

}  // namespace

std::size_t Characters::length_at(std::size_t at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

void Characters::consume() {
    if (at_ >= text_.size()) throw antlr4::IllegalStateException("cannot consume EOF");
    at_ += length_at(at_);
}

// ANTLR's lexers look one character ahead and, for column zero, one behind.
std::size_t Characters::LA(ssize_t i) {
    std::size_t at = at_;
    if (i < 0) {
        if (at == 0) return antlr4::IntStream::EOF;
        for (--at; at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80; --at) {
        }
    }
    for (ssize_t ahead = 1; ahead < i && at < text_.size(); ++ahead) at += length_at(at);
    if (at >= text_.size()) return antlr4::IntStream::EOF;
    const std::size_t length = length_at(at);
    std::size_t code_point = first_bits(static_cast<unsigned char>(text_[at]), length);
    for (std::size_t next = 1; next < length; ++next) code_point = code_point << 6 | (static_cast<unsigned char>(text_[at + next]) & 0x3FU);
    return code_point;
}

std::string Characters::getText(const antlr4::misc::Interval& interval) {
    return std::string(written(static_cast<std::size_t>(interval.a), static_cast<std::size_t>(interval.b)));
}

std::string_view written(const antlr4::Token& token) {
    if (token.getType() == antlr4::Token::EOF) return {};
    return static_cast<Characters*>(token.getInputStream())->written(token.getStartIndex(), token.getStopIndex());
}

}  // namespace muster::syntax
