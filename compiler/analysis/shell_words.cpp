#include "compiler/analysis/shell_words.h"

#include <algorithm>
#include <array>

namespace muster::analysis {
namespace {

using std::size_t;
using std::string_view;

template <size_t N>
bool any_of(const std::array<string_view, N>& words, string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<string_view, 15> keywords{"if", "then", "else", "elif", "do",   "while", "until", "!",
                                               "{",  "}",    "fi",   "done", "time", "case",  "in"};
constexpr std::array<string_view, 20> launchers{"sudo",  "doas",  "env",     "nohup",         "exec", "timeout", "nice",   "ionice",
                                                "xargs", "ssh",   "su",      "kubectl",       "oc",   "docker",  "podman", "chroot",
                                                "flock", "watch", "command", "docker-compose"};

bool is_assignment(const ShellWord& word) {
    const size_t equals = word.text.find('=');
    if (equals == std::string::npos || equals == 0) return false;
    return std::all_of(word.text.begin(), word.text.begin() + static_cast<std::ptrdiff_t>(equals),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

struct HereDocument {
    std::string end;
    bool tabs_off = false;
};

// One pass over a text, or over a part of it that is a text of its own.
class Lexer {
public:
    Lexer(string_view text, size_t from, size_t to, ShellText& out, size_t& pipelines)
        : text_(text), at_(from), to_(to), out_(out), pipelines_(pipelines) {
        now_.pipeline = ++pipelines_;
    }

    void run() {
        while (at_ < to_) step();
        end_command();
    }

private:
    char peek(size_t ahead = 0) const { return at_ + ahead < to_ ? text_[at_ + ahead] : '\0'; }

    void step() {
        const char c = peek();
        if (c == '\n') return line_end();
        if (c == ' ' || c == '\t' || c == '\r') {
            ++at_;
            return;
        }
        if (c == '\\' && peek(1) == '\n') {
            at_ += 2;
            return;
        }
        if (c == '#') return comment();
        if (c == '|' && peek(1) != '|') return pipe();
        if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')') return separator();
        if (c == '<' || c == '>') return redirect();
        word_of_command();
    }

    void comment() {
        while (at_ < to_ && text_[at_] != '\n') ++at_;
    }

    void pipe() {
        ++at_;
        if (peek() == '&') ++at_;
        const size_t same = now_.pipeline;
        end_command();
        now_.pipeline = same;
        now_.reads_pipe = true;
    }

    void separator() {
        if (peek() == '&' && peek(1) == '>') {
            ++at_;
            return redirect();
        }
        ++at_;
        end_command();
    }

    void line_end() {
        ++at_;
        for (const HereDocument& document : documents_) skip(document);
        documents_.clear();
        if (!now_.reads_pipe || !now_.words.empty()) end_command();
    }

    void skip(const HereDocument& document) {
        while (at_ < to_) {
            size_t end = text_.find('\n', at_);
            if (end == string_view::npos || end > to_) end = to_;
            string_view line = text_.substr(at_, end - at_);
            at_ = std::min(end + 1, to_);
            while (document.tabs_off && line.starts_with('\t')) line.remove_prefix(1);
            if (line == document.end) return;
        }
    }

    void redirect() {
        const char way = peek();
        size_t length = 0;
        while (peek() == way && length < 3) {
            ++at_;
            ++length;
        }
        if (peek() == '&') return duplicate();
        if (peek() == '|') ++at_;
        const bool tabs_off = way == '<' && length == 2 && peek() == '-';
        if (tabs_off) ++at_;
        while (peek() == ' ' || peek() == '\t') ++at_;
        if (peek() == '(') return;
        ShellWord target = word();
        if (way == '<' && length == 2) documents_.push_back({target.text, tabs_off});
        else if (way == '>') now_.writes.push_back(std::move(target));
        else if (length == 1) now_.reads.push_back(std::move(target));
    }

    // `2>&1` leads to no file.
    void duplicate() {
        ++at_;
        while (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '-') ++at_;
    }

    void word_of_command() {
        ShellWord made = word();
        if (made.begin == made.end) {
            ++at_;
            return;
        }
        const bool number = std::all_of(made.text.begin(), made.text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
        if (number && !made.text.empty() && (peek() == '<' || peek() == '>')) return;  // `2>`
        if (now_.words.empty() && any_of(keywords, made.text)) return;
        if (now_.words.empty() && is_assignment(made)) now_.assignments.push_back(std::move(made));
        else now_.words.push_back(std::move(made));
    }

    ShellWord word() {
        ShellWord made;
        made.begin = at_;
        while (at_ < to_ && string_view(" \t\r\n;|&()<>").find(text_[at_]) == string_view::npos) piece(made);
        made.end = at_;
        return made;
    }

    void piece(ShellWord& made) {
        const char c = peek();
        if (c == '\\') return escape(made);
        if (c == '\'') return single_quoted(made);
        if (c == '"') return double_quoted(made);
        expansion_or_character(made);
    }

    void escape(ShellWord& made) {
        if (peek(1) != '\n' && at_ + 1 < to_) made.text += text_[at_ + 1];
        at_ = std::min(at_ + 2, to_);
    }

    void single_quoted(ShellWord& made) {
        const size_t open = at_;
        const size_t close = text_.find('\'', at_ + 1);
        if (close == string_view::npos || close >= to_) {
            unclosed(open);
            at_ = to_;
            return;
        }
        made.text += text_.substr(open + 1, close - open - 1);
        at_ = close + 1;
    }

    void double_quoted(ShellWord& made) {
        const size_t open = at_++;
        while (at_ < to_ && text_[at_] != '"') {
            const bool escaped = text_[at_] == '\\' && string_view("\"\\$`\n").find(peek(1)) != string_view::npos;
            if (escaped) escape(made);
            else expansion_or_character(made);
        }
        if (at_ >= to_) return unclosed(open);
        ++at_;
    }

    void expansion_or_character(ShellWord& made) {
        const size_t begin = at_;
        if (peek() == '`') backquoted();
        else if (peek() == '$' && peek(1) == '(') substituted();
        else if (peek() == '$' && peek(1) == '{') braced();
        else ++at_;
        if (at_ - begin > 1 || text_[begin] == '$') made.expands = true;
        made.text += text_.substr(begin, at_ - begin);
    }

    void backquoted() {
        const size_t open = at_;
        const size_t close = text_.find('`', at_ + 1);
        if (close == string_view::npos || close >= to_) {
            unclosed(open);
            at_ = to_;
            return;
        }
        inner(open + 1, close);
        at_ = close + 1;
    }

    void braced() {
        const size_t close = text_.find('}', at_);
        at_ = close == string_view::npos || close >= to_ ? to_ : close + 1;
    }

    void substituted() {
        const size_t open = at_;
        const bool arithmetic = peek(2) == '(';
        at_ += 2;
        for (size_t depth = 1; at_ < to_ && depth > 0;) {
            const char c = peek();
            ShellWord ignored;
            if (c == '\\') escape(ignored);
            else if (c == '\'' && !arithmetic) single_quoted(ignored);
            else if (c == '"') skip_double_quoted();
            else {
                depth += c == '(' ? 1 : 0;
                depth -= c == ')' ? 1 : 0;
                ++at_;
                if (depth == 0) return arithmetic ? void() : inner(open + 2, at_ - 1);
            }
        }
        unclosed(open);
    }

    void skip_double_quoted() {
        for (++at_; at_ < to_ && text_[at_] != '"'; ++at_)
            if (text_[at_] == '\\') ++at_;
        at_ = std::min(at_ + 1, to_);
    }

    void inner(size_t from, size_t to) { Lexer(text_, from, to, out_, pipelines_).run(); }

    void unclosed(size_t open) {
        if (!out_.unclosed) out_.unclosed = open;
    }

    void end_command() {
        shell_in_command();
        const bool anything = !now_.words.empty() || !now_.assignments.empty() || !now_.writes.empty();
        if (anything) out_.commands.push_back(std::move(now_));
        now_ = {};
        now_.pipeline = ++pipelines_;
    }

    // `sh -c '…'`: the quoted text is one more text, in its place.
    void shell_in_command() {
        for (size_t i = 2; i < now_.words.size(); ++i) {
            const ShellWord& word = now_.words[i];
            const string_view flag = now_.words[i - 1].text, shell = now_.words[i - 2].text;
            const bool called = (flag == "-c" || flag == "-ec" || flag == "-lc") && (shell.ends_with("sh"));
            const char quote = text_[word.begin];
            const bool whole = (quote == '\'' || quote == '"') && word.end - word.begin == word.text.size() + 2;
            if (called && whole) inner(word.begin + 1, word.end - 1);
        }
    }

    string_view text_;
    size_t at_;
    size_t to_;
    ShellText& out_;
    size_t& pipelines_;
    ShellCommand now_;
    std::vector<HereDocument> documents_;
};

}  // namespace

std::optional<size_t> ShellCommand::calls(string_view program) const {
    const auto is_it = [&](const ShellWord& word) {
        return word.text == program || (word.text.size() > program.size() && word.text.starts_with('/') && word.text.ends_with(program) &&
                                        word.text[word.text.size() - program.size() - 1] == '/');
    };
    if (words.empty()) return std::nullopt;
    if (is_it(words.front())) return 0;
    if (!any_of(launchers, words.front().text)) return std::nullopt;
    const auto found = std::find_if(words.begin() + 1, words.end(), is_it);
    if (found == words.end()) return std::nullopt;
    return static_cast<size_t>(found - words.begin());
}

ShellText read_shell(string_view text) {
    ShellText out;
    size_t pipelines = 0;
    Lexer(text, 0, text.size(), out, pipelines).run();
    std::stable_sort(out.commands.begin(), out.commands.end(), [](const ShellCommand& a, const ShellCommand& b) {
        const auto start = [](const ShellCommand& c) {
            size_t first = std::string::npos;
            for (const auto* list : {&c.assignments, &c.words, &c.writes})
                if (!list->empty()) first = std::min(first, list->front().begin);
            return first;
        };
        return start(a) < start(b);
    });
    return out;
}

}  // namespace muster::analysis
