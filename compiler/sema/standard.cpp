#include "compiler/sema/standard.h"

#include <algorithm>
#include <cassert>

#include "compiler/sema/declare.h"
#include "compiler/sema/read.h"
#include "compiler/syntax/parse.h"
#include "profiles_text.h"

namespace muster::sema {
namespace {

// Spans of standard profiles lead into no file of a plan; nobody shows them.
constexpr support::FileId no_file{~std::uint32_t{0}};

void read(std::string_view text, std::vector<model::Profile>& profiles, diagnostics::Sink& sink) {
    const ast::File file = syntax::parse(support::Source("profile", std::string(text)), no_file, sink);
    model::Plan plan;
    Names names;
    Context context{plan, names, sink};
    for (const ast::Clause& clause : file.declarations) {
        model::Profile& profile = profiles.emplace_back();
        profile.heading = heading_of(clause);
        profile.standard = true;
        read_profile(clause, profile, context);
    }
}

}  // namespace

std::vector<model::Profile> read_standard_profiles(diagnostics::Sink& sink) {
    std::vector<model::Profile> profiles;
    for (const auto& [name, text] : embedded::all) read(text, profiles, sink);
    std::sort(profiles.begin(), profiles.end(), [](const auto& a, const auto& b) { return a.heading.name < b.heading.name; });
    return profiles;
}

const std::vector<model::Profile>& standard_profiles() {
    static const std::vector<model::Profile> profiles = [] {
        diagnostics::Sink sink;
        auto read = read_standard_profiles(sink);
        assert(!sink.has_errors());
        return read;
    }();
    return profiles;
}

const model::Profile* standard_profile(std::string_view name) {
    const auto& all = standard_profiles();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& profile) { return profile.heading.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace muster::sema
