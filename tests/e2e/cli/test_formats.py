"""Every form of the findings says what the text says, whatever a plan is called and holds."""

import json
import pathlib
import re
import unittest
import urllib.parse
import xml.etree.ElementTree

import sarif
from support import SOUND, CommandLine

ROOT = pathlib.Path(__file__).resolve().parents[3]
DAY = ("--as-of", "2026-11-20")
SHOWN = "�"  # what stands for a character that may not be shown

# Names and texts that mean something in JSON, XML, a workflow command, a Markdown link or a terminal.
HOSTILE_NAME = "a%b,c;d'e&f<g>\"h::error file=x::y é漢[go](x).drp"
HOSTILE = """plan shop
service "q'%0A::error::<b>&amp;]]>é漢\x1b[31m\x7f\uffff\u202e" { at main }
::error file=x.drp::take this
%0A::warning::and this
service web { rto 10m %25 "<![CDATA[ ]]>" }
"""
WAIVED = """plan shop
service web { rto 10m; allow rto-missed until 2026-11-20 because "the second site is being built" }
procedure restart-web { recovers web; step restart { takes 30m } }
scenario web-crash { fails web; detected after 1m }
"""


def commands(text):
    """The workflow commands of `text` as the runner of GitHub Actions reads them: kind, properties, message."""
    found = []
    for line in text.split("\n")[:-1]:
        kind, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        pairs = dict(pair.split("=", 1) for pair in properties.split(","))
        for escape, c in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            pairs = {key: value.replace(escape, c) for key, value in pairs.items()}
            message = message.replace(escape, c) if escape not in ("%3A", "%2C") else message
        found.append((kind, pairs, message))
    return found


def lines_of(match):
    return [line.strip() for line in match[1].split("\n")] if match else []


def sections(text):
    """The findings of the text form: severity, code, message, place, further places, path, help, what else the cause breaks."""
    found = []
    for block in re.split(r"^(?=(?:error|warning|note)\[M)", text, flags=re.MULTILINE)[1:]:
        severity, code, message = re.match(r"(\w+)\[(M\d+)\] [\w-]+: (.*)", block).groups()
        place = re.search(r"^ *--> (.*)$", block, re.MULTILINE)[1]
        path, also = (re.search(rf"^ *= {name}: (.*(?:\n {{10,}}(?! *=).*)*)", block, re.MULTILINE) for name in ("path", "also"))
        helps = re.search(r"^ *= help: (.*)$", block, re.MULTILINE)
        found.append((severity, code, message, place, re.findall(r"^ *::: (.*)$", block, re.MULTILINE),
                      lines_of(path), helps[1] if helps else "", lines_of(also)))
    return found


def place_of(location):
    physical = location["physicalLocation"]
    return "{}:{startLine}:{startColumn}".format(physical["artifactLocation"]["uri"], **physical["region"])


class Forms(CommandLine):
    maxDiff = None

    def form(self, name, path, codes, *arguments):
        run = self.run_muster("check", path, *DAY, "--format", name, *arguments)
        self.expect(run, codes)
        return run.stdout.decode("utf-8")

    def sarif(self, path, codes, *arguments):
        """The run of a SARIF log that is as the standard has it."""
        log = json.loads(self.form("sarif", path, codes, *arguments))
        self.assertEqual(list(sarif.faults(log)), [])
        return log["runs"][0]


