// Names of the plan as names that Kubernetes takes.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::jobs {

/// The longest name of a CronJob: its jobs' names add eleven characters to it, and are labels of their pods.
inline constexpr std::size_t longest_cronjob_name = 52;
/// The longest name of anything else, as a label of the domain name system (RFC 1123) has it.
inline constexpr std::size_t longest_name = 63;

/// `wanted` as a label of RFC 1123 of at most `longest` (at least 10) characters: small letters, digits and hyphens. A name that
/// is one already stays as it is. Any other is changed as little as it can be, and a hyphen and eight digits of its hash make up
/// for what is lost: different names stay different, and the same name always becomes the same.
[[nodiscard]] std::string object_name(std::string_view wanted, std::size_t longest = longest_name);

/// `wanted` with a hyphen and eight digits of the hash of `identity`, in at most `longest` characters: for names that would
/// otherwise be alike.
[[nodiscard]] std::string distinct_name(std::string_view wanted, std::string_view identity, std::size_t longest = longest_name);

}  // namespace muster::backends::jobs
