"""What a team works with day by day: muster.yaml, baselines, edits that make themselves, explanations."""

import json
import re
import subprocess

import support

# Misses its RTO in one scenario, by 5 minutes.
LATE = """plan shop
role ops { responds 5m }
service web { rto 10m; starts in 1m }
detector ping { watches web; every 1m }
procedure restart-web { recovers web; step restart { by ops; restart web; takes 8m } }
scenario crash { fails web }
"""
AS_OF = ("--as-of", "2026-11-20")


class Team(support.CommandLine):
    def muster(self, *arguments, codes=0, **options):
        run = self.run_muster(*arguments, **options)
        self.expect(run, codes)
        return run.stdout.decode()

    def findings(self, *arguments, codes=0):
        return json.loads(self.muster("check", *arguments, *AS_OF, "--format", "json", codes=codes))


class Configuration(Team):
    def test_is_found_above_the_plan(self):
        (self.folder / "plans/shop").mkdir(parents=True)
        self.write(LATE, "plans/shop/plan.drp")
        self.write("severities:\n  rto-missed: warning\n", "muster.yaml")
        for path in ("plans/shop", "plans/shop/plan.drp", self.folder / "plans/shop"):
            self.assertIn("warning[M3001]", self.muster("check", path, *AS_OF))
        self.assertIn("warning[M3001]", self.muster("check", *AS_OF, "-", input=LATE.encode()))
        self.write("severities:\n  rto-missed: off\n", "plans/muster.yaml")
        self.assertEqual(self.muster("check", "plans/shop", *AS_OF).splitlines()[0], "no findings, 1 turned off")

    def test_may_be_named_or_left_out(self):
        path = self.write(LATE)
        self.write("severities: { M3001: note }\n", "muster.yaml")
        self.write("severities: { M3001: warning }\n", "other.yaml")
        self.assertIn("note[M3001]", self.muster("check", path, *AS_OF))
        self.assertIn("warning[M3001]", self.muster("check", path, *AS_OF, "--config", "other.yaml"))
        self.assertIn("error[M3001]", self.muster("check", path, *AS_OF, "--isolated", codes=1))
        self.expect(self.run_muster("check", path, "--isolated", "--config", "other.yaml"), 2)
        self.expect(self.run_muster("check", path, "--config", "nowhere.yaml"), 2, "cannot read nowhere.yaml")

    def test_the_command_line_overrides_it(self):
        path = self.write(LATE)
        self.write("fail-on: never\nformat: json\n", "muster.yaml")
        self.assertTrue(self.muster("check", path, *AS_OF).startswith("{"))
        self.assertIn("error[M3001]", self.muster("check", path, *AS_OF, "--format", "text", "--fail-on", "error", codes=1))
        self.assertTrue(self.muster("estimate", path, *AS_OF).startswith("{"))
        self.write("fail-on: never\nformat: sarif\n", "muster.yaml")
        self.assertIn('"$schema"', self.muster("check", path, *AS_OF))
        self.assertIn("detected after", self.muster("estimate", path, *AS_OF))

    def test_seed_and_trials(self):
        path = self.write(LATE)
        self.write("seed: 7\ntrials: 50\nformat: json\nfail-on: never\n", "muster.yaml")
        result = json.loads(self.muster("simulate", path, *AS_OF))
        self.assertEqual((result["seed"], result["trials"]), (7, 50))
        result = json.loads(self.muster("simulate", path, *AS_OF, "--seed", "8"))
        self.assertEqual((result["seed"], result["trials"]), (8, 50))

    def test_faults_have_their_place(self):
        path = self.write(LATE)
        self.write("fail-on: never\nsevereties:\n", "muster.yaml")
        run = self.run_muster("check", path)
        self.expect(run, 2, "muster: muster.yaml:2:1: there is no key `severeties`; did you mean `severities`?")
        self.assertEqual(run.stdout, b"")
        self.write(b"seed: \xff\n", "muster.yaml")
        self.expect(self.run_muster("check", path), 2, "muster.yaml is not UTF-8")

    def test_an_unreadable_plan_never_passes(self):
        path = self.write(LATE.replace("rto 10m", "rto 10"))
        self.write("severities:\n  missing-unit: off\n", "muster.yaml")
        self.expect(self.run_muster("check", path), 2, "M1010 missing-unit stays an error")


