#include "compiler/support/utf8.h"

#include <algorithm>

namespace muster::support {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Sequence {
    std::size_t length;
    unsigned char second_low;  // the range of the second byte, which rules out overlong forms and surrogates
    unsigned char second_high;
};

// RFC 3629, section 4. Length 0: no character begins with this byte.
Sequence sequence_of(unsigned char lead) {
    if (lead < 0x80) return {1, 0, 0};
    if (lead < 0xC2) return {0, 0, 0};
    if (lead < 0xE0) return {2, 0x80, 0xBF};
    if (lead < 0xF0)
        return {3, static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80), static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
    if (lead < 0xF5)
        return {4, static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80), static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
    return {0, 0, 0};
}

bool well_formed(std::string_view text, const Sequence& sequence) {
    if (sequence.length == 0 || sequence.length > text.size()) return false;
    if (sequence.length == 1) return true;
    const auto second = static_cast<unsigned char>(text[1]);
    if (second < sequence.second_low || second > sequence.second_high) return false;
    return std::all_of(text.begin() + 2, text.begin() + static_cast<std::ptrdiff_t>(sequence.length),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

bool is_control(std::string_view character) {
    if (character.size() == 1) return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7F;
    if (character.size() == 2) return character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0;  // C1
    // U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 change the direction of what follows.
    if (character.size() != 3 || character[0] != '\xE2') return false;
    const auto second = static_cast<unsigned char>(character[1]);
    const auto third = static_cast<unsigned char>(character[2]);
    return (second == 0x80 && ((third >= 0x8E && third <= 0x8F) || (third >= 0xAA && third <= 0xAE))) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const Sequence sequence = sequence_of(static_cast<unsigned char>(text[i]));
        if (!well_formed(text.substr(i), sequence)) return i;
        i += sequence.length;
    }
    return std::nullopt;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const Sequence sequence = sequence_of(static_cast<unsigned char>(text[i]));
        const bool sound = well_formed(text.substr(i), sequence);
        const std::size_t length = sound ? sequence.length : 1;
        const std::string_view character = text.substr(i, length);
        if (character == "\t") out += ' ';
        else if (!sound || is_control(character)) out += replacement;
        else out += character;
        i += length;
    }
    return out;
}

}  // namespace muster::support
