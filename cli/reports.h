// The findings in several forms at once: text for whoever reads along, SARIF in a file for the service.
#pragma once

#include <string>
#include <vector>

#include "cli/input.h"

namespace muster::cli {

/// One form of the findings, and where it goes.
struct Report {
    std::string format = "text";
    std::string file = "-";  ///< `-`: standard output
};

/// Adds --format and --output to `command`, both repeatable: an --output is for the --format before it.
void add_report_options(CLI::App& command);

/// What the command line asked for, once `command` is parsed: text to standard output where it says nothing. Throws a
/// CLI::ParseError on an --output without a --format before it, and where two forms go to one place.
[[nodiscard]] std::vector<Report> reports_of(const CLI::App& command);

/// Writes every report: all files, or none where one of them cannot be written. Quiet, it leaves out standard output. False
/// where something could not be written; the complaint has then been made.
[[nodiscard]] bool write_reports(const Input& input, const Common& common, const std::vector<Report>& reports);

}  // namespace muster::cli
