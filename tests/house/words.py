"""The words that the grammar knows, and where each of them stands."""

import re

import tree

GRAMMAR = tree.ROOT / "grammar/MusterPlan.g4"
HEADERS = {"copyHeader": "the header of a copy", "claim": "expect"}
ELSEWHERE = ("part", "removable", "plain")


def rules():
    """The text of each rule of the parser, without comments."""
    text = re.sub(r"//[^\n]*", "", GRAMMAR.read_text(encoding="utf-8"))
    text = text[:text.index("\nDATETIME :")]
    return dict(re.findall(r"^(\w+)\s*\n?\s*:\s(.*?);\s*$", text, re.DOTALL | re.MULTILINE))


class Grammar:
    def __init__(self):
        self.rules = rules()

    def fixed(self, rule):
        """The fixed words in the text of a rule itself."""
        return re.findall(r"'([a-z][a-z0-9]*)'", self.rules[rule])

    def words(self):
        return sorted({word for rule in self.rules for word in self.fixed(rule)})

    def reached(self, rule, seen=None):
        """The fixed words of a rule and of the rules that it is made of, without those of other blocks."""
        seen = set() if seen is None else seen
        if rule in seen or rule in ELSEWHERE or rule.endswith("Body"):
            return set()
        seen.add(rule)
        inner = re.findall(r"\b[a-z]\w*\b", re.sub(r"'[^']*'", "", self.rules[rule]))
        return set(self.fixed(rule)).union(*(self.reached(name, seen) for name in inner if name in self.rules))

    def declarations(self):
        """The words that start a declaration."""
        return {word for rule in ("declaration", "part") for word in re.findall(r"(?:^|\|)\s*'(\w+)'", self.rules[rule])}

    def blocks(self):
        """The words that stand in each kind of block, by the word that opens it: `plan`, `policy`, `step`."""
        blocks = {rule.removesuffix("Item"): self.reached(rule) for rule in self.rules if rule.endswith("Item")}
        blocks["parallel"] = blocks["afterwards"] = blocks.pop("steps")
        return blocks

    def places(self):
        """For each word where it stands, in words: blocks, headers, or what all of them share."""
        blocks = self.blocks()
        shared = {"every block": set.intersection(*blocks.values()), "a duration": self.reached("duration")}
        places = {}
        for word in self.words():
            found = sorted(block for block, words in blocks.items() if word in words)
            for name, words in shared.items():
                if word in words:
                    found = [name]
            found += [where for rule, where in HEADERS.items() if word in self.fixed(rule) and where not in found]
            places[word] = (["the start of a declaration"] if word in self.declarations() else []) + found
        return places
