#!/usr/bin/env python3
"""Small plans whose planned times are plain by hand, and laws that hold for every plan."""

import pathlib
import sys
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import schedule
from generate import Generator
from numbers_ms import NEVER
from priority import in_order, longest_paths
from recovery import Recovery
from schedule import Schedule, fair_shares

MINUTE, HOUR, GB, MB = 60_000, 3_600_000, 10**9, 10**6


def exactly(ms):
    return "exact", [ms]


def step(name, takes=None, by=(), action=None, after=()):
    return "step", {"name": name, "action": action, "takes": None if takes is None else exactly(takes), "after": list(after), "on": None,
                    "by": list(by), "requires": [], "skip": None, "completes": [], "timeout": None, "fails": None, "retry": None, "otherwise": None, "checks": []}


def service(needs=(), rto=None, starts=0):
    return {"tier": None, "rto": rto, "rpo": None, "skew": None, "placements": [], "pinned": False, "needs": [list(group) for group in needs], "wants": [],
            "uses": [], "starts": exactly(starts), "resumes": None, "heals": None}


def role(headcount):
    return {"headcount": headcount, "responds": None, "hours": False, "outside": None, "through": [], "escalates": None}


def dataset(holder, size, restores=None):
    return {"in": [holder], "size": size, "restores": restores, "rpo": None, "skew": None, "rebuilt": None}


def store(rate, retrieval=None):
    return {"at": None, "provider": None, "region": None, "account": None, "rate": rate, "restores": None,
            "retrieval": None if retrieval is None else exactly(retrieval), "immutable": None, "replicates": [], "key": None, "credentials": []}


def backup(name, of, size=None):
    return {"kind": "backup", "name": name, "of": of, "schedule": ("every", HOUR), "takes": exactly(0), "upload": exactly(0), "to": ["vault"],
            "keep": None, "size": size, "missed": 0, "within": None, "key": None}


def planned(services, procedures, effects, roles=None, data=None, copies=(), vault=None):
    """The recovery and the schedule of one scenario that is detected at once. A procedure `fix-x` recovers `x`."""
    plan = {"clock": "disruption", "count retries": False, "declare": None, "skew": None, "tiers": {}, "sites": {}, "externals": {}, "tools": {}, "links": {}, "secrets": {}, "detectors": {}, "services": services,
            "roles": {name: role(headcount) for name, headcount in (roles or {}).items()}, "data": data or {},
            "stores": {"vault": vault} if vault else {}, "copies": list(copies),
            "procedures": {name: {"recovers": [name.removeprefix("fix-")], "items": items, "afterwards": []} for name, items in procedures.items()}}
    scenario = {"effects": effects, "cuts": [], "lasts": None, "undetected": exactly(0), "choices": [], "detected_by": [], "detected_after": exactly(0)}
    recovery = Recovery(plan, scenario)
    return recovery, Schedule(recovery, NEVER, in_order(recovery))


def fails(*services):
    return [("fails", ("service", name)) for name in services]


