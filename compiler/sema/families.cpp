#include "compiler/sema/families.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using diagnostics::Name;
using diagnostics::Words;
using model::Domain;
using model::Kind;
using model::Plan;
using model::Scenario;
using model::Thing;
namespace messages = diagnostics::messages;

constexpr std::size_t longest_member = 60;  // letters of a member in the name of a scenario

// `of tier critical`, `of main`.
struct Of {
    std::string by;  // tier, class, provider, region, account, site; empty where nothing is said
    const ast::Value* name = nullptr;
};

// Whether `thing`, a site or a store, names this provider, region or account.
template <class T>
bool names_domain(const Plan& plan, const T& thing, const Of& of) {
    const std::optional<Id<Domain>>& domain = of.by == "provider" ? thing.provider : of.by == "region" ? thing.region : thing.account;
    return domain && plan.domains[*domain].name == of.name->text;
}

bool lies_at(const Plan& plan, Id<model::Site> site, const Of& of) {
    if (of.by == "site") return plan.sites[site].heading.name == of.name->text;
    return names_domain(plan, plan.sites[site], of);
}

bool is_of(const Plan& plan, const model::Service& service, const Of& of) {
    if (of.by == "tier") return service.tier && plan.tiers[service.tier->value].heading.name == of.name->text;
    return std::any_of(service.placements.begin(), service.placements.end(),
                       [&](const model::Placement& placement) { return lies_at(plan, placement.place.site, of); });
}

bool is_of(const Plan& plan, const model::Dataset& data, const Of& of) {
    if (of.by == "tier") return data.tier && plan.tiers[data.tier->value].heading.name == of.name->text;
    return std::find(data.classes.begin(), data.classes.end(), of.name->text) != data.classes.end();
}

bool is_of(const Plan& plan, const model::Store& store, const Of& of) {
    return (store.at && lies_at(plan, *store.at, of)) || (of.by != "site" && names_domain(plan, store, of));
}

bool is_of(const Plan& plan, const model::Tool& tool, const Of& of) {
    return std::any_of(tool.at.begin(), tool.at.end(), [&](const auto& site) { return lies_at(plan, site.value, of); });
}

bool is_of(const Plan& plan, const model::Zone& zone, const Of& of) { return lies_at(plan, zone.site, of); }

template <class T>
std::vector<Thing> all_of(const Plan& plan, const support::Table<T>& table, const Of& of) {
    std::vector<Thing> members;
    for (const auto id : table.ids()) {
        if constexpr (requires { is_of(plan, table[id], of); }) {
            if (of.name != nullptr && !is_of(plan, table[id], of)) continue;
        }
        members.push_back(model::thing(id));
    }
    return members;
}

std::vector<Thing> sites_of(const Plan& plan, const Of& of) {
    std::vector<Thing> members;
    for (const auto id : plan.sites.ids())
        if (of.name == nullptr || lies_at(plan, id, of)) members.push_back(model::thing(id));
    return members;
}

std::vector<Thing> domains_of(const Plan& plan, std::string_view word) {
    std::vector<Thing> members;
    for (const auto id : plan.domains.ids())
        if (model::kind_of(plan, model::thing(id)) == word) members.push_back(model::thing(id));
    return members;
}

std::vector<Thing> members_of(const Plan& plan, std::string_view word, const Of& of) {
    if (word == "service") return all_of(plan, plan.services, of);
    if (word == "external") return all_of(plan, plan.externals, of);
    if (word == "data") return all_of(plan, plan.data, of);
    if (word == "store") return all_of(plan, plan.stores, of);
    if (word == "tool") return all_of(plan, plan.tools, of);
    if (word == "role") return all_of(plan, plan.roles, of);
    if (word == "zone") return all_of(plan, plan.zones, of);
    if (word == "site") return sites_of(plan, of);
    return domains_of(plan, word);
}

// What the members of a family can have in common, by kind.
const std::set<std::string_view>& in_common(std::string_view word) {
    static const std::map<std::string_view, std::set<std::string_view>> all{{"service", {"tier", "site", "provider", "region", "account"}},
                                                                            {"data", {"tier", "class"}},
                                                                            {"store", {"site", "provider", "region", "account"}},
                                                                            {"tool", {"site", "provider", "region", "account"}},
                                                                            {"site", {"provider", "region", "account"}},
                                                                            {"zone", {"site", "provider", "region", "account"}}};
    static const std::set<std::string_view> none;
    const auto found = all.find(word);
    return found == all.end() ? none : found->second;
}

