// What a step does, by the kind of action.

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Restore& value) {
    return Entry(all)
        .put("data", value.data)
        .put("copy", value.copy)
        .put("store", value.store)
        .put("before_damage", value.before_damage)
        .done();
}
static ordered_json json_of(const Exporter& all, const Promote& value) {
    return Entry(all).put("copy", value.replica).put("data", value.data).done();
}
static ordered_json json_of(const Exporter& all, const Scale& value) {
    return Entry(all).put("services", value.services).put("replicas", value.replicas).done();
}
static ordered_json json_of(const Exporter& all, const Restart& value) { return Entry(all).put("services", value.services).done(); }
static ordered_json json_of(const Exporter& all, const RollBack& value) { return Entry(all).put("services", value.services).done(); }
static ordered_json json_of(const Exporter& all, const Apply& value) { return Entry(all).put("path", value.path).done(); }
static ordered_json json_of(const Exporter& all, const SwitchDns& value) {
    return Entry(all).put("name", value.name).put("to", value.to).put("ttl", value.ttl).done();
}
static ordered_json json_of(const Exporter& all, const SwitchTraffic& value) {
    return Entry(all).put("service", value.service).put("to", value.to).done();
}
static ordered_json json_of(const Exporter& all, const WaitFor& value) { return Entry(all).put("things", value.things).done(); }
static ordered_json json_of(const Exporter& all, const Notify& value) {
    return Entry(all).put("channels", value.channels).put("message", value.message).done();
}
static ordered_json json_of(const Exporter& all, const Approve& value) { return Entry(all).put("by", value.by).done(); }
static ordered_json json_of(const Exporter& all, const Maintenance& value) {
    return Entry(all).put("state", std::string_view(value.on ? "on" : "off")).done();
}
static ordered_json json_of(const Exporter& all, const Run& value) { return Entry(all).put("text", value.text).done(); }
static ordered_json json_of(const Exporter& all, const Manual& value) { return Entry(all).put("text", value.text).done(); }

ordered_json json_of(const Exporter& all, const Action& value) {
    const auto parts = std::visit([&](const auto& one) { return json_of(all, one); }, value);
    return Entry(all).put("kind", action_name(value)).with(parts).done();
}

}  // namespace muster::model
