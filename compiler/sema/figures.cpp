#include "compiler/sema/figures.h"

namespace muster::sema {

void Figures::put_in_force(const model::Plan& plan, Id<model::Profile> profile) {
    const auto& figures = plan.profiles[profile].figures;
    for (std::size_t i = 0; i < figures.size(); ++i)
        by_subject_.insert_or_assign(std::tuple(figures[i].of, figures[i].subject, figures[i].kind), Found{profile, i});
}

std::optional<Figures::Found> Figures::find(Of of, std::string_view subject, std::string_view kind) const {
    auto found = by_subject_.find(std::tuple(of, std::string(subject), std::string(kind)));
    if (found == by_subject_.end()) found = by_subject_.find(std::tuple(of, std::string(subject), std::string{}));
    return found == by_subject_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Figures::names() const {
    std::vector<std::string> all;
    for (const auto& [key, found] : by_subject_)
        if (std::get<Of>(key) == Of::name) all.push_back(std::get<1>(key));
    return all;
}

Id<model::Origin> Figures::origin(const Found& found, model::Plan& plan) {
    const auto [at, fresh] = origins_.try_emplace({found.profile.value, found.number});
    if (!fresh) return at->second;
    const model::Profile& profile = plan.profiles[found.profile];
    const model::Figure& known = figure(found, plan);
    const std::string& source = known.source.empty() ? profile.source : known.source;
    return at->second = plan.origins.add({profile.heading.name, known.label(), known.written, source, profile.dated, {}});
}

model::Duration Figures::duration(const Found& found, model::Plan& plan) {
    model::Duration value = std::get<model::Duration>(figure(found, plan).value);
    // A profile of the plan's own may itself say `measured`: what was observed is the better thing to show.
    if (!value.origin) value.origin = origin(found, plan);
    return value;
}

}  // namespace muster::sema
