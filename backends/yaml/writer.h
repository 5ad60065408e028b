// Values as YAML that readers of version 1.1 and of version 1.2 take for the same.
#pragma once

#include <string>
#include <vector>

#include "backends/yaml/value.h"

namespace muster::backends::yaml {

/// One document of a file: a value, with a remark for people before it.
struct Document {
    Value value;
    std::string remark;  ///< lines of comment; empty: none
};

/// `documents` as the text of one YAML file, in which every document begins with `---`. A text is written without quotes only
/// where no reader takes it for something else, as a block where it is lines that a block keeps exactly, and otherwise in
/// double quotes. Texts are well-formed UTF-8; in them U+FFFD is written for what is no character, such as U+FFFE. A remark cannot end its
/// comment, whatever it holds.
[[nodiscard]] std::string write(const std::vector<Document>& documents);

}  // namespace muster::backends::yaml
