#include "compiler/sema/profiles.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/read.h"
#include "compiler/sema/standard.h"
#include "compiler/support/suggest.h"

namespace muster::sema {
namespace {

using model::Profile;
namespace messages = diagnostics::messages;

std::optional<Id<Profile>> profile_called(const std::string& name, Context& context) {
    Index<Profile>& index = context.names.of<Profile>();
    if (const auto known = index.find(name)) return known;
    const Profile* standard = standard_profile(name);
    if (standard == nullptr) return std::nullopt;
    const Id<Profile> id = context.plan.profiles.add(*standard);
    index.add(name, id);
    return id;
}

void read_in_force(Reader reader, Context& context) {
    Reader::Listed<Id<Profile>> listed;
    while (reader.at_name()) {
        const ast::Value& name = reader.next();
        if (const auto profile = profile_called(name.text, context)) {
            if (!reader.is_fresh(listed, {*profile, name.span}, name.text)) continue;
            context.plan.in_force.push_back({*profile, name.span});
            context.names.figures.put_in_force(context.plan, *profile);
            continue;
        }
        std::vector<std::string> candidates = context.names.of<Profile>().order;
        for (const Profile& standard : standard_profiles()) candidates.push_back(standard.heading.name);
        report_unknown(context.names, "profile", name.text, candidates, name.span, context.sink);
    }
}

void report_idle(const std::vector<Pending<Profile>>& own, Context& context) {
    for (const Pending<Profile>& pending : own) {
        const auto& in_force = context.plan.in_force;
        if (std::any_of(in_force.begin(), in_force.end(), [&](const auto& said) { return said.value == pending.id; })) continue;
        const model::Heading& heading = context.plan.profiles[pending.id].heading;
        context.sink.report(messages::profile_not_in_force, heading.span, diagnostics::Name{heading.name}).help =
            fmt::format("name it in the plan's `profiles`: `profiles {}`", heading.name);
    }
}

bool has_figure(const Profile& profile, const std::string& name) {
    return std::any_of(profile.figures.begin(), profile.figures.end(),
                       [&](const model::Figure& figure) { return figure.of == model::Figure::Of::name && figure.subject == name; });
}

// The profile that knows a figure and is not in force; the plan's own go before the standard ones.
const Profile* idle_profile_with(const std::string& figure, const model::Plan& plan) {
    for (const Profile& profile : plan.profiles)
        if (has_figure(profile, figure)) return &profile;
    for (const Profile& profile : standard_profiles())
        if (has_figure(profile, figure)) return &profile;
    return nullptr;
}

}  // namespace

void enter(const Measured& measured, Context& context) {
    for (const auto& [name, measurement] : measured.by_name) {
        const auto origin = context.plan.origins.add({{}, name, {}, measured.file, measurement.last, measurement.observed});
        context.names.measured.emplace(name, duration_of(measurement, origin));
    }
    context.names.measurements_usable = measured.usable;
}

void put_in_force(Declarations& found, Context& context) {
    for (const Pending<Profile>& pending : found.of<Profile>()) read_profile(*pending.clause, context.plan.profiles[pending.id], context);
    for (const ast::Clause* plan : found.plans)
        for (const ast::Clause& clause : plan->body)
            if (clause.keyword() == "profiles") read_in_force(Reader(clause.values, clause, context), context);
    report_idle(found.of<Profile>(), context);
    if (const auto unsound = context.names.figures.find(model::Figure::Of::unsound, ""))
        context.plan.unsound = context.names.figures.taken<model::Percent>(*unsound, context.plan);
}

model::Duration figure_called(const ast::Value& name, Context& context) {
    Figures& figures = context.names.figures;
    if (const auto found = figures.find(model::Figure::Of::name, name.text)) return figures.duration(*found, context.plan);
    if (const Profile* idle = idle_profile_with(name.text, context.plan)) {
        context.sink.report(messages::unknown_name, name.span, diagnostics::Words{"figure"}, diagnostics::Name{name.text}).help =
            fmt::format("profile `{0}` has it, and is not in force: name it in the plan's `profiles`", idle->heading.name);
        return {};
    }
    report_unknown(context.names, "figure", name.text, figures.names(), name.span, context.sink);
    return {};
}

model::Duration measured_as(const ast::Value& name, Context& context) {
    const auto found = context.names.measured.find(name.text);
    if (found != context.names.measured.end()) return found->second;
    if (!context.names.measurements_usable) return {};
    if (context.names.measured.empty()) {
        context.sink.report(messages::unknown_name, name.span, diagnostics::Words{"measurement"}, diagnostics::Name{name.text}).help =
            "say in the plan which file holds it: `measurements \"measured.json\"`";
        return {};
    }
    std::vector<std::string> known;
    for (const auto& [measured, duration] : context.names.measured) known.push_back(measured);
    report_unknown(context.names, "measurement", name.text, known, name.span, context.sink);
    return {};
}

}  // namespace muster::sema
