// Time zones, from the system's own database.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/analysis/zone_rule.h"

namespace muster::analysis {

/// How far a zone's clocks are ahead of UTC at every moment.
///
/// The compiled files (TZif) are read here and not by the date library: that one, built on the system's files, stops at the
/// changes that they list, most of which end in 2037, and passes over the rule for the years after.
class Zone {
public:
    /// UTC.
    Zone() = default;

    /// The zone of that IANA name, read from /usr/share/zoneinfo; `UTC` needs no file. Nothing where there is none.
    /// What is in that folder but is no zone's name is not found either: `posix/…`, `right/…`, `localtime`.
    [[nodiscard]] static std::optional<Zone> named(std::string_view name);

    /// The zone that the content of a TZif file (RFC 8536, version 2 or later) describes. Nothing where it is malformed.
    [[nodiscard]] static std::optional<Zone> read(std::string_view bytes);

    /// The stretch that holds `time`, which lies within the bounds of time. It may be shorter than it could be.
    [[nodiscard]] Stretch at(std::chrono::sys_seconds time) const;

private:
    struct Change {
        std::chrono::sys_seconds when;
        std::chrono::seconds offset;
    };
    std::vector<Change> changes_{{beginning_of_time, std::chrono::seconds{0}}};  ///< the first is at the beginning of time
    std::optional<ZoneRule> rule_;                                               ///< what holds after the last of them
};

}  // namespace muster::analysis
