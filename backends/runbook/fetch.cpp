#include "backends/runbook/fetch.h"

#include <fmt/format.h>

#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using jobs::Shelf;
using model::Backup;
using shell::quote;

void add_commands(const Shelf& shelf, const std::string& folder, const Backup& backup, Work& work) {
    const std::string encryption = backup.encrypted_with;
    if (shelf.kind == "s3") work.tools.insert("aws");
    if (shelf.kind == "gcs") work.tools.insert("gsutil");
    if (shelf.is_folder()) work.paths.insert(shelf.place);
    if (!encryption.empty()) work.tools.insert(encryption);
    if (encryption == "age") work.variables.insert("MUSTER_AGE_IDENTITY");
    work.run("make_folder");
    work.run(fmt::format("file=$(fetch_backup {} {} {} \"${{folder}}\")", shelf.kind, quote(shelf.place), quote(folder)));
    work.run(fmt::format("file=$(unpack_backup \"${{file}}\" {})", quote(encryption)));
}

void add_by_hand(const Shelf& shelf, const std::string& folder, const Backup& backup, Work& work) {
    const std::string place = quote(shelf.place);
    std::string& text = work.by_hand;
    text += "# Choose the newest from before the damage.\n";
    if (shelf.kind == "s3") {
        text += fmt::format("aws s3api list-objects-v2 --bucket {} --prefix {} --output text \\\n", place, quote(folder));
        text += "  --query 'sort_by(Contents, &LastModified)[].[LastModified, Key]'\n";
        text += fmt::format("aws s3 cp s3://{}/KEY backup\naws s3 cp s3://{}/KEY.sha256 -\n", place, place);
    } else if (shelf.kind == "gcs") {
        text += fmt::format("gsutil ls -l gs://{}/{}\n", place, quote(folder));
        text += fmt::format("gsutil cp gs://{}/KEY backup\ngsutil cat gs://{}/KEY.sha256\n", place, place);
    } else {
        text += fmt::format("ls -ltr {}\ncp FILE backup\ncat FILE.sha256\n", quote(shelf.place + "/" + folder));
    }
    text += "sha256sum backup\n";
    if (backup.encrypted_with == "gpg") text += "gpg --output plain --decrypt backup && mv plain backup\n";
    if (backup.encrypted_with == "age")
        text += "age --decrypt --identity \"$MUSTER_AGE_IDENTITY\" --output plain backup && mv plain backup\n";
}

}  // namespace

void add_fetch(const Shelf& shelf, const std::string& folder, const Backup& backup, Work& work) {
    add_commands(shelf, folder, backup, work);
    add_by_hand(shelf, folder, backup, work);
}

}  // namespace muster::backends::runbook