def begins(schedule):
    return {step: when // MINUTE for (_, step), when in schedule.begun.items()}


class People(unittest.TestCase):
    def two_databases(self, headcount):
        procedures = {f"fix-{name}": [step("load", 40 * MINUTE, ["dba"])] for name in ("one", "two")}
        recovery, plan = planned({"one": service(), "two": service()}, procedures, fails("one", "two"), {"dba": headcount})
        alone = [recovery.rta(name, recovery.high, recovery.low) for name in ("one", "two")]
        return alone, [recovery.rta(name, plan.at, plan.at) for name in ("one", "two")]

    def test_one_person_does_one_step_at_a_time(self):
        self.assertEqual(self.two_databases(1), ([40 * MINUTE, 40 * MINUTE], [40 * MINUTE, 80 * MINUTE]))

    def test_two_people_do_two(self):
        self.assertEqual(self.two_databases(2), ([40 * MINUTE, 40 * MINUTE], [40 * MINUTE, 40 * MINUTE]))

    def test_the_smaller_rto_is_first_even_of_what_only_depends_on_it(self):
        services = {"one": service(rto=2 * HOUR), "two": service(), "shop": service([["ext", "two"]], rto=HOUR)}
        services["ext"] = service()
        _, plan = planned(services, {"fix-one": [step("a", 40 * MINUTE, ["dba"])], "fix-two": [step("b", 40 * MINUTE, ["dba"])]},
                          fails("one", "two"), {"dba": 1})
        self.assertEqual(begins(plan), {"b": 0, "a": 40})

    def test_then_the_longest_path_after_the_step_without_its_own_length(self):
        items = [("parallel", [step("a", 30 * MINUTE, ["dba"]), step("b", MINUTE, ["dba"])]), step("c", 5 * MINUTE, after=["b"])]
        _, plan = planned({"one": service()}, {"fix-one": items}, fails("one"), {"dba": 1})
        self.assertEqual(begins(plan), {"b": 0, "a": 1, "c": 1})

    def test_the_path_goes_on_through_services(self):
        services = {"one": service(starts=MINUTE), "two": service(starts=2 * MINUTE), "web": service([["two"]], starts=7 * MINUTE)}
        procedures = {"fix-one": [step("a", MINUTE)], "fix-two": [step("b", MINUTE)], "fix-web": [step("c", HOUR)]}
        recovery, _ = planned(services, procedures, fails("one", "two", "web"))
        self.assertEqual(longest_paths(recovery), {("fix-one", "a"): MINUTE, ("fix-two", "b"): 9 * MINUTE, ("fix-web", "c"): 7 * MINUTE})

    def test_names_that_switch_hold_up_who_is_behind_them(self):
        items = [step("a", MINUTE, action=("dns", "there", exactly(9 * MINUTE)))]
        recovery, plan = planned({"one": service(starts=MINUTE)}, {"fix-one": items}, fails("one"))
        self.assertEqual(longest_paths(recovery), {("fix-one", "a"): 10 * MINUTE})
        self.assertEqual(recovery.rta("one", plan.at, plan.at), 11 * MINUTE)

    def test_nobody_reserves(self):
        services = {"one": service(rto=HOUR), "two": service()}
        procedures = {"fix-one": [step("first", 10 * MINUTE, ["dba"]), step("both", MINUTE, ["dba", "ops"])], "fix-two": [step("long", 30 * MINUTE, ["ops"])]}
        _, plan = planned(services, procedures, fails("one", "two"), {"dba": 1, "ops": 1})
        self.assertEqual(begins(plan), {"first": 0, "long": 0, "both": 30})

    def test_what_takes_no_time_is_over_before_the_next_pass(self):
        services = {"one": service(rto=HOUR), "two": service()}
        procedures = {"fix-one": [step("look", 0, ["dba"]), step("act", 10 * MINUTE, ["dba"])], "fix-two": [step("other", 5 * MINUTE, ["dba"])]}
        _, plan = planned(services, procedures, fails("one", "two"), {"dba": 1})
        self.assertEqual(begins(plan), {"look": 0, "act": 0, "other": 10})

    def test_an_approval_takes_somebody_too(self):
        items = [("parallel", [step("ask", 10 * MINUTE, action=("approve", "lead")), step("talk", 10 * MINUTE, ["lead"])])]
        _, plan = planned({"one": service()}, {"fix-one": items}, fails("one"), {"lead": 1})
        self.assertEqual(begins(plan), {"ask": 0, "talk": 10})

    def test_a_step_of_unknown_length_gives_nobody_back(self):
        items = [("parallel", [step("a", action=("run",), by=["dba"]), step("b", MINUTE, ["dba"])])]
        recovery, plan = planned({"one": service()}, {"fix-one": items}, fails("one"), {"dba": 1})
        self.assertEqual(begins(plan), {"a": 0})
        self.assertEqual(begins(Schedule(recovery, 0, in_order(recovery))), {"a": 0, "b": 0})


class Bandwidth(unittest.TestCase):
    def two_restores(self, second):
        services, data = {"one": service(), "two": service()}, {"big": dataset("one", 360 * GB), "other": second}
        copies = [backup("nightly", ["big"]), backup("hourly", ["other"])]
        procedures = {"fix-one": [step("a", action=("restore", ["big"], "nightly", None))], "fix-two": [step("b", action=("restore", ["other"], "hourly", None))]}
        effects = [("corrupts", ("data", "big")), ("corrupts", ("data", "other"))]
        recovery, plan = planned(services, procedures, effects, data=data, copies=copies, vault=store(100 * MB))
        self.assertEqual([recovery.rta(name, recovery.high, recovery.low) for name in services], [HOUR, HOUR])
        return [recovery.rta(name, plan.at, plan.at) for name in services]

    def test_two_restores_share_the_store(self):
        self.assertEqual(self.two_restores(dataset("two", 360 * GB)), [2 * HOUR, 2 * HOUR])

    def test_what_the_slower_leaves_the_other_takes(self):
        self.assertEqual(self.two_restores(dataset("two", 72 * GB, 20 * MB)), [HOUR + 12 * MINUTE, HOUR])

    def test_retrieval_shares_nothing_and_then_one_transfer_follows_the_other(self):
        data = {"big": dataset("one", 60 * MB), "other": dataset("one", 30 * MB)}
        items = [("parallel", [step("a", action=("restore", ["big", "other"], "both", None)), step("b", action=("restore", ["other"], "both", None))])]
        _, plan = planned({"one": service()}, {"fix-one": items}, [("corrupts", ("data", "big"))], data=data, copies=[backup("both", ["big", "other"])],
                          vault=store(MB, retrieval=MINUTE))
        # After a minute 30 MB each by 120 s; b is done, and a goes on alone: 30 MB of big, 30 MB of other.
        self.assertEqual(plan.ended, {("fix-one", "a"): 180_000, ("fix-one", "b"): 120_000})

    def test_a_copy_that_says_its_size_is_read_once_as_fast_as_the_slowest_takes_it(self):
        data = {"big": dataset("one", GB), "other": dataset("one", GB, MB)}
        items = [step("a", action=("restore", ["big", "other"], "both", None))]
        _, plan = planned({"one": service()}, {"fix-one": items}, [("corrupts", ("data", "big"))], data=data, copies=[backup("both", ["big", "other"], 30 * MB)],
                          vault=store(2 * MB))
        self.assertEqual(plan.ended, {("fix-one", "a"): 30_000})

    def test_ends_are_rounded_up_one_by_one(self):
        # 3 B/s for three: the last has 1 B moved after 1000 ms, and 1 B left of 2 at 3 B/s: 333.3 ms.
        data = {name: dataset("one", size) for name, size in (("x", 1), ("y", 1), ("z", 2))}
        items = [("parallel", [step(name, action=("restore", [name], f"of-{name}", None)) for name in data])]
        _, plan = planned({"one": service()}, {"fix-one": items}, [("corrupts", ("data", "x"))], data=data, copies=[backup(f"of-{name}", [name]) for name in data],
                          vault=store(3))
        self.assertEqual([end for _, end in sorted(plan.ended.items())], [1000, 1000, 1334])

    def test_max_min_is_not_equal_split(self):
        shares = fair_shares({"a": {"store": 10}, "b": {"store": 10, "slow": 2}, "c": {"store": 10, "slow": 2}})
        self.assertEqual(shares, {"a": 8, "b": 1, "c": 1})


class Laws(unittest.TestCase):
    def scenarios(self, plans):
        for number in range(plans):
            plan = Generator(f"laws-{number}").plan()
            for scenario in plan["scenarios"].values():
                yield plan, Recovery(plan, scenario)

    def test_where_nothing_is_short_the_planned_times_are_those_of_the_critical_path(self):
        def apart(transfers):
            return {key: min(channels.values()) for key, channels in transfers.items()}

        with mock.patch.object(schedule, "fair_shares", apart):
            for plan, recovery in self.scenarios(20):
                for each in plan["roles"].values():
                    each["headcount"] *= 1000
                for each in [*plan["sites"].values(), *plan["tools"].values()]:
                    each["parallel"] = each["parallel"] and 1000
                for unknown, times in ((NEVER, recovery.high), (0, recovery.low)):
                    self.assertEqual(Schedule(recovery, unknown, in_order(recovery)).at, times)

    def test_nobody_does_too_much_and_nobody_idles_while_there_is_work(self):
        for plan, recovery in self.scenarios(20):
            it = Schedule(recovery, NEVER, in_order(recovery))
            over = lambda key: min(it.at[("step", *key)], it.at[("failed", *key)])
            held = [(role, it.begun[key], over(key)) for key in it.begun if not recovery.skipped(it.steps[key]) for role in it.holds(key)]
            busy = lambda role, when: sum(other == role and begin <= when < end for other, begin, end in held)
            full = lambda role, when: busy(role, when) >= schedule.capacities(plan)[role]
            for role, begin, _ in held:
                self.assertLessEqual(busy(role, begin), schedule.capacities(plan)[role])
            for key in it.steps:
                recovery.settle(NEVER, it.ends_of, it.at)
                ready, begin = recovery.begin(key[0], it.steps[key]), it.begun.get(key, NEVER)
                moments = {when for _, first, last in held for when in (first, last) if ready <= when < begin} | {ready} if ready < begin else ()
                for when in moments:
                    self.assertTrue(any(full(role, when) for role in it.holds(key)), key)


if __name__ == "__main__":
    unittest.main()
