#include "cli/reports.h"

#include <fmt/format.h>

#include <set>

#include "cli/file.h"
#include "cli/output.h"

namespace muster::cli {
namespace {

void refuse_shared_places(const std::vector<Report>& reports) {
    std::set<std::string> taken;
    for (const Report& report : reports) {
        if (taken.insert(report.file == "-" ? "-" : target_of(report.file).string()).second) continue;
        throw CLI::ValidationError("--output", report.file == "-" ? "two forms cannot share standard output: give all but one a file"
                                                                  : fmt::format("two forms cannot share {}", report.file));
    }
}

}  // namespace

void add_report_options(CLI::App& command) {
    command.add_option("--format", "how to print the findings; repeat it to have them in several forms")
        ->type_name("FORMAT")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->check(CLI::IsMember({"text", "json", "sarif", "junit", "github"}));
    command.add_option("-o,--output", "the file for the --format before it; - is standard output, and the default")
        ->type_name("FILE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

std::vector<Report> reports_of(const CLI::App& command) {
    const CLI::Option* format = command.get_option("--format");
    const CLI::Option* output = command.get_option("--output");
    std::vector<Report> reports;
    std::size_t formats = 0, outputs = 0;
    bool awaits_file = false;
    for (const CLI::Option* option : command.parse_order()) {
        if (option == format) reports.push_back({format->results()[formats++], "-"});
        if (option == output) {
            if (!awaits_file) throw CLI::ValidationError("--output", "it stands after the --format that it is for, once");
            reports.back().file = output->results()[outputs++];
            if (reports.back().file.empty()) throw CLI::ValidationError("--output", "a file without a name");
        }
        if (option == format || option == output) awaits_file = option == format;
    }
    if (reports.empty())
        reports.push_back({formats < format->results().size() ? format->results().front() : "text", "-"});  // of the configuration
    refuse_shared_places(reports);
    return reports;
}

bool write_reports(const Input& input, const Common& common, const std::vector<Report>& reports) {
    std::vector<TextFile> files;
    std::string printed;
    for (const Report& report : reports) {
        if (report.file != "-") files.push_back({report.file, render_findings(input, common, report.format, false)});
        else if (!common.quiet) printed = render_findings(input, common, report.format, common.coloured());
    }
    if (const auto written = write_files(files); !written) {
        complain(written.error().message);
        return false;
    }
    return printed.empty() || print(printed);
}

}  // namespace muster::cli
