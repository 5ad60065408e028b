#include <fmt/format.h>

#include <algorithm>

#include "simulator/picture.h"
#include "simulator/scale.h"
#include "simulator/svg.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

constexpr double width = 760, height = 372, left = 60, right = 60, top = 72, bottom = 50;
constexpr int most_bars = 60, most_ticks = 9;

// Where times and shares lie.
struct Frame {
    Time from{0};
    Time until{0};

    double x(Time time) const {
        const double part = static_cast<double>((time - from).count()) / static_cast<double>(std::max(Time{1}, until - from).count());
        return left + (width - left - right) * std::clamp(part, 0.0, 1.0);
    }
    static double y(double share) { return height - bottom - (height - top - bottom) * share; }
};

double share(std::uint64_t part, std::uint64_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(1, whole));
}

Frame frame_of(const Histogram& times, const std::optional<Time>& objective) {
    Frame frame{times.least().value_or(Time::zero()), Time::zero()};
    for (const unsigned percent : {50U, 90U, 95U, 99U})
        if (times.percentile(percent) < unknown) frame.until = times.percentile(percent);
    if (objective) {
        frame.from = std::min(frame.from, *objective);
        frame.until = std::max(frame.until, *objective);
    }
    const Time margin = std::max(Time{1}, (frame.until - frame.from) / 20);
    return {std::max(Time::zero(), frame.from - margin), frame.until + margin};
}

void draw_axes(Svg& svg, const Frame& frame, std::uint64_t most, std::uint64_t all) {
    for (const int percent : {0, 25, 50, 75, 100}) {
        svg.line(left, Frame::y(percent / 100.0), width - right, Frame::y(percent / 100.0), "grid");
        svg.text(width - right + 6, Frame::y(percent / 100.0) + 4, fmt::format("{}%", percent), "small");
    }
    svg.text(left - 6, Frame::y(1) + 4, fmt::format("{:.1f}%", 100 * share(most, all)), "small end");
    svg.text(left - 6, Frame::y(0) + 4, "0%", "small end");
    const Time step = step_of(frame.until - frame.from, most_ticks);
    for (Time at = (frame.from + step - Time{1}) / step * step; at <= frame.until; at += step) {
        svg.line(frame.x(at), Frame::y(0), frame.x(at), Frame::y(0) + 5, "axis");
        svg.text(frame.x(at), Frame::y(0) + 18, support::format_duration(at), "middle");
    }
    svg.line(left, Frame::y(0), width - right, Frame::y(0), "axis");
    svg.text(left, height - 10, "bars, left: share of the trials in each interval; curve, right: share back by then", "small");
}

void draw_mark(Svg& svg, const Frame& frame, Time at, const std::string& words, std::string_view line, std::string_view look, double lift) {
    if (at >= unknown) return;
    svg.line(frame.x(at), top - 16 - lift, frame.x(at), Frame::y(0), line);
    svg.text(frame.x(at) + 3, top - 6 - lift, words, look);
}

}  // namespace

std::string distribution_svg(const std::string& title, const Histogram& times, const std::optional<Time>& objective) {
    Svg svg(title);
    svg.text(left, 22, title, "head");
    const Frame frame = frame_of(times, objective);
    const Time step = std::max(Time{1}, (frame.until - frame.from) / most_bars);
    std::vector<std::uint64_t> by_then{frame.from > Time::zero() ? times.up_to(frame.from - Time{1}) : 0};
    for (Time at = frame.from + step; at - step < frame.until; at += step) by_then.push_back(times.up_to(at));
    std::uint64_t most = 1;
    for (std::size_t i = 1; i < by_then.size(); ++i) most = std::max(most, by_then[i] - by_then[i - 1]);
    draw_axes(svg, frame, most, times.count());
    std::string curve = coordinate(frame.x(frame.from)) + "," + coordinate(Frame::y(share(by_then[0], times.count())));
    for (std::size_t i = 1; i < by_then.size(); ++i) {
        const Time end = frame.from + step * static_cast<Time::rep>(i);
        const double tall = share(by_then[i] - by_then[i - 1], most) * (Frame::y(0) - Frame::y(1));
        if (tall > 0)
            svg.rectangle(frame.x(end - step), Frame::y(0) - tall, std::max(1.0, frame.x(end) - frame.x(end - step) - 1), tall, "bar");
        curve += " " + coordinate(frame.x(end)) + "," + coordinate(Frame::y(share(by_then[i], times.count())));
    }
    svg.polyline(curve, "curve");
    draw_mark(svg, frame, times.percentile(50), "p50 " + rounded_up(times.percentile(50)), "mark", "small", 0);
    draw_mark(svg, frame, times.percentile(95), "p95 " + rounded_up(times.percentile(95)), "mark", "small", 13);
    if (objective) draw_mark(svg, frame, *objective, "objective " + rounded_up(*objective), "limit", "red", 26);
    if (times.never() + times.unknowns() > 0)
        svg.text(width - right, 22, share_up(times.never() + times.unknowns(), times.count()) + " never or unknown", "red end");
    return svg.document(width, height);
}

}  // namespace muster::simulator
