#include "backends/kubernetes/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "backends/jobs/cluster_script.h"
#include "backends/jobs/names.h"
#include "backends/jobs/tools.h"

namespace muster::backends::kubernetes {
namespace {

using jobs::object_name;
using jobs::Shelf;
using model::Backup;
using model::Copy;
using model::Plan;

constexpr std::int64_t little_space = 256 * mebibyte;

Secret store_secret(const model::Store& store) {
    return {object_name("muster-store-" + store.heading.name), true,
            "what the store's client reads, such as AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT_URL"};
}

// A key of a service account of Google, where the cluster gives its pods no identity: its clients read it from a file.
Secret google_secret(const model::Store& store) {
    return {object_name("muster-google-" + store.heading.name), true, "key.json, the key of a service account", "key.json",
            "MUSTER_GOOGLE_KEY"};
}

// The subcommands of kubectl that `command` calls: the first word after it that is no option, nor the value of one.
std::set<std::string> subcommands(const std::string& command) {
    constexpr std::array<std::string_view, 5> with_value{"-n", "--namespace", "--context", "--kubeconfig", "--cluster"};
    std::set<std::string> found;
    std::istringstream words(command);
    bool looking = false;
    for (std::string word; words >> word;) {
        if (word == "kubectl" || word.ends_with("(kubectl") || word.ends_with("/kubectl")) looking = true;
        else if (looking && std::ranges::find(with_value, word) != with_value.end()) words >> word;
        else if (looking && word != "\\" && !word.starts_with('-')) found.insert(word), looking = false;
    }
    return found;
}

}  // namespace

void set_space(Needs& needs, std::optional<support::Size> size, int times, const std::string& of) {
    constexpr std::int64_t unknown = 10'240 * mebibyte;
    needs.space = size ? std::min(size->bytes / 10, most_space / 100) * 11 * times + little_space : unknown;
    needs.space_as = size ? fmt::format("{} × {} of {} and a tenth", times, support::format_size(*size), of)
                          : fmt::format("the plan does not say how large {} is", of);
}

Secret data_secret(const Plan& plan, Id<model::Dataset> data, jobs::Tool tool, bool optional) {
    const std::string holds = tool == jobs::Tool::mongodump ? "MUSTER_MONGO_URI, the connection string without a database"
                              : tool == jobs::Tool::redis   ? "REDISCLI_AUTH, and REDIS_HOST where the host is another"
                              : tool == jobs::Tool::git
                                  ? "what git reads, such as GIT_CONFIG_COUNT, GIT_CONFIG_KEY_0 and GIT_CONFIG_VALUE_0"
                                  : "PGUSER, PGPASSWORD, PGDATABASE, and PGHOST where the host is another";
    return {object_name("muster-data-" + plan.data[data].heading.name), optional, holds};
}

Secret key_secret(const std::string& encrypted_with, const std::string& key, bool to_read) {
    const std::string name = object_name("muster-key-" + key + (to_read ? "-private" : ""));
    if (encrypted_with != "age") return {name, false, to_read ? "MUSTER_GPG_PRIVATE_KEY" : "MUSTER_GPG_PUBLIC_KEY"};
    if (to_read) return {name, false, "identity, the file of the age identity", "identity", "MUSTER_AGE_IDENTITY"};
    return {name, false, "MUSTER_AGE_RECIPIENT"};
}

void note_lack(const std::string& image, const std::set<std::string>& tools, Needs& needs) {
    if (tools.empty()) return;
    needs.image_as = image + " has no ";
    for (const std::string& tool : tools) needs.image_as += (tool == *tools.begin() ? "" : ", ") + tool;
    needs.image_as += ": put one in its place that has";
    needs.image_lacks = true;
}

void add_store(const Plan& plan, Id<model::Store> id, bool read_only, Needs& needs) {
    const Shelf shelf = jobs::shelf_of(plan.stores[id]);
    if (shelf.is_folder()) needs.mounts.push_back({claim_of(plan.stores[id]), shelf.place, {}, read_only});
    if (shelf.kind == "s3" || shelf.kind == "gcs") needs.ways_out.push_back({{443}, false, {}, {}});
    if (shelf.kind != "gcs") return;
    // Where pods get their identity from a metadata server.
    needs.ways_out.push_back({{80}, false, {}, "169.254.169.254/32"});
    needs.ways_out.push_back({{988}, false, {}, "169.254.169.252/32"});
}

std::string image_for_store(const Plan& plan, Id<model::Store> store, const std::string& tool_image, const std::string& own_image) {
    if (!own_image.empty()) return own_image;
    const std::string kind = jobs::shelf_of(plan.stores[store]).kind;
    return kind == "s3" ? std::string(jobs::kubectl_and_aws_image) : kind == "gcs" ? std::string(jobs::gcloud_image) : tool_image;
}

std::vector<Secret> secrets_of_store(const Plan& plan, Id<model::Store> store) {
    const Shelf shelf = jobs::shelf_of(plan.stores[store]);
    if (!shelf.reachable() || shelf.is_folder()) return {};
    std::vector<Secret> secrets{store_secret(plan.stores[store])};
    if (shelf.kind == "gcs") secrets.push_back(google_secret(plan.stores[store]));
    return secrets;
}

void add_database(const Plan& plan, const Copy& copy, int port, Needs& needs) {
    for (const auto& data : copy.of) {
        const auto& holders = plan.data[data.value].in;
        const auto* workload =
            holders.empty() || !plan.services[holders.front().value].workload ? nullptr : &*plan.services[holders.front().value].workload;
        const bool inside = workload != nullptr && workload->kind != "managed" && !workload->in_namespace.empty();
        needs.ways_out.push_back({{port}, false, inside ? object_name(workload->in_namespace) : "", {}});
    }
}

void add_files(const Plan& plan, const Copy& copy, bool read_only, Needs& needs) {
    for (const auto& data : copy.of) {
        std::vector<std::string> paths;
        for (const std::string& file : plan.data[data.value].files)
            if (const auto path = jobs::mountable(file)) paths.push_back(*path);
        const std::string claim = jobs::claim_of_data(plan.data[data.value]);
        for (const std::string& path : paths) needs.mounts.push_back({claim, path, paths.size() > 1 ? path.substr(1) : "", read_only});
    }
}

void use_api(const std::vector<Rule>& rules, const std::string& in_namespace, Needs& needs) {
    needs.rules = rules;
    needs.rules_namespace = in_namespace;
    needs.ways_out.push_back({{443, 6443}, false, {}, {}});
}

std::vector<Rule> rules_for(const std::string& command) {
    const std::set<std::string> called = subcommands(command);
    std::vector<Rule> rules;
    if (called.empty()) return rules;
    if (!std::ranges::all_of(called, [](const std::string& one) { return one == "logs" || one == "exec"; })) rules = reading_rules();
    else rules.push_back({"", {"pods"}, {"get", "list"}, {}});
    if (rules.size() == 1 && called.contains("logs")) rules.push_back({"", {"pods/log"}, {"get"}, {}});
    if (called.contains("exec")) rules.push_back({"", {"pods/exec"}, {"create"}, {}});
    return rules;
}

std::vector<Rule> velero_rules() { return {{"velero.io", {"backups"}, {"create", "get"}, {}}}; }

std::vector<Rule> cnpg_rules() { return {{"postgresql.cnpg.io", {"backups"}, {"create", "get"}, {}}}; }

std::vector<Rule> secret_rules() { return {{"", {"secrets"}, {"list"}, {}}}; }

std::vector<Rule> snapshot_rules() { return {{"snapshot.storage.k8s.io", {"volumesnapshots"}, {"create", "get", "list", "delete"}, {}}}; }

std::vector<Rule> reading_rules() {
    const std::vector<std::string> read{"get", "list"};
    return {{"",
             {"configmaps", "persistentvolumeclaims", "pods", "pods/log", "replicationcontrollers", "serviceaccounts", "services"},
             read,
             {}},
            {"apps", {"daemonsets", "deployments", "replicasets", "statefulsets"}, read, {}},
            {"autoscaling", {"horizontalpodautoscalers"}, read, {}},
            {"batch", {"cronjobs", "jobs"}, read, {}},
            {"networking.k8s.io", {"ingresses", "networkpolicies"}, read, {}},
            {"policy", {"poddisruptionbudgets"}, read, {}}};
}

}  // namespace muster::backends::kubernetes
