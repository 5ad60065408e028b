#include <array>

#include "compiler/analysis/rules/shell/mistake.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules::shell {

namespace messages = diagnostics::messages;

std::span<const Mistake> mistakes() {
    static constexpr auto table = std::to_array<Mistake>({
        {messages::secret_in_clear, secret_in_clear, "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"},
        {messages::asks_nobody, asks_nobody, "https://github.com/moby/moby/issues/12024"},
        {messages::mutable_image, mutable_image, "https://kubernetes.io/docs/concepts/containers/images/", true},
        {messages::timestamp_twice, timestamp_twice,
         "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_03"},
        {messages::dump_to_restore, dump_to_restore, "https://redis.io/docs/latest/develop/tools/cli/"},
        {messages::recovery_conf, recovery_conf, "https://www.postgresql.org/docs/17/recovery-config.html"},
        {messages::get_all_as_backup, get_all_as_backup, "https://github.com/kubernetes/kubectl/issues/151"},
        {messages::secrets_written_out, secrets_written_out, "https://kubernetes.io/docs/concepts/configuration/secret/"},
        {messages::renamed_command, renamed_command, "https://redis.io/docs/latest/commands/slaveof/"},
        {messages::path_not_written, path_not_written, "https://csrc.nist.gov/pubs/sp/800/34/r1/upd1/final", true},
        {messages::quote_not_closed, quote_not_closed,
         "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02"},
        {messages::oplog_not_recorded, oplog_not_recorded, "https://www.mongodb.com/docs/database-tools/mongorestore/"},
    });
    return table;
}

}  // namespace muster::analysis::rules::shell