class Baseline(Team):
    def test_hides_what_is_known(self):
        path = self.write(LATE)
        self.assertEqual(self.muster("check", path, *AS_OF, "--write-baseline", "known.json"), "known.json: 1 finding known from now on\n")
        self.assertEqual(self.muster("check", path, *AS_OF, "--baseline", "known.json").splitlines()[0], "no findings, 1 in the baseline")
        moved = self.write("\n\n// moved\n" + LATE)
        self.assertEqual(self.findings(moved, "--baseline", "known.json")["summary"]["baselined"], 1)

    def test_new_and_worse_findings_count(self):
        path = self.write(LATE)
        self.muster("check", path, *AS_OF, "--write-baseline", "known.json")
        self.write(LATE.replace("takes 8m", "takes 9m"))
        found = self.findings(path, "--baseline", "known.json", codes=1)
        self.assertIn("; the baseline knows it with 15m", found["diagnostics"][0]["message"])
        self.write(LATE.replace("takes 8m", "takes 7m"))
        self.findings(path, "--baseline", "known.json")
        self.write(LATE + "data orders { in web; rpo 1h }\n")
        self.assertEqual({finding["code"] for finding in self.findings(path, "--baseline", "known.json", codes=1)["diagnostics"]}, {"M3005"})

    def test_shrinks(self):
        path = self.write(LATE)
        self.muster("check", path, *AS_OF, "--write-baseline", "known.json")
        self.write(LATE.replace("rto 10m", "rto 1h"))
        self.assertIn("found no more; write it anew:\n  M3001 service web in crash\n", self.muster("check", path, *AS_OF, "--baseline", "known.json"))
        self.assertEqual(self.findings(path, "--baseline", "known.json")["gone"][0]["about"], "service web in crash")

    def test_sarif_has_it_as_suppressed_outside(self):
        path = self.write(LATE)
        self.muster("check", path, *AS_OF, "--write-baseline", "known.json")
        results = json.loads(self.muster("check", path, *AS_OF, "--baseline", "known.json", "--format", "sarif"))["runs"][0]["results"]
        self.assertEqual([result["suppressions"] for result in results], [[{"kind": "external", "status": "accepted"}]])
        self.write(LATE.replace("starts in", "allow M3001 until 2027-01-01 because 'in work'; starts in"))
        results = json.loads(self.muster("check", path, *AS_OF, "--format", "sarif"))["runs"][0]["results"]
        self.assertEqual(results[0]["suppressions"], [{"kind": "inSource", "status": "accepted", "justification": "in work"}])

    def test_broken_ones_are_errors(self):
        path = self.write(LATE)
        self.expect(self.run_muster("check", path, "--baseline", "nowhere.json"), 2, "cannot read nowhere.json")
        self.write("{\n", "broken.json")
        self.expect(self.run_muster("check", path, "--baseline", "broken.json"), 2, "broken.json is no baseline: no JSON at line 2")
        self.write("[" * 100_000, "deep.json")
        self.expect(self.run_muster("check", path, "--baseline", "deep.json"), 2, "deep.json is no baseline")
        self.expect(self.run_muster("check", path, "--baseline", "a", "--write-baseline", "b"), 2)

    def test_a_plan_that_cannot_be_checked_has_none(self):
        path = self.write(LATE)
        self.muster("check", path, *AS_OF, "--write-baseline", "known.json")
        before = (self.folder / "known.json").read_bytes()
        self.write(LATE.replace("rto 10m", "rto 10"))
        self.expect(self.run_muster("check", path, "--write-baseline", "known.json"), 2, "error[M1010]", "no baseline was written")
        self.assertEqual((self.folder / "known.json").read_bytes(), before)
        said = self.muster("check", path, "--baseline", "known.json", codes=1)
        self.assertNotIn("found no more", said)


