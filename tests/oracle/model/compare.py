#!/usr/bin/env python3
"""Compares `muster estimate` with a second implementation of the recovery model, on random plans, to the millisecond.

    compare.py --muster BINARY --plans N --seed S

Plan number i of seed S is the same everywhere. Says what differs, prints the first plan that does, and then ends with 1."""

import argparse
import collections
import json
import subprocess
import sys

from generate import Generator
from numbers_ms import NEVER, UNKNOWN
from objectives import data_of, own_or_tier, rpo, skew_limit, verdict
from priority import in_order
from recovery import Recovery
from schedule import Schedule
from write import text_of

AS_OF = "2026-11-20"


def estimate(binary, text):
    try:
        run = subprocess.run([binary, "estimate", "-", "--format", "json", "--as-of", AS_OF], input=text, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None, "it hangs"
    if run.returncode not in (0, 1) or not run.stdout.startswith("{"):
        return None, f"exit {run.returncode}\n{run.stdout[:3000]}{run.stderr[:3000]}"
    answer = json.loads(run.stdout)
    if "scenarios" not in answer:
        return None, "; ".join(each["message"] for each in answer["diagnostics"])
    return answer, ""


def shown(key, said):
    """A time of the JSON document: null is never, absent is unknown."""
    return (NEVER if said[key] is None else said[key]) if key in said else UNKNOWN


class Expected:
    """Both answers for one scenario: without contention, and with it."""

    def __init__(self, plan, scenario):
        self.recovery = Recovery(plan, scenario)
        order = in_order(self.recovery)
        self.high, self.low = Schedule(self.recovery, NEVER, order), Schedule(self.recovery, 0, order)

    def turned_to(self, procedure):
        return any(self.high.at[("failed", *key)] < NEVER for key in self.recovery.turning_to(procedure))

    def planned(self, service):
        return self.recovery.rta(service, self.high.at, self.low.at)

    def critical_path(self, service):
        return self.recovery.rta(service, self.recovery.high, self.recovery.low)


def services(plan, expected, said):
    for got in said["services"]:
        name = got["name"]
        rto, planned, fastest = own_or_tier(plan, plan["services"][name], "rto"), expected.planned(name), expected.critical_path(name)
        yield f"{name} state", expected.recovery.state(name), got["state"]
        yield f"{name} rto", rto, got.get("rto_ms")
        yield f"{name} rta", planned, shown("rta_ms", got)
        yield f"{name} verdict", verdict(rto, planned), got["verdict"]
        if planned not in (NEVER, UNKNOWN):
            yield f"{name} critical-path", fastest, shown("critical_path_ms", got)
        yield f"{name} skew", skew(plan, expected, name), tuple(got.get(key) for key in ("skew_limit_ms", "skew_ms", "skew_verdict"))


def skew(plan, expected, service):
    """The limit, how far the RPAs of its data lie apart, and the verdict; nothing where that cannot be told."""
    losses = [expected.recovery.rpa(data, expected.low.at)[0] for data in data_of(plan, service)]
    if len(losses) < 2 or None in losses or UNKNOWN in losses:
        return None, None, None
    apart, limit = max(losses) - min(losses), skew_limit(plan, service)
    return limit, apart, verdict(limit, apart)


def steps(expected, said):
    known = lambda time: UNKNOWN if time == NEVER else time
    times = {}
    for key in expected.high.steps:
        if key[0] in expected.recovery.followed or expected.turned_to(key[0]):
            end = min(expected.high.at[("step", *key)], expected.high.at[("failed", *key)])
            times[key] = known(expected.high.begun.get(key, NEVER)), known(end)
    got = {(entry["procedure"], entry["step"]): (shown("start_ms", entry), shown("end_ms", entry)) for entry in said["schedule"]}
    yield "which steps", sorted(times), sorted(got)
    for key in sorted(times.keys() & got.keys()):
        for what, ours, theirs in zip(("start", "end"), times[key], got[key]):
            yield f"{'.'.join(key)} {what}", ours, theirs


def data(plan, expected, said):
    recovery = expected.recovery
    for got in said["data"]:
        name = got["name"]
        rows = {row.name: row for row in recovery.rows[name]}
        yield f"{name} copies", sorted(rows), sorted(copy["name"] for copy in got["copies"])
        for copy in got["copies"]:
            row = rows[copy["name"]]
            yield f"{name} {row.name} usable", row.usable, copy["state"] == "usable"
            if row.usable and copy["state"] == "usable":
                yield f"{name} {row.name} loss", row.loss, shown("loss_ms", copy)
            elif copy["state"] != "usable" and not row.usable:
                yield f"{name} {row.name} state", True, copy["state"] in row.wrong
        loss, source = recovery.rpa(name, expected.low.at)
        yield f"{name} rpo", rpo(plan, name), got.get("rpo_ms")
        yield f"{name} verdict", verdict(rpo(plan, name), loss), got["verdict"]
        if loss is not None:
            yield f"{name} rpa", loss, shown("rpa_ms", got)
            if source:
                yield f"{name} from", source, got.get("from")


def differences(plan, answer):
    found = []
    for said in answer["scenarios"]:
        expected = Expected(plan, plan["scenarios"][said["name"]])
        checks = [("detection", expected.recovery.found, shown("detection_ms", said)), *services(plan, expected, said),
                  *data(plan, expected, said), *steps(expected, said)]
        found += [f"{said['name']}: {what}: {ours} by the model, {theirs} by muster" for what, ours, theirs in checks if ours != theirs]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muster", required=True)
    parser.add_argument("--plans", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    different, kinds = 0, collections.Counter()
    for number in range(given.plans):
        plan = Generator(f"{given.seed}-{number}").plan()
        text = text_of(plan)
        answer, trouble = estimate(given.muster, text)
        found = differences(plan, answer) if answer else [f"no answer: {trouble}"]
        if not found:
            continue
        different += 1
        kinds.update(line.split(": ")[1].split(" ")[-1] for line in found)
        print(f"plan {number} of seed {given.seed}:\n  " + "\n  ".join(found))
        if different == 1:
            print(text)
    print(", ".join(f"{count} times {kind}" for kind, count in kinds.most_common()))
    print(f"{given.plans - different} passed, {different} failed")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
