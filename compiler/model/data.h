// Data, where its copies are kept, and how they come about.
#pragma once

#include <variant>

#include "compiler/model/calendar.h"
#include "compiler/model/profile.h"
#include "compiler/model/service.h"
#include "compiler/support/bytes.h"

namespace muster::model {

using support::Rate;
using support::Size;

/// What data of one class has to be given, wherever it is: `class cardholder` on data refers to it.
struct Classification {
    Heading heading;
    Objectives objectives;
    std::optional<Said<Time>> retained;  ///< its copies are kept at least that long
    bool encrypted = false;              ///< its copies have to be
    std::vector<std::string> compliance;
    std::optional<CopyPolicy> policy;
};

struct Dataset {
    Heading heading;
    std::optional<SaidId<Tier>> tier;
    Objectives objectives;
    std::vector<SaidId<Service>> in;  ///< the services that hold it
    std::vector<std::string> files;   ///< paths, where it is files
    std::optional<Said<Size>> size;
    std::optional<Said<Rate>> changes;
    std::optional<Said<Rate>> restores_at;     ///< how fast it can be loaded back, whatever the source
    std::optional<Said<Duration>> rebuilt_in;  ///< a cache: it can be made again from other data
    std::vector<std::string> classes;
    std::vector<Id<Classification>> classified;  ///< those of `classes` that are declared
    std::optional<Said<Time>> retained;          ///< its copies are kept at least that long
};

/// `replicates to X lag D with deletes`.
struct StoreReplication {
    SaidId<Store> to;
    Duration lag;
    bool with_deletes = false;  ///< what is deleted here is deleted there, too
};

struct Store {
    Heading heading;
    std::string type;      ///< s3, gcs, azure, nfs, volume, git, registry; empty where the plan does not say
    std::string location;  ///< bucket, path or address
    std::optional<Id<Site>> at;
    std::optional<Id<Domain>> provider;
    std::optional<Id<Domain>> region;
    std::optional<Id<Domain>> account;
    std::optional<Said<Rate>> rate;
    std::optional<Said<Rate>> restores_at;  ///< the rate of reading, where it differs from `rate`
    std::string storage_class;
    std::optional<Said<Duration>> retrieval;  ///< before the first byte comes
    std::optional<Time> immutable;
    std::string encrypted;
    std::string key;                           ///< as written; empty where none is said
    std::optional<SaidId<Secret>> key_secret;  ///< the secret that `key` names, where it names one
    std::vector<SaidId<Secret>> credentials;   ///< without one of these nobody reads it
    std::vector<StoreReplication> replicates;
};

/// `to vault` or `archive after 30d`, which moves the copy there at that age.
struct Destination {
    Id<Store> store;
    std::optional<Time> after;
    Span span;
};

/// One line of `keep`: how long, in what grade, and where (everywhere, if nowhere is named).
struct Retention {
    enum class Grade : std::uint8_t { all, hourly, daily, weekly, monthly, yearly };
    std::optional<Time> length;  ///< nothing: forever
    Grade grade = Grade::all;
    std::optional<Id<Store>> in;
    Span span;
};

struct Verification {
    enum class How : std::uint8_t { restore, checksum, listing };
    std::optional<Schedule> schedule;
    How how = How::restore;
    std::vector<Probe> checks;
    std::optional<Said<Duration>> takes;
    Span span;
};

/// A live copy that follows the data.
struct Replica {
    std::optional<Place> from;
    std::optional<Place> to;
    bool synchronous = false;
    bool falls_back = false;                ///< a synchronous one lets its primary go on alone when it is cut off
    std::optional<Said<Duration>> lag;      ///< how far it may be behind; nothing: 0 for a synchronous one, else not known
    std::optional<Said<Duration>> delayed;  ///< it follows that much later on purpose; with a `lag` it can be rolled forward to that
};

/// A log from which the data can be replayed on top of a base copy.
struct Archive {
    std::optional<Said<Time>> every;  ///< nothing: a segment is shipped only when it is full
    Duration upload;
    std::vector<Destination> to;
    std::optional<SaidId<Copy>> base;
    std::optional<Said<Rate>> replay;
    std::optional<Id<Origin>> replay_origin;  ///< where `replay` is from, where the plan does not say it
    std::vector<Retention> keep;
    std::string tool;            ///< what ships it; empty where the plan does not say
    std::string encrypted_with;  ///< gpg, age; empty: not encrypted
    std::string key;
    std::optional<SaidId<Secret>> key_secret;  ///< the secret that `key` names, where it names one
    std::vector<Verification> verifications;
};

/// A copy made at times: a backup, or a snapshot.
struct Backup {
    bool snapshot = false;
    std::string tool;         ///< pg_dump, pg_basebackup, tar, …; empty where the plan does not say
    std::string own_command;  ///< the team's own script in place of the generated one
    Span own_command_span;    ///< of its text, quotes and all
    std::optional<Schedule> schedule;
    std::optional<Said<Time>> starts_within;  ///< how late a run may start; nothing: on time
    Duration takes;
    std::optional<Said<Duration>> upload;  ///< nothing: size over the store's rate
    std::optional<Said<Size>> size;        ///< nothing: the data's
    std::vector<Destination> to;
    std::vector<Retention> keep;
    std::string encrypted_with;  ///< gpg, age; empty: not encrypted
    std::string key;
    std::optional<SaidId<Secret>> key_secret;  ///< the secret that `key` names, where it names one
    std::int64_t tolerates_missed = 0;
    std::vector<SaidId<Channel>> notifies;
    std::string image;  ///< what the generated job runs in
    std::vector<Verification> verifications;
};

/// Versioned content: what was pushed is safe.
struct Repository {
    std::vector<SaidId<Store>> in;
};

struct Copy {
    Heading heading;  ///< the name is unique among the copies of the same data
    std::vector<SaidId<Dataset>> of;
    std::variant<Replica, Archive, Backup, Repository> means;
    std::optional<Taken<Rate>> loads_at;  ///< how fast its tool loads it back, by profile: of data that does not say `restores at`

    [[nodiscard]] const Replica* replica() const { return std::get_if<Replica>(&means); }
    [[nodiscard]] const Archive* archive() const { return std::get_if<Archive>(&means); }
    [[nodiscard]] const Backup* backup() const { return std::get_if<Backup>(&means); }
    [[nodiscard]] const Repository* repository() const { return std::get_if<Repository>(&means); }

    /// "replica", "archive", "snapshot", "backup" or "repository".
    [[nodiscard]] std::string_view kind_name() const;

    /// Where it is written to; empty for a replica.
    [[nodiscard]] std::vector<Id<Store>> stores() const;
};

}  // namespace muster::model
