#include "cli/explain_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/output.h"
#include "compiler/sema/standard.h"
#include "compiler/support/suggest.h"

namespace muster::cli {
namespace {

using model::Figure;
using model::Profile;

std::string list() {
    std::size_t width = 0;
    for (const Profile& profile : sema::standard_profiles()) width = std::max(width, profile.heading.name.size());
    std::string out;
    for (const Profile& profile : sema::standard_profiles())
        out += fmt::format("{:<{}}  {}  {}\n", profile.heading.name, width, profile.dated, profile.heading.label());
    return out;
}

std::string text_of(const Profile& profile) {
    std::size_t clauses = 0, values = 0;
    for (const Figure& figure : profile.figures) {
        clauses = std::max(clauses, figure.clause().size());
        values = std::max(values, figure.written.size());
    }
    std::string out =
        fmt::format("{}: {}\ndated {}\nsource: {}\n", profile.heading.name, profile.heading.label(), profile.dated, profile.source);
    for (const std::string& note : profile.heading.notes) out += note + "\n";
    out += "\n";
    for (const Figure& figure : profile.figures) {
        std::string line = fmt::format("{:<{}}  {:<{}}  {}", figure.clause(), clauses, figure.written, values, figure.source);
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

}  // namespace

int explain_profile(const std::string& name) {
    if (name.empty()) return print(list()) ? exit_code::fine : exit_code::trouble;
    if (const Profile* profile = sema::standard_profile(name)) return print(text_of(*profile)) ? exit_code::fine : exit_code::trouble;
    std::vector<std::string> names;
    for (const Profile& profile : sema::standard_profiles()) names.push_back(profile.heading.name);
    const auto meant = support::closest(name, names);
    complain(fmt::format("there is no standard profile called {}; {}", name,
                         meant ? fmt::format("did you mean {}?", *meant) : "`muster explain profile` shows all"));
    return exit_code::trouble;
}

}  // namespace muster::cli
