#include "backends/yaml/value.h"

#include <cassert>

namespace muster::backends::yaml {

Value Value::list(List items) { return Value(std::move(items)); }

Value Value::map(Map entries) {
    Value made{Map{}};
    for (auto& entry : entries) made.set(std::move(entry.first), std::move(entry.second));
    return made;
}

Value& Value::add(Value item) {
    std::get<List>(content_).push_back(std::move(item));
    return *this;
}

Value& Value::set(std::string key, Value value) {
    assert(find(key) == nullptr);
    std::get<Map>(content_).emplace_back(std::move(key), std::move(value));
    return *this;
}

const Value* Value::find(std::string_view key) const {
    if (entries() == nullptr) return nullptr;
    for (const auto& [name, value] : *entries())
        if (name == key) return &value;
    return nullptr;
}

}  // namespace muster::backends::yaml
