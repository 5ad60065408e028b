#include "compiler/diff/declarations_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "compiler/diff/said_json.h"
#include "compiler/model/entry_json.h"

namespace muster::diff {
namespace {

using Entries = std::vector<std::pair<std::string, ordered_json>>;  // by identity, in order of declaration

// The word for one row of each table of an export.
const std::map<std::string_view, std::string_view>& words() {
    static const std::map<std::string_view, std::string_view> all{
        {"waivers", "waiver"},
        {"tiers", "tier"},
        {"sites", "site"},
        {"roles", "role"},
        {"channels", "channel"},
        {"tools", "tool"},
        {"services", "service"},
        {"externals", "external"},
        {"data", "data"},
        {"stores", "store"},
        {"detectors", "detector"},
        {"procedures", "procedure"},
        {"scenarios", "scenario"},
        {"messages", "message"},
        {"drills", "drill"},
        {"duties", "duty"},
        {"contacts", "contact"},
        {"links", "link"},
        {"secrets", "secret"},
        {"classifications", "classification"},
        {"checklists", "checklist"},
        {"steps", "step"},
        {"copies", "copy"},
    };
    return all;
}

std::string text_at(const ordered_json& entry, const char* key) { return entry.contains(key) ? entry[key].get<std::string>() : ""; }

std::string identity(const std::string& table, const ordered_json& entry) {
    if (table == "waivers") return text_at(entry, "code") + " in " + text_at(entry, "subject");
    if (table == "copies") return text_at(entry, "name") + " of " + said("of", entry["of"]);
    return text_at(entry, "name");
}

std::string kind_of(const std::string& table, const ordered_json& entry) {
    if (table == "copies") return text_at(entry, "kind");
    const auto word = words().find(table);
    return word == words().end() ? table : std::string(word->second);
}

// Which way an objective goes that is `key` of `path`: less time is tighter, more availability is.
Sense sense_of(const std::string& path, const std::string& key, const ordered_json* before, const ordered_json* after) {
    const bool time = path.starts_with("rto") || path.starts_with("rpo") || path.starts_with("mtd") || key == "skew_ms";
    const bool share = key == "availability_millionths";
    if (!time && !share) return Sense::neutral;
    if (before == nullptr) return Sense::tightened;
    if (after == nullptr) return Sense::loosened;
    const bool less = after->get<std::int64_t>() < before->get<std::int64_t>();
    return less == time ? Sense::tightened : Sense::loosened;
}

class Fields {
public:
    std::vector<Field> of(const ordered_json& before, const ordered_json& after) {
        compare_object("", before, after, false);
        return std::move(found_);
    }

private:
    static const ordered_json* at(const ordered_json& object, const std::string& key) {
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    void compare_object(const std::string& path, const ordered_json& before, const ordered_json& after, bool objective) {
        for (const auto& [key, value] : before.items()) compare_value(path, key, &value, at(after, key), objective);
        for (const auto& [key, value] : after.items())
            if (!before.contains(key)) compare_value(path, key, nullptr, &value, objective);
    }

    void compare_value(const std::string& path, const std::string& key, const ordered_json* before, const ordered_json* after,
                       bool objective) {
        if (path.empty() && (key == "name" || key == "steps")) return;
        if (before != nullptr && after != nullptr && *before == *after) return;
        const bool nested =
            key == "objectives" || key == "policy" || key == "claims" || key == "declaration" || (objective && is_object(before, after));
        if (nested) return descend(path, key, before, after, objective || key == "objectives");
        if (before != nullptr && after != nullptr && is_list(before) && is_list(after)) return compare_lists(path, key, *before, *after);
        found_.push_back({name(path, key), before != nullptr ? said(key, *before) : "", after != nullptr ? said(key, *after) : "",
                          objective ? sense_of(path, key, before, after) : Sense::neutral});
    }

    static bool is_object(const ordered_json* before, const ordered_json* after) {
        return (before != nullptr && before->is_object()) || (after != nullptr && after->is_object());
    }
    static bool is_list(const ordered_json* value) { return value != nullptr && value->is_array(); }

    void descend(const std::string& path, const std::string& key, const ordered_json* before, const ordered_json* after, bool objective) {
        static const ordered_json nothing = ordered_json::object();
        const std::string inner = key == "objectives" ? path : name(path, key);
        compare_object(inner, before != nullptr ? *before : nothing, after != nullptr ? *after : nothing, objective && key != "claims");
    }

    // What is no longer in a list, and what is newly in it; both lists where only their order differs.
    void compare_lists(const std::string& path, const std::string& key, const ordered_json& before, const ordered_json& after) {
        const auto without = [](const ordered_json& all, const ordered_json& others) {
            ordered_json rest = ordered_json::array();
            for (const ordered_json& one : all)
                if (std::find(others.begin(), others.end(), one) == others.end()) rest.push_back(one);
            return rest;
        };
        const ordered_json gone = without(before, after), fresh = without(after, before);
        const bool order = gone.empty() && fresh.empty();
        found_.push_back({name(path, key), said(key, order ? before : gone), said(key, order ? after : fresh), Sense::neutral});
    }

    static std::string name(const std::string& path, const std::string& key) {
        if (key == "general_ms") return path;
        return path.empty() ? words_of(key) : path + " " + words_of(key);
    }

    std::vector<Field> found_;
};

// Steps are declarations of their own, by their qualified names.
Entries steps_of(const ordered_json& procedures) {
    Entries steps;
    for (const ordered_json& procedure : procedures)
        for (const ordered_json& step : procedure["steps"])
            steps.emplace_back(text_at(procedure, "name") + "." + text_at(step, "name"), step);
    return steps;
}

Entries entries_of(const std::string& table, const ordered_json& rows) {
    Entries entries;
    std::map<std::string, int> seen;
    for (const ordered_json& row : rows) {
        std::string name = identity(table, row);
        // Only waivers can be alike.
        if (const int earlier = seen[name]++; earlier > 0) name += " (" + std::to_string(earlier + 1) + ")";
        entries.emplace_back(std::move(name), row);
    }
    return entries;
}

// All that an entry says but its name, which the steps of a procedure name as well.
std::string nameless(ordered_json entry) {
    entry.erase("name");
    if (!entry.contains("steps")) return entry.dump();
    for (ordered_json& step : entry["steps"]) {
        if (!step.contains("after")) continue;
        for (ordered_json& before : step["after"]) before = before.get<std::string>().substr(before.get<std::string>().find('.'));
    }
    return entry.dump();
}

class Comparison {
public:
    std::vector<Declaration> run(const model::Plan& before, const model::Plan& after) {
        const ordered_json old_tables = model::document_of(before, nullptr), new_tables = model::document_of(after, nullptr);
        compare_plans(old_tables["plan"], new_tables["plan"]);
        const Entries old_steps = steps_of(old_tables["procedures"]), new_steps = steps_of(new_tables["procedures"]);
        for (const auto& [table, rows] : new_tables.items()) {
            if (table == "plan" || table == "domains") continue;
            compare_tables(table, entries_of(table, old_tables.at(table)), entries_of(table, rows));
            if (table == "procedures") compare_tables("steps", in_renamed(old_steps), new_steps);
        }
        return std::move(found_);
    }

private:
    void compare_plans(const ordered_json& before, const ordered_json& after) {
        if (before["name"] != after["name"])
            found_.push_back({Declaration::How::renamed, "plan", text_at(before, "name"), text_at(after, "name"), {}});
        add_changed("plan", text_at(after, "name"), before, after);
    }

