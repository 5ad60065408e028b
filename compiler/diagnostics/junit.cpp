#include "compiler/diagnostics/junit.h"

#include <algorithm>
#include <map>

#include "compiler/diagnostics/text.h"
#include "compiler/diagnostics/xml.h"

namespace muster::diagnostics {
namespace {

enum class Outcome { passed, failed, skipped };

struct Counts {
    std::size_t tests = 0, failures = 0, skipped = 0;
};

class Suite {
public:
    explicit Suite(const support::Sources& sources) : sources_(sources) {}

    void add_finding(const Diagnostic& d, Outcome outcome, std::string_view why_skipped = "") {
        open(d.entry, name_of(d), outcome);
        text_ += place_of(d) + ">\n";
        const std::string shown = xml_text(render_text(d, sources_, false));
        if (outcome == Outcome::failed)
            text_ += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", severity_name(d.entry.severity),
                                 xml_attribute(d.message), shown);
        else if (outcome == Outcome::skipped) text_ += fmt::format("      <skipped message=\"{}\"/>\n", why_skipped);
        if (outcome != Outcome::failed) text_ += fmt::format("      <system-out>{}</system-out>\n", shown);
        text_ += "    </testcase>\n";
    }

    void add_unseen(const Entry& entry, bool complete) {
        open(entry, std::string(entry.code), complete ? Outcome::passed : Outcome::skipped);
        text_ += complete ? "/>\n" : ">\n      <skipped message=\"the plan has errors of syntax or names\"/>\n    </testcase>\n";
    }

    [[nodiscard]] std::string document(std::string_view plan) const {
        const std::string counts =
            fmt::format(R"(tests="{}" failures="{}" errors="0" skipped="{}" time="0")", counts_.tests, counts_.failures, counts_.skipped);
        return fmt::format(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"muster check\" {}>\n"
            "  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n</testsuites>\n",
            counts, xml_attribute(plan), counts, text_);
    }

private:
    // Services tell test cases apart by their names: what stands in one twice would hide the second.
    std::string unique(std::string name) {
        const int seen = ++seen_[name];
        return seen == 1 ? name : fmt::format("{} ({})", name, seen);
    }

    std::string name_of(const Diagnostic& d) {
        std::string name(d.entry.code);
        if (!d.subject.name.empty()) name += fmt::format(" {} {}", d.subject.kind, d.subject.name);
        if (!d.scenario.empty()) name += " in " + d.scenario;
        return unique(name);
    }

    [[nodiscard]] std::string place_of(const Diagnostic& d) const {
        std::string out = fmt::format(" file=\"{}\"", xml_attribute(sources_[d.primary.span.file].path()));
        if (d.primary.span.begin.line > 0) out += fmt::format(" line=\"{}\"", d.primary.span.begin.line);
        return out;
    }

    void open(const Entry& entry, const std::string& name, Outcome outcome) {
        ++counts_.tests;
        if (outcome == Outcome::failed) ++counts_.failures;
        if (outcome == Outcome::skipped) ++counts_.skipped;
        text_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", entry.name, xml_attribute(name));
    }

    const support::Sources& sources_;
    std::map<std::string, int> seen_;
    Counts counts_;
    std::string text_;
};

bool speaks_of(const Findings& findings, const Entry& entry) {
    const auto is = [&](const Diagnostic& d) { return d.entry.code == entry.code; };
    return std::any_of(findings.counted.begin(), findings.counted.end(), is) ||
           std::any_of(findings.suppressed.begin(), findings.suppressed.end(), [&](const Suppressed& s) { return is(s.finding); });
}

}  // namespace

std::string render_junit(const TestRun& run, const support::Sources& sources) {
    Suite suite(sources);
    for (const Diagnostic& d : run.findings.counted)
        suite.add_finding(d, run.failing_from && d.entry.severity >= *run.failing_from ? Outcome::failed : Outcome::passed);
    for (const Suppressed& suppressed : run.findings.suppressed)
        suite.add_finding(suppressed.finding, Outcome::skipped, suppressed.by == Suppressed::By::waiver ? "waived" : "in the baseline");
    for (const Entry& entry : registry())
        if (!speaks_of(run.findings, entry)) suite.add_unseen(entry, run.complete);
    return suite.document(run.plan);
}

}  // namespace muster::diagnostics
