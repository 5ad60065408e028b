#include "compiler/sema/measurements_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/values.h"
#include "compiler/support/utf8.h"

namespace muster::sema {
namespace {

using nlohmann::json;
using support::FileId;
using support::Span;
using support::Time;

// An iterator that says how far the parser has come, since its events do not.
class Tracked {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Tracked(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
    reference operator*() const { return *at_; }
    Tracked& operator++() {
        *furthest_ = ++at_;
        return *this;
    }
    Tracked operator++(int) {
        const Tracked before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Tracked& other) const { return at_ == other.at_; }
    bool operator!=(const Tracked& other) const { return at_ != other.at_; }

private:
    const char* at_;
    const char** furthest_;
};

// Where a value that ends just before `end` stands, as the whole of its line up to there.
Span place(std::string_view text, std::size_t end, FileId file) {
    const std::string_view before = text.substr(0, std::min(end, text.size()));
    const std::size_t newline = before.rfind('\n');
    const std::string_view line = before.substr(newline == std::string_view::npos ? 0 : newline + 1);
    const auto number = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
    const std::size_t start = line.find_last_of(" \t,:[{");
    const auto column = [&](std::size_t bytes) { return static_cast<std::uint32_t>(1 + support::code_points(line.substr(0, bytes))); };
    const std::uint32_t begin = column(start == std::string_view::npos ? 0 : start + 1);
    return {file, {number, begin}, {number, std::max(begin + 1, column(line.size()))}};
}

// The events of the parser. Each level of the document that means something has a name; what means nothing is passed over.
class Reading : public json::json_sax_t {
public:
    Reading(const support::Source& source, FileId file, diagnostics::Sink& sink)
        : path_(source.path()), text_(source.text()), file_(file), sink_(sink), at_(text_.data()) {}

    std::optional<Measurements> run() {
        const char* const end = text_.data() + text_.size();
        if (!json::sax_parse(Tracked(text_.data(), &at_), Tracked(end, &at_), this)) return std::nullopt;
        if (said_format_) return std::move(found_);
        fault("the file does not say `\"format\": 1`");
        return std::nullopt;
    }

    bool null() override { return other(); }
    bool boolean(bool) override { return other(); }
    bool number_integer(number_integer_t value) override { return value < 0 && level() == Level::observed ? refuse() : whole(value); }
    bool number_unsigned(number_unsigned_t value) override {
        constexpr auto most = static_cast<number_unsigned_t>(support::longest_duration.count());
        return value > most ? refuse() : whole(static_cast<number_integer_t>(value));
    }
    bool number_float(number_float_t, const string_t&) override { return refuse(); }
    bool string(string_t& value) override {
        if (level() != Level::measurement || key_ != "last") return other();
        if (!is_date(value)) return fault(fmt::format("`{}` is not a day of the calendar", value));
        found_[name_].last = value;
        return true;
    }
    bool binary(binary_t&) override { return other(); }

    bool start_object(std::size_t) override { return descend(true); }
    bool start_array(std::size_t) override { return descend(false); }
    bool end_array() override { return ascend(); }
    bool end_object() override {
        if (level() == Level::measurement && found_[name_].observed.empty())
            return fault(fmt::format("`{}` has no observation in `observed_ms`", name_));
        return ascend();
    }
    bool key(string_t& value) override {
        key_ = value;
        if (level() != Level::durations) return true;
        name_ = value;
        return found_.try_emplace(value).second || fault(fmt::format("`{}` stands there twice", value));
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return fault("this is not JSON"); }

private:
    enum class Level : std::uint8_t { outside, document, durations, measurement, observed, ignored };

    Level level() const { return levels_.empty() ? Level::outside : levels_.back(); }

    Level level_below(bool object) const {
        if (level() == Level::outside && object) return Level::document;
        if (level() == Level::document && object && key_ == "durations") return Level::durations;
        if (level() == Level::durations && object) return Level::measurement;
        if (level() == Level::measurement && !object && key_ == "observed_ms") return Level::observed;
        return Level::ignored;
    }

    bool descend(bool object) {
        const Level next = level_below(object);
        if (next == Level::ignored && !may_be_ignored()) return other();
        if (next == Level::observed && !found_[name_].observed.empty())
            return fault(fmt::format("`observed_ms` of `{}` stands there twice", name_));
        levels_.push_back(next);
        return true;
    }

    bool ascend() {
        if (level() == Level::observed) {
            auto& observed = found_[name_].observed;
            std::sort(observed.begin(), observed.end());
        }
        levels_.pop_back();
        return true;
    }

    // Whether what comes here is under a key that means nothing to this version.
    bool may_be_ignored() const {
        if (level() == Level::document) return key_ != "format" && key_ != "durations";
        if (level() == Level::measurement) return key_ != "observed_ms" && key_ != "last";
        return level() == Level::ignored;
    }

    bool other() {
        if (may_be_ignored()) return true;
        switch (level()) {
            case Level::document: return fault(key_ == "format" ? "`format` is not 1" : "`durations` is not an object");
            case Level::durations: return fault(fmt::format("`{}` is not an object with `observed_ms`", name_));
            case Level::measurement:
                return fault(key_ == "last" ? fmt::format("`last` of `{}` is not a date in quotes", name_)
                                            : fmt::format("`observed_ms` of `{}` is not a list", name_));
            case Level::observed: return refuse();
            case Level::outside:
            case Level::ignored: break;
        }
        return fault("the file does not hold an object");
    }

    bool refuse() {
        if (level() != Level::observed) return other();
        return fault(fmt::format("an observation of `{}` is a whole number of milliseconds, from 0 to 1000 years", name_));
    }

    bool whole(number_integer_t value) {
        if (level() == Level::document && key_ == "format" && value == 1) return said_format_ = true;
        if (level() != Level::observed) return other();
        found_[name_].observed.emplace_back(value);
        return true;
    }

    static bool is_date(const std::string& text) {
        diagnostics::Sink nobody;
        const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                            std::count_if(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; }) == 8;
        return shaped && read_date({ast::Kind::date, text, {}, {}}, nobody);
    }

    // The parser has read one character more where a number ends.
    bool fault(std::string why) {
        const auto read = static_cast<std::size_t>(at_ - text_.data());
        sink_.report(diagnostics::messages::bad_measurements, place(text_, read == 0 ? 0 : read - 1, file_), diagnostics::Name{path_},
                     diagnostics::Words{std::move(why)});
        return false;
    }

    std::string path_;
    std::string_view text_;
    FileId file_;
    diagnostics::Sink& sink_;
    const char* at_;
    std::vector<Level> levels_;
    std::string key_;
    std::string name_;
    bool said_format_ = false;
    Measurements found_;
};

}  // namespace

std::optional<Measurements> read_measurements(const support::Source& source, FileId file, diagnostics::Sink& sink) {
    return Reading(source, file, sink).run();
}

model::Duration duration_of(const Measurement& measurement, support::Id<model::Origin> origin) {
    const auto& observed = measurement.observed;
    const auto at_rank = [&](std::size_t percent) { return observed[(observed.size() * percent + 99) / 100 - 1]; };
    return {model::Duration::Shape::measured, observed.front(), at_rank(50), at_rank(95), origin};
}

}  // namespace muster::sema
