#include "backends/jobs/tools.h"

#include <algorithm>
#include <array>

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Copy;
using model::Plan;
using model::Store;

struct Known {
    Tool tool;
    std::string_view name;
    std::string_view suffix;
    std::string_view engine;  // whose data it copies where the plan names no tool
};

constexpr std::array<Known, 15> tools{{{Tool::pg_dump, "pg_dump", ".dump", "postgres"},
                                       {Tool::pg_basebackup, "pg_basebackup", ".tar.gz", ""},
                                       {Tool::mongodump, "mongodump", ".archive.gz", "mongo"},
                                       {Tool::redis, "redis", ".rdb", "redis"},
                                       {Tool::sqlite, "sqlite", ".tar.gz", "sqlite"},
                                       {Tool::tar, "tar", ".tar.gz", ""},
                                       {Tool::git, "git", ".bundle", ""},
                                       {Tool::kubectl, "kubectl", ".yaml.gz", ""},
                                       {Tool::secrets, "kubectl_secrets", ".yaml.gz", ""},
                                       {Tool::restic, "restic", "", ""},
                                       {Tool::velero, "velero", "", ""},
                                       {Tool::cnpg, "cnpg", "", ""},
                                       {Tool::snapshot, "snapshot", "", ""},
                                       {Tool::own, "own", "", ""},
                                       {Tool::none, "no_tool", ".copy", ""}}};

// Other words for the same tools.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> other_names{{{"kubectl-secrets", "kubectl_secrets"},
                                                                                    {"cloudnative-pg", "cnpg"},
                                                                                    {"redis-cli", "redis"},
                                                                                    {"sqlite3", "sqlite"},
                                                                                    {"mongorestore", "mongodump"}}};

std::string_view known_name(std::string_view name) {
    for (const auto& [other, known] : other_names)
        if (other == name) return known;
    return name;
}

struct Release {
    std::string_view version;
    std::string_view tag;
};

// Releases of one day, so that a plan compiles to the same bytes next year. The last stands for versions that are not known.
constexpr std::array<Release, 6> postgres_releases{{{"12", "12.20-bookworm"},
                                                    {"13", "13.16-bookworm"},
                                                    {"14", "14.13-bookworm"},
                                                    {"15", "15.8-bookworm"},
                                                    {"17", "17.0-bookworm"},
                                                    {"16", "16.4-bookworm"}}};
constexpr std::array<Release, 4> mongo_releases{
    {{"5", "5.0.29-focal"}, {"6", "6.0.18-jammy"}, {"8", "8.0.1-jammy"}, {"7", "7.0.14-jammy"}}};
constexpr std::array<Release, 2> redis_releases{{{"6", "6.2.16-bookworm"}, {"7", "7.4.1-bookworm"}}};
constexpr std::string_view python_image = "docker.io/library/python:3.12.7-slim-bookworm";

constexpr std::string_view restic_image = "docker.io/restic/restic:0.17.3";

bool holds(const std::string& text, std::string_view word) { return text.find(word) != std::string::npos; }

// The tag for the version of `engine`, such as `postgres 15.4`.
template <std::size_t N>
std::string tag_for(const std::string& engine, const std::array<Release, N>& releases) {
    const std::size_t space = engine.find(' ');
    const std::string version = space == std::string::npos ? "" : engine.substr(space + 1);
    for (const Release& release : releases)
        if (version == release.version || version.starts_with(std::string(release.version) + ".")) return std::string(release.tag);
    return std::string(releases.back().tag);
}

std::string image_for_own(const std::string& engine, const std::string& command) {
    if (holds(command, "pg_")) return postgres_image(engine);
    if (holds(command, "kubectl") || holds(command, "aws ")) return std::string(kubectl_and_aws_image);
    if (holds(command, "gsutil") || holds(command, "gcloud")) return std::string(gcloud_image);
    return postgres_image(engine);
}

Shelf bucket(std::string_view kind, std::string_view location, std::string_view scheme) {
    if (location.starts_with(scheme)) location.remove_prefix(scheme.size());
    const std::size_t slash = std::min(location.find('/'), location.size());
    std::string prefix(location.substr(std::min(slash + 1, location.size())));
    if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
    return {std::string(kind), std::string(location.substr(0, slash)), prefix};
}

}  // namespace

Tool tool_of(const Plan& plan, const Copy& copy) {
    const Backup& backup = *copy.backup();
    if (!backup.own_command.empty()) return Tool::own;
    if (backup.snapshot) return Tool::snapshot;
    for (const Known& known : tools)
        if (known.tool < Tool::snapshot && known.name == known_name(backup.tool)) return known.tool;
    if (!backup.tool.empty() || copy.of.empty()) return Tool::none;
    const Id<model::Dataset> data = copy.of.front().value;
    const std::string engine = engine_of(plan, data);
    for (const Known& known : tools)
        if (!known.engine.empty() && engine.starts_with(known.engine)) return known.tool;
    return plan.data[data].files.empty() ? Tool::none : Tool::tar;
}

