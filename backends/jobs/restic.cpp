#include "backends/jobs/restic.h"

#include <fmt/format.h>

#include "backends/jobs/names.h"
#include "backends/jobs/parts.h"
#include "backends/jobs/retention.h"
#include "backends/jobs/script.h"

namespace muster::backends::jobs {
namespace {

using model::Copy;
using model::Plan;
using model::Probe;
using How = model::Verification::How;

// Shells without `$'…'`: everything but a quote stands for itself between quotes.
std::string plain_quote(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text)
        if (c != '\0') quoted += c == '\'' ? std::string("'\\''") : std::string{c};
    return quoted + "'";
}

std::string choose_repository(const Plan& plan, const Copy& copy) {
    std::string cases;
    for (const auto store : first_stores(*copy.backup())) {
        const Shelf shelf = shelf_of(plan.stores[store]);
        const std::string keep = kept_options(kept_in(plan, *copy.backup(), store));
        cases += fmt::format("  {}) repository={} keep='{}' ;;\n", plain_quote(plan.stores[store].heading.name),
                             plain_quote(shelf.reachable() ? repository_of(plan, copy, shelf) : ""),
                             keep.substr(std::min<std::size_t>(keep.size(), 1)));
    }
    return choice("choose_store", cases, "repository='' keep=''") +
           "\nrequire_repository() {\n  if [ -z \"${repository}\" ]; then\n    echo \"FAILED: no command here reaches $1\" >&2\n    exit "
           "1\n  fi\n}\n";
}

std::string restic_files(const Plan& plan, const Copy& copy) {
    std::string files;
    for (const auto& data : copy.of)
        for (const std::string& file : plan.data[data.value].files) files += " " + plain_quote(file);
    return "\nback_up_files() {\n  restic --repo \"${repository}\" backup --host \"${copy}\" --" + files + "\n}\n";
}

std::string restic_checks(const model::Verification* verification) {
    std::string body = "  echo 'it could be restored' >&2\n";
    if (verification != nullptr)
        for (const Probe& check : verification->checks)
            body += check.how == Probe::How::run
                        ? "  sh -c " + plain_quote(check.text) + "\n"
                        : "  echo " + plain_quote("FAILED: this cannot be checked in a copy: " + check.text) + " >&2\n  exit 1\n";
    return "\ncheck_content() {\n" + body + "}\n";
}

}  // namespace

std::string restic_script(const Plan& plan, const Job& job) {
    const Copy& copy = plan.copies[*job.copy];
    const auto* verification = job.kind == Job::Kind::verification ? &copy.backup()->verifications[job.verification] : nullptr;
    return fmt::format("\ncopy={}\nhow={}\n", plain_quote(copy.heading.name),
                       how_name(verification == nullptr ? How::restore : verification->how)) +
           choose_repository(plan, copy) + restic_files(plan, copy) + restic_checks(verification) + part("restic");
}

std::string repository_of(const Plan& plan, const Copy& copy, const Shelf& shelf) {
    std::string folder = folder_of(plan, shelf, copy, copy.of.front().value);
    folder.pop_back();
    if (shelf.kind == "s3") return "s3:s3.amazonaws.com/" + shelf.place + "/" + folder;
    return shelf.kind == "gcs" ? "gs:" + shelf.place + ":/" + folder : shelf.place + "/" + folder;
}

std::string secret_of_repository(const Plan& plan, const Copy& copy) {
    return object_name("muster-copy-" + copy.heading.name + "-" + plan.data[copy.of.front().value].heading.name);
}

}  // namespace muster::backends::jobs
