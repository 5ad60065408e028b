#include "simulator/quantile.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>

namespace muster::simulator {
namespace {

using model::Duration;

// What goes wrong in a distribution comes back as a value that `rounded` cuts off, not as an exception; and milliseconds need no
// more than a double.
using Quietly = boost::math::policies::policy<boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                              boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                              boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
                                              boost::math::policies::promote_double<false>>;

double number(Time time) { return static_cast<double>(time.count()); }

Time rounded(double milliseconds) {
    if (!(milliseconds < number(support::longest_duration))) return support::longest_duration;
    return Time{std::llround(milliseconds)};
}

Time uniform(Time low, Time high, double u) {
    const double values = number(high) - number(low) + 1;
    return std::min(high, low + Time{static_cast<Time::rep>(u * values)});
}

// With that mean and variance the two shapes add up to 6: 1 + 4 (m - a) / (b - a) and 1 + 4 (b - m) / (b - a).
Time pert(const Duration& d, double u) {
    const double width = number(d.high) - number(d.low);
    if (width <= 0) return d.low;
    const double rise = 4 * (number(d.mode) - number(d.low)) / width;
    const boost::math::beta_distribution<double, Quietly> beta(1 + rise, 5 - rise);
    return std::clamp(d.low + rounded(width * boost::math::quantile(beta, u)), d.low, d.high);
}

Time lognormal(const Duration& d, double u) {
    if (d.low == Time::zero() || d.high <= d.low) return d.low;
    const boost::math::normal_distribution<double, Quietly> normal;
    const double sigma = std::log(number(d.high) / number(d.low)) / boost::math::quantile(normal, 0.95);
    return rounded(number(d.low) * std::exp(sigma * boost::math::quantile(normal, u)));
}

Time empirical(const std::vector<Time>& observed, double u) {
    assert(!observed.empty());
    const auto rank = static_cast<std::size_t>(u * static_cast<double>(observed.size()));
    return observed[std::min(rank, observed.size() - 1)];
}

}  // namespace

Time quantile(const Duration& d, double u, const std::vector<Time>& observed) {
    switch (d.shape) {
        case Duration::Shape::exact: return d.low;
        case Duration::Shape::uniform: return uniform(d.low, d.high, u);
        case Duration::Shape::pert: return pert(d, u);
        case Duration::Shape::lognormal: return lognormal(d, u);
        case Duration::Shape::measured: return empirical(observed, u);
        case Duration::Shape::exponential: return rounded(number(d.low) * -std::log1p(-u));
    }
    __builtin_unreachable();
}

Time fraction(Time whole, double u) { return Time{std::llround(u * number(whole))}; }

}  // namespace muster::simulator
