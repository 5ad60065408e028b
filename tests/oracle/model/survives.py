#!/usr/bin/env python3
"""Whether every command of Muster answers, whatever the plan.

    survives.py --muster BINARY --plans N --seed S

An answer is exit 0, 1 or 2. A signal, exit 3 (Muster says that it has a bug) or half a minute without an answer is a failure; the first plan that
fails is printed."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

from generate import Generator
from write import text_of

AS_OF = ("--as-of", "2026-11-20")
SECONDS = 30


def commands(plan, folder):
    """By command line what is run on the plan; the scenario and the service are the first of each."""
    scenario, service = (next(iter(plan[kind]), None) for kind in ("scenarios", "services"))
    yield "check", str(folder / "plan.drp"), *AS_OF
    yield "check", str(folder / "plan.drp"), "--format", "sarif", *AS_OF
    yield "estimate", str(folder / "plan.drp"), "--format", "markdown", *AS_OF
    yield "simulate", str(folder / "plan.drp"), "--trials", "40", "--seed", "1", *AS_OF
    yield "export", str(folder / "plan.drp")
    yield "fmt", "--diff", str(folder / "plan.drp")
    yield "diff", str(folder / "plan.drp"), str(folder / "other.drp"), *AS_OF
    yield "compile", str(folder / "plan.drp"), "-o", str(folder / "out"), "--allow-errors", *AS_OF
    yield "graph", str(folder / "plan.drp")
    if scenario:
        for kind in ("placement", "recovery"):
            yield "graph", str(folder / "plan.drp"), "--kind", kind, "--scenario", scenario, *AS_OF
    if scenario and service:
        yield "mend", str(folder / "plan.drp"), "--of", service, "--in", scenario, *AS_OF


def trouble(binary, command):
    try:
        run = subprocess.run([binary, *command], capture_output=True, text=True, errors="replace", timeout=SECONDS, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return f"no answer in {SECONDS} s"
    wrong_usage = run.returncode == 2 and "--help" in run.stderr
    return f"exit {run.returncode}\n{run.stderr[:2000]}" if wrong_usage or run.returncode not in (0, 1, 2) else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muster", required=True)
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    answered, failed, other = 0, 0, "plan other\n"
    for number in range(given.plans):
        plan = Generator(f"{given.seed}-{number}").plan()
        text = text_of(plan)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "plan.drp").write_text(text, encoding="utf-8")
            (folder / "other.drp").write_text(other, encoding="utf-8")
            for command in commands(plan, folder):
                found = trouble(given.muster, command)
                answered += not found
                failed += bool(found)
                if found:
                    print(f"plan {number} of seed {given.seed}: muster {' '.join(command)}: {found}")
                if found and failed == 1:
                    print(text)
        other = text
    print(f"{answered} answers, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
