"""Who is served first: the order of all steps of a scenario, the same for the whole of it."""

from numbers_ms import NEVER, planning
from objectives import own_or_tier
from trail import Trail, latest, time_of


def in_order(recovery):
    """Every step that is followed, as (procedure, step): a smaller RTO first, then a longer path after it, then the name."""
    paths = longest_paths(recovery)

    def rank(key):
        return urgency(recovery, *key), -paths.get(key, 0), ".".join(key).encode()

    return sorted(((name, step["name"]) for name in recovery.all_procedures() for step in recovery.steps[name]), key=rank)


# ---- urgency

def urgency(recovery, procedure, step, seen=()):
    if next(each for each in recovery.steps[procedure] if each["name"] == step)["late"]:
        return NEVER
    handed_on = [urgency(recovery, name, each["name"], (*seen, procedure)) for name in recovery.all_procedures() for each in recovery.steps[name]
                 if name not in (*seen, procedure) and each["otherwise"] == procedure and recovery.may_fail(name, each)]
    recovered = [service for service, line in recovery.line_of.items() if procedure in line]
    waiting = {other for service in recovered for other in dependents(recovery.plan, service)}
    objectives = [own_or_tier(recovery.plan, recovery.plan["services"][service], "rto") for service in waiting]
    return min([ms for ms in objectives if ms] + handed_on, default=NEVER)


def dependents(plan, service):
    """The service and all that need it, directly or not, be it as an alternative."""
    found = {service}
    for _ in plan["services"]:
        found |= {name for name, it in plan["services"].items() if any(found & set(group) for group in it["needs"])}
    return found


# ---- the longest path

class Asked(dict):
    """Times that remember which of them somebody wanted to know."""

    def __init__(self, times):
        super().__init__(times)
        self.keys_asked = set()

    def get(self, key, default=None):
        self.keys_asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.keys_asked.add(key)
        return super().__getitem__(key)


def longest_paths(recovery):
    """For each step the longest sum of the delays that come after it, among what happens at all where people and bandwidth are not
    short, and what is unknown takes no time. Only what somebody waits for counts: other steps, and services that are back at last.
    Of alternatives nobody waits for those that come later than the first."""
    recovery.unknown = 0
    recovery.at = at = Asked(recovery.low)
    steps = {("step", name, step["name"]): (name, step) for name in recovery.all_procedures() for step in recovery.steps[name]}
    wanted = {*steps, *(("failed", *key[1:]) for key in steps), *(("ready", service, recovery.last) for service in recovery.plan["services"])}
    on_the_way = set(wanted)
    for key in steps:
        failed = ("failed", *key[1:])
        at[key], at[failed] = (trail_of(at[each], key[1:]) for each in (key, failed))
    while True:
        before = {key: dict(moment.since) for key, moment in at.items() if isinstance(moment, Trail)}
        for key in sorted(on_the_way, key=str):
            if time_of(at[key]) == NEVER:
                continue
            if key[0] in ("step", "failed"):
                ends = recovery.step_ends(*steps[("step", *key[1:])])
                at[key] = trail_of(ends[key[0] == "failed"], key[1:])
            elif key[0] == "completed":
                at[key] = recovery.completed(key[1])
            else:
                at[key] = recovery.ready(key[1], key[2])
        on_the_way |= {key for key in at.keys_asked if key in at}
        if before == {key: moment.since for key, moment in at.items() if isinstance(moment, Trail)}:
            break
    moments = [at[key] for key in wanted] + [at[("ready", service, recovery.last)] + recovery.ttl(service) for service in recovery.plan["services"]]
    return longest_of(moments)


def longest_of(moments):
    longest = {}
    for moment in moments:
        for step, past in moment.since.items() if isinstance(moment, Trail) else ():
            longest[step] = max(longest.get(step, 0), past)
    return longest


def trail_of(moment, step):
    """The end of `step`, where its own trail begins."""
    time = time_of(moment)
    if time == NEVER:
        return NEVER
    return latest([moment, Trail(time, {step: 0})])
