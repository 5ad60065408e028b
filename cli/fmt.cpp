#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <set>

#include "cli/file.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/text_diff.h"
#include "compiler/diagnostics/text.h"
#include "compiler/syntax/format.h"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;
using support::Result;
using support::Sources;

struct Settings {
    std::vector<std::string> paths;
    bool check = false;
    bool diff = false;
    bool quiet = false;
};

// What formatting does to one file.
struct Change {
    std::string name;
    std::string before, after;
};

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// Every plan file in `folder` and below, by name.
Result<std::vector<fs::path>> plans_below(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error, nowhere;  // a link may lead in a circle, and so to no file
    for (auto at = fs::recursive_directory_iterator(folder, error); !error && at != fs::recursive_directory_iterator();
         at.increment(error)) {
        if (at->is_directory(nowhere) && is_hidden(at->path())) at.disable_recursion_pending();
        else if (at->path().extension() == ".drp" && at->is_regular_file(nowhere)) found.push_back(at->path());
    }
    if (error) return support::fail(fmt::format("cannot read the folder {}: {}", folder.string(), error.message()));
    if (found.empty())
        return support::fail(
            fmt::format("there is no plan in the folder {} or below it: no file whose name ends in .drp", folder.string()));
    std::sort(found.begin(), found.end());
    return found;
}

// The files that `paths` mean, each once.
Result<std::vector<fs::path>> files_of(const std::vector<std::string>& paths) {
    std::vector<fs::path> files;
    std::set<fs::path> seen;
    for (const fs::path path : paths) {
        std::error_code error;
        std::vector<fs::path> here{path};
        if (fs::is_directory(path, error)) {
            auto below = plans_below(path);
            if (!below) return below;
            here = std::move(*below);
        } else if (!fs::exists(path, error)) {
            return support::fail(fmt::format("there is no file or folder called {}", path.string()));
        } else if (!fs::is_regular_file(path, error)) {
            return support::fail(
                fmt::format("{} is no file that could be written again; give its content on standard input, as `-`", path.string()));
        }
        for (const fs::path& file : here)
            if (seen.insert(target_of(file)).second) files.push_back(file);
    }
    return files;
}

// The texts of `paths`; nothing where one cannot be read. The complaint has then been made.
Result<Sources> read(const std::vector<std::string>& paths) {
    Sources sources;
    if (paths == std::vector<std::string>{"-"}) {
        auto source = support::make_source("<standard input>", std::string{std::istreambuf_iterator<char>(std::cin), {}});
        if (!source) return tl::make_unexpected(source.error());
        sources.add(std::move(*source));
        return sources;
    }
    const auto files = files_of(paths);
    if (!files) return tl::make_unexpected(files.error());
    for (const fs::path& file : *files) {
        auto source = support::read_source(file, file.lexically_normal().generic_string());
        if (!source) return tl::make_unexpected(source.error());
        sources.add(std::move(*source));
    }
    return sources;
}

// The files that are not in the canonical layout. `faults` hears of those that cannot be read.
std::vector<Change> changes_of(const Sources& sources, diagnostics::Sink& faults) {
    std::vector<Change> changes;
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
        const support::Source& source = sources[{i}];
        auto text = syntax::format(source, {i}, faults);
        if (text && *text != source.bytes()) changes.push_back({source.path(), source.bytes(), std::move(*text)});
    }
    return changes;
}

bool write_back(const std::vector<Change>& changes) {
    std::vector<TextFile> files;
    for (const Change& change : changes) files.push_back({change.name, change.after});
    const auto written = write_files(files);
    if (!written) complain(written.error().message);
    return written.has_value();
}

std::string report(const std::vector<Change>& changes, bool as_diff) {
    std::string out;
    for (const Change& change : changes) out += as_diff ? unified_diff(change.name, change.before, change.after) : change.name + "\n";
    return out;
}

// Findings are no part of what a filter prints.
void complain_of(const diagnostics::Sink& faults, const Sources& sources) {
    for (const auto& fault : faults.sorted()) fmt::print(stderr, "{}", diagnostics::render_text(fault, sources, false));
}

int format(const Settings& settings) {
    const bool filter = settings.paths == std::vector<std::string>{"-"};
    const bool only_look = settings.check || settings.diff;
    const auto sources = read(settings.paths);
    if (!sources) {
        complain(sources.error().message);
        return exit_code::trouble;
    }
    diagnostics::Sink faults;
    const std::vector<Change> changes = changes_of(*sources, faults);
    complain_of(faults, *sources);
    if (filter && !only_look) {
        if (faults.has_errors()) return exit_code::trouble;
        return print(changes.empty() ? (*sources)[{0}].text() : changes.front().after) ? exit_code::fine : exit_code::trouble;
    }
    if (!only_look && !write_back(changes)) return exit_code::trouble;
    if (!settings.quiet && !print(report(changes, settings.diff))) return exit_code::trouble;
    if (faults.has_errors()) return exit_code::trouble;
    return only_look && !changes.empty() ? exit_code::findings : exit_code::fine;
}

void refuse_mixture(const std::vector<std::string>& paths) {
    if (paths.size() > 1 && std::find(paths.begin(), paths.end(), "-") != paths.end())
        throw CLI::ValidationError("PATH", "- stands alone: standard input has one output");
}

}  // namespace

void add_fmt(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("fmt", "the one canonical layout; comments are kept");
    auto settings = std::make_shared<Settings>();
    command->add_option(
        "PATH", settings->paths,
        "plan files, folders (every .drp file in them and below), or - from standard input to standard output (default: .)");
    command->add_flag("--check", settings->check, "write nothing; list the files that would change, and exit with 1 where there are any");
    command->add_flag("--diff", settings->diff, "write nothing; print what would change, and exit with 1 where anything would");
    command->add_flag("--quiet,-q", settings->quiet, "do not list the files");
    command->callback([&run, settings] {
        refuse_mixture(settings->paths);
        if (settings->paths.empty()) settings->paths = {"."};
        run = [settings] { return format(*settings); };
    });
}

}  // namespace muster::cli
