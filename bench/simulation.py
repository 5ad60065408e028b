#!/usr/bin/env python3
"""Measures how fast trials are made, beside numpy and SimPy on the same networks, in one run.

    simulation.py [--bench build/release/bench/muster_bench] [--muster build/release/cli/muster] [--runs 3] [--install]

--install puts numpy and SimPy, in the versions below, into build/bench/simulation. Runs are interleaved and medians reported. The benchmark is built by
`cmake --preset release -DMUSTER_BENCH=ON && cmake --build --preset release --target muster_bench muster`."""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "build/bench/simulation"
VERSIONS = ["numpy==2.4.6", "simpy==4.1.2"]
STEPS, TRIALS = 1_000, 100_000


def install():
    subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    subprocess.run([PEERS / "bin/pip", "install", "--quiet", *VERSIONS], check=True)


def plan(people):
    """The plan of simulate.cpp."""
    lines = ["plan bench", f"role crew {{ headcount {max(people, 1)} }}", "service s { rto 40h }", "procedure p {", "  recovers s", "  parallel {"]
    for i in range(STEPS):
        after = "" if i == 0 else "; after " + ", ".join(f"s{j}" for j in sorted({i // 2, 2 * i // 3}))
        by = "by crew" if people else "automatic"
        lines.append(f"    step s{i} {{ {by}; takes {30 + i % 7}s..{60 + i % 11}s..{300 + i % 13}s; manual \"x\"{after} }}")
    return "\n".join([*lines, "  }", "}", "scenario down { fails s; detected after 0s }", ""])


def by_muster(muster, people):
    """Task samples per second of the whole program, reading the plan and writing the report included."""
    trials = TRIALS if people == 0 else TRIALS // 50
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "bench.drp"
        path.write_text(plan(people), encoding="utf-8")
        began = time.perf_counter()
        run = subprocess.run([muster, "simulate", path, "--as-of", "2026-11-20", "--trials", str(trials), "--no-levers", "--no-progress"],
                             capture_output=True, check=False)
        took = time.perf_counter() - began
    if run.returncode not in (0, 1):
        sys.exit(run.stderr.decode())
    return STEPS * trials / took, took


def by_benchmark(bench):
    run = subprocess.run([bench, "--benchmark_format=json", "--benchmark_min_time=0.3"], capture_output=True, check=True)
    return {one["name"]: one.get("items_per_second", 1e9 / one["real_time"]) for one in json.loads(run.stdout)["benchmarks"]}


def by_peers():
    run = subprocess.run([PEERS / "bin/python", ROOT / "bench/peers_simulation.py"], capture_output=True, check=True)
    return json.loads(run.stdout)


def measure(arguments):
    samples = {}

    def add(name, value):
        samples.setdefault(name, []).append(value)

    for _ in range(arguments.runs):
        for name, value in by_benchmark(arguments.bench).items():
            add(name, value)
        for name, value in by_peers().items():
            add(name, value)
        for people, name in ((0, "muster, nothing shared"), (4, "muster, four people")):
            rate, took = by_muster(arguments.muster, people)
            add(name, rate)
            add(name + ", s", took)
    return {name: values[0] if isinstance(values[0], str) else statistics.median(values) for name, values in samples.items()}


def table(found):
    alone, shared = found["trials/alone/1000"], found["trials/four_people/1000"]
    sets = [name.removeprefix("draws/") for name in found if name.startswith("draws/")]
    rows = [("a draw", f"half a block of Philox4x32-10, {one}", found[f"draws/{one}"], "") for one in sets]
    rows += [("a length", f"a draw and its quantile from the table, {one}", found[f"lengths/{one}"], "") for one in sets]
    rows += [("1,000 steps, nothing shared", f"the lanes alone, one processor, {one}", found[f"abreast/{one}"], found[f"abreast/{one}"] / found["numpy"])
             for one in sets]
    rows += [
            ("", "with all that is counted, one processor, the last of these", alone, alone / found["numpy"]),
            ("", f"`muster simulate`, {os.cpu_count()} processors, {found['muster, nothing shared, s']:.2f} s for {TRIALS:,} trials",
             found["muster, nothing shared"], found["muster, nothing shared"] / found["numpy"]),
            ("", f"numpy {found['numpy_version']}, one processor", found["numpy"], 1.0),
            ("1,000 steps, four people", "with all that is counted, one processor", shared, shared / found["simpy"]),
            ("", f"`muster simulate`, {os.cpu_count()} processors", found["muster, four people"], found["muster, four people"] / found["simpy"]),
            ("", f"SimPy {found['simpy_version']}, one processor", found["simpy"], 1.0)]
    lines = ["| what | how | a second | times the peer |", "| --- | --- | ---: | ---: |"]
    for what, how, rate, times in rows:
        lines.append(f"| {what} | {how} | {rate / 1e6:,.3g} million | {times if times == '' else f'{times:.1f}'} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=ROOT / "build/release/bench/muster_bench")
    parser.add_argument("--muster", default=ROOT / "build/release/cli/muster")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--install", action="store_true")
    arguments = parser.parse_args()
    if arguments.install:
        install()
    found = measure(arguments)
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end, {arguments.runs} runs\n")
    print(table(found))


if __name__ == "__main__":
    main()
