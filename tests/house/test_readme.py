"""Every transcript of the documents is what muster prints, and every link leads somewhere.

In a ```console fence a line that starts with `$ ` is a command, and what follows is its output; a line `…` stands for any number of
lines. A fence ```drp NAME holds a plan that the document's commands find as the file NAME. Commands run in a folder of their own, in which
`plans` is that of the repository. The binary is $MUSTER.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *(f"docs/{name}.md" for name in ("architecture", "artifacts", "ci", "json", "keywords", "kubernetes", "language", "profiles", "recovery-model")),
             *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("plans/*/*.md"))]
FENCE = re.compile(r"^```(\S*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CUT = "…"


def fences(text):
    """Language, name and content of each fence."""
    return [match.groups() for match in FENCE.finditer(text)]


def transcripts(text):
    """Each command with the lines that it is to print."""
    found = []
    for language, _, content in fences(text):
        if language != "console":
            continue
        for line in content.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(shown, printed):
    """Whether `printed` is what `shown` says, where a cut stands for any lines."""
    if not shown:
        return not printed
    if shown[0] == CUT:
        return any(matches(shown[1:], printed[start:]) for start in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0].rstrip() and matches(shown[1:], printed[1:])


def run(command, folder):
    muster = pathlib.Path(os.environ["MUSTER"]).resolve()
    environment = {**os.environ, "PATH": f"{muster.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


@unittest.skipUnless(os.environ.get("MUSTER"), "MUSTER does not name the program to run")
class Documents(unittest.TestCase):
    def test_transcripts(self):
        for document in DOCUMENTS:
            text = (ROOT / document).read_text(encoding="utf-8")
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                (folder / "plans").symlink_to(ROOT / "plans")
                for language, file, content in fences(text):
                    if language == "drp" and file:
                        (folder / file).write_text(content, encoding="utf-8")
                for command, shown in transcripts(text):
                    with self.subTest(document=document, command=command):
                        code, printed = run(command, folder)
                        self.assertIn(code, (0, 1), "\n".join(printed))
                        self.assertTrue(matches(shown, printed), "it prints:\n" + "\n".join(printed[:200]))

    def test_readme_has_transcripts(self):
        commands = [command for command, _ in transcripts((ROOT / "README.md").read_text(encoding="utf-8"))]
        for verb in ("check", "estimate", "simulate", "compile"):
            self.assertTrue(any(command.startswith(f"muster {verb} ") for command in commands), verb)

    def test_links(self):
        for document in DOCUMENTS:
            text = FENCE.sub("", (ROOT / document).read_text(encoding="utf-8"))
            for target in LINK.findall(text):
                with self.subTest(document=document, target=target):
                    self.assertTrue("://" in target or ((ROOT / document).parent / target).exists())

    def test_a_wrong_transcript_is_found(self):
        self.assertTrue(matches(["a", CUT, "d"], ["a", "b", "c", "d"]))
        self.assertTrue(matches([CUT, "d"], ["d"]))
        self.assertFalse(matches(["a", CUT, "d"], ["a", "b", "c"]))
        self.assertFalse(matches(["a"], ["a", "b"]))
        self.assertFalse(matches(["a", "b"], ["a"]))


if __name__ == "__main__":
    unittest.main()
