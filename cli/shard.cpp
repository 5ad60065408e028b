#include "cli/shard.h"

#include <charconv>

#include "cli/file.h"
#include "cli/output.h"

namespace muster::cli {

std::optional<simulator::Part> part_of(const std::string& text) {
    constexpr std::uint64_t most = 1'000'000;
    simulator::Part part;
    const char* end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, part.number);
    if (number.ec != std::errc{} || number.ptr == end || *number.ptr != '/') return std::nullopt;
    const auto of = std::from_chars(number.ptr + 1, end, part.of);
    if (of.ec != std::errc{} || of.ptr != end || part.number < 1 || part.number > part.of || part.of > most) return std::nullopt;
    return part;
}

int write_shard(const Input& input, const simulator::Options& options, simulator::Part part, const std::string& output,
                const simulator::Progress& progress) {
    simulator::Shard shard{input.provenance(), options.as_of, options.seed, options.trials, part, {}};
    shard.counts = simulator::simulate_part(input.plan, options, part, progress);
    const std::string text = simulator::render_shard(shard);
    if (output.empty()) return print(text) ? exit_code::fine : exit_code::trouble;
    const auto written = write_files({{output, text}});
    if (!written) complain(written.error().message);
    return written ? exit_code::fine : exit_code::trouble;
}

}  // namespace muster::cli
