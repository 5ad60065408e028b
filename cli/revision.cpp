#include "cli/revision.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "cli/process.h"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;
using support::Result;
using support::Sources;

// What git prints. Its own configuration cannot make these commands run anything else.
Result<std::string> git(std::vector<std::string> arguments, const std::string& otherwise) {
    arguments.insert(arguments.begin(), "git");
    auto ended = run_program(arguments);
    if (!ended) return tl::make_unexpected(ended.error());
    if (ended->code == 0) return std::move(ended->output);
    const std::string said = ended->errors.substr(0, ended->errors.find('\n'));
    return support::fail(said.empty() ? otherwise : otherwise + ": " + said);
}

std::string without_line_end(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

// The object called `name`, by its hash: what is asked for by hash cannot be taken for an option.
Result<std::string> object(const std::string& name, const std::string& otherwise) {
    auto hash = git({"rev-parse", "--verify", "--quiet", "--end-of-options", name}, otherwise);
    if (!hash) return hash;
    return without_line_end(std::move(*hash));
}

struct Blob {
    std::string path;  // below the folder
    std::string hash;
};

// Writes the files that are wanted, and adds what is in them to `texts`.
template <class Wanted>
Result<void> write(const fs::path& folder, const std::vector<Blob>& blobs, std::string& texts, Wanted wanted) {
    std::error_code error;
    for (const Blob& blob : blobs) {
        if (!wanted(fs::path(blob.path))) continue;
        const auto content = git({"cat-file", "blob", blob.hash}, "git cannot read " + blob.path);
        if (!content) return tl::make_unexpected(content.error());
        fs::create_directories((folder / blob.path).parent_path(), error);
        std::ofstream out(folder / blob.path, std::ios::binary);
        out << *content << std::flush;
        if (!out) return support::fail(fmt::format("cannot write {}", (folder / blob.path).string()));
        texts += *content;
    }
    return {};
}

bool is_plan(const fs::path& path) { return path.extension() == ".drp"; }

// The plans, and what these may name besides: a file whose name stands in one of them.
Result<void> write(const fs::path& folder, const std::vector<Blob>& blobs) {
    std::string plans, others;
    if (auto written = write(folder, blobs, plans, is_plan); !written) return written;
    return write(folder, blobs, others, [&](const fs::path& path) {
        return !is_plan(path) && plans.find("measurements") != std::string::npos &&
               plans.find(path.filename().string()) != std::string::npos;
    });
}

// A path of a revision: what it is called, and the object it is.
struct Place {
    std::string revision;
    fs::path path;
    bool is_folder = false;
    std::string tree;  // the hash of the folder, or of the one around the file
};

Result<Place> place_of(const std::string& name) {
    Place place{name.substr(0, name.find(':')), name.substr(name.find(':') + 1), false, {}};
    if (!place.path.has_filename()) place.path = place.path.parent_path();
    const auto commit = object(place.revision + "^{commit}", fmt::format("git knows no revision called {}", place.revision));
    if (!commit) return tl::make_unexpected(commit.error());
    const std::string missing = fmt::format("there is no {} in {}", place.path.string(), place.revision);
    const auto found = object(*commit + ":" + place.path.string(), missing);
    if (!found) return tl::make_unexpected(found.error());
    const auto type = git({"cat-file", "-t", *found}, missing);
    if (!type) return tl::make_unexpected(type.error());
    place.is_folder = without_line_end(*type) == "tree";
    const auto tree = place.is_folder ? found : object(*commit + ":" + place.path.parent_path().string(), missing);
    if (!tree) return tl::make_unexpected(tree.error());
    place.tree = *tree;
    return place;
}

// The files in a tree and below it. Links and submodules are no files of the revision.
Result<std::vector<Blob>> files_in(const Place& place) {
    const auto listed = git({"ls-tree", "-r", "-z", place.tree}, "git cannot list the folder");
    if (!listed) return tl::make_unexpected(listed.error());
    std::vector<Blob> blobs;
    std::istringstream rows(*listed);
    for (std::string row; std::getline(rows, row, '\0');) {
        const auto tab = row.find('\t');
        if (tab == std::string::npos || !row.starts_with("100")) continue;
        const fs::path path = fs::path(row.substr(tab + 1)).lexically_normal();
        if (path.is_absolute() || *path.begin() == "..") continue;
        const auto hash = row.rfind(' ', tab);
        blobs.push_back({path.generic_string(), row.substr(hash + 1, tab - hash - 1)});
    }
    return blobs;
}

bool holds_plan(const Place& place, const std::vector<Blob>& blobs) {
    return std::any_of(blobs.begin(), blobs.end(), [&](const Blob& blob) {
        if (!is_plan(blob.path)) return false;
        return place.is_folder ? blob.path.find('/') == std::string::npos : blob.path == place.path.filename().string();
    });
}

}  // namespace

bool is_revision(const std::string& path) {
    std::error_code error;
    return path.find(':') != std::string::npos && !fs::exists(path, error);
}

Result<Revision> Revision::lay_out(const std::string& name) {
    const auto place = place_of(name);
    if (!place) return tl::make_unexpected(place.error());
    const auto blobs = files_in(*place);
    if (!blobs) return tl::make_unexpected(blobs.error());
    if (!holds_plan(*place, *blobs))
        return support::fail(fmt::format("{} is no plan: a plan is a file whose name ends in .drp, or a folder of such files", name));
    Revision revision;
    std::string form = (fs::temp_directory_path() / "muster-XXXXXX").string();
    if (mkdtemp(form.data()) == nullptr) return support::fail("cannot make a folder for the files of the revision: " + form);
    revision.folder_ = form;
    if (auto written = write(revision.folder_, *blobs); !written) return tl::make_unexpected(written.error());
    revision.plan_ = place->is_folder ? revision.folder_ : revision.folder_ / place->path.filename();
    const fs::path home = place->is_folder ? place->path : place->path.parent_path();
    revision.home_ = place->revision + ":" + (home.empty() ? "" : home.generic_string() + "/");
    return revision;
}

Revision::~Revision() {
    std::error_code error;
    if (!folder_.empty()) fs::remove_all(folder_, error);
}

Revision::Revision(Revision&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), plan_(std::move(other.plan_)), home_(std::move(other.home_)) {}

Sources Revision::named(const Sources& sources) const {
    const std::string scratch = folder_.generic_string() + "/";
    Sources out;
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
        const std::string& path = sources[{i}].path();
        out.add({path.starts_with(scratch) ? home_ + path.substr(scratch.size()) : path, sources[{i}].text()});
    }
    return out;
}

}  // namespace muster::cli
