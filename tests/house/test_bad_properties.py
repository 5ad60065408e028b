"""Whatever a declaration can say has been said wrongly, and the goldens hold what its author is then told.

tests/golden/check/bad_properties_BLOCK_FAULT.drp has every clause of that kind of block with that fault, one to a line. The clauses are those
of the grammar, so that a new one is missed here. A line without a finding is one that was accepted in silence; what is right is marked `fine` or
`may be repeated`.
"""

import re
import unittest

import tree
import words

GOLDENS = tree.ROOT / "tests/golden/check"
FAULTS = ("doubled", "missing", "wrong_type", "refers_to_nothing", "wrong_kind")
# Blocks within another declaration, whose goldens hold them too.
WITHIN = {"policy": "tier", "phase": "procedure", "verify": "backup"}
# Made of the same clauses as another block, or of declarations.
LIKE_OTHERS = {"parallel", "afterwards", "expect", "whatif"}
# Read alike wherever they stand: the goldens of one block have them.
SHARED = {"objective": "tier", "remark": "tier", "action": "actions"}
VALUES = re.compile(r"\b[A-Z]{3,}\b|\b(?:duration|figure|text|words?|names?|strings|place|placement|alternatives|subjects|victims|destination|retention|probe"
                    r"|exercise|expectation|weekdays|clockTime|period|level|event|zoneName|recurrence|action)\b")
NAMES = re.compile(r"\b(?:names?|words?|place|placement|alternatives|subjects|victims|destination|retention|exercise|zoneName)\b")
# Clauses whose names stand for no declaration: any word will do.
FREE = {
    "plan": {"owner", "approved", "compliance"}, "site": {"provider", "region", "account", "zones"}, "role": {"held"}, "contact": {"organisation"},
    "tool": {"provides"}, "service": {"workload", "engine", "costs"}, "classification": {"compliance"}, "data": {"class"},
    "store": {"provider", "region", "account", "storage", "encrypted"}, "archive": {"with", "encrypt"}, "backup": {"with", "encrypt"},
    "detector": {"severity"}, "procedure": {"asks"}, "scenario": {"severity", "category"}, "message": {"severity"}, "drill": {"in"},
    "profile": {"figure", "takes", "storage", "restores", "replays"},
}
# Names that stand for something that is not declared: nothing can be of the wrong kind.
UNDECLARED = {"plan": {"timezone"}, "role": {"hours"}, "contact": {"hours"}}


