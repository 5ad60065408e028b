"""docs/keywords.md has a row for each word that the grammar knows: where it stands, and an example that compiles and needs that word.

The places are those of the grammar. The examples stand in the plan at the head of the page. The binary is $MUSTER.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import registry
import tree
import words

PAGE = tree.ROOT / "docs/keywords.md"
ROW = re.compile(r"^\| ((?:`[a-z0-9]+` ?)+) \| (.*) \| `(.*)` \|$", re.MULTILINE)
PLAN = re.compile(r"^```drp example.drp\n(plan [^\n]*\n)(.*?)^```$", re.MULTILINE | re.DOTALL)


def rows(text):
    """(keywords, where, example) of each row."""
    return [(re.findall(r"`(\w+)`", keywords), where, example) for keywords, where, example in ROW.findall(text)]


def without(word, example):
    """The example with another word, which is no keyword, in the place of `word`; texts in quotes stay."""
    pieces = re.split(r'("[^"]*"|\'[^\']*\')', example)
    return "".join(piece if at % 2 else re.sub(rf"(?<![\w-]){word}(?![\w-])", "zzyzx", piece) for at, piece in enumerate(pieces))


class Compiler:
    """Compiles examples in the plan of the page, beside the files that it names."""

    def __init__(self, text, folder):
        self.head, self.rest = PLAN.search(text).groups()
        self.folder = pathlib.Path(folder)
        shutil.copy(tree.ROOT / "tests/fixtures/measured.json", self.folder)
        (self.folder / "people.drp").write_text("role guard\n", encoding="utf-8")

    def complaints(self, number, example):
        """What `muster export` says against an example."""
        path = self.folder / f"example-{number}.drp"
        path.write_text(("" if example.startswith("plan ") else self.head) + example + "\n" + self.rest, encoding="utf-8")
        run = subprocess.run([registry.muster(), "export", path], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        if run.returncode not in (0, 1):
            raise AssertionError(f"exit code {run.returncode}: {run.stderr}")
        return "; ".join(re.findall(r'"message": "(.*)",\n', run.stdout)) if run.returncode else ""

    def all_complaints(self, examples):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(self.complaints, range(len(examples)), examples))


class Keywords(tree.HouseTest):
    def setUp(self):
        self.text = PAGE.read_text(encoding="utf-8")
        self.rows = rows(self.text)
        self.places = words.Grammar().places()

    def test_every_line_of_the_table_is_read(self):
        self.assertEqual(len(self.rows), sum(line.startswith("| `") for line in self.text.splitlines()), "a row has another form")

    def test_every_keyword_has_a_row_and_every_row_a_keyword(self):
        listed = [keyword for keywords, _, _ in self.rows for keyword in keywords]
        self.assert_none([f"docs/keywords.md has no row for `{word}`" for word in self.places if word not in listed]
                         + [f"the grammar has no word `{word}`: take its row out of docs/keywords.md" for word in listed if word not in self.places]
                         + [f"docs/keywords.md has two rows for `{word}`" for word in sorted(set(listed)) if listed.count(word) > 1])

    def test_rows_are_in_order(self):
        firsts = [keywords[0] for keywords, _, _ in self.rows]
        self.assertEqual(firsts, sorted(firsts))

    def test_places_are_those_of_the_grammar(self):
        faults = []
        for keywords, where, _ in self.rows:
            for word in keywords:
                wanted = ", ".join(self.places.get(word, []))
                if where != wanted:
                    faults.append(f"`{word}` stands in: {wanted}; its row in docs/keywords.md says: {where}")
        self.assert_none(faults)

    def test_the_parts_of_the_test(self):
        self.assertEqual(without("at", 'service s { at main; note "at"; needs at-home }'), 'service s { zzyzx main; note "at"; needs at-home }')
        self.assertEqual(rows("| `a` `b` | x, y | `a { b }` |\n"), [(["a", "b"], "x, y", "a { b }")])


@unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
class Examples(tree.HouseTest):
    def setUp(self):
        text = PAGE.read_text(encoding="utf-8")
        self.rows = rows(text)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.compiler = Compiler(text, folder.name)

    def test_examples_compile(self):
        said = self.compiler.all_complaints([example for _, _, example in self.rows])
        self.assert_none([f"the example of `{keywords[0]}` does not compile:\n{complaint}"
                          for (keywords, _, _), complaint in zip(self.rows, said) if complaint])

    def test_examples_need_their_keywords(self):
        pairs = [(word, without(word, example)) for keywords, _, example in self.rows for word in keywords]
        said = self.compiler.all_complaints([example for _, example in pairs])
        self.assert_none([f"the example of `{word}` does not use that word as a keyword" for (word, _), complaint in zip(pairs, said)
                          if not complaint])


if __name__ == "__main__":
    unittest.main()
