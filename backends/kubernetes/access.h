// What the jobs of every kind need alike: secrets, stores, ways out, rights, space.
#pragma once

#include <set>

#include "backends/jobs/tools.h"
#include "backends/kubernetes/needs.h"

namespace muster::backends::kubernetes {

inline constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
inline constexpr std::int64_t most_space = std::int64_t{1} << 50;  ///< bytes; above it sums of sizes are held

/// Sets the space of /tmp: `times` what `of` takes up and a tenth, and a little besides.
void set_space(Needs& needs, std::optional<support::Size> size, int times, const std::string& of);

/// The secret of what holds `data`, as `tool` reads it.
[[nodiscard]] Secret data_secret(const model::Plan& plan, Id<model::Dataset> data, jobs::Tool tool, bool optional);

/// The secret of the key `key` of gpg or age, `encrypted_with`; with `to_read` of the one that opens what it encrypts.
[[nodiscard]] Secret key_secret(const std::string& encrypted_with, const std::string& key, bool to_read);

/// What the client of a store reads; empty for one that is mounted, or that no command reaches.
[[nodiscard]] std::vector<Secret> secrets_of_store(const model::Plan& plan, Id<model::Store> store);

/// Says that `image` lacks `tools`, where it does: the job fails until another is put in its place.
void note_lack(const std::string& image, const std::set<std::string>& tools, Needs& needs);

/// Adds the way to a store, or its volume.
void add_store(const model::Plan& plan, Id<model::Store> store, bool read_only, Needs& needs);

/// The image that reaches a store: `own_image` where the plan names one, else one with its client, else `tool_image`.
[[nodiscard]] std::string image_for_store(const model::Plan& plan, Id<model::Store> store, const std::string& tool_image,
                                          const std::string& own_image);

/// Adds the way to the databases of `copy`, which listen at `port`.
void add_database(const model::Plan& plan, const model::Copy& copy, int port, Needs& needs);

/// Adds the files of the data of `copy`, from a claim of its name; each path that can be mounted is a folder of that volume.
void add_files(const model::Plan& plan, const model::Copy& copy, bool read_only, Needs& needs);

/// Adds a role with `rules` in a namespace, and the way to the API.
void use_api(const std::vector<Rule>& rules, const std::string& in_namespace, Needs& needs);

/// What a job may do whose own command is `command`: what its subcommands of kubectl need, as far as they are `logs` and `exec`; for any
/// other, what a backup of the objects needs. Empty where it does not call kubectl.
[[nodiscard]] std::vector<Rule> rules_for(const std::string& command);

/// What a job may do that asks Velero for a backup and waits for it.
[[nodiscard]] std::vector<Rule> velero_rules();

/// What a job may do that asks CloudNativePG for a backup and waits for it.
[[nodiscard]] std::vector<Rule> cnpg_rules();

/// What a job may read that backs up the Secrets of its namespace.
[[nodiscard]] std::vector<Rule> secret_rules();

/// What a job may do that takes and removes snapshots of volumes.
[[nodiscard]] std::vector<Rule> snapshot_rules();

/// What a job may read that backs up the objects of its namespace.
[[nodiscard]] std::vector<Rule> reading_rules();

/// What a drill needs.
[[nodiscard]] Needs drill_needs(const model::Plan& plan, const support::Sources& sources, const jobs::Job& job, jobs::Instant as_of);

}  // namespace muster::backends::kubernetes
