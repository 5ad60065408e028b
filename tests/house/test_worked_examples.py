"""The worked examples of the recovery model, to the millisecond.

The goldens show how they are printed and may be written anew; these values may not move.
"""

import json
import pathlib
import subprocess
import unittest

import registry
import tree

PLANS = tree.ROOT / "tests/golden/estimate"
S = 1000
M = 60 * S
H = 60 * M
D = 24 * H


@unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
class WorkedExamples(tree.HouseTest):
    maxDiff = None

    def estimate(self, plan):
        path = pathlib.Path(PLANS / f"{plan}.drp")
        run = subprocess.run([registry.muster(), "estimate", "--as-of", registry.AS_OF, "--format", "json", str(path)], capture_output=True, text=True,
                             timeout=60)
        self.assertEqual(run.stderr, "")
        return {scenario["name"]: scenario for scenario in json.loads(run.stdout)["scenarios"]}

    def loss(self, plan, scenario, data="orders"):
        return next(d for d in self.estimate(plan)[scenario]["data"] if d["name"] == data)["rpa_ms"]

    def test_1_backup_every_night(self):
        self.assertEqual(self.loss("daily_backup", "every-night"), 24 * H + 50 * M)
        self.assertEqual(self.loss("daily_backup", "no-weekends"), 72 * H + 50 * M)

    def test_2_longest_gap_of_a_schedule(self):
        self.assertEqual(self.loss("gap_in_berlin", "disk-lost"), 47 * H)
        self.assertEqual(self.loss("gap_in_utc", "nightly"), 24 * H)
        self.assertEqual(self.loss("gap_in_utc", "on-the-31st"), 61 * D)
        self.assertEqual(self.loss("gap_in_utc", "mondays"), 7 * D, "cron's day and weekday are alternatives")
        self.assertEqual(self.loss("gap_in_utc", "first-mondays"), 35 * D)

    def test_3_readiness_runs_along_the_dependencies(self):
        services = {s["name"]: s for s in self.estimate("bad_chain")["all-down"]["services"]}
        self.assertEqual({name: s["rta_ms"] for name, s in services.items()}, {"db": 91 * M, "api": 92 * M, "web": 93 * M})
        self.assertEqual(services["web"]["verdict"], "missed")
        self.assertEqual([part["name"] for part in services["web"]["path"]], ["restore-db.work", "db", "api", "web"])

    def test_5_worst_detection(self):
        self.assertEqual(self.estimate("detection")["db-crash"]["detection_ms"], 10 * M + 30 * S)

    def test_6_retrieval_and_transfer(self):
        db = self.estimate("bad_retrieval")["disk-lost"]["services"][0]
        self.assertEqual((db["rta_ms"], db["verdict"]), (6 * H + 23 * M + 20 * S, "missed"))

    def test_6_the_finding_names_the_retrieval_alone(self):
        run = subprocess.run([registry.muster(), "check", "--as-of", registry.AS_OF, "--format", "json", str(PLANS / "bad_retrieval.drp")],
                             capture_output=True, text=True, timeout=60)
        finding = next(d for d in json.loads(run.stdout)["diagnostics"] if d["code"] == "M3001")
        self.assertRegex(finding["message"] + finding.get("help", ""), r"retrieval\b.* alone")

    def test_7_which_copy_is_left(self):
        self.assertEqual(self.loss("copies", "site-lost"), 0)
        self.assertEqual(self.loss("copies", "dropped"), 2 * H + 30 * M)
        self.assertEqual(self.loss("copies", "dropped-and-seen"), 2 * H + 12 * M)
        copies = self.estimate("copies")["dropped"]["data"][0]["copies"]
        self.assertEqual({copy["name"]: copy["state"] for copy in copies},
                         {"primary": "tainted", "twin": "tainted", "two-hourly in vault": "usable"})

    def test_9_people_are_awaited(self):
        scenario = self.estimate("people")["db-crash"]
        self.assertEqual(scenario["start_ms"], 26 * M)
        self.assertEqual(scenario["schedule"][0]["start_ms"], 61 * M)


if __name__ == "__main__":
    unittest.main()
