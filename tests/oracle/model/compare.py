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
from recovery import Recovery
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


def verdict(objective, achieved):
    if achieved == UNKNOWN:
        return "unknown"
    if achieved == NEVER:
        return "never"
    if achieved is None:
        return "lost"
    return "unset" if objective is None else "met" if achieved <= objective else "missed"


def own_or_tier(plan, it, what):
    return it[what] or (plan["tiers"][it["tier"]][what] if it.get("tier") else None)


def rpo(plan, data):
    said = [plan["data"][data]["rpo"]]
    said += [own_or_tier(plan, it, "rpo") for name, it in plan["services"].items() if data in it["uses"] or name in plan["data"][data]["in"]]
    return min([ms for ms in said if ms], default=None)


def shown(key, said):
    """A time of the JSON document: null is never, absent is unknown."""
    return (NEVER if said[key] is None else said[key]) if key in said else UNKNOWN


def services(plan, recovery, said):
    for got in said["services"]:
        name = got["name"]
        expected = recovery.rta(name)
        yield f"{name} state", recovery.state(name), got["state"]
        yield f"{name} rto", own_or_tier(plan, plan["services"][name], "rto"), got.get("rto_ms")
        yield f"{name} rta", expected, shown("rta_ms", got)
        yield f"{name} verdict", verdict(own_or_tier(plan, plan["services"][name], "rto"), expected), got["verdict"]


def data(plan, recovery, said):
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
        expected, source = recovery.rpa(name)
        yield f"{name} rpo", rpo(plan, name), got.get("rpo_ms")
        yield f"{name} verdict", verdict(rpo(plan, name), expected), got["verdict"]
        if expected is not None:
            yield f"{name} rpa", expected, shown("rpa_ms", got)
            if source:
                yield f"{name} from", source, got.get("from")


def differences(plan, answer):
    found = []
    for said in answer["scenarios"]:
        recovery = Recovery(plan, plan["scenarios"][said["name"]])
        checks = [("detection", recovery.found, shown("detection_ms", said)), *services(plan, recovery, said), *data(plan, recovery, said)]
        found += [f"{said['name']}: {what}: {expected} by the model, {got} by muster" for what, expected, got in checks if expected != got]
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
