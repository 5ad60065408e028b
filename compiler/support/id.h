// Strong ids: an index that cannot be mistaken for another kind's.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace muster::support {

/// The index of a `T` in its `Table`. Ids count from 0 in order of declaration.
template <class T>
struct Id {
    std::uint32_t value = 0;
    auto operator<=>(const Id&) const = default;
};

/// All things of one kind, in order of declaration, addressed by id.
template <class T>
class Table {
public:
    /// Appends `item` and returns its id.
    Id<T> add(T item) {
        items_.push_back(std::move(item));
        return {static_cast<std::uint32_t>(items_.size() - 1)};
    }
    [[nodiscard]] const T& operator[](Id<T> id) const { return items_[id.value]; }
    [[nodiscard]] T& operator[](Id<T> id) { return items_[id.value]; }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    [[nodiscard]] auto begin() { return items_.begin(); }
    [[nodiscard]] auto end() { return items_.end(); }

    /// Every id, in order of declaration.
    [[nodiscard]] std::vector<Id<T>> ids() const {
        std::vector<Id<T>> all(items_.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) all[i].value = i;
        return all;
    }

private:
    std::vector<T> items_;
};

}  // namespace muster::support

template <class T>
struct std::hash<muster::support::Id<T>> {
    std::size_t operator()(const muster::support::Id<T>& id) const noexcept { return id.value; }
};
