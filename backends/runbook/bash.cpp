#include "backends/runbook/bash.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

bool has_line(std::string_view text, std::string_view line) {
    while (true) {
        const std::size_t end = text.find('\n');
        if (text.substr(0, end) == line) return true;
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::string run_text(std::string_view text) {
    if (!shell::is_plain(text)) return "  run_text <<<" + shell::quote(text) + "\n";
    std::string end = "END_OF_TEXT";
    for (int i = 2; has_line(text, end); ++i) end = fmt::format("END_OF_TEXT_{}", i);
    return fmt::format("  run_text <<'{}'\n{}{}{}\n", end, text, text.empty() || text.back() != '\n' ? "\n" : "", end);
}

std::set<std::string> tools_in(std::string_view text) {
    constexpr std::array<std::string_view, 17> known{"age",    "aws",       "az",      "curl",         "gcloud", "gpg",
                                                     "gsutil", "helm",      "kubectl", "mongorestore", "psql",   "pg_restore",
                                                     "rclone", "redis-cli", "restic",  "terraform",    "velero"};
    constexpr std::string_view before_commands = "\n;|&(`{";
    std::set<std::string> found;
    bool command = true;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ' || text[at] == '\t' || before_commands.find(text[at]) != std::string_view::npos) {
            command = command || before_commands.find(text[at]) != std::string_view::npos;
            ++at;
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(" \t\n;|&()`{", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (command && std::find(known.begin(), known.end(), word) != known.end()) found.emplace(word);
        command = false;
        at = std::max(end, at + 1);
    }
    return found;
}

}  // namespace muster::backends::runbook
