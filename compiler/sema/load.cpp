#include "compiler/sema/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <iterator>

#include "compiler/sema/read_files.h"
#include "compiler/syntax/parse.h"

namespace muster::sema {
namespace {

namespace fs = std::filesystem;
using support::Result;

// A pipe would keep us waiting for whoever writes to it; those that a shell makes for `<(…)` have a writer.
Result<fs::path> readable(const fs::path& file) {
    std::error_code error;
    const auto status = fs::status(file, error);
    if (error && status.type() == fs::file_type::none)
        return support::fail(fmt::format("cannot read {}: {}", file.string(), error.message()));
    if (!fs::exists(status)) return support::fail(fmt::format("there is no file or folder called {}", file.string()));
    if (fs::is_fifo(status) && !file.string().starts_with("/dev/fd/"))
        return support::fail(fmt::format("{} is a pipe; give its content on standard input, as `-`", file.string()));
    return file;
}

Result<fs::path> readable_in(const Root& root, const fs::path& file) {
    auto found = readable(file);
    std::error_code error;
    if (found && !lies_in(root, fs::weakly_canonical(file, error)))
        return support::fail(
            fmt::format("{} is a symbolic link that leads out of its folder; give the file itself, or a copy", file.string()));
    return found;
}

Result<std::vector<fs::path>> plans_in(const fs::path& folder, const Root& root) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".drp" || entry.is_directory()) continue;
        const auto file = readable_in(root, entry.path());
        if (!file) return tl::make_unexpected(file.error());
        files.push_back(*file);
    }
    if (error) return support::fail(fmt::format("cannot read the folder {}: {}", folder.string(), error.message()));
    if (files.empty())
        return support::fail(fmt::format("the folder {} has no plan in it: no file whose name ends in .drp", folder.string()));
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<fs::path>> files_at(const fs::path& path, const Root& root) {
    std::error_code error;
    if (fs::is_directory(path, error)) return plans_in(path, root);
    const auto file = readable(path);
    if (!file) return tl::make_unexpected(file.error());
    return std::vector{*file};
}

Result<Files> from_standard_input(std::istream& standard_input, diagnostics::Sink& sink) {
    auto source = support::make_source("<standard input>", std::string{std::istreambuf_iterator<char>(standard_input), {}});
    if (!source) return tl::make_unexpected(source.error());
    FileReader reader(std::nullopt, sink);
    reader.read(std::move(*source));
    return reader.take();
}

}  // namespace

Result<Files> load(const fs::path& path, std::istream& standard_input, diagnostics::Sink& sink) {
    if (path == "-") return from_standard_input(standard_input, sink);
    std::error_code error;
    const Root root = root_at(fs::is_directory(path, error) ? path : path.parent_path());
    const auto files = files_at(path, root);
    if (!files) return tl::make_unexpected(files.error());
    FileReader reader(root, sink);
    for (const fs::path& file : *files)
        if (const auto read = reader.read(file); !read) return tl::make_unexpected(read.error());
    return reader.take();
}

Files parsed(support::Sources sources, diagnostics::Sink& sink) {
    Files files{std::move(sources), {}};
    for (std::uint32_t i = 0; i < files.sources.size(); ++i)
        if (files.sources.measurements() != support::FileId{i}) files.parsed.push_back(syntax::parse(files.sources[{i}], {i}, sink));
    return files;
}

model::Plan compile(const support::Sources& sources, diagnostics::Sink& sink) {
    FileReader reader(std::nullopt, sink);
    for (std::uint32_t i = 0; i < sources.size(); ++i) reader.read(sources[{i}]);
    const Files files = reader.take();
    return resolve(files.parsed, files.sources, sink);
}

}  // namespace muster::sema
