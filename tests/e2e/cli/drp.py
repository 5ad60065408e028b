"""The tokens of a plan, read without Muster, and the same plan in another layout."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]

TOKEN = re.compile(r'''
    (?P<text>"""[ \t]*\r?\n(?:(?:(?!""").)*\n)?[ \t]*""")
  | (?P<string>"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')
  | (?P<comment>//[^\r\n]*)
  | (?P<newline>\r?\n)
  | (?P<space>[ \t]+)
  | (?P<literal>\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\d\d:\d\d|(?:\d+(?:\.\d+)?[A-Za-z]*)+%?(?:/[smhd]\b)?)
  | (?P<name>[A-Za-z][A-Za-z0-9_-]*)
  | (?P<mark>\.\.|[<>]=|.)
''', re.VERBOSE | re.DOTALL)


def tokens(text):
    """(kind, text) of each token; nothing of `text` is left out."""
    return [(match.lastgroup, match.group()) for match in TOKEN.finditer(text)]


def plans_of_the_tree():
    """Name and text of every plan file of the repository, and of every plan in its pages."""
    for folder in ("plans", "tests/fixtures", "tests/golden"):
        for path in sorted((ROOT / folder).rglob("*.drp")):
            text = path.read_bytes().decode("utf-8").replace("\r\n", "\n") if path.is_file() else "\0"
            if "\0" not in text:  # some goldens are about links that lead nowhere, and about what is no text
                yield path.relative_to(ROOT).as_posix(), text
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for number, plan in enumerate(re.findall(r"```drp[^\n]*\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)):
            yield f"{path.relative_to(ROOT).as_posix()}, plan {number + 1}", plan


def words_before(listed, place):
    """What stands before the token at `place` of `listed`, without white space and comments."""
    return [token for kind, token in listed[:place] if kind not in ("space", "newline", "comment")]


def comments(text):
    return [token.rstrip(" \t") for kind, token in tokens(text) if kind == "comment"]


def clauses(text):
    """The plan without comments and layout: words, and `;` where a clause ends. Text blocks stand as what they say."""
    out = []
    for kind, token in tokens(text):
        if kind in ("comment", "space"):
            continue
        if kind == "newline" or token == ";":
            if out and out[-1] not in (";", "{"):
                out.append(";")
        elif token == "}" and out and out[-1] == ";":
            out[-1] = token
        else:
            out.append(meaning(token) if kind == "text" else token)
    return out[:-1] if out[-1:] == [";"] else out


def meaning(block):
    """The lines of a text block without the indentation of the last."""
    first, *inside, last = block.split("\n")
    indentation = last[:-3]
    lines = []
    for line in inside:
        shared = 0
        while shared < min(len(line), len(indentation)) and line[shared] == indentation[shared]:
            shared += 1
        lines.append(line[shared:].removesuffix("\r"))
    return first[:3] + "\n".join(lines)


WORDS = ("text", "string", "literal", "name")


class Hurry:
    """Types a plan anew as somebody in a hurry would: the same words, any layout. `chance` is a random.Random."""

    def __init__(self, chance):
        self.chance = chance
        self.end = chance.choice(("\n", "\n", "\r\n"))

    def retyped(self, text):
        words = [token for token in tokens(text.replace("\r\n", "\n")) if token[0] != "space"]
        out = self.chance.choice(("", "\ufeff", "  ", self.end))
        before = "newline"
        for kind, token in words:
            if kind == "newline":
                out += self.line_end(before)
            elif kind == "comment":
                out += self.space() + token + self.space()
            else:
                out += self.space(kind in WORDS and before in WORDS) + token.replace("\n", self.end)
            before = kind
        return out.removesuffix(self.end) if self.chance.random() < 0.3 else out

    def space(self, needed=False):
        return self.chance.choice((" ", "  ", "\t") if needed else ("", "", " ", "   ", "\t "))

    def line_end(self, before):
        """After a comment the line has to end; elsewhere a clause may also end with `;`."""
        if before != "comment" and self.chance.random() < 0.3:
            return self.space() + ";" + self.space()
        comment = f"//{self.space()}comment {self.chance.randrange(1000)}{self.space()}"
        end = comment if before != "comment" and self.chance.random() < 0.2 else ""
        more = [self.space() + self.chance.choice(("", "", comment, ";")) for _ in range(self.chance.choice((0, 0, 0, 1, 2, 3)))]
        return end + self.end + "".join(line + self.end for line in more)
