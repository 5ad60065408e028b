// A YAML document as a value: what is to be written, before anything is written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace muster::backends::yaml {

/// A text, a number, a truth value, a list, or a map that keeps the order in which it was filled.
class Value {
public:
    using List = std::vector<Value>;
    using Map = std::vector<std::pair<std::string, Value>>;

    Value(std::string text) : content_(std::move(text)) {}
    Value(std::string_view text) : content_(std::string(text)) {}
    Value(const char* text) : content_(std::string(text)) {}
    Value(std::int64_t number) : content_(number) {}
    Value(int number) : content_(std::int64_t{number}) {}
    Value(bool truth) : content_(truth) {}

    /// A list of `items`.
    [[nodiscard]] static Value list(List items = {});
    /// A map of `entries`, whose keys differ from each other.
    [[nodiscard]] static Value map(Map entries = {});

    /// Adds an item to a list. Returns the list.
    Value& add(Value item);
    /// Adds an entry to a map that has no such key yet. Returns the map.
    Value& set(std::string key, Value value);

    /// The value under `key` of a map; nothing where it is no map or has no such key.
    [[nodiscard]] const Value* find(std::string_view key) const;

    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&content_); }
    [[nodiscard]] const std::int64_t* number() const { return std::get_if<std::int64_t>(&content_); }
    [[nodiscard]] const bool* truth() const { return std::get_if<bool>(&content_); }
    [[nodiscard]] const List* items() const { return std::get_if<List>(&content_); }
    [[nodiscard]] const Map* entries() const { return std::get_if<Map>(&content_); }

private:
    explicit Value(List items) : content_(std::move(items)) {}
    explicit Value(Map entries) : content_(std::move(entries)) {}

    std::variant<std::string, std::int64_t, bool, List, Map> content_;
};

}  // namespace muster::backends::yaml
