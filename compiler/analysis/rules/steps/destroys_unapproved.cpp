// What a command of a recovery destroys is often the only thing that was left: the database that was thought to be damaged, the volume that
// held the last hour. It is done under pressure and cannot be taken back, so that a second person should have said yes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "compiler/analysis/followed.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

struct Destruction {
    std::string_view word;     // stands in all that matches: looked for first, since that is fast
    std::string_view pattern;  // ECMAScript, of small letters
    std::string_view what;
};

// Each by its manual: what it removes comes back only from a copy.
constexpr auto destructions = std::to_array<Destruction>({
    {"drop", R"(\bdrop\s+(database|schema|keyspace)\b)", "drops what it names with all that is in it"},
    {"dropdb", R"(\bdropdb\b)", "drops a database"},
    {"dropcluster", R"(\bpg_dropcluster\b)", "removes a database cluster with its data"},
    {"dropdatabase", R"(\bdb\.dropdatabase\b)", "drops a database"},
    {"flush", R"(\bflush(all|db)\b)", "empties the whole store"},
    {"destroy", R"(\bterraform\b[^\n;|&]*\bdestroy\b)", "destroys all that the state names"},
    {"delete", R"(\bkubectl\b[^\n;|&]*\bdelete\s+(ns|namespaces?|pvc?|persistentvolume(claim)?s?)\b)",
     "deletes volumes with what they hold"},
    {"s3", R"(\baws\s+s3\s+(rb\b[^\n;|&]*--force|rm\b[^\n;|&]*--recursive))", "deletes every object below"},
    {"rm", R"(\b(gsutil\s+(-m\s+)?rm|gcloud\s+storage\s+rm)\b[^\n;|&]*\s(-r|--recursive)\b)", "deletes every object below"},
    {"destroy", R"(\b(zfs|zpool)\s+destroy\b)", "destroys a file system"},
    {"rm", R"(\brm\s+-(rf|fr)\s[^\n;|&]*(pgdata|/var/lib/)\S*)", "deletes a directory of data"},
    {"mkfs", R"(\bmkfs(\.\w+)?\s)", "makes a new file system over the old one"},
});

const std::vector<std::regex>& patterns() {
    static const std::vector<std::regex> compiled = [] {
        std::vector<std::regex> all;
        for (const Destruction& one : destructions) all.emplace_back(std::string{one.pattern}, std::regex::optimize);
        return all;
    }();
    return compiled;
}

struct Found {
    std::string command;
    std::string_view what;
};

// Text of a plan may be hostile: a pattern looks at one line, and of that at no more than a command is long.
std::optional<Found> destruction_in(const std::string& text) {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string written = text.substr(begin, std::min<std::size_t>(end - begin, 2'000));
        std::string line = written;
        std::transform(line.begin(), line.end(), line.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
        begin = end + 1;
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] == '#') continue;
        std::smatch match;
        for (std::size_t i = 0; i < destructions.size(); ++i)
            if (line.find(destructions[i].word) != std::string::npos && std::regex_search(line, match, patterns()[i]))
                return Found{written.substr(match.position(), match.length()), destructions[i].what};
    }
    return std::nullopt;
}

std::optional<Found> destruction_of(const model::Step& step) {
    if (!step.own_command.empty()) return destruction_in(step.own_command);
    const auto* run = step.action ? std::get_if<model::Run>(&*step.action) : nullptr;
    return run == nullptr ? std::nullopt : destruction_in(run->text);
}

void look_at(const Facts& facts, const model::Procedure& procedure, diagnostics::Sink& sink) {
    for (const auto id : procedure.steps) {
        const model::Step& step = facts.plan.steps[id];
        if (step.action && std::holds_alternative<model::Approve>(*step.action)) return;  // whoever approves has read on
        const auto found = destruction_of(step);
        if (!found || !step.only_if.empty()) continue;
        const std::string name = model::qualified_name(facts.plan, id);
        auto& d = sink.report(diagnostics::messages::destroys_unapproved, step.heading.span, diagnostics::Name{name},
                              diagnostics::Name{found->command}, diagnostics::Words{std::string{found->what}});
        d.subject = {"step", name};
        d.help = fmt::format("put a step before it that says `approve by ROLE`, or `only if \"…\"` in step `{}`", step.heading.name);
    }
}

}  // namespace

// What only a drill does destroys what the drill has made.
void destroys_unapproved(const Facts& facts, diagnostics::Sink& sink) {
    const std::vector<bool> counts = followed_anywhere(facts.plan, facts.estimates);
    for (const auto id : facts.plan.procedures.ids())
        if (counts[id.value]) look_at(facts, facts.plan.procedures[id], sink);
}

}  // namespace muster::analysis::rules
