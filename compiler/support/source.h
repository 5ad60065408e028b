// The text of a plan, file by file, and where each line of it begins.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/result.h"
#include "compiler/support/span.h"

namespace muster::support {

/// The largest plan file that is read: 16 MiB, some hundred thousand services.
inline constexpr std::size_t largest_source = std::size_t{16} << 20;

/// One file's text: UTF-8, without a byte order mark.
class Source {
public:
    /// `path` is how messages name the file; `text` is its content; `marked`: it began with a byte order mark.
    Source(std::string path, std::string text, bool marked = false);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const std::string& text() const { return text_; }

    /// The content of the file, with the byte order mark where it had one.
    [[nodiscard]] std::string bytes() const;

    /// The text of line `number` (from 1) without its line end; empty past the last line.
    [[nodiscard]] std::string_view line(std::uint32_t number) const;

private:
    std::string path_;
    std::string text_;
    bool marked_;
    std::vector<std::size_t> starts_;
};

/// All the files of one plan, in the order in which they were read.
class Sources {
public:
    /// Takes `source` over and returns the id under which spans refer to it.
    FileId add(Source source);
    [[nodiscard]] const Source& operator[](FileId id) const { return sources_[id.value]; }
    [[nodiscard]] std::size_t size() const { return sources_.size(); }

    /// The file of measurements that the plan names; nothing where it names none, or none that could be read.
    [[nodiscard]] const std::optional<FileId>& measurements() const { return measurements_; }
    /// Takes that file over, behind all files of plan text.
    void add_measurements(Source source) { measurements_ = add(std::move(source)); }

private:
    std::vector<Source> sources_;
    std::optional<FileId> measurements_;
};

/// Makes a source of `bytes`: drops a byte order mark and checks that the rest is UTF-8 text.
/// Fails, naming `path` and the line, on invalid UTF-8, on a NUL byte (a binary file), and on more than `largest_source`.
[[nodiscard]] Result<Source> make_source(std::string path, std::string bytes);

/// Reads the file at `path`; messages will call it `shown_as`. Fails as `make_source` does, and where the file cannot be read.
[[nodiscard]] Result<Source> read_source(const std::filesystem::path& path, std::string shown_as);

}  // namespace muster::support
