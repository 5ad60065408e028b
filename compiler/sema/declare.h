// The first pass: every declaration gets its place in the plan and its name, so that order carries no meaning.
#pragma once

#include <functional>

#include "compiler/sema/reader.h"

namespace muster::sema {

/// A declaration that still has to be read, and the id that it got.
template <class T>
struct Pending {
    Id<T> id;
    const ast::Clause* clause;
};

/// All that the first pass found, by kind.
struct Declarations {
    std::tuple<std::vector<Pending<model::Tier>>, std::vector<Pending<model::Site>>, std::vector<Pending<model::Role>>,
               std::vector<Pending<model::Channel>>, std::vector<Pending<model::Tool>>, std::vector<Pending<model::Service>>,
               std::vector<Pending<model::External>>, std::vector<Pending<model::Dataset>>, std::vector<Pending<model::Store>>,
               std::vector<Pending<model::Copy>>, std::vector<Pending<model::Detector>>, std::vector<Pending<model::Procedure>>,
               std::vector<Pending<model::Scenario>>, std::vector<Pending<model::Message>>, std::vector<Pending<model::Drill>>,
               std::vector<Pending<model::Duty>>, std::vector<Pending<model::Contact>>, std::vector<Pending<model::Link>>,
               std::vector<Pending<model::Secret>>, std::vector<Pending<model::Classification>>, std::vector<Pending<model::Checklist>>,
               std::vector<Pending<model::Expectation>>, std::vector<Pending<model::WhatIf>>, std::vector<Pending<model::Profile>>>
        by_kind;
    std::vector<const ast::Clause*> plans;

    template <class T>
    [[nodiscard]] std::vector<Pending<T>>& of() {
        return std::get<std::vector<Pending<T>>>(by_kind);
    }
};

/// Enters every declaration of `files` into `context`; a name that is taken is reported.
[[nodiscard]] Declarations declare(const std::vector<ast::File>& files, Context& context);

/// The name and title of a declaration, step or phase.
[[nodiscard]] model::Heading heading_of(const ast::Clause& clause);

}  // namespace muster::sema
