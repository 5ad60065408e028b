"""The plans of the tree are in the layout that `muster fmt` writes."""

import subprocess
import unittest

import registry
import tree


@unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
class Layout(tree.HouseTest):
    def test_plans_are_in_the_canonical_layout(self):
        run = subprocess.run([registry.muster(), "fmt", "--diff", "plans"], cwd=tree.ROOT, capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, f"run `muster fmt plans`:\n{run.stdout}{run.stderr}")


if __name__ == "__main__":
    unittest.main()
