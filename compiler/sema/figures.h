// The figures in force, by what they are of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "compiler/model/plan.h"

namespace muster::sema {

using support::Id;

/// The figures of the profiles in force. Of two that are of the same, the one of the profile that was put in force later holds; one for a
/// certain kind of thing goes before one for any.
class Figures {
public:
    using Of = model::Figure::Of;

    /// Puts the profile with that id in force, over those before it.
    void put_in_force(const model::Plan& plan, Id<model::Profile> profile);

    /// A figure, and which profile it stands in.
    struct Found {
        Id<model::Profile> profile;
        std::size_t number = 0;  ///< of the figure in its profile
    };

    /// The figure of `subject`, for things of that kind; nothing where no profile in force has one.
    [[nodiscard]] std::optional<Found> find(Of of, std::string_view subject, std::string_view kind = {}) const;

    /// The names of all that may stand behind `figure`, in alphabetical order.
    [[nodiscard]] std::vector<std::string> names() const;

    /// Where a value that is taken from `found` is from; entered into `plan` when it is first asked for.
    [[nodiscard]] Id<model::Origin> origin(const Found& found, model::Plan& plan);

    /// The duration that `found` is, with its origin.
    [[nodiscard]] model::Duration duration(const Found& found, model::Plan& plan);

    /// The value that `found` is, with its origin. A figure of that sort has values of type T.
    template <class T>
    [[nodiscard]] model::Taken<T> taken(const Found& found, model::Plan& plan) {
        return {std::get<T>(figure(found, plan).value), origin(found, plan)};
    }

    /// The figure itself.
    [[nodiscard]] static const model::Figure& figure(const Found& found, const model::Plan& plan) {
        return plan.profiles[found.profile].figures[found.number];
    }

private:
    std::map<std::tuple<Of, std::string, std::string>, Found> by_subject_;
    std::map<std::pair<std::uint32_t, std::size_t>, Id<model::Origin>> origins_;
};

}  // namespace muster::sema
