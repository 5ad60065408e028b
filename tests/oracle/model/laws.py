#!/usr/bin/env python3
"""Laws that `muster estimate` keeps whatever the plan, on random plans.

    laws.py --muster BINARY --plans N --seed S

- permuting declarations changes no figure, verdict or state;
- two plans that have nothing to do with each other, put into one, come out as each does alone;
- a longer step never makes a critical path shorter, where no step times out, turns to another procedure or stops a service, and nothing has a
  fallback;
- a copy that is taken away makes no loss smaller, where one step at most writes the data and it is still brought back, unless it is a
  synchronous replica, which holds up those who write while it is cut off (times may become shorter: what loses more may load faster);
- where nothing is transferred and no calendar counts, all durations times three is all times times three."""

import argparse
import copy
import random
import re
import sys

from compare import estimate
from generate import Generator
from numbers_ms import NEVER
from write import text_of

NAMES = re.compile(r"\b((?:site|ext|tool|key|link|role|tier|svc|data|store|backup|replica|repository|proc|det|scen|f|cold-)\d+|own"
                   r"|alpha|beta|gamma|north|south|far|prod|spare|safe)\b")


def blocks(text):
    """The declarations of a plan."""
    return re.split(r"(?<=\n\})\n", text.rstrip("\n"))


def by_name(answer):
    """What an answer says, whatever the order."""
    found = {}
    for scenario in answer["scenarios"]:
        for kind in ("services", "data"):
            for each in scenario[kind]:
                each = {**each, "copies": sorted(each.get("copies", []), key=lambda row: row["name"])}
                found[scenario["name"], kind, each["name"]] = each
        for step in scenario["schedule"]:
            found[scenario["name"], "step", step["procedure"], step["step"]] = {key: step.get(key) for key in ("start_ms", "end_ms")}
        found[scenario["name"],] = {key: scenario.get(key) for key in ("detection_ms", "start_ms")}
    return found


class Laws:
    def __init__(self, binary, seed):
        self.binary, self.seed, self.random = binary, seed, random.Random(f"laws-{seed}")

    def plan(self):
        return Generator(f"laws-{self.seed}").plan()

    def ask(self, text):
        answer, trouble = estimate(self.binary, text)
        if not answer:
            raise AssertionError(f"no answer: {trouble}\n{text}")
        return answer

    def permuted(self):
        text = text_of(self.plan())
        parts = blocks(text)
        self.random.shuffle(parts)
        return self.compared(by_name(self.ask(text)), by_name(self.ask("\n".join(parts) + "\n")))

    def halves(self):
        one, other = self.plan(), Generator(f"laws-other-{self.seed}").plan()
        for plan in (one, other):
            plan["declare"], plan["clock"], plan["skew"], plan["count retries"] = None, "disruption", None, False
        renamed = NAMES.sub(r"\1-other", text_of(other))
        both = text_of(one).replace("profiles own\n", "profiles own, own-other\n", 1) + "\n".join(blocks(renamed)[1:]) + "\n"
        together = by_name(self.ask(both))
        apart = by_name(self.ask(text_of(one))) | by_name(self.ask(renamed))
        return self.compared(apart, {key: together[key] for key in apart})

    def longer(self):
        plan = without_alternatives(self.plan())
        slower = copy.deepcopy(plan)
        timed = [step for procedure in slower["procedures"].values() for step in steps_of(procedure["items"]) if step["takes"]]
        if not timed:
            return []
        self.random.choice(timed)["takes"] = ("exact", [10_000 * 60_000])
        return self.improved(plan, slower, ["critical_path_ms"])

    def fewer(self):
        plan = without_alternatives(self.plan())
        free = [each for each in plan["copies"] if not refers_to(plan, each) and not each.get("sync")]
        if not free:
            return []
        fewer = copy.deepcopy(plan)
        fewer["copies"].remove(self.random.choice(free))
        return self.improved(written_once(plan), written_once(fewer), ["rpa_ms"])

    def improved(self, plan, worse, figures):
        """What is sooner, or loses less, in the plan that should be the worse one."""
        before, after = by_name(self.ask(text_of(plan))), by_name(self.ask(text_of(worse)))
        return [f"{key}: {before[key].get(what)} became {it[what]}" for key, it in after.items() for what in figures
                if not (what == "rpa_ms" and it.get("from") == "primary" != before[key].get("from")) and it.get(what) is not None and worth(before[key], what) > it[what]]

    def scaled(self):
        plan = plain(self.plan())
        times = [by_name(self.ask(text_of(each))) for each in (plan, scaled_by(plan, 3))]
        small, large = ({(key, what): value[what] for key, value in each.items() for what in ("rta_ms", "critical_path_ms", "start_ms", "end_ms", "detection_ms")
                         if value.get(what) is not None} for each in times)
        return [f"{key}: {small.get(key)} and {large.get(key)}" for key in small | large if 3 * small.get(key, -1) != large.get(key)]

    @staticmethod
    def compared(one, other):
        # Which of several obstacles is named, and which of several ways that take as long, is a matter of order.
        leave = lambda it: {key: value for key, value in it.items() if key not in ("path", "obstacle", "stopped_by")}
        return [f"{key}: {leave(one[key])} and {leave(other[key])}" for key in one if leave(one[key]) != leave(other[key])]


