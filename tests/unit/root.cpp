#include "tests/unit/root.h"

namespace muster {

std::string project_root() { return MUSTER_ROOT; }

}  // namespace muster