class Nexus(Forms):
    PLAN = "plans/nexus"

    def setUp(self):
        super().setUp()
        (self.folder / "plans").symlink_to(ROOT / "plans")

    def test_sarif_says_all_that_the_text_says(self):
        said = sections(self.form("text", self.PLAN, 1))
        self.assertGreater(len(said), 10)
        self.assertTrue(any(finding[5] for finding in said), "a finding with a path is what this is about")
        self.assertTrue(any(finding[7] for finding in said), "so is one whose cause breaks more")
        for (severity, code, message, place, related, path, helps, also), result in zip(said, self.sarif(self.PLAN, 1)["results"], strict=True):
            self.assertEqual((result["level"], result["ruleId"]), (severity, code))
            self.assertEqual(result["message"]["text"], "\nalso: ".join([message, *also]) + (f"\nhelp: {helps}" if helps else ""))
            self.assertEqual(place_of(result["locations"][0]), place)
            self.assertEqual([place_of(location) for location in result.get("relatedLocations", [])], related)
            flows = [part["location"]["message"]["text"] for flow in result.get("codeFlows", []) for part in flow["threadFlows"][0]["locations"]]
            self.assertEqual(flows, path)

    def test_fingerprints_are_those_of_the_json(self):
        findings = json.loads(self.form("json", self.PLAN, 1))["diagnostics"]
        self.assertEqual([result["partialFingerprints"]["muster/v1"] for result in self.sarif(self.PLAN, 1)["results"]],
                         [finding["fingerprint"] for finding in findings])

    def test_rules_are_those_of_the_registry(self):
        listed = re.findall(r"^(M\d+) ", self.run_muster("explain", "--list").stdout.decode(), re.MULTILINE)
        run = self.sarif(self.PLAN, 1)
        self.assertEqual([rule["id"] for rule in run["tool"]["driver"]["rules"]], listed)
        for result in run["results"]:
            self.assertEqual(listed[result["ruleIndex"]], result["ruleId"])

    def test_junit_and_workflow_commands_count_the_same(self):
        said = sections(self.form("text", self.PLAN, 1))
        suite = xml.etree.ElementTree.fromstring(self.form("junit", self.PLAN, 1))
        failed = suite.findall("./testsuite/testcase/failure")
        self.assertEqual([failure.get("message") for failure in failed], [finding[2] for finding in said if finding[0] == "error"])
        self.assertEqual(suite.get("failures"), str(len(failed)))
        self.assertLess(len(failed), len(said), "a warning fails only with --fail-on warning")
        cases = suite.findall("./testsuite/testcase")
        self.assertEqual(suite.get("tests"), str(len(cases)))
        self.assertEqual(len({(case.get("classname"), case.get("name")) for case in cases}), len(cases))
        for (severity, _, message, place, *_), (kind, pairs, text) in zip(said, commands(self.form("github", self.PLAN, 1)), strict=True):
            self.assertEqual((kind, re.split("\n(?:also|help): ", text)[0]), (severity, message))
            self.assertEqual("{file}:{line}:{col}".format(**pairs), place)

    def test_same_bytes_twice(self):
        for name in ("sarif", "junit", "github"):
            self.assertEqual(self.form(name, self.PLAN, 1), self.form(name, self.PLAN, 1))

    def test_sarif_is_valid_by_the_official_schema(self):
        logs = [self.form("sarif", self.PLAN, 1), self.form("sarif", "plans/nexus/repaired", 0), self.form("sarif", self.write(WAIVED), 0),
                self.form("sarif", self.write(HOSTILE, HOSTILE_NAME), 1)]
        found = sarif.validate([*logs, logs[0].replace('"ruleId"', '"rule_id"')])
        if found is None:
            self.skipTest("npm or pip could not install the schema and its validator: name the schema by MUSTER_SARIF_SCHEMA")
        self.assertEqual(found[:-1], [[]] * len(logs))
        self.assertNotEqual(found[-1], [], "the schema would let anything pass")