// What is behind `of` has to be there, so that a slip of the pen is no empty family.
bool exists(Context& context, const Of& of) {
    if (of.by == "tier" || of.by == "site") {
        const auto& names = context.names;
        const bool known = of.by == "tier" ? names.of<model::Tier>().find(of.name->text).has_value()
                                           : names.of<model::Site>().find(of.name->text).has_value();
        if (!known)
            report_unknown(names, of.by, of.name->text, of.by == "tier" ? names.of<model::Tier>().order : names.of<model::Site>().order,
                           of.name->span, context.sink);
        return known;
    }
    return true;
}

std::optional<Of> read_of(Reader& items, std::string_view word) {
    Of of;
    if (!items.take("of")) return of;
    const ast::Value& first = items.next();
    of.by = items.done() ? "site" : first.text;
    of.name = items.done() ? &first : &items.next();
    const auto& known = in_common(word);
    if (known.contains(of.by)) return exists(items.context(), of) ? std::optional(of) : std::nullopt;
    std::string words;
    for (const auto one : known) words += fmt::format("{}`{}`", words.empty() ? "" : ", ", one);
    items.context()
        .sink
        .report(messages::clause_does_not_fit, first.span, Name{fmt::format("any {} of {}", word, of.by)},
                Words{fmt::format("a {} has no {} to choose it by", word, of.by)})
        .help = words.empty() ? fmt::format("write `any {}`", word) : fmt::format("a {} is chosen by {}", word, words);
    return std::nullopt;
}

std::string shown(std::string_view word, const Of& of) {
    return of.name == nullptr ? fmt::format("any {}", word) : fmt::format("any {} of {} {}", word, of.by, of.name->text);
}

// Letters that are safe in a name of a file; a zone's `site/zone` stays readable.
std::string plain(const std::string& name) {
    std::string text = name.substr(0, longest_member);
    for (char& letter : text) {
        const auto c = static_cast<unsigned char>(letter);
        if (std::isalnum(c) == 0 && letter != '-' && letter != '_') letter = '-';
    }
    return text;
}

std::string member_name(const Plan& plan, Thing thing) {
    if (thing.kind != Kind::zone) return plain(model::name_of(plan, thing));
    const model::Zone& zone = plan.zones[{thing.index}];
    return plain(plan.sites[zone.site].heading.name) + "/" + plain(zone.name);
}

// Two providers may look alike once letters are replaced; the second is then called so.
std::string fresh_name(std::set<std::string>& taken, const std::string& name) {
    std::string fresh = name;
    for (int number = 2; !taken.insert(fresh).second; ++number) fresh = fmt::format("{}-{}", name, number);
    return fresh;
}

// The rate is that of the family: each member has its share of it.
void share_likelihood(Scenario& member, std::size_t members) {
    if (!member.likelihood || !member.likelihood->level.empty()) return;
    member.likelihood->per *= static_cast<std::int64_t>(members);
}

Scenario member_of(const Scenario& declared, const Family& family, Thing thing, const std::string& name, const Plan& plan) {
    Scenario member = declared;
    member.family = declared.heading.name;
    member.heading.name = fmt::format("{}[{}]", declared.heading.name, name);
    if (!member.heading.title.empty()) member.heading.title += ": " + name;
    member.effects.insert(member.effects.begin() + static_cast<std::ptrdiff_t>(family.at), {family.verb, thing, family.span});
    member.kind = kind_of_scenario(plan, member);
    share_likelihood(member, family.members.size());
    return member;
}

}  // namespace

std::vector<Thing> read_family(Reader& reader) {
    const Span span = reader.peek().span;
    Reader items = reader.group();
    items.take("any");
    const std::string word = items.word();
    const auto of = read_of(items, word);
    if (!of) return {};
    Context& context = reader.context();
    auto members = members_of(context.plan, word, *of);
    if (members.empty()) {
        context.sink.report(messages::empty_family, span, Name{shown(word, *of)});
    } else if (members.size() > largest_family) {
        context.sink.report(messages::value_out_of_range, span, Name{shown(word, *of)},
                            Words{fmt::format("it stands for {} things, and a scenario for at most {}", members.size(), largest_family)});
        members.resize(1);
    }
    return members;
}

void expand_families(Context& context) {
    const support::Table<Scenario> declared = std::move(context.plan.scenarios);
    support::Table<Scenario>& expanded = context.plan.scenarios = {};
    for (const auto id : declared.ids()) {
        std::vector<Id<Scenario>>& members = context.names.scenarios[declared[id].heading.name];
        const auto family = context.names.families.find(declared[id].heading.name);
        if (family == context.names.families.end()) {
            members.push_back(expanded.add(declared[id]));
            continue;
        }
        std::set<std::string> taken;
        for (const Thing thing : family->second.members)
            members.push_back(expanded.add(
                member_of(declared[id], family->second, thing, fresh_name(taken, member_name(context.plan, thing)), context.plan)));
    }
}

}  // namespace muster::sema
