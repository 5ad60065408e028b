"""A rule is one file in the folder of its family, one declaration and one row in the list."""

import re
import unittest

import registry
import rules_index
import tree

FOLDER = rules_index.FOLDER
FAMILIES = tuple(rules_index.FAMILIES)
MISTAKES = FOLDER / "shell/mistakes.cpp"
SHARED = {"cause.cpp", "queue.cpp", "rules.cpp", "touched.cpp", "urgency.cpp", "wording.cpp"}
FINDERS = {"mistakes.cpp", "secrets.cpp", "kubernetes.cpp", "databases.cpp", "names.cpp"}  # what the one rule of the family shell runs


def rule_files():
    return [path for family in FAMILIES for path in rules_index.rule_files(family) if path.name not in FINDERS]


def listed_rules():
    table = re.search(r"to_array<Rule>\(\{(.*?)\}\)", (FOLDER / "rules.cpp").read_text(encoding="utf-8"), re.DOTALL)
    return re.findall(r"\w+", table[1])


def declared_rules():
    return re.findall(r"^void (\w+)\(const Facts& facts, diagnostics::Sink& sink\);", (FOLDER / "rules.h").read_text(encoding="utf-8"), re.MULTILINE)


class Rules(tree.HouseTest):
    def test_every_rule_has_a_family(self):
        faults = [f"{tree.shown(path)} is in no family: move it into one of {', '.join(FAMILIES)}" for path in sorted(FOLDER.rglob("*.cpp"))
                  if path not in rule_files() and path.name not in SHARED | FINDERS]
        self.assert_none(faults)

    def test_every_file_is_in_the_list(self):
        faults = [f"{tree.shown(path)} is not run: add {path.stem} to the list in compiler/analysis/rules/rules.cpp" for path in rule_files()
                  if path.stem not in listed_rules()]
        self.assert_none(faults)

    def test_every_file_is_declared(self):
        faults = [f"{tree.shown(path)} is not declared in compiler/analysis/rules/rules.h" for path in rule_files() if path.stem not in declared_rules()]
        self.assert_none(faults)

    def test_the_list_has_no_other_rules(self):
        files = {path.stem for path in rule_files()}
        faults = [f"{rule} is a rule without a file of its name" for rule in sorted({*listed_rules(), *declared_rules()} - files)]
        self.assert_none(faults)

    def test_no_rule_runs_twice(self):
        rules = listed_rules()
        twice = sorted({rule for rule in rules if rules.count(rule) > 1})
        self.assertFalse(twice, f"in the list of rules.cpp more than once: {', '.join(twice)}")

    def test_the_list_is_as_long_as_it_says(self):
        """A list that is too long ends in a rule that is none."""
        length = re.search(r"std::array<Rule, (\d+)>", (FOLDER / "rules.cpp").read_text(encoding="utf-8"))
        if length:
            self.assertEqual(int(length[1]), len(listed_rules()), "the length of the list in rules.cpp is not the number of its rules")

    def test_every_rule_reports_something(self):
        faults = [f"{tree.shown(path)} reports no message of the table" for path in rule_files()
                  if not rules_index.reported(MISTAKES if path.parent == MISTAKES.parent else path)]
        self.assert_none(faults)

    def test_the_index_is_up_to_date(self):
        page = tree.ROOT / "docs/rules/README.md"
        self.assertEqual(page.read_text(encoding="utf-8"), rules_index.index(), f"tests/house/rules_index.py > {tree.shown(page)} writes it anew")

    def test_every_rule_says_why_it_exists(self):
        faults = [f"{tree.shown(path)} does not begin with a comment that says why the rule exists" for path in rule_files()
                  if not path.read_text(encoding="utf-8").startswith("// ")]
        self.assert_none(faults)

    def test_the_source_of_every_mistake_is_on_its_page(self):
        """What is said of shell texts is known from somewhere, and its page says from where."""
        codes = {identifier: code for identifier, code, _, _ in registry.rows()}
        rows = re.findall(r"\{messages::(\w+),\s*\w+,\s*\"([^\"]+)\"", MISTAKES.read_text(encoding="utf-8"))
        self.assertTrue(rows, "no row of mistakes.cpp was read")
        faults = [f"docs/diagnostics/{codes[row]}.md does not name {source}" for row, source in rows
                  if source not in registry.page(codes[row]).read_text(encoding="utf-8")]
        self.assert_none(faults)


if __name__ == "__main__":
    unittest.main()
