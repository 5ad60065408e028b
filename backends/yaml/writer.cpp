#include "backends/yaml/writer.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "compiler/support/utf8.h"

namespace muster::backends::yaml {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The words that YAML 1.1 takes for truth values or for nothing, in any mix of cases. What else a reader could take for a
// number or a date begins with a digit, a sign or a point, and is never written without quotes.
bool is_reserved(std::string_view text) {
    constexpr std::array<std::string_view, 9> words{"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; };
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return std::ranges::equal(text, word, same); });
}

bool is_plain(std::string_view text) {
    if (text.empty() || text.size() > 120 || !is_letter(text.front()) || is_reserved(text)) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '/'; });
}

// What readers of version 1.1 take for the end of a line, or refuse: U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF.
bool has_strange_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
        if ((byte(i) < 0x20 && text[i] != '\n') || byte(i) == 0x7F) return true;
        if (byte(i) == 0xC2 && byte(i + 1) < 0xA0) return true;
        if (byte(i) == 0xE2 && (byte(i + 1) == 0x80 || byte(i + 1) == 0x81)) return true;
        if (byte(i) == 0xEF) return true;
    }
    return false;
}

// A block drops nothing where the text ends with one line end, begins with something to see, and no line ends with a blank.
bool fits_block(std::string_view text) {
    if (text.size() < 2 || text.back() != '\n' || text[text.size() - 2] == '\n') return false;
    if (text.front() == ' ' || text.front() == '\n') return false;
    return text.find(" \n") == std::string_view::npos && !has_strange_character(text);
}

void put_text(YAML::Emitter& out, const std::string& text, bool as_key) {
    if (is_plain(text)) out << text;
    else if (!as_key && fits_block(text)) out << YAML::Literal << text;
    else if (has_strange_character(text)) out << YAML::DoubleQuoted << YAML::EscapeNonAscii << text;
    else out << YAML::DoubleQuoted << text;
}

void put(YAML::Emitter& out, const Value& value);

void put_map(YAML::Emitter& out, const Value::Map& entries) {
    out << YAML::BeginMap;
    for (const auto& [key, value] : entries) {
        out << YAML::Key;
        put_text(out, key, true);
        out << YAML::Value;
        put(out, value);
    }
    out << YAML::EndMap;
}

void put_list(YAML::Emitter& out, const Value::List& items) {
    out << YAML::BeginSeq;
    for (const Value& item : items) put(out, item);
    out << YAML::EndSeq;
}

void put(YAML::Emitter& out, const Value& value) {
    if (value.text() != nullptr) put_text(out, *value.text(), false);
    else if (value.number() != nullptr) out << *value.number();
    else if (value.truth() != nullptr) out << *value.truth();
    else if (value.items() != nullptr) put_list(out, *value.items());
    else put_map(out, *value.entries());
}

// U+2028, U+2029 and U+FEFF end a line, or the stream, for some readers.
std::string harmless(std::string_view line) {
    std::string text = support::printable(line);
    for (const std::string_view mark : {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"})
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
            text.replace(at, mark.size(), "\xEF\xBF\xBD");
    return text;
}

std::string comment(std::string_view remark) {
    std::string lines;
    while (!remark.empty()) {
        const std::size_t end = std::min(remark.find('\n'), remark.size());
        const std::string line = harmless(remark.substr(0, end));
        lines += line.empty() ? "#\n" : "# " + line + "\n";
        remark.remove_prefix(std::min(end + 1, remark.size()));
    }
    return lines;
}

}  // namespace

std::string write(const std::vector<Document>& documents) {
    std::string file;
    for (const Document& document : documents) {
        YAML::Emitter out;
        put(out, document.value);
        assert(out.good());
        file += "---\n" + comment(document.remark) + out.c_str() + "\n";
        while (file.ends_with("\n\n")) file.pop_back();
    }
    return file;
}

}  // namespace muster::backends::yaml
