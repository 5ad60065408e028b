#include "backends/review/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "backends/page/chart.h"
#include "backends/page/text.h"
#include "backends/review/facts.h"

namespace muster::backends::review {
namespace {

using evidence::Event;
using page::Line;
using page::plain;
using page::strong;

// People and clocks add some: what took longer than planned by less says nothing.
constexpr Time slack = std::chrono::minutes{1};

std::string shown(const std::optional<Time>& time) { return time ? support::format_duration(*time) : std::string(); }

std::string moment(evidence::Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(at - day)};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string signed_time(Time time) { return (time > Time::zero() ? "+" : "") + support::format_duration(time); }

// Times of people are told in seconds.
std::optional<Time> rounded(const std::optional<Time>& time) {
    return time ? std::optional<Time>(std::chrono::round<std::chrono::seconds>(*time)) : std::nullopt;
}

class Writer {
public:
    Writer(const model::Plan& plan, const analysis::Estimate* estimate, const evidence::Run& run)
        : plan_(plan), estimate_(estimate), run_(run), facts_(facts_of(plan, estimate, run)) {}

    page::Page write() {
        head();
        outcome();
        steps();
        waits();
        surprises();
        actions();
        timeline();
        for_people();
        return std::move(page_);
    }

private:
    void field(page::Bullets& bullets, const std::string& label, const std::string& text) {
        if (!text.empty()) bullets.items.push_back({strong(label + ":"), plain(" " + text)});
    }

    static std::string joined(const std::set<std::string>& all) {
        std::string text;
        for (const std::string& one : all) text += (text.empty() ? "" : ", ") + one;
        return text;
    }

    void head() {
        page_.title = "Review: " + run_.scenario;
        page_.add(page::Heading{1, page_.title});
        if (estimate_ != nullptr) page_.say(plan_.scenarios[estimate_->recovery.scenario].heading.title);
        std::set<std::string> operators, hosts;
        for (const Event& event : run_.events) operators.insert(event.operator_name), hosts.insert(event.host);
        page::Bullets bullets;
        field(bullets, "Clock started", moment(facts_.clock) + " UTC");
        field(bullets, "Work began", moment(run_.events.front().at) + " UTC");
        field(bullets, run_.finished() ? "Ended" : "Not finished; last line", moment(run_.events.back().at) + " UTC");
        field(bullets, "Took", shown(rounded(run_.events.back().at - facts_.clock)) + " from the start of the clock");
        field(bullets, "Operators", joined(operators));
        field(bullets, "Hosts", joined(hosts));
        field(bullets, "Plan", plan_.heading.label() + " " + run_.plan_hash.substr(0, 12));
        field(bullets, "Evidence", fmt::format("{} lines, the chain is whole, SHA-256 of the last {}", run_.events.size(), run_.head));
        page_.add(std::move(bullets));
    }

    static Line verdict(const ServiceFact& fact) {
        if (!fact.rto) return {plain("no target")};
        if (!fact.reached) return {strong("not known")};
        return {*fact.reached <= *fact.rto ? plain("met") : strong("missed")};
    }

    void outcome() {
        page::Table table{{"service", "RTO", "planned", "reached", ""}, {}};
        for (const ServiceFact& fact : facts_.services)
            table.rows.push_back({{plain(plan_.services[fact.service].heading.label())},
                                  {plain(shown(fact.rto))},
                                  {plain(shown(fact.planned))},
                                  {plain(shown(rounded(fact.reached)))},
                                  verdict(fact)});
        section("What was reached", std::move(table));
        page::Table data{{"data", "recovered to", "by step"}, {}};
        for (const Event& event : run_.events)
            if (event.kind == "recovered") data.rows.push_back({{plain(event.data)}, {plain(event.to)}, {plain(event.step)}});
        section("To which moment data went back", std::move(data));
    }

    void section(const std::string& title, page::Table table) {
        if (table.rows.empty()) return;
        page_.add(page::Heading{2, title});
        page_.add(std::move(table));
    }

    void steps() {
        page::Table table{{"step", "from", "to", "took", "planned", "difference", "attempts", ""}, {}};
        std::vector<page::Bar> bars;
        for (const StepFact& fact : facts_.steps) {
            const auto took = rounded(fact.took()), planned = fact.planned();
            table.rows.push_back({{plain(fact.run.name)},
                                  {plain(shown(rounded(fact.begin)))},
                                  {plain(shown(rounded(fact.end)))},
                                  {plain(shown(took))},
                                  {plain(shown(planned))},
                                  {plain(took && planned ? signed_time(*took - *planned) : std::string())},
                                  {plain(fact.run.attempts > 0 ? std::to_string(fact.run.attempts) : std::string())},
                                  {plain(fact.run.unmeasured)}});
            if (fact.begin && fact.end && *fact.begin >= Time::zero() && *fact.end >= *fact.begin)
                bars.push_back({fact.run.name, *fact.begin, *fact.end, true, planned});
        }
        section("Steps", std::move(table));
        page_.add(page::Picture{{}, page::timeline(bars, {})});
    }

