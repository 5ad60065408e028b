#include "cli/against.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::cli {
namespace {

// The names in `table` that `other` does not have.
template <class Table>
std::vector<std::string> missing(const Table& table, const Table& other) {
    std::vector<std::string> names;
    for (const auto& one : table) {
        const auto same = [&](const auto& thing) { return thing.heading.name == one.heading.name; };
        if (std::none_of(other.begin(), other.end(), same)) names.push_back("`" + one.heading.name + "`");
    }
    return names;
}

void add_missing(std::vector<std::string>& lines, const model::Plan& plan, const model::Plan& other, const std::string& path) {
    const auto add = [&](std::string_view kind, const std::vector<std::string>& names) {
        if (!names.empty()) lines.push_back(fmt::format("only {} has: {} {}", path, kind, fmt::join(names, ", ")));
    };
    add("scenario", missing(plan.scenarios, other.scenarios));
    add("service", missing(plan.services, other.services));
    add("data", missing(plan.data, other.data));
}

}  // namespace

std::vector<std::string> what_differs(const Input& before, const Input& after, const std::string& before_path,
                                      const std::string& after_path) {
    std::vector<std::string> lines{fmt::format("{} instead of {}", after_path, before_path)};
    add_missing(lines, before.plan, after.plan, before_path);
    add_missing(lines, after.plan, before.plan, after_path);
    return lines;
}

}  // namespace muster::cli
