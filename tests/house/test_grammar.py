"""One token decides every alternative of the grammar, so that parsing stays linear and its errors simple."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import tree

GRAMMAR = tree.ROOT / "grammar/MusterPlan.g4"
PARSER = "MusterPlanParser.cpp"


def generated_parser():
    """The text of the generated parser: that of the build, or one made for the test. None where neither can be had."""
    made = os.environ.get("MUSTER_GENERATED")
    if made:
        return (pathlib.Path(made) / PARSER).read_text(encoding="utf-8")
    antlr = shutil.which("antlr4")
    if antlr is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([antlr, "-Dlanguage=Cpp", "-no-listener", "-no-visitor", "-Xexact-output-dir", "-o", folder, str(GRAMMAR)], check=True,
                       capture_output=True)
        return (pathlib.Path(folder) / PARSER).read_text(encoding="utf-8")


class Grammar(tree.HouseTest):
    def test_one_token_decides(self):
        text = generated_parser()
        if text is None:
            self.skipTest("neither MUSTER_GENERATED nor antlr4 is there")
        places = [number for number, line in enumerate(text.splitlines(), 1) if "adaptivePredict" in line]
        rules = re.findall(r"MusterPlanParser::(\w+)\(\) \{(?:(?!\n\}).)*?adaptivePredict", text, re.DOTALL)
        self.assertFalse(places, f"the parser looks further ahead than one token (adaptivePredict) in rule {', '.join(rules)}: "
                         "let the first token of each alternative differ")

    def test_no_word_starts_a_declaration_and_a_clause(self):
        """That is how a block that nobody closed is noticed."""
        text = re.sub(r"//[^\n]*", "", GRAMMAR.read_text(encoding="utf-8"))
        rules = dict(re.findall(r"^(\w+)\s*\n?\s*:\s(.*?);\s*$", text, re.DOTALL | re.MULTILINE))
        declarations = set(re.findall(r"(?:^|\|)\s*'(\w+)'", rules["declaration"] + "|" + rules["part"]))
        self.assertGreater(len(declarations), 15, "the declarations of the grammar could not be read")
        for rule, body in rules.items():
            if not rule.endswith("Item") and rule not in ("objective", "remark", "action", "schedule", "reach", "ownCommand", "hours"):
                continue
            starts = set(re.findall(r"(?:^|\|)\s*'(\w+)'", body))
            self.assertFalse(starts & declarations, f"{rule} starts with the words of declarations: {', '.join(sorted(starts & declarations))}")


if __name__ == "__main__":
    unittest.main()
