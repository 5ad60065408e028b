#include <map>

#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Action;
using Made = std::optional<Action>;

std::vector<Id<model::Dataset>> ids_of(const std::vector<support::Said<Id<model::Dataset>>>& said) {
    std::vector<Id<model::Dataset>> ids;
    for (const auto& data : said) ids.push_back(data.value);
    return ids;
}

void read_point(Reader& reader, model::Restore& action) {
    reader.take("point");
    action.point_is_asked = reader.at_name();
    const ast::Value& written = reader.next();
    action.point = action.point_is_asked ? written.text : read_moment(written, reader.context().sink).value_or("");
    action.point_span = written.span;
}

// After `from` stands a copy of the data or a store; a copy wins, since copies are what one restores from.
Made restore(Reader& reader) {
    model::Restore action;
    action.data = reader.refs<model::Dataset>();
    reader.take("from");
    action.from = reader.peek().span;
    const std::string& name = reader.peek().text;
    const Names& names = reader.context().names;
    const auto& stores = names.of<model::Store>();
    bool is_copy = false;
    for (const auto& data : action.data) {
        const auto copies = names.copies.find(data.value.value);
        is_copy = is_copy || (copies != names.copies.end() && copies->second.find(name));
    }
    if (!is_copy && stores.find(name)) {
        action.store = reader.ref<model::Store>()->value;
    } else if (action.data.empty()) {
        return std::nullopt;
    } else {
        action.copy = reader.copy_of(ids_of(action.data));
        if (!action.copy) return std::nullopt;
    }
    action.before_damage = reader.take("before");
    if (reader.take("to")) read_point(reader, action);
    return action;
}

Made promote(Reader& reader) {
    // The data comes after the name that is looked up in it.
    Reader ahead = reader;
    ahead.next();
    ahead.take("of");
    const auto data = ahead.ref<model::Dataset>();
    if (!data) return std::nullopt;
    const Span span = reader.peek().span;
    const auto replica = reader.copy_of({data->value}, "replica", [](const model::Copy& copy) { return copy.replica() != nullptr; });
    if (!replica) return std::nullopt;
    return model::Promote{*replica, data->value, span};
}

Made scale(Reader& reader) {
    model::Scale action;
    action.services = reader.refs<model::Service>();
    reader.take("to");
    action.replicas = reader.number(0, 1'000'000);
    return action;
}

Made switch_over(Reader& reader) {
    if (reader.take("dns")) {
        model::SwitchDns action;
        action.name = reader.word();
        reader.take("to");
        const auto site = reader.ref<model::Site>();
        if (reader.take("ttl")) action.ttl = reader.duration();
        if (!site) return std::nullopt;
        action.to = site->value;
        return action;
    }
    reader.take("traffic");
    const auto service = reader.ref<model::Service>();
    reader.take("to");
    const auto site = reader.ref<model::Site>();
    if (!service || !site) return std::nullopt;
    return model::SwitchTraffic{service->value, site->value};
}

Made wait_for(Reader& reader) {
    reader.take("for");
    return model::WaitFor{reader.subjects()};
}

Made notify(Reader& reader) {
    model::Notify action;
    action.channels = reader.refs<model::Channel>();
    if (reader.take("with"))
        if (const auto message = reader.ref<model::Message>()) action.message = message->value;
    return action;
}

Made approve(Reader& reader) {
    reader.take("by");
    const auto role = reader.ref<model::Role>();
    if (!role) return std::nullopt;
    return model::Approve{role->value};
}

Made roll_back(Reader& reader) {
    reader.take("back");
    return model::RollBack{reader.refs<model::Service>()};
}

Made provision(Reader& reader) {
    model::Provision action;
    const auto site = reader.ref<model::Site>();
    if (reader.take("with")) {
        action.tool = reader.word();
        action.directory = reader.word();
    }
    if (!site) return std::nullopt;
    action.site = site->value;
    return action;
}

Made capture(Reader& reader) {
    model::CaptureForensics action;
    reader.take("forensics");
    if (reader.take("of")) action.of = reader.subjects();
    if (reader.take("to"))
        if (const auto store = reader.ref<model::Store>()) action.to = store->value;
    return action;
}

const std::map<std::string_view, Made (*)(Reader&)> actions{
    {"restore", restore},
    {"promote", promote},
    {"scale", scale},
    {"restart", [](Reader& r) -> Made { return model::Restart{r.refs<model::Service>()}; }},
    {"roll", roll_back},
    {"apply", [](Reader& r) -> Made { return model::Apply{r.word()}; }},
    {"switch", switch_over},
    {"wait", wait_for},
    {"notify", notify},
    {"approve", approve},
    {"maintenance", [](Reader& r) -> Made { return model::Maintenance{r.word() == "on"}; }},
    {"run",
     [](Reader& r) -> Made {
         const ast::Value& text = r.next();
         return model::Run{text.text, text.span};
     }},
    {"manual", [](Reader& r) -> Made { return model::Manual{r.word()}; }},
    {"provision", provision},
    {"fence", [](Reader& r) -> Made { return model::Fence{r.refs<model::Service>()}; }},
    {"rotate", [](Reader& r) -> Made { return model::Rotate{r.refs<model::Secret>()}; }},
    {"capture", capture},
};

}  // namespace

Made read_action(const std::string& keyword, Reader& reader) { return actions.at(keyword)(reader); }

}  // namespace muster::sema