class SmallPlans(Forms):
    def test_nothing_found(self):
        path = self.write(SOUND)
        self.assertEqual(self.sarif(path, 0)["results"], [])
        self.assertEqual(self.form("github", path, 0), "")
        suite = xml.etree.ElementTree.fromstring(self.form("junit", path, 0))
        self.assertEqual((suite.get("failures"), suite.get("skipped")), ("0", "0"))

    def test_waived_findings_are_suppressed(self):
        path = self.write(WAIVED)
        results = self.sarif(path, 0)["results"]
        self.assertEqual([(result["ruleId"], result["suppressions"]) for result in results],
                         [("M3001", [{"kind": "inSource", "status": "accepted", "justification": "the second site is being built"}])])
        self.assertEqual(self.form("github", path, 0), "")
        suite = xml.etree.ElementTree.fromstring(self.form("junit", path, 0))
        self.assertEqual(suite.find(".//testcase[@classname='rto-missed']/skipped").get("message"), "waived")
        self.assertEqual((suite.get("failures"), suite.get("skipped")), ("0", "1"))

    def test_junit_fails_where_the_command_does(self):
        path = self.write(WAIVED.replace("2026-11-20", "2026-11-19"))
        for wanted, code, failures in (("error", 1, "1"), ("warning", 1, "2"), ("never", 0, "0")):
            suite = xml.etree.ElementTree.fromstring(self.form("junit", path, code, "--fail-on", wanted))
            self.assertEqual(suite.get("failures"), failures, wanted)

    def test_what_was_not_looked_for_has_not_passed(self):
        suite = xml.etree.ElementTree.fromstring(self.form("junit", self.write("plan shop\nnonsense\n"), 1))
        for case in suite.findall("./testsuite/testcase"):
            self.assertEqual(len(case.findall("failure")) + len(case.findall("skipped")), 1, case.get("name"))

    def test_every_fix_that_is_offered_mends_the_plan(self):
        path = self.write(SOUND.replace("watches web", "wacthes web"))
        change = self.sarif(path, 1)["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
        lines = path.read_text().split("\n")
        region, line = change["deletedRegion"], change["deletedRegion"]["startLine"] - 1
        lines[line] = lines[line][:region["startColumn"] - 1] + change["insertedContent"]["text"] + lines[line][region["endColumn"] - 1:]
        self.assertEqual("\n".join(lines), SOUND)

    def test_standard_input(self):
        run = self.run_muster("check", "-", *DAY, "--format", "sarif", input=b"nonsense\n")
        self.expect(run, 1)
        log = json.loads(run.stdout)
        self.assertEqual(list(sarif.faults(log)), [])
        self.assertEqual(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "%3Cstandard%20input%3E")


class Hostile(Forms):
    """A plan whose name and text mean something in each form comes back as what it is."""

    def setUp(self):
        super().setUp()
        self.write(HOSTILE, HOSTILE_NAME)
        self.said = sections(self.form("text", HOSTILE_NAME, 1))
        self.assertGreater(len(self.said), 3)
        self.assertIn(f"::<b>&amp;]]>é漢{SHOWN}[31m{SHOWN}", self.said[0][2])

    def test_sarif(self):
        run = self.sarif(HOSTILE_NAME, 1)
        messages = [re.sub(r"\nhelp: .*", "", result["message"]["text"]) for result in run["results"]]
        self.assertEqual(messages, [finding[2] for finding in self.said])
        for result in run["results"]:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            self.assertEqual(urllib.parse.unquote(uri), HOSTILE_NAME)

    def test_junit(self):
        text = self.form("junit", HOSTILE_NAME, 1)
        self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
        failed = [case for case in xml.etree.ElementTree.fromstring(text).findall("./testsuite/testcase") if case.find("failure") is not None]
        self.assertEqual([case.find("failure").get("message") for case in failed], [finding[2].replace("\uffff", SHOWN) for finding in self.said])
        self.assertEqual({case.get("file") for case in failed}, {HOSTILE_NAME})
        self.assertEqual({len(list(case)) for case in failed}, {1})

    def test_workflow_commands(self):
        found = commands(self.form("github", HOSTILE_NAME, 1))
        self.assertEqual([text.split("\nhelp: ")[0] for _, _, text in found], [finding[2] for finding in self.said])
        for kind, pairs, _ in found:
            self.assertEqual(kind, "error")
            self.assertEqual(pairs["file"], HOSTILE_NAME)
            self.assertEqual(set(pairs), {"file", "line", "endLine", "col", "endColumn", "title"})

    def test_json(self):
        findings = json.loads(self.form("json", HOSTILE_NAME, 1))["diagnostics"]
        self.assertEqual({finding["file"] for finding in findings}, {HOSTILE_NAME})
        self.assertEqual(len(findings), len(self.said))


class TheGuards(unittest.TestCase):
    """That these tests see what they guard against."""

    def test_sarif(self):
        region = {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 4}
        self.assertTrue(list(sarif.faults(region, "region")))
        self.assertTrue(list(sarif.faults({"uri": "a b"}, "artifactLocation")))
        self.assertTrue(list(sarif.faults({"uri": "a:b"}, "artifactLocation")))
        self.assertTrue(list(sarif.faults({"version": "2.1.0"})))
        self.assertTrue(list(sarif.faults({"version": "2.1.0", "runs": [], "results": []})))
        self.assertFalse(list(sarif.faults({"version": "2.1.0", "runs": []})))

    def test_workflow_commands(self):
        self.assertEqual(commands("::error file=a%2Cb%253A,line=1::x%250A%0Ay\n"), [("error", {"file": "a,b%3A", "line": "1"}, "x%0A\ny")])


class Limit(CommandLine):
    PLAN = "plan shop\n" + "".join(f"service a{i} {{ needs b{i} }}\n" for i in range(5))

    def check(self, *options):
        self.write(self.PLAN)
        run = self.run_muster("check", "plan.drp", *options)
        self.assertEqual(run.returncode, 1)
        return run.stdout.decode("utf-8")

    def test_text_is_cut_and_says_so_and_other_forms_are_whole(self):
        text = self.check("--limit", "2")
        self.assertEqual(text.count("error[M"), 2)
        self.assertIn("3 more not shown here", text)
        self.assertTrue(text.endswith("5 errors\n"))
        self.assertEqual(len(json.loads(self.check("--limit", "2", "--format", "json"))["diagnostics"]), 5)

    def test_all_are_shown_unless_asked_otherwise(self):
        for options in ((), ("--limit", "0"), ("--limit", "5")):
            text = self.check(*options)
            self.assertEqual(text.count("error[M"), 5)
            self.assertNotIn("not shown", text)


if __name__ == "__main__":
    unittest.main()
