// With what a backup is made, where it is put, and how long it is kept.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "compiler/model/plan.h"

namespace muster::backends::jobs {

using support::Id;
using support::Time;

enum class Tool : std::uint8_t {
    pg_dump,
    pg_basebackup,
    mongodump,
    redis,
    sqlite,
    tar,
    git,
    kubectl,
    secrets,
    restic,
    velero,
    cnpg,
    snapshot,
    own,
    none
};

/// What makes `copy`, a backup: the team's own command, the tool that it names, and where it names none, what fits the engine that
/// holds its data, or tar for files. A snapshot is made by the cluster. `none` where no command is known.
[[nodiscard]] Tool tool_of(const model::Plan& plan, const model::Copy& copy);

/// "pg_dump", "pg_basebackup", …; "own" and "no_tool" for the last two. There are parts of that name.
[[nodiscard]] std::string_view tool_name(Tool tool);

/// What the names of its files end in, encryption included: `.dump.gpg`.
[[nodiscard]] std::string suffix_of(Tool tool, const model::Backup& backup);

/// Images by tag, with bash in each.
inline constexpr std::string_view kubectl_and_aws_image = "docker.io/alpine/k8s:1.31.3";
inline constexpr std::string_view gcloud_image = "docker.io/google/cloud-sdk:500.0.0-slim";
inline constexpr std::string_view gcloud_and_kubectl_image = "docker.io/google/cloud-sdk:500.0.0";

/// The image in which a tool runs, by tag: that of the version of `engine`, `postgres 15`, where that is known.
[[nodiscard]] std::string image_of(Tool tool, const std::string& engine, const std::string& own_command);

/// Which of the tools that `own_command` names are not in `image`, one of those above or of PostgreSQL.
[[nodiscard]] std::set<std::string> tools_lacking(const std::string& image, const std::string& own_command);

/// The image of PostgreSQL of the version of `engine`.
[[nodiscard]] std::string postgres_image(const std::string& engine);

/// Whether the cluster itself makes and keeps the copy, so that there is nothing to fetch: Velero's, CloudNativePG's, and snapshots.
[[nodiscard]] constexpr bool kept_by_cluster(Tool tool) { return tool == Tool::velero || tool == Tool::cnpg || tool == Tool::snapshot; }

/// The engine of the first service that holds `data`; empty where none has one.
[[nodiscard]] std::string engine_of(const model::Plan& plan, Id<model::Dataset> data);

/// Where a store is, for commands.
struct Shelf {
    std::string kind;    ///< s3, gcs or folder; what no command here reaches has the plan's word for it
    std::string place;   ///< bucket, or path at which a folder is mounted
    std::string prefix;  ///< of keys; empty or ending in a slash

    [[nodiscard]] bool reachable() const { return kind == "s3" || kind == "gcs" || kind == "folder"; }
    [[nodiscard]] bool is_folder() const { return kind == "folder"; }
    bool operator==(const Shelf&) const = default;
};
/// The shelf that `store` is.
[[nodiscard]] Shelf shelf_of(const model::Store& store);

/// `prefix` of the shelf + `copy/data/`: where the runs of a copy lie.
[[nodiscard]] std::string folder_of(const model::Plan& plan, const Shelf& shelf, const model::Copy& copy, Id<model::Dataset> data);

/// `text` where it is an absolute path at which a volume can be mounted; nothing where it is none, or one that a container needs
/// itself.
[[nodiscard]] std::optional<std::string> mountable(const std::string& text);

/// Whether a job ships the log: the plan says `with pg_receivewal`.
[[nodiscard]] inline bool shipped_by_job(const model::Archive& archive) { return archive.tool == "pg_receivewal"; }

/// The host at which what holds `data` answers within its namespace: the name of its workload, else of the service; empty where nothing
/// holds it.
[[nodiscard]] std::string host_of(const model::Plan& plan, Id<model::Dataset> data);

/// What a copy takes up, all of its data together; nothing where the plan does not say.
[[nodiscard]] std::optional<support::Size> size_of(const model::Plan& plan, const model::Copy& copy);

}  // namespace muster::backends::jobs
