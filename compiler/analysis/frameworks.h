// What frameworks that plans name demand of practice, and of the copies of audit logs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/support/time.h"

namespace muster::analysis {

/// One framework's demand that recovery is tested.
struct Framework {
    std::string_view key;                          ///< how a plan's word for it begins, in small letters, without blanks and signs
    std::string_view clause;                       ///< where it says so, for messages
    std::optional<support::Time> at_most;          ///< between two tests; nothing where it leaves the interval to the plan
    std::string_view source;                       ///< the document
    std::optional<support::Time> audit_logs_kept;  ///< that audit logs are kept for at least that long; nothing where it says no time
};

/// The framework that `word` of a `compliance` clause names: "PCI DSS", "pci-dss-4.0", "soc2". Nothing where none is known.
[[nodiscard]] std::optional<Framework> framework_of(const std::string& word);

}  // namespace muster::analysis
