#!/usr/bin/env python3
"""Golden pairs: what a command says about NAME.drp stands in NAME.out, next to it, in the folder called after the command.

A plan of several files is a folder NAME instead: its file plan.drp where it has one, else all of it. NAME.args, where it is there,
holds further arguments as a shell would read them; `-` among them gives the plan on standard input instead.

A name starts with `bad_` if and only if the command answers 1: an error, or an objective that is missed. `--update` writes
the .out files anew; look at the difference before it is committed.
"""

import argparse
import difflib
import pathlib
import shlex
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
ARGUMENTS = ("--as-of", "2026-11-20", "--color", "never")


def path_of(plan):
    """What the command is given: the file, or the folder or its plan.drp."""
    return plan / "plan.drp" if (plan / "plan.drp").exists() else plan


def arguments_of(plan):
    extra = plan.with_suffix(".args")
    return shlex.split(extra.read_text(encoding="utf-8")) if extra.exists() else []


def answer(muster, plan):
    """Runs the command of the plan's folder in that folder, so that messages name the bare file."""
    path, extra = path_of(plan), arguments_of(plan)
    on_input = "-" in extra
    arguments = [muster, plan.parent.name, *([] if on_input else [str(path.relative_to(plan.parent))]), *extra, *ARGUMENTS]
    return subprocess.run(arguments, cwd=plan.parent, capture_output=True, timeout=60, input=path.read_bytes() if on_input else b"")


def faults_of_run(plan, run):
    """What is wrong whatever the golden says."""
    if run.returncode not in (0, 1):
        return [f"exit code {run.returncode}: {run.stderr.decode(errors='replace').strip()}"]
    faults = [f"writes to standard error: {run.stderr.decode(errors='replace').strip()}"] if run.stderr else []
    if (run.returncode == 1) != plan.name.startswith("bad_"):
        faults.append(f"exit code {run.returncode}: its name has to start with `bad_` if and only if that is 1")
    return faults


def difference(plan, golden, actual):
    wanted = golden.read_bytes() if golden.exists() else b""
    if wanted == actual and golden.exists():
        return []
    if not golden.exists():
        return [f"has no {golden.name}: write it with --update"]
    lines = difflib.unified_diff(wanted.decode(errors="replace").splitlines(), actual.decode(errors="replace").splitlines(), golden.name,
                                 f"muster {plan.parent.name} {plan.name}", lineterm="")
    return ["differs from its golden", "\n".join(lines)]


def check(muster, plan, update):
    run = answer(muster, plan)
    golden = plan.with_suffix(".out")
    faults = faults_of_run(plan, run)
    if update and run.returncode in (0, 1):
        golden.write_bytes(run.stdout)
    return faults or difference(plan, golden, run.stdout)


def plans():
    """Every plan of every command: files, and folders of files."""
    return sorted([*FOLDER.glob("*/*.drp"), *(path for path in FOLDER.glob("*/*") if path.is_dir() and path.name != "__pycache__")])


def orphans():
    """Goldens and arguments whose plan is gone."""
    return [file for file in sorted([*FOLDER.glob("*/*.out"), *FOLDER.glob("*/*.args")])
            if not file.with_suffix(".drp").exists() and not file.with_suffix("").is_dir()]


def main():
    options = argparse.ArgumentParser(description="Compares what muster says with the golden files.")
    options.add_argument("--muster", required=True, help="the program to run")
    options.add_argument("--update", action="store_true", help="write what it says into the golden files")
    chosen = options.parse_args()
    muster = str(pathlib.Path(chosen.muster).resolve())
    results = {plan: check(muster, plan, chosen.update) for plan in plans()}
    results.update({golden: ["has no plan beside it"] for golden in orphans()})
    for path, faults in results.items():
        if faults:
            print(f"{path.relative_to(FOLDER)}: " + "\n".join(faults))
    failed = sum(1 for faults in results.values() if faults)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
