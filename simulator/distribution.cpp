#include "simulator/distribution.h"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace muster::simulator {
namespace {

using model::Duration;

constexpr int word_bits = 53;
constexpr double longest = static_cast<double>(support::longest_duration.count());

double number(Time time) { return static_cast<double>(time.count()); }

// The share, up to a half, that knot `i` stands for: its octave and how far it is in it.
double share_at(std::size_t i, int octaves, int cells_bits) {
    const std::size_t octave = i >> static_cast<unsigned>(cells_bits);
    const double within = static_cast<double>(i & ((std::size_t{1} << static_cast<unsigned>(cells_bits)) - 1)) /
                          static_cast<double>(std::size_t{1} << static_cast<unsigned>(cells_bits));
    return std::ldexp(1 + within, static_cast<int>(octave) - octaves - 1);
}

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

// One step of the classical Runge-Kutta method. Errors die out on the way up.
double step(const BetaSlope& slope, double log_u, double log_x, double h) {
    const double a = slope(log_u, log_x), b = slope(log_u + h / 2, log_x + a * h / 2);
    const double c = slope(log_u + h / 2, log_x + b * h / 2), d = slope(log_u + h, log_x + c * h);
    return log_x + (a + 2 * b + 2 * c + d) * h / 6;
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

void Distribution::tabulate(const Duration& d) {
    auto sides = std::make_shared<std::array<Side, 2>>();
    auto& [below, above] = *sides;
    const double low = number(d.low), width = number(d.high) - low;
    if (d.shape == Duration::Shape::pert) {
        const double rise = 4 * (number(d.mode) - low) / width;
        below = pert_side(rise, width);
        above = pert_side(4 - rise, width);
        for (double& knot : below) knot = low + knot;
        for (double& knot : above) knot = low + width - knot;
        // Both reach the median, each with its own error: it is the same.
        below.back() = above.back() = (below.back() + above.back()) / 2;
    } else {
        const boost::math::normal_distribution<double> normal;
        const double sigma =
            d.shape == Duration::Shape::lognormal ? std::log(number(d.high) / low) / boost::math::quantile(normal, 0.95) : 0;
        for (std::size_t i = 0; i < knots; ++i) {
            const double u = share_at(i, octaves, cells_bits);
            if (sigma == 0) {
                below[i] = low * -std::log1p(-u);
                above[i] = low * -std::log(u);
            } else {
                const double z = boost::math::quantile(normal, u);
                below[i] = low * std::exp(sigma * z);
                above[i] = low * std::exp(-sigma * z);
            }
        }
    }
    // Mathematical libraries differ in the last bit from one processor to another: of what is rounded nothing is left of that.
    constexpr double parts = 256;
    for (Side& side : *sides)
        for (double& knot : side) knot = std::round(std::min(knot, longest) * parts) / parts;
    sides_ = std::move(sides);
}

// From the end of the distribution to its median, on [0, width].
Distribution::Side Distribution::pert_side(double rise, double width) {
    const boost::math::beta_distribution<double> beta(1 + rise, 5 - rise);
    const BetaSlope slope(rise);
    Side side{};
    double log_u = std::log(share_at(0, octaves, cells_bits));
    double log_x = std::log(boost::math::quantile(beta, share_at(0, octaves, cells_bits)));
    side[0] = width * std::exp(log_x);
    for (std::size_t i = 1; i < knots; ++i) {
        const double next = std::log(share_at(i, octaves, cells_bits));
        log_x = step(slope, log_u, log_x, next - log_u);
        log_u = next;
        side[i] = width * std::exp(log_x);
    }
    return side;
}

// The bits of a number are its octave, its cell in that, and how far it is in the cell.
Time::rep Distribution::looked_up(const std::array<Side, 2>& sides, Word word) {
    constexpr std::int64_t half = std::int64_t{1} << (word_bits - 1), last = std::int64_t{1} << (word_bits - 1 - octaves);
    constexpr unsigned rest = 52 - cells_bits;
    const auto above = static_cast<std::int64_t>(word) >> (word_bits - 1);
    // Without a branch, which nothing could foretell: below the median the word itself, above it what is left to the end.
    const std::int64_t from_end = std::max((static_cast<std::int64_t>(word) ^ -above) + above + (2 * half & -above), last);
    const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(from_end));
    const std::size_t cell = (bits >> rest) - (std::bit_cast<std::uint64_t>(static_cast<double>(last)) >> rest);
    constexpr double per = 1.0 / static_cast<double>(std::uint64_t{1} << rest);
    const double within = static_cast<double>(static_cast<std::int64_t>(bits & ((std::uint64_t{1} << rest) - 1))) * per;
    const double* knot = sides[static_cast<std::size_t>(above)].data() + cell;
    return static_cast<Time::rep>(knot[0] + within * (knot[1] - knot[0]) + 0.5);
}

Time Distribution::at(Word word) const {
    Time::rep length = 0;
    sample(&word, &length, 1);
    return Time{length};
}

void Distribution::sample(const Word* words, Time::rep* lengths, std::size_t count) const {
    const auto part_of = [](Word word, std::uint64_t whole) {
        return static_cast<std::uint64_t>(static_cast<unsigned __int128>(word) * whole >> word_bits);
    };
    switch (kind_) {
        case Kind::constant: std::fill_n(lengths, count, low_.count()); return;
        case Kind::uniform:
            for (std::size_t i = 0; i < count; ++i) lengths[i] = low_.count() + static_cast<Time::rep>(part_of(words[i], values_));
            return;
        case Kind::observed:
            for (std::size_t i = 0; i < count; ++i) lengths[i] = observed_[part_of(words[i], observed_.size())].count();
            return;
        case Kind::table:
            for (std::size_t i = 0; i < count; ++i) lengths[i] = looked_up(*sides_, words[i]);
            return;
    }
}

}  // namespace muster::simulator
