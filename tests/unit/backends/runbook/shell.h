// Runs a command on a text, for the tests.
#pragma once

#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace muster::backends::runbook {

struct Ran {
    int status = 0;
    std::string output;  ///< standard output
};

/// Runs `command`, followed by the name of a file that holds `content`.
inline Ran run_on(const std::string& content, const std::string& command) {
    std::string path = (std::filesystem::temp_directory_path() / "muster-runbook-XXXXXX").string();
    const int file = mkstemp(path.data());
    REQUIRE(file >= 0);
    REQUIRE(write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    close(file);
    std::FILE* pipe = popen((command + " " + path).c_str(), "r");
    REQUIRE(pipe != nullptr);
    Ran ran;
    std::array<char, 4096> buffer{};
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) ran.output.append(buffer.data(), n);
    ran.status = pclose(pipe);
    std::filesystem::remove(path);
    return ran;
}

/// Whether the command `tool` is there.
inline bool is_installed(const std::string& tool) { return std::system(("command -v " + tool + " >/dev/null").c_str()) == 0; }

}  // namespace muster::backends::runbook
