#include "backends/simulation/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "backends/shell/quote.h"
#include "backends/yaml/writer.h"

namespace muster::backends::simulation {
namespace {

using yaml::Value;

// The API server takes a mebibyte; the rest of the object wants some of it.
constexpr std::size_t most_bytes = 1'000'000;
constexpr int user = 65'532;  // what images without a shell of their own call nobody

class Objects {
public:
    Objects(const model::Plan& plan, const support::Sources& sources, const Setting& setting)
        : sources_(sources), setting_(setting), hash_(plan.hash.substr(0, 8)), name_("muster-simulation-" + hash_) {}

    Files run() const {
        const std::vector<yaml::Document> documents{
            {config_map(), "The plan, as it was when this was made."},
            {claim(), "Every pod writes its part here: the class has to let many nodes write."},
            {network_policy(), "A simulation needs nobody."},
            {shards(), "Each pod makes its part of the trials."},
            {merge(), "Waits for all parts; its log is the result, which lies beside them as result.json."}};
        const Value kustomization = Value::map({{"apiVersion", "kustomize.config.k8s.io/v1beta1"},
                                                {"kind", "Kustomization"},
                                                {"resources", Value::list({"simulation.yaml"})}});
        return {{"simulation/kustomization.yaml", yaml::write({{kustomization, ""}}), false, {}},
                {"simulation/simulation.yaml", yaml::write(documents), false, {}}};
    }

    std::size_t bytes() const {
        std::size_t sum = 0;
        for (std::uint32_t i = 0; i < sources_.size(); ++i) sum += sources_[{i}].text().size();
        return sum;
    }

private:
    Value metadata(const std::string& suffix = "") const { return Value::map({{"name", name_ + suffix}, {"labels", labels()}}); }

    Value labels() const {
        return Value::map({{"app.kubernetes.io/name", name_},
                           {"app.kubernetes.io/part-of", "muster"},
                           {"app.kubernetes.io/managed-by", "muster"},
                           {"app.kubernetes.io/component", "simulation"}});
    }

    // The files lie to each other as they did, since they may include each other.
    std::string path_of(std::uint32_t file) const {
        namespace fs = std::filesystem;
        const fs::path own = fs::path(sources_[{file}].path()).lexically_normal();
        const fs::path first = fs::path(sources_[{0}].path()).lexically_normal().parent_path();
        const std::string relative = own.lexically_relative(first.empty() ? "." : first).generic_string();
        const bool is_plan = own.extension() == ".drp" || file != 0;
        return is_plan && !relative.empty() ? relative : "plan.drp";  // standard input has no name
    }

    std::string plan() const { return setting_.folder ? "/plan" : "/plan/" + path_of(0); }

    static std::string key_of(std::uint32_t file) { return fmt::format("file-{}", file); }

