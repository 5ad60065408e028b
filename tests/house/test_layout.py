"""Every plan of the tree is in the layout that `muster fmt` writes: those that run, those that tests read, and those in the pages."""

import re
import subprocess
import unittest

import registry
import tree

GOLDENS = tree.ROOT / "tests/golden"
FENCE = re.compile(r"^```drp[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FOLDERS = ("compiler", "plans", "tests")


def is_meant_to_be_bad(path):
    """Goldens about errors of syntax: `fmt` leaves such a file as it is."""
    return GOLDENS in path.parents and path.relative_to(GOLDENS).parts[1].startswith("bad_")


def plan_files():
    """Every plan file. Some goldens are about links that lead nowhere."""
    return [path for folder in FOLDERS for path in sorted((tree.ROOT / folder).rglob("*.drp")) if path.is_file()]


def plans_of_pages():
    """Where it stands, and the text, of every plan in the pages."""
    for path in [tree.ROOT / "README.md", *sorted((tree.ROOT / "docs").rglob("*.md"))]:
        for number, match in enumerate(FENCE.finditer(path.read_text(encoding="utf-8")), 1):
            yield f"{tree.shown(path)}, plan {number}", match[1]


def laid_out(*arguments, **options):
    return subprocess.run([registry.muster(), "fmt", "--diff", *arguments], cwd=tree.ROOT, capture_output=True, text=True, timeout=60, **options)


@unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
class Layout(tree.HouseTest):
    def test_plan_files_are_in_the_canonical_layout(self):
        files = [path for path in plan_files() if not is_meant_to_be_bad(path)]
        self.assertGreater(len(files), 60)
        run = laid_out(*map(tree.shown, files))
        self.assertEqual(run.returncode, 0, f"run `muster fmt` on these files:\n{run.stdout}{run.stderr}")

    def test_bad_plans_that_can_be_read_are_in_it_too(self):
        faults = []
        for path in filter(is_meant_to_be_bad, plan_files()):
            run = laid_out(tree.shown(path))
            if run.returncode == 1:
                faults.append(f"run `muster fmt {tree.shown(path)}`")
        self.assert_none(faults)

    def test_plans_of_the_pages_are_in_it_too(self):
        faults, readable = [], 0
        for place, text in plans_of_pages():
            run = laid_out("-", input=text)
            readable += run.returncode == 0
            if run.returncode == 1:
                faults.append(f"{place} is not what `muster fmt` makes of it:\n{run.stdout}")
        self.assert_none(faults)
        self.assertGreater(readable, 50)


if __name__ == "__main__":
    unittest.main()
