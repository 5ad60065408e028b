#include "compiler/diagnostics/message.h"

#include <array>

namespace muster::diagnostics {
namespace {

constexpr std::array entries{
#define MUSTER_MESSAGE(identifier, code, name, severity, text, ...) Entry{code, name, Severity::severity},
#include "compiler/diagnostics/messages.def"
#undef MUSTER_MESSAGE
};

}  // namespace

std::string_view severity_name(Severity severity) {
    constexpr std::array<std::string_view, 3> names{"note", "warning", "error"};
    return names.at(static_cast<std::size_t>(severity));
}

std::span<const Entry> registry() { return entries; }

const Entry* find_entry(std::string_view code_or_name) {
    for (const Entry& entry : entries)
        if (entry.code == code_or_name || entry.name == code_or_name) return &entry;
    return nullptr;
}

}  // namespace muster::diagnostics
