#!/usr/bin/env python3
"""The networks of simulate.cpp by numpy and by SimPy: prints one JSON object of task samples, or events, per second.

    peers_simulation.py [--steps 1000] [--trials 2000] [--people 4] [--simpy-trials 10]

numpy has every step of all trials in one array: a beta sample, the maximum of what it waits for, a sum. SimPy is a process for each step that waits
for two others and asks one resource of so many people for itself, in order of priority. One processor each."""

import argparse
import json
import random
import time

import numpy
import simpy


def durations(i):
    return 30 + i % 7, 60 + i % 11, 300 + i % 13


def inputs(i):
    return sorted({i // 2, 2 * i // 3}) if i > 0 else []


def by_numpy(steps, trials):
    """PERT samples are beta samples with the shapes that simulate.cpp's durations have."""
    source = numpy.random.Generator(numpy.random.Philox(1))
    began = time.perf_counter()
    ends = []
    for i in range(steps):
        low, mode, high = durations(i)
        rise = 4 * (mode - low) / (high - low)
        lengths = low + (high - low) * source.beta(1 + rise, 5 - rise, trials)
        start = numpy.zeros(trials)
        for j in inputs(i):
            start = numpy.maximum(start, ends[j])
        ends.append(start + lengths)
    last = numpy.maximum.reduce(ends)
    numpy.percentile(last, [50, 90, 95, 99])
    return steps * trials / (time.perf_counter() - began)


def by_simpy(steps, trials, people):
    began = time.perf_counter()
    source = random.Random(1)
    for _ in range(trials):
        environment = simpy.Environment()
        crew = simpy.PriorityResource(environment, capacity=people)
        done = [environment.event() for _ in range(steps)]

        def step(i, environment=environment, crew=crew, done=done):
            low, mode, high = durations(i)
            rise = 4 * (mode - low) / (high - low)
            if i > 0:
                yield environment.all_of([done[j] for j in inputs(i)])
            with crew.request(priority=i) as asked:
                yield asked
                yield environment.timeout(low + (high - low) * source.betavariate(1 + rise, 5 - rise))
            done[i].succeed()

        for i in range(steps):
            environment.process(step(i))
        environment.run()
    return steps * trials / (time.perf_counter() - began)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--simpy-trials", type=int, default=10)
    arguments = parser.parse_args()
    print(json.dumps({"numpy": by_numpy(arguments.steps, arguments.trials), "numpy_version": numpy.__version__,
                      "simpy": by_simpy(arguments.steps, arguments.simpy_trials, arguments.people), "simpy_version": simpy.__version__}))


if __name__ == "__main__":
    main()
