#include "backends/runbook/picture.h"

#include <fmt/format.h>

#include "backends/runbook/markdown.h"

namespace muster::backends::runbook {
namespace {

// The clock starts at midnight of a day in winter, when no zone of the reader changes to another time.
std::string moment(Time time) {
    using namespace std::chrono;
    const sys_days first = sys_days{year{2001} / January / 1};
    const auto at = first + floor<seconds>(time);
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss clock{at - day};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string bar(const Stop& stop) {
    const std::string tag = *stop.begin == *stop.end ? "milestone, " : stop.who.empty() ? "" : "active, ";
    return fmt::format("    {} :{}s{}, {}, {}\n", mermaid_text(stop.name), tag, stop.number, moment(*stop.begin), moment(*stop.end));
}

}  // namespace

std::string gantt_of(const Itinerary& itinerary) {
    std::string text;
    for (const Id<model::Procedure> procedure : itinerary.estimate.recovery.procedures) {
        std::string bars;
        for (const Stop& stop : itinerary.stops)
            if (stop.in.step().procedure == procedure && stop.begin) bars += bar(stop);
        if (!bars.empty()) text += fmt::format("    section {}\n{}", mermaid_text(itinerary.plan.procedures[procedure].heading.name), bars);
    }
    return text.empty() ? text : "gantt\n    dateFormat YYYY-MM-DD HH:mm:ss\n    axisFormat %H:%M\n" + text;
}

std::string graph_of(const Itinerary& itinerary) {
    std::string text = "flowchart TD\n";
    for (const Stop& stop : itinerary.stops) text += fmt::format("    s{}[\"{} {}\"]\n", stop.number, stop.number, mermaid_text(stop.name));
    for (const Stop& stop : itinerary.stops)
        for (const int before : stop.after) text += fmt::format("    s{} --> s{}\n", before, stop.number);
    return text;
}

}  // namespace muster::backends::runbook
