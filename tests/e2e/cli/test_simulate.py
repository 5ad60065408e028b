"""simulate on the command line: numbers that are none, certainty, and what is the same however it is made."""

import json
import os
import pathlib
import signal
import subprocess
import time
import unittest
import xml.dom.minidom

from support import MUSTER, CommandLine

PLAN = """plan shop
role ops { responds 5m..25m }
service web { rto 40m }
procedure restart { recovers web; step go { by ops; takes 10m..20m; restart web } }
scenario crash { fails web; detected after 1m }
"""
AS_OF = ("--as-of", "2026-11-20")
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

    def interrupted(self, after):
        run = subprocess.Popen([MUSTER, "simulate", "plan.drp", *AS_OF, "--trials", "1000000000", "--partial", "--format", "json"],
                               cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(after)
        run.send_signal(signal.SIGINT)
        said, complaint = run.communicate(timeout=60)
        return run.returncode, said, complaint

    def test_a_partial_result_where_it_was_asked_for(self):
        self.write(PLAN)
        for seconds in (1, 4, 15):  # a busy machine may need longer until there is anything to tell
            code, said, complaint = self.interrupted(seconds)
            if code in (0, 1):
                break
        self.assertEqual((code in (0, 1), complaint), (True, b""))
        told = json.loads(said)
        self.assertEqual((told["trials"] & (told["trials"] - 1), told["trials"] >= 1024), (0, True))
        if told["trials"] < 1_000_000:
            self.assertEqual(self.document("--trials", str(told["trials"])), told)

    def test_a_plan_with_errors_is_refused(self):
        self.expect(self.simulate(plan=PLAN.replace("by ops", "by nobody")), 1, "nobody")

    def test_what_is_left_of_a_plan_with_errors(self):
        said = self.expect(self.simulate("--allow-errors", plan=PLAN.replace("by ops", "by nobody").replace("40m", "4h")), 1, "nobody",
                           "what the lines with errors say is left out", "10000 trials of each scenario")
        self.assertIn("crash", said)

    def test_whatever_is_wrong_with_a_plan_the_rest_is_simulated(self):
        goldens = pathlib.Path(__file__).resolve().parents[2] / "golden/check"
        plans = sorted(goldens.glob("bad_*.drp"))
        self.assertGreater(len(plans), 100)
        for path in plans:
            with self.subTest(plan=path.name):
                run = self.run_muster("simulate", path, *AS_OF, "--trials", "20", "--allow-errors", "--no-levers", "--quiet")
                self.expect(run, [0, 1])


class Told(CommandLine):
    """What is said of a result: why, levers, pictures."""

    def simulate(self, *arguments, plan=None):
        self.write(plan or SHARED)
        return self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "2000", *arguments)

    def test_levers_come_last(self):
        said = self.expect(self.simulate(), 1, "levers: what would meet most", "one more `dba`, 2 in all")
        self.assertEqual(said.splitlines()[-1].split("'")[0], "  --set ")
        self.assertNotIn("levers", self.expect(self.simulate("--no-levers"), 1))
        self.assertNotIn("levers", self.expect(self.simulate(plan=SHARED.replace("rto 1h", "rto 9h")), 0))

    def test_a_lever_can_be_pasted(self):
        change = self.simulate().stdout.decode().split("--set '")[1].split("'")[0]
        self.expect(self.simulate("--set", change), [0, 1], "what if")

    def test_levers_and_misses_for_programs(self):
        at_night = SHARED.replace("responds 5m..25m", "hours mon..fri 08:00..18:00; responds 5m; responds 40m outside hours")
        told = json.loads(self.simulate("--format", "json", plan=at_night).stdout)
        best = told["levers"]["found"][0]
        self.assertEqual(best["change"], "role dba { headcount 2 }")
        self.assertGreater(best["gain"]["low"], 0.3)
        b = told["scenarios"][0]["services"][1]
        self.assertEqual({key: b["misses"][0][key] for key in ("kind", "role")}, {"kind": "outside_hours", "role": "dba"})
        self.assertTrue(all(one["of_misses"] > one["of_all"] for one in b["misses"]))
        self.assertEqual(b["roles"][0]["role"], "dba")

    def test_a_terminal_can_be_drawn_on(self):
        self.expect(self.simulate("--plot"), 1, "b is back after", "RTO 1h", "\u2588")

    def test_pictures(self):
        self.expect(self.simulate("--pictures", "a/b"), 1)
        made = sorted(path.name for path in (self.folder / "a/b").iterdir())
        self.assertEqual(made, ["both.a.svg", "both.b.svg", "both.p50.svg", "both.p95.svg"])
        for name in made:
            xml.dom.minidom.parse(str(self.folder / "a/b" / name))
        self.write("", "file")
        self.expect(self.simulate("--pictures", "file/x"), 2, "cannot make")

    def test_two_scenarios(self):
        plan = SHARED.replace("scenario both", "scenario one { fails a; detected after 0s }\nscenario two { fails b; detected after 0s }\nscenario both")
        self.expect(self.simulate("--together", "one,two", plan=plan), 1, "one + two")
        together = json.loads(self.simulate("--together", "one,two", "--format", "json", plan=plan).stdout)
        both = json.loads(self.simulate("--format", "json", plan=plan).stdout)["scenarios"][2]
        self.assertEqual([s["met"] for s in together["scenarios"][0]["services"]], [s["met"] for s in both["services"]])
        self.expect(self.simulate("--during", "one,two", plan=plan), 0, "two comes while one is recovered from", "two        b")
        self.expect(self.simulate("--during", "one,both", plan=plan), 2, "both takes away a, which is down already")
        for names in ("one", "one,one", "one,three", "one,two,both"):
            self.expect(self.simulate("--together", names, plan=plan), 2)


