"""simulate on the command line: numbers that are none, certainty, and what is the same however it is made."""

import json
import pathlib
import signal
import subprocess
import time
import unittest

from support import MUSTER, CommandLine

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

    def test_a_full_disk_is_no_success(self):
        self.write(PLAN)
        for form in ("text", "json"):
            with pathlib.Path("/dev/full").open("wb") as full:
                run = subprocess.run([MUSTER, "simulate", "plan.drp", *AS_OF, "--trials", "10", "--format", form], cwd=self.folder,
                                     stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
            self.assertEqual(run.returncode, 2)
            self.assertIn(b"No space left", run.stderr)

    def test_an_interrupted_simulation_says_nothing(self):
        self.write(PLAN)
        run = subprocess.Popen([MUSTER, "simulate", "plan.drp", *AS_OF, "--trials", "1000000000"], cwd=self.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        said, complaint = run.communicate(timeout=60)
        self.assertEqual((run.returncode, said, complaint), (-signal.SIGINT, b"", b""))

    def test_a_plan_with_errors_is_refused(self):
        self.expect(self.simulate(plan=PLAN.replace("by ops", "by nobody")), 1, "nobody")


SHARED = """plan shop
role dba { headcount 1; responds 5m..25m }
service a { rto 1h }
service b { rto 1h }
procedure fix-a { recovers a; step mend { by dba; takes 10m..40m; manual "Mend it." } }
procedure fix-b { recovers b; step mend { by dba; takes 10m..40m; manual "Mend it." } }
scenario both { fails a, b; detected after 0s }
whatif two-dbas { role dba { headcount 2 } }
whatif leave { scenario both { absent dba } }
whatif broken { remove role dba }
"""


class WhatIf(CommandLine):
    def simulate(self, *arguments):
        self.write(SHARED)
        return self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "2000", *arguments)

    def moved(self, *arguments):
        told = json.loads(self.simulate("--format", "json", *arguments).stdout)
        return told, {each["name"]: each for each in told["what_if"]["moved"]}

    def test_the_exit_code_is_that_of_the_changed_plan(self):
        self.expect(self.simulate(), 1)
        self.expect(self.simulate("--what-if", "two-dbas"), 0, "what if", "role `dba`: headcount")
        self.expect(self.simulate("--what-if", "leave"), 1, "never")
        self.expect(self.simulate("--set", "role dba { headcount 2 }"), 0, "what if")
        self.expect(self.simulate("--what-if", "two-dbas", "--what-if", "leave"), 1)
        self.expect(self.simulate("--what-if", "nothing"), 2, "it has two-dbas, leave, broken")
        self.expect(self.simulate("--what-if", "broken"), 1, "dba")

    def test_a_second_person_helps_whoever_came_second(self):
        told, moved = self.moved("--what-if", "two-dbas")
        self.assertEqual(list(moved), ["b"])
        b = moved["b"]
        self.assertGreater(b["gained"], 1000)
        self.assertEqual(b["lost"], 0)
        self.assertAlmostEqual(b["met_by"]["mean"], b["gained"] / 2000)
        self.assertLess(b["longer_ms"]["high"], 0)
        self.assertEqual(b["before"], told["scenarios"][0]["services"][1]["rta"])

    def test_the_other_side_is_the_changed_plan_simulated_alone(self):
        _, moved = self.moved("--set", "role dba { headcount 2 }")
        self.write(SHARED.replace("headcount 1", "headcount 2"))
        alone = json.loads(self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "2000", "--format", "json").stdout)
        self.assertEqual(moved["b"]["after"], alone["scenarios"][0]["services"][1]["rta"])

    def test_the_key_person_on_leave(self):
        _, moved = self.moved("--what-if", "leave")
        self.assertEqual([moved[name]["after"]["never"] for name in ("a", "b")], [1.0, 1.0])
        self.assertNotIn("longer_ms", moved["a"])

    def test_a_change_of_nothing(self):
        self.expect(self.simulate("--set", "role dba { headcount 1 }"), 1, "no trial is any different")


if __name__ == "__main__":
    unittest.main()
