// `every …` and `cron "…"`: what a schedule says, as a calendar.
#pragma once

#include "compiler/sema/reader.h"

namespace muster::sema {

/// Reads a clause that starts with `every` or `cron`. Reports and returns nothing where the schedule cannot be kept.
[[nodiscard]] std::optional<model::Schedule> read_schedule(Reader& reader);

/// Reads a `weekdays` group, `mon..fri, sun`, as bits by weekday with Sunday as bit 0.
[[nodiscard]] std::uint8_t read_weekdays(const ast::Value& group);

}  // namespace muster::sema
