// What would mend a text that does not fit, for an author who thinks in another notation: YAML's colons, names in quotes,
// `60 minutes`, and the words that other tools have for what Muster calls `keep` or `needs`.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace muster::syntax {

/// Where a text stands that does not fit.
struct Misfit {
    std::string text;        ///< as written: `"db"`, `60`
    std::string clause;      ///< the keyword of the clause or declaration that it stands in
    bool name_fits = false;  ///< a name could stand there
    bool text_fits = false;  ///< a text in quotes could
    bool time_fits = false;  ///< a time of day could
};

/// What would mend a clause whose keyword `word` the block of `owner` does not know: the keyword that was meant, or, where nothing
/// is like it, those that there are, `known`.
[[nodiscard]] std::string advice_on_clause(const std::string& owner, const std::string& word, const std::vector<std::string>& known);

/// The same for a word that no declaration starts with.
[[nodiscard]] std::string advice_on_declaration(const std::string& word, const std::vector<std::string>& known);

/// What would mend a text in the middle of a clause; empty where nothing is recognised.
[[nodiscard]] std::string advice_on_text(const Misfit& misfit);

/// The quantity that `number` and the word after it were meant to be: `60m` for `60` `minutes`. Nothing where `word` names no unit.
[[nodiscard]] std::optional<std::string> quantity_meant(const std::string& number, const std::string& word);

/// The same for both in one word: `5m` for `5min`.
[[nodiscard]] std::optional<std::string> quantity_meant(const std::string& written);

/// The time of day that `written` was meant to be: `14:00` for `2pm`.
[[nodiscard]] std::optional<std::string> time_meant(const std::string& written);

}  // namespace muster::syntax
