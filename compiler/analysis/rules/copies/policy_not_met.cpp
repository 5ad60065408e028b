// "3-2-1" at the head of a document is a wish until somebody counts. What a tier or a class demands of the copies of its data is counted
// here for every one of them, over all that the plan declares.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/tests.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::CopyPolicy;
using model::Plan;
using support::format_duration;

struct Demander {
    const CopyPolicy* policy;
    std::string name;  // "tier `gold`"
};

struct Fault {
    std::string text;
    support::Span demanded;
    std::string help;
};

// Calendars are uneven: a month has up to 31 days and a day up to 25 hours. What is that little too long was meant to be right.
bool is_longer(Time time, Time limit) { return time != limit && (time == support::never || time - limit > limit / 20); }

class Count {
public:
    Count(const Plan& plan, Id<model::Dataset> data, Tests& tests)
        : plan_(plan), data_(data), tests_(tests), held_(holdings_of(plan, data)) {}

    [[nodiscard]] std::vector<Fault> faults(const CopyPolicy& policy) {
        copies(policy);
        kinds(policy);
        elsewhere(policy);
        immutable(policy);
        encrypted(policy);
        verified(policy);
        retained(policy);
        return std::move(faults_);
    }

private:
    void add(support::Span demanded, std::string text, std::string help) {
        faults_.push_back({std::move(text), demanded, std::move(help)});
    }

    // The data itself is one of them.
    void copies(const CopyPolicy& policy) {
        const auto there = static_cast<std::int64_t>(held_.size()) + 1;
        if (!policy.copies || there >= policy.copies->value) return;
        add(policy.copies->span, fmt::format("{} of {} copies, the data itself counted", there, policy.copies->value),
            fmt::format("{} more cop{}", policy.copies->value - there, policy.copies->value - there == 1 ? "y" : "ies"));
    }

    // The data and what replicates it are one kind, a store is one by its type.
    void kinds(const CopyPolicy& policy) {
        if (!policy.kinds) return;
        std::set<std::string> kinds{"live"};
        for (const Holding& one : held_)
            if (plan_.copies[one.copy].replica() == nullptr) kinds.insert(one.store ? plan_.stores[*one.store].type : "repository");
        const auto there = static_cast<std::int64_t>(kinds.size());
        if (there >= policy.kinds->value) return;
        add(policy.kinds->span, fmt::format("{} of {} kinds of store", there, policy.kinds->value), "one in a store of another kind");
    }

    // A store of which the plan does not say where it is, is nowhere in particular, and so elsewhere.
    void elsewhere(const CopyPolicy& policy) {
        const auto homes = homes_of(plan_, data_);
        if (!policy.elsewhere || homes.empty()) return;
        const auto there = std::count_if(held_.begin(), held_.end(),
                                         [&](const Holding& one) { return homes.size() > 1 || one.site != std::optional(homes.front()); });
        if (there >= policy.elsewhere->value) return;
        add(policy.elsewhere->span,
            fmt::format("{} of {} away from `{}`", there, policy.elsewhere->value, plan_.sites[homes.front()].heading.name),
            "one at another site");
    }

    void immutable(const CopyPolicy& policy) {
        if (!policy.immutable) return;
        Time longest{0};
        for (const Holding& one : held_) longest = std::max(longest, one.immutable.value_or(Time::zero()));
        if (longest >= policy.immutable->value) return;
        const std::string wanted = format_duration(policy.immutable->value);
        add(policy.immutable->span,
            longest == Time::zero() ? fmt::format("none that cannot be changed for {}", wanted)
                                    : fmt::format("none that cannot be changed for {}: at most for {}", wanted, format_duration(longest)),
            fmt::format("`immutable {}` in a store", wanted));
    }

    void encrypted(const CopyPolicy& policy) {
        if (!policy.encrypted) return;
        std::vector<std::string> open;
        for (const Holding& one : held_)
            if (one.tells_encryption && !one.encrypted) open.push_back(quoted_name(plan_, one));
        if (!open.empty())
            add(policy.span, fmt::format("{} not encrypted", fmt::join(open, ", ")), "`encrypted` in the store, or `encrypt`");
    }

