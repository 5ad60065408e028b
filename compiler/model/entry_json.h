// How a value of the model becomes JSON: one overload of `json_of` for each type, and entries that leave out what is absent.
#pragma once

#include <nlohmann/json.hpp>

#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::model {

using nlohmann::ordered_json;

/// What the export of a value may have to look up. Since it lies in this namespace, templates find every `json_of` that takes it.
struct Exporter {
    const Plan& plan;
    const support::Sources* positions = nullptr;  ///< null: without positions
};

/// Whether a plan does not say `value`: an empty text or list, a flag that is not set, a length of nothing.
template <class T>
[[nodiscard]] bool is_absent(const std::optional<T>& value) {
    return !value.has_value();
}
template <class T>
[[nodiscard]] bool is_absent(const std::vector<T>& value) {
    return value.empty();
}
[[nodiscard]] inline bool is_absent(const std::string& value) { return value.empty(); }
[[nodiscard]] inline bool is_absent(std::string_view) { return false; }
[[nodiscard]] inline bool is_absent(bool value) { return !value; }
[[nodiscard]] inline bool is_absent(std::int64_t) { return false; }
[[nodiscard]] inline bool is_absent(Time) { return false; }
[[nodiscard]] inline bool is_absent(const Duration& value) { return value == Duration{}; }
[[nodiscard]] inline bool is_absent(const ordered_json& value) { return value.empty(); }
template <class T>
[[nodiscard]] bool is_absent(const T&) {
    return false;
}

/// An object of the document, filled key by key.
class Entry {
public:
    explicit Entry(const Exporter& all) : all_(all) {}
    /// An entry of a declaration: its name, title, notes and references, and where it stands.
    Entry(const Exporter& all, const Heading& heading);

    /// Adds `value` under `key`, unless it is absent.
    template <class T>
    Entry& put(const char* key, const T& value) {
        if (!is_absent(value)) json_[key] = json_of(all_, value);
        return *this;
    }
    /// Adds where `span` begins, if positions are wanted.
    Entry& at(const Span& span);
    /// Adds every key of `part`.
    Entry& with(const ordered_json& part) {
        json_.update(part);
        return *this;
    }

    [[nodiscard]] ordered_json done() { return std::move(json_); }

private:
    const Exporter& all_;
    ordered_json json_ = ordered_json::object();
};

/// Plain values.
[[nodiscard]] inline ordered_json json_of(const Exporter&, const std::string& value) { return value; }
[[nodiscard]] inline ordered_json json_of(const Exporter&, std::string_view value) { return std::string(value); }
[[nodiscard]] inline ordered_json json_of(const Exporter&, bool value) { return value; }
[[nodiscard]] inline ordered_json json_of(const Exporter&, std::int64_t value) { return value; }
[[nodiscard]] inline ordered_json json_of(const Exporter&, Time value) { return value.count(); }
[[nodiscard]] inline ordered_json json_of(const Exporter&, Size value) { return value.bytes; }
[[nodiscard]] inline ordered_json json_of(const Exporter&, Percent value) { return value.millionths; }
[[nodiscard]] inline ordered_json json_of(const Exporter&, const ordered_json& value) { return value; }

/// Values that many declarations have.
[[nodiscard]] ordered_json json_of(const Exporter& all, const Duration& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Rate& value);
/// Where a value is from that the plan does not say itself: a figure of a profile, or what was measured.
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Origin> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Schedule& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Probe& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const TimeObjective& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Objectives& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Hours& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Reach& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const CopyPolicy& value);

/// References, by name. A copy is `nightly of orders`, a step `restore-db.load`, since their names alone may repeat.
[[nodiscard]] ordered_json json_of(const Exporter& all, Thing value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Place& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Tier> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Domain> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Site> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Zone> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Role> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Channel> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Service> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Dataset> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Store> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Copy> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Detector> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Procedure> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Step> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Scenario> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Message> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Secret> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Classification> value);
[[nodiscard]] ordered_json json_of(const Exporter& all, Id<Profile> value);

/// Declarations.
[[nodiscard]] ordered_json json_of(const Exporter& all, const Tier& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Domain& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Site& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Role& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Channel& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Tool& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Service& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const External& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Dataset& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Store& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Copy& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Detector& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Procedure& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Step& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Action& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Scenario& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Message& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Drill& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Duty& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Contact& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Link& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Secret& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Classification& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Checklist& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Expectation& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const WhatIf& value);
[[nodiscard]] ordered_json json_of(const Exporter& all, const Profile& value);

/// The plan's own clauses, under `plan`, and every table of it. With `positions`, each declaration says where it stands.
[[nodiscard]] ordered_json document_of(const Plan& plan, const support::Sources* positions);

/// A value that is taken over from a profile: itself, and `origin`.
template <class T>
[[nodiscard]] ordered_json json_of(const Exporter& all, const Taken<T>& value) {
    return Entry(all).put("value", value.value).put("origin", value.origin).done();
}
/// A value with its place in the source, as the value alone.
template <class T>
[[nodiscard]] ordered_json json_of(const Exporter& all, const Said<T>& value) {
    return json_of(all, value.value);
}
/// A value that is there: see `is_absent`.
template <class T>
[[nodiscard]] ordered_json json_of(const Exporter& all, const std::optional<T>& value) {
    return json_of(all, *value);
}
template <class T>
[[nodiscard]] ordered_json json_of(const Exporter& all, const std::vector<T>& values) {
    ordered_json list = ordered_json::array();
    for (const T& value : values) list.push_back(json_of(all, value));
    return list;
}
template <class T>
[[nodiscard]] ordered_json json_of(const Exporter& all, const support::Table<T>& values) {
    ordered_json list = ordered_json::array();
    for (const T& value : values) list.push_back(json_of(all, value));
    return list;
}

}  // namespace muster::model
