"""`muster mend`: what it proposes does meet the objective, and is the nearest that does."""

import json
import re
import shlex
import unittest

from support import CommandLine

LATE = """plan shop { declare by lead takes 5m }
role lead { responds 10m }
role dba { headcount 1; responds 10m }
site main
service web { rto 1h; needs db }
service db { rto 1h; at main; starts in 1m }
service search { rto 2h }
data orders { in db; rpo 30m; size 90GB }
store vault { s3 "vault"; rate 25MB/s }
backup hourly of orders { every 1h; takes 5m; upload 5m; to vault }
procedure back { recovers db; step load { by dba; restore orders from hourly }; step look { by dba; takes 5m; manual "Look." } }
procedure index { recovers search; step build { by dba; takes 30m; manual "Build it." } }
scenario fire { destroys site main; fails search; detected after 2m }
"""


class Mend(CommandLine):
    def missed(self, *arguments):
        run = self.run_muster("mend", "plan.drp", "--as-of", "2026-11-20", "--format", "json", *arguments)
        return json.loads(self.expect(run, 1))["missed"]

    def achieved(self, entry, change):
        """What `estimate` says with that change."""
        run = self.run_muster("estimate", "plan.drp", "--as-of", "2026-11-20", "--format", "json", "--set", change, "--fail-on", "never")
        moved = json.loads(self.expect(run, 0))["what_if"]["moved"]
        key = "rta_ms" if entry["kind"] == "service" else "rpa_ms"
        found = [each["after"] for each in moved if (each["scenario"], each["name"]) == (entry["scenario"], entry["name"])]
        return found[0][key], found[0]["verdict"]

    def test_each_change_meets_the_objective_as_said(self):
        self.write(LATE)
        missed = self.missed()
        self.assertEqual([(each["kind"], each["name"]) for each in missed], [("service", "web"), ("service", "db"), ("data", "orders")])
        for entry in missed:
            self.assertTrue(entry["remedies"])
            key = "rta_ms" if entry["kind"] == "service" else "rpa_ms"
            for remedy in entry["remedies"]:
                with self.subTest(change=remedy["change"]):
                    self.assertEqual(self.achieved(entry, remedy["change"]), (remedy[key], "met"))

    def test_a_little_less_does_not_do(self):
        self.write(LATE)
        backup = next(each for each in self.missed("--of", "orders")[0]["remedies"] if each["change"].startswith("backup"))
        self.assertEqual(backup["change"], "backup hourly of orders { every 20m }")
        entry = {"kind": "data", "name": "orders", "scenario": "fire"}
        self.assertEqual(self.achieved(entry, "backup hourly of orders { every 21m }")[1], "missed")

    def test_the_command_that_check_ends_with_can_be_pasted(self):
        self.write(LATE, "it's $(touch here) [a].drp")
        said = self.expect(self.run_muster("check", "it's $(touch here) [a].drp", "--as-of", "2026-11-20"), 1)
        pasted = re.search(r"`muster (mend .*)` tries what would do", said.splitlines()[-1])[1]
        run = self.run_muster(*shlex.split(pasted))
        self.expect(run, 1, "`orders` misses its RPO of 30m in `fire`")
        self.assertFalse((self.folder / "here").exists())

    def test_text_and_exit_codes(self):
        self.write(LATE)
        text = self.expect(self.run_muster("mend", "plan.drp", "--as-of", "2026-11-20", "--of", "orders"), 1)
        self.assertIn("--set 'backup hourly of orders { every 20m }'\n", text)
        self.expect(self.run_muster("mend", "plan.drp", "--fail-on", "never", "--quiet"), 0)
        self.assertEqual(self.expect(self.run_muster("mend", "plan.drp", "--of", "search"), 0), "no objective is missed\n")

    def test_slips(self):
        self.write(LATE)
        self.expect(self.run_muster("mend", "plan.drp", "--of", "wbe"), 2, "the plan has no service and no data called wbe")
        self.expect(self.run_muster("mend", "plan.drp", "--in", "flood"), 2, "the plan has no scenario called flood")
        self.write("plan shop\nservice web { rto }\n")
        self.assertIn("error[", self.expect(self.run_muster("mend", "plan.drp"), 1))


if __name__ == "__main__":
    unittest.main()
