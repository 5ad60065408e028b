// The log of a PostgreSQL, shipped by a job.
#pragma once

#include <cstdint>
#include <string>

#include "backends/jobs/jobs.h"

namespace muster::backends::jobs {

/// What `job`, which ships a log, runs after its head.
[[nodiscard]] std::string log_script(const model::Plan& plan, const Job& job);

/// The bytes of /tmp of a job that ships the log of `copy`: what `changes` in three intervals as it comes and packed, at least two
/// gibibytes. It fetches no more than fits, and leaves the rest to its next run.
[[nodiscard]] std::int64_t room_of_log(const model::Plan& plan, const model::Copy& copy);

}  // namespace muster::backends::jobs
