#include "backends/kubernetes/shipping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "backends/jobs/home.h"
#include "backends/jobs/setting.h"
#include "backends/jobs/tools.h"
#include "backends/shell/quote.h"

namespace muster::backends::kubernetes {
namespace {

using model::Archive;
using model::Copy;
using model::Plan;
using shell::quote;

// One command. A folder takes no segment twice: PostgreSQL asks again for one of which it does not know that it arrived.
std::string put(const jobs::Shelf& shelf, const std::string& file, const std::string& folder, const std::string& ending) {
    const std::string target = jobs::in_setting(shelf.place + "/" + folder) + "%f" + ending;
    if (shelf.kind == "s3") return fmt::format("aws s3 cp --only-show-errors {} {}", file, quote("s3://" + target));
    if (shelf.kind == "gcs") return fmt::format("gsutil -q cp {} {}", file, quote("gs://" + target));
    return fmt::format("{{ test -f {0} || {{ cp {1} {2} && mv {2} {0}; }}; }}", quote(target), file, quote(target + ".part"));
}

// What comes before, where a segment is to be encrypted; nothing where no command here does that.
std::string seal(const Archive& archive) {
    if (archive.encrypted_with == "gpg")
        return fmt::format("gpg --batch --yes --recipient {} --output /tmp/%f.gpg --encrypt %p", quote(jobs::in_setting(archive.key)));
    if (archive.encrypted_with == "age") return "age --encrypt --recipient \"$MUSTER_AGE_RECIPIENT\" --output /tmp/%f.age %p";
    return {};
}

std::vector<std::string> commands(const Plan& plan, const Copy& copy) {
    const Archive& archive = *copy.archive();
    std::vector<std::string> all;
    const std::string sealing = seal(archive), ending = sealing.empty() ? "" : "." + archive.encrypted_with;
    const std::string file = sealing.empty() ? "%p" : "/tmp/%f" + ending;
    if (!sealing.empty()) all.push_back(sealing);
    for (const model::Destination& destination : archive.to) {
        const jobs::Shelf shelf = jobs::shelf_of(plan.stores[destination.store]);
        if (destination.after || !shelf.reachable()) continue;
        for (const auto& data : copy.of) all.push_back(put(shelf, file, jobs::folder_of(plan, shelf, copy, data.value), ending));
    }
    if (!sealing.empty()) all.push_back("rm " + file);
    return all;
}

bool at_site(const Plan& plan, const Copy& copy, const std::string& site) {
    const jobs::Home home = jobs::home_of(plan, copy);
    const auto standbys = jobs::standby_sites(plan, copy, home);
    return home.site == site || std::ranges::any_of(standbys, [&](auto id) { return plan.sites[id].heading.name == site; });
}

// The command stands in single quotes; those in it are doubled, as the file of settings wants it.
std::string setting(const std::vector<std::string>& commands) {
    std::string text;
    for (const char c : fmt::format("{}", fmt::join(commands, " && "))) text += c == '\'' ? std::string("''") : std::string{c};
    return text;
}

std::string settings_of(const Plan& plan, const Copy& copy) {
    const auto all = commands(plan, copy);
    if (all.empty()) return {};
    std::string text = fmt::format("  archive {}:\n    wal_level = replica\n    archive_mode = on\n", copy.heading.name);
    if (copy.archive()->every)
        text += fmt::format("    archive_timeout = {}\n", std::chrono::ceil<std::chrono::seconds>(copy.archive()->every->value).count());
    return text + fmt::format("    archive_command = '{}'\n", setting(all));
}

}  // namespace

std::string shipping_of(const Plan& plan, const std::string& site) {
    std::string text;
    for (const Copy& copy : plan.copies) {
        if (copy.archive() == nullptr || copy.of.empty() || !at_site(plan, copy, site)) continue;
        if (jobs::engine_of(plan, copy.of.front().value).starts_with("postgres")) text += settings_of(plan, copy);
    }
    return text.empty() ? text
                        : "\nSettings of PostgreSQL with which its log is where restores look for it, which no job sees to:\n" + text;
}

}  // namespace muster::backends::kubernetes
