"""Runs the binary that the environment variable MUSTER names, in a folder of its own."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

MUSTER = os.environ.get("MUSTER") or str(pathlib.Path(__file__).resolve().parents[3] / "build/dev/cli/muster")

# A plan with one scenario and nothing to find fault with, to be bent out of shape.
SOUND = """plan shop
role ops { responds 5m }
site main
service web { at main; rto 2h; starts in 1m }
detector ping { watches web; every 1m }
procedure restart-web {
  recovers web
  step restart { by ops; restart web; takes 5m }
}
scenario crash { fails web }
"""

# Root may read and write whatever it likes; without these two capabilities it is treated like anybody.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
# Whether that is refused here: then what tests permissions cannot be tested.
ALMIGHTY = bool(ORDINARY) and subprocess.run([*ORDINARY, "true"], stderr=subprocess.DEVNULL).returncode != 0
COMMAND = [MUSTER] if ALMIGHTY else [*ORDINARY, MUSTER]

# Longer than anything needs; whatever takes longer hangs.
HANG = 60

NOISE = ("Sanitizer", "runtime error", "terminate called", "core dumped", "Assertion", "std::", "bug in Muster")


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def write(self, content, name="plan.drp"):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_muster(self, *arguments, **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | options
        if "input" in options:
            del options["stdin"]
        return subprocess.run([*COMMAND, *map(str, arguments)], timeout=HANG, cwd=self.folder, **options)

    def expect(self, run, codes, *phrases):
        """The exit code is one of `codes`, every phrase is said, and nothing looks like a crash. Returns all that was said."""
        said = ((run.stdout or b"") + (run.stderr or b"")).decode("utf-8")  # also proves that the output is UTF-8
        self.assertIn(run.returncode, [codes] if isinstance(codes, int) else codes, said[:2000])
        for phrase in phrases:
            self.assertIn(phrase, said[:1_000_000])
        for word in NOISE:
            self.assertNotIn(word, said[:1_000_000])
        return said

    def check(self, content, codes, *phrases):
        """`check` and `estimate` of a plan, with the same demands on both. Returns what `check` said."""
        path = self.write(content)
        for arguments in (["estimate", path], ["estimate", path, "--format", "json"], ["check", path, "--format", "json"]):
            self.expect(self.run_muster(*arguments, "--as-of", "2026-11-20"), [0, 1] if codes in (0, 1) else codes)
        return self.expect(self.run_muster("check", path, "--as-of", "2026-11-20"), codes, *phrases)
