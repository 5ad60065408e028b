#!/usr/bin/env python3
"""Compares one pass of the event-driven schedule with the proven optima of PSPLIB J30.

    compare.py --schedule BINARY
    compare.py --schedule reference

$MUSTER_PSPLIB names the folder with the instances (*.sm) and optimum.csv. The binary reads all instances from standard input in the
format of the README and answers each with its makespan on a line; `reference` is the pass below. Ends with 1 where a makespan is under the
optimum, or where they are further above it on average than the latest-finish order may be."""

import argparse
import csv
import os
import pathlib
import subprocess
import sys

from instance import read

LARGEST_MEAN_DEVIATION = 4.5  # percent; latest-finish order gives 4.39


def makespan(instance):
    """At each moment every job whose predecessors have ended and that finds what it demands begins, in priority order."""
    predecessors = {number: {job.number for job in instance.jobs.values() if number in job.successors} for number in instance.jobs}
    waiting, ends, now = instance.in_priority_order(), {}, 0
    free = list(instance.capacities)
    running = []
    while waiting or running:
        for job in [job for job in running if ends[job.number] <= now]:
            running.remove(job)
            free = [have + take for have, take in zip(free, job.demands)]
        ended = ends.keys() - {job.number for job in running}
        begun = [job for job in waiting if predecessors[job.number] <= ended]
        for job in list(begun):
            if all(have >= take for have, take in zip(free, job.demands)):
                free = [have - take for have, take in zip(free, job.demands)]
                waiting.remove(job)
                running.append(job)
                ends[job.number] = now + job.duration
        now = min((ends[job.number] for job in running), default=now)
    return max(ends.values())


def answers(schedule, instances):
    if schedule == "reference":
        return [makespan(instance) for instance in instances]
    run = subprocess.run([schedule], input="".join(instance.text() for instance in instances), capture_output=True, text=True, timeout=60, check=True)
    lines = run.stdout.split()
    if len(lines) != len(instances):
        sys.exit(f"{schedule} answers {len(lines)} of {len(instances)} instances")
    return [int(line) for line in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schedule", required=True)
    schedule = parser.parse_args().schedule
    if "MUSTER_PSPLIB" not in os.environ:
        print("MUSTER_PSPLIB names no folder with the instances of PSPLIB J30: nothing was compared")
        return 0
    folder = pathlib.Path(os.environ["MUSTER_PSPLIB"])
    with open(folder / "optimum.csv", encoding="ascii", newline="") as rows:
        optima = {row["problem"]: int(row["optimum"]) for row in csv.DictReader(rows)}
    instances = [read(folder / name) for name in optima]
    found = answers(schedule, instances)
    deviations = []
    under = 0
    for instance, got in zip(instances, found):
        best = optima[instance.name]
        deviations.append(100 * (got - best) / best)
        if got < best:
            under += 1
            print(f"{instance.name}: {got}, but the optimum is {best}")
    mean = sum(deviations) / len(deviations)
    same = sum(got == makespan(instance) for instance, got in zip(instances, found))
    print(f"{len(instances)} instances: {under} under the optimum, {deviations.count(0)} at it, {mean:.2f} % above it on average, {same} as the reference")
    return 1 if under or mean > LARGEST_MEAN_DEVIATION else 0


if __name__ == "__main__":
    sys.exit(main())
