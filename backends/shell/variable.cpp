#include "backends/shell/variable.h"

#include <algorithm>

namespace muster::backends::shell {

std::string variable_part(std::string_view text) {
    std::string part(text);
    std::transform(part.begin(), part.end(), part.begin(), [](char c) {
        if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    });
    return part;
}

}  // namespace muster::backends::shell
