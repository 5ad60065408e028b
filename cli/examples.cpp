#include <fmt/format.h>

#include <map>

#include "cli/reference.h"

namespace muster::cli {
namespace {

const std::map<std::string, std::vector<Example>>& examples() {
    static const std::map<std::string, std::vector<Example>> all{
        {"check",
         {{"muster check plans/nexus", "everything that is wrong with the plan in that folder"},
          {"muster check --format text --format sarif --output muster.sarif", "text to read, and a file for the code-scanning service"},
          {"muster check --fail-on warning --as-of 2026-11-20", "stricter, and as of a day"}}},
        {"mend",
         {{"muster mend plans/nexus --of frontend --in primary-data-center-outage",
           "what would bring it back in time, the smallest change first"},
          {"muster mend plan.drp --format json | jq -r '.missed[].remedies[0].change'",
           "the first change for each objective that is missed"}}},
        {"estimate",
         {{"muster estimate plans/nexus", "every RTA and RPA, and what makes them"},
          {"muster estimate --format json | jq '.scenarios[].services[] | select(.verdict != \"met\") | .name'",
           "which services miss their RTO"}}},
        {"simulate",
         {{"muster simulate plans/nexus/repaired --trials 10000 --seed 7", "ten thousand trials of every scenario, repeatable"},
          {"muster simulate plans/nexus --until 0.5%", "as many as it takes to know every chance to half a percentage point"},
          {"muster simulate plan.drp --set 'role ops { responds 1m }'", "by how much a change would help, in the same disasters"},
          {"muster simulate plans/nexus/repaired --against plans/nexus", "what moves from that plan to this, in the same disasters"},
          {"muster simulate plans/bookshop --campaign --years 10", "availability, downtime and cost over years"},
          {"muster simulate plan.drp --shard 3/8 -o 3.json", "an eighth of the trials, for `muster merge`"},
          {"muster simulate --format json --no-progress", "for other programs"}}},
        {"merge",
         {{"muster simulate plan.drp --shard 1/2 -o 1.json && muster simulate plan.drp --shard 2/2 -o 2.json",
           "two halves, on any machines"},
          {"muster merge plan.drp 1.json 2.json", "what they come to"}}},
        {"test",
         {{"muster test plans/nexus", "whether its expectations hold"},
          {"muster test --format junit > expectations.xml", "a test report, as CI services show it"}}},
        {"compile",
         {{"muster compile plans/nexus/repaired -o out", "Kubernetes objects, alerts, runbooks and drills"},
          {"muster compile plans/nexus/repaired -o pods --target simulation --shards 16", "a simulation by sixteen pods of Kubernetes"},
          {"muster compile plans/nexus/repaired -o out --check", "whether that folder is what the plan makes"}}},
        {"record",
         {{"muster record state/database-server-failure-0a1b2c3d4e5f --plan plans/nexus",
           "what that run has measured, for the next estimate"},
          {"muster record --dry-run --plan plans/nexus state", "what all runs in that folder have measured"}}},
        {"review",
         {{"muster review state/database-server-failure-0a1b2c3d4e5f --plan plans/nexus > review.md", "the review of that incident, begun"},
          {"muster review --plan plans/nexus --format html state/database-server-failure-0a1b2c3d4e5f > review.html", "to print"}}},
        {"diff",
         {{"muster diff main:plans/nexus plans/nexus", "what the working copy does to the plan of the branch main"},
          {"muster diff --format markdown HEAD:plans/nexus plans/nexus/repaired", "as a comment for a pull request"},
          {"muster diff --fail-on loosened plans/nexus plans/nexus/repaired", "exit with 1 where an objective is loosened, too"}}},
        {"graph",
         {{"muster graph plans/nexus | dot -Tsvg > dependencies.svg", "what needs what"},
          {"muster graph plans/nexus --kind placement --scenario primary-data-center-outage | dot -Tsvg > outage.svg",
           "what lies where, and what an outage takes away"},
          {"muster graph plans/nexus/repaired --kind recovery --scenario database-server-failure --format mermaid",
           "a recovery, step by step, for a Markdown page"}}},
        {"export",
         {{"muster export plans/nexus | jq '.services[].name'", "the services of the plan"},
          {"muster export plans/nexus --positions", "with the place of every declaration"}}},
        {"fmt",
         {{"muster fmt plan.drp", "lay the plan out"}, {"muster fmt --check plans/nexus", "exit with 1 where a file is not laid out"}}},
        {"explain",
         {{"muster explain rto-missed", "why that finding matters, with a bad and a good plan"},
          {"muster explain --list", "everything that can be found"}}},
        {"completion",
         {{"source <(muster completion bash)", "complete command lines in this shell"},
          {"muster completion zsh > _muster", "for a folder of $fpath"},
          {"muster completion fish > muster.fish", "for ~/.config/fish/completions"}}},
        {"help", {{"muster help check", "the options of one command, with examples"}}},
    };
    return all;
}

}  // namespace

std::vector<Example> examples_of(const std::string& command) {
    const auto found = examples().find(command);
    return found == examples().end() ? std::vector<Example>{} : found->second;
}

void add_examples(CLI::App& app) {
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        std::string text;
        for (const Example& example : examples_of(command->get_name()))
            text += fmt::format("\n  {}\n      {}", example.line, example.purpose);
        if (!text.empty()) command->footer("\nExamples:" + text);
    }
}

}  // namespace muster::cli
