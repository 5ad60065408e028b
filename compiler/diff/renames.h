// Which declaration of one plan is which of the other.
#pragma once

#include <map>
#include <string>

#include "compiler/diff/difference.h"

namespace muster::diff {

/// What declarations are called now that had another name before.
class Renames {
public:
    /// Takes the renamed ones out of `declarations`.
    explicit Renames(const std::vector<Declaration>& declarations);

    /// The name that the `kind` called `name` before has now.
    [[nodiscard]] std::string now(const std::string& kind, const std::string& name) const;

private:
    std::map<std::pair<std::string, std::string>, std::string> names_;
};

}  // namespace muster::diff
