// The scripts that the jobs of backups and verifications run.
#pragma once

#include <string>

#include "backends/jobs/jobs.h"
#include "backends/jobs/tools.h"
#include "compiler/support/source.h"

namespace muster::backends::jobs {

/// The script of `job`, a backup, a verification or what ships a log. It is bash, but for what restic runs in, whose image has no more than
/// sh.
///
/// A backup is called with `make DATA` for each dataset, then with `store STORE` for each store: it dumps to a temporary name,
/// checks and encrypts it, writes a checksum and an entry of the catalogue beside it, stores all three, reads the copy back, and only
/// then removes what is older than the plan keeps it. A verification is called with `fetch STORE`, then with `restore DATA` for each
/// dataset where it restores. With restic both are called with `backup STORE` or `verify STORE` only; the plan's own command
/// needs no words. What ships a log is called with `receive DATA`, then `store STORE`, then `release DATA`.
[[nodiscard]] std::string script_of(const model::Plan& plan, const support::Sources& sources, const Job& job);

/// What begins every script: the shell, what it is, and from where in the plan it comes.
[[nodiscard]] std::string script_head(const model::Plan& plan, const support::Sources& sources, const support::Span& span,
                                      const std::string& shell, const std::string& what);

/// Which shell a script is for.
enum class Shell : std::uint8_t { bash, sh };

/// Lines that end the script with success where its job was started by `line` at a time that the schedule does not mean. Empty
/// where cron says all of it.
[[nodiscard]] std::string guard_of(const CronLine& line, Shell shell);

/// A case of such a function: `commands` where it is given `name`.
[[nodiscard]] std::string case_of(const std::string& name, const std::string& commands);

/// A function `function` of bash or sh with a case for each name, `cases`, and what it does with any other.
[[nodiscard]] std::string choice(const std::string& function, const std::string& cases, const std::string& otherwise);

/// "restore", "checksum" or "listing".
[[nodiscard]] std::string_view how_name(model::Verification::How how);

}  // namespace muster::backends::jobs
