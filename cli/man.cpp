// The man page, made of what the parser knows.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/reference.h"

namespace muster::cli {
namespace {

// Text as roff takes it: no escape, no request at the start of a line, and hyphens that can be copied.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else if (c == '\'') out += "\\(aq";
        else if (c == '`') out += "\\(ga";
        else if (c == '~') out += "\\(ti";
        else if (c == '^') out += "\\(ha";
        else out += c;
    }
    return out.starts_with('.') ? "\\&" + out : out;
}

std::string heading_of(const Argument& argument) {
    if (argument.positional && argument.required) return fmt::format("\\fI{}\\fR", roff(argument.names.front()));
    if (argument.positional) return fmt::format("[\\fI{}\\fR]", roff(argument.names.front()));
    std::string out;
    for (const std::string& name : argument.names) out += fmt::format("{}\\fB{}\\fR", out.empty() ? "" : ", ", roff(name));
    if (!argument.value.empty()) out += fmt::format(" \\fI{}\\fR", roff(argument.value));
    return out;
}

// The codes of all findings are not listed here.
constexpr std::size_t most_choices = 12;

std::string entry_of(const Argument& argument) {
    std::string text = roff(argument.description);
    if (!argument.choices.empty() && argument.choices.size() <= most_choices)
        text += fmt::format(": {}", roff(fmt::format("{}", fmt::join(argument.choices, ", "))));
    if (!argument.preset.empty()) text += fmt::format(" (default: {})", roff(argument.preset));
    return fmt::format(".TP\n{}\n{}\n", heading_of(argument), text);
}

std::string synopsis_of(const Command& command) {
    std::string line = fmt::format(".B muster {}\n", roff(command.name));
    line += "[\\fIOPTIONS\\fR]";
    for (const Argument& argument : command.arguments)
        if (argument.positional) line += " " + heading_of(argument);
    return line + "\n.br\n";
}

std::string section_of(const Command& command) {
    std::string out = fmt::format(".SS muster {}\n{}.\n", roff(command.name), roff(command.description));
    for (const Argument& argument : command.arguments)
        if (!argument.names.front().starts_with("--help")) out += entry_of(argument);
    for (const Example& example : examples_of(command.name))
        out += fmt::format(".PP\n{}:\n.PP\n.nf\n.RS\n{}\n.RE\n.fi\n", roff(example.purpose), roff(example.line));
    return out;
}

constexpr std::string_view ending = R"(.SH EXIT STATUS
.TP
.B 0
Fine.
.TP
.B 1
Findings at or above \fB\-\-fail\-on\fR, an objective that is missed, a difference under \fB\-\-check\fR, an objective that a change newly misses.
.TP
.B 2
Wrong usage, a file that cannot be read, an output that cannot be written.
.TP
.B 3
Muster itself is at fault: please report it.
.SH ENVIRONMENT
.TP
.B NO_COLOR
Where it is set, nothing is coloured unless \fB\-\-color always\fR says so.
.SH FILES
A plan is a file whose name ends in
.IR .drp ,
or a folder: then all such files directly in it are one plan.
)";

}  // namespace

std::string man_page(const std::vector<Command>& reference, const std::string& version) {
    std::string out = fmt::format(
        ".TH MUSTER 1 \"\" \"muster {}\" \"User Commands\"\n.SH NAME\nmuster \\- compiler and simulator for disaster\\-recovery plans\n.SH "
        "SYNOPSIS\n",
        roff(version));
    for (const Command& command : reference)
        if (command.name != "muster") out += synopsis_of(command);
    out += fmt::format(".SH DESCRIPTION\n{}\n.SH OPTIONS\n", roff(reference.front().description));
    for (const Argument& argument : reference.front().arguments) out += entry_of(argument);
    out += ".SH COMMANDS\n";
    for (const Command& command : reference)
        if (command.name != "muster") out += section_of(command);
    return out + std::string(ending);
}

}  // namespace muster::cli
