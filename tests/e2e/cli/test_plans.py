"""What muster says of each plan in plans/ stands in tests/e2e/plans/NAME/, and what their documents name is there.

With MUSTER_UPDATE=1 the goldens are written anew; look at the difference before it is committed.

A plan with a folder repaired/ is a document as it stands: it has findings, and its repaired twin has none. Each change of the twin is
marked `repair: R3` and has its row in README.md; each `assumed: A3` has its reason in assumptions.drp. In coverage.md a declaration
is named like `service web`, in the second column, and an artifact by its path, in the third.
"""

import os
import pathlib
import re
import unittest

import support

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOLDENS = ROOT / "tests/e2e/plans"
PLANS = sorted(path.parent for path in (ROOT / "plans").glob("*/README.md"))
DOCUMENTS = [plan for plan in PLANS if (plan / "repaired").is_dir()]
AS_OF = ("--as-of", "2026-11-20", "--color", "never")
CODE = re.compile(r"`([^`]+)`")
KINDS = ("archive backup channel checklist classification contact data detector drill duty expect external link message phase plan procedure "
         "profile replica repository role scenario secret service site snapshot step store tier tool whatif").split()


def text_of(folder):
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.drp")))


def marks(kind, text):
    """The numbers after `repair:` or `assumed:`; a list goes on after commas."""
    found = re.findall(rf"{kind}: ([A-Z]\d+(?:, [A-Z]\d+)*)", text)
    return {mark for group in found for mark in group.split(", ")}


def rows(document):
    """The cells of each row of its tables, without heads and rules."""
    lines = [line for line in document.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not re.fullmatch(r"[|\s:-]+", line)]


def sound_folder(plan):
    return plan / "repaired" if (plan / "repaired").is_dir() else plan