    void compare_tables(const std::string& table, const Entries& before, const Entries& after) {
        const std::map<std::string, ordered_json> old_by_name(before.begin(), before.end()), new_by_name(after.begin(), after.end());
        std::multimap<std::string, std::string> gone, fresh;  // names, by all that is said but the name
        for (const auto& [name, entry] : before)
            if (!new_by_name.contains(name)) gone.emplace(nameless(entry), name);
        for (const auto& [name, entry] : after)
            if (!old_by_name.contains(name)) fresh.emplace(nameless(entry), name);
        for (const auto& [name, entry] : before) {
            const auto now = new_by_name.find(name);
            if (now != new_by_name.end()) {
                add_changed(kind_of(table, now->second), name, entry, now->second);
                continue;
            }
            // Of several that are alike nobody can tell which is which.
            const std::string rest = nameless(entry);
            const bool renamed = entry.size() > 1 && gone.count(rest) == 1 && fresh.count(rest) == 1;
            if (renamed) add_renamed(table, entry, name, fresh.extract(fresh.find(rest)).mapped());
            else found_.push_back({Declaration::How::gone, kind_of(table, entry), name, {}, {}});
        }
        add_fresh(table, after, fresh);
    }

    void add_renamed(const std::string& table, const ordered_json& entry, const std::string& name, const std::string& new_name) {
        found_.push_back({Declaration::How::renamed, kind_of(table, entry), name, new_name, {}});
        if (table == "procedures") renamed_procedures_[name] = new_name;
    }

    // Of what is left in `fresh`, in order of declaration.
    void add_fresh(const std::string& table, const Entries& after, const std::multimap<std::string, std::string>& fresh) {
        std::set<std::string> names;
        for (const auto& [entry, name] : fresh) names.insert(name);
        for (const auto& [name, entry] : after)
            if (names.contains(name)) found_.push_back({Declaration::How::fresh, kind_of(table, entry), name, {}, {}});
    }

    void add_changed(const std::string& kind, const std::string& name, const ordered_json& before, const ordered_json& after) {
        if (before == after) return;
        if (auto fields = Fields().of(before, after); !fields.empty())
            found_.push_back({Declaration::How::changed, kind, name, {}, std::move(fields)});
    }

    // The steps of a procedure that has another name now, under that name.
    Entries in_renamed(Entries steps) const {
        const auto now = [&](const std::string& name) {
            const auto dot = name.find('.');
            const auto renamed = renamed_procedures_.find(name.substr(0, dot));
            return renamed == renamed_procedures_.end() ? name : renamed->second + name.substr(dot);
        };
        for (auto& [name, entry] : steps) {
            name = now(name);
            if (entry.contains("after"))
                for (ordered_json& before : entry["after"]) before = now(before.get<std::string>());
        }
        return steps;
    }

    std::map<std::string, std::string> renamed_procedures_;
    std::vector<Declaration> found_;
};

}  // namespace

std::vector<Declaration> changed_declarations(const model::Plan& before, const model::Plan& after) {
    return Comparison().run(before, after);
}

}  // namespace muster::diff