class Invariance(CommandLine):
    """However a result is made, it is the same to the bit."""

    PLAN = SHARED.replace("takes 10m..40m", "takes p50 10m p95 40m", 1).replace("takes 10m..40m", "takes 10m..15m..40m") + (
        "service c { rto 30m }\nprocedure fix-c { recovers c; step mend { automatic; takes mean 20m; apply \"c\"; fails 20%; retry 3 every 30s } }\n"
        "scenario third { fails c; detected after 10s..90s }\n")

    def said(self, *arguments, **environment):
        return self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "5000", "--format", "json", *arguments,
                               env={**os.environ, **environment}).stdout

    def test_threads(self):
        self.write(self.PLAN)
        one = self.said("--threads", "1")
        self.assertEqual(json.loads(one)["trials"], 5000)
        for threads in ("2", "3", "16"):
            self.assertEqual(self.said("--threads", threads), one)

    def test_instructions(self):
        """Without the newer instructions the C library computes by other ways."""
        self.write(self.PLAN)
        self.assertEqual(self.said(GLIBC_TUNABLES="glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4,-BMI2"), self.said())

    def test_order_of_declarations(self):
        self.write(self.PLAN)
        told = json.loads(self.said())
        head, *lines = self.PLAN.splitlines()
        self.write("\n".join([head, *reversed(lines), ""]))
        other = json.loads(self.said())
        by_name = lambda document: {scenario["name"]: {one["name"]: one["rta"] for one in scenario["services"]} for scenario in document["scenarios"]}
        self.assertEqual(by_name(other), by_name(told))


class Against(CommandLine):
    def test_two_plans(self):
        self.write(SHARED.replace("headcount 1", "headcount 2") + "service new\n", "new.drp")
        self.write(SHARED, "old.drp")
        run = self.run_muster("simulate", "new.drp", "--against", "old.drp", *AS_OF, "--trials", "2000")
        self.expect(run, 0, "new.drp instead of old.drp", "only new.drp has: service `new`")
        told = json.loads(self.run_muster("simulate", "new.drp", "--against", "old.drp", *AS_OF, "--trials", "2000", "--format", "json").stdout)
        (b,) = told["what_if"]["moved"]
        self.assertEqual((b["name"], b["lost"]), ("b", 0))
        self.assertGreater(b["gained"], 500)
        self.expect(self.run_muster("simulate", "old.drp", "--against", "new.drp", *AS_OF, "--trials", "2000"), 1)
        same = self.run_muster("simulate", "old.drp", "--against", "old.drp", *AS_OF, "--trials", "2000")
        self.expect(same, 1, "no trial is any different")

    def test_a_plan_that_is_none(self):
        self.write(SHARED)
        self.expect(self.run_muster("simulate", "plan.drp", "--against", "nothing.drp"), 2, "nothing.drp")
        self.write("plan x {", "bad.drp")
        self.expect(self.run_muster("simulate", "plan.drp", "--against", "bad.drp"), 1, "bad.drp")


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
