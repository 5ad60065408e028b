"""Nothing is parsed and dropped: whatever a plan says is in what `muster export` makes of it.

Takes clauses and literals of the fixture that says everything, one at a time: each clause is left out, each literal is replaced by another.
The export then has to differ, or the plan is no longer read, since something else needs what is gone. The binary is $MUSTER.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import tree

PLAN = tree.ROOT / "tests/fixtures/everything.drp"
MUSTER = os.environ.get("MUSTER")

# What says nothing that the plan would not say without it, and why.
STATES_A_DEFAULT = {
    "clock from disruption": "the clock starts there unless something else is said",
    "active": "a site that is no standby is active",
    "mode async": "a replica that is not synchronous is asynchronous",
    "by restore": "a verification restores unless it says less",
}

# A `whatif` is exported as its name and remarks. Its changes are declarations in part, which only make sense in the plan that `--what-if`
# makes of them; the model does not hold them, so that neither `export` nor `diff` shows what they say.
NOT_EXPORTED = re.compile(r"^whatif\b.*?^\}", re.MULTILINE | re.DOTALL)
REMARKS = ("note", "see", "allow")

TOKEN = re.compile(r'''(?P<text>"""(?:\\.|(?!""")[\s\S])*"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*')|(?P<comment>//[^\n]*)|(?P<open>\{)|(?P<close>\})'''
                   r'''|(?P<end>[;\n])|(?P<blank>[ \t]+)|(?P<word>[^\s;{}"']+)''')


def clauses(text):
    """(begin, end) of every clause within a declaration, with its block."""
    found, open_clauses, begin, last = [], [], None, 0

    def close():
        nonlocal begin
        if begin is not None and open_clauses:
            found.append((begin, last))
        begin = None

    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            open_clauses.append(begin)
            begin = None
        elif kind == "close":
            close()
            begin, last = open_clauses.pop(), token.end()
        elif kind == "end":
            close()
        elif kind in ("text", "word"):
            begin, last = token.start() if begin is None else begin, token.end()
    return found


def literals(text):
    """(begin, end, replacement) of every quoted text and of the first digit of every number."""
    for token in TOKEN.finditer(text):
        word, begin = token[0], token.start()
        if token.lastgroup == "text":
            inside = begin + (word.find("\n") + 1 if word.startswith('"""') else 1)
            yield inside, inside, "z"
        elif token.lastgroup == "word":
            for number in re.finditer(r"(?<![\w-])\d", word):
                digit = int(number[0])
                yield begin + number.start(), begin + number.end(), str(digit + 1 if digit < 9 else 1)


def is_change_of_a_what_if(text, begin):
    """Whether a clause or literal stands in a change that a `whatif` makes, rather than in its remarks or its header."""
    for block in NOT_EXPORTED.finditer(text):
        if block.start() <= begin < block.end():
            line = text[text.rfind("\n", 0, begin) + 1:].lstrip()
            return not line.startswith(("whatif", *REMARKS))
    return False


def changed(text, begin, end, replacement=""):
    return text[:begin] + replacement + text[end:]


def exported(path):
    """The export of a plan, without its fingerprint; None where it is not read."""
    run = subprocess.run([MUSTER, "export", path], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    if run.returncode not in (0, 1):
        raise AssertionError(f"exit code {run.returncode}: {run.stderr.decode(errors='replace')}")
    if run.returncode == 1:
        return None
    document = json.loads(run.stdout)
    del document["plan"]["hash"]
    return document


def all_exported(texts):
    """The export of each plan, beside the files that the fixture includes and reads."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(PLAN.parent, folder, dirs_exist_ok=True)
        paths = []
        for number, text in enumerate(texts):
            paths.append(folder / f"changed-{number}.drp")
            paths[-1].write_text(text, encoding="utf-8")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(exported, paths))


@unittest.skipUnless(MUSTER, "MUSTER does not name the program to run")
class Export(tree.HouseTest):
    def setUp(self):
        self.text = PLAN.read_text(encoding="utf-8")
        self.whole = exported(PLAN)
        self.assertIsNotNone(self.whole, "the fixture is not read")

    def faults(self, changes, allowed=()):
        """The changes that the export does not show."""
        changes = [change for change in changes if not is_change_of_a_what_if(self.text, change[0])]
        documents = all_exported(changed(self.text, *change) for change in changes)
        read = sum(document is not None for document in documents)
        self.assertGreater(read, len(changes) * 0.8, "most changes have to leave a plan that is read, or nothing is proved")
        for change, document in zip(changes, documents):
            said = " ".join(self.text[change[0]:change[1]].split())
            if document == self.whole and said not in allowed:
                line = self.text.count("\n", 0, change[0]) + 1
                yield f"{tree.shown(PLAN)}:{line}: `{said or self.text.splitlines()[line - 1].strip()}` is read and is not in the export"

    def test_every_clause_is_in_it(self):
        self.assert_none(list(self.faults(clauses(self.text), STATES_A_DEFAULT)))

    def test_every_literal_is_in_it(self):
        self.assert_none(list(self.faults(list(literals(self.text)))))

    def test_what_is_explained_is_there(self):
        said = {" ".join(self.text[begin:end].split()) for begin, end in clauses(self.text)}
        self.assert_none([f"no clause `{clause}` states a default any more" for clause in STATES_A_DEFAULT if clause not in said])

    def test_clauses_are_told_apart(self):
        text = 'a b {\n  c "x; }" // d\n  e; f { g 1 }\n}\nh { i "1", j2, 34 }\n'
        self.assertEqual([text[begin:end] for begin, end in clauses(text)], ['c "x; }"', "e", "g 1", "f { g 1 }", 'i "1", j2, 34'])
        self.assertEqual([(text[begin:end], new) for begin, end, new in literals(text)], [("", "z"), ("1", "2"), ("", "z"), ("3", "4")])


if __name__ == "__main__":
    unittest.main()
