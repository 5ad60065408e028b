#include "backends/jobs/log_script.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/names.h"
#include "backends/jobs/parts.h"
#include "backends/jobs/script.h"
#include "backends/jobs/tools.h"
#include "backends/shell/quote.h"

namespace muster::backends::jobs {
namespace {

using model::Archive;
using model::Copy;
using model::Plan;
using shell::quote;

// Seconds; empty where all of the log is kept. Grades say nothing of a log, which is of use only without gaps.
std::string keep_for(const Archive& archive, Id<model::Store> store) {
    Time longest{0};
    for (const model::Retention& line : archive.keep) {
        if (line.in && *line.in != store) continue;
        if (!line.length) return {};
        longest = std::max(longest, *line.length);
    }
    return longest == Time{0} ? "" : fmt::format("{}", std::chrono::ceil<std::chrono::seconds>(longest).count());
}

std::string choose_store(const Plan& plan, const Archive& archive) {
    std::string cases;
    for (const auto store : first_stores(archive)) {
        const Shelf shelf = shelf_of(plan.stores[store]);
        cases += case_of(plan.stores[store].heading.name, fmt::format("kind={} place={} prefix={} keep_for='{}'", quote(shelf.kind),
                                                                      quote(shelf.place), quote(shelf.prefix), keep_for(archive, store)));
    }
    return choice("choose_store", cases, "fail \"the plan does not ship this log to $1\"");
}

// PostgreSQL takes small letters, digits and underscores.
std::string slot_of(const Plan& plan, const Copy& copy, Id<model::Dataset> data) {
    std::string name = object_name("muster-" + copy.heading.name + "-" + plan.data[data].heading.name);
    std::ranges::replace(name, '-', '_');
    return name;
}

}  // namespace

std::string log_script(const Plan& plan, const Job& job) {
    const Copy& copy = plan.copies[*job.copy];
    const Archive& archive = *copy.archive();
    std::string cases, names;
    for (const auto& data : copy.of) {
        const std::string& name = plan.data[data.value].heading.name;
        cases += case_of(name, fmt::format("host={} slot={}", quote(host_of(plan, data.value)), slot_of(plan, copy, data.value)));
        names += (names.empty() ? "" : " ") + quote(name);
    }
    const std::string suffix = archive.encrypted_with.empty() ? "" : "." + archive.encrypted_with;
    const std::string base = archive.base ? plan.copies[archive.base->value].heading.name : "";
    return fmt::format("\nreadonly copy={} base={} suffix={} encryption={} room={} # bytes\nreadonly datasets=({})\n",
                       quote(copy.heading.name), quote(base), quote(suffix), quote(archive.encrypted_with), room_of_log(plan, copy) / 2,
                       names) +
           "# shellcheck disable=SC2034 # only some encryptions name a key\nreadonly key=" + quote(archive.key) + "\n" +
           choose_store(plan, archive) + choice("choose_data", cases, "fail \"this job ships no log of $1\"") + part("store") +
           part("encrypt") + part("encrypt_file") + part("forget_log") + part("pg_receivewal");
}

std::int64_t room_of_log(const Plan& plan, const Copy& copy) {
    constexpr std::int64_t least = std::int64_t{2} << 30, most = std::int64_t{1} << 40;
    constexpr double intervals = 3, twice = 2;
    const auto every = static_cast<double>(copy.archive()->every->value.count());
    double sum = 0;
    for (const auto& data : copy.of)
        if (const auto& changes = plan.data[data.value].changes)
            sum += static_cast<double>(changes->value.bytes) * every / static_cast<double>(changes->value.per.count()) * intervals * twice;
    return std::clamp(sum < static_cast<double>(most) ? static_cast<std::int64_t>(sum) : most, least, most);
}

}  // namespace muster::backends::jobs
