"""When everything happens, found the slow way: every time starts at `never` and is lowered until nothing changes."""

from copies import Copies
from detection import detection, seeing, worst
from impact import Impact
from numbers_ms import NEVER, UNKNOWN, planning


class Recovery:
    """One scenario. Where something is not known, `low` counts it as nothing and `high` as never: the truth lies between."""

    def __init__(self, plan, scenario, without=()):
        self.plan, self.scenario, self.without = plan, scenario, without
        self.impact = Impact(plan, scenario, without)
        self.found = detection(plan, scenario, self.impact)
        copies = Copies(plan, self.impact, self.found)
        self.copies = copies
        self.rows = {data: copies.rows(data) for data in plan["data"]}
        self.steps = {name: list(walk(it)) for name, it in plan["procedures"].items()}
        given_up = set()
        while True:
            self.choose(given_up)
            self.high, self.low = self.times(NEVER), self.times(0)
            more = self.newly_impossible(given_up)
            if not more:
                break
            given_up |= more

    # ---- procedures

    @staticmethod
    def first_left(procedures, given_up):
        return next((name for name in procedures if name not in given_up), procedures[-1])

    def choose(self, given_up):
        self.chosen, followed = {}, set()
        for services, procedures in self.scenario["choices"]:
            name = self.first_left(procedures, given_up)
            followed.add(name)
            for service in services or self.plan["procedures"][name]["recovers"]:
                self.chosen[service] = name
        named = set(followed)
        for service, state in self.impact.states.items():
            known = [name for name, it in self.plan["procedures"].items() if service in it["recovers"]]
            known = [name for name in known if name in named] or known
            if service not in self.chosen and state == "failed" and len(known) == 1:
                self.chosen[service] = known[0]
        self.followed = [name for name in self.plan["procedures"] if name in followed | set(self.chosen.values())]

    def newly_impossible(self, given_up):
        more = set()
        for _, procedures in self.scenario["choices"]:
            name = self.first_left(procedures, given_up)
            counted = [step for step in self.steps[name] if not step["late"]]
            if name != procedures[-1] and any(self.low[("step", name, step["name"])] == NEVER for step in counted):
                more.add(name)
        return more - given_up

    # ---- times

    def times(self, unknown):
        """Every time, with `unknown` in the place of what nobody knows."""
        self.unknown = unknown
        self.at = {}
        things = [("ready", service) for service in self.plan["services"]]
        things += [("step", name, step["name"]) for name in self.followed for step in self.steps[name]]
        for _ in range(len(things) + 2):
            before = dict(self.at)
            for name in self.followed:
                for step in self.steps[name]:
                    self.at[("step", name, step["name"])] = self.step_end(name, step)
            for service in self.plan["services"]:
                self.at[("ready", service)] = self.ready(service)
            if before == self.at:
                break
        return self.at

    def known(self, value):
        return self.unknown if value == UNKNOWN else value

    def detected(self):
        return self.known(self.found)

    def response(self, role):
        it = self.plan["roles"][role]
        if it["headcount"] == 0:
            return NEVER
        paged = max(self.detected(), self.impact.lasts if role in self.impact.absent else 0)
        responds = [planning(it["responds"])] + ([planning(it["outside"])] if it["hours"] and it["outside"] else [])
        return paged + max(responds)

    def declared(self):
        if not self.plan["declare"]:
            return self.detected()
        role, takes = self.plan["declare"]
        return self.response(role) + planning(takes)

    def start(self, name):
        """A procedure that a detector triggers starts with that detector's finding, any other at declaration."""
        detectors = self.plan["detectors"]
        triggers = [worst(detectors[each]) for each in seeing(self.plan, self.scenario, self.impact) if detectors[each]["triggers"] == name]
        return min(triggers, default=self.declared())

    def until_up(self, name):
        if not self.impact.is_down(name):
            return 0
        kind = self.impact.kind_of(name)
        if kind == "service":
            return self.at.get(("ready", name), NEVER)
        return self.impact.back_by_itself(name)

    def skipped(self, step):
        return bool(step["skip"]) and self.impact.is_down(step["skip"])

    def step_end(self, procedure, step):
        before = [self.at.get(("step", procedure, name), NEVER) for name in step["before"]] or [self.start(procedure)]
        if self.skipped(step):
            return max(before)
        waits = before + [self.response(role) for role in step["by"]] + [self.until_up(name) for name in step["requires"]]
        if step["on"]:
            waits.append(self.impact.place_back(step["on"]))
        if step["action"] and step["action"][0] == "wait":
            waits.append(self.until_up(step["action"][1]))
        waits += [self.source_back(row) for _, row in self.sources(step)]
        begin = max(waits)
        return begin + self.length(step) if begin < NEVER else NEVER

    def source_back(self, row):
        if row is None:
            return NEVER
        return 0 if "copy-returns" in self.without else row.back

    def length(self, step):
        if step["takes"]:
            return planning(step["takes"])
        action = step["action"]
        if action is None or action[0] in ("wait", "notify"):
            return 0
        if action[0] != "restore":
            return self.known(UNKNOWN)
        rows = dict(self.sources(step))
        if len({id(row.copy) for row in rows.values()}) == 1:
            return self.known(self.copies.restoring(list(rows), next(iter(rows.values()))))
        lengths = [self.copies.restoring([data], row) for data, row in rows.items()]
        return self.known(UNKNOWN) if UNKNOWN in lengths else sum(lengths)

    def sources(self, step):
        """For each dataset that the step writes the copy that it takes, or None."""
        if not step["action"] or step["action"][0] not in ("restore", "promote"):
            return []
        data, name, store = (*step["action"][1:], None)[:3]
        return [(one, self.best(one, name, store)) for one in data]

    def best(self, data, name, store):
        def rank(row):
            loss = NEVER if row.loss == UNKNOWN else row.loss
            if "retrieval-tie" in self.without:
                whole = self.copies.restoring([data], row)
                return loss, NEVER if whole == UNKNOWN else whole
            return loss, planning(self.plan["stores"][row.store]["retrieval"]) if row.store else 0

        fit = [row for row in self.rows[data] if row.copy and row.usable and (row.copy["name"] == name if name else row.store == store)]
        return min(fit, key=rank, default=None)

    # ---- readiness

    def written(self, data):
        """When each step that writes `data` has ended."""
        return {(name, step["name"]): self.at.get(("step", name, step["name"]), NEVER)
                for name in self.followed for step in self.steps[name]
                if not self.skipped(step) and data in [one for one, _ in self.sources(step)]}

    def restored(self, data):
        times = list(self.written(data).values())
        times = times or [self.at.get(("ready", holder), NEVER) for holder in self.plan["data"][data]["in"]]
        return max(times, default=NEVER)

    def dependencies(self, service):
        it = self.plan["services"][service]
        times = [min(self.until_up(thing) for thing in group) for group in it["needs"]]
        times += [self.restored(data) for data in it["uses"] if data in self.impact.damaged]
        return max(times, default=0)

    def completion(self, service):
        name = self.chosen[service]
        counted = [step for step in self.steps[name] if not step["late"]]
        ends = [step for step in self.steps[name] if service in step["completes"]] or counted
        return max([self.at[("step", name, step["name"])] for step in ends], default=self.start(name))

    def stopped(self, service):
        """When each restart of the service has ended: it counts as failed from there on."""
        return [self.at[("step", name, step["name"])] for name in self.followed for step in self.steps[name]
                if step["action"] == ("restart", service) and not self.skipped(step)]

    def ready(self, service):
        it, state = self.plan["services"][service], self.impact.states[service]
        stops = self.stopped(service)
        if state == "failed":
            return self.ready_again(service)
        if state == "impaired":
            own = [self.completion(service)] if service in self.chosen else []
            return max([self.dependencies(service), *own, *stops]) + planning(it["starts"] if stops else it["resumes"])
        return max(stops) + planning(it["starts"]) if stops else 0

    def ready_again(self, service):
        it, needed = self.plan["services"][service], self.dependencies(service)
        ways = []
        held = self.impact.holds(service)
        again = max([planning(self.plan["data"][data]["rebuilt"]) for data in held if not self.rows[data][0].usable], default=0)
        if service in self.chosen:
            ways.append(max(needed, self.completion(service) + again) + planning(it["starts"]))
        whole = not held & self.impact.damaged and not any(self.impact.data_destroyed(data) for data in held)
        if whole and it["heals"] and not self.impact.everywhere_down(service):
            ways.append(max(needed, planning(it["heals"])))
        if whole:
            ways.append(max(needed, self.impact.service_back(service)) + planning(it["starts"]))
        return min(ways, default=NEVER)

    def ttl(self, service):
        steps = self.steps[self.chosen[service]] if service in self.chosen else []
        return max([planning(step["action"][2]) for step in steps if step["action"] and step["action"][0] == "dns" and not self.skipped(step)], default=0)

    # ---- answers

    def rta(self, service):
        """ms, NEVER or UNKNOWN."""
        if self.impact.states[service] not in ("failed", "impaired") and not self.stopped(service):
            return 0
        bounds = []
        for unknown in (NEVER, 0):
            times = self.times(unknown)
            clock = {"disruption": 0, "detection": self.detected(), "declaration": self.declared()}[self.plan["clock"]]
            ready = times[("ready", service)] + self.ttl(service)
            bounds.append(NEVER if NEVER in (ready, clock) else max(0, ready - clock))
        high, low = bounds
        return NEVER if low == NEVER else UNKNOWN if high == NEVER else high

    def rpa(self, data):
        """(ms, UNKNOWN or None where it is lost) and the name of the copy."""
        if self.plan["data"][data]["rebuilt"]:
            return 0, None
        self.times(0)
        ends = {key: end for key, end in self.written(data).items() if end < NEVER}
        if ends:
            last = max(ends.values())
            name, step = [key for key, end in ends.items() if end == last][-1]
            row = dict(self.sources(next(each for each in self.steps[name] if each["name"] == step)))[data]
        else:
            row = self.rows[data][0] if self.rows[data][0].usable else None
        return (row.loss, row.name) if row else (None, None)


def walk(procedure):
    """The steps in order, each with the names of those that it follows."""
    names = []

    def follow(items, before, late, side_by_side):
        ends = []
        for kind, it in items:
            if kind == "parallel":
                ended = follow(it, before, late, True) or before
            else:
                names.append({**it, "before": it["after"] or before, "late": late})
                ended = [it["name"]]
            if side_by_side:
                ends += ended
            else:
                before = ends = ended
        return ends

    ends = follow(procedure["items"], [], False, False)
    follow(procedure["afterwards"], ends, True, False)
    return names
