"""Every diagnostic has a row, a place in the ledger, a page with a bad and a good plan, and a golden pair."""

import re
import subprocess
import unittest

import registry
import tree

LEDGER = tree.ROOT / "tests/house/codes.txt"
GOLDENS = tree.ROOT / "tests/golden/check"


def ledger():
    return dict(line.split() for line in LEDGER.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))


class Registry(tree.HouseTest):
    def test_every_row_is_read(self):
        text = registry.TABLE.read_text(encoding="utf-8")
        self.assertEqual(len(registry.rows()), len(re.findall(r"^MUSTER_MESSAGE", text, re.MULTILINE)),
                         "a row of messages.def does not have the form of the others")

    def test_codes_and_names_are_unique(self):
        for column, what in ((1, "code"), (2, "name")):
            values = [row[column] for row in registry.rows()]
            twice = sorted({value for value in values if values.count(value) > 1})
            self.assertFalse(twice, f"{what}s stand twice in messages.def: {', '.join(twice)}")

    def test_codes_have_their_form(self):
        faults = [f"{code} {name}: a code is M1, M2 or M3 and three digits, a name is kebab-case" for _, code, name, _ in registry.rows()
                  if not re.fullmatch(r"M[123]\d{3}", code) or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)]
        self.assert_none(faults)

    def test_codes_are_never_used_again(self):
        """The ledger keeps every code that ever was, also after its row is gone."""
        known = ledger()
        faults = []
        for _, code, name, _ in registry.rows():
            if code not in known:
                faults.append(f"{code} is new: add the line `{code} {name}` to tests/house/codes.txt")
            elif known[code] != name:
                faults.append(f"{code} was {known[code]} before and may not become {name}: take a new code")
        for code, name in known.items():
            again = [row[1] for row in registry.rows() if row[2] == name and row[1] != code]
            faults += [f"{name} was {code} before and may not become {other}" for other in again]
        self.assert_none(faults)

    def test_every_row_is_reported_somewhere(self):
        code = "\n".join(path.read_text(encoding="utf-8") for path in tree.code_files() if path.suffix == ".cpp")
        faults = [f"{row[1]} {row[2]}: nothing reports messages::{row[0]}" for row in registry.rows() if f"messages::{row[0]}" not in code]
        self.assert_none(faults)

    def test_every_code_has_a_golden(self):
        found = "\n".join(path.read_text(encoding="utf-8") for path in sorted(GOLDENS.glob("*.out")))
        faults = [f"{row[1]} {row[2]} has no golden: add a plan with this fault to tests/golden/check and run "
                  "tests/golden/run.py with --update" for row in registry.rows() if f"[{row[1]}]" not in found]
        self.assert_none(faults)


class Pages(tree.HouseTest):
    def test_every_code_has_a_page(self):
        faults = [f"{code} has no page: write docs/diagnostics/{code}.md" for code in registry.codes() if not registry.page(code).is_file()]
        self.assert_none(faults)

    def test_every_page_has_a_code(self):
        faults = [f"{tree.shown(path)} is about a code that is not in messages.def" for path in sorted(registry.PAGES.glob("M*.md"))
                  if path.stem not in registry.codes()]
        self.assert_none(faults)

    def test_there_is_nothing_but_pages_and_their_index(self):
        others = [tree.shown(path) for path in sorted(registry.PAGES.iterdir()) if not re.fullmatch(r"M\d{4}\.md|README\.md", path.name)]
        self.assertFalse(others, f"{', '.join(others)}: no page of a code")

    @unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
    def test_the_index_is_that_of_the_registry(self):
        made = subprocess.run([registry.muster(), "explain", "--list", "--format", "markdown"], capture_output=True, text=True, check=True).stdout
        self.assertEqual((registry.PAGES / "README.md").read_text(encoding="utf-8"), made,
                         "write docs/diagnostics/README.md anew: muster explain --list --format markdown > docs/diagnostics/README.md")

    def test_pages_have_one_form(self):
        faults = []
        for _, code, name, _ in registry.rows():
            if not registry.page(code).is_file():
                continue
            text = registry.page(code).read_text(encoding="utf-8")
            where = f"docs/diagnostics/{code}.md"
            if not text.startswith(f"# {code} {name}\n\n"):
                faults.append(f"{where} does not start with `# {code} {name}`")
            if tuple(re.findall(r"^## .*$", text, re.MULTILINE)) != registry.SECTIONS:
                faults.append(f"{where} does not have the sections {', '.join(registry.SECTIONS)}, in this order")
            if len(registry.plans(text)) != 2:
                faults.append(f"{where} does not have one bad and one good plan")
        self.assert_none(faults)

    def test_pages_name_sources_that_exist(self):
        faults = []
        for path in sorted(registry.PAGES.glob("M*.md")):
            named = re.findall(r"`((?:compiler|grammar)/[\w/.]+)`", path.read_text(encoding="utf-8"))
            faults += [f"{tree.shown(path)} names {name}, which does not exist" for name in named if not (tree.ROOT / name).is_file()]
            if not named:
                faults.append(f"{tree.shown(path)} does not name the source of the rule")
        self.assert_none(faults)


@unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
class PlansOfPages(tree.HouseTest):
    def test_the_bad_plan_is_found_bad(self):
        faults = []
        for path in sorted(registry.PAGES.glob("M*.md")):
            text = path.read_text(encoding="utf-8")
            found = registry.check(registry.plans(text)[0], registry.other_files(text))
            if path.stem not in found:
                faults.append(f"{tree.shown(path)}: the bad plan yields {', '.join(found) or 'nothing'}, not {path.stem}")
            faults += [f"{tree.shown(path)}: the bad plan yields {code} too, which its page does not speak of" for code in sorted(set(found))
                       if code not in text]
        self.assert_none(faults)

    def test_the_good_plan_is_found_good(self):
        faults = []
        for path in sorted(registry.PAGES.glob("M*.md")):
            text = path.read_text(encoding="utf-8")
            found = registry.check(registry.plans(text)[1], registry.other_files(text))
            if found:
                faults.append(f"{tree.shown(path)}: the good plan yields {', '.join(found)}")
        self.assert_none(faults)


if __name__ == "__main__":
    unittest.main()
