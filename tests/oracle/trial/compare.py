#!/usr/bin/env python3
"""Holds the simulator to `estimate`: a trial with every draw replaced by its planning value is the estimate, to the millisecond.

    compare.py --trials BINARY --plans N --seed S

Asks muster_planning_trials about every plan in the tree that can be read, and about N random ones as tests/oracle/model makes them."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "oracle" / "model"))

from generate import Generator  # noqa: E402
from write import text_of  # noqa: E402

# Of these at least so many can be read, or the comparison has lost its subject.
LEAST_IN_TREE = 100


def plans_in_tree():
    """Files, and folders that are one plan."""
    files = sorted([*ROOT.glob("plans/**/*.drp"), *ROOT.glob("tests/golden/*/*.drp"), *ROOT.glob("tests/fixtures/*.drp")])
    return [str(file) for file in files] + [str(folder) for folder in sorted(ROOT.glob("tests/golden/*/*/"))]


def random_plans(folder, count, seed):
    paths = []
    for number in range(count):
        path = pathlib.Path(folder) / f"random-{seed}-{number}.drp"
        path.write_text(text_of(Generator(f"{seed}-{number}").plan()), encoding="utf-8")
        paths.append(str(path))
    return paths


def answers(binary, paths):
    """By plan: same, different or unreadable; and all that was said."""
    run = subprocess.run([binary], input="".join(path + "\n" for path in paths), capture_output=True, text=True, timeout=1800, check=False)
    said = [line.split(" ", 1) for line in run.stdout.splitlines() if not line.startswith("  ")]
    return {path: word for word, path in said}, run


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", required=True, help="muster_planning_trials")
    options.add_argument("--plans", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    tree = plans_in_tree()
    with tempfile.TemporaryDirectory() as folder:
        made = random_plans(folder, chosen.plans, chosen.seed)
        words, run = answers(chosen.trials, tree + made)
    passed = sum(1 for word in words.values() if word == "same")
    # A random plan is always readable; of the goldens many are there because they are not.
    failed = [path for path in tree + made if words.get(path) == "different" or (path in made and words.get(path) != "same")]
    missing = [path for path in tree if path not in words]
    few = sum(1 for path in tree if words.get(path) == "same") < LEAST_IN_TREE
    if failed or missing or few or run.returncode != 0:
        print("\n".join(line for line in run.stdout.splitlines() if not line.startswith(("same", "unreadable")))[:20000])
        print(f"exit {run.returncode}; too few plans of the tree: {few}; unanswered: {missing[:5]}; {run.stderr[:2000]}")
    bad = len(failed) + len(missing) + few + (run.returncode != 0)
    print(f"{passed} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
