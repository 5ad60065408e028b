"""The last and the first of several moments, and moments that remember which steps lead to them."""

from numbers_ms import NEVER


class Trail:
    """A moment, and since the end of each step that it waits for the longest sum of delays."""

    def __init__(self, time, since):
        self.time, self.since = time, since

    def __add__(self, delay):
        if delay == NEVER:
            return NEVER
        return Trail(self.time + delay, {step: past + delay for step, past in self.since.items()})


def time_of(moment):
    return moment.time if isinstance(moment, Trail) else moment


def joined(time, moments):
    trails = [moment for moment in moments if isinstance(moment, Trail)]
    if not trails or time == NEVER:
        return time
    since = {}
    for trail in trails:
        for step, past in trail.since.items():
            since[step] = max(since.get(step, 0), past)
    return Trail(time, since)


def latest(moments, default=0):
    """When all of it has happened: every trail counts."""
    moments = list(moments)
    return joined(max(map(time_of, moments)), moments) if moments else default


def earliest(moments, default=NEVER):
    """When the first of it has happened: nobody waits for what comes later."""
    moments = list(moments)
    if not moments:
        return default
    first = min(map(time_of, moments))
    return joined(first, [moment for moment in moments if time_of(moment) == first])
