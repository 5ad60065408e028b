#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "cli/output.h"
#include "cli/shard.h"
#include "cli/simulate_report.h"

namespace muster::cli {
namespace {

using simulator::Shard;

struct Settings {
    Common common;
    std::vector<std::string> files;
    bool no_levers = false;
};

std::optional<Shard> read_shard(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    if (!file) {
        complain("cannot read " + path);
        return std::nullopt;
    }
    auto shard = simulator::parse_shard(text.str());
    if (shard) return *std::move(shard);
    complain(fmt::format("{} cannot be joined: {}", path, shard.error().message));
    return std::nullopt;
}

// What two shards of one simulation have in common; empty where all of it is the same.
std::string difference(const Shard& a, const Shard& b) {
    if (a.of.tool_version != b.of.tool_version)
        return fmt::format("it was made by Muster {}, the first by {}", b.of.tool_version, a.of.tool_version);
    if (a.of.plan_hash != b.of.plan_hash) return "it is of another plan than the first";
    if (a.as_of != b.as_of) return "its --as-of is another one than that of the first";
    if (a.seed != b.seed) return fmt::format("its seed is {}, that of the first {}", b.seed, a.seed);
    if (a.trials != b.trials) return fmt::format("it is a part of {} trials, the first of {}", b.trials, a.trials);
    if (a.part.of != b.part.of) return fmt::format("it is one of {} shards, the first one of {}", b.part.of, a.part.of);
    return "";
}

// Whether the shards are those of one simulation of this plan, each once and none missing.
bool belong_together(const Settings& settings, const std::vector<Shard>& shards, const Input& input) {
    const Shard& first = shards.front();
    if (first.of.tool_version != version()) {
        complain(fmt::format("{} was made by Muster {}, this is {}", settings.files.front(), first.of.tool_version, version()));
        return false;
    }
    if (first.of.plan_hash != input.provenance().plan_hash) {
        complain(fmt::format("{} is of another plan than {}: their hashes differ", settings.files.front(), settings.common.path));
        return false;
    }
    std::map<std::uint64_t, std::string> seen;
    for (std::size_t i = 0; i < shards.size(); ++i) {
        if (const std::string why = difference(first, shards[i]); !why.empty()) {
            complain(fmt::format("{} cannot be joined: {}", settings.files[i], why));
            return false;
        }
        const auto [other, is_new] = seen.emplace(shards[i].part.number, settings.files[i]);
        if (!is_new) {
            complain(fmt::format("{} and {} are the same shard, number {}", other->second, settings.files[i], shards[i].part.number));
            return false;
        }
    }
    for (std::uint64_t number = 1; number <= first.part.of; ++number)
        if (!seen.contains(number)) {
            complain(fmt::format("shard {} of {} is missing", number, first.part.of));
            return false;
        }
    return true;
}

int merge(Settings settings) {
    std::vector<Shard> shards;
    for (const std::string& file : settings.files) {
        auto shard = read_shard(file);
        if (!shard) return exit_code::trouble;
        shards.push_back(*std::move(shard));
    }
    const Shard& first = shards.front();
    settings.common.as_of = iso_date(first.as_of);
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    if (!belong_together(settings, shards, *input)) return exit_code::trouble;
    simulator::Options options;
    options.seed = first.seed;
    options.trials = first.trials;
    options.as_of = first.as_of;
    std::vector<std::vector<simulator::Counts>> parts;
    for (Shard& shard : shards) parts.push_back(std::move(shard.counts));
    const auto result = simulator::joined(input->plan, options, parts);
    if (!result) {
        complain("the shards do not hold what the scenarios of this plan have");
        return exit_code::trouble;
    }
    Telling telling;
    if (!settings.no_levers) telling.levers = &options;
    return report(*input, *result, settings.common, telling);
}

}  // namespace

void add_merge(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("merge", "joins the shards of one simulation: what `simulate` would have said of all trials");
    auto settings = std::make_shared<Settings>();
    add_common(*command, settings->common);
    command->get_option("PATH")->required();
    command->get_option("--as-of")->group("");
    command->add_option("SHARD", settings->files, "the files that `simulate --shard` wrote, each once")->required();
    command->add_flag("--no-levers", settings->no_levers, "do not try what would meet more objectives");
    command->callback([&run, settings] { run = [settings] { return merge(*settings); }; });
}

}  // namespace muster::cli
