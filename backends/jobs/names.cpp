#include "backends/jobs/names.h"

#include "compiler/support/hash.h"

namespace muster::backends::jobs {
namespace {

constexpr std::size_t hash_digits = 8;

char fit(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
}

std::string without_outer_hyphens(std::string name) {
    name.erase(0, std::min(name.find_first_not_of('-'), name.size()));
    while (name.ends_with('-')) name.pop_back();
    return name;
}

std::string fitted(std::string_view wanted) {
    std::string name;
    for (const char c : wanted) name += fit(c);
    return without_outer_hyphens(std::move(name));
}

}  // namespace

std::string object_name(std::string_view wanted, std::size_t longest) {
    const std::string name = fitted(wanted);
    return name == wanted && !name.empty() && name.size() <= longest ? name : distinct_name(wanted, wanted, longest);
}

std::string distinct_name(std::string_view wanted, std::string_view identity, std::size_t longest) {
    const std::string hash = support::sha256(identity).substr(0, hash_digits);
    const std::string cut = without_outer_hyphens(fitted(wanted).substr(0, longest - hash_digits - 1));
    return cut.empty() ? hash : cut + "-" + hash;
}

}  // namespace muster::backends::jobs
