#!/usr/bin/env python3
"""Measures `muster compile` on plans that bench/generate.py makes.

    compile.py [--muster build/release/cli/muster] [--runs 5] [--sizes 100,1000,5000]

The whole of what is generated is written each time, into a new folder. Runs are interleaved, and medians are reported."""

import argparse
import pathlib
import resource
import shutil
import statistics
import subprocess
import time

import check
import estate as estates
import generate

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build/bench/compile"
TARGETS = ["kubernetes", "alerts", "runbooks", "drills"]


class Compiled:
    """What one size takes, with all targets or one."""

    def __init__(self, size, target, muster):
        self.size, self.target = size, target
        self.folder = WORK / str(size)
        self.wall, self.processor = [], []
        check.write(self.folder, "plan.drp", generate.plan(estates.make(size)))
        chosen = ["--target", target] if target else []
        # About one in a hundred objectives of such a plan is missed.
        self.command = [muster, "compile", "plan.drp", "-o", "out", "--allow-errors", "--quiet", "--as-of", "2026-11-20", *chosen]

    def run(self):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(self.command, cwd=self.folder, check=True)
        self.wall.append(time.monotonic() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        sizes = [path.stat().st_size for path in (self.folder / "out").rglob("*") if path.is_file()]
        self.files, self.bytes = len(sizes), sum(sizes)

    def row(self):
        wall, processor = statistics.median(self.wall), statistics.median(self.processor)
        return f"| {self.size} | {self.target or 'all'} | {self.files} | {self.bytes / 1e6:.1f} MB | {wall:.3f} s | {processor:.3f} s |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muster", default=str(ROOT / "build/release/cli/muster"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default="100,1000,5000")
    args = parser.parse_args()
    muster = str(pathlib.Path(args.muster).resolve())
    print(check.machine() + "\n")
    rows = [Compiled(int(size), target, muster) for size in args.sizes.split(",") for target in (None, *TARGETS)]
    for _ in range(args.runs):
        for row in rows:
            row.run()
    print("| services | target | files | written | wall | processor time |\n| ---: | --- | ---: | ---: | ---: | ---: |")
    for row in rows:
        print(row.row())
    print(f"\nmedians of {args.runs} interleaved runs")


if __name__ == "__main__":
    main()
