"""Each library stays in the few modules that know it, so that it can be replaced there."""

import re
import unittest

import tree

# Library, how its headers are named, which files may include them, and where that is in words.
LIBRARIES = (
    ("ANTLR", r"antlr4|grammar/MusterPlan", r"compiler/syntax/", "compiler/syntax"),
    ("Boost.Graph", r"boost/graph/|boost/property_map/", r"compiler/(model|analysis)/", "compiler/model and compiler/analysis"),
    ("yaml-cpp", r"yaml-cpp/", r"backends/(yaml|kubernetes|alerts)/|cli/config", "backends/yaml, kubernetes, alerts and the config reader"),
    ("nlohmann/json", r"nlohmann/", r".*_json\.(h|cpp)$", "files called *_json"),
    ("CLI11", r"CLI/", r"cli/", "cli"),
)


def fault(file, included):
    for library, headers, allowed, where in LIBRARIES:
        if re.match(headers, included) and not re.match(allowed, file):
            return f"{library} belongs to {where}"
    return None


class Libraries(tree.HouseTest):
    def test_stay_where_they_belong(self):
        faults = []
        for path in tree.code_files():
            for line, _, name in tree.includes(path):
                why = fault(tree.shown(path), name)
                if why:
                    faults.append(f"{tree.shown(path)}:{line} includes {name}: {why}")
        self.assert_none(faults)

    def test_no_header_lets_a_library_out(self):
        """A header that other modules include must not bring a confined library with it."""
        faults = []
        for path in tree.code_files():
            if path.suffix != ".h" or "compiler/syntax/" in tree.shown(path) or path.name.endswith("_json.h"):
                continue
            names = [name for _, _, name in tree.includes(path) if re.match(r"antlr4|grammar/|boost/graph/|yaml-cpp/|nlohmann/", name)]
            faults += [f"{tree.shown(path)} brings {name} to whoever includes it: include it in the .cpp" for name in names]
        self.assert_none(faults)

    def test_the_guard_sees_what_it_guards_against(self):
        self.assertIsNotNone(fault("compiler/sema/a.cpp", "antlr4-runtime.h"))
        self.assertIsNotNone(fault("compiler/sema/a.cpp", "grammar/MusterPlanParser.h"))
        self.assertIsNotNone(fault("compiler/analysis/estimate.cpp", "nlohmann/json.hpp"))
        self.assertIsNone(fault("compiler/analysis/estimate_json.cpp", "nlohmann/json.hpp"))


if __name__ == "__main__":
    unittest.main()
