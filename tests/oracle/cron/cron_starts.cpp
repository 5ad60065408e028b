// Prints what Muster makes of cron lines, in the words of main.go, which prints what robfig/cron makes of them.
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/calendar.h"
#include "compiler/model/calendar.h"

namespace {

using namespace std::chrono;
using muster::analysis::Instant;
using muster::analysis::Timetable;
using muster::model::Calendar;

std::vector<std::string> read_lines(const char* path) {
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

void print_fields(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
        const auto parsed = muster::model::parse_cron(line);
        if (!parsed) {
            std::printf("%s: refused\n", line.c_str());
            continue;
        }
        const Calendar& calendar = *parsed;
        std::printf("%s: %lx %x %x %x %x %d %d\n", line.c_str(), calendar.minutes, calendar.hours, calendar.days, calendar.months,
                    calendar.weekdays, calendar.any_day, calendar.any_weekday);
    }
}

class Years {
public:
    explicit Years(const std::string& label) : label_(label) {}

    void add(Instant start) {
        const year in = year_month_day{floor<days>(start)}.year();
        if (in != year_) print();
        year_ = in;
        ++count_;
        hash_ = (hash_ ^ static_cast<std::uint64_t>(floor<seconds>(start).time_since_epoch().count())) * 1099511628211U;
    }

    void print() {
        if (count_ > 0) std::printf("%s: %d %d %lx\n", label_.c_str(), int{year_}, count_, hash_);
        count_ = 0;
        hash_ = 14695981039346656037U;
    }

private:
    const std::string& label_;
    year year_{0};
    int count_ = 0;
    std::uint64_t hash_ = 14695981039346656037U;
};

long widest(const Timetable& timetable, Instant from, std::int64_t missed) {
    const auto gap = timetable.longest_gap(from, missed);
    return gap ? gap->count() / 1000 : -1;
}

void print_starts(Instant from, const std::string& zone, const std::string& cron) {
    const Timetable timetable({.calendar = muster::model::parse_cron(cron).value(), .zone = zone});
    const std::string label = zone + ' ' + cron;
    std::printf("%s: gaps %ld %ld %ld\n", label.c_str(), widest(timetable, from, 0), widest(timetable, from, 1),
                widest(timetable, from, 3));
    Years years(label);
    const Instant to = from + muster::analysis::gap_horizon;
    for (auto start = timetable.next(from - milliseconds{1}); start && *start <= to; start = timetable.next(*start)) years.add(*start);
    years.print();
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string_view> words(arguments, arguments + count);
    if (count == 3 && words[1] == "fields") {
        print_fields(read_lines(arguments[2]));
        return 0;
    }
    std::int64_t from = 0;
    if (count == 5 && words[1] == "starts" && std::from_chars(words[2].begin(), words[2].end(), from).ec == std::errc{}) {
        for (const std::string& zone : read_lines(arguments[4]))
            for (const std::string& cron : read_lines(arguments[3])) print_starts(Instant{seconds{from}}, zone, cron);
        return 0;
    }
    std::fputs("usage: fields LINES | starts UNIX-SECONDS CRONS ZONES\n", stderr);
    return 2;
}
