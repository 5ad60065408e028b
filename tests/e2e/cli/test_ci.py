"""What a team's repository takes from this one: the GitHub Action and its scripts, and the hooks of pre-commit."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
MUSTER = pathlib.Path(os.environ["MUSTER"]).resolve()
GOOD = "plan p { }\n"
BAD = "plan p { }\nservice shop { needs nothing }\n"


class Action(unittest.TestCase):
    def setUp(self):
        self.action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

    def test_no_input_becomes_part_of_a_script(self):
        for step in self.action["runs"]["steps"]:
            self.assertNotIn("${{", step.get("run", ""), step["name"])

    def test_every_input_is_used_and_every_script_is_there(self):
        text = json.dumps(self.action["runs"])
        for name in self.action["inputs"]:
            self.assertIn(f"inputs.{name}", text)
        scripts = [re.search(r"scripts/([\w-]+)", step["run"])[1] for step in self.action["runs"]["steps"] if "run" in step]
        self.assertEqual(scripts, ["ci-install", "ci-check"])
        for name in scripts:
            self.assertTrue(os.access(ROOT / "scripts" / name, os.X_OK), name)


@unittest.skipUnless(shutil.which("jq"), "jq is not installed")
class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = pathlib.Path(self.folder.name)
        (self.here / "bin").mkdir()
        (self.here / "bin/muster").symlink_to(MUSTER)

    def run_check(self, text, path="plan.drp", **inputs):
        (self.here / path).write_text(text, encoding="utf-8")
        environment = {"PATH": f"{self.here / 'bin'}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(self.here / "outputs"), "MUSTER_PATH": path, **inputs}
        run = subprocess.run([ROOT / "scripts/ci-check"], cwd=self.here, env=environment, capture_output=True, text=True, check=False)
        outputs = self.here / "outputs"
        return run, outputs.read_text(encoding="utf-8") if outputs.exists() else ""

    def test_a_good_plan(self):
        run, outputs = self.run_check(GOOD)
        self.assertEqual((run.returncode, outputs), (0, "sarif=muster.sarif\n"), run.stderr)
        self.assertEqual(json.loads((self.here / "muster.sarif").read_text(encoding="utf-8"))["runs"][0]["results"], [])

    def test_a_bad_plan_fails_and_is_reported(self):
        run, outputs = self.run_check(BAD, MUSTER_SARIF="a b.sarif")
        self.assertEqual((run.returncode, outputs), (1, "sarif=a b.sarif\n"), run.stderr)
        self.assertIn("::error file=plan.drp,line=2", run.stdout)
        self.assertEqual(len(json.loads((self.here / "a b.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]), 1)

    def test_what_is_waived_is_no_alert(self):
        run, _ = self.run_check(WAIVED, MUSTER_AS_OF="2026-11-20")
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertEqual(json.loads((self.here / "muster.sarif").read_text(encoding="utf-8"))["runs"][0]["results"], [])

    def test_text_of_a_pull_request_is_never_a_command(self):
        for hostile in ("$(touch owned)", "`touch owned`", "; touch owned", "--help", "-q"):
            with self.subTest(hostile):
                run, _ = self.run_check(GOOD, path=hostile + ".drp")
                self.assertEqual(run.returncode, 0, run.stderr)
        run, outputs = self.run_check(GOOD, MUSTER_AS_OF="2026-01-01 --fail-on never; touch owned")
        self.assertEqual(run.returncode, 2)
        run, outputs = self.run_check(GOOD, MUSTER_SARIF="a\nupload=true")
        self.assertEqual(run.returncode, 2)
        self.assertNotIn("upload=true", outputs)
        self.assertFalse((self.here / "owned").exists())

    def test_a_plan_that_cannot_be_read_has_no_report(self):
        run, outputs = self.run_check(GOOD, MUSTER_PATH="nowhere")
        self.assertEqual((run.returncode, outputs), (2, ""))


WAIVED = """plan p { declare by lead takes 10m }
role lead { responds 5m }
site main { }
tier gold { rto 1m }
service shop : gold {
  at main
  starts in 5m
  allow rto-missed until 2030-01-01 because "known"
}
procedure again { recovers shop; step start { by lead; takes 5m } }
detector probe { watches shop; every 1m }
scenario crash { fails shop }
"""


class Hooks(unittest.TestCase):
    def test_hooks_run_commands_that_there_are(self):
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        self.assertEqual([hook["id"] for hook in hooks], ["muster-check", "muster-fmt"])
        for hook in hooks:
            self.assertTrue({"id", "name", "entry", "language", "files"} <= hook.keys())
            program, command = hook["entry"].split()
            self.assertEqual(program, "muster")
            self.assertEqual(subprocess.run([MUSTER, command, "--help"], capture_output=True, check=False).returncode, 0)

    def test_fmt_changes_what_is_not_in_layout_and_leaves_the_rest(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "plan.drp"
            file.write_text("plan   p {  }\n", encoding="utf-8")
            subprocess.run([MUSTER, "fmt", file], check=True, capture_output=True)
            once = file.read_text(encoding="utf-8")
            subprocess.run([MUSTER, "fmt", file], check=True, capture_output=True)
            self.assertEqual(once, file.read_text(encoding="utf-8"))
            self.assertNotEqual(once, "plan   p {  }\n")


if __name__ == "__main__":
    unittest.main()
