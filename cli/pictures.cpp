#include "cli/pictures.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "cli/file.h"
#include "cli/output.h"

namespace muster::cli {

bool write_pictures(const Input& input, const simulator::Result& result, const simulator::Options& options, const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        complain(fmt::format("cannot make {}: {}", folder, error.message()));
        return false;
    }
    std::vector<TextFile> files;
    for (simulator::Picture& picture : simulator::pictures(input.plan, result, options))
        files.push_back({std::filesystem::path(folder) / picture.name, std::move(picture.svg)});
    const auto written = write_files(files);
    if (!written) complain(written.error().message);
    return written.has_value();
}

}  // namespace muster::cli
