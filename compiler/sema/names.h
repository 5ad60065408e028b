// Which declaration a name means.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/plan.h"
#include "compiler/sema/figures.h"

namespace muster::sema {

using support::Id;
using support::Span;

/// The word by which a plan declares a `T`.
template <class T>
inline constexpr std::string_view word_for = "";
template <>
inline constexpr std::string_view word_for<model::Tier> = "tier";
template <>
inline constexpr std::string_view word_for<model::Site> = "site";
template <>
inline constexpr std::string_view word_for<model::Role> = "role";
template <>
inline constexpr std::string_view word_for<model::Channel> = "channel";
template <>
inline constexpr std::string_view word_for<model::Tool> = "tool";
template <>
inline constexpr std::string_view word_for<model::Service> = "service";
template <>
inline constexpr std::string_view word_for<model::External> = "external";
template <>
inline constexpr std::string_view word_for<model::Dataset> = "data";
template <>
inline constexpr std::string_view word_for<model::Store> = "store";
template <>
inline constexpr std::string_view word_for<model::Detector> = "detector";
template <>
inline constexpr std::string_view word_for<model::Procedure> = "procedure";
template <>
inline constexpr std::string_view word_for<model::Scenario> = "scenario";
template <>
inline constexpr std::string_view word_for<model::Message> = "message";
template <>
inline constexpr std::string_view word_for<model::Drill> = "drill";
template <>
inline constexpr std::string_view word_for<model::Duty> = "duty";
template <>
inline constexpr std::string_view word_for<model::Contact> = "contact";
template <>
inline constexpr std::string_view word_for<model::Link> = "link";
template <>
inline constexpr std::string_view word_for<model::Secret> = "secret";
template <>
inline constexpr std::string_view word_for<model::Classification> = "classification";
template <>
inline constexpr std::string_view word_for<model::Checklist> = "checklist";
template <>
inline constexpr std::string_view word_for<model::WhatIf> = "whatif";
template <>
inline constexpr std::string_view word_for<model::Profile> = "profile";

/// The declarations of one kind by name, with the names in order of declaration for suggestions.
template <class T>
struct Index {
    std::map<std::string, Id<T>, std::less<>> ids;
    std::vector<std::string> order;

    /// The declaration of that name.
    [[nodiscard]] std::optional<Id<T>> find(std::string_view name) const {
        const auto found = ids.find(name);
        return found == ids.end() ? std::nullopt : std::optional(found->second);
    }
    /// False where the name is taken.
    bool add(const std::string& name, Id<T> id) {
        if (!ids.emplace(name, id).second) return false;
        order.push_back(name);
        return true;
    }
};

/// `any zone of main`, in a scenario: what it does to one of each of these.
struct Family {
    model::Effect::Verb verb = model::Effect::Verb::fails;
    std::vector<model::Thing> members;
    Span span;
    std::size_t at = 0;  ///< its place among the effects of the scenario
};

/// What a name stands for, in words: `a site`, `a backup of `orders``.
struct Declared {
    std::string what;
    Span span;
};

/// Every name of a plan.
struct Names {
    std::tuple<Index<model::Tier>, Index<model::Site>, Index<model::Role>, Index<model::Channel>, Index<model::Tool>, Index<model::Service>,
               Index<model::External>, Index<model::Dataset>, Index<model::Store>, Index<model::Detector>, Index<model::Procedure>,
               Index<model::Scenario>, Index<model::Message>, Index<model::Drill>, Index<model::Duty>, Index<model::Contact>,
               Index<model::Link>, Index<model::Secret>, Index<model::Classification>, Index<model::Checklist>, Index<model::WhatIf>,
               Index<model::Profile>>
        by_kind;
    std::map<std::uint32_t, Index<model::Copy>> copies;  ///< by dataset
    std::map<std::uint32_t, Index<model::Step>> steps;   ///< by procedure
    std::map<std::uint32_t, Index<model::Zone>> zones;   ///< by site
    std::map<std::pair<model::Domain::Level, std::string>, Id<model::Domain>> domains;
    std::map<std::string, Family> families;                             ///< by the name of the scenario
    std::map<std::string, std::vector<Id<model::Scenario>>> scenarios;  ///< by declared name: itself, or all of its family
    Figures figures;                                                    ///< of the profiles in force
    std::map<std::string, model::Duration, std::less<>> measured;       ///< what was measured, by name
    bool measurements_usable = true;                                    ///< false where their file has been reported
    std::multimap<std::string, Declared> declared;                      ///< all that a name stands for, whatever its kind
    std::set<std::string, std::less<>> unreadable;                      ///< declared, but in a way that could not be read

    template <class T>
    [[nodiscard]] Index<T>& of() {
        return std::get<Index<T>>(by_kind);
    }
    template <class T>
    [[nodiscard]] const Index<T>& of() const {
        return std::get<Index<T>>(by_kind);
    }
};

/// The kinds of things that a name alone may mean, in the order in which they are tried.
using Kinds = std::vector<model::Kind>;

/// Finds what `name` means among `kinds`. Reports an unknown or ambiguous name at `span` and returns nothing.
[[nodiscard]] std::optional<model::Thing> find_thing(const Names& names, const Kinds& kinds, const std::string& name, Span span,
                                                     diagnostics::Sink& sink);

/// Whether a misspelt name may be put right unseen.
enum class Edit : std::uint8_t { safe, never };

/// Reports that there is no `word` called `name`, with what has that name, else the nearest of `candidates`; silent where `name` could not
/// be read.
void report_unknown(const Names& names, std::string_view word, const std::string& name, const std::vector<std::string>& candidates,
                    Span span, diagnostics::Sink& sink, Edit edit = Edit::safe);

/// Reports that `what` is said at `again` although `first` has said it.
void report_twice(diagnostics::Sink& sink, std::string what, Span first, Span again);

/// `a site`, `an external`; `data`, of which there is no one.
std::string with_article(std::string_view word);

}  // namespace muster::sema
