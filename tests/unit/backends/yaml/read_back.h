// Reads documents back, and compares them with the values that were to be written.
#pragma once

#include <yaml-cpp/yaml.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "backends/yaml/writer.h"
#include "tests/unit/backends/runbook/shell.h"
#include "tests/unit/root.h"

namespace muster::backends::yaml {

/// Where `node`, as yaml-cpp reads it, differs from `value`; empty where it does not. A text has to have quotes or be a block, or be
/// one that stands for itself without.
inline std::string difference(const Value& value, const YAML::Node& node, const std::string& path) {
    if (value.text() != nullptr) return node.IsScalar() && node.Scalar() == *value.text() ? "" : path + " is not the text " + *value.text();
    if (value.number() != nullptr)
        return node.Tag() == "?" && node.as<std::int64_t>(-1) == *value.number() ? "" : path + " is not that number";
    if (value.truth() != nullptr)
        return node.Tag() == "?" && node.Scalar() == (*value.truth() ? "true" : "false") ? "" : path + " is not that truth";
    const std::size_t size = value.items() != nullptr ? value.items()->size() : value.entries()->size();
    if ((value.items() != nullptr ? !node.IsSequence() : !node.IsMap()) || node.size() != size) return path + " has another shape";
    for (std::size_t i = 0; i < size; ++i) {
        std::string found;
        if (value.items() != nullptr) found = difference((*value.items())[i], node[i], path + "[" + std::to_string(i) + "]");
        else found = difference((*value.entries())[i].second, node[(*value.entries())[i].first], path + "." + (*value.entries())[i].first);
        if (!found.empty()) return found;
    }
    return {};
}

inline nlohmann::ordered_json json_of(const Value& value) {
    if (value.text() != nullptr) return *value.text();
    if (value.number() != nullptr) return *value.number();
    if (value.truth() != nullptr) return *value.truth();
    nlohmann::ordered_json made = value.items() != nullptr ? nlohmann::ordered_json::array() : nlohmann::ordered_json::object();
    if (value.items() != nullptr)
        for (const Value& item : *value.items()) made.push_back(json_of(item));
    else
        for (const auto& [key, entry] : *value.entries()) made[key] = json_of(entry);
    return made;
}

/// Checks that `text` is `documents` to a reader of version 1.2 and, where PyYAML is installed, to one of version 1.1.
inline void check_reads_back(const std::string& text, const std::vector<Document>& documents) {
    const auto nodes = YAML::LoadAll(text);
    REQUIRE(nodes.size() == documents.size());
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        CHECK(difference(documents[i].value, nodes[i], "") == "");
        all.push_back(json_of(documents[i].value));
    }
    static const bool has_python = std::system("python3 -c 'import yaml' 2>/dev/null") == 0;
    if (!has_python) return;
    const auto ran = runbook::run_on(all.dump() + "\n" + text, "python3 " + project_root() + "/tests/unit/backends/yaml/read_back.py");
    CHECK(ran.status == 0);
}

}  // namespace muster::backends::yaml
