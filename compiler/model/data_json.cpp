// Data, its copies, and where they are kept.

#include <array>

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Destination& value) {
    return Entry(all).put("store", value.store).put("after_ms", value.after).done();
}

static ordered_json json_of(const Exporter& all, const Retention& value) {
    constexpr std::array<std::string_view, 6> grades{"all", "hourly", "daily", "weekly", "monthly", "yearly"};
    Entry entry(all);
    entry.put("grade", grades.at(static_cast<std::size_t>(value.grade)));
    if (value.length) entry.put("length_ms", value.length);
    else entry.put("forever", true);
    return entry.put("in", value.in).done();
}

static ordered_json json_of(const Exporter& all, const Verification& value) {
    constexpr std::array<std::string_view, 3> hows{"restore", "checksum", "listing"};
    return Entry(all)
        .put("by", hows.at(static_cast<std::size_t>(value.how)))
        .put("schedule", value.schedule)
        .put("checks", value.checks)
        .put("takes", value.takes)
        .done();
}

static ordered_json json_of(const Exporter& all, const Replica& value) {
    return Entry(all)
        .put("from", value.from)
        .put("to", value.to)
        .put("mode", std::string_view(value.synchronous ? "sync" : "async"))
        .put("lag", value.lag)
        .put("delayed", value.delayed)
        .put("falls_back", value.falls_back)
        .done();
}

static ordered_json json_of(const Exporter& all, const Archive& value) {
    return Entry(all)
        .put("every_ms", value.every)
        .put("upload", value.upload)
        .put("to", value.to)
        .put("base", value.base)
        .put("replay", value.replay)
        .put("replay_origin", value.replay_origin)
        .put("keep", value.keep)
        .put("tool", value.tool)
        .put("encrypted_with", value.encrypted_with)
        .put("key", value.key)
        .put("key_secret", value.key_secret)
        .put("verifications", value.verifications)
        .done();
}

static ordered_json json_of(const Exporter& all, const Backup& value) {
    return Entry(all)
        .put("tool", value.tool)
        .put("own_command", value.own_command)
        .put("schedule", value.schedule)
        .put("starts_within_ms", value.starts_within)
        .put("takes", value.takes)
        .put("upload", value.upload)
        .put("size_bytes", value.size)
        .put("to", value.to)
        .put("keep", value.keep)
        .put("encrypted_with", value.encrypted_with)
        .put("key", value.key)
        .put("key_secret", value.key_secret)
        .put("tolerates_missed", value.tolerates_missed)
        .put("notifies", value.notifies)
        .put("image", value.image)
        .put("verifications", value.verifications)
        .done();
}

static ordered_json json_of(const Exporter& all, const Repository& value) { return Entry(all).put("in", value.in).done(); }

ordered_json json_of(const Exporter& all, const Dataset& value) {
    return Entry(all, value.heading)
        .put("tier", value.tier)
        .put("objectives", json_of(all, value.objectives))
        .put("in", value.in)
        .put("files", value.files)
        .put("size_bytes", value.size)
        .put("changes", value.changes)
        .put("restores_at", value.restores_at)
        .put("rebuilt_in", value.rebuilt_in)
        .put("classes", value.classes)
        .put("classified", value.classified)
        .put("retained_ms", value.retained)
        .done();
}

static ordered_json json_of(const Exporter& all, const StoreReplication& value) {
    return Entry(all).put("to", value.to).put("lag", value.lag).put("with_deletes", value.with_deletes).done();
}

ordered_json json_of(const Exporter& all, const Store& value) {
    return Entry(all, value.heading)
        .put("type", value.type)
        .put("location", value.location)
        .put("at", value.at)
        .put("provider", value.provider)
        .put("region", value.region)
        .put("account", value.account)
        .put("rate", value.rate)
        .put("restores_at", value.restores_at)
        .put("storage_class", value.storage_class)
        .put("retrieval", value.retrieval)
        .put("immutable_ms", value.immutable)
        .put("encrypted", value.encrypted)
        .put("key", value.key)
        .put("key_secret", value.key_secret)
        .put("credentials", value.credentials)
        .put("replicates", value.replicates)
        .done();
}

ordered_json json_of(const Exporter& all, const Classification& value) {
    return Entry(all, value.heading)
        .put("objectives", json_of(all, value.objectives))
        .put("retained_ms", value.retained)
        .put("encrypted", value.encrypted)
        .put("compliance", value.compliance)
        .put("policy", value.policy)
        .done();
}

ordered_json json_of(const Exporter& all, const Copy& value) {
    const auto means = std::visit([&](const auto& one) { return json_of(all, one); }, value.means);
    return Entry(all, value.heading).put("kind", value.kind_name()).put("of", value.of).with(means).put("loads_at", value.loads_at).done();
}

}  // namespace muster::model
