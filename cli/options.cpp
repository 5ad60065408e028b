#include "cli/options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "cli/config.h"

namespace muster::cli {
namespace {

// An ISO date, or nothing.
std::optional<std::chrono::sys_days> day_of(const std::string& text) {
    constexpr std::string_view form = "dddd-dd-dd";
    const auto fits = [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; };
    if (!std::equal(text.begin(), text.end(), form.begin(), form.end(), fits)) return std::nullopt;
    int year = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::string check_date(const std::string& text) { return day_of(text) ? "" : "'" + text + "' is no date; write it as 2026-09-30"; }

void add_color(CLI::App& command, Common& common) {
    command.add_option("--color", common.color, "colours in the text")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->capture_default_str();
}

void add_quiet(CLI::App& command, Common& common) {
    command.add_flag("--quiet,-q", common.quiet, "print nothing; only the exit code answers");
}

}  // namespace

std::string version() { return MUSTER_VERSION; }

analysis::Instant Common::instant() const {
    if (const auto day = day_of(as_of)) return *day;
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

std::optional<diagnostics::Severity> Common::failing_from() const {
    if (fail_on == "never") return std::nullopt;
    return fail_on == "error" ? diagnostics::Severity::error : diagnostics::Severity::warning;
}

bool Common::coloured() const {
    if (color != "auto") return color == "always";
    return std::getenv("NO_COLOR") == nullptr && isatty(STDOUT_FILENO) != 0;
}

std::string iso_date(analysis::Instant midnight) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(midnight)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

void add_path(CLI::App& command, Common& common) {
    command.add_option("PATH", common.path, "a plan file, a folder (its .drp files are one plan), or - for standard input")
        ->capture_default_str();
    add_quiet(command, common);
}

void add_look(CLI::App& command, Common& common) {
    add_color(command, common);
    add_quiet(command, common);
}

void add_as_of(CLI::App& command, Common& common) {
    command.add_option("--as-of", common.as_of, "the day that schedules and waivers count from (default: today)")
        ->check(CLI::Validator(check_date, "DATE"));
}

void add_shared(CLI::App& command, Common& common) {
    add_path(command, common);
    add_config(command, common);
    command.add_option("--fail-on", common.fail_on, "exit with 1 from this severity on")
        ->check(CLI::IsMember({"error", "warning", "never"}))
        ->capture_default_str();
    add_as_of(command, common);
    add_color(command, common);
}

void add_common(CLI::App& command, Common& common, std::vector<std::string> formats) {
    add_shared(command, common);
    command.add_option("--format", common.format, "how to print the result")
        ->check(CLI::IsMember(std::move(formats)))
        ->capture_default_str();
}

}  // namespace muster::cli
