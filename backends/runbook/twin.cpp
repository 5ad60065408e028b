#include "backends/runbook/twin.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/runbook/bash.h"
#include "backends/runbook/picture.h"
#include "backends/runbook/probe.h"
#include "backends/runbook/twin_parts.h"

namespace muster::backends::runbook {
namespace {

using page::plain;
using page::strong;

class Writer {
public:
    explicit Writer(const Itinerary& itinerary) : itinerary_(itinerary) {}

    page::Page write() {
        head();
        goals();
        overview();
        asks();
        people();
        for (const Stop& stop : itinerary_.stops) step(stop);
        alternatives();
        return std::move(page_);
    }

private:
    void head() {
        const model::Scenario& scenario = itinerary_.scenario;
        const model::Plan& plan = itinerary_.plan;
        page_.title = "Runbook: " + scenario.heading.name;
        page_.add(page::Heading{1, page_.title});
        page_.say(scenario.heading.title);
        page_.add(page::Paragraph{
            {plain("Plan " + plan.heading.label() + (plan.version.empty() ? "" : " " + plan.version) + ", hash "),
             page::code(plan.hash.substr(0, 12)),
             plain(fmt::format(". Times count from {}. The same steps, run by a script that keeps track: ", itinerary_.clock_from())),
             page::code(scenario.file_name() + ".sh"), plain(".")}});
        if (itinerary_.after.empty()) known();
        else undoes();
        for (const std::string& note : scenario.heading.notes) page_.say(note);
    }

    void known() {
        if (itinerary_.estimate.detection && itinerary_.estimate.start)
            page_.say(fmt::format("Known {} after the disruption, work begins {} after it.", time_text(itinerary_.estimate.detection),
                                  time_text(itinerary_.estimate.start)));
    }

    void undoes() {
        page_.add(
            page::Paragraph{{plain("To be done in a quiet hour, once "),
                             {page::Piece::Kind::page, itinerary_.after, itinerary_.after},
                             plain(" is over and what failed is whole again. A step of which the plan gives no time counts with none.")}});
        if (const std::string text = interruption(itinerary_); !text.empty()) page_.say(text);
    }

    void goals() {
        if (itinerary_.goals.empty()) return;
        page::Table table{{"service", "RTO", "planned", "back with step"}, {}};
        for (const Goal& goal : itinerary_.goals)
            table.rows.push_back({{plain(itinerary_.plan.services[goal.service].heading.label())},
                                  {plain(goal.rto ? support::format_duration(*goal.rto) : std::string("none"))},
                                  {plain(time_text(goal.rta))},
                                  {plain(goal.stop ? std::to_string(*goal.stop) : std::string("none"))}});
        page_.add(std::move(table));
    }

    void overview() {
        if (itinerary_.stops.empty())
            return page_.say(itinerary_.goals.empty() ? "There is nothing to do: by the plan no service is lost in it."
                                                      : "No procedure of the plan answers this scenario.");
        page::Table table{{"", "step", "who", "from", "to"}, {}};
        for (const Stop& stop : itinerary_.stops)
            table.rows.push_back({{plain(std::to_string(stop.number))},
                                  {plain(stop.name)},
                                  {plain(stop.who.empty() ? "automatic" : stop.who)},
                                  {plain(time_text(stop.begin))},
                                  {plain(time_text(stop.end))}});
        page_.add(std::move(table));
        page_.add(gantt_of(itinerary_));
        page_.add(graph_of(itinerary_));
    }

    void asks() {
        if (itinerary_.asks.empty()) return;
        page_.add(page::Heading{2, "Settle first"});
        page::Bullets bullets;
        for (const Ask& ask : itinerary_.asks) bullets.items.push_back({plain(ask.text + " ("), page::code(ask.variable), plain(")")});
        page_.add(std::move(bullets));
    }

    void people() {
        page::Table table = people_of(itinerary_);
        if (table.rows.empty()) return;
        page_.add(page::Heading{2, "Whom to call"});
        page_.add(std::move(table));
    }

    void step(const Stop& stop) {
        const model::Step& step = stop.in.step();
        page_.add(page::Heading{2, fmt::format("{}. {}", stop.number, stop.name)});
        page_.say(step.heading.title);
        page_.add(fields_of(stop));
        checks("Nothing to do if", step.done_when);
        checks("Look first", step.prechecks);
        if (step.prechecks.empty()) generated("Look first:", stop.precheck);
        if (!stop.action.manual.empty()) verbatim("Do:", "text", stop.action.manual);
        command(stop);
        checks("Check", step.verifications);
        if (step.verifications.empty()) generated("Check:", stop.verify);
        generated("If it has to be undone:", stop.undo);
        page_.add(page::Ticks{{{plain("done at "), page::blank(), plain(" by "), page::blank()}}});
    }

    void alternatives() {
        if (itinerary_.alternatives.empty()) return;
        page_.add(page::Heading{1, "Only where something fails"});
        page_.say("What the steps and procedures above turn to. Leave out what is done already.");
        page::Table table{{"", "step", "who", "takes"}, {}};
        for (const Stop& stop : itinerary_.alternatives)
            table.rows.push_back({{plain(std::to_string(stop.number))},
                                  {plain(stop.name)},
                                  {plain(stop.who.empty() ? "automatic" : stop.who)},
                                  {plain(time_text(stop.takes))}});
        page_.add(std::move(table));
        for (const Stop& stop : itinerary_.alternatives) step(stop);
    }

    // What comes with a typed action, where the plan says nothing of its own.
    void generated(const std::string& label, const Work& work) {
        const std::string& text = work.by_hand.empty() ? work.manual : work.by_hand;
        if (!text.empty()) verbatim(label, work.by_hand.empty() ? "text" : "bash", text);
    }

    void verbatim(const std::string& label, const std::string& language, const std::string& text) {
        page_.say(label);
        page_.add(page::Verbatim{language, text});
    }

    void checks(const std::string& label, const std::vector<model::Probe>& all) {
        for (const model::Probe& probe : all)
            verbatim(fmt::format("{} ({}):", label, probe_meaning(probe)), probe.how == model::Probe::How::sql ? "sql" : "bash",
                     probe_by_hand(probe));
    }

    void command(const Stop& stop) {
        const Work& work = stop.action;
        const std::string text = work.by_hand.empty() ? as_typed(work.body) : work.by_hand;
        if (text.empty()) return;
        if (!work.message.empty()) return verbatim("Message to send:", "text", work.message);
        verbatim("Run" + with_context(stop, text) + ":", "bash", text);
    }

    // A function's body as lines to type: without its indentation.
    static std::string as_typed(const std::string& body) {
        std::string text;
        for (std::size_t at = 0; at < body.size();) {
            const std::size_t end = std::min(body.find('\n', at), body.size());
            const std::string line = body.substr(at, end - at);
            text += (line.starts_with("  ") ? line.substr(2) : line) + "\n";
            at = end + 1;
        }
        return text;
    }

    // The script sees to it that kubectl acts on the step's cluster; a person has to.
    static std::string with_context(const Stop& stop, const std::string& command) {
        if (stop.where.cluster.empty() || !tools_in(command).contains("kubectl") || command.find("--context") != std::string::npos)
            return {};
        return fmt::format(" (in kubectl's context {})", stop.where.cluster);
    }

    const Itinerary& itinerary_;
    page::Page page_;
};

}  // namespace

page::Page twin_of(const Itinerary& itinerary) { return Writer(itinerary).write(); }

}  // namespace muster::backends::runbook
