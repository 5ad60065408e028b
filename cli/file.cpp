#include "cli/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

namespace muster::cli {
namespace {

namespace fs = std::filesystem;
using support::Result;

// Ctrl-C waits until the files are in place.
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

// The texts that are on disk and not yet in their places; what is left of them goes when this does.
struct Staged {
    struct Move {
        fs::path from, to;
    };
    std::vector<Move> moves;

    ~Staged() {
        for (const Move& move : moves) unlink(move.from.c_str());
    }
};

tl::unexpected<support::Failure> cannot_write(const fs::path& path, int error) {
    return support::fail(fmt::format("cannot write {}: {}", path.string(), std::generic_category().message(error)));
}

// Zero, or the error.
int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int close_after(int descriptor, int error) { return close(descriptor) == 0 || error != 0 ? error : errno; }

std::optional<struct stat> status_of(const fs::path& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

bool is_stream(const fs::path& path) {
    const auto status = status_of(path);
    return status && !S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode);
}

Result<void> write_stream(const TextFile& file) {
    const int descriptor = open(file.path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return cannot_write(file.path, errno);
    const int error = close_after(descriptor, write_all(descriptor, file.text));
    if (error != 0 && error != EPIPE) return cannot_write(file.path, error);
    return {};
}

int fill(int descriptor, const TextFile& file, const std::optional<struct stat>& before) {
    if (before && fchmod(descriptor, before->st_mode & 07777) != 0) return errno;
    const int error = write_all(descriptor, file.text);
    return error != 0 || fsync(descriptor) == 0 ? error : errno;
}

Result<void> stage(const TextFile& file, Staged& staged) {
    const fs::path target = target_of(file.path);
    const auto before = status_of(target);
    if (before && S_ISDIR(before->st_mode)) return cannot_write(file.path, EISDIR);
    if (before && access(target.c_str(), W_OK) != 0) return cannot_write(file.path, errno);
    const fs::path beside = target.string() + fmt::format(".muster-{}", getpid());
    const int descriptor = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return cannot_write(file.path, errno);
    staged.moves.push_back({beside, target});
    const int error = close_after(descriptor, fill(descriptor, file, before));
    if (error != 0) return cannot_write(file.path, error);
    return {};
}

Result<void> put_in_place(Staged& staged) {
    for (; !staged.moves.empty(); staged.moves.pop_back())
        if (rename(staged.moves.back().from.c_str(), staged.moves.back().to.c_str()) != 0)
            return cannot_write(staged.moves.back().to, errno);
    return {};
}

}  // namespace

fs::path target_of(const fs::path& path) {
    std::error_code error;
    const fs::path whole = fs::absolute(path, error);
    const fs::path followed = fs::weakly_canonical(whole, error);
    return error ? whole : followed;
}

Result<void> write_files(const std::vector<TextFile>& files) {
    for (const TextFile& file : files)
        if (is_stream(file.path))
            if (auto written = write_stream(file); !written) return written;
    const Uninterrupted until_done;
    Staged staged;
    for (const TextFile& file : files)
        if (!is_stream(file.path))
            if (auto done = stage(file, staged); !done) return done;
    return put_in_place(staged);
}

}  // namespace muster::cli
