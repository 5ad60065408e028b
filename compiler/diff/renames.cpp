#include "compiler/diff/renames.h"

namespace muster::diff {

Renames::Renames(const std::vector<Declaration>& declarations) {
    for (const Declaration& one : declarations)
        if (one.how == Declaration::How::renamed) names_[{one.kind, one.name}] = one.new_name;
}

std::string Renames::now(const std::string& kind, const std::string& name) const {
    const auto found = names_.find({kind, name});
    return found == names_.end() ? name : found->second;
}

}  // namespace muster::diff
