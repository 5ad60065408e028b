// What a check of a plan comes to: what counts, and what is known already.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// A finding that does not count.
struct Suppressed {
    enum class By : std::uint8_t { waiver, baseline };
    Diagnostic finding;
    By by = By::waiver;
    std::string because;  ///< the waiver's reason
};

/// A finding that a team has put up with for now: an entry of a baseline.
struct Known {
    std::string fingerprint;
    std::string code;
    std::string about;  ///< for people: "service web in region-lost"
    std::optional<support::Time> achieved;
};

/// Everything that was found, in order of place.
struct Findings {
    std::vector<Diagnostic> counted;
    std::vector<Suppressed> suppressed;
    std::vector<Known> gone;  ///< entries of the baseline that match nothing any more
    std::size_t off = 0;      ///< how many the configuration has turned off

    /// How many findings `by` suppresses.
    [[nodiscard]] std::size_t suppressed_by(Suppressed::By by) const;
};

/// The severity that a team gives a code; nothing: it is not reported.
using Severities = std::map<std::string, std::optional<Severity>, std::less<>>;

/// Gives what counts in `findings` the severities of `severities`, by code, and leaves out what has none.
void set_severities(Findings& findings, const Severities& severities);

/// Suppresses what `baseline` knows: an entry one finding of the same fingerprint, unless that takes longer, or loses more, than when
/// the baseline was written. What matches nothing is `gone`.
void compare_with_baseline(Findings& findings, std::vector<Known> baseline, const support::Sources& sources);

/// "service web in region-lost": what `diagnostic` is about; its message where it is about no declaration.
[[nodiscard]] std::string about(const Diagnostic& diagnostic);

}  // namespace muster::diagnostics
