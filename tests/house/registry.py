"""The table of diagnostics, and the page of each."""

import os
import re
import subprocess
import tempfile
import pathlib

import tree

TABLE = tree.ROOT / "compiler/diagnostics/messages.def"
PAGES = tree.ROOT / "docs/diagnostics"
AS_OF = "2026-11-20"
SECTIONS = ("## A plan with this fault", "## The same plan, mended", "## How it is found")
REPEATED = re.compile(r"^(.*)\n\s*// repeated (\d+) times more$", re.MULTILINE)


def rows():
    """(identifier, code, name, severity) of each row of the table, in its order."""
    found = re.findall(r'^MUSTER_MESSAGE\((\w+), "(\w+)", "([\w-]+)", (\w+),', TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return found


def codes():
    return [code for _, code, _, _ in rows()]


def page(code):
    return PAGES / f"{code}.md"


def plans(text):
    """The plans of a page, with repeated lines written out."""
    return [REPEATED.sub(lambda m: "\n".join([m[1]] * (1 + int(m[2]))), plan) for plan in re.findall(r"```drp\n(.*?)```", text, re.DOTALL)]


def other_files(text):
    """The further files of a page's plans, by name: fences ```drp NAME and ```json NAME."""
    return dict(re.findall(r"```(?:drp|json) (\S+)\n(.*?)```", text, re.DOTALL))


def muster():
    """The program under test, or None where the environment names none."""
    return os.environ.get("MUSTER")


def check(plan, others=None):
    """The codes that `muster check` finds in the text of a plan, beside which the files `others` lie."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "plan.drp"
        path.write_text(plan, encoding="utf-8")
        for name, content in (others or {}).items():
            (path.parent / name).write_text(content, encoding="utf-8")
        run = subprocess.run([muster(), "check", "--as-of", AS_OF, "--color", "never", str(path)], capture_output=True, text=True, timeout=60)
    if run.returncode not in (0, 1) or run.stderr:
        raise AssertionError(f"muster check answered {run.returncode} and said: {run.stderr}")
    return re.findall(r"^\w+\[(M\d+)\]", run.stdout, re.MULTILINE)
