"""Includes run one way: from the command line down to support, never up, and never between siblings."""

import re
import unittest

import tree

# From the bottom up. A module may include its own rank and everything below it.
ORDER = ("compiler/support", "compiler/diagnostics", "compiler/ast", "compiler/syntax", "compiler/model", "compiler/sema",
         "compiler/analysis", "compiler/analysis/rules", "compiler/diff", "compiler/mend", "compiler/evidence", "BACKENDS AND SIMULATOR", "cli")
TOP_OF_COMPILER = ORDER.index("compiler/evidence")
SIBLINGS = TOP_OF_COMPILER + 1
# The list of rules is how the analysis runs them.
ALLOWED_UP = {("compiler/analysis/check.cpp", "compiler/analysis/rules/rules.h")}
SHARED_BACKENDS = {"backends", "backends/shell", "backends/yaml", "backends/page", "backends/jobs"}


def module_of(path):
    """The module that a file of the tree belongs to, by its path from the root; None where it belongs to none."""
    folder = path.rsplit("/", 1)[0]
    if folder.startswith("compiler/analysis/rules"):
        return "compiler/analysis/rules"
    return "/".join(folder.split("/")[:1 if folder.startswith(("cli", "simulator")) else 2])


def rank(module):
    if module in ORDER:
        return ORDER.index(module)
    if module == "simulator" or module.split("/")[0] == "backends":
        return SIBLINGS
    return None


def fault(file, included):
    """Why `file` may not include `included`; None where it may."""
    here, there = module_of(file), module_of(included)
    if rank(here) is None:
        return f"lies in no module that docs/architecture.md knows ({here})"
    if rank(there) is None or here == there or (file, included) in ALLOWED_UP:
        return None
    if rank(there) > rank(here):
        return f"{here} lies below {there}: includes run down only"
    if rank(here) == rank(there) == SIBLINGS and not (here.startswith("backends") and there in SHARED_BACKENDS):
        return f"{here} and {there} are siblings: neither may know of the other"
    return None


def embedded_headers():
    """The headers that the build makes of text files: `muster_embed(TARGET HEADER ...)`."""
    builds = [path.read_text(encoding="utf-8") for folder in tree.CODE_FOLDERS for path in sorted((tree.ROOT / folder).rglob("CMakeLists.txt"))]
    return {name for build in builds for name in re.findall(r"muster_embed\(\w+ (\S+)", build)}


class Includes(tree.HouseTest):
    def test_run_one_way(self):
        faults = []
        for path in tree.code_files():
            for line, form, name in tree.includes(path):
                why = fault(tree.shown(path), name) if form == '"' and "/" in name else None
                if why:
                    faults.append(f"{tree.shown(path)}:{line} includes {name}: {why}")
        self.assert_none(faults)

    def test_name_the_way_from_the_root(self):
        faults = []
        for path in tree.code_files():
            for line, form, name in tree.includes(path):
                generated = name in embedded_headers() or name.startswith("grammar/")
                if form == '"' and not generated and not (tree.ROOT / name).is_file():
                    faults.append(f"{tree.shown(path)}:{line} includes \"{name}\", which is no path from the root")
        self.assert_none(faults)

    def test_the_guard_sees_what_it_guards_against(self):
        self.assertIsNotNone(fault("compiler/support/a.cpp", "compiler/model/plan.h"))
        self.assertIsNotNone(fault("compiler/model/a.cpp", "cli/options.h"))
        self.assertIsNotNone(fault("compiler/analysis/a.cpp", "compiler/analysis/rules/rules.h"))
        self.assertIsNotNone(fault("simulator/a.cpp", "backends/files.h"))
        self.assertIsNotNone(fault("backends/alerts/a.cpp", "backends/drill/a.h"))
        self.assertIsNotNone(fault("backends/yaml/a.cpp", "backends/drill/a.h"))
        self.assertIsNone(fault("backends/alerts/a.cpp", "backends/yaml/a.h"))
        self.assertIsNone(fault("cli/a.cpp", "backends/drill/a.h"))


if __name__ == "__main__":
    unittest.main()
