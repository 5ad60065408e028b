#!/usr/bin/env python3
"""Simulates plans whose answer is known in closed form, and compares.

    compare.py --muster build/dev/cli/muster [--trials 10000000]

Each figure may be off by five standard errors of its estimate, and percentiles by the tenth of a percent that a bucket is wide; both are printed. Of
a right simulator one figure in two million fails."""

import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HOUR = 3_600_000
ERRORS = 5
BUCKET = 0.001

# Five activities of one hour on average between four events: a bridge. The longest path takes 83/24 h on average, with a variance of 1663/576 h².
BRIDGE = """plan bridge
service s
procedure p {
  recovers s
  parallel {
    step a { automatic; takes mean 1h; manual "x" }
    step b { automatic; takes mean 1h; manual "x" }
    step c { automatic; takes mean 1h; manual "x"; after a }
    step d { automatic; takes mean 1h; manual "x"; after a }
    step e { automatic; takes mean 1h; manual "x"; after b, c }
  }
}
scenario down { fails s; detected after 0s }
"""

# One step of each kind of length.
ONE = """plan one
service s
procedure p { recovers s; step a { automatic; takes LENGTH; manual "x" } }
scenario down { fails s; detected after 0s }
"""

# A run every 24 h that is safe after 45 m loses between 45 m and 24 h 45 m, all alike.
BACKUP = """plan backup
site a
site z { standby }
service s { at a, z standby }
store v { s3 "v"; rate 1GB/s }
data d { in s; size 1GB }
backup b of d { every day at 02:00; takes 40m; upload 5m; to v }
procedure p { recovers s; step a { automatic; takes 1m; restore d from b } }
scenario fire { destroys site a; detected after 0s }
"""

# A detector that looks every 10 m finds after 0 to 10 m, and the pager takes as long as it takes.
DETECTOR = """plan detector
role r
service s
detector d { watches s; every 10m; notifies r within 30s }
procedure p { recovers s; step a { automatic; takes 0s; manual "x" } }
scenario down { fails s }
"""

# An attempt of 10 m fails in a fifth of the cases: 1, 2, 3 or, at the third retry, 4 attempts.
RETRIES = """plan retries
service s
procedure p { recovers s; step a { automatic; takes 10m; fails 20%; retry 9; manual "x" } }
scenario down { fails s; detected after 0s }
"""


def workshop(machines, fitters):
    """Machines that fail once in 100 h and are repaired in 2 h on average."""
    lines = [f"plan workshop\nrole fitter {{ headcount {fitters} }}"]
    for i in range(machines):
        lines.append(f"service m{i}\nprocedure p{i} {{ recovers m{i}; step s {{ by fitter; takes mean 2h; manual \"Repair it.\" }} }}\n"
                     f"scenario b{i} {{ fails m{i}; detected after 0s; likelihood 1 per 100h }}")
    return "\n".join(lines) + "\n"


def repairman(machines, fitters, failing=0.01, repairing=0.5):
    """The share of the machines that is up in the steady state of the birth and death process."""
    weights = [1.0]
    for down in range(machines):
        weights.append(weights[-1] * (machines - down) * failing / (min(down + 1, fitters) * repairing))
    return 1 - sum(down * weight for down, weight in enumerate(weights)) / sum(weights) / machines


