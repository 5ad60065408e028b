#include "simulator/distribution.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace muster::simulator {
namespace {

using model::Duration;

using Side = std::array<double, Table::knots>;

constexpr double longest = static_cast<double>(support::longest_duration.count());

double number(Time time) { return static_cast<double>(time.count()); }

// The share, up to a half, that knot `i` of a side stands for: its octave and how far it is in it.
double share_at(std::size_t i) {
    constexpr std::size_t cells = std::size_t{1} << Table::cells_bits;
    const auto octave = static_cast<int>(i / cells) - static_cast<int>(Table::octaves) - 1;
    return std::ldexp(1 + static_cast<double>(i % cells) / cells, octave);
}

double log_share(std::size_t i) { return std::log(share_at(i)); }

// How fast the logarithm of a quantile of the beta distribution grows with that of the share: u / (x × density), where ln x = X.
class BetaSlope {
public:
    explicit BetaSlope(double rise) : rise_(rise), beta_(std::beta(1 + rise, 5 - rise)) {}
    double operator()(double log_u, double log_x) const {
        return beta_ * std::exp(log_u - (1 + rise_) * log_x - (4 - rise_) * std::log1p(-std::exp(log_x)));
    }

private:
    double rise_;
    double beta_;
};

// A point of that curve, and how steep it is there.
struct Point {
    double log_u;
    double log_x;
    double slope;
};

Point point(const BetaSlope& slope, double log_u, double log_x) { return {log_u, log_x, slope(log_u, log_x)}; }

// The next point, at `log_u`, by one step of the classical Runge-Kutta method. Errors die out on the way up.
Point step(const BetaSlope& slope, const Point& from, double log_u) {
    const double h = log_u - from.log_u, middle = from.log_u + h / 2;
    const double a = from.slope, b = slope(middle, from.log_x + a * h / 2);
    const double c = slope(middle, from.log_x + b * h / 2), d = slope(log_u, from.log_x + c * h);
    return point(slope, log_u, from.log_x + (a + 2 * b + 2 * c + d) * h / 6);
}

// Between two points, by the cubic that has their slopes (Hermite).
double between(const Point& a, const Point& b, double log_u) {
    const double h = b.log_u - a.log_u, t = (log_u - a.log_u) / h, rest = 1 - t;
    return rest * rest * ((1 + 2 * t) * a.log_x + t * h * a.slope) + t * t * ((1 + 2 * rest) * b.log_x - rest * h * b.slope);
}

// A PERT from its end to its median, on [0, width]. A step leads over four knots: the cubic between is far nearer to the curve than the
// straight lines that the table draws.
Side pert_side(double rise, double width) {
    constexpr std::size_t stride = 4;
    const boost::math::beta_distribution<double> beta(1 + rise, 5 - rise);
    const BetaSlope slope(rise);
    Side side{};
    Point at = point(slope, log_share(0), std::log(boost::math::quantile(beta, share_at(0))));
    side[0] = width * std::exp(at.log_x);
    for (std::size_t i = 0; i + 1 < Table::knots; i += stride) {
        const Point next = step(slope, at, log_share(i + stride));
        for (std::size_t knot = i + 1; knot <= i + stride; ++knot) side[knot] = width * std::exp(between(at, next, log_share(knot)));
        at = next;
    }
    return side;
}

// What is below the median and what is above it, in ms.
struct Sides {
    Side below{};
    Side above{};
};

Sides pert(double low, double mode, double high) {
    const double width = high - low, rise = 4 * (mode - low) / width;
    Sides sides{pert_side(rise, width), pert_side(4 - rise, width)};
    for (double& knot : sides.below) knot = low + knot;
    for (double& knot : sides.above) knot = low + width - knot;
    // Both reach the median, each with its own error: it is the same.
    sides.below.back() = sides.above.back() = (sides.below.back() + sides.above.back()) / 2;
    return sides;
}

Sides lognormal(double median, double p95) {
    const boost::math::normal_distribution<double> normal;
    const double sigma = std::log(p95 / median) / boost::math::quantile(normal, 0.95);
    Sides sides;
    for (std::size_t i = 0; i < Table::knots; ++i) {
        const double z = boost::math::quantile(normal, share_at(i));
        sides.below[i] = median * std::exp(sigma * z);
        sides.above[i] = median * std::exp(-sigma * z);
    }
    return sides;
}

Sides exponential(double mean) {
    Sides sides;
    for (std::size_t i = 0; i < Table::knots; ++i) {
        sides.below[i] = mean * -std::log1p(-share_at(i));
        sides.above[i] = mean * -std::log(share_at(i));
    }
    return sides;
}

Sides sides_of(const Duration& d) {
    if (d.shape == Duration::Shape::pert) return pert(number(d.low), number(d.mode), number(d.high));
    if (d.shape == Duration::Shape::lognormal) return lognormal(number(d.low), number(d.high));
    return exponential(number(d.low));
}

}  // namespace

Distribution::Distribution(const Duration& duration, const std::vector<Time>& observed) : low_(duration.low) {
    using Shape = Duration::Shape;
    const bool narrow = duration.high <= duration.low;
    switch (duration.shape) {
        case Shape::exact: return;
        case Shape::uniform:
            kind_ = narrow ? Kind::constant : Kind::uniform;
            values_ = static_cast<std::uint64_t>((duration.high - duration.low).count()) + 1;
            return;
        case Shape::measured:
            kind_ = Kind::observed;
            observed_ = observed;
            return;
        case Shape::pert: kind_ = narrow ? Kind::constant : Kind::table; break;
        case Shape::lognormal: kind_ = narrow || duration.low == Time::zero() ? Kind::constant : Kind::table; break;
        case Shape::exponential: kind_ = duration.low == Time::zero() ? Kind::constant : Kind::table; break;
    }
    if (kind_ == Kind::table) tabulate(duration);
}

void Distribution::tabulate(const Duration& duration) {
    const Sides sides = sides_of(duration);
    auto table = std::make_shared<Table>();
    // Mathematical libraries differ in the last bit from one processor to another: of what is rounded nothing is left of that.
    constexpr double parts = 256;
    const auto rounded = [](double knot) { return std::round(std::min(knot, longest) * parts) / parts; };
    const auto rest = std::transform(sides.below.begin(), sides.below.end(), table->heights.begin(), rounded);
    std::transform(sides.above.begin(), sides.above.end(), rest, rounded);
    table_ = std::move(table);
}

Time Distribution::at(Word word) const {
    const auto part_of = [&](std::uint64_t whole) {
        constexpr unsigned word_bits = 53;
        return static_cast<std::uint64_t>(static_cast<unsigned __int128>(word) * whole >> word_bits);
    };
    switch (kind_) {
        case Kind::constant: return low_;
        case Kind::uniform: return low_ + Time{static_cast<Time::rep>(part_of(values_))};
        case Kind::observed: return observed_[part_of(observed_.size())];
        case Kind::table: return Time{table_->at(word)};
    }
    __builtin_unreachable();
}

}  // namespace muster::simulator
