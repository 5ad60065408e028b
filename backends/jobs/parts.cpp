#include "backends/jobs/parts.h"

#include <cassert>

#include "job_parts.h"

namespace muster::backends::jobs {

std::string part(std::string_view name) {
    for (const auto& [known, text] : job_parts::all)
        if (known == name) return "\n" + std::string(text);
    assert(false);
    return {};
}

}  // namespace muster::backends::jobs
