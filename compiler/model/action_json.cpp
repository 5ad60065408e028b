// What a step does, by the kind of action.

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Restore& value) {
    return Entry(all)
        .put("data", value.data)
        .put("copy", value.copy)
        .put("store", value.store)
        .put("before_damage", value.before_damage)
        .put("point", value.point)
        .put("point_is_asked", value.point_is_asked)
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
static ordered_json json_of(const Exporter& all, const Provision& value) {
    return Entry(all).put("site", value.site).put("tool", value.tool).put("path", value.directory).done();
}
static ordered_json json_of(const Exporter& all, const Fence& value) { return Entry(all).put("services", value.services).done(); }
static ordered_json json_of(const Exporter& all, const Rotate& value) { return Entry(all).put("secrets", value.secrets).done(); }
static ordered_json json_of(const Exporter& all, const CaptureForensics& value) {
    return Entry(all).put("things", value.of).put("store", value.to).done();
}

ordered_json json_of(const Exporter& all, const Action& value) {
    const auto parts = std::visit([&](const auto& one) { return json_of(all, one); }, value);
    return Entry(all).put("kind", action_name(value)).with(parts).done();
}

}  // namespace muster::model
