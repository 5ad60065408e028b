#!/usr/bin/env python3
"""The index of the rules by family, out of their folders and the table of diagnostics.

    tests/house/rules_index.py > docs/rules/README.md"""

import re

import registry
import tree

FOLDER = tree.ROOT / "compiler/analysis/rules"
FAMILIES = {
    "objectives": "Whether each objective can be kept, and whether the objectives agree with one another.",
    "coverage": "Whether somebody has thought of everything that can fail, and whether what was planned is used.",
    "independence": "Whether what recovers is still there when what it recovers is not.",
    "copies": "Whether the copies can be used: clean, reachable, whole, kept for long enough, and tested.",
    "steps": "Whether the steps can be performed as they are written.",
    "shell": "Whether the commands do what their author believes they do.",
    "practice": "Whether anybody has tried, and when.",
}


def rule_files(family):
    return sorted((FOLDER / family).glob("*.cpp"))


def reported(path):
    """The identifiers of the messages that a rule reports."""
    return set(re.findall(r"\bmessages::(\w+)", path.read_text(encoding="utf-8")))


def texts():
    """The text of each message with its gaps as the list of diagnostics shows them, by code."""
    table = (tree.ROOT / "docs/diagnostics/README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| \[(M\d+)\]\(M\d+\.md\) \| [\w-]+ \| \w+ \| (.*) \|$", table, re.MULTILINE))


def family_rows(family):
    said = texts()
    mine = set().union(*(reported(path) for path in rule_files(family)), set())
    return [f"| [{code}](../diagnostics/{code}.md) | {name} | {severity} | {said.get(code, '')} |" for identifier, code, name, severity in registry.rows() if identifier in mine]


def index():
    lines = ["# Rules", "", "What `muster check` looks for in a plan that can be read, by family. The page of a rule says why it matters, shows a plan with the", "fault and the same plan mended, and names its source; `muster explain CODE` prints it. A gap is `…`.", "",
             "This page is `tests/house/rules_index.py`."]
    for family, question in FAMILIES.items():
        rows = family_rows(family)
        if rows:
            lines += ["", f"## {family.capitalize()}", "", question, "", "| code | name | severity | |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(index(), end="")
