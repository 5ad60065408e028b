#include "compiler/mend/lever.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace muster::mend {
namespace {

using analysis::CopyOutcome;
using analysis::CopyState;
using model::Plan;

std::string quoted_names(const Plan& plan, const std::vector<model::SaidId<model::Dataset>>& data) {
    std::vector<std::string> names;
    for (const auto& one : data) names.push_back(plan.data[one.value].heading.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

// A copy by its own name, or, where the step takes another destination of the same copy, by that.
std::string source_name(const Plan& plan, const CopyOutcome& row, const std::optional<CopyOutcome>& used) {
    const bool same_copy = used && used->copy == row.copy;
    return same_copy && row.store ? plan.stores[*row.store].heading.name : plan.copies[*row.copy].heading.name;
}

// The action that takes the data from `row` in place of what the step does now.
std::string action_from(const Plan& plan, const model::Step& step, const CopyOutcome& row, Id<model::Dataset> data,
                        const std::string& from) {
    if (plan.copies[*row.copy].replica() != nullptr) return fmt::format("promote {} of {}", from, plan.data[data].heading.name);
    const auto* restore = std::get_if<model::Restore>(&*step.action);
    const std::string what = restore != nullptr ? quoted_names(plan, restore->data) : plan.data[data].heading.name;
    return fmt::format("restore {} from {}{}", what, from, restore != nullptr && restore->before_damage ? " before damage" : "");
}

}  // namespace

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string declared_name(const Plan& plan, Id<model::Scenario> scenario) {
    const std::string& name = plan.scenarios[scenario].heading.name;
    return name.substr(0, name.find('['));
}

std::string step_change(const Plan& plan, Id<model::Step> id, const std::string& clause) {
    const model::Step& step = plan.steps[id];
    return fmt::format("procedure {} {{ step {} {{ {} }} }}", plan.procedures[step.procedure].heading.name, step.heading.name, clause);
}

Time unit_of(Time now) {
    using std::chrono::minutes;
    return now >= minutes{10} ? Time{minutes{1}} : Time{std::chrono::seconds{1}};
}

std::int64_t whole_units(Time length, Time unit) { return (length.count() + unit.count() - 1) / unit.count(); }

Lever shorter(std::string what, Time now, std::function<std::string(const std::string&)> change, Time least) {
    const Time unit = unit_of(now);
    const auto shown = [unit](std::int64_t value) { return support::format_duration(unit * value); };
    Lever lever;
    lever.what = std::move(what);
    lever.unit = unit;
    // What is no multiple of the unit is a little more than the largest value below it.
    lever.now = whole_units(now, unit);
    // Nothing takes no time: what only that would meet is not met by it.
    lever.best = std::min(lever.now, std::max<std::int64_t>(1, whole_units(least, unit)));
    lever.shown = shown;
    lever.change = [shown, change = std::move(change)](std::int64_t value) { return change(shown(value)); };
    return lever;
}

Lever faster(std::string what, support::Rate now, std::function<std::string(const std::string&)> change) {
    const std::int64_t per_second = support::volume(now, std::chrono::seconds{1}).bytes;
    std::int64_t unit = 1'000;
    while (unit < 1'000'000'000 && per_second / unit >= 10'000) unit *= 1'000;
    if (per_second / unit >= 1'000) unit *= 1'000;
    const auto shown = [unit](std::int64_t value) { return support::format_rate({value * unit, std::chrono::seconds{1}}); };
    Lever lever;
    lever.what = std::move(what);
    lever.now = std::max<std::int64_t>(per_second / unit, 1);
    lever.best = lever.now * 1'000;
    lever.shown = shown;
    lever.change = [shown, change = std::move(change)](std::int64_t value) { return change(shown(value)); };
    return lever;
}

Lever more(std::string what, std::int64_t now, std::function<std::string(const std::string&)> change) {
    Lever lever;
    lever.what = std::move(what);
    lever.now = now;
    lever.best = now + 10;
    lever.shown = [](std::int64_t value) { return std::to_string(value); };
    lever.change = [change = std::move(change)](std::int64_t value) { return change(std::to_string(value)); };
    return lever;
}

Lever choose(std::string what, std::string change) {
    Lever lever;
    lever.what = std::move(what);
    lever.best = 1;
    lever.choice = true;
    lever.change = [change = std::move(change)](std::int64_t) { return change; };
    return lever;
}

void add_other_copies(const Plan& plan, const analysis::Estimate& e, Id<model::Step> id, Id<model::Dataset> data,
                      std::vector<Lever>& levers) {
    const model::Step& step = plan.steps[id];
    if (!step.action) return;
    std::optional<CopyOutcome> used;
    for (const analysis::Source& source : e.recovery.sources)
        if (source.step == id && source.data == data) used = source.copy;
    for (const CopyOutcome& row : e.recovery.copies[data.value]) {
        if (!row.copy || row.state != CopyState::usable || (used && used->copy == row.copy && used->store == row.store)) continue;
        const std::string from = source_name(plan, row, used);
        const std::string change = step_change(plan, id, action_from(plan, step, row, data, from));
        const auto same = [&](const Lever& lever) { return lever.choice && lever.change(1) == change; };
        if (std::any_of(levers.begin(), levers.end(), same)) continue;
        levers.push_back(choose(fmt::format("step `{}` takes `{}`", model::qualified_name(plan, id), name_of(plan, row)), change));
    }
}

}  // namespace muster::mend
