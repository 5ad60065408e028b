// The plan: everything that the source says, resolved. Made once by sema, never changed after.
#pragma once

#include "compiler/model/expectation.h"
#include "compiler/model/index.h"
#include "compiler/model/place.h"
#include "compiler/model/profile.h"
#include "compiler/model/scenario.h"
#include "compiler/support/id.h"

namespace muster::model {

/// From which moment the RTO is counted.
enum class Clock : std::uint8_t { disruption, detection, declaration };

/// Who declares the disaster, and how long deciding takes once that person is at work.
struct Declaration {
    SaidId<Role> by;
    Duration takes;
};

/// `allow rto-missed until 2026-12-31 because "…"`.
struct Waiver {
    std::string code;  ///< code or name of the diagnostic
    std::chrono::year_month_day until;
    std::string because;
    std::string subject;  ///< kind and name of the declaration it stands in
    Span span;            ///< of the code
    Span clause;          ///< from `allow` to the end of the reason
    Span body;            ///< of the whole declaration: what it may waive lies in here
};

struct Plan {
    Heading heading;
    std::string version;
    std::string owner;
    std::string approved_by;
    std::string reviewed;  ///< ISO date; empty where not said
    std::optional<Said<Time>> review_every;
    std::string timezone = "UTC";
    Clock clock = Clock::disruption;
    std::optional<Declaration> declaration;
    bool count_retries = false;  ///< planning values count every retry of a step that can fail
    std::vector<std::string> compliance;
    Objectives objectives;  ///< for the recovery of the whole
    std::string hash;       ///< of the source text: SHA-256, hexadecimal
    std::vector<Waiver> waivers;

    support::Table<Tier> tiers;
    support::Table<Domain> domains;
    support::Table<Site> sites;
    support::Table<Zone> zones;
    support::Table<Role> roles;
    support::Table<Channel> channels;
    support::Table<Contact> contacts;
    support::Table<Tool> tools;
    support::Table<Service> services;
    support::Table<External> externals;
    support::Table<Link> links;
    support::Table<Secret> secrets;
    support::Table<Classification> classifications;
    support::Table<Dataset> data;
    support::Table<Store> stores;
    support::Table<Copy> copies;
    support::Table<Detector> detectors;
    support::Table<Procedure> procedures;
    support::Table<Step> steps;
    support::Table<Scenario> scenarios;
    support::Table<Message> messages;
    support::Table<Drill> drills;
    support::Table<Duty> duties;
    support::Table<Checklist> checklists;

    support::Table<Expectation> expectations;
    support::Table<WhatIf> what_ifs;
    support::Table<Profile> profiles;       ///< the plan's own, then those of the standard set that it puts in force
    std::vector<SaidId<Profile>> in_force;  ///< a later one goes before an earlier one
    std::optional<Taken<Percent>> unsound;  ///< the share of backups that turn out useless, where a profile in force says so
    support::Table<Origin> origins;         ///< of the values that the plan does not say itself

    Index index;  ///< of all the above, made last
};

/// The name of `thing` as the plan has it; of a zone `site/zone`.
[[nodiscard]] std::string name_of(const Plan& plan, Thing thing);

/// The word for a kind of thing as the plan writes it: "service", "data", "provider", …
[[nodiscard]] std::string_view kind_of(const Plan& plan, Thing thing);

/// `procedure.step`, by which a step is known outside its procedure.
[[nodiscard]] std::string qualified_name(const Plan& plan, Id<Step> step);

/// `copy of data` for messages: "nightly of orders".
[[nodiscard]] std::string qualified_name(const Plan& plan, Id<Copy> copy);

/// The RTO of `service` under `kind` of disruption: its own, else its tier's. Nothing where neither says one.
[[nodiscard]] std::optional<Said<Time>> rto_of(const Plan& plan, Id<Service> service, DisruptionKind kind);

/// The MTD of `service` under `kind`: its own, else its tier's. Nothing where neither says one.
[[nodiscard]] std::optional<Said<Time>> mtd_of(const Plan& plan, Id<Service> service, DisruptionKind kind);

/// How far the RPAs of the data that `service` holds or uses may lie apart: its own, else its tier's, else the plan's, or what one of
/// these data says itself; the smallest. Nothing where none says it.
[[nodiscard]] std::optional<Said<Time>> skew_of(const Plan& plan, Id<Service> service);

/// The RPO of `data` under `kind`: the smallest of its own, its tier's (where it has none of its own), and those of the
/// services that hold or use it. Nothing where none says one.
[[nodiscard]] std::optional<Said<Time>> rpo_of(const Plan& plan, Id<Dataset> data, DisruptionKind kind);

/// A thing of the given kind, from its id.
[[nodiscard]] inline Thing thing(Id<Service> id) { return {Kind::service, id.value}; }
[[nodiscard]] inline Thing thing(Id<External> id) { return {Kind::external, id.value}; }
[[nodiscard]] inline Thing thing(Id<Tool> id) { return {Kind::tool, id.value}; }
[[nodiscard]] inline Thing thing(Id<Store> id) { return {Kind::store, id.value}; }
[[nodiscard]] inline Thing thing(Id<Dataset> id) { return {Kind::dataset, id.value}; }
[[nodiscard]] inline Thing thing(Id<Site> id) { return {Kind::site, id.value}; }
[[nodiscard]] inline Thing thing(Id<Zone> id) { return {Kind::zone, id.value}; }
[[nodiscard]] inline Thing thing(Id<Domain> id) { return {Kind::domain, id.value}; }
[[nodiscard]] inline Thing thing(Id<Role> id) { return {Kind::role, id.value}; }
[[nodiscard]] inline Thing thing(Id<Secret> id) { return {Kind::secret, id.value}; }

}  // namespace muster::model
