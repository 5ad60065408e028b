#include "compiler/syntax/complaint.h"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/diagnostics/messages.h"
#include "compiler/support/suggest.h"
#include "compiler/syntax/advice.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/recovery.h"

namespace muster::syntax {
namespace {

using antlr4::Parser;
using antlr4::Token;
using diagnostics::Name;
using diagnostics::Words;
namespace messages = diagnostics::messages;
using P = MusterPlanParser;

constexpr std::size_t longest_list = 10;  // of words that would have fitted

struct Sort {
    std::size_t token;
    std::string_view words;
};
constexpr std::array<Sort, 10> sorts{{{P::ID, "a name"},
                                      {P::STRING, "text in quotes"},
                                      {P::TEXT, "a text block"},
                                      {P::DURATION, "a duration such as 30m"},
                                      {P::SIZE, "a size such as 180GB"},
                                      {P::RATE, "a rate such as 200MB/s"},
                                      {P::PERCENT, "a percentage such as 99.9%"},
                                      {P::NUMBER, "a number"},
                                      {P::DATE, "a date such as 2026-09-30"},
                                      {P::TIME, "a time such as 02:00"}}};
constexpr std::array<std::size_t, 4> with_unit{P::DURATION, P::SIZE, P::RATE, P::PERCENT};

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return out;
}

// The fixed words in `expected`, unless any name would do.
std::vector<std::string> fixed_words(const Parser& parser, const antlr4::misc::IntervalSet& expected) {
    std::vector<std::string> words;
    if (expected.contains(std::size_t{P::ID})) return words;
    for (const ssize_t token : expected.toList()) {
        if (token <= 0) continue;
        const std::string literal = parser.getVocabulary().getLiteralName(static_cast<std::size_t>(token));
        if (literal.size() > 2) words.push_back(literal.substr(1, literal.size() - 2));
    }
    return words;
}

// Words of which there are many are named by one of them.
struct Series {
    std::set<std::string_view> words;
    std::string_view shown;
};
const std::array<Series, 3>& all_series() {
    static const std::array<Series, 3> series{
        {{{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
          "a weekday such as `mon`"},
         {{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, "a month such as `jan`"},
         {{"first", "second", "third", "fourth", "last"}, "a number such as `first`"}}};
    return series;
}

std::string in_series(const std::string& word) {
    for (const Series& series : all_series())
        if (series.words.contains(word)) return std::string(series.shown);
    return "`" + word + "`";
}

std::string described(const Parser& parser, const antlr4::misc::IntervalSet& expected) {
    std::vector<std::string> words;
    for (const Sort& sort : sorts)
        if (expected.contains(sort.token) && !(sort.token == P::TEXT && expected.contains(std::size_t{P::STRING})))
            words.emplace_back(sort.words);
    const std::vector<std::string> fixed = fixed_words(parser, expected);
    for (const std::string& word : fixed) {
        if (words.size() == longest_list) break;
        const std::string shown = in_series(word);
        if (word != ";" && std::find(words.begin(), words.end(), shown) == words.end()) words.push_back(shown);
    }
    if (expected.contains(std::size_t{P::NEWLINE})) words.emplace_back("the end of the line");
    return words.empty() ? "the end of the file" : join(words);
}

std::string shown(Token* token) {
    if (token->getType() == P::NEWLINE) return "the line ends";
    if (token->getType() == Token::EOF) return "the file ends";
    if (token->getText() == ";") return "the clause ends";
    std::string text = token->getText();
    return "`" + text.substr(0, text.find('\n')) + "`";
}

std::string what_stands(Token* token) {
    const std::string words = shown(token);
    return words.starts_with("the ") ? words + " here" : words + " stands here";
}

// The keyword of the clause or declaration that `context` is in: `rate`.
std::string clause_around(antlr4::RuleContext* context) {
    for (; context != nullptr; context = dynamic_cast<antlr4::RuleContext*>(context->parent))
        if (role_of(context->getRuleIndex()) == Role::clause)
            return dynamic_cast<antlr4::ParserRuleContext&>(*context).getStart()->getText();
    return "plan";
}

// Whether a brace stands right behind `token`.
bool opens_block_next(Token* token) {
    const std::size_t from = token->getStopIndex() + 1, end = token->getInputStream()->size();
    const std::string rest =
        from < end ? token->getInputStream()->getText(antlr4::misc::Interval(from, std::min(from + 2, end) - 1)) : std::string();
    return rest.starts_with("{") || rest.starts_with(" {");
}

bool is_word(Token* token) {
    const std::string text = token->getText();
    return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
}

bool starts_clause(Parser& parser) {
    Token* before = parser.getTokenStream()->LT(-1);
    return before == nullptr || before->getType() == P::NEWLINE || before->getText() == ";" || before->getText() == "{";
}

// The keyword of the declaration or clause whose block `parser` is in: `tier`.
std::string owner_of_block(Parser& parser) {
    auto* around = dynamic_cast<antlr4::ParserRuleContext*>(parser.getContext()->parent);
    return around == nullptr ? "plan" : around->getStart()->getText();
}

const std::vector<std::string>& keywords(Parser& parser) {
    static const std::vector<std::string> words = [&] {
        std::vector<std::string> found;
        for (std::size_t type = 1; type <= parser.getVocabulary().getMaxTokenType(); ++type) {
            const std::string literal = parser.getVocabulary().getLiteralName(type);
            if (literal.size() > 2 && std::isalpha(static_cast<unsigned char>(literal[1])) != 0)
                found.push_back(literal.substr(1, literal.size() - 2));
        }
        return found;
    }();
    return words;
}

// Whether a clause that starts with `word` sets an objective or waives a finding: no edit may make one.
bool decides(Parser& parser, const std::string& word) {
    const auto& types = parser.getTokenTypeMap();
    const auto type = types.find("'" + word + "'");
    const antlr4::atn::ATN& atn = parser.getATN();
    return word == "allow" || (type != types.end() && atn.nextTokens(atn.ruleToStartState[P::RuleObjective]).contains(type->second));
}

// The misspelt keyword at the end of the clause before `token`, or `token` itself: `watches servce web`, `by lead taks 5m`.
std::optional<std::string> misspelt_nearby(Parser& parser, Token* token) {
    for (Token* candidate : {token, parser.getTokenStream()->LT(-1)}) {
        if (candidate == nullptr || candidate->getType() != P::ID) continue;
        if (auto meant = support::slip_of(candidate->getText(), keywords(parser))) return meant;
    }
    return std::nullopt;
}

// Whether clauses or declarations may stand here; not where the brace that opens their block is still wanted.
bool is_in_block(Parser& parser) {
    antlr4::ParserRuleContext* context = parser.getContext();
    if (role_of(context->getRuleIndex()) != Role::body) return false;
    return is_whole_text(context->getRuleIndex()) || !context->children.empty();
}

// One token, one message: what the lexer could not read as a whole.
bool is_broken(Token* token) {
    return token->getType() == P::UNCLOSED_STRING || token->getType() == P::UNCLOSED_TEXT || token->getType() == P::BAD_NUMBER;
}

}  // namespace

void Complaints::count() {
    if (++reported_ > most_errors) {
        sink_.report(messages::too_many_errors, {file_, {}, {}}, diagnostics::Count{most_errors});
        throw TooManyErrors{};
    }
}

void Complaints::unexpected(Parser& parser) {
    count();
    Token* token = parser.getCurrentToken();
    if (is_broken(token)) broken_token(token);
    else if (is_in_block(parser)) in_list(parser, token);
    else in_clause(parser, token);
}

void Complaints::unclosed(Token* brace) {
    if (swallowed_) return;  // the end of the block may be in a text that was never closed
    count();
    sink_.report(messages::unclosed_block, span_of(brace, file_)).help = "close it with a `}` of its own";
}

void Complaints::stray(antlr4::ParserRuleContext& rule) {
    Token* token = rule.getStart();
    count();
    if (is_broken(token)) {
        broken_token(token);
        return;
    }
    auto& diagnostic = sink_.report(messages::unreadable_text, span_of(token, file_), Name{clause_around(&rule)},
                                    Words{"`{` or the end of the line"}, Words{what_stands(token)});
    if (!is_word(token)) return;
    diagnostic.help = token->getType() == P::ID || opens_block_next(token)
                          ? "a name is one word: join its parts with `-`"
                          : "what a declaration says stands between braces: `{ " + token->getText() + " … }`";
}

void Complaints::broken_token(Token* token) {
    const support::Span span = span_of(token, file_);
    if (token->getType() == P::UNCLOSED_STRING) {
        sink_.report(messages::unclosed_string, span).help =
            "end it with the quote that it starts with; longer texts go between lines of \"\"\"";
    } else if (token->getType() == P::UNCLOSED_TEXT) {
        const support::Span start{file_, span.begin, {span.begin.line, span.begin.column + 3}};
        swallowed_ = !token->getText().ends_with("\"\"\"") || token->getText().size() < 6;
        sink_.report(messages::unclosed_text, start).help =
            "put the opening \"\"\" at the end of its line and the closing one at the start of a line";
    } else if (token->getText().starts_with("-")) {
        sink_.report(messages::bad_number, span, Name{token->getText()}).help = "quantities in a plan are never negative";
    } else {
        const auto time = time_meant(token->getText());
        const auto meant = time ? time : quantity_meant(token->getText());
        sink_.report(messages::bad_number, span, Name{token->getText()}).help =
            meant ? "write `" + *meant + "`"
                  : "durations use ms, s, m, h, d, w, mo and y (30m, 1h30m), sizes B, kB, MB, GB, TB, KiB, MiB and so on, rates a size per "
                    "s, m, h "
                    "or d";
    }
}

namespace {

// The next token that the grammar sees.
Token* after(Parser& parser, Token* token) {
    std::size_t index = token->getTokenIndex() + 1;
    const std::size_t end = parser.getTokenStream()->size();
    while (index < end && parser.getTokenStream()->get(index)->getChannel() != Token::DEFAULT_CHANNEL) ++index;
    return index < end ? parser.getTokenStream()->get(index) : token;
}

// `mon..fri` for `mon-fri`, which is one name.
std::optional<std::string> range_meant(const std::string& text, const std::vector<std::string>& known) {
    const std::size_t dash = text.find('-');
    if (dash == std::string::npos || std::find(known.begin(), known.end(), text.substr(0, dash)) == known.end()) return std::nullopt;
    return text.substr(0, dash) + ".." + text.substr(dash + 1);
}

// Where a declaration should start.
std::string advice_at_top(Parser& parser, Token* token, const std::vector<std::string>& known) {
    if (const auto meant = support::closest(token->getText(), known)) return "did you mean `" + *meant + "`?";
    if (token->getText() == "step") return "a step stands in a `procedure`";
    const auto& words = keywords(parser);
    const bool is_clause = std::find(words.begin(), words.end(), token->getText()) != words.end();
    return is_clause ? "`" + token->getText() + "` is a clause: it stands in the block of a declaration"
                     : advice_on_declaration(token->getText(), known);
}

std::string advice_in_block(Parser& parser, Token* token, const std::vector<std::string>& known) {
    if (token->getText() != "tier" && starts_declaration(parser, token->getType()))
        return "`" + token->getText() + "` is a declaration of its own: it stands outside of this block";
    const std::string next = after(parser, token)->getText();
    if (std::find(known.begin(), known.end(), next) != known.end() && !support::closest(token->getText(), known) && next != "{")
        return "the keyword comes first: `" + next + " " + token->getText() + "`";
    return advice_on_clause(owner_of_block(parser), token->getText(), known);
}

}  // namespace

// Where a clause or a declaration should start, or one has just ended.
void Complaints::in_list(Parser& parser, Token* token) {
    const support::Span span = span_of(token, file_);
    const bool top = is_whole_text(parser.getContext()->getRuleIndex());
    if (token->getText() == "}") {
        sink_.report(messages::stray_brace, span).help = "remove it, or look above for a block that ends too early";
        return;
    }
    if (!starts_clause(parser)) {
        const auto meant = misspelt_nearby(parser, token);
        sink_.report(messages::clause_goes_on, span, Words{shown(token)}).help =
            (meant ? "did you mean `" + *meant + "`? Otherwise " : std::string()) +
            "end the clause before it with a line end or `;`; the words of a list have commas between them";
        return;
    }
    auto& diagnostic = top ? sink_.report(messages::unknown_declaration, span, Words{shown(token)})
                           : sink_.report(messages::unknown_clause, span, Words{owner_of_block(parser)}, Name{token->getText()});
    const std::vector<std::string> known = fixed_words(parser, parser.getExpectedTokens());
    diagnostic.help = advice_on_text({token->getText(), {}, false});
    if (!is_word(token)) return;
    diagnostic.help = top ? advice_at_top(parser, token, known) : advice_in_block(parser, token, known);
    if (const auto meant = support::slip_of(token->getText(), known); meant && !decides(parser, *meant))
        diagnostic.edits = {{span, *meant}};
}

void Complaints::in_clause(Parser& parser, Token* token) {
    const support::Span span = span_of(token, file_);
    const antlr4::misc::IntervalSet expected = parser.getExpectedTokens();
    const bool wants_unit = std::any_of(with_unit.begin(), with_unit.end(), [&](std::size_t sort) { return expected.contains(sort); });
    if (token->getType() == P::NUMBER && wants_unit) {
        const auto meant = quantity_meant(token->getText(), after(parser, token)->getText());
        sink_.report(messages::missing_unit, span, Name{token->getText()}).help =
            meant ? "write `" + *meant + "`: no space stands before a unit"
                  : "`" + clause_around(parser.getContext()) + "` wants " + described(parser, expected);
        return;
    }
    auto& diagnostic = sink_.report(messages::unreadable_text, span, Name{clause_around(parser.getContext())},
                                    Words{described(parser, expected)}, Words{what_stands(token)});
    const std::vector<std::string> known = fixed_words(parser, expected);
    if (const auto range = range_meant(token->getText(), known)) diagnostic.help = "a range has two dots: `" + *range + "`";
    else if (const auto meant = is_word(token) ? support::closest(token->getText(), known) : std::nullopt)
        diagnostic.help = "did you mean `" + *meant + "`?";
    else if (token->getText() != ":" || !starts_declaration(parser, parser.getTokenStream()->LA(-1)))
        diagnostic.help =
            advice_on_text({token->getText(), clause_around(parser.getContext()), expected.contains(std::size_t{P::ID}),
                            expected.contains(std::size_t{P::STRING}) && known.empty(), expected.contains(std::size_t{P::TIME})});
}

}  // namespace muster::syntax