    // The longest waits first: that is where time was lost that no step explains.
    void waits() {
        std::vector<const StepFact*> waiting;
        for (const StepFact& fact : facts_.steps)
            if (fact.idle && *fact.idle >= slack) waiting.push_back(&fact);
        std::stable_sort(waiting.begin(), waiting.end(), [](const auto* a, const auto* b) { return *a->idle > *b->idle; });
        page::Table table{{"step", "could begin when this had ended", "and began later by"}, {}};
        for (const StepFact* fact : waiting)
            table.rows.push_back(
                {{plain(fact->run.name)}, {plain(facts_.steps[*fact->waited_for].run.name)}, {plain(shown(rounded(fact->idle)))}});
        section("What waited", std::move(table));
    }

    static bool is_surprise(const Event& event) {
        static const std::set<std::string> kinds{"failed", "interrupted", "resumed", "accepted", "decided", "replaced",
                                                 "lost",   "skipped",     "assumed", "undone",   "undoing", "overridden"};
        return kinds.contains(event.kind) || (event.exit && *event.exit != 0 && event.kind != "done_when");
    }

    static std::string what(const Event& event) {
        std::string text = event.kind;
        if (event.attempt > 1) text += fmt::format(" (attempt {})", event.attempt);
        if (event.exit && *event.exit != 0) text += fmt::format(", exit code {}", *event.exit);
        for (const std::string& more : {event.answer, event.because, event.data.empty() ? event.to : event.data + " to " + event.to})
            if (!more.empty()) text += ": " + more;
        return text;
    }

    page::Table events(bool all) const {
        page::Table table{{"UTC", "after", "step", "what", "who"}, {}};
        for (const Event& event : run_.events)
            if (all || is_surprise(event))
                table.rows.push_back({{plain(moment(event.at))},
                                      {plain(shown(rounded(event.at - facts_.clock)))},
                                      {plain(event.step)},
                                      {plain(what(event))},
                                      {plain(event.operator_name)}});
        return table;
    }

    void surprises() { section("What went otherwise than planned", events(false)); }

    void actions() {
        page::Ticks ticks;
        const auto add = [&](const std::string& text) { ticks.items.push_back({plain(text + " Owner: ____ by: ____")}); };
        for (const StepFact& fact : facts_.steps) {
            const auto took = fact.run.length(), planned = fact.planned();
            if (took && planned && *took > *planned + std::max(slack, *planned / 4))
                add(fmt::format("{} took {} and is planned with {}: find out why, or plan with what was measured.", fact.run.name,
                                shown(rounded(took)), shown(planned)));
            if (fact.run.failures > 0)
                add(fmt::format("{} failed {} time{} before it was done: find out why.", fact.run.name, fact.run.failures,
                                fact.run.failures == 1 ? "" : "s"));
            if (!fact.run.end && !fact.run.skipped)
                add(fmt::format("{} was begun and never finished: say what became of it.", fact.run.name));
            if (fact.idle && *fact.idle >= std::chrono::minutes{5})
                add(fmt::format("{} waited {} though nothing held it: who was missing?", fact.run.name, shown(rounded(fact.idle))));
        }
        for (const ServiceFact& fact : facts_.services)
            if (fact.rto && fact.reached && *fact.reached > *fact.rto)
                add(fmt::format("{} missed its RTO by {}: mend the plan (muster mend), or change the objective.",
                                plan_.services[fact.service].heading.name, shown(rounded(*fact.reached - *fact.rto))));
        add("Record what was measured: muster record.");
        page_.add(page::Heading{2, "Actions"});
        page_.add(std::move(ticks));
    }

    void timeline() { section("Timeline", events(true)); }

    void for_people() {
        page_.add(page::Heading{2, "For people to write"});
        page::Bullets bullets;
        for (const std::string question : {"What customers and others noticed, and from when to when",
                                           "What was lost, and how that is known", "The cause, and what let it come to this",
                                           "What went well", "Where luck helped", "What the runbook did not say and should have"})
            bullets.items.push_back({strong(question + ":"), plain(" ____")});
        page_.add(std::move(bullets));
        page_.say("Read and agreed: ____ on ____");
    }

    const model::Plan& plan_;
    const analysis::Estimate* estimate_;
    const evidence::Run& run_;
    const Facts facts_;
    page::Page page_;
};

}  // namespace

page::Page review_of(const model::Plan& plan, const analysis::Estimate* estimate, const evidence::Run& run) {
    return Writer(plan, estimate, run).write();
}

}  // namespace muster::backends::review
