"""What the plan asks for, and whether it gets it."""

from numbers_ms import NEVER, UNKNOWN


def own_or_tier(plan, it, what):
    return it[what] or (plan["tiers"][it["tier"]][what] if it.get("tier") else None)


def rpo(plan, data):
    said = [plan["data"][data]["rpo"]]
    said += [own_or_tier(plan, it, "rpo") for name, it in plan["services"].items() if data in it["uses"] or name in plan["data"][data]["in"]]
    return min([ms for ms in said if ms], default=None)


def skew_limit(plan, service):
    it = plan["services"][service]
    said = [it["skew"] or (plan["tiers"][it["tier"]]["skew"] if it["tier"] else None) or plan["skew"]]
    return min([ms for ms in said + [plan["data"][data]["skew"] for data in data_of(plan, service)] if ms is not None], default=None)


def data_of(plan, service):
    """What a service holds or uses."""
    return [name for name, it in plan["data"].items() if service in it["in"] or name in plan["services"][service]["uses"]]


def verdict(objective, achieved):
    if achieved == UNKNOWN:
        return "unknown"
    if achieved == NEVER:
        return "never"
    if achieved is None:
        return "lost"
    return "unset" if objective is None else "met" if achieved <= objective else "missed"
