"""Every profile that ships is in docs/profiles.md, whose transcripts are checked, and in the canonical layout."""

import subprocess
import unittest

import registry
import tree

FOLDER = tree.ROOT / "compiler/profiles"


class Profiles(tree.HouseTest):
    def test_every_profile_is_on_the_page(self):
        page = (tree.ROOT / "docs/profiles.md").read_text(encoding="utf-8")
        faults = [f"docs/profiles.md does not show {tree.shown(path)}: add the transcript of `muster explain profile {path.stem}`"
                  for path in sorted(FOLDER.glob("*.drp")) if f"\n$ muster explain profile {path.stem}\n" not in page]
        self.assert_none(faults)

    def test_files_are_called_after_their_profiles(self):
        faults = [f"{tree.shown(path)} does not begin with `profile {path.stem} `" for path in sorted(FOLDER.glob("*.drp"))
                  if not path.read_text(encoding="utf-8").startswith(f"profile {path.stem} ")]
        self.assert_none(faults)

    @unittest.skipUnless(registry.muster(), "MUSTER does not name the program to run")
    def test_layout(self):
        run = subprocess.run([registry.muster(), "fmt", "--diff", "compiler/profiles"], cwd=tree.ROOT, capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, f"run `muster fmt compiler/profiles`:\n{run.stdout}{run.stderr}")


if __name__ == "__main__":
    unittest.main()
