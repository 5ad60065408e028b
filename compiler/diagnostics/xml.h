// Text of a plan as data in XML.
#pragma once

#include <string>
#include <string_view>

namespace muster::diagnostics {

/// `text`, which is printable but for its line ends, as character data.
[[nodiscard]] std::string xml_text(std::string_view text);

/// Any text as the value of an attribute: what is not printable is replaced.
[[nodiscard]] std::string xml_attribute(std::string_view text);

}  // namespace muster::diagnostics
