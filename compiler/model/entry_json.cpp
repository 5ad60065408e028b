#include "compiler/model/entry_json.h"

namespace muster::model {

Entry::Entry(const Exporter& all, const Heading& heading) : all_(all) {
    put("name", std::string_view(heading.name)).put("title", heading.title);
    put("notes", heading.notes).put("see", heading.see).at(heading.span);
}

Entry& Entry::at(const Span& span) {
    if (all_.positions == nullptr) return *this;
    json_["file"] = (*all_.positions)[span.file].path();
    json_["line"] = span.begin.line;
    json_["column"] = span.begin.column;
    return *this;
}

ordered_json json_of(const Exporter& all, Thing value) {
    return Entry(all).put("kind", kind_of(all.plan, value)).put("name", name_of(all.plan, value)).done();
}

ordered_json json_of(const Exporter& all, const Place& value) {
    Entry entry(all);
    entry.put("site", value.site);
    if (value.zone) entry.put("zone", all.plan.zones[*value.zone].name);
    return entry.done();
}

ordered_json json_of(const Exporter& all, Id<Tier> value) { return all.plan.tiers[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Domain> value) { return all.plan.domains[value].name; }
ordered_json json_of(const Exporter& all, Id<Site> value) { return all.plan.sites[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Zone> value) { return all.plan.zones[value].name; }
ordered_json json_of(const Exporter& all, Id<Role> value) { return all.plan.roles[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Channel> value) { return all.plan.channels[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Service> value) { return all.plan.services[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Dataset> value) { return all.plan.data[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Store> value) { return all.plan.stores[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Copy> value) { return qualified_name(all.plan, value); }
ordered_json json_of(const Exporter& all, Id<Detector> value) { return all.plan.detectors[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Procedure> value) { return all.plan.procedures[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Step> value) { return qualified_name(all.plan, value); }
ordered_json json_of(const Exporter& all, Id<Scenario> value) { return all.plan.scenarios[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Profile> value) { return all.plan.profiles[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Message> value) { return all.plan.messages[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Secret> value) { return all.plan.secrets[value].heading.name; }
ordered_json json_of(const Exporter& all, Id<Classification> value) { return all.plan.classifications[value].heading.name; }

}  // namespace muster::model
