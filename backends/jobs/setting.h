// Commands in the settings of PostgreSQL.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::jobs {

/// `text` of a plan in a command that PostgreSQL gives to a shell, such as `archive_command`: where a percent sign stands alone, PostgreSQL
/// puts something in its place. For the shell it is not quoted yet.
[[nodiscard]] std::string in_setting(std::string_view text);

}  // namespace muster::backends::jobs
