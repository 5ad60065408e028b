#include "cli/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace muster::cli {
namespace {

// The two ends of a pipe, closed when nobody holds them any more.
struct Pipe {
    int read = -1;
    int write = -1;

    Pipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) == 0) read = ends[0], write = ends[1];
    }
    ~Pipe() {
        for (const int end : {read, write})
            if (end >= 0) close(end);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    void close_write() {
        close(write);
        write = -1;
    }
};

struct Actions {
    posix_spawn_file_actions_t value{};
    Actions() { posix_spawn_file_actions_init(&value); }
    ~Actions() { posix_spawn_file_actions_destroy(&value); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
};

// Appends what can be read. Whether there may be more.
bool take(int from, std::string& text) {
    char buffer[65536];
    const ssize_t length = read(from, buffer, sizeof buffer);
    if (length > 0) text.append(buffer, static_cast<std::size_t>(length));
    return length > 0 || (length < 0 && errno == EINTR);
}

// Both at once: a program that waits to be rid of its errors writes no output.
void read_both(int output, int errors, Ended& ended) {
    pollfd ends[2] = {{output, POLLIN, 0}, {errors, POLLIN, 0}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (poll(ends, 2, -1) < 0 && errno != EINTR) return;
        for (pollfd& end : ends)
            if (end.fd >= 0 && end.revents != 0 && !take(end.fd, &end == ends ? ended.output : ended.errors)) end.fd = -1;
    }
}

int wait_for(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

support::Result<Ended> run_program(const std::vector<std::string>& arguments) {
    std::vector<char*> words;
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    Pipe output, errors;
    Actions actions;
    posix_spawn_file_actions_addopen(&actions.value, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions.value, output.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions.value, errors.write, STDERR_FILENO);
    pid_t child = 0;
    if (const int failed = posix_spawnp(&child, words.front(), &actions.value, nullptr, words.data(), environ); failed != 0)
        return support::fail(fmt::format("cannot run {}: {}", arguments.front(), std::generic_category().message(failed)));
    output.close_write();
    errors.close_write();
    Ended ended;
    read_both(output.read, errors.read, ended);
    ended.code = wait_for(child);
    return ended;
}

}  // namespace muster::cli
