// What of a plan decides how much data is lost.
#include <fmt/format.h>

#include "compiler/mend/lever.h"

namespace muster::mend {
namespace {

using model::Plan;

class Finder {
public:
    Finder(const Plan& plan, const analysis::Estimate& e, const analysis::DataOutcome& outcome) : plan_(plan), e_(e), outcome_(outcome) {}

    std::vector<Lever> run() {
        if (outcome_.by) add_other_copies(plan_, e_, *outcome_.by, outcome_.data, levers_);
        if (outcome_.from && outcome_.from->copy) add_copy(plan_.copies[*outcome_.from->copy]);
        add_discovery();
        return std::move(levers_);
    }

private:
    void add_copy(const model::Copy& copy) {
        if (const auto* backup = copy.backup()) add_backup(copy, *backup);
        if (const auto* archive = copy.archive()) {
            if (archive->every) add(copy, "is shipped every", "every", archive->every->value, std::chrono::seconds{1});
            add(copy, "is uploaded within", "upload", archive->upload.planning());
        }
        if (const auto* replica = copy.replica(); replica != nullptr && !replica->synchronous && replica->lag)
            add(copy, "lags at most", "lag", replica->lag->value.planning());
    }

    // Nothing of the loss but its gap is longer than the loss.
    void add_backup(const model::Copy& copy, const model::Backup& backup) {
        if (backup.schedule) add_interval(copy, backup);
        if (backup.starts_within) add(copy, "starts within", "starts within", backup.starts_within->value);
        add(copy, "takes", "takes", backup.takes.planning());
        if (backup.upload) add(copy, "is uploaded within", "upload", backup.upload->value.planning());
    }

    // A run that would begin before the last one has ended is left out: every 3m by runs of 15m is no more often than every 15m.
    void add_interval(const model::Copy& copy, const model::Backup& backup) {
        const std::size_t before = levers_.size();
        add(copy, "is made every", "every", *outcome_.rpa, most_often);
        if (levers_.size() == before) return;
        Lever& lever = levers_.back();
        lever.said = backup.schedule->written;
        const std::int64_t run = whole_units(backup.takes.planning(), unit_of(*outcome_.rpa));
        if (run > lever.best && run < lever.now) lever.likely = run;
    }

    void add(const model::Copy& copy, const std::string& verb, const std::string& clause, Time now, Time least = Time::zero()) {
        if (now == Time::zero() || now == support::never) return;
        const std::string name = fmt::format("{} {} of {}", copy.kind_name(), copy.heading.name, plan_.data[outcome_.data].heading.name);
        levers_.push_back(shorter(
            fmt::format("{} `{}` {}", copy.kind_name(), copy.heading.name, verb), now,
            [=](const std::string& to) { return fmt::format("{} {{ {} {} }}", name, clause, to); }, least));
    }

    void add_discovery() {
        const auto& scenario = plan_.scenarios[e_.recovery.scenario];
        if (!e_.recovery.impact.data_damaged[outcome_.data.value] || !scenario.undetected_for) return;
        const std::string name = declared_name(plan_, e_.recovery.scenario);
        levers_.push_back(shorter(fmt::format("`{}` is found after", name), scenario.undetected_for->value.planning(),
                                  [name](const std::string& to) { return fmt::format("scenario {} {{ undetected for {} }}", name, to); }));
    }

    const Plan& plan_;
    const analysis::Estimate& e_;
    const analysis::DataOutcome& outcome_;
    std::vector<Lever> levers_;
};

}  // namespace

std::vector<Lever> levers_of(const Plan& plan, const analysis::Estimate& estimate, const analysis::DataOutcome& outcome) {
    return Finder(plan, estimate, outcome).run();
}

}  // namespace muster::mend
