#include "cli/output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace muster::cli {

bool print(std::string_view text) {
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (written || errno == EPIPE) return true;
    complain(fmt::format("cannot write to standard output: {}", std::generic_category().message(errno)));
    return false;
}

void complain(std::string_view text) { fmt::print(stderr, "muster: {}\n", text); }

}  // namespace muster::cli
