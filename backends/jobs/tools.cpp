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
};

constexpr std::array<Known, 7> tools{{{Tool::pg_dump, "pg_dump", ".dump"},
                                      {Tool::pg_basebackup, "pg_basebackup", ".tar.gz"},
                                      {Tool::tar, "tar", ".tar.gz"},
                                      {Tool::kubectl, "kubectl", ".yaml.gz"},
                                      {Tool::restic, "restic", ""},
                                      {Tool::own, "own", ""},
                                      {Tool::none, "no_tool", ".copy"}}};

// Releases of PostgreSQL of one day, so that a plan compiles to the same bytes next year.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> postgres_tags{{{"12", "12.20-bookworm"},
                                                                                      {"13", "13.16-bookworm"},
                                                                                      {"14", "14.13-bookworm"},
                                                                                      {"15", "15.8-bookworm"},
                                                                                      {"16", "16.4-bookworm"},
                                                                                      {"17", "17.0-bookworm"}}};

constexpr std::string_view restic_image = "docker.io/restic/restic:0.17.3";

bool holds(const std::string& text, std::string_view word) { return text.find(word) != std::string::npos; }

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
    for (const Known& known : tools)
        if (known.tool < Tool::own && known.name == backup.tool) return known.tool;
    if (!backup.tool.empty() || copy.of.empty()) return Tool::none;
    const Id<model::Dataset> data = copy.of.front().value;
    if (engine_of(plan, data).starts_with("postgres")) return Tool::pg_dump;
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
    if (tool == Tool::own) return image_for_own(engine, own_command);
    if (tool == Tool::kubectl) return std::string(kubectl_and_aws_image);
    return tool == Tool::restic ? std::string(restic_image) : postgres_image(engine);
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
    constexpr std::string_view where_none_is_known = "16.4-bookworm";
    const std::size_t space = engine.find(' ');
    const std::string version = engine.starts_with("postgres") && space != std::string::npos ? engine.substr(space + 1) : "";
    std::string_view tag = where_none_is_known;
    for (const auto& [major, known] : postgres_tags)
        if (version == major || version.starts_with(std::string(major) + ".")) tag = known;
    return "docker.io/library/postgres:" + std::string(tag);
}

std::string engine_of(const Plan& plan, Id<model::Dataset> data) {
    for (const auto& holder : plan.data[data].in)
        if (!plan.services[holder.value].engine.empty()) return plan.services[holder.value].engine;
    return {};
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

std::optional<Time> kept_for(const Backup& backup, Id<Store> store) {
    std::optional<Time> longest;
    for (const model::Retention& kept : backup.keep) {
        if (kept.in && *kept.in != store) continue;
        if (!kept.length) return std::nullopt;
        longest = std::max(longest.value_or(Time{0}), *kept.length);
    }
    return longest;
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
