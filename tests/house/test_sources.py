"""The shape of the source files: their size, their comments, and that nothing is left for later."""

import re
import unittest

import tree

MOST_LINES = 400
LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
PLACES = ("compiler", "simulator", "backends", "cli", "grammar", "cmake", "docs", "plans", "scripts", "tests", "bench")
ENDINGS = {".h", ".cpp", ".def", ".g4", ".py", ".sh", ".cmake", ".md", ".drp"}
# Rules are documented where they are written: test_rules.py sees to that.
DOCUMENTED_ELSEWHERE = re.compile(r"^void \w+\(const Facts& facts, diagnostics::Sink& sink\);$")


def texts():
    """Every text file of the project but this one."""
    for place in PLACES:
        for path in sorted((tree.ROOT / place).rglob("*")):
            if path.is_file() and path.suffix in ENDINGS and path.name != "test_sources.py":
                yield path, path.read_text(encoding="utf-8")


def is_function(line):
    """Whether a line of a header begins the declaration of a function."""
    if re.match(r"\s*(//|#|\}|using |namespace |static_assert|return |if |for |struct |class |enum |:|extern )", line):
        return False
    return re.match(r"\s*(\[\[nodiscard\]\] )?[\w:<>,&*\s]*[\w>&*] [&*]?(operator\W*|\w+)\(", line) is not None


def needs_no_words(line):
    """Members whose name says all: what is asked without arguments, one-liners, what overrides, operators, defaulted and deleted ones."""
    text = line.strip()
    return re.search(r"\(\)|\{.*\}$|\boverride;|= (default|delete);|operator|^auto format\(", text) is not None


def is_public(lines, number):
    """Whether the member in this line stands in a public section, by the nearest label or opening above it."""
    for line in reversed(lines[:number]):
        if re.match(r"\s*(private|protected):", line):
            return False
        if re.match(r"\s*public:|(template.*)?struct ", line):
            return True
        if re.match(r"class ", line):
            return False
    return True


def is_documented(lines, number):
    """Whether `///` stands on the line or above it, in the same block of lines without a gap."""
    if "///" in lines[number]:
        return True
    for line in reversed(lines[:number]):
        if not line.strip():
            return False
        if line.strip().startswith("///"):
            return True
    return False


def undocumented(text):
    """(line number, line) of the public functions of a header without documentation."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if indent > 4 or not is_function(line) or DOCUMENTED_ELSEWHERE.match(line):
            continue
        if indent == 4 and (needs_no_words(line) or not is_public(lines, number)):
            continue
        if not is_documented(lines, number):
            yield number + 1, line.strip()


class Sources(tree.HouseTest):
    def test_no_file_is_too_long(self):
        faults = []
        for path in tree.code_files():
            length = len(path.read_text(encoding="utf-8").splitlines())
            if length > MOST_LINES:
                faults.append(f"{tree.shown(path)} has {length} lines: above {MOST_LINES} it is two files")
        self.assert_none(faults)

    def test_nothing_is_left_for_later(self):
        faults = []
        for path, text in texts():
            for number, line in enumerate(text.splitlines(), 1):
                word = LEFT_FOR_LATER.search(line)
                if word:
                    faults.append(f"{tree.shown(path)}:{number} says {word[1]}: do it, or open an issue")
        self.assert_none(faults)

    def test_lines_are_clean(self):
        faults = []
        for path, text in texts():
            bad = [number for number, line in enumerate(text.split("\n"), 1) if line != line.rstrip(" \t\r")]
            if bad and path.suffix != ".drp":
                faults.append(f"{tree.shown(path)}:{bad[0]} ends in white space")
            if text and not text.endswith("\n"):
                faults.append(f"{tree.shown(path)} does not end with a line end")
        self.assert_none(faults)


    def test_every_source_is_built(self):
        """A module is all the sources of its folder, so that only a folder can be forgotten."""
        faults = []
        for folder in sorted({path.parent for path in tree.code_files() if path.suffix == ".cpp" and "analysis/rules" not in str(path)}):
            build = folder / "CMakeLists.txt"
            if not build.is_file() or "muster_module(" not in build.read_text(encoding="utf-8"):
                faults.append(f"{tree.shown(folder)} is not built: give it a CMakeLists.txt with a muster_module")
        self.assert_none(faults)


class Headers(tree.HouseTest):
    def headers(self):
        return [path for path in tree.code_files() if path.suffix == ".h"]

    def test_begin_with_what_they_are_for(self):
        faults = [f"{tree.shown(path)} does not begin with a comment that says what it is for" for path in self.headers()
                  if not path.read_text(encoding="utf-8").startswith("// ")]
        self.assert_none(faults)

    def test_are_included_once(self):
        faults = [f"{tree.shown(path)} has no #pragma once" for path in self.headers() if "#pragma once" not in path.read_text(encoding="utf-8")]
        self.assert_none(faults)

    def test_document_their_functions(self):
        faults = []
        for path in self.headers():
            faults += [f"{tree.shown(path)}:{number} has no `///` comment: {line}" for number, line in undocumented(path.read_text(encoding="utf-8"))]
        self.assert_none(faults)

    def test_the_guard_sees_what_it_guards_against(self):
        good = "/// What it is.\n[[nodiscard]] std::optional<Time> read(const Value& value);\n"
        self.assertFalse(list(undocumented(good)))
        self.assertTrue(list(undocumented(good.split("\n", 1)[1])))
        member = "class A {\npublic:\n    int f(int a);\nprivate:\n    int g(int a);\n};\n"
        self.assertEqual([line for _, line in undocumented(member)], ["int f(int a);"])


if __name__ == "__main__":
    unittest.main()