class Comparison:
    def __init__(self, muster, trials):
        self.muster, self.trials, self.passed, self.failed = muster, trials, 0, 0

    def simulate(self, plan, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "plan.drp"
            path.write_text(plan, encoding="utf-8")
            run = subprocess.run([self.muster, "simulate", path, "--as-of", "2026-11-20", "--format", "json", "--no-levers", "--fail-on", "never", *arguments],
                                 capture_output=True, check=False)
        if run.returncode != 0:
            sys.exit(f"{run.stdout.decode()}{run.stderr.decode()}")
        return json.loads(run.stdout)

    def is_near(self, name, found, expected, tolerance):
        good = abs(found - expected) <= tolerance
        self.passed += good
        self.failed += not good
        print(f"{'ok  ' if good else 'FAIL'} {name}: {found:.6g}, by the closed form {expected:.6g} ± {tolerance:.2g}")

    def trial(self, plan, of, what):
        scenario = self.simulate(plan, "--trials", str(self.trials))["scenarios"][0]
        return scenario[of][0][what]

    def mean(self, name, told, mean, deviation):
        self.is_near(f"{name}, mean in h", told["mean_ms"] / HOUR, mean, ERRORS * deviation / math.sqrt(self.trials) + 0.5 / HOUR)

    def percentiles(self, name, told, quantile, density):
        for percent in (50, 90, 95, 99):
            p = percent / 100
            expected = quantile(p)
            tolerance = ERRORS * math.sqrt(p * (1 - p) / self.trials) / density(expected) + BUCKET * expected
            self.is_near(f"{name}, p{percent} in h", told[f"p{percent}_ms"] / HOUR, expected, tolerance)

    def trials_of_one(self):
        told = self.trial(BRIDGE, "services", "rta")
        self.mean("bridge", told, 83 / 24, math.sqrt(1663 / 576))
        told = self.trial(ONE.replace("LENGTH", "mean 2h"), "services", "rta")
        self.mean("exponential", told, 2, 2)
        self.percentiles("exponential", told, lambda p: -2 * math.log(1 - p), lambda x: math.exp(-x / 2) / 2)
        told = self.trial(ONE.replace("LENGTH", "1h..2h..6h"), "services", "rta")
        mean = (1 + 8 + 6) / 6
        self.mean("PERT", told, mean, math.sqrt((mean - 1) * (6 - mean) / 7))
        told = self.trial(ONE.replace("LENGTH", "p50 1h p95 4h"), "services", "rta")
        sigma = math.log(4) / 1.6448536269514722
        self.mean("lognormal", told, math.exp(sigma ** 2 / 2), math.sqrt((math.exp(sigma ** 2) - 1) * math.exp(sigma ** 2)))
        told = self.trial(ONE.replace("LENGTH", "1h..3h"), "services", "rta")
        self.mean("uniform", told, 2, 1 / math.sqrt(3))
        self.percentiles("uniform", told, lambda p: 1 + 2 * p, lambda _: 0.5)

    def others(self):
        told = self.trial(DETECTOR, "services", "rta")
        self.mean("detection", told, 5.5 / 60, 10 / 60 / math.sqrt(12))
        told = self.trial(RETRIES, "services", "rta")
        tries = (1 - 0.2 ** 10) / 0.8
        self.mean("attempts", told, tries / 6 - 10 * 0.2 ** 10 / 6, math.sqrt(0.2) / 0.8 / 6)
        told = self.trial(BACKUP, "data", "rpa")
        self.mean("age of a backup", told, 12.75, 24 / math.sqrt(12))
        self.percentiles("age of a backup", told, lambda p: 0.75 + 24 * p, lambda _: 1 / 24)

    def campaigns(self):
        for machines, fitters in ((1, 1), (10, 2), (5, 1)):
            told = self.simulate(workshop(machines, fitters), "--campaign", "--years", "2", "--trials", "150")
            found = sum(one["availability"] for one in told["services"]) / machines
            # Half the widest interval is 1.96 errors of one machine; those of several are taken to be one.
            error = max(one["availability_high"] - one["availability_low"] for one in told["services"]) / 2 / 1.96
            self.is_near(f"{machines} machines, {fitters} fitters", found, repairman(machines, fitters), ERRORS * error / math.sqrt(machines))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muster", required=True)
    parser.add_argument("--trials", type=int, default=10_000_000)
    arguments = parser.parse_args()
    comparison = Comparison(arguments.muster, arguments.trials)
    comparison.trials_of_one()
    comparison.others()
    comparison.campaigns()
    print(f"{comparison.passed} passed, {comparison.failed} failed")
    return 1 if comparison.failed else 0


if __name__ == "__main__":
    sys.exit(main())