class Plans(support.CommandLine):
    maxDiff = None

    def each(self, examine, plans=PLANS):
        for plan in plans:
            with self.subTest(plan=plan.name):
                examine(plan)

    def said(self, code, *arguments):
        run = self.run_muster(*arguments)
        self.assertEqual((run.returncode, run.stderr.decode()), (code, ""), run.stdout.decode()[-2000:])
        return run.stdout.decode().replace(str(ROOT) + "/", "")

    def golden(self, plan, name, actual):
        path = GOLDENS / plan.name / f"{name}.out"
        if os.environ.get("MUSTER_UPDATE"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
        self.assertTrue(path.exists(), f"{path} is missing: write it with MUSTER_UPDATE=1")
        self.assertEqual(path.read_text(encoding="utf-8"), actual)

    def compiled(self, sound):
        """The paths that `compile` says it wrote, each of which is there."""
        out = self.folder / f"out-{sound.parent.name}-{sound.name}"
        listed = self.said(0, "compile", sound, "-o", out, *AS_OF).splitlines()
        paths = [line.strip() for line in listed if line.startswith("  ")]
        self.assertTrue(all((out / path).is_file() for path in paths))
        return paths

    def test_each_is_in_the_layout(self):
        self.said(0, "fmt", "--check", ROOT / "plans")

    def faulty(self, plan):
        self.golden(plan, "check", self.said(1, "check", plan, *AS_OF))
        self.golden(plan, "estimate", self.said(1, "estimate", plan, *AS_OF))
        difference = self.said(0, "diff", plan, plan / "repaired", *AS_OF)
        self.golden(plan, "diff", difference)
        self.assertIn(difference.splitlines()[-1] + "\n", (plan / "README.md").read_text(encoding="utf-8"))

    def test_faults_of_the_document_are_found(self):
        self.each(self.faulty, DOCUMENTS)

    def stamped(self, plan):
        """Compiled all the same, every page says how many errors the plan has: as many as `check` shows."""
        out = self.folder / f"out-{plan.name}-errors"
        self.run_muster("compile", plan, "-o", out, *AS_OF, "--allow-errors", "--quiet")
        [errors] = re.findall(r"^(\d+) errors?, ", self.said(1, "check", plan, *AS_OF), re.MULTILINE)
        self.assertRegex((out / "docs/plan.md").read_text(encoding="utf-8").splitlines()[0], rf" {errors} errors?$")

    def test_what_has_errors_is_stamped_with_their_number(self):
        self.each(self.stamped, DOCUMENTS)

    def sound(self, plan):
        folder = sound_folder(plan)
        self.assertEqual(self.said(0, "check", folder, *AS_OF).splitlines()[0], "no findings")
        self.golden(plan, "repaired.estimate", self.said(0, "estimate", folder, *AS_OF))
        self.golden(plan, "repaired.compile", "\n".join(self.compiled(folder)) + "\n")

    def test_what_is_sound_has_no_findings(self):
        self.each(self.sound)

    def keeps(self, plan):
        self.assertRegex(self.said(0, "test", sound_folder(plan), *AS_OF), r"\n[1-9]\d* held, 0 failed, 0 untold\n$")

    def test_what_is_sound_keeps_what_it_expects(self):
        self.each(self.keeps)

    def test_goldens_belong_to_plans(self):
        self.assertEqual({path.name for path in GOLDENS.iterdir()}, {plan.name for plan in PLANS})

    def reasoned(self, plan):
        for folder in (plan, plan / "repaired"):
            reasons = set(re.findall(r"^// (A\d+) ", (folder / "assumptions.drp").read_text(encoding="utf-8"), re.MULTILINE))
            self.assertLessEqual(marks("assumed", text_of(folder)), reasons)

    def test_assumptions_have_reasons(self):
        self.each(self.reasoned, DOCUMENTS)

    def repairs(self, plan):
        told = {row[0] for row in rows((plan / "README.md").read_text(encoding="utf-8"))}
        self.assertLessEqual(marks("repair", text_of(plan / "repaired")), told)
        self.assertEqual(marks("repair", text_of(plan)), set())

    def told_findings(self, plan):
        found = (GOLDENS / plan.name / "check.out").read_text(encoding="utf-8")
        for row in rows((plan / "README.md").read_text(encoding="utf-8")):
            for name in CODE.findall(row[1]) if re.fullmatch(r"R\d+", row[0]) else []:
                self.assertIn(f"] {name}: ", found, row[0])

    def test_findings_of_the_table_are_found(self):
        self.each(self.told_findings, DOCUMENTS)

    def named_findings(self, plan):
        found = (GOLDENS / plan.name / "check.out").read_text(encoding="utf-8")
        told = {name for row in rows((plan / "README.md").read_text(encoding="utf-8")) for name in CODE.findall(" ".join(row[:2]))}
        names = re.findall(r"^(?:error|warning|note)\[M\d+\] ([a-z-]+): ", found, re.MULTILINE)
        self.assertLessEqual({name for name in names if name not in told and f"(`{name}`)" not in (plan / "README.md").read_text(encoding="utf-8")}, set())

    def test_what_is_found_is_in_the_document(self):
        """Each kind of finding has been compared with what the document says."""
        self.each(self.named_findings, DOCUMENTS)

    def test_repairs_have_rows(self):
        self.each(self.repairs, DOCUMENTS)

    def in_the_document(self, plan, declarations):
        """Each of them is in the generated document, by its title or its name, as Markdown has it."""
        document = (self.folder / f"out-{plan.name}-repaired/docs/plan.md").read_text(encoding="utf-8").replace("\\", "")
        for name in declarations:
            title = re.search(rf'(?m)^\s*{re.escape(name)} "([^"]+)"', text_of(plan / "repaired"))
            self.assertIn(title[1] if title else name.split()[1], document, name)

    def covered(self, plan):
        declared, written = text_of(plan), self.compiled(plan / "repaired")
        covered = rows((plan / "coverage.md").read_text(encoding="utf-8"))
        self.assertGreater(len(covered), 5)
        for section, declarations, artifacts in (row[:3] for row in covered):
            for name in CODE.findall(declarations):
                self.assertIn(name.split()[0], KINDS, section)
                self.assertRegex(declared, rf"(?m)^\s*{re.escape(name)}(?![\w-])", section)
            for path in CODE.findall(artifacts):
                self.assertIn(path, written, section)
            if "`docs/plan.md`" in artifacts:
                self.in_the_document(plan, CODE.findall(declarations))

    def scripts(self, plan):
        coverage = (plan / "coverage.md").read_text(encoding="utf-8")
        beginning, one_by_one = coverage.split("\n## Its scripts, one by one\n")
        self.assertIn("\n## What is not carried\n", one_by_one)
        for script, _, artifacts, done, _ in rows(one_by_one)[1:]:
            self.assertTrue(done, script)
            self.assertEqual(done == "not carried", not artifacts, script)
        self.assertEqual({len(row) for row in rows(beginning)}, {4})

    def test_each_script_of_the_document_has_what_does_it_or_is_said_not_to_be_carried(self):
        self.each(self.scripts, DOCUMENTS)

    def test_coverage_names_what_is_there(self):
        self.each(self.covered, DOCUMENTS)


if __name__ == "__main__":
    unittest.main()
