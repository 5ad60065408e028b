#include "compiler/sema/read_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/measured.h"
#include "compiler/support/utf8.h"
#include "compiler/syntax/parse.h"

namespace muster::sema {
namespace {

namespace fs = std::filesystem;
using diagnostics::Name;
using diagnostics::Words;
using support::FileId;
namespace messages = diagnostics::messages;

}  // namespace

support::Result<void> FileReader::read(const fs::path& file) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error);
    if (read_.contains(real)) return {};
    auto source = support::read_source(file, file.lexically_normal().generic_string());
    if (!source) return tl::make_unexpected(source.error());
    follow(enter(std::move(*source), real), root_ ? root_->folder : real.parent_path());
    return {};
}

void FileReader::read(support::Source source) { follow(enter(std::move(source), {}), {}); }

Files FileReader::take() {
    if (const ast::Value* path = measurements_path(files_.parsed)) read_measurements(*path);
    return std::move(files_);
}

void FileReader::read_measurements(const ast::Value& path) {
    auto source = beside(path);
    if (source) files_.sources.add_measurements(std::move(*source));
    else sink_.report(messages::bad_measurements, path.span, Name{support::printable(path.text)}, Words{source.error().message});
}

// A file that is given by a link from elsewhere names what lies beside the link.
fs::path FileReader::folder_of(FileId file) const {
    for (const auto& [path, id] : read_)
        if (id == file && lies_in(*root_, path)) return path.parent_path();
    return root_->folder;
}

support::Result<support::Source> FileReader::beside(const ast::Value& path) const {
    if (!root_) return support::fail("a plan on standard input lies in no folder, and only files of the plan's folder are read");
    const auto file = file_in(*root_, folder_of(path.span.file), path.text);
    if (!file) return tl::make_unexpected(file.error());
    return support::read_source(*file, shown_as(*root_, *file));
}

FileId FileReader::enter(support::Source source, const fs::path& real) {
    const FileId id = files_.sources.add(std::move(source));
    files_.parsed.push_back(syntax::parse(files_.sources[id], id, sink_));
    if (!real.empty()) read_.emplace(real, id);
    open_.push_back(real);
    return id;
}

std::vector<FileReader::Include> FileReader::includes_of(FileId file) const {
    std::vector<Include> found;
    for (const ast::Clause& clause : files_.parsed[file.value].declarations)
        if (clause.keyword() == "include") found.push_back({clause.values.at(1).text, clause.values[1].span});
    return found;
}

// `file` was entered last, and leaves when all that it includes has been read.
void FileReader::follow(FileId file, const fs::path& folder) {
    std::map<fs::path, support::Span> here;
    for (const Include& one : includes_of(file)) {
        if (!root_) {
            refuse(one, "a plan on standard input lies in no folder, and only files of the plan's folder are included");
            continue;
        }
        const auto target = included_file(*root_, folder, one.written);
        if (!target) {
            refuse(one, target.error().message);
            continue;
        }
        const auto [first, fresh] = here.emplace(*target, one.span);
        if (fresh) include(one, *target);
        else
            sink_.report(messages::included_twice, one.span, Name{support::printable(one.written)}).related = {
                {first->second, "included here first"}};
    }
    open_.pop_back();
}

void FileReader::include(const Include& one, const fs::path& target) {
    if (std::find(open_.begin(), open_.end(), target) != open_.end()) return report_circle(one, target);
    if (read_.contains(target)) return;
    if (open_.size() > deepest_includes) return refuse(one, fmt::format("includes are nested more than {} deep here", deepest_includes));
    auto source = support::read_source(target, shown_as(*root_, target));
    if (!source) return refuse(one, source.error().message);
    follow(enter(std::move(*source), target), target.parent_path());
}

void FileReader::refuse(const Include& one, const std::string& why) {
    sink_.report(messages::bad_include, one.span, Name{support::printable(one.written)}, Words{why});
}

void FileReader::report_circle(const Include& one, const fs::path& target) {
    std::string names;
    const auto name = [this](const fs::path& file) { return "`" + files_.sources[read_.at(file)].path() + "`"; };
    for (auto at = std::find(open_.begin(), open_.end(), target); at != open_.end(); ++at) names += name(*at) + " includes ";
    sink_.report(messages::include_circle, one.span, Words{names + name(target)}).help =
        "a file needs no include for what another file of the same plan declares";
}

}  // namespace muster::sema
