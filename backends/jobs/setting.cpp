#include "backends/jobs/setting.h"

namespace muster::backends::jobs {

std::string in_setting(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '%' ? std::string("%%") : std::string{c};
    return out;
}

}  // namespace muster::backends::jobs
