// Reads the files of a plan, each once, following what they include.
#pragma once

#include <map>
#include <optional>

#include "compiler/sema/include.h"
#include "compiler/sema/load.h"

namespace muster::sema {

/// Gathers the files of one plan. What is wrong with an include is reported where it stands.
class FileReader {
public:
    /// Without a `root` nothing can be included.
    FileReader(std::optional<Root> root, diagnostics::Sink& sink) : root_(std::move(root)), sink_(sink) {}

    /// Reads `file`, which was given, and what it includes; nothing where it was read before. Fails as `read_source` does.
    [[nodiscard]] support::Result<void> read(const std::filesystem::path& file);

    /// Takes a text that lies in no folder.
    void read(support::Source source);

    /// All that was read, with the measurements that the plan names.
    [[nodiscard]] Files take();

private:
    struct Include {
        std::string written;
        support::Span span;
    };

    void read_measurements(const ast::Value& path);
    support::Result<support::Source> beside(const ast::Value& path) const;
    std::filesystem::path folder_of(support::FileId file) const;
    void follow(support::FileId file, const std::filesystem::path& folder);
    void include(const Include& include, const std::filesystem::path& target);
    support::FileId enter(support::Source source, const std::filesystem::path& real);
    void refuse(const Include& include, const std::string& why);
    void report_circle(const Include& include, const std::filesystem::path& target);
    std::vector<Include> includes_of(support::FileId file) const;

    std::optional<Root> root_;
    diagnostics::Sink& sink_;
    Files files_;
    std::map<std::filesystem::path, support::FileId> read_;  ///< by absolute path without links
    std::vector<std::filesystem::path> open_;                ///< the files from the one that was given to the one being followed
};

}  // namespace muster::sema
