"""`muster diff`: what a change does to a plan, between paths and revisions of git."""

import json
import os
import pathlib
import shutil
import subprocess
import unittest

from support import MUSTER, SOUND, CommandLine

DAY = ("--as-of", "2026-11-20")
NEXUS = pathlib.Path(__file__).resolve().parents[3] / "plans/nexus"
EVERYTHING = pathlib.Path(__file__).resolve().parents[3] / "tests/fixtures/everything.drp"

SHOP = SOUND + """service db { at main; rto 1h }
data orders { in db; size 1GB; rpo 1d }
store vault { s3 "vault"; rate 10MB/s }
backup nightly of orders { every day at 02:00; takes 20m; upload 5m; to vault; keep 30d }
procedure restore-db { recovers db; step load { by ops; takes 30m; restore orders from nightly before damage } }
scenario dropped { deletes orders; undetected for 5m; follow restore-db }
"""


class Diff(CommandLine):
    def difference(self, before, after, *arguments, code=0):
        self.write(before, "old.drp")
        self.write(after, "new.drp")
        run = self.run_muster("diff", "old.drp", "new.drp", *DAY, "--format", "json", *arguments)
        self.expect(run, code)
        self.assertEqual(run.stderr, b"")
        return json.loads(run.stdout)

    def changed(self, old, new, plan=SHOP, **options):
        self.assertIn(old, plan)
        return self.difference(plan, plan.replace(old, new), **options)

    def fields(self, document):
        return {(field["what"], field.get("before"), field.get("after")) for row in document["declarations"] for field in row.get("fields", ())}

    def test_nothing(self):
        document = self.difference(SHOP, "// A comment.\n" + SHOP.replace("{ at main; rto 1h }", "{\n  rto 60m\n  at main\n}"))
        self.assertFalse(any(document[key] for key in ("objectives", "outcomes", "declarations")))
        self.assertEqual(document["findings"], {"new": [], "gone": []})
        self.assertEqual(self.run_muster("diff", "old.drp", "new.drp", *DAY).stdout, b"no difference\n")

    def test_an_objective_is_loosened_or_tightened(self):
        document = self.changed("rto 1h", "rto 2h")
        self.assertEqual(document["objectives"], [{"sense": "loosened", "objective": "RTO", "kind": "service", "name": "db", "before_ms": 3600000, "after_ms": 7200000}])
        self.assertEqual((document["summary"]["loosened"], document["summary"]["tightened"]), (1, 0))
        self.assertEqual(self.changed("rto 1h", "rto 55m")["summary"]["tightened"], 1)
        self.assertEqual([row["under"] for row in self.changed("rto 1h", "rto 1h; rto 2h under corruption")["objectives"]], [["corruption"]])
        self.difference(SHOP, SHOP.replace("rto 1h", "rto 2h"), "--fail-on", "loosened", code=1)

    def test_an_inherited_objective_counts_for_what_inherits_it(self):
        plan = SHOP.replace("service db {", "service db : gold {").replace("; rto 1h }", " }") + "tier gold { rto 1h }\ntier lead { rto 3h }\n"
        self.assertEqual([row["name"] for row in self.changed("tier gold { rto 1h }", "tier gold { rto 2h }", plan)["objectives"]], ["db"])
        self.assertEqual([row["after_ms"] for row in self.changed("db : gold", "db : lead", plan)["objectives"]], [10800000])

    def test_an_objective_that_only_a_declaration_has(self):
        document = self.difference("plan p\ntier t { mtd 4h; availability 99.9% }\n", "plan p\ntier t { mtd 5h; availability 99.95% }\n")
        self.assertEqual((document["summary"]["loosened"], document["summary"]["tightened"]), (1, 1))
        self.assertEqual(self.fields(document), {("mtd", "4h", "5h"), ("availability", "99.9%", "99.95%")})

    def test_a_step_that_takes_longer_makes_an_objective_missed(self):
        document = self.changed("takes 30m", "takes 90m", code=1)
        moved = {(row["measure"], row["name"]): row for row in document["outcomes"]}
        row = moved["RTA", "db"]
        self.assertEqual((row["scenario"], row["turn"], row["after"]["verdict"]), ("dropped", "newly missed", "missed"))
        self.assertEqual(row["after"]["achieved_ms"] - row["before"]["achieved_ms"], 3600000)
        self.assertEqual(row["parts"], [{"kind": "step", "name": "restore-db.load", "before_ms": 1800000, "after_ms": 5400000}])
        self.assertIn(("takes", "30m", "1h30m"), self.fields(document))
        self.assertIn("M3001", [finding["code"] for finding in document["findings"]["new"]])
        back = self.difference(SHOP.replace("takes 30m", "takes 90m"), SHOP)
        self.assertEqual([row.get("turn") for row in back["outcomes"]], ["newly met"])
        self.assertIn("M3001", [finding["code"] for finding in back["findings"]["gone"]])

    def test_a_met_objective_that_is_never_met_or_unknown_now_is_missed(self):
        self.assertEqual(self.changed("; step load", "; step first { takes 1m; wait for site main }; step load")["summary"]["newly_missed"], 0)
        unknown = self.difference(SHOP, SHOP.replace("takes 30m; restore", "restore").replace("; rate 10MB/s", ""), code=1)
        self.assertEqual([(row["turn"], row["after"]["verdict"]) for row in unknown["outcomes"]], [("newly missed", "unknown")])
        self.assertEqual(self.changed("recovers db; ", "recovers web; ", code=1)["outcomes"][0]["after"]["verdict"], "never")

    def test_a_schedule_moves_the_loss(self):
        document = self.changed("every day at 02:00", "every 12h")
        row = document["outcomes"][0]
        self.assertEqual((row["measure"], row["name"], row["before"]["achieved_ms"], row["after"]["achieved_ms"]), ("RPA", "orders", 87900000, 44700000))
        self.assertEqual(row["turn"], "newly met")
        self.assertEqual(self.fields(document), {("schedule", "every day at 02:00 UTC", "every 12h UTC")})

    def test_what_is_gone_is_no_longer_judged(self):
        scenario = "scenario dropped { deletes orders; undetected for 5m; follow restore-db }\n"
        document = self.changed(scenario, "")
        self.assertEqual({row["turn"] for row in document["outcomes"]}, {"no longer judged"})
        self.assertEqual(document["summary"]["newly_missed"], 0)
        self.difference(SHOP, SHOP.replace(scenario, ""), "--fail-on", "loosened", code=1)
        document = self.changed("; rpo 1d", "")
        self.assertEqual([row["turn"] for row in document["outcomes"] if row["measure"] == "RPA"], ["no longer judged"])
        new = self.difference(SHOP.replace(scenario, "").replace("rto 1h", "rto 1m"), SHOP.replace("rto 1h", "rto 1m"), code=1)
        self.assertEqual({row.get("turn") for row in new["outcomes"]}, {"newly missed"})

    def test_declarations_gone_new_and_renamed(self):
        document = self.changed("step load", "step restore")
        self.assertEqual([(row["how"], row["kind"], row["name"], row["new_name"]) for row in document["declarations"]],
                         [("renamed", "step", "restore-db.load", "restore-db.restore")])
        document = self.difference(SHOP, SHOP.replace("restore-db", "put-back"))
        self.assertEqual({(row["how"], row["kind"]) for row in document["declarations"]}, {("renamed", "procedure"), ("changed", "scenario")})
        self.assertFalse(document["findings"]["new"] or document["findings"]["gone"])
        document = self.changed("service db {", "role dba { responds 1m; headcount 2 }\nservice db {")
        self.assertEqual([(row["how"], row["kind"], row["name"]) for row in document["declarations"]], [("new", "role", "dba")])
        document = self.changed("detector ping { watches web; every 1m }", "", code=1)
        self.assertIn(("gone", "detector", "ping"), [(row["how"], row["kind"], row["name"]) for row in document["declarations"]])

    def test_lists_say_what_left_and_what_came(self):
        plan = SHOP + "service cache { at main }\nservice api { at main; needs db, cache }\n"
        self.assertEqual(self.fields(self.changed("needs db, cache", "needs db, web", plan)), {("needs", "service cache", "service web")})
        self.assertEqual(self.fields(self.changed("needs db, cache", "needs db", plan)), {("needs", "service cache", None)})

    def test_every_form(self):
        self.difference(SHOP, SHOP.replace("takes 30m", "takes 90m"), code=1)
        text = self.expect(self.run_muster("diff", "old.drp", "new.drp", *DAY), 1, "newly missed", "RTA of `db`: 40m -> 1h40m", "1h longer")
        self.assertNotIn("\x1b", text)
        self.assertIn("\x1b[31m", self.expect(self.run_muster("diff", "old.drp", "new.drp", *DAY, "--color", "always"), 1))
        self.expect(self.run_muster("diff", "old.drp", "new.drp", *DAY, "--format", "markdown"), 1, "### Newly missed\n\n- in `dropped`, RTA of `db`")
        self.assertEqual(self.expect(self.run_muster("diff", "old.drp", "new.drp", *DAY, "--quiet"), 1), "")
        self.expect(self.run_muster("diff", "old.drp", "new.drp", *DAY, "--fail-on", "never"), 0)

    def test_the_text_of_a_plan_stays_text_in_markdown(self):
        self.write(SHOP.replace("plan shop", 'plan shop "old"'), "old.drp")
        self.write(SHOP.replace("plan shop", 'plan shop "``` @all <img src=x> | [x](y)\\n# z"'), "new.drp")
        said = self.expect(self.run_muster("diff", "old.drp", "new.drp", *DAY, "--format", "markdown"), 0)
        self.assertIn("  - title: `old` -> ```` ``` @all <img src=x> | [x](y) # z ````\n", said)

    def test_every_clause_that_is_taken_away_is_noticed(self):
        """The fixture says everything: a difference that looks at the export cannot miss what that shows."""
        text = EVERYTHING.read_text(encoding="utf-8")
        shutil.copytree(EVERYTHING.parent, self.folder, dirs_exist_ok=True)
        (self.folder / EVERYTHING.name).unlink()
        for clause in (" immutable 30d;", "  changes 2GB/h\n", "  tolerates 1 missed\n", "  resumes in 10s\n", '  see "https://example.com/plan"\n', "  threshold 4\n"):
            self.assertIn(clause, text)
            document = self.difference(text, text.replace(clause, "", 1), "--fail-on", "never")
            self.assertTrue(document["declarations"], clause)

    def test_the_real_plan_and_its_repair(self):
        document = json.loads(self.run_muster("diff", NEXUS, NEXUS / "repaired", *DAY, "--format", "json").stdout)
        self.assertEqual(document["summary"]["newly_missed"], 0)
        self.assertGreater(document["summary"]["newly_met"], 10)
        self.assertFalse(document["findings"]["new"])


