"""When the scenario is found, and for how long damage went unseen."""

from numbers_ms import UNKNOWN, planning


def worst(detector):
    return detector["every"] * detector["threshold"] + planning(detector["for"]) + planning(detector["within"])


def seeing(plan, scenario, impact):
    """The detectors that see the scenario: up, watching something affected, and able to tell that data is wrong where it is."""
    found = []
    for name in scenario["detected_by"] or plan["detectors"]:
        detector = plan["detectors"][name]
        down = detector["at"] and all(impact.site_back(site) > 0 for site in detector["at"])
        blind = hidden(impact) and not detector["sees"]
        if not down and not blind and any(impact.is_affected(thing) and looks_at(impact, detector, thing) for thing in detector["watches"]):
            found.append(name)
    return found


def looks_at(impact, detector, thing):
    """Whether some site where it runs is up and not cut off from `thing`."""
    spots = [spot for site in detector["at"] if impact.site_back(site) == 0 for spot in impact.partition.place((site, None))]
    return not detector["at"] or impact.partition.reach(spots, impact.partition.thing(thing))


def detection(plan, scenario, impact):
    ways = [worst(plan["detectors"][name]) for name in seeing(plan, scenario, impact)]
    if hidden(impact) and scenario["undetected"]:
        ways.append(planning(scenario["undetected"]))
    elif not ways and scenario["detected_after"]:
        ways.append(planning(scenario["detected_after"]))
    return min(ways, default=UNKNOWN)


def hidden(impact):
    """Whether somebody or something did damage, which is found only after a while."""
    return bool(impact.damaged or impact.compromised)
