"""--what-if and --set on the command line: exit codes, names in messages, JSON, and that nothing hangs."""

import json
import unittest

from support import CommandLine

PLAN = """plan shop
tier important { rto 20m }
role ops { responds 5m }
service web : important { starts in 1m }
procedure restart { recovers web; step go { by ops; takes 30m; restart web } }
scenario crash { fails web; detected after 1m }
whatif quick { procedure restart { step go { takes 5m } } }
whatif hopeless { remove procedure restart }
"""
QUICK = "procedure restart { step go { takes 5m } }"


class WhatIf(CommandLine):
    def ask(self, *arguments, plan=PLAN):
        self.write(plan)
        return self.run_muster(*arguments, "--as-of", "2026-11-20")

    def document(self, *arguments, codes=0):
        run = self.ask(*arguments, "--format", "json")
        self.expect(run, codes)
        return json.loads(run.stdout)

    def test_the_exit_code_is_that_of_the_changed_plan(self):
        for command in ("check", "estimate"):
            self.expect(self.ask(command, "plan.drp"), 1)
            self.expect(self.ask(command, "plan.drp", "--what-if", "quick"), 0)
            self.expect(self.ask(command, "plan.drp", "--set", QUICK), 0)
            self.expect(self.ask(command, "plan.drp", "--what-if", "quick", "--what-if", "hopeless"), 1)
            self.expect(self.ask(command, "plan.drp", "--what-if", "quick", "--set", "procedure restart { step go { takes 1h } }"), 1)

    def test_the_path_may_stand_behind(self):
        self.expect(self.ask("check", "--set", QUICK, "plan.drp"), 0, "what if", "gone")
        self.expect(self.ask("check", "--what-if", "quick", "plan.drp"), 0, "what if", "gone")

    def test_findings_that_go(self):
        said = self.document("check", "plan.drp", "--set", QUICK)
        self.assertEqual([d["code"] for d in said["diagnostics"]], ["M3001"])
        self.assertEqual(said["what_if"]["changes"], ["procedure `restart`: step `go`"])
        self.assertEqual([d["fingerprint"] for d in said["what_if"]["gone"]], [said["diagnostics"][0]["fingerprint"]])
        self.assertEqual(said["what_if"]["new"], [])
        self.assertNotIn("what_if", self.document("check", "plan.drp", codes=1))

    def test_times_that_move(self):
        said = self.document("estimate", "plan.drp", "--what-if", "quick")
        self.assertEqual(said["scenarios"][0]["services"][0]["verdict"], "missed")
        self.assertEqual(said["what_if"]["newly_met"], 1)
        minute = 60_000
        self.assertEqual(said["what_if"]["moved"], [{
            "scenario": "crash", "kind": "service", "name": "web",
            "before": {"rta_ms": 37 * minute, "verdict": "missed"}, "after": {"rta_ms": 12 * minute, "verdict": "met"}}])
        never = self.document("estimate", "plan.drp", "--what-if", "hopeless", codes=1)
        self.assertEqual(never["what_if"]["moved"][0]["after"], {"rta_ms": None, "verdict": "never"})
        self.assertEqual(never["what_if"]["newly_missed"], 0)

    def test_faults_of_the_text_stand_in_it(self):
        for change, phrase in (("role dba {", "M1005"), ("rolle dba", "M1003"), ("}", "M1006"), ("role dba { headcount 2", "M1005"),
                               ("remove role dba", "M2001"), ("remove role ops", "M2001"), ("service web { needs nothing }", "M2001"),
                               ("include 'x.drp'", "M1003"), ("role dba { headcount 'x }", "M1007"), ("\"\"\"", "M1008"), ("{" * 200, "M1011")):
            run = self.ask("check", "plan.drp", "--set", change)
            self.expect(run, 1, phrase)
            if change != "remove role ops":
                self.assertIn(b"--> --set:1:", run.stdout)
            self.expect(self.ask("estimate", "plan.drp", "--set", change), 1, phrase)
        self.expect(self.ask("check", "plan.drp", "--set", QUICK, "--set", "rolle dba"), 1, "--> --set 2:1:1")

    def test_a_change_of_nothing(self):
        for change in ("", "\n\n", "// nothing", "note 'x'"):
            self.expect(self.ask("check", "plan.drp", "--set", change), 1, "no finding comes or goes")
            self.expect(self.ask("estimate", "plan.drp", "--set", change), 1, "no RTA and no RPA moves")

    def test_wrong_usage(self):
        self.expect(self.ask("check", "plan.drp", "--what-if", "qiuck"), 2, "no what-if called qiuck", "quick, hopeless")
        self.expect(self.ask("check", "plan.drp", "--what-if", "x", plan="plan x"), 2, "no what-if called x")
        self.expect(self.ask("check", "plan.drp", "--set", b"role \xff".decode("utf-8", "surrogateescape")), 2, "--set is not UTF-8")
        for form in ("sarif", "junit", "github"):
            self.expect(self.ask("check", "plan.drp", "--set", QUICK, "--format", form), 2, form)

    def test_a_plan_that_cannot_be_read_is_compared_with_nothing(self):
        run = self.ask("check", "plan.drp", "--set", QUICK, plan=PLAN + "service web\n")
        self.expect(run, 1, "M2002")
        self.assertNotIn(b"what if", run.stdout)

    def test_quiet(self):
        run = self.ask("estimate", "plan.drp", "--set", QUICK, "--quiet")
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, b"", b""))

    def test_a_change_made_thousands_of_times(self):
        change = "; ".join([f"role r{number} {{ headcount {number} }}" for number in range(1_500)] + ["role ops { headcount 2 }"] * 1_500)
        self.expect(self.ask("estimate", "plan.drp", "--set", change), 1, "no RTA and no RPA moves")

    def test_a_hundred_what_ifs(self):
        services = "".join(f"service s{number}\n" for number in range(1_000))
        what_ifs = "".join(f"whatif w{number} {{ remove service s{number} }}\n" for number in range(110))
        self.expect(self.ask("check", "plan.drp", plan=PLAN + services + what_ifs), 1, "a plan has at most 100")


if __name__ == "__main__":
    unittest.main()
