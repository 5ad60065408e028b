#include "compiler/syntax/tree.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include "compiler/syntax/characters.h"
#include "compiler/syntax/literal.h"

namespace muster::syntax {
namespace {

using antlr4::ParserRuleContext;
using antlr4::Token;
using antlr4::tree::ParseTree;
using antlr4::tree::TerminalNode;
using ast::Clause;
using ast::Kind;
using ast::Value;
using P = MusterPlanParser;

class Builder {
public:
    Builder(support::FileId file, Complaints& complaints) : file_(file), complaints_(complaints) {}

    ast::File build(ParserRuleContext& tree) {
        body(tree, out_.declarations);
        return std::move(out_);
    }

private:
    void body(ParserRuleContext& tree, std::vector<Clause>& clauses) {
        for (ParseTree* child : tree.children)
            if (auto* rule = dynamic_cast<ParserRuleContext*>(child); rule != nullptr && role_of(rule->getRuleIndex()) == Role::clause) {
                if (auto built = clause(*rule)) clauses.push_back(std::move(*built));
            }
    }

    std::optional<Clause> clause(ParserRuleContext& tree) {
        Clause made;
        made.span = span_of(tree.getStart(), file_);
        if (tree.getStop() != nullptr) made.span = made.span.through(span_of(tree.getStop(), file_));
        const bool readable = collect(tree, made.values, &made);
        if (readable && !made.values.empty()) return made;
        if (tree.getRuleIndex() == P::RuleDeclaration && made.values.size() > 1) out_.unreadable.push_back(made.values[1].text);
        return std::nullopt;
    }

    // Adds the values under `tree`. False where something in there could not be read; blocks do not count.
    bool collect(ParserRuleContext& tree, std::vector<Value>& values, Clause* owner) {
        bool readable = tree.exception == nullptr;
        bool seen_stray = false;
        for (ParseTree* child : tree.children) {
            if (auto* leaf = dynamic_cast<TerminalNode*>(child)) add_leaf(leaf->getSymbol(), tree.getRuleIndex(), values);
            else if (auto* rule = dynamic_cast<ParserRuleContext*>(child))
                readable = collect_rule(*rule, values, owner, seen_stray) && readable;
        }
        return readable;
    }

    bool collect_rule(ParserRuleContext& rule, std::vector<Value>& values, Clause* owner, bool& seen_stray) {
        switch (role_of(rule.getRuleIndex())) {
            case Role::body:
                owner->has_body = true;
                body(rule, owner->body);
                if (rule.getRuleIndex() == P::RuleWhatifBody && !is_closed(rule)) give_back(*owner);
                return true;
            case Role::stray:
                if (!seen_stray) complaints_.stray(rule);
                seen_stray = true;
                return true;
            case Role::group: return group(rule, values);
            default: return collect(rule, values, owner);
        }
    }

    static bool is_closed(ParserRuleContext& body) {
        auto* last = body.children.empty() ? nullptr : dynamic_cast<TerminalNode*>(body.children.back());
        return last != nullptr && last->getSymbol()->getText() == "}";
    }

    // A `whatif` that nobody closed has taken the rest of the file. What is not indented more than it was not meant to be in it.
    void give_back(Clause& whatif) {
        const std::set<std::string_view> its_own{"remove", "note", "see", "allow"};
        const auto meant = [&](const Clause& inner) {
            return inner.span.begin.column > whatif.span.begin.column || its_own.contains(inner.keyword());
        };
        const auto rest = std::stable_partition(whatif.body.begin(), whatif.body.end(), meant);
        std::move(rest, whatif.body.end(), std::back_inserter(out_.declarations));
        whatif.body.erase(rest, whatif.body.end());
    }

    bool group(ParserRuleContext& rule, std::vector<Value>& values) {
        Value grouped{Kind::group, rule_name(rule), span_of(rule.getStart(), file_), {}};
        if (rule.getStop() != nullptr) grouped.span = grouped.span.through(span_of(rule.getStop(), file_));
        const bool readable = collect(rule, grouped.items, nullptr);
        values.push_back(std::move(grouped));
        return readable;
    }

    void add_leaf(Token* token, std::size_t rule, std::vector<Value>& values) const {
        const std::string_view text = written(*token);
        if (text == "," || text == ":" || text == "/" || text == "{" || text == "}" || token->getType() == Token::EOF) return;
        const Kind kind = rule == P::RuleName || rule == P::RulePlain ? Kind::name : literal_kind(token->getType());
        values.push_back({kind, kind == Kind::text ? text_value(text) : std::string(text), span_of(token, file_), {}});
    }

    static std::string rule_name(const ParserRuleContext& rule) {
        static const std::vector<std::string> names = [] {
            antlr4::CommonTokenStream no_tokens(nullptr);
            return MusterPlanParser(&no_tokens).getRuleNames();
        }();
        return names.at(rule.getRuleIndex());
    }

    support::FileId file_;
    Complaints& complaints_;
    ast::File out_;
};

}  // namespace

ast::File build(ParserRuleContext& tree, support::FileId file, Complaints& complaints) { return Builder(file, complaints).build(tree); }

}  // namespace muster::syntax