std::string_view tool_name(Tool tool) {
    return std::find_if(tools.begin(), tools.end(), [&](const Known& known) { return known.tool == tool; })->name;
}

std::string suffix_of(Tool tool, const Backup& backup) {
    const auto known = std::find_if(tools.begin(), tools.end(), [&](const Known& one) { return one.tool == tool; });
    return std::string(known->suffix) + (backup.encrypted_with.empty() ? "" : "." + backup.encrypted_with);
}

std::string image_of(Tool tool, const std::string& engine, const std::string& own_command) {
    switch (tool) {
        case Tool::own: return image_for_own(engine, own_command);
        case Tool::git:
        case Tool::kubectl:
        case Tool::secrets:
        case Tool::cnpg:
        case Tool::velero:
        case Tool::snapshot: return std::string(kubectl_and_aws_image);
        case Tool::restic: return std::string(restic_image);
        case Tool::mongodump: return "docker.io/library/mongo:" + tag_for(engine, mongo_releases);
        case Tool::redis: return "docker.io/library/redis:" + tag_for(engine, redis_releases);
        case Tool::sqlite: return std::string(python_image);
        default: return postgres_image(engine);
    }
}

std::set<std::string> tools_lacking(const std::string& image, const std::string& own_command) {
    struct Has {
        std::string_view tool;
        std::string_view image;
    };
    constexpr std::array<Has, 6> all{{{"kubectl ", kubectl_and_aws_image},
                                      {"aws ", kubectl_and_aws_image},
                                      {"gsutil ", gcloud_image},
                                      {"gcloud ", gcloud_image},
                                      {"pg_dump", "postgres"},
                                      {"psql ", "postgres"}}};
    std::set<std::string> lacking;
    for (const Has& one : all)
        if (holds(own_command, one.tool) && !holds(image, one.image)) lacking.emplace(one.tool.substr(0, one.tool.find(' ')));
    return lacking;
}

std::string postgres_image(const std::string& engine) {
    return "docker.io/library/postgres:" + tag_for(engine.starts_with("postgres") ? engine : "", postgres_releases);
}

std::string engine_of(const Plan& plan, Id<model::Dataset> data) {
    for (const auto& holder : plan.data[data].in)
        if (!plan.services[holder.value].engine.empty()) return plan.services[holder.value].engine;
    return {};
}

std::string host_of(const Plan& plan, Id<model::Dataset> data) {
    for (const auto& holder : plan.data[data].in)
        if (plan.services[holder.value].workload) return plan.services[holder.value].workload->name;
    return plan.data[data].in.empty() ? std::string() : plan.services[plan.data[data].in.front().value].heading.name;
}

Shelf shelf_of(const Store& store) {
    if (store.location.empty()) return {store.type, {}, {}};
    if (store.type == "s3") return bucket("s3", store.location, "s3://");
    if (store.type == "gcs") return bucket("gcs", store.location, "gs://");
    if (store.type != "volume" && store.type != "nfs") return {store.type, store.location, {}};
    // server:/path of NFS is mounted at its path.
    const std::size_t colon = store.location.find(":/");
    const std::string path = colon == std::string::npos ? store.location : store.location.substr(colon + 1);
    return {"folder", mountable(path).value_or("/stores/" + store.heading.name), {}};
}

std::string folder_of(const Plan& plan, const Shelf& shelf, const Copy& copy, Id<model::Dataset> data) {
    return shelf.prefix + copy.heading.name + "/" + plan.data[data].heading.name + "/";
}

std::optional<std::string> mountable(const std::string& text) {
    constexpr std::array<std::string_view, 13> taken{"/bin",  "/dev", "/etc",  "/lib", "/lib64", "/muster", "/proc",
                                                     "/root", "/run", "/sbin", "/sys", "/tmp",   "/usr"};
    std::string path = text;
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    const bool clean = path.size() > 1 && path.size() < 256 && path.front() == '/' && !holds(path, "//") && !holds(path + "/", "/../") &&
                       !holds(path + "/", "/./") &&
                       std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f && c != ':' && c != '$'; });
    const std::string first = path.substr(0, path.find('/', 1));
    return clean && std::find(taken.begin(), taken.end(), first) == taken.end() ? std::optional(path) : std::nullopt;
}

std::optional<support::Size> size_of(const Plan& plan, const Copy& copy) {
    if (copy.backup() != nullptr && copy.backup()->size) return copy.backup()->size->value;
    support::Size sum;
    for (const auto& data : copy.of) {
        const auto& size = plan.data[data.value].size;
        if (!size || __builtin_add_overflow(sum.bytes, size->value.bytes, &sum.bytes)) return std::nullopt;
    }
    return sum;
}

}  // namespace muster::backends::jobs
