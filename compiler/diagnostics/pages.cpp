#include "compiler/diagnostics/pages.h"

#include "pages_text.h"

namespace muster::diagnostics {

std::string_view page(const Entry& entry) {
    for (const auto& [code, text] : embedded::all)
        if (code == entry.code) return text;
    return {};
}

}  // namespace muster::diagnostics
