#include "compiler/syntax/roles.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/utf8.h"
#include "compiler/syntax/characters.h"

namespace muster::syntax {
namespace {

Role role_by_name(const std::string& rule) {
    static const std::set<std::string_view> groups{
        "duration", "recurrence", "weekdays",    "months",  "period", "place",    "placement", "alternatives", "retention", "destination",
        "probe",    "exercise",   "expectation", "subject", "under",  "zoneName", "family",    "figure",       "from"};
    static const std::set<std::string_view> headers{"header", "tieredHeader", "tierOf", "copyHeader", "title", "claim"};
    if (rule == "declaration" || rule.ends_with("Item")) return Role::clause;
    if (rule == "file" || rule == "changes" || rule.ends_with("Body")) return Role::body;
    if (rule == "stray" || rule == "firstStray") return Role::stray;
    if (headers.contains(rule)) return Role::header;
    return groups.contains(rule) ? Role::group : Role::shape;
}

std::vector<Role> all_roles() {
    std::vector<Role> roles;
    antlr4::ANTLRInputStream nothing;
    antlr4::CommonTokenStream no_tokens(nullptr);
    MusterPlanParser parser(&no_tokens);
    for (const std::string& rule : parser.getRuleNames()) roles.push_back(role_by_name(rule));
    return roles;
}

}  // namespace

Role role_of(std::size_t rule) {
    static const std::vector<Role> roles = all_roles();
    return roles.at(rule);
}

bool is_whole_text(std::size_t rule) { return rule == MusterPlanParser::RuleFile || rule == MusterPlanParser::RuleChanges; }

bool starts_declaration(antlr4::Parser& parser, std::size_t token) {
    const antlr4::atn::ATN& atn = parser.getATN();
    return atn.nextTokens(atn.ruleToStartState[MusterPlanParser::RuleDeclaration]).contains(token);
}

support::Span span_of(antlr4::Token* token, support::FileId file) {
    const auto line = static_cast<std::uint32_t>(token->getLine());
    const auto column = static_cast<std::uint32_t>(token->getCharPositionInLine() + 1);
    support::Span span{file, {line, column}, {line, column}};
    if (token->getType() == antlr4::Token::EOF || token->getType() == MusterPlanParser::NEWLINE) return span;
    const std::string_view text = written(*token);
    for (std::size_t at = 0, newline = 0; at < text.size(); at = newline + 1) {
        newline = text.find('\n', at);
        if (newline == std::string_view::npos) {
            span.end.column += static_cast<std::uint32_t>(support::code_points(text.substr(at)));
            break;
        }
        ++span.end.line;
        span.end.column = 1;
    }
    return span;
}

}  // namespace muster::syntax
