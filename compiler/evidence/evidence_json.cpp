#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "compiler/evidence/evidence.h"
#include "compiler/support/hash.h"
#include "compiler/support/utf8.h"

namespace muster::evidence {
namespace {

using nlohmann::json;
using support::fail;
using support::Result;

std::string text_of(const json& line, const char* key) {
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> number_of(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || !found->is_number_integer()) return std::nullopt;
    const std::int64_t value = found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX ? -1 : found->get<std::int64_t>();
    const std::int64_t most = support::longest_duration.count() * 10;
    return value >= -most && value <= most ? std::optional(value) : std::nullopt;
}

// `2026-11-20T21:49:00.123Z`, as the runner writes it.
std::optional<Instant> moment_of(const std::string& text) {
    const auto digits = [&](std::size_t from, std::size_t count) -> std::optional<int> {
        int value = 0;
        if (text.size() < from + count) return std::nullopt;
        const char *const begin = text.data() + from, *const end = begin + count;
        const auto [stop, error] = std::from_chars(begin, end, value);
        return error == std::errc{} && stop == end && value >= 0 ? std::optional(value) : std::nullopt;
    };
    if (text.size() != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' ||
        text[23] != 'Z')
        return std::nullopt;
    const auto y = digits(0, 4), m = digits(5, 2), d = digits(8, 2), hour = digits(11, 2), minute = digits(14, 2), second = digits(17, 2),
               ms = digits(20, 3);
    if (!y || !m || !d || !hour || !minute || !second || !ms) return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{year{*y} / *m / *d};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return Instant{sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second} + milliseconds{*ms};
}

std::optional<Instant> moment_of(const json& line, const char* key) { return moment_of(text_of(line, key)); }

Event event_of(const json& line, std::size_t number, Instant at) {
    Event event{.line = number, .at = at, .kind = text_of(line, "event"), .step = text_of(line, "step")};
    event.operator_name = text_of(line, "operator");
    event.host = text_of(line, "host");
    event.attempt = number_of(line, "attempt").value_or(0);
    event.start = moment_of(line, "start");
    event.end = moment_of(line, "end");
    event.exit = number_of(line, "exit");
    if (const auto planned = number_of(line, "planned_ms")) event.planned = Time{*planned};
    event.because = text_of(line, "because");
    if (event.because.empty()) event.because = text_of(line, "signal");
    event.answer = text_of(line, "answer");
    event.data = text_of(line, "data");
    event.to = text_of(line, "to");
    return event;
}

class Reading {
public:
    // Why the line cannot be believed; empty where it can.
    std::string take(std::string_view text) {
        ++number_;
        const json line = json::parse(text.begin(), text.end(), nullptr, false);
        if (!line.is_object()) return fmt::format("line {} is no JSON object", number_);
        if (number_of(line, "format") != 1)
            return fmt::format("line {} does not say `\"format\": 1`: it is no evidence that this version reads", number_);
        if (text_of(line, "previous") != run_.head) return broken_chain();
        const auto at = moment_of(line, "at");
        if (!at || text_of(line, "event").empty()) return fmt::format("line {} says no `event`, or not `at` what time", number_);
        if (std::string why = belongs(line); !why.empty()) return why;
        if (number_ == 1) begin(line);
        run_.events.push_back(event_of(line, number_, *at));
        if (const auto clock = number_of(line, "clock_ms")) run_.clock = Instant{std::chrono::milliseconds{*clock}};
        run_.head = support::sha256(text);
        return number_ == 1 && run_.events.front().kind != "started" ? "it does not begin with `started`: its first lines are missing"
                                                                     : std::string();
    }

    Run finish() { return std::move(run_); }

private:
    std::string broken_chain() const {
        if (number_ == 1) return "its first line follows another, which is missing";
        return fmt::format("line {} does not follow from line {}: a line was changed, added or taken away there", number_, number_ - 1);
    }

    void begin(const json& line) {
        run_.scenario = text_of(line, "scenario");
        run_.plan_hash = text_of(line, "plan_sha256");
    }

    std::string belongs(const json& line) const {
        if (number_ == 1) return text_of(line, "plan_sha256").size() == 64 ? "" : "its first line names no plan";
        if (text_of(line, "scenario") == run_.scenario && text_of(line, "plan_sha256") == run_.plan_hash) return {};
        return fmt::format("line {} is of another plan or scenario than line 1", number_);
    }

    Run run_{{}, {}, std::string(64, '0'), {}, {}};
    std::size_t number_ = 0;
};

}  // namespace

bool Run::finished() const {
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
        if (event->kind == "finished") return true;
        if (event->kind == "resumed" || event->kind == "started") return false;
    }
    return false;
}

Result<Run> read_evidence(std::string_view text) {
    if (text.empty()) return fail("it is empty");
    if (support::first_invalid_utf8(text)) return fail("it is not UTF-8");
    if (!text.ends_with('\n')) return fail("its last line is torn: the end of it is missing");
    Reading reading;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (std::string why = reading.take(text.substr(0, end)); !why.empty()) return fail(std::move(why));
        text.remove_prefix(end + 1);
    }
    return reading.finish();
}

}  // namespace muster::evidence
