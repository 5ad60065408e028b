"""What the tests of the house read: the files of the source tree."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("compiler", "simulator", "backends", "cli")
SOURCE_ENDINGS = {".h", ".cpp", ".def"}


def code_files():
    """Every C++ file that goes into the program, in order of path."""
    found = [path for folder in CODE_FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SOURCE_ENDINGS]
    return sorted(found)


def shown(path):
    """A path as messages name it: from the root of the tree."""
    return path.relative_to(ROOT).as_posix()


def includes(path):
    """(line number, form, name) of each #include; the form is `"` or `<`."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if match:
            found.append((number, match[1], match[2]))
    return found


class HouseTest(unittest.TestCase):
    """A test that gathers faults, each a sentence that says what to do."""

    def assert_none(self, faults):
        if faults:
            self.fail("\n  " + "\n  ".join(faults))
