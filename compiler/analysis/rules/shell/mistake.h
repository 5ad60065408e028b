// Known mistakes in shell texts: what each looks like, and where it is known from.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/shell_texts.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/diagnostics/message.h"

namespace muster::analysis::rules::shell {

/// Where the texts of a plan write to, each up to the first thing that is known only when it is run.
struct Written {
    std::set<std::string, std::less<>> roots;       ///< folders and buckets that backups name: `/backups`, `s3://vault`
    std::set<std::string, std::less<>> beginnings;  ///< of every place under them that backups name
    std::set<std::string, std::less<>> targets;     ///< what any text writes, copies or moves to
    bool generated = false;                         ///< a backup without a command of its own may write more
};

/// What `parts` write, which are the shell texts of `plan`.
[[nodiscard]] Written written_by(const model::Plan& plan, const std::vector<ShellPart>& parts);

/// One shell text, and what it is part of.
struct Reading {
    const model::Plan& plan;
    const ShellPart& part;
    const Written& written;  ///< by all texts of the plan
};

/// A place in a text where a mistake was found.
struct Found {
    std::size_t begin = 0;  ///< in bytes
    std::size_t end = 0;
    std::string what;  ///< goes into the message
    std::string help;
    std::optional<ShellWord> first;  ///< another place in the text, without which this would be no mistake
};

/// Finds one kind of mistake in a text.
using Finder = void (*)(const Reading& reading, std::vector<Found>& found);

/// A secret that stands in the text itself.
void secret_in_clear(const Reading& reading, std::vector<Found>& found);
/// Secrets of a cluster that are written to a file unencrypted.
void secrets_written_out(const Reading& reading, std::vector<Found>& found);
/// A terminal that is asked for, or a question that is asked, where nobody attends.
void asks_nobody(const Reading& reading, std::vector<Found>& found);
/// An image whose tag moves.
void mutable_image(const Reading& reading, std::vector<Found>& found);
/// `kubectl get all`, kept as if it were everything.
void get_all_as_backup(const Reading& reading, std::vector<Found>& found);
/// A name that is made of the time of day twice.
void timestamp_twice(const Reading& reading, std::vector<Found>& found);
/// A place that is read and that no backup writes.
void path_not_written(const Reading& reading, std::vector<Found>& found);
/// A dump where a restore is meant.
void dump_to_restore(const Reading& reading, std::vector<Found>& found);
/// A file with which PostgreSQL 12 and later do not start.
void recovery_conf(const Reading& reading, std::vector<Found>& found);
/// A log that is replayed and that no dump of MongoDB holds.
void oplog_not_recorded(const Reading& reading, std::vector<Found>& found);
/// A command that has another name by now.
void renamed_command(const Reading& reading, std::vector<Found>& found);
/// A quote that nothing closes.
void quote_not_closed(const Reading& reading, std::vector<Found>& found);

/// A row of the table. The message wants the declaration that the text stands in, and what was found.
struct Mistake {
    const diagnostics::Message<diagnostics::Words, diagnostics::Words>& message;
    Finder find;
    std::string_view source;     ///< where it is known from; its page in docs/diagnostics names it too
    bool elsewhere_too = false;  ///< what was found is one thing, wherever the plan names it: said once
};

/// Every known mistake.
[[nodiscard]] std::span<const Mistake> mistakes();

}  // namespace muster::analysis::rules::shell
