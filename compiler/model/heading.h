// What every declaration has, and how declarations refer to each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/support/id.h"
#include "compiler/support/span.h"

namespace muster::model {

using support::Id;
using support::Said;
using support::Span;

struct Channel;
struct Checklist;
struct Classification;
struct Contact;
struct Copy;
struct Dataset;
struct Detector;
struct Domain;
struct Drill;
struct Duty;
struct External;
struct Link;
struct Message;
struct Procedure;
struct Role;
struct Scenario;
struct Secret;
struct Service;
struct Site;
struct Step;
struct Store;
struct Tier;
struct Tool;
struct Zone;

/// The name of a declaration, and what any declaration may say of itself.
struct Heading {
    std::string name;
    std::string title;  ///< for people; empty where none is given
    Span span;          ///< of the name
    std::vector<std::string> notes;
    std::vector<std::string> see;  ///< where more is written

    /// The title where there is one, else the name.
    [[nodiscard]] const std::string& label() const { return title.empty() ? name : title; }
};

/// The kinds of things that can fail, be needed, be watched or be recovered.
enum class Kind : std::uint8_t { service, external, tool, store, dataset, site, zone, domain, role, secret };

/// A reference to a thing of any kind: which table of the plan, and the id in it.
struct Thing {
    Kind kind = Kind::service;
    std::uint32_t index = 0;
    auto operator<=>(const Thing&) const = default;
};

/// A reference together with the place where it was written.
using SaidThing = Said<Thing>;

/// A site, or one of its zones.
struct Place {
    Id<Site> site;
    std::optional<Id<Zone>> zone;
    auto operator<=>(const Place&) const = default;
};

/// A reference to a declaration together with the place where it was written.
template <class T>
using SaidId = Said<Id<T>>;

}  // namespace muster::model