def alternatives(text):
    """The alternatives of a rule, cut at each `|` outside parentheses."""
    found, depth = [""], 0
    for piece in re.findall(r"'[^']*'|.", text, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return [alternative.strip() for alternative in found]


def clauses_of(rules, rule):
    """The alternatives of each clause of a block by the word that it starts with; those of shared rules stand under their own block."""
    found = {}
    for alternative in alternatives(rules[rule]):
        first = re.findall(r"^\(?((?:'\w+'[ |]*)+)", alternative)
        if first:
            several = re.findall(r"'(\w+)'", first[0]) if alternative.startswith("(") else re.findall(r"'(\w+)'", first[0])[:1]
            for word in several:
                found.setdefault(word, []).append(alternative)
        elif alternative not in SHARED:
            for word, more in clauses_of(rules, alternative).items():
                found.setdefault(word, []).extend(more)
    return found


def all_clauses():
    """For each kind of block its clauses, as `clauses_of`."""
    rules = words.rules()
    blocks = {rule.removesuffix("Item"): clauses_of(rules, rule) for rule in rules if rule.endswith("Item")}
    blocks = {block: clauses for block, clauses in blocks.items() if block not in LIKE_OTHERS and block != "steps"}
    for shared, block in SHARED.items():
        blocks.setdefault(block, {}).update(clauses_of(rules, shared))
    return blocks


def is_more_than_its_word(text):
    """Whether a clause goes on after its first word, not only where the author likes."""
    return bool(re.sub(r"^\(?'\w+'( *\| *'\w+'\))*|\([^()]*\)\?", "", text).strip())


def demanded(fault, block, clauses):
    """The words of the clauses that can have that fault."""
    if fault == "doubled":
        return set(clauses)
    if fault == "missing":
        return {word for word, texts in clauses.items() if any(is_more_than_its_word(text) for text in texts)}
    if fault == "wrong_type":
        return {word for word, texts in clauses.items() if any(VALUES.search(text) for text in texts)}
    named = {word for word, texts in clauses.items() if any(NAMES.search(re.sub(r"'[^']*'", "", text)) for text in texts)}
    return named - FREE.get(block, set()) - (UNDECLARED.get(block, set()) if fault == "wrong_kind" else set())


class Golden:
    """The clauses of a golden's plan, and the lines that its findings are about."""

    def __init__(self, path):
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()
        answer = path.with_suffix(".out").read_text(encoding="utf-8")
        self.found = {int(line) for line in re.findall(rf"^ *--> {re.escape(path.name)}:(\d+):", answer, re.MULTILINE)}

    def clauses(self):
        """(kind of the block around it, which block, first word, line number) of each clause that stands on a line of its own."""
        around = []
        for number, line in enumerate(self.lines, 1):
            text = line.split("//")[0].strip()
            if text == "}":
                around.pop()
            elif around and text:
                yield around[-1][0], around[-1][1], text.split()[0].strip("{"), number
            if text.endswith("{"):
                around.append((text.split()[0], number))

    def is_marked(self, number, mark):
        return self.lines[number - 1].endswith(f"// {mark}")


def goldens(block, fault):
    """The golden that has a block's clauses with a fault; none where it does not exist."""
    path = GOLDENS / f"bad_properties_{WITHIN.get(block, block)}_{fault}.drp"
    return Golden(path) if path.exists() else None


class BadProperties(tree.HouseTest):
    def test_every_clause_has_every_fault(self):
        faults = []
        for block, clauses in all_clauses().items():
            for fault in FAULTS:
                golden = goldens(block, fault)
                inside = "step" if block == "actions" else block
                written = {word for kind, _, word, _ in golden.clauses() if kind == inside} if golden else set()
                for word in sorted(demanded(fault, block, clauses) - written):
                    faults.append(f"tests/golden/check/bad_properties_{WITHIN.get(block, block)}_{fault}.drp has no `{word}` in `{inside}`")
        self.assert_none(faults)

    def test_every_clause_is_doubled(self):
        faults = []
        for path in sorted(GOLDENS.glob("bad_properties_*_doubled.drp")):
            golden, seen = Golden(path), {}
            for kind, at, word, number in golden.clauses():
                seen.setdefault((kind, at, word), []).append(number)
            for (kind, _, word), numbers in seen.items():
                block = kind != "step" or path.name != "bad_properties_actions_doubled.drp"
                if len(numbers) < 2 and not golden.lines[numbers[0] - 1].split("//")[0].strip().endswith("{") and block \
                        and not golden.is_marked(numbers[0], "fine"):
                    faults.append(f"{tree.shown(path)}:{numbers[0]}: `{word}` stands once")
                for number in numbers[1:]:
                    if golden.is_marked(number, "may be repeated") == (number in golden.found) and not self.is_another(golden, numbers[0], number):
                        faults.append(f"{tree.shown(path)}:{number}: the second `{word}` is " +
                                      ("reported and marked as fine" if number in golden.found else "accepted"))
        self.assert_none(faults)

    @staticmethod
    def is_another(golden, first, number):
        """`rto … under region` beside `rto`, `takes scale` beside `takes promote`: not the same clause. Its own double stands next to it."""
        lines = [golden.lines[at - 1].split("//")[0].split() for at in (first, number)]
        return [len(line) for line in lines] != [len(lines[0])] * 2 or lines[0][1:2] != lines[1][1:2]

    def test_no_fault_is_accepted(self):
        faults = []
        for fault in FAULTS[1:]:
            for path in sorted(GOLDENS.glob(f"bad_properties_*_{fault}.drp")):
                golden = Golden(path)
                for _, _, word, number in golden.clauses():
                    opens = golden.lines[number - 1].rstrip().endswith("{")
                    if not opens and golden.is_marked(number, "fine") == (number in golden.found):
                        faults.append(f"{tree.shown(path)}:{number}: `{word}` is " +
                                      ("reported and marked as fine" if number in golden.found else "accepted"))
        self.assert_none(faults)

    def test_the_parts_of_the_test(self):
        self.assertEqual(alternatives("'a' b ('c' | d) | e | ('f' | 'g') h"), ["'a' b ('c' | d)", "e", "('f' | 'g') h"])
        clauses = {"a": ["'a' NUMBER"], "b": ["'b'"], "c": ["'c' 'd'"], "e": ["'e' names"]}
        self.assertEqual(demanded("doubled", "x", clauses), {"a", "b", "c", "e"})
        self.assertEqual(demanded("missing", "x", clauses), {"a", "c", "e"})
        self.assertEqual(demanded("wrong_type", "x", clauses), {"a", "e"})
        self.assertEqual(demanded("wrong_kind", "x", clauses), {"e"})


if __name__ == "__main__":
    unittest.main()
