#include "compiler/sema/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <iterator>

#include "compiler/syntax/parse.h"

namespace muster::sema {
namespace {

namespace fs = std::filesystem;
using support::Result;
using support::Sources;

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

Result<std::vector<fs::path>> plans_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".drp" || entry.is_directory()) continue;
        const auto file = readable(entry.path());
        if (!file) return tl::make_unexpected(file.error());
        files.push_back(*file);
    }
    if (error) return support::fail(fmt::format("cannot read the folder {}: {}", folder.string(), error.message()));
    if (files.empty())
        return support::fail(fmt::format("the folder {} has no plan in it: no file whose name ends in .drp", folder.string()));
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<fs::path>> files_at(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return plans_in(path);
    const auto file = readable(path);
    if (!file) return tl::make_unexpected(file.error());
    return std::vector{*file};
}

}  // namespace

Result<Sources> load(const fs::path& path, std::istream& standard_input) {
    Sources sources;
    if (path == "-") {
        auto source = support::make_source("<standard input>", std::string{std::istreambuf_iterator<char>(standard_input), {}});
        if (!source) return tl::make_unexpected(source.error());
        sources.add(std::move(*source));
        return sources;
    }
    const auto files = files_at(path);
    if (!files) return tl::make_unexpected(files.error());
    for (const fs::path& file : *files) {
        auto source = support::read_source(file, file.lexically_normal().generic_string());
        if (!source) return tl::make_unexpected(source.error());
        sources.add(std::move(*source));
    }
    return sources;
}

model::Plan compile(const Sources& sources, diagnostics::Sink& sink) {
    std::vector<ast::File> files;
    for (std::uint32_t i = 0; i < sources.size(); ++i) files.push_back(syntax::parse(sources[{i}], {i}, sink));
    return resolve(files, sources, sink);
}

}  // namespace muster::sema
