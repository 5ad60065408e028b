// What a job needs in its cluster: containers, volumes, secrets, rights, ways out.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/jobs/jobs.h"
#include "compiler/support/source.h"

namespace muster::backends::kubernetes {

using support::Id;

/// A secret whose entries become environment variables, or one entry of it a file.
struct Secret {
    std::string name;
    bool optional = false;  ///< the job also runs without it, as where the cluster gives its pods an identity
    std::string holds;      ///< for people: "PGUSER, PGPASSWORD and PGDATABASE"
    std::string entry;      ///< the one that is mounted as a file; empty: all become variables
    std::string variable;   ///< that holds the file's path

    [[nodiscard]] bool is_file() const { return !entry.empty(); }
    /// The folder that is mounted.
    [[nodiscard]] std::string folder() const { return "/muster-secrets/" + name; }
};

struct Container {
    std::string name;
    std::string image;
    std::vector<std::string> command;
    std::vector<Secret> secrets;
};

/// A claim that is mounted.
struct Mount {
    std::string claim;
    std::string path;
    std::string sub_path;  ///< empty: all of the volume
    bool read_only = false;
};

/// One rule of a role.
struct Rule {
    std::string group;  ///< empty: the core API
    std::vector<std::string> resources;
    std::vector<std::string> verbs;
    std::vector<std::string> names;  ///< empty: all of them
};

/// Where a pod may connect to.
struct WayOut {
    std::vector<int> ports;
    bool udp = false;          ///< by UDP as well
    std::string in_namespace;  ///< only to pods of it; empty: anywhere
    std::string address;       ///< only to this block of addresses; empty: anywhere
};

struct Needs {
    std::vector<Container> containers;                       ///< one after the other; at least one
    std::vector<std::pair<std::string, std::string>> files;  ///< of the ConfigMap: name and content
    std::vector<Mount> mounts;
    std::vector<Rule> rules;       ///< empty: the job does not use the API
    std::string rules_namespace;   ///< where they hold
    bool makes_namespace = false;  ///< that namespace belongs to the job, and is made with it
    std::vector<WayOut> ways_out;
    bool any_way_out = false;    ///< what it connects to is not known
    std::string ways_out_as;     ///< why, for people
    std::string image_as;        ///< why the image may not do, for people; empty where it does
    bool image_lacks = false;    ///< the job fails in it for certain
    std::int64_t space = 0;      ///< bytes of /tmp
    std::string space_as;        ///< what that is made of, for people
    bool heavy = false;          ///< runs a database of its own
    bool for_terminals = false;  ///< its script is one for a terminal too, and has to be told that it runs in a cluster
};

/// What `job` needs.
[[nodiscard]] Needs needs_of(const model::Plan& plan, const support::Sources& sources, const jobs::Job& job, jobs::Instant as_of);

/// The claim of a store that is a volume.
[[nodiscard]] std::string claim_of(const model::Store& store);

}  // namespace muster::backends::kubernetes
