#include "compiler/sema/measured.h"

namespace muster::sema {

const ast::Value* measurements_path(const std::vector<ast::File>& files) {
    for (const ast::File& file : files)
        for (const ast::Clause& declaration : file.declarations) {
            if (declaration.keyword() != "plan") continue;
            for (const ast::Clause& clause : declaration.body)
                if (clause.keyword() == "measurements") return &clause.values.at(1);
        }
    return nullptr;
}

Measured measured_in(const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink) {
    const ast::Value* path = measurements_path(files);
    if (path == nullptr) return {};
    // Whoever read the files has reported one that could not be read.
    if (!sources.measurements()) return {{}, {}, false};
    const support::FileId file = *sources.measurements();
    auto found = read_measurements(sources[file], file, sink);
    if (!found) return {{}, {}, false};
    return {path->text, std::move(*found), true};
}

}  // namespace muster::sema
