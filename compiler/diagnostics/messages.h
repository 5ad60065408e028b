// Every message by its identifier. Apart from message.h, so that a new row makes only those anew that report something.
#pragma once

#include "compiler/diagnostics/message.h"

namespace muster::diagnostics::messages {

#define MUSTER_MESSAGE(identifier, code, name, severity, text, ...) \
    inline constexpr Message<__VA_ARGS__> identifier{{code, name, Severity::severity}, text};
#include "compiler/diagnostics/messages.def"
#undef MUSTER_MESSAGE

}  // namespace muster::diagnostics::messages
