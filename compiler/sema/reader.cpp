#include "compiler/sema/reader.h"

#include <date/tz.h>

#include <cassert>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/profiles.h"

namespace muster::sema {
namespace {

using ast::Kind;
using ast::Value;
using model::Domain;
using model::Thing;
using support::Said;

const Kinds nameable{model::Kind::service, model::Kind::external, model::Kind::tool,
                     model::Kind::store,   model::Kind::site,     model::Kind::dataset};

constexpr std::size_t longest_list = 5;  // of data that a message names

bool zone_exists(const std::string& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

Said<Thing> said(Thing thing, const Value& value) { return {thing, value.span}; }

}  // namespace

const Value& Reader::peek() const {
    assert(!done());
    return (*values_)[at_];
}

const Value& Reader::next() {
    assert(!done());
    return (*values_)[at_++];
}

Reader Reader::group() {
    const Value& value = next();
    assert(value.kind == Kind::group);
    return {value.items, *clause_, *context_, 0};
}

bool Reader::take(std::string_view keyword) {
    if (done() || peek().kind != Kind::keyword || peek().text != keyword) return false;
    ++at_;
    return true;
}

bool Reader::at_name() const { return !done() && peek().kind == Kind::name; }
bool Reader::at_word() const { return at_name() || (!done() && peek().kind == Kind::text); }

std::vector<std::string> Reader::words() {
    std::vector<std::string> all;
    while (at_word()) all.push_back(word());
    return all;
}

Said<support::Time> Reader::said_time() {
    const Value& value = next();
    return {read_time(value, sink()), value.span};
}

Said<model::Duration> Reader::said_duration() {
    const Value& value = next();
    return {length(value), value.span};
}

model::Duration Reader::length(const Value& group) {
    const Value& first = group.items.front();
    if (first.text == "figure") return figure_called(group.items[1], *context_);
    if (first.text == "measured") return measured_as(group.items[1], *context_);
    return read_duration(group, sink());
}

Said<support::Size> Reader::size() {
    const Value& value = next();
    return {read_size(value, sink()), value.span};
}

Said<support::Rate> Reader::rate(bool may_be_zero) {
    const Value& value = next();
    return {read_rate(value, may_be_zero, sink()), value.span};
}

std::string Reader::date() {
    const Value& value = next();
    return read_date(value, sink()) ? value.text : std::string{};
}

std::optional<Said<Thing>> Reader::thing(const Kinds& kinds) {
    const Value& value = next();
    const auto found = find_thing(context_->names, kinds, value.text, value.span, sink());
    return found ? std::optional(said(*found, value)) : std::nullopt;
}

std::vector<Said<Thing>> Reader::things(const Kinds& kinds) {
    std::vector<Said<Thing>> all;
    Listed<Thing> listed;
    while (at_name()) {
        const std::string& name = peek().text;
        if (auto found = thing(kinds); found && is_fresh(listed, *found, name)) all.push_back(*found);
    }
    return all;
}

std::vector<Said<Thing>> Reader::subjects() {
    std::vector<Said<Thing>> all;
    Listed<Thing> listed;
    while (!done() && peek().kind == Kind::group) {
        const std::string& name = peek().items.back().text;
        if (const auto found = subject(nameable); found && is_fresh(listed, *found, name)) all.push_back(*found);
    }
    return all;
}

std::optional<Said<Thing>> Reader::subject(const Kinds& kinds) {
    const support::Span span = peek().span;
    Reader items = group();
    const auto found = items.subject_in_group(kinds);
    return found ? std::optional(Said<Thing>{found->value, span}) : std::nullopt;
}

std::vector<Said<Id<model::Scenario>>> Reader::scenario() {
    const Value& name = next();
    std::vector<Said<Id<model::Scenario>>> all;
    const auto known = context_->names.scenarios.find(name.text);
    if (known == context_->names.scenarios.end())
        report_unknown(context_->names, word_for<model::Scenario>, name.text, context_->names.of<model::Scenario>().order, name.span,
                       sink());
    else
        for (const auto id : known->second) all.push_back({id, name.span});
    return all;
}

std::optional<Said<Thing>> Reader::subject_in_group(const Kinds& nameable_here) {
    using model::Kind;
    static const std::map<std::string_view, Kind> kinds{{"service", Kind::service}, {"external", Kind::external}, {"data", Kind::dataset},
                                                        {"store", Kind::store},     {"site", Kind::site},         {"tool", Kind::tool},
                                                        {"role", Kind::role}};
    static const std::map<std::string_view, Domain::Level> levels{
        {"provider", Domain::Level::provider}, {"region", Domain::Level::region}, {"account", Domain::Level::account}};
    if (at_name()) return thing(nameable_here);

    const std::string word = next().text;
    if (const auto kind = kinds.find(word); kind != kinds.end()) return thing({kind->second});
    if (word == "zone") {
        const Value& zone = next();
        take("of");
        const auto site = ref<model::Site>();
        const auto id = site ? zone_of(site->value, zone) : std::nullopt;
        return id ? std::optional(said(model::thing(*id), zone)) : std::nullopt;
    }
    const Value& name = next();
    const auto known = context_->names.domains.find({levels.at(word), name.text});
    if (known != context_->names.domains.end()) return said(model::thing(known->second), name);
    std::vector<std::string> candidates;
    for (const auto& [key, id] : context_->names.domains)
        if (key.first == levels.at(word)) candidates.push_back(key.second);
    report_unknown(context_->names, word, name.text, candidates, name.span, sink());
    return std::nullopt;
}

std::optional<Id<model::Zone>> Reader::zone_of(Id<model::Site> site, const Value& name) {
    const Index<model::Zone>& zones = context_->names.zones[site.value];
    if (const auto id = zones.find(name.text)) return id;
    report_unknown(context_->names, "zone of `" + context_->plan.sites[site].heading.name + "`", name.text, zones.order, name.span, sink());
    return std::nullopt;
}

std::optional<Said<model::Place>> Reader::place() {
    const support::Span span = peek().span;
    Reader items = group();
    const auto site = items.ref<model::Site>();
    if (!site) return std::nullopt;
    model::Place found{site->value, {}};
    if (items.at_name()) {
        found.zone = items.zone_of(site->value, items.next());
        if (!found.zone) return std::nullopt;
    }
    return Said<model::Place>{found, span};
}

std::optional<Id<model::Copy>> Reader::copy_of(const std::vector<Id<model::Dataset>>& data, std::string_view word, CopyFits fits) {
    const Value& name = next();
    std::vector<std::string> candidates;
    std::string of;
    for (const auto id : data) {
        const Index<model::Copy>& copies = context_->names.copies[id.value];
        const auto found = copies.find(name.text);
        if (found && (fits == nullptr || fits(context_->plan.copies[*found]))) return found;
        for (const std::string& copy : copies.order)
            if (fits == nullptr || fits(context_->plan.copies[*copies.find(copy)])) candidates.push_back(copy);
        of += (of.empty() ? " of `" : ", `") + context_->plan.data[id].heading.name + "`";
    }
    report_unknown(context_->names, std::string(word) + (data.size() > longest_list ? "" : of), name.text, candidates, name.span, sink());
    return std::nullopt;
}

std::string Reader::time_zone() {
    const Value& written = next();
    std::string name;
    for (const Value& item : written.items) name += (name.empty() ? "" : "/") + item.text;
    if (zone_exists(name)) return name;
    sink().report(diagnostics::messages::unknown_zone, written.span, diagnostics::Name{name}).help =
        "use a name of the IANA time zone database, such as UTC or Europe/Berlin";
    return "UTC";
}

model::Probe Reader::probe() {
    using How = model::Probe::How;
    static const std::map<std::string_view, How> hows{
        {"http", How::http}, {"tcp", How::tcp}, {"sql", How::sql}, {"promql", How::promql}, {"run", How::run}};
    const support::Span span = peek().span;
    Reader items = group();
    const How how = hows.at(items.next().text);
    const Value& text = items.next();
    return {how, text.text, span, {}, text.span};
}

support::Time Reader::period() {
    static const std::map<std::string_view, const char*> lengths{
        {"hour", "1h"}, {"day", "1d"}, {"week", "1w"}, {"month", "1mo"}, {"year", "1y"}};
    Reader items = group();
    if (items.peek().kind == Kind::duration) return items.time();
    return *support::parse_duration(lengths.at(items.word()));
}

std::optional<Said<Id<model::Secret>>> Reader::secret_ahead() const {
    if (!at_name()) return std::nullopt;
    const auto id = context_->names.of<model::Secret>().find(peek().text);
    return id ? std::optional(Said<Id<model::Secret>>{*id, peek().span}) : std::nullopt;
}

Id<Domain> Reader::domain(Domain::Level level) {
    const Value& name = next();
    auto [entry, fresh] = context_->names.domains.try_emplace({level, name.text});
    if (fresh) entry->second = context_->plan.domains.add({level, name.text, name.span});
    return entry->second;
}

}  // namespace muster::sema
