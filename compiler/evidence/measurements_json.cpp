#include "compiler/evidence/measurements_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace muster::evidence {
namespace {

using nlohmann::ordered_json;
using support::fail;
using support::Result;

bool is_list_of_numbers(const ordered_json& value) {
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const ordered_json& one) { return one.is_number_integer(); });
}

bool is_sound(const ordered_json& file) {
    if (!file.is_object() || file.value("format", ordered_json()) != 1) return false;
    const ordered_json durations = file.value("durations", ordered_json::object());
    if (!durations.is_object() || !file.value("runs", ordered_json::array()).is_array()) return false;
    return std::all_of(durations.begin(), durations.end(), [](const ordered_json& one) {
        return one.is_object() && is_list_of_numbers(one.value("observed_ms", ordered_json())) &&
               one.value("last", ordered_json("")).is_string();
    });
}

Result<ordered_json> parsed(std::string_view text) {
    if (text.empty()) return ordered_json{{"format", 1}, {"durations", ordered_json::object()}};
    ordered_json file = ordered_json::parse(text.begin(), text.end(), nullptr, false);
    if (file.is_discarded() || !is_sound(file)) return fail("it is not a file of measurements, so that nothing can be added to it");
    return file;
}

bool has_run(const ordered_json& file, const std::string& head) {
    const ordered_json runs = file.value("runs", ordered_json::array());
    return std::find(runs.begin(), runs.end(), ordered_json(head)) != runs.end();
}

}  // namespace

Result<bool> is_recorded(std::string_view text, const std::string& head) {
    const auto file = parsed(text);
    if (!file) return tl::make_unexpected(file.error());
    return has_run(*file, head);
}

Result<std::string> with_observations(std::string_view text, const std::vector<Observation>& observations, const std::string& head,
                                      const std::string& date) {
    auto file = parsed(text);
    if (!file) return tl::make_unexpected(file.error());
    for (const Observation& one : observations) {
        ordered_json& entry = (*file)["durations"][one.name];
        entry["observed_ms"].push_back(one.length.count());
        if (entry.value("last", std::string()) < date) entry["last"] = date;
    }
    (*file)["runs"].push_back(head);
    return file->dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::evidence
