#include "compiler/analysis/robfig.h"

#include "compiler/analysis/day_pattern.h"

namespace muster::analysis {
namespace {

using namespace std::chrono;

/// A position that moves forward until every field fits. Each `find_` moves it until its own field fits and returns false
/// where the field ran over, so that the coarser ones have to be looked at again.
class Search {
public:
    Search(const model::Calendar& calendar, WallClock& clock, sys_seconds from) : calendar_(calendar), clock_(clock), at_(from) {}

    /// Far more moves than any search takes that comes to an end.
    [[nodiscard]] bool stuck() const { return moves_ > 5'000; }

    std::optional<sys_seconds> run() {
        const year limit = date().year() + years{5};
        while (date().year() <= limit && !stuck())
            if (find_month() && find_day() && find_hour() && find_minute() && find_second()) return at_;
        return std::nullopt;
    }

private:
    [[nodiscard]] local_seconds wall() const { return clock_.read(at_); }
    [[nodiscard]] local_days midnight() const { return floor<days>(wall()); }
    [[nodiscard]] year_month_day date() const { return year_month_day{midnight()}; }
    [[nodiscard]] long hour() const { return floor<hours>(wall() - midnight()).count(); }
    [[nodiscard]] long minute() const { return (floor<minutes>(wall()) - floor<hours>(wall())).count(); }
    [[nodiscard]] seconds second() const { return wall() - floor<minutes>(wall()); }

    void move(sys_seconds to) {
        at_ = to;
        moved_ = true;
        ++moves_;
    }

    /// Back to where the field that is about to move began, unless a move before has done so.
    void reset(local_seconds start) {
        if (!moved_) move(clock_.find(start));
    }

    void add_month() {
        const year_month_day day = date();
        const local_days first{(day.year() / day.month() + months{1}) / 1};
        move(clock_.find(first + (day.day() - std::chrono::day{1}) + (wall() - midnight())));
    }

    bool find_month() {
        while (!has_month(calendar_, date().month())) {
            reset(local_days{date().year() / date().month() / 1});
            add_month();
            if (date().month() == January || stuck()) return false;
        }
        return true;
    }

    bool find_day() {
        while (!has_day(calendar_, date())) {
            reset(midnight());
            move(clock_.find(wall() + days{1}));
            // Where there is no midnight: on to the next, or back to the last, by the hours that are missing.
            const hours past{hour()};
            at_ += past > hours{12} ? hours{24} - past : -past;
            if (date().day() == day{1} || stuck()) return false;
        }
        return true;
    }

    bool find_hour() {
        while ((calendar_.hours >> hour() & 1) == 0) {
            reset(floor<hours>(wall()));
            move(at_ + hours{1});
            if (hour() == 0 || stuck()) return false;
        }
        return true;
    }

    bool find_minute() {
        while ((calendar_.minutes >> minute() & 1) == 0) {
            if (!moved_) move(floor<minutes>(at_));
            move(at_ + minutes{1});
            if (minute() == 0 || stuck()) return false;
        }
        return true;
    }

    bool find_second() {
        const seconds past = second();
        if (past == seconds{0}) return true;
        move(at_ + minutes{1} - past);
        return false;
    }

    const model::Calendar& calendar_;
    WallClock& clock_;
    sys_seconds at_;
    bool moved_ = false;
    int moves_ = 0;
};

}  // namespace

std::optional<sys_seconds> robfig_next(const model::Calendar& calendar, WallClock& clock, sys_seconds after) {
    for (sys_seconds from = after;; from += hours{1}) {
        Search search(calendar, clock, from + seconds{1});
        const auto start = search.run();
        if (start ? *start > after : !search.stuck()) return start;
    }
}

}  // namespace muster::analysis
