#include "compiler/support/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "compiler/support/utf8.h"

namespace muster::support {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t line_of(std::string_view text, std::size_t offset) {
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

Failure too_large(const std::string& path) {
    return {fmt::format("{} is larger than the {} MiB that a plan file may have", path, largest_source >> 20)};
}

}  // namespace

Source::Source(std::string path, std::string text, bool marked)
    : path_(std::move(path)), text_(std::move(text)), marked_(marked), starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i)
        if (text_[i] == '\n') starts_.push_back(i + 1);
}

std::string Source::bytes() const { return (marked_ ? std::string(byte_order_mark) : std::string()) + text_; }

std::string_view Source::line(std::uint32_t number) const {
    if (number == 0 || number > starts_.size()) return {};
    const std::size_t begin = starts_[number - 1];
    std::string_view rest = std::string_view(text_).substr(begin);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    return rest;
}

FileId Sources::add(Source source) {
    sources_.push_back(std::move(source));
    return {static_cast<std::uint32_t>(sources_.size() - 1)};
}

Result<Source> make_source(std::string path, std::string bytes) {
    if (bytes.size() > largest_source) return tl::make_unexpected(too_large(path));
    const bool marked = std::string_view(bytes).starts_with(byte_order_mark);
    if (marked) bytes.erase(0, byte_order_mark.size());
    if (const auto nul = bytes.find('\0'); nul != std::string::npos)
        return fail(fmt::format("{} is not a text file: line {} holds a NUL byte", path, line_of(bytes, nul)));
    if (const auto bad = first_invalid_utf8(bytes))
        return fail(fmt::format("{} is not UTF-8: line {} holds the byte 0x{:02X} where no character begins; save the file as UTF-8", path,
                                line_of(bytes, *bad), static_cast<unsigned char>(bytes[*bad])));
    return Source{std::move(path), std::move(bytes), marked};
}

Result<Source> read_source(const std::filesystem::path& path, std::string shown_as) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size > largest_source) return tl::make_unexpected(too_large(shown_as));
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::string bytes;
    try {
        // One byte more than may be is enough to see that it is too much, even of a device without end.
        std::vector<char> piece(std::size_t{1} << 16);
        while (bytes.size() <= largest_source && (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0))
            bytes.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    } catch (const std::ios_base::failure&) {
        in.setstate(std::ios::badbit);  // what the library throws where reading fails, on a folder for one
    }
    if (!in.is_open() || in.bad()) return fail(fmt::format("cannot read {}: {}", shown_as, std::generic_category().message(errno)));
    return make_source(std::move(shown_as), std::move(bytes));
}

}  // namespace muster::support