    Value config_map() const {
        Value data = Value::map();
        for (std::uint32_t i = 0; i < sources_.size(); ++i) data.set(key_of(i), std::string(sources_[{i}].text()));
        return Value::map({{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", metadata()}, {"data", data}});
    }

    Value claim() const {
        const Value requests = Value::map({{"requests", Value::map({{"storage", "1Gi"}})}});
        return Value::map({{"apiVersion", "v1"},
                           {"kind", "PersistentVolumeClaim"},
                           {"metadata", metadata()},
                           {"spec", Value::map({{"accessModes", Value::list({"ReadWriteMany"})}, {"resources", requests}})}});
    }

    Value network_policy() const {
        const Value selector = Value::map({{"matchLabels", Value::map({{"app.kubernetes.io/name", name_}})}});
        return Value::map({{"apiVersion", "networking.k8s.io/v1"},
                           {"kind", "NetworkPolicy"},
                           {"metadata", metadata()},
                           {"spec", Value::map({{"podSelector", selector}, {"policyTypes", Value::list({"Ingress", "Egress"})}})}});
    }

    // What belongs to one simulation and to no other.
    std::string folder() const {
        return fmt::format("/shards/{}-{}-{}-{}-{}", hash_, setting_.as_of, setting_.seed, setting_.trials, setting_.shards);
    }

    // Any POSIX shell runs these. A part that is there is whole, since it is put in its place by a rename.
    std::string shard_script() const {
        return fmt::format(
            "mkdir -p {0}\nnumber=$((JOB_COMPLETION_INDEX + 1))\nif [ -f {0}/$number.json ]; then exit 0; fi\n"
            "exec muster simulate {5} --isolated --no-progress --as-of {1} --seed {2} --trials {3} --shard $number/{4} -o "
            "{0}/$number.json\n",
            folder(), setting_.as_of, setting_.seed, setting_.trials, setting_.shards, shell::quote(plan()));
    }

    std::string merge_script() const {
        return fmt::format(
            "set --\nfor number in $(seq 1 {1}); do\n  until [ -f {0}/$number.json ]; do sleep 5; done\n  set -- \"$@\" "
            "{0}/$number.json\ndone\n"
            "muster merge {2} \"$@\" --isolated --fail-on never --format json > {0}/result.part\nmv {0}/result.part {0}/result.json\n"
            "exec muster merge {2} \"$@\" --isolated --fail-on never\n",
            folder(), setting_.shards, shell::quote(plan()));
    }

    Value container(const std::string& name, const std::string& script, const std::string& cpu) const {
        const Value security = Value::map({{"runAsNonRoot", true},
                                           {"allowPrivilegeEscalation", false},
                                           {"readOnlyRootFilesystem", true},
                                           {"capabilities", Value::map({{"drop", Value::list({"ALL"})}})}});
        const Value mounts = Value::list({Value::map({{"name", "plan"}, {"mountPath", "/plan"}, {"readOnly", true}}),
                                          Value::map({{"name", "shards"}, {"mountPath", "/shards"}})});
        return Value::map({{"name", name},
                           {"image", setting_.image},
                           {"command", Value::list({"/bin/sh", "-euc", script})},
                           {"resources", Value::map({{"requests", Value::map({{"cpu", cpu}, {"memory", "128Mi"}})},
                                                     {"limits", Value::map({{"cpu", cpu}, {"memory", "1Gi"}})}})},
                           {"securityContext", security},
                           {"volumeMounts", mounts}});
    }

    Value pod(const Value& container) const {
        Value items = Value::list();
        for (std::uint32_t i = 0; i < sources_.size(); ++i) items.add(Value::map({{"key", key_of(i)}, {"path", path_of(i)}}));
        const Value plan = Value::map({{"name", "plan"}, {"configMap", Value::map({{"name", name_}, {"items", items}})}});
        const Value shards = Value::map({{"name", "shards"}, {"persistentVolumeClaim", Value::map({{"claimName", name_}})}});
        const Value security = Value::map({{"runAsNonRoot", true},
                                           {"runAsUser", user},
                                           {"runAsGroup", user},
                                           {"fsGroup", user},
                                           {"seccompProfile", Value::map({{"type", "RuntimeDefault"}})}});
        const Value spec = Value::map({{"automountServiceAccountToken", false},
                                       {"enableServiceLinks", false},
                                       {"restartPolicy", "Never"},
                                       {"securityContext", security},
                                       {"containers", Value::list({container})},
                                       {"volumes", Value::list({plan, shards})}});
        return Value::map({{"metadata", Value::map({{"labels", labels()}})}, {"spec", spec}});
    }

    Value job(const std::string& suffix, Value spec) const {
        return Value::map({{"apiVersion", "batch/v1"}, {"kind", "Job"}, {"metadata", metadata(suffix)}, {"spec", std::move(spec)}});
    }

    Value shards() const {
        const auto count = static_cast<std::int64_t>(setting_.shards);
        return job("", Value::map({{"completionMode", "Indexed"},
                                   {"completions", count},
                                   {"parallelism", count},
                                   {"backoffLimitPerIndex", 3},
                                   {"template", pod(container("shard", shard_script(), "1"))}}));
    }

    Value merge() const {
        constexpr int day = 86'400;
        return job("-merge", Value::map({{"backoffLimit", 3},
                                         {"activeDeadlineSeconds", day},
                                         {"template", pod(container("merge", merge_script(), "500m"))}}));
    }

    const support::Sources& sources_;
    const Setting& setting_;
    std::string hash_;
    std::string name_;
};

}  // namespace

support::Result<Files> simulation(const model::Plan& plan, const support::Sources& sources, const Setting& setting) {
    const Objects objects(plan, sources, setting);
    if (objects.bytes() > most_bytes)
        return support::fail(fmt::format("the plan has {} bytes, and a ConfigMap takes {}", objects.bytes(), most_bytes));
    return objects.run();
}

}  // namespace muster::backends::simulation