def worth(said, what):
    """A figure of an answer; what is lost, or never back, is more than any."""
    return NEVER if said.get(what) is None and said["verdict"] != "unknown" else said.get(what) or 0


def without_alternatives(plan):
    """The plan with one way to do each thing."""
    for scenario in plan["scenarios"].values():
        scenario["choices"] = [(services, procedures[:1]) for services, procedures in scenario["choices"]]
    for procedure in plan["procedures"].values():
        for step in all_steps(procedure):
            step["timeout"] = step["otherwise"] = None
            if step["action"] and step["action"][0] in ("restart", "scale-down", "fence"):
                step["action"] = ("run",)
    plan["externals"] = {name: None for name in plan["externals"]}
    return plan


def written_once(plan):
    """The plan where of all steps that bring a dataset back only the first does: which writes it last is no matter then."""
    plan, written = copy.deepcopy(plan), set()
    for procedure in plan["procedures"].values():
        for step in all_steps(procedure):
            if step["action"] and step["action"][0] in ("restore", "promote"):
                if written & set(step["action"][1]):
                    step["action"] = ("run",)
                else:
                    written |= set(step["action"][1])
    return plan


def all_steps(procedure):
    return [*steps_of(procedure["items"]), *steps_of(procedure["afterwards"])]


def refers_to(plan, kept):
    """Whether anything in the plan names a copy."""
    named = {each.get("base") for each in plan["copies"]}
    named |= {step["action"][2] for procedure in plan["procedures"].values() for step in all_steps(procedure)
              if step["action"] and step["action"][0] in ("restore", "promote")}
    return kept["name"] in named


def steps_of(items):
    for kind, it in items:
        yield from steps_of(it) if kind == "parallel" else [it]


def plain(plan):
    """Without what does not scale: transfers, retention, and the planning values that are rounded."""
    for procedure in plan["procedures"].values():
        for step in all_steps(procedure):
            if step["action"] and step["action"][0] == "restore":
                step["takes"] = step["takes"] or ("exact", [60_000])
    for kept in plan["copies"]:
        kept["keep"] = None
    for store in plan["stores"].values():
        store["immutable"] = None
    return exactly(plan)


def is_duration(it):
    return isinstance(it, tuple) and len(it) == 2 and it[0] in ("exact", "range", "three", "p50", "mean") and isinstance(it[1], list)


def exactly(it):
    """The same with no duration of which only the mean is known."""
    if is_duration(it):
        return ("exact" if it[0] == "mean" else it[0]), it[1]
    if isinstance(it, dict):
        return {key: exactly(value) for key, value in it.items()}
    return type(it)(exactly(each) for each in it) if isinstance(it, (list, tuple)) else it


def scaled_by(it, factor):
    """All durations `factor` times as long."""
    if is_duration(it):
        return it[0], [ms * factor for ms in it[1]]
    if isinstance(it, dict):
        return {key: value * factor if key == "every" and isinstance(value, int) else scaled_by(value, factor) for key, value in it.items()}
    if isinstance(it, (list, tuple)):
        return type(it)(scaled_by(each, factor) for each in it)
    return it


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muster", required=True)
    parser.add_argument("--plans", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    failed = 0
    for number in range(given.plans):
        laws = Laws(given.muster, f"{given.seed}-{number}")
        for law in (laws.permuted, laws.halves, laws.longer, laws.fewer, laws.scaled):
            broken = law()
            if broken:
                failed += 1
                print(f"plan {number} of seed {given.seed}, {law.__name__}:\n  " + "\n  ".join(broken[:5]))
    print(f"{5 * given.plans - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
