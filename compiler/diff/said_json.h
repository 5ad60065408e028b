// Values of an export as people would write them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace muster::diff {

using nlohmann::ordered_json;

/// `value`, which stands under `key` in an export: `30m`, `2m..8m`, `200MB/s`, `service db`, `30d daily in vault`. At most 100 characters.
[[nodiscard]] std::string said(const std::string& key, const ordered_json& value);

/// A key in words, without its unit: `starts_in` is "starts in", `size_bytes` "size".
[[nodiscard]] std::string words_of(const std::string& key);

}  // namespace muster::diff
