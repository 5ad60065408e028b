"""simulate on the command line: numbers that are none, certainty, and what is the same however it is made."""

import json
import unittest

from support import CommandLine

PLAN = """plan shop
role ops { responds 5m..25m }
service web { rto 40m }
procedure restart { recovers web; step go { by ops; takes 10m..20m; restart web } }
scenario crash { fails web; detected after 1m }
"""
AS_OF = ("--as-of", "2026-11-20")


class Simulate(CommandLine):
    def simulate(self, *arguments, plan=PLAN):
        self.write(plan)
        return self.run_muster("simulate", "plan.drp", *AS_OF, *arguments)

    def document(self, *arguments, plan=PLAN):
        return json.loads(self.simulate(*arguments, "--format", "json", plan=plan).stdout)

    def test_a_number_of_trials_is_one_that_can_be_made(self):
        for number in ("0", "-1", "9223372036854775808", "18446744073709551616", "1e3", "many", ""):
            self.expect(self.simulate("--trials", number), 2)

    def test_a_certainty_is_a_share(self):
        for share in ("0%", "5", "0.5", "%", "51%", "-1%", "nan%", "1%%", "0x1%", "1e-1%"):
            run = self.simulate("--until", share)
            self.expect(run, 2)
            self.assertIn(b"is no share from 0.01% to 50%", run.stdout + run.stderr)

    def test_as_many_trials_as_it_takes(self):
        told = self.document("--until", "1%")
        self.assertEqual(told["until"]["wanted"], 0.01)
        self.assertLessEqual(told["until"]["reached"], 0.01)
        met = told["scenarios"][0]["services"][0]["met"]
        self.assertLessEqual((met["high"] - met["low"]) / 2, 0.01)
        again = self.document("--trials", str(told["trials"]), "--threads", "1")
        self.assertEqual(again["scenarios"], told["scenarios"])

    def test_trials_are_the_most(self):
        told = self.document("--until", "0.01%", "--trials", "3000")
        self.assertEqual(told["trials"], 3000)
        self.assertGreater(told["until"]["reached"], 0.0001)

    def test_nothing_that_fails_and_no_scenario(self):
        self.expect(self.simulate(plan="plan p\nsite a\nscenario quiet { fails site a; detected after 1m }\n"), 0, "no service becomes unavailable")
        self.expect(self.simulate(plan="plan p\n"), 0, "10000 trials")

    def test_a_likelihood_is_not_how_bad_it_is(self):
        """Zero or not: trials ask what happens if it comes to that."""
        rare = self.document(plan=PLAN.replace("fails web;", "fails web; likelihood low;"))
        self.assertEqual(rare["scenarios"], self.document()["scenarios"])

    def test_a_plan_with_errors_is_refused(self):
        self.expect(self.simulate(plan=PLAN.replace("by ops", "by nobody")), 1, "nobody")


if __name__ == "__main__":
    unittest.main()
