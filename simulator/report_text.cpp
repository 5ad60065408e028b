#include "simulator/report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/support/utf8.h"
#include "simulator/misses_text.h"
#include "simulator/plot_text.h"
#include "simulator/proportion.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

using Row = std::vector<std::string>;

std::string shown(Time time) { return rounded_up(time); }

std::string shown(std::optional<Time> objective) { return objective ? support::format_duration(*objective) : "-"; }

std::string interval(std::uint64_t met, std::uint64_t of) {
    const Proportion share = proportion(met, of);
    return fmt::format("{:.2f}..{:.2f}%", 100 * share.low, 100 * share.high);
}

std::string interval(const std::optional<Interval>& of) { return of ? shown(of->low) + ".." + shown(of->high) : "-"; }

void add_statistics(Row& row, const std::optional<Time>& objective, std::uint64_t met, const Histogram& times) {
    row.push_back(shown(objective));
    row.push_back(objective ? share_down(met, times.count()) : "-");
    row.push_back(objective ? interval(met, times.count()) : "-");
    for (const unsigned p : {50U, 95U}) row.push_back(shown(times.percentile(p)));
    row.push_back(interval(times.interval_of(95)));
    row.push_back(shown(times.percentile(99)));
    row.push_back(shown(times.greatest()));
    row.push_back(share_up(times.never(), times.count()));
    row.push_back(share_up(times.unknowns(), times.count()));
}

Row headings(std::string what, std::string objective, std::string never_comes) {
    return {std::move(what), std::move(objective),   "P(met)", "95% interval", "p50", "p95", "95% interval", "p99",
            "max",           std::move(never_comes), "unknown"};
}

// The last column says what is unknown, and is left out where nothing is.
std::string statistics_table(std::vector<Row> rows, bool anything_unknown) {
    if (!anything_unknown)
        for (Row& row : rows) row.pop_back();
    return table(rows);
}

bool affected(const ServiceResult& result) { return result.state >= analysis::State::impaired; }

std::string services_text(const model::Plan& plan, const ScenarioResult& result) {
    std::vector<Row> rows{headings("service", "RTO", "never")};
    bool anything_unknown = false;
    for (const ServiceResult& one : result.services) {
        if (!affected(one)) continue;
        rows.push_back({plan.services[one.service].heading.name});
        add_statistics(rows.back(), one.rto, one.met, one.rta);
        anything_unknown |= one.rta.unknowns() > 0;
    }
    return rows.size() == 1 ? "  no service becomes unavailable\n\n" : statistics_table(std::move(rows), anything_unknown);
}

std::string data_text(const model::Plan& plan, const ScenarioResult& result) {
    std::vector<Row> rows{headings("data", "RPO", "lost")};
    bool anything_unknown = false;
    for (const DataResult& one : result.data) {
        if (!one.rpo && one.rpa.greatest() == Time::zero()) continue;
        rows.push_back({plan.data[one.data].heading.name});
        add_statistics(rows.back(), one.rpo, one.met, one.rpa);
        anything_unknown |= one.rpa.unknowns() > 0;
    }
    return rows.size() == 1 ? "" : statistics_table(std::move(rows), anything_unknown);
}

std::string roles_text(const model::Plan& plan, const ScenarioResult& result) {
    std::vector<Row> rows{{"role", "mean busy", "mean waited for"}};
    for (const RoleResult& one : result.roles) rows.push_back({plan.roles[one.role].heading.name, shown(one.busy), shown(one.waited)});
    return rows.size() == 1 ? "" : table(rows);
}

std::string plots_text(const model::Plan& plan, const ScenarioResult& result) {
    std::string text;
    for (const ServiceResult& one : result.services)
        if (affected(one)) text += plot(plan.services[one.service].heading.name + " is back after", one.rta, one.rto, "RTO");
    return text;
}

std::string points(model::Percent share) { return fmt::format("{:.2f}", std::ceil(static_cast<double>(share.millionths) / 100) / 100); }

std::string sureness(const Result& result) {
    if (!result.until) return "";
    if (result.reach.millionths == 0) return "the plan has no objective whose P(met) could become surer\n";
    const bool sure = result.reach.millionths <= result.until->millionths;
    return fmt::format("every P(met) is within {} percentage points{}\n", points(result.reach),
                       sure ? "" : fmt::format("; --trials stopped short of {}", points(*result.until)));
}

}  // namespace

std::string render_text(const model::Plan& plan, const Result& result, bool plots) {
    const std::string of_asked = result.trials < result.asked && !result.until ? fmt::format(" of {}", result.asked) : "";
    std::string text =
        fmt::format("{}{} {} of each scenario, seed {}{}\n{}\n", result.trials, of_asked, result.trials == 1 ? "trial" : "trials",
                    result.seed, of_asked.empty() ? "" : ": interrupted", sureness(result));
    for (const ScenarioResult& one : result.scenarios) {
        const model::Heading& heading = plan.scenarios[one.scenario].heading;
        text += heading.name + (heading.title.empty() ? "" : ": " + support::printable(heading.title)) + "\n";
        text += services_text(plan, one) + data_text(plan, one) + roles_text(plan, one) + misses_text(plan, one);
        if (plots) text += plots_text(plan, one);
    }
    return text;
}

}  // namespace muster::simulator
