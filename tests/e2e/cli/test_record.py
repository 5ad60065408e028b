"""`muster record` and `muster review`: what evidence they believe, and what becomes of it."""

import json
import unittest

import evidence
from support import CommandLine

PLAN = """plan shop {MEASURED}
role ops { responds 1m }
service db { rto 10m; starts in 30s }
procedure fix {
  recovers db
  step look { by ops; takes 1m; manual "Look" }
  step restart { by ops; takes LENGTH; restart db }
}
scenario crash { fails db; detected after 1m }
"""


class Record(CommandLine):
    def setUp(self):
        super().setUp()
        self.plan = self.write(PLAN.replace("{MEASURED}", "{ owner \"us\" }").replace("LENGTH", "2m"))
        self.run_folder = self.folder / "state/crash-0a1b2c3d4e5f"

    def ran(self, *steps, **more):
        evidence.write(self.run_folder, self.plan, "crash", *(steps or (evidence.step("fix.look", 5, 45, "manual"), evidence.step("fix.restart", 50, 290))),
                       **more)
        return self.run_folder

    def record(self, *words, code=0, said=""):
        return self.expect(self.run_muster("record", *words, "--plan", self.plan), code, said)

    def measured(self):
        return json.loads((self.folder / "measured.json").read_text(encoding="utf-8"))

    def test_what_was_measured_is_written_once(self):
        said = self.record(self.ran())
        self.assertIn("fix.restart took 4m, planned 2m", said)
        self.assertIn("say `measurements \"measured.json\"`", said)
        self.assertEqual(self.measured()["durations"], {"fix.look": {"observed_ms": [40000], "last": "2026-11-20"},
                                                         "fix.restart": {"observed_ms": [240000], "last": "2026-11-20"}})
        before = self.measured()
        self.assertIn("it is recorded already", self.record(self.run_folder))
        self.assertEqual(self.measured(), before)

    def test_the_next_estimate_rests_on_it(self):
        self.record(self.ran())
        self.plan.write_text(PLAN.replace("{MEASURED}", '{ measurements "measured.json" }').replace("LENGTH", "2m"), encoding="utf-8")
        self.assertIn("far-from-measured", self.expect(self.run_muster("check", str(self.plan), "--fail-on", "never"), 0))
        self.plan.write_text(PLAN.replace("{MEASURED}", '{ measurements "measured.json" }').replace("LENGTH", 'measured "fix.restart"'), encoding="utf-8")
        self.assertNotIn("far-from-measured", self.expect(self.run_muster("check", str(self.plan), "--fail-on", "never"), 0))
        self.assertIn("p95 of 1 observed as `fix.restart`", self.expect(self.run_muster("estimate", str(self.plan)), 0))

    def test_a_folder_of_runs(self):
        self.ran()
        evidence.write(self.folder / "state/crash-0a1b2c3d4e5f.finished", self.plan, "crash", evidence.step("fix.look", 5, 65, "manual"))
        self.record(self.folder / "state")
        self.assertEqual(self.measured()["durations"]["fix.look"]["observed_ms"], [40000, 60000])

    def test_dry(self):
        self.assertIn("Nothing was written.", self.record(self.ran(), "--dry-run"))
        self.assertFalse((self.folder / "measured.json").exists())

    def test_what_is_not_believed(self):
        file = self.ran() / "evidence.jsonl"
        whole = file.read_text(encoding="utf-8")
        lines = whole.splitlines(keepends=True)
        for text, why in ((whole.replace('"exit":0', '"exit":1', 1), "line 3 does not follow from line 2"),
                          (whole[:-5], "its last line is torn"),
                          ("".join(lines[:-1]), "does not end with `finished`"),
                          ("".join(lines[1:]), "its first line follows another, which is missing"),
                          ("".join(lines[:2] + lines[3:]), "line 3 does not follow from line 2"),
                          ("", "it is empty"),
                          ("[]\n", "line 1 is no JSON object")):
            file.write_text(text, encoding="utf-8")
            with self.subTest(why=why):
                self.record(self.run_folder, code=2, said=why)
                self.assertFalse((self.folder / "measured.json").exists())

    def test_of_another_plan(self):
        said = self.record(self.ran(plan_hash="b" * 64), code=2)
        self.assertIn("was recorded with another plan or another version of it, bbbbbbbbbbbb", said)
        self.record(self.run_folder, "--any-version")

    def test_what_cannot_be_added_to(self):
        (self.folder / "measured.json").write_text("{}", encoding="utf-8")
        self.record(self.ran(), code=2, said="it is not a file of measurements")
        self.assertEqual((self.folder / "measured.json").read_text(encoding="utf-8"), "{}")

    def test_nothing_there(self):
        self.record(self.folder / "nowhere", code=2, said="nowhere")
        (self.folder / "empty").mkdir()
        self.record(self.folder / "empty", code=2, said="holds no evidence.jsonl")

    def test_review(self):
        self.ran(evidence.step("fix.look", 5, 45, "manual"), evidence.step("fix.restart", 50, 60, code=7), evidence.step("fix.restart", 400, 640))
        text = self.expect(self.run_muster("review", str(self.run_folder), "--plan", str(self.plan), "--as-of", "2026-11-20"), 0)
        self.assertIn("| db | 10m | 5m30s | 11m10s | **missed** |", text)
        self.assertIn("fix.restart failed 1 time before it was done", text)
        page = self.expect(self.run_muster("review", str(self.run_folder), "--plan", str(self.plan), "--format", "html"), 0)
        self.assertTrue(page.startswith("<!DOCTYPE html>"))
        self.assertIn("<svg", page)

    def test_review_of_several(self):
        self.ran()
        evidence.write(self.folder / "state/crash-1a1b2c3d4e5f", self.plan, "crash")
        self.expect(self.run_muster("review", str(self.folder / "state"), "--plan", str(self.plan)), 2, "holds 2 runs")


if __name__ == "__main__":
    unittest.main()
