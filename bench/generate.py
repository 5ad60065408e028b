#!/usr/bin/env python3
"""Writes a recovery plan of N services, for measuring.

    generate.py N [--seed S] [--scenarios 50] [--misses none|few|all]

The same arguments give the same bytes. Of the objectives about one in a hundred cannot be kept; with --misses all every one, with none none."""

import argparse
import sys

import estate as estates

CORRUPTED_FOR = "1h"


def header(estate, misses):
    yield f'plan estate "An estate of services" {{ declare by commander takes 10m; rto {"1m" if misses == "all" else "3d"} }}'
    for tier, (rto, rpo) in estates.TIERS.items():
        yield f"tier {tier} {{ rto 1m; rpo 1m }}" if misses == "all" else f"tier {tier} {{ rto {rto}h; rpo {rpo}h }}"
    for site, provider in estates.SITES.items():
        yield f"site {site} {{ provider {provider}; zones {', '.join(zones_of(site))} }}"
    yield "site vaults { provider safe }"
    yield 'channel incidents { slack "#incidents" }'
    yield "tool pipeline { at s4 }"
    yield "role commander { headcount 2; responds 10m..20m }"
    for number, team in enumerate(estate.teams):
        yield f"role {team} {{ headcount {2 + number % 4}; responds 5m..{10 + number % 3 * 5}m }}"
    for external in estate.externals:
        yield f"external {external} {{ sla 99.9% }}"
    for store in estate.stores:
        yield f'store {store} {{ s3 "{store}"; at vaults; rate 2GB/s }}'


def zones_of(site):
    return [zone + site[1:] for zone in estates.ZONES]


def service(one, misses):
    clauses = [f"at {one.site}/{one.zone}{one.site[1:]}"]
    if one.needs:
        clauses.append("needs " + ", ".join(one.needs))
    if one.wants:
        clauses.append("wants " + ", ".join(one.wants))
    if one.rto_minutes and misses == "few":
        clauses.append(f"rto {one.rto_minutes}m")
    return f"service {one.name} : {one.tier} {{ {'; '.join(clauses)} }}"


def step(one, source):
    clauses = [f"restore {one.restores} from {source[one.restores]}"] if one.restores else ["takes {}m..{}m".format(*one.minutes)]
    if one.by:
        clauses.append(f"by {one.by}")
    return f"step {one.name} {{ {'; '.join(clauses)} }}"


def procedure(one, source):
    return f"procedure {one.name} {{ recovers {one.name}; {'; '.join(step(each, source) for each in one.steps)} }}"


def data(one):
    return f"data {one.name} {{ in {one.holder}; size {one.gigabytes}GB; restores at 200MB/s }}"


def backup(one):
    return f"backup {one.name} of {one.data} {{ every day at {one.hour:02}:15; takes {one.minutes}m; upload 5m; to {one.store}; keep 30d }}"


def detectors(estate):
    for at in range(0, len(estate.services), 10):
        watched = ", ".join(one.name for one in estate.services[at:at + 10])
        yield f"detector probe{at // 10} {{ watches {watched}; every 30s; threshold 3; notifies incidents within 30s }}"


def scenario_effects(estate):
    """What fails, by name: the kinds that plans have, in an order that a smaller plan can take the first of."""

    def spread(items, count):
        return [items[at * len(items) // count] for at in range(min(count, len(items)))]

    yield "site-s1", "fails site s1"
    for one in spread(estate.services, 14):
        yield f"crash-{one.name}", f"fails {one.name}"
    for number, one in enumerate(spread(estate.data, 9)):
        yield f"damage-{one.name}", f"{'corrupts' if number % 3 else 'deletes'} {one.name}; undetected for {CORRUPTED_FOR}"
    for site in list(estates.SITES)[1:]:
        yield f"site-{site}", f"fails site {site}"
    for site in estates.SITES:
        for zone in zones_of(site):
            yield f"zone-{zone}", f"fails zone {zone} of {site}"
    for store in dict.fromkeys(spread(estate.stores, 3)):
        yield f"lost-{store}", f"fails store {store}; lasts 8h; detected after 1h"
    for external in dict.fromkeys(spread(estate.externals, 4)):
        yield f"off-{external}", f"fails external {external}; lasts 4h; detected after 15m"
    for team in dict.fromkeys(spread(estate.teams, 3)):
        yield f"no-{team}", f"fails site s2; absent {team}; lasts 12h"
    yield "provider", "fails provider aws"


def scenarios(estate, most):
    for name, effects in list(scenario_effects(estate))[:most]:
        yield f"scenario {name} {{ {effects} }}"


def plan(estate, most_scenarios=50, misses="few"):
    """The text of the plan of `estate`."""
    source = {one.name: one.store for one in estate.data}
    lines = list(header(estate, misses))
    lines += [service(one, misses) for one in estate.services]
    lines += [data(one) for one in estate.data]
    lines += [backup(one) for one in estate.backups]
    lines += [procedure(one, source) for one in estate.services]
    lines += detectors(estate)
    lines += scenarios(estate, most_scenarios)
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenarios", type=int, default=50)
    parser.add_argument("--misses", choices=["none", "few", "all"], default="few")
    args = parser.parse_args()
    sys.stdout.write(plan(estates.make(args.services, args.seed), args.scenarios, args.misses))


if __name__ == "__main__":
    main()
