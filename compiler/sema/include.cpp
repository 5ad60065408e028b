#include "compiler/sema/include.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::sema {
namespace {

namespace fs = std::filesystem;
using support::fail;
using support::Result;

// What is there, once links are followed. A link that leads nowhere is not there.
Result<fs::path> regular(const Root& root, const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (error && status.type() == fs::file_type::none) return fail(fmt::format("{}: {}", shown_as(root, file), error.message()));
    if (!fs::exists(status)) return fail(fmt::format("there is no file {}", shown_as(root, file)));
    if (fs::is_directory(status)) return fail("it is a folder, not a file");
    if (!fs::is_regular_file(status)) return fail("it is a pipe, a socket or a device, not a file");
    return file;
}

}  // namespace

Root root_at(const fs::path& folder) {
    std::error_code error;
    const fs::path real = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
    return {error ? fs::absolute(folder) : real, folder.lexically_normal()};
}

bool lies_in(const Root& root, const fs::path& file) {
    return std::mismatch(root.folder.begin(), root.folder.end(), file.begin(), file.end()).first == root.folder.end();
}

std::string shown_as(const Root& root, const fs::path& file) {
    return (root.shown / file.lexically_relative(root.folder)).lexically_normal().generic_string();
}

Result<fs::path> file_in(const Root& root, const fs::path& folder, const std::string& written) {
    const fs::path path(written);
    if (written.empty() || written.find('\0') != std::string::npos) return fail("it names no file");
    if (path.is_absolute()) return fail("it is an absolute path; say where the file lies from the file that names it");
    // Before anybody looks: whether there is such a file out there is no business of a plan.
    if (!lies_in(root, (folder / path).lexically_normal())) return fail("it leads out of the folder of the plan");
    std::error_code error;
    const fs::path file = fs::weakly_canonical(folder / path, error);
    if (error) return fail(error.message());
    if (!lies_in(root, file)) return fail("a symbolic link on the way leads out of the folder of the plan");
    return regular(root, file);
}

Result<fs::path> included_file(const Root& root, const fs::path& folder, const std::string& written) {
    auto found = file_in(root, folder, written);
    if (found && found->extension() != ".drp") return fail("its name does not end in .drp");
    return found;
}

}  // namespace muster::sema
