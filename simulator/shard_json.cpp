#include "simulator/shard_json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "compiler/support/hash.h"

namespace muster::simulator {
namespace {

using nlohmann::ordered_json;

constexpr int format = 1;
constexpr const char* checksum = "sha256";

// Sums of milliseconds over all trials do not fit into the numbers of JSON.
std::string decimal(__int128 number) {
    if (number < 0) return "-" + decimal(-number);
    std::string digits;
    do digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    while ((number /= 10) > 0);
    return digits;
}

// At most 36 digits, which fit.
__int128 number_of(const std::string& digits) {
    __int128 number = 0;
    if (digits.empty() || digits.size() > 36) throw ordered_json::other_error::create(501, "no sum", nullptr);
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') throw ordered_json::other_error::create(501, "no sum", nullptr);
        number = number * 10 + (digit - '0');
    }
    return number;
}

ordered_json json_of(const Histogram& histogram) {
    const Histogram::Parts parts = histogram.parts();
    return {{"sum", decimal(parts.sum)},          {"never", parts.never},    {"unknown", parts.unknown}, {"least", parts.least.count()},
            {"greatest", parts.greatest.count()}, {"buckets", parts.buckets}};
}

Histogram histogram_of(const ordered_json& json) {
    Histogram::Parts parts{number_of(json.at("sum")),
                           json.at("never"),
                           json.at("unknown"),
                           Time{json.at("least").get<Time::rep>()},
                           Time{json.at("greatest").get<Time::rep>()},
                           json.at("buckets")};
    auto histogram = Histogram::of(parts);
    if (!histogram) throw ordered_json::other_error::create(501, "no histogram", nullptr);
    return *std::move(histogram);
}

ordered_json json_of(const std::map<std::uint32_t, Frequency>& all) {
    ordered_json out = ordered_json::array();
    for (const auto& [id, frequency] : all) out.push_back({id, frequency.all, frequency.missed});
    return out;
}

std::map<std::uint32_t, Frequency> frequencies_of(const ordered_json& json) {
    std::map<std::uint32_t, Frequency> out;
    for (const auto& entry : json) out[entry.at(0)] = {entry.at(1), entry.at(2)};
    return out;
}

ordered_json json_of(const ServiceCount& count) {
    ordered_json marks = ordered_json::array();
    for (const Frequency& mark : count.marks) marks.push_back({mark.all, mark.missed});
    return {{"rta", json_of(count.rta)},
            {"met", count.met},
            {"steps", json_of(count.steps)},
            {"roles", json_of(count.roles)},
            {"marks", std::move(marks)}};
}

ServiceCount service_of(const ordered_json& json) {
    ServiceCount count{
        histogram_of(json.at("rta")), json.at("met"), frequencies_of(json.at("steps")), frequencies_of(json.at("roles")), {}};
    for (const auto& mark : json.at("marks")) count.marks.push_back({mark.at(0), mark.at(1)});
    return count;
}

ordered_json json_of(const Counts& counts) {
    ordered_json out{{"trials", counts.trials}};
    for (const char* list : {"services", "data", "roles", "watches"}) out[list] = ordered_json::array();
    for (const ServiceCount& one : counts.services) out["services"].push_back(json_of(one));
    for (const DataCount& one : counts.data) out["data"].push_back({{"rpa", json_of(one.rpa)}, {"met", one.met}});
    for (const auto& [role, one] : counts.roles) out["roles"].push_back({role, decimal(one.busy), decimal(one.waited)});
    for (const WatchCount& one : counts.watches)
        out["watches"].push_back({{"trials", one.trials}, {"times", json_of(one.times)}, {"within", one.within}, {"held", one.held}});
    return out;
}

Counts counts_of(const ordered_json& json) {
    Counts counts{json.at("trials"), {}, {}, {}, {}};
    for (const auto& one : json.at("services")) counts.services.push_back(service_of(one));
    for (const auto& one : json.at("data")) counts.data.push_back({histogram_of(one.at("rpa")), one.at("met")});
    for (const auto& one : json.at("roles")) counts.roles[one.at(0)] = {number_of(one.at(1)), number_of(one.at(2))};
    for (const auto& one : json.at("watches"))
        counts.watches.push_back({one.at("trials"), histogram_of(one.at("times")), one.at("within"), one.at("held")});
    return counts;
}

Shard shard_of(const ordered_json& json) {
    const auto& plan = json.at("plan");
    Shard shard;
    shard.of = {json.at("tool").at("version"), plan.at("name"), plan.at("title"), plan.at("hash")};
    shard.as_of = analysis::Instant{Time{json.at("as_of_ms").get<Time::rep>()}};
    shard.seed = json.at("seed");
    shard.trials = json.at("trials");
    shard.part = {json.at("shard").at("number"), json.at("shard").at("of")};
    for (const auto& one : json.at("scenarios")) shard.counts.push_back(counts_of(one));
    return shard;
}

}  // namespace

std::string render_shard(const Shard& shard) {
    ordered_json out{{"format", format},
                     {"kind", "muster shard"},
                     {"tool", {{"name", "muster"}, {"version", shard.of.tool_version}}},
                     {"plan", {{"name", shard.of.plan_name}, {"title", shard.of.plan_title}, {"hash", shard.of.plan_hash}}},
                     {"as_of_ms", shard.as_of.time_since_epoch().count()},
                     {"seed", shard.seed},
                     {"trials", shard.trials},
                     {"shard", {{"number", shard.part.number}, {"of", shard.part.of}}},
                     {"scenarios", ordered_json::array()}};
    for (const Counts& counts : shard.counts) out["scenarios"].push_back(json_of(counts));
    out[checksum] = support::sha256(out.dump());
    return out.dump() + "\n";
}

support::Result<Shard> parse_shard(const std::string& text) {
    ordered_json json = ordered_json::parse(text, nullptr, false);
    if (json.is_discarded()) return support::fail("it is cut off, or was never a shard");
    try {
        if (!json.is_object() || json.value("kind", "") != "muster shard")
            return support::fail("it is no shard of `muster simulate --shard`");
        if (json.at("format") != format) return support::fail("its format is " + json.at("format").dump() + ", and this Muster reads 1");
        const std::string said = json.at(checksum);
        json.erase(checksum);
        if (said != support::sha256(json.dump())) return support::fail("it was changed since it was written: its checksum is another one");
        return shard_of(json);
    } catch (const ordered_json::exception&) {
        return support::fail("it does not hold what a shard holds");
    }
}

}  // namespace muster::simulator
