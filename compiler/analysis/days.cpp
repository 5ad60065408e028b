#include "compiler/analysis/days.h"

namespace muster::analysis {

Instant day_of(const std::string& iso) {
    const auto number = [&](std::size_t at, std::size_t digits) { return std::stoi(iso.substr(at, digits)); };
    return std::chrono::sys_days{std::chrono::year{number(0, 4)} / number(5, 2) / number(8, 2)};
}

model::Time days_since(const std::string& iso, Instant as_of) { return std::chrono::floor<std::chrono::days>(as_of) - day_of(iso); }

}  // namespace muster::analysis
