#include "backends/runbook/picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/page/chart.h"
#include "backends/page/text.h"

namespace muster::backends::runbook {
namespace {

using page::mermaid_text;

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

std::string mermaid_gantt(const Itinerary& itinerary) {
    std::string text;
    for (const Id<model::Procedure> procedure : itinerary.estimate.recovery.procedures) {
        std::string bars;
        for (const Stop& stop : itinerary.stops)
            if (stop.in.step().procedure == procedure && stop.begin) bars += bar(stop);
        if (!bars.empty()) text += fmt::format("    section {}\n{}", mermaid_text(itinerary.plan.procedures[procedure].heading.name), bars);
    }
    return text.empty() ? text : "gantt\n    dateFormat YYYY-MM-DD HH:mm:ss\n    axisFormat %H:%M\n" + text;
}

std::string mermaid_graph(const Itinerary& itinerary) {
    std::string text = "flowchart TD\n";
    for (const Stop& stop : itinerary.stops) text += fmt::format("    s{}[\"{} {}\"]\n", stop.number, stop.number, mermaid_text(stop.name));
    for (const Stop& stop : itinerary.stops)
        for (const int before : stop.after) text += fmt::format("    s{} --> s{}\n", before, stop.number);
    return text;
}

std::string numbered(const Stop& stop) { return fmt::format("{} {}", stop.number, stop.name); }

std::vector<page::Mark> objectives(const Itinerary& itinerary) {
    std::vector<page::Mark> marks;
    for (const Goal& goal : itinerary.goals) {
        if (!goal.rto) continue;
        const std::string& name = itinerary.plan.services[goal.service].heading.name;
        const auto same = std::find_if(marks.begin(), marks.end(), [&](const page::Mark& mark) { return mark.at == *goal.rto; });
        if (same != marks.end()) same->label += ", " + name;
        else marks.push_back({fmt::format("RTO {} of {}", support::format_duration(*goal.rto), name), *goal.rto});
    }
    return marks;
}

// A mark far beyond the last bar would press the bars together.
std::string drawn_gantt(const Itinerary& itinerary) {
    std::vector<page::Bar> bars;
    Time last{0};
    for (const Stop& stop : itinerary.stops) {
        if (!stop.begin || *stop.begin < Time::zero()) continue;
        bars.push_back({numbered(stop), *stop.begin, *stop.end, !stop.who.empty()});
        last = std::max(last, *stop.end);
    }
    auto marks = objectives(itinerary);
    std::erase_if(marks, [&](const page::Mark& mark) { return mark.at > last * 4; });
    return page::timeline(bars, marks);
}

std::string drawn_graph(const Itinerary& itinerary) {
    std::vector<page::Box> boxes;
    for (const Stop& stop : itinerary.stops) {
        page::Box box{numbered(stop), {}};
        for (const int before : stop.after) box.after.push_back(static_cast<std::size_t>(before) - 1);
        boxes.push_back(std::move(box));
    }
    return page::flow(boxes);
}

}  // namespace

page::Picture gantt_of(const Itinerary& itinerary) { return {mermaid_gantt(itinerary), drawn_gantt(itinerary)}; }

page::Picture graph_of(const Itinerary& itinerary) { return {mermaid_graph(itinerary), drawn_graph(itinerary)}; }

}  // namespace muster::backends::runbook
