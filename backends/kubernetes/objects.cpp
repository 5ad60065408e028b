#include "backends/kubernetes/objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/jobs/names.h"

namespace muster::backends::kubernetes {
namespace {

using model::Plan;
using yaml::Value;

Value texts(const std::vector<std::string>& items) {
    Value list = Value::list();
    for (const std::string& item : items) list.add(item);
    return list;
}

Value account(const Origin& origin) {
    return object("v1", "ServiceAccount", metadata(origin, origin.job.in_namespace)).set("automountServiceAccountToken", false);
}

Value scripts(const Origin& origin, const Needs& needs) {
    Value data = Value::map();
    for (const auto& [name, content] : needs.files) data.set(name, content);
    return object("v1", "ConfigMap", metadata(origin, origin.job.in_namespace)).set("data", data);
}

Value role(const Origin& origin, const Needs& needs) {
    Value rules = Value::list();
    for (const Rule& rule : needs.rules) {
        Value one = Value::map({{"apiGroups", texts({rule.group})}, {"resources", texts(rule.resources)}, {"verbs", texts(rule.verbs)}});
        if (!rule.names.empty()) one.set("resourceNames", texts(rule.names));
        rules.add(one);
    }
    return object("rbac.authorization.k8s.io/v1", "Role", metadata(origin, needs.rules_namespace)).set("rules", rules);
}

Value role_binding(const Origin& origin, const Needs& needs) {
    const Value role = Value::map({{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "Role"}, {"name", origin.job.name}});
    const Value account = Value::map({{"kind", "ServiceAccount"}, {"name", origin.job.name}, {"namespace", origin.job.in_namespace}});
    return object("rbac.authorization.k8s.io/v1", "RoleBinding", metadata(origin, needs.rules_namespace))
        .set("roleRef", role)
        .set("subjects", Value::list({account}));
}

Value egress_rule(const WayOut& way) {
    Value ports = Value::list();
    for (const int port : way.ports) {
        if (way.udp) ports.add(Value::map({{"protocol", "UDP"}, {"port", port}}));
        ports.add(Value::map({{"protocol", "TCP"}, {"port", port}}));
    }
    Value rule = Value::map({{"ports", ports}});
    const Value name = Value::map({{"kubernetes.io/metadata.name", way.in_namespace}});
    if (!way.in_namespace.empty()) rule.set("to", Value::list({Value::map({{"namespaceSelector", Value::map({{"matchLabels", name}})}})}));
    else if (!way.address.empty()) rule.set("to", Value::list({Value::map({{"ipBlock", Value::map({{"cidr", way.address}})}})}));
    return rule;
}

Value network_policy(const Origin& origin, const Needs& needs) {
    Value egress = Value::list();
    std::vector<WayOut> known;
    const auto same = [](const WayOut& a, const WayOut& b) {
        return a.ports == b.ports && a.in_namespace == b.in_namespace && a.address == b.address;
    };
    for (const WayOut& way : needs.ways_out) {
        const bool again = std::any_of(known.begin(), known.end(), [&](const WayOut& one) { return same(one, way); });
        if (!again && !needs.any_way_out) egress.add(egress_rule(way));
        known.push_back(way);
    }
    if (needs.any_way_out) egress.add(Value::map());
    const Value pods = Value::map({{"matchLabels", Value::map({{"app.kubernetes.io/instance", origin.job.name}})}});
    // No rule for what comes in: nothing does. An empty list would say the same, but the API does not keep it.
    const Value spec = Value::map({{"podSelector", pods}, {"policyTypes", texts({"Ingress", "Egress"})}, {"egress", egress}});
    return object("networking.k8s.io/v1", "NetworkPolicy", metadata(origin, origin.job.in_namespace)).set("spec", spec);
}

Value own_namespace(const Origin& origin, const Needs& needs) {
    Value about = Value::map({{"name", needs.rules_namespace}});
    Value marks = labels(origin.plan, origin.job.name, std::string(component_of(origin.job)));
    marks.set(std::string(jobs::drills_label), jobs::drills_of(origin.plan)).set("muster/ends-with-drill", "false");
    about.set("labels", marks.set("pod-security.kubernetes.io/enforce", "restricted"));
    about.set("annotations", Value::map({{"muster/source", jobs::place_of(origin.sources, origin.job.span)}}));
    return object("v1", "Namespace", about);
}

}  // namespace

std::string_view component_of(const jobs::Job& job) {
    using enum jobs::Job::Kind;
    switch (job.kind) {
        case backup: return "backup";
        case check: return "check";
        case log: return "archive";
        case verification: return "verification";
        default: return "drill";
    }
}

Value labels(const Plan& plan, const std::string& instance, const std::string& component) {
    constexpr std::size_t hash_digits = 40;  // of 64, which a label does not hold
    return Value::map({{"app.kubernetes.io/name", component},
                       {"app.kubernetes.io/instance", instance},
                       {"app.kubernetes.io/component", component},
                       {"app.kubernetes.io/part-of", jobs::object_name(plan.heading.name.empty() ? "plan" : plan.heading.name)},
                       {"app.kubernetes.io/managed-by", "muster"},
                       {"muster/plan-hash", plan.hash.substr(0, hash_digits)}});
}

Value object(const std::string& api, const std::string& kind, Value metadata) {
    return Value::map({{"apiVersion", api}, {"kind", kind}, {"metadata", std::move(metadata)}});
}

Value metadata(const Origin& origin, const std::string& in_namespace) {
    return Value::map({{"name", origin.job.name},
                       {"namespace", in_namespace},
                       {"labels", labels(origin.plan, origin.job.name, std::string(component_of(origin.job)))},
                       {"annotations", Value::map({{"muster/source", jobs::place_of(origin.sources, origin.job.span)}})}});
}

std::vector<Value> objects_beside(const Origin& origin, const Needs& needs) {
    std::vector<Value> objects;
    if (needs.makes_namespace) objects.push_back(own_namespace(origin, needs));
    objects.push_back(account(origin));
    if (!needs.rules.empty()) {
        objects.push_back(role(origin, needs));
        objects.push_back(role_binding(origin, needs));
    }
    objects.push_back(scripts(origin, needs));
    objects.push_back(network_policy(origin, needs));
    return objects;
}

Value volume_claim(const Plan& plan, const support::Sources& sources, const model::Store& store, const std::string& in_namespace,
                   std::int64_t bytes) {
    const std::string name = claim_of(store);
    Value about = Value::map({{"name", name},
                              {"namespace", in_namespace},
                              {"labels", labels(plan, name, "store")},
                              {"annotations", Value::map({{"muster/source", jobs::place_of(sources, store.heading.span)}})}});
    const Value resources = Value::map({{"requests", Value::map({{"storage", quantity(bytes)}})}});
    return object("v1", "PersistentVolumeClaim", about)
        .set("spec", Value::map({{"accessModes", texts({"ReadWriteOnce"})}, {"resources", resources}}));
}

std::string quantity(std::int64_t bytes) {
    constexpr std::int64_t kibi = 1024, mebibyte = kibi * kibi;
    std::int64_t number = bytes / mebibyte + (bytes % mebibyte == 0 ? 0 : 1);
    // As the API writes it: in the largest unit in which it is whole.
    std::size_t unit = 0;
    constexpr std::array<std::string_view, 3> units{"Mi", "Gi", "Ti"};
    for (; number != 0 && number % kibi == 0 && unit + 1 < units.size(); ++unit) number /= kibi;
    return fmt::format("{}{}", number, units.at(unit));
}

}  // namespace muster::backends::kubernetes
