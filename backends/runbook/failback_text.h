// What the way back says to people, and how long copying takes.
#pragma once

#include "backends/runbook/moved.h"

namespace muster::backends::runbook {

/// `main` or `main/a`.
[[nodiscard]] std::string shown(const model::Plan& plan, const model::Place& place);

/// The data with what holds it: "Orders in db (statefulset/db)".
[[nodiscard]] std::string called(const model::Plan& plan, const MovedData& data);

/// Whether a PostgreSQL holds it.
[[nodiscard]] bool is_postgres_data(const model::Plan& plan, const MovedData& data);

/// How what is at home becomes a replica of what is away.
[[nodiscard]] std::string how_to_seed(const model::Plan& plan, const MovedData& data);

/// The time that copying all of it takes, up to a whole second; nothing where the plan says no rate or no size.
[[nodiscard]] std::optional<support::Said<model::Duration>> copying(const model::Plan& plan, const MovedData& moved);

/// What has to be thought of when all is at home again, a line each; empty where there is nothing.
[[nodiscard]] std::string what_is_left(const model::Plan& plan, const Moved& moved);

}  // namespace muster::backends::runbook