class Revisions(CommandLine):
    def git(self, *arguments):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True)

    def setUp(self):
        super().setUp()
        self.git("init", "-q", "-b", "main")
        (self.folder / "plans/shop").mkdir(parents=True)
        self.write(SHOP, "plans/shop/plan.drp")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "first")

    def diff(self, *arguments, codes=0, phrases=()):
        run = self.run_muster("diff", *arguments, *DAY)
        self.expect(run, codes, *phrases)
        return run

    def test_a_revision_and_the_working_copy(self):
        self.assertEqual(self.diff("main:plans/shop", "plans/shop").stdout, b"no difference\n")
        self.write(SHOP.replace("takes 30m", "takes 90m"), "plans/shop/plan.drp")
        for old in ("main:plans/shop", "HEAD:plans/shop/", "main:plans/shop/plan.drp", "HEAD:./plans/shop"):
            self.diff(old, "plans/shop", codes=1, phrases=["newly missed"])
        self.git("commit", "-qam", "second")
        self.diff("HEAD~1:plans/shop", "HEAD:plans/shop", codes=1, phrases=["newly missed"])

    def test_measurements_are_those_of_the_revision(self):
        measured = '{"format": 1, "durations": {"load": {"observed_ms": [%d]}}}'
        plan = SHOP.replace("plan shop", 'plan shop { measurements "data/measured.json" }', 1).replace("takes 30m", 'takes measured "load"')
        self.assertIn('takes measured "load"', plan)
        (self.folder / "plans/shop/data").mkdir()
        self.write(plan, "plans/shop/plan.drp")
        self.write(measured % 1_800_000, "plans/shop/data/measured.json")
        self.git("add", ".")
        self.git("commit", "-qm", "measured")
        self.diff("main:plans/shop", "plans/shop", phrases=["no difference"])
        self.write(measured % 5_400_000, "plans/shop/data/measured.json")
        self.diff("main:plans/shop", "plans/shop", codes=1, phrases=["newly missed"])

    def test_a_broken_revision_is_named_as_it_was_asked_for(self):
        self.write("plan shop\nnonsense\n", "plans/shop/plan.drp")
        self.git("commit", "-qam", "broken")
        run = self.diff("main:plans/shop", "main:plans/shop", codes=2, phrases=["main:plans/shop/plan.drp:2:1", "cannot be compared"])
        self.assertNotIn(b"/tmp", run.stdout + run.stderr)

    def test_what_is_not_there(self):
        for old, phrase in (("nothing:plans/shop", "no revision called nothing"), ("main:nowhere", "there is no nowhere in main"),
                            ("main:plans", "is no plan"), ("nowhere", "no file or folder called nowhere")):
            run = self.diff(old, "plans/shop", codes=2, phrases=[phrase])
            self.assertEqual(run.stdout, b"")

    def test_no_option_slips_in(self):
        target = self.folder / "written"
        for old in (f"--output={target}:plans/shop", f"-o{target}:x", "--help:x", f"main:--output={target}", "main:plans/shop;touch written", "$(touch written):x",
                    "main^{tree}:plans/shop", ":/first:plans", "-:x", ":"):
            self.diff("--", old, "plans/shop", codes=2)
        self.assertFalse(target.exists())

    def test_outside_of_a_repository_and_without_git(self):
        elsewhere = self.folder / "plans/shop/plan.drp"
        run = subprocess.run([MUSTER, "diff", "main:x", str(elsewhere)], cwd="/", capture_output=True, timeout=60, check=False)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"not a git repository", run.stderr)
        run = subprocess.run([MUSTER, "diff", "main:x", str(elsewhere)], cwd=self.folder, env={"PATH": "/nonexistent"}, capture_output=True, timeout=60, check=False)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"cannot run git", run.stderr)

    def test_links_are_not_followed_and_nothing_is_left_behind(self):
        secret = self.write("plan secret\n", "outside.drp")
        (self.folder / "plans/shop/link.drp").symlink_to(secret)
        self.git("add", ".")
        self.git("commit", "-qm", "link")
        scratch = self.folder / "scratch"
        scratch.mkdir()
        subprocess.run([MUSTER, "diff", "HEAD:plans/shop", "HEAD:plans/shop", "--quiet"], cwd=self.folder, env={**os.environ, "TMPDIR": str(scratch)}, timeout=60, check=True)
        self.assertEqual(list(scratch.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