class Fix(Team):
    def test_misspelt_names_are_put_right_and_the_plan_is_checked_again(self):
        wrong = LATE.replace("rto 10m", "rto 1h").replace("detector ping { watches", "detector ping { wacthes").replace("recovers web", "recovres web")
        path = self.write(wrong)
        run = self.run_muster("check", "--fix", "plan.drp", *AS_OF)
        self.expect(run, 0, "fixed plan.drp")
        self.assertEqual(run.stdout.decode().splitlines()[0], "no findings")
        self.assertEqual(path.read_text(), LATE.replace("rto 10m", "rto 1h"))

    def test_diff_writes_nothing(self):
        path = self.write(LATE.replace("recovers web", "recovres web"))
        before = path.read_bytes()
        said = self.muster("check", "--fix", "--diff", "plan.drp", *AS_OF, codes=1)
        self.assertEqual(path.read_bytes(), before)
        self.assertIn("-procedure restart-web { recovres", said)
        subprocess.run(["patch", "--quiet", "plan.drp"], input=said.encode(), cwd=self.folder, check=True)
        self.assertEqual(path.read_text(), LATE)
        self.assertEqual(self.muster("check", "--fix", "--diff", "plan.drp", *AS_OF), "")
        self.assertIn("+procedure restart-web { recovers", self.muster("check", "--fix", "--diff", "-", codes=1, input=before))

    def test_nothing_that_decides_is_touched(self):
        """Objectives, waivers and names that may be others stay as they are: the plan stays broken."""
        for wrong in (LATE.replace("rto 10m", "availabilty 99%"), LATE.replace("rto 10m", "rto 10m underr zone"),
                      LATE.replace("rto 10m", "rto 10m under regoin"), LATE.replace("rto 10m", "alow M3001 until 2027-01-01 because 'x'"),
                      LATE.replace("rto 10m", "allow rto-mised until 2027-01-01 because 'x'"),
                      LATE.replace("fails web", "fails wbe"), LATE + "service web-2\nscenario more { fails web-3 }\n"):
            path = self.write(wrong)
            self.expect(self.run_muster("check", "--fix", path, *AS_OF), 1, "did you mean")
            self.assertEqual(path.read_text(), wrong)

    def test_an_unused_waiver_goes_an_expired_one_stays(self):
        sound = LATE.replace("rto 10m", "rto 1h").replace("service web { ", "service web {\n  ").replace("starts in 1m }", "starts in 1m\n}")
        unused = sound.replace("service web {\n", "service web {\n  allow M3001 until 2027-01-01 because \"\"\"\n    Soon.\n    \"\"\"\n")
        path = self.write(unused)
        self.expect(self.run_muster("check", "--fix", path, *AS_OF), 0, "no findings")
        self.assertEqual(path.read_text(), sound)
        expired = sound.replace("service web {\n", "service web {\n  allow M3001 until 2020-01-01 because 'x'\n")
        path = self.write(expired)
        self.expect(self.run_muster("check", "--fix", path, *AS_OF), 0, "M2015")
        self.assertEqual(path.read_text(), expired)

    def test_bytes_around_an_edit_stay(self):
        wrong = b"\xef\xbb\xbf" + LATE.replace("plan shop", 'plan shop "Caf\u00e9 \U0001f600"').replace("rto 10m", "rto 1h").replace(
            "recovers", "recovres").replace("\n", "  // x\r\n").encode()
        path = self.write(wrong)
        self.expect(self.run_muster("check", "--fix", path, *AS_OF), 0)
        self.assertEqual(path.read_bytes(), wrong.replace(b"recovres", b"recovers"))

    def test_all_files_or_none(self):
        if support.ALMIGHTY:
            self.skipTest("permissions mean nothing here")
        (self.folder / "p").mkdir()
        self.write(LATE.replace("recovers", "recovres"), "p/a.drp")
        self.write("site here { prvoider aws }\n", "p/b.drp").chmod(0o444)
        self.expect(self.run_muster("check", "--fix", "p", *AS_OF), 2, "cannot write p/b.drp")
        self.assertIn("recovres", (self.folder / "p/a.drp").read_text())

    def test_usage(self):
        self.expect(self.run_muster("check", "--fix", "-", input=LATE.encode()), 2, "add --diff")
        self.expect(self.run_muster("check", "--diff"), 2)

    def test_suggestions_are_made_everywhere(self):
        for wrong, meant in (("fails servce web", "service"), ("fails web; likelihood hihg", "high"),
                             ("fails web; detected aftre 5m", "after"), ("fails web; likelihood 1 per yaer", "year"),
                             ("fails web; lasts 5m; folow restart-web", "follow"), ("fails web; follow restart-wbe", "restart-web"),
                             ("fails web; recover web wiht restart-web", "with")):
            with self.subTest(wrong=wrong):
                path = self.write(LATE.replace("fails web", wrong))
                self.assertIn(f"did you mean `{meant}`?", self.muster("check", path, *AS_OF, codes=1))


class Explain(Team):
    def test_lists_every_code(self):
        table = json.loads(self.muster("explain", "--list", "--format", "json"))
        self.assertEqual(table["format"], 1)
        text = self.muster("explain", "--list").splitlines()
        self.assertEqual([re.split(r"\s+", line, maxsplit=3) for line in text],
                         [[row["code"], row["severity"], row["name"], row["title"]] for row in table["codes"]])
        self.assertIn({"code": "M2001", "name": "unknown-name", "severity": "error", "title": "there is no … called …"}, table["codes"])
        for row in table["codes"]:
            self.assertNotIn("{", row["title"].replace("`{`", ""))

    def test_explains_by_code_and_name(self):
        self.assertEqual(self.muster("explain", "M3001"), self.muster("explain", "rto-missed"))
        self.expect(self.run_muster("explain", "rto-mised"), 2, "did you mean rto-missed?")
        self.expect(self.run_muster("explain", "nonsense"), 2, "`muster explain --list` shows all")
        self.expect(self.run_muster("explain", "M3001", "--format", "json"), 2)


if __name__ == "__main__":
    import unittest
    unittest.main()
