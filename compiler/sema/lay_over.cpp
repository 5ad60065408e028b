#include "compiler/sema/lay_over.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace muster::sema {
namespace {

using ast::Clause;
using ast::Kind;

// Words that say the same thing in different ways, of which a declaration has one.
const std::vector<std::set<std::string_view>>& alternatives() {
    static const std::vector<std::set<std::string_view>> all{
        {"every", "cron"},
        {"s3", "gcs", "azure", "nfs", "volume", "git", "registry"},
        {"slack", "pagerduty", "mail", "sms", "statuspage", "webhook"},
        {"active", "standby"},
        {"by", "automatic"},
        {"restore", "promote", "scale", "restart", "roll", "apply", "switch", "wait", "notify", "approve", "maintenance", "run", "manual",
         "provision", "fence", "rotate", "capture"},
    };
    return all;
}

// The words whose clauses `word` takes the place of.
void add_replaced(std::string_view word, std::set<std::string_view>& replaced) {
    replaced.insert(word);
    for (const auto& words : alternatives())
        if (words.contains(word)) replaced.insert(words.begin(), words.end());
}

// `parallel 4` of a site and `afterwards "…"` of a checklist are clauses like any other.
bool has_steps(const Clause& clause) {
    return clause.keyword() == "phase" ||
           (clause.values.size() == 1 && (clause.keyword() == "parallel" || clause.keyword() == "afterwards"));
}

bool is_step(const Clause& clause) { return clause.keyword() == "step" || has_steps(clause); }

bool is_called(const Clause& clause, std::string_view keyword, const std::string& name) {
    return clause.keyword() == keyword && (name.empty() || (clause.values.size() > 1 && clause.values[1].text == name));
}

// The step or phase called `name` in `block`, or what has no name, wherever it stands.
Clause* find_in(Clause& block, std::string_view keyword, const std::string& name) {
    for (Clause& inner : block.body) {
        if (is_called(inner, keyword, name)) return &inner;
        if (has_steps(inner))
            if (Clause* found = find_in(inner, keyword, name)) return found;
    }
    return nullptr;
}

std::string name_of(const Clause& clause) { return clause.values.size() > 1 ? clause.values[1].text : std::string{}; }

void lay_over_header(Clause& base, const Clause& partial) {
    if (partial.values.size() > 2 && partial.values[2].kind == Kind::text) {
        if (base.values.size() > 2 && base.values[2].kind == Kind::text) base.values[2] = partial.values[2];
        else base.values.insert(base.values.begin() + 2, partial.values[2]);
    }
    if (partial.keyword() != "service" && partial.keyword() != "data") return;
    const auto tier = [](const Clause& clause) { return clause.values.size() > 2 && clause.values.back().kind == Kind::name; };
    if (!tier(partial)) return;
    if (tier(base)) base.values.pop_back();
    base.values.push_back(partial.values.back());
}

// Puts a step or a block of steps at the end of `block`.
void append(Clause& block, const Clause& step) {
    const auto last = std::find_if(block.body.begin(), block.body.end(), [](const Clause& c) { return c.keyword() == "afterwards"; });
    block.body.insert(step.keyword() == "afterwards" ? block.body.end() : last, step);
}

void lay_over_steps(Clause& declaration, Clause& block, const Clause& partial);

// A step, a phase or a block of steps of `declaration`. What is new goes to the end of `block`.
void lay_over_step(Clause& declaration, Clause& block, const Clause& partial) {
    if (partial.keyword() == "parallel") {
        Clause fresh = partial;
        fresh.body.clear();
        lay_over_steps(declaration, fresh, partial);
        if (!fresh.body.empty()) append(block, fresh);
        return;
    }
    Clause* known = find_in(declaration, partial.keyword(), name_of(partial));
    if (known == nullptr) append(block, partial);
    else if (partial.keyword() == "step") lay_over(*known, partial);
    else {
        lay_over_header(*known, partial);
        lay_over_steps(declaration, *known, partial);
    }
}

void lay_over_steps(Clause& declaration, Clause& block, const Clause& partial) {
    std::set<std::string_view> replaced;
    for (const Clause& clause : partial.body)
        if (!is_step(clause)) add_replaced(clause.keyword(), replaced);
    std::erase_if(block.body, [&](const Clause& old) { return !is_step(old) && replaced.contains(old.keyword()); });
    for (const Clause& clause : partial.body) {
        if (is_step(clause)) lay_over_step(declaration, block, clause);
        else block.body.push_back(clause);
    }
    block.has_body = true;
}

}  // namespace

void lay_over(Clause& base, const Clause& partial) {
    lay_over_header(base, partial);
    lay_over_steps(base, base, partial);
}

bool take_step(Clause& block, const std::string& name) {
    if (std::erase_if(block.body, [&](const Clause& inner) { return is_called(inner, "step", name); }) > 0) return true;
    return std::any_of(block.body.begin(), block.body.end(), [&](Clause& inner) { return has_steps(inner) && take_step(inner, name); });
}

std::string what_it_says(const Clause& partial) {
    std::vector<std::string> words;
    for (const Clause& clause : partial.body) {
        const bool named = clause.keyword() == "step" || clause.keyword() == "phase";
        const std::string word = named ? clause.keyword() + " `" + name_of(clause) + "`" : clause.keyword();
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "its heading" : text;
}

}  // namespace muster::sema