    // What is always in use, and what every developer has, needs no test of its own.
    void verified(const CopyPolicy& policy) {
        if (!policy.verified_every) return;
        std::vector<std::string> faults;
        for (const auto id : plan_.index.copies[data_.value]) {
            const model::Copy& copy = plan_.copies[id];
            if (copy.backup() == nullptr && copy.archive() == nullptr) continue;
            const auto within = tests_.within(id);
            if (!within) faults.push_back(fmt::format("`{}` never tested", copy.heading.name));
            else if (is_longer(*within, policy.verified_every->value))
                faults.push_back(fmt::format("`{}` tested up to {} apart", copy.heading.name, format_duration(*within)));
        }
        const std::string wanted = format_duration(policy.verified_every->value);
        if (!faults.empty())
            add(policy.verified_every->span, fmt::format("{} where {} is demanded", fmt::join(faults, ", "), wanted),
                fmt::format("`verify {{ every {} }}`", wanted));
    }

    void retained(const CopyPolicy& policy) {
        if (!policy.retained || held_.empty()) return;
        Time longest{0};
        for (const Holding& one : held_) longest = std::max(longest, one.kept);
        if (longest >= policy.retained->value) return;
        const std::string wanted = format_duration(policy.retained->value);
        add(policy.retained->span, fmt::format("none kept for {}: at most for {}", wanted, format_duration(longest)),
            fmt::format("`keep {}`", wanted));
    }

    const Plan& plan_;
    Id<model::Dataset> data_;
    Tests& tests_;
    std::vector<Holding> held_;
    std::vector<Fault> faults_;
};

// All that say what copies `data` has to have.
std::vector<Demander> demanders_of(const Plan& plan, const model::Dataset& data) {
    std::vector<Demander> all;
    if (data.tier && plan.tiers[data.tier->value].policy)
        all.push_back({&*plan.tiers[data.tier->value].policy, fmt::format("tier `{}`", plan.tiers[data.tier->value].heading.name)});
    for (const auto id : data.classified)
        if (plan.classifications[id].policy)
            all.push_back({&*plan.classifications[id].policy, fmt::format("class `{}`", plan.classifications[id].heading.name)});
    return all;
}

void look_at(const Plan& plan, Id<model::Dataset> id, Tests& tests, diagnostics::Sink& sink) {
    const model::Dataset& data = plan.data[id];
    if (data.rebuilt_in || plan.index.copies[id.value].empty()) return;  // data-without-copy says so
    std::vector<std::string> by, texts, helps;
    std::vector<diagnostics::Label> places;
    for (const Demander& one : demanders_of(plan, data)) {
        const auto faults = Count(plan, id, tests).faults(*one.policy);
        if (!faults.empty()) by.push_back(one.name);
        for (const Fault& fault : faults) {
            texts.push_back(fault.text);
            if (std::find(helps.begin(), helps.end(), fault.help) == helps.end()) helps.push_back(fault.help);
            places.push_back({fault.demanded, fault.text});
        }
    }
    if (texts.empty()) return;
    auto& d = sink.report(diagnostics::messages::policy_not_met, data.heading.span, diagnostics::Name{data.heading.name},
                          diagnostics::Words{fmt::format("{}{}", by.size() == 1 ? "" : "each of ", fmt::join(by, " and "))},
                          diagnostics::Words{fmt::format("{}", fmt::join(texts, "; "))});
    d.subject = {"data", data.heading.name};
    d.related = std::move(places);
    d.help = fmt::format("what is missing: {}", fmt::join(helps, "; "));
}

}  // namespace

void policy_not_met(const Facts& facts, diagnostics::Sink& sink) {
    Tests tests(facts.plan, facts.schedules.as_of());
    for (const auto id : facts.plan.data.ids()) look_at(facts.plan, id, tests, sink);
}

}  // namespace muster::analysis::rules
