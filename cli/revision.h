// A plan as git remembers it: `main:plans/nexus`.
#pragma once

#include <filesystem>
#include <string>

#include "compiler/support/result.h"
#include "compiler/support/source.h"

namespace muster::cli {

/// Whether `path` names a revision: it holds a colon, and there is no such file.
[[nodiscard]] bool is_revision(const std::string& path);

/// The plan files of a revision, laid out in a folder of their own for as long as this lives.
class Revision {
public:
    /// Lays out what `name`, `REVISION:PATH`, says of the repository around the current folder. PATH counts from the root of the
    /// repository, or from the current folder where it begins with `./` or `../`, as git has it. Fails where git is missing, there is no
    /// repository, no such revision, no such path or no plan in it, and where the files cannot be written.
    [[nodiscard]] static support::Result<Revision> lay_out(const std::string& name);

    ~Revision();
    Revision(Revision&& other) noexcept;
    Revision& operator=(Revision&&) = delete;
    Revision(const Revision&) = delete;
    Revision& operator=(const Revision&) = delete;

    /// The plan, to be read from there.
    [[nodiscard]] const std::filesystem::path& plan() const { return plan_; }
    /// What was read from there, with the files called as the revision calls them.
    [[nodiscard]] support::Sources named(const support::Sources& sources) const;

private:
    Revision() = default;

    std::filesystem::path folder_;
    std::filesystem::path plan_;
    std::string home_;  // what people call the folder
};

}  // namespace muster::cli
