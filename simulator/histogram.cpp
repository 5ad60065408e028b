#include "simulator/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace muster::simulator {
namespace {

constexpr std::uint64_t page_bits = 10;
constexpr std::uint64_t page_size = std::uint64_t{1} << page_bits;

std::uint64_t bucket_of(Time value) {
    const auto milliseconds = static_cast<std::uint64_t>(value.count());
    const auto width = static_cast<std::uint64_t>(std::bit_width(milliseconds));
    const std::uint64_t shift = width > page_bits + 1 ? width - page_bits - 1 : 0;
    return shift * page_size + (milliseconds >> shift);
}

// The greatest time that falls into `bucket`.
Time end_of(std::uint64_t bucket) {
    const std::uint64_t page = bucket / page_size;
    const std::uint64_t shift = page > 1 ? page - 1 : 0;
    const std::uint64_t top = bucket - shift * page_size;
    return Time{static_cast<Time::rep>(((top + 1) << shift) - 1)};
}

}  // namespace

void Histogram::add(Time value, std::uint64_t times) {
    if (value >= unknown) {
        (value == unknown ? unknown_ : never_) += times;
        return;
    }
    const std::uint64_t bucket = bucket_of(value);
    const std::uint64_t page = bucket / page_size;
    if (pages_.size() <= page) pages_.resize(page + 1);
    pages_[page].resize(page_size);
    pages_[page][bucket % page_size] += times;
    happened_ += times;
    sum_ += static_cast<__int128>(value.count()) * static_cast<__int128>(times);
    least_ = std::min(least_, value);
    greatest_ = std::max(greatest_, value);
}

void Histogram::merge(const Histogram& other) {
    if (pages_.size() < other.pages_.size()) pages_.resize(other.pages_.size());
    for (std::size_t page = 0; page < other.pages_.size(); ++page) {
        if (other.pages_[page].empty()) continue;
        pages_[page].resize(page_size);
        for (std::size_t i = 0; i < page_size; ++i) pages_[page][i] += other.pages_[page][i];
    }
    sum_ += other.sum_;
    happened_ += other.happened_;
    never_ += other.never_;
    unknown_ += other.unknown_;
    least_ = std::min(least_, other.least_);
    greatest_ = std::max(greatest_, other.greatest_);
}

std::optional<Time> Histogram::mean() const {
    if (happened_ == 0) return std::nullopt;
    const auto count = static_cast<__int128>(happened_);
    return Time{static_cast<Time::rep>((sum_ + count / 2) / count)};
}

std::optional<Time> Histogram::least() const { return happened_ == 0 ? std::nullopt : std::optional(least_); }

Time Histogram::greatest() const { return never_ > 0 ? support::never : unknown_ > 0 ? unknown : greatest_; }

Time Histogram::percentile(unsigned percent) const {
    return at(static_cast<std::uint64_t>((static_cast<unsigned __int128>(count()) * percent + 99) / 100));
}

std::uint64_t Histogram::up_to(Time time) const {
    if (time >= greatest_) return happened_;
    std::uint64_t sum = 0;
    for (std::size_t page = 0; page < pages_.size(); ++page)
        for (std::size_t i = 0; i < pages_[page].size(); ++i) {
            if (end_of(page * page_size + i) > time) return sum;
            sum += pages_[page][i];
        }
    return sum;
}

std::optional<Interval> Histogram::interval_of(unsigned percent) const {
    constexpr double z = 1.959963984540054;  // the normal distribution's 97.5th percentile
    const auto n = static_cast<double>(count());
    const double p = percent / 100.0;
    const double reach = z * std::sqrt(n * p * (1 - p));
    const double low = std::floor(n * p - reach), high = std::ceil(n * p + reach) + 1;
    if (low < 1 || high > n) return std::nullopt;
    return Interval{at(static_cast<std::uint64_t>(low)), at(static_cast<std::uint64_t>(high))};
}

Time Histogram::at(std::uint64_t rank) const {
    std::uint64_t passed = 0;
    for (std::size_t page = 0; page < pages_.size(); ++page)
        for (std::size_t i = 0; i < pages_[page].size(); ++i) {
            passed += pages_[page][i];
            if (passed >= rank) return std::min(end_of(page * page_size + i), greatest_);
        }
    return rank <= happened_ + unknown_ ? unknown : support::never;
}

Histogram::Parts Histogram::parts() const {
    Parts parts{sum_, never_, unknown_, least_, greatest_, {}};
    for (std::size_t page = 0; page < pages_.size(); ++page)
        for (std::size_t i = 0; i < pages_[page].size(); ++i)
            if (pages_[page][i] > 0) parts.buckets.emplace_back(page * page_size + i, pages_[page][i]);
    return parts;
}

std::optional<Histogram> Histogram::of(const Parts& parts) {
    Histogram out;
    std::uint64_t passed = 0;
    for (const auto& [bucket, times] : parts.buckets) {
        const bool in_order = out.happened_ == 0 || bucket > passed;
        if (!in_order || times == 0 || bucket > bucket_of(unknown - Time{1})) return std::nullopt;
        if (__builtin_add_overflow(out.happened_, times, &out.happened_)) return std::nullopt;
        passed = bucket;
        const std::uint64_t page = bucket / page_size;
        if (out.pages_.size() <= page) out.pages_.resize(page + 1);
        out.pages_[page].resize(page_size);
        out.pages_[page][bucket % page_size] = times;
    }
    out.sum_ = parts.sum;
    out.never_ = parts.never;
    out.unknown_ = parts.unknown;
    out.least_ = parts.least;
    out.greatest_ = parts.greatest;
    const bool nothing = out.happened_ == 0 && parts.least == support::never && parts.greatest == Time::zero() && parts.sum == 0;
    const bool something = out.happened_ > 0 && parts.least >= Time::zero() && parts.least <= parts.greatest && parts.greatest < unknown &&
                           parts.sum >= 0 && bucket_of(parts.least) == parts.buckets.front().first && bucket_of(parts.greatest) == passed;
    return nothing || something ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace muster::simulator
