#include "cli/tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <set>

#include "backends/manifest/manifest_json.h"
#include "compiler/support/hash.h"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;
using backends::File;
using backends::Files;
using support::Result;
using Hashes = std::map<std::string, std::string>;

constexpr const char* manifest_name = "manifest.json";

// Ctrl-C waits until the tree is in place.
class Uninterrupted {
public:
    Uninterrupted() {
        sigset_t signals;
        sigemptyset(&signals);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
        pthread_sigmask(SIG_BLOCK, &signals, &before_);
    }
    ~Uninterrupted() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    Uninterrupted(const Uninterrupted&) = delete;
    Uninterrupted& operator=(const Uninterrupted&) = delete;

private:
    sigset_t before_{};
};

std::optional<std::string> content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

std::string reason() { return std::generic_category().message(errno); }

// What an earlier run wrote to `folder`. Fails where that is not known.
Result<Hashes> written_before(const fs::path& folder, bool force) {
    std::error_code error;
    if (!fs::exists(folder, error) || fs::is_empty(folder, error)) return Hashes{};
    if (!fs::is_directory(folder, error)) return support::fail(fmt::format("{} is not a folder", folder.string()));
    const auto text = content_of(folder / manifest_name);
    if (!text && force) return Hashes{};
    if (!text)
        return support::fail(fmt::format("{} holds files and was not written by muster; choose another folder, or --force to write into it",
                                         folder.string()));
    return backends::manifest::read_hashes(*text);
}

std::vector<std::string> changed_by_hand(const fs::path& folder, const Hashes& before) {
    std::vector<std::string> changed;
    for (const auto& [path, hash] : before) {
        const auto now = content_of(folder / path);
        if (now && support::sha256(*now) != hash) changed.push_back(path);
    }
    return changed;
}

Result<void> write_file(const fs::path& path, const File& file) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return support::fail(fmt::format("cannot make the folder {}: {}", path.parent_path().string(), error.message()));
    const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file.executable ? 0755 : 0644);
    if (descriptor < 0) return support::fail(fmt::format("cannot write {}: {}", path.string(), reason()));
    std::string_view rest = file.content;
    bool fine = true;
    while (fine && !rest.empty()) {
        const ssize_t written = write(descriptor, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        fine = written >= 0;
        if (fine) rest.remove_prefix(static_cast<std::size_t>(written));
    }
    fine = fine && fsync(descriptor) == 0;
    const std::string why = reason();
    fine = close(descriptor) == 0 && fine;
    if (!fine) return support::fail(fmt::format("cannot write {}: {}", path.string(), why));
    return {};
}

// Files that are somebody else's move along.
Result<void> keep_others(const fs::path& folder, const fs::path& stage, const Hashes& before, const Files& files) {
    std::error_code error;
    if (!fs::exists(folder, error)) return {};
    std::set<std::string> ours;
    for (const auto& [path, hash] : before) ours.insert(path);
    for (const File& file : files) ours.insert(file.path);
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        const fs::path relative = entry.path().lexically_relative(folder);
        // A link is kept as it is, wherever it leads: to a folder, to nothing, in a circle.
        if (fs::is_directory(entry.symlink_status()) || ours.contains(relative.generic_string())) continue;
        fs::create_directories((stage / relative).parent_path(), error);
        if (!error) fs::copy(entry.path(), stage / relative, fs::copy_options::copy_symlinks, error);
        if (error) return support::fail(fmt::format("cannot keep {}: {}", entry.path().string(), error.message()));
    }
    if (error) return support::fail(fmt::format("cannot read {}: {}", folder.string(), error.message()));
    return {};
}

// Puts `stage` in the place of `folder`, and what was there away.
Result<void> swap_in(const fs::path& stage, const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error)) {
        fs::rename(stage, folder, error);
        if (error) return support::fail(fmt::format("cannot make {}: {}", folder.string(), error.message()));
        return {};
    }
    if (renameat2(AT_FDCWD, stage.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) != 0)
        return support::fail(fmt::format("cannot replace {}: {}", folder.string(), reason()));
    fs::remove_all(stage, error);
    return {};
}

Result<void> fill(const fs::path& stage, const fs::path& folder, const Hashes& before, const Files& files) {
    for (const File& file : files)
        if (auto written = write_file(stage / file.path, file); !written) return written;
    if (auto kept = keep_others(folder, stage, before, files); !kept) return kept;
    return swap_in(stage, folder);
}

}  // namespace

std::vector<std::string> differences(const fs::path& folder, const Files& files) {
    std::vector<std::string> lines;
    std::set<std::string> made;
    for (const File& file : files) {
        made.insert(file.path);
        const auto now = content_of(folder / file.path);
        if (!now) lines.push_back("missing    " + file.path);
        else if (*now != file.content) lines.push_back("different  " + file.path);
    }
    if (const auto text = content_of(folder / manifest_name))
        if (const auto before = backends::manifest::read_hashes(*text))
            for (const auto& [path, hash] : *before)
                if (!made.contains(path) && fs::exists(folder / path)) lines.push_back("left over  " + path);
    std::sort(lines.begin(), lines.end());
    return lines;
}

Result<void> write_tree(const fs::path& requested, const Files& files, bool force) {
    std::error_code error;
    // A link is followed, so that the rename replaces what it points to.
    fs::path folder = fs::weakly_canonical(fs::absolute(requested, error), error);
    if (error) return support::fail(fmt::format("cannot write to {}: {}", requested.string(), error.message()));
    if (!folder.has_filename()) folder = folder.parent_path();
    const auto before = written_before(folder, force);
    if (!before) return tl::make_unexpected(before.error());
    if (const auto changed = changed_by_hand(folder, *before); !changed.empty() && !force)
        return support::fail(
            fmt::format("changed by hand since they were written, and not overwritten without --force: {}", fmt::join(changed, ", ")));
    const fs::path stage = folder.string() + fmt::format(".muster-{}", getpid());
    const Uninterrupted until_done;
    auto done = fill(stage, folder, *before, files);
    if (!done) fs::remove_all(stage, error);
    return done;
}

}  // namespace muster::cli
