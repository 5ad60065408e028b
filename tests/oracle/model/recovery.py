"""When everything happens if nobody has to wait for people or bandwidth, found the slow way: every time starts at `never` and is
lowered until nothing changes."""

from copies import Copies, alone
from detection import detection, seeing, worst
from impact import Impact
from numbers_ms import NEVER, UNKNOWN, planning
from trail import earliest, latest


class Recovery:
    """One scenario. Where something is not known, `low` counts it as nothing and `high` as never: the truth lies between."""

    def __init__(self, plan, scenario):
        self.plan, self.scenario = plan, scenario
        self.impact = Impact(plan, scenario)
        self.found = detection(plan, scenario, self.impact)
        copies = Copies(plan, self.impact, self.found)
        self.copies = copies
        self.rows = {data: copies.rows(data) for data in plan["data"]}
        self.steps = {name: list(walk(it)) for name, it in plan["procedures"].items()}
        given_up, self.replaced = set(), set()
        while True:
            self.choose(given_up)
            self.last, self.known_disturbed = frozenset(), {}
            self.can_time_out = False
            self.low = self.times(0)
            self.can_time_out = True
            replaced, more = self.newly_replaced(), self.newly_impossible(given_up)
            if not replaced and not more:
                break
            self.replaced |= replaced
            given_up |= set() if replaced else more
        self.high, self.low = self.times(NEVER), self.times(0)
        self.last = frozenset(key for key in self.stops() if self.low[("step", *key)] < NEVER)
        self.high, self.low = self.times(NEVER), self.times(0)

    # ---- procedures

    @staticmethod
    def first_left(procedures, given_up):
        return next((name for name in procedures if name not in given_up), procedures[-1])

    def choose(self, given_up):
        self.chosen, followed, self.lines, self.line_of = {}, set(), [], {}
        for services, procedures in self.scenario["choices"]:
            name = self.first_left(procedures, given_up)
            followed.add(name)
            line = self.line(name, [other for other in procedures[procedures.index(name) + 1:] if other not in given_up])
            for service in services or self.plan["procedures"][name]["recovers"]:
                self.chosen[service], self.line_of[service] = name, line
        named = set(followed)
        for service, state in self.impact.states.items():
            known = [name for name, it in self.plan["procedures"].items() if service in it["recovers"]]
            known = [name for name in known if name in named] or known
            if service not in self.chosen and state == "failed" and len(known) == 1:
                others = [other for other in self.alternatives(known[0]) if service in self.plan["procedures"][other]["recovers"]]
                self.chosen[service], self.line_of[service] = known[0], self.line(known[0], others)
        self.followed = [name for name in self.plan["procedures"] if name in followed | set(self.chosen.values())]
        turned_to = {name for line in self.lines for name in line} | set(self.followed)
        for _ in self.plan["procedures"]:
            turned_to |= {step["otherwise"] for name in turned_to for step in self.steps[name] if step["otherwise"] and self.may_fail(name, step)}
        self.turned_to = [name for name in self.plan["procedures"] if name in turned_to - set(self.followed)]

    # ---- failure

    def line(self, name, others):
        """A procedure, and what is turned to where the one before fails."""
        line = [name]
        for other in others:
            if not self.failing(line[-1]):
                break
            line += [other] if other not in line else []
        self.lines.append(line)
        return line

    def alternatives(self, name):
        found = []
        for line in self.lines:
            found += [other for other in line[1:] if line[0] == name and other not in found]
        return found

    def all_procedures(self):
        return [name for name in self.plan["procedures"] if name in self.followed or name in self.turned_to]

    def may_fail(self, procedure, step):
        if self.skipped(step):
            return False
        return (procedure, step["name"]) in self.replaced or bool(step["fails"]) or self.may_time_out(step)

    @staticmethod
    def may_time_out(step):
        if not step["timeout"]:
            return False
        if not step["takes"]:
            return bool(step["action"]) and step["action"][0] == "restore"
        unbounded = step["takes"][0] in ("p50", "mean")
        return planning(step["takes"]) > (0 if unbounded else planning(step["timeout"]))

    def failing(self, procedure, seen=()):
        """The steps whose failure is that of a procedure."""
        found = set()
        for step in self.steps[procedure] if procedure not in seen else []:
            if not step["late"] and self.may_fail(procedure, step):
                found |= self.failing(step["otherwise"], (*seen, procedure)) if step["otherwise"] else {(procedure, step["name"])}
        return found

    def turning_to(self, procedure):
        """The steps that turn to a procedure when they fail."""
        found = {(name, step["name"]) for name in self.all_procedures() for step in self.steps[name]
                 if step["otherwise"] == procedure and self.may_fail(name, step)}
        for line in self.lines:
            for before, name in zip(line, line[1:]):
                found |= self.failing(before) if name == procedure else set()
        return found

    def newly_replaced(self):
        """Steps that can turn to something else, and cannot be done: they have no copy, or it is their turn and something never comes."""
        found = set()
        self.at = self.low
        for name in self.all_procedures():
            for step in self.steps[name]:
                key = (name, step["name"])
                if not step["otherwise"] or key in self.replaced or self.skipped(step):
                    continue
                no_copy = any(row is None for _, row in self.sources(step))
                if no_copy or self.after(name, step) < NEVER == self.low[("step", *key)]:
                    found.add(key)
        return found

    def done(self, procedure, step):
        """When a step has ended, or has failed and all of what it turns to has ended."""
        end = self.at.get(("step", procedure, step["name"]), NEVER)
        if not step["otherwise"] or not self.may_fail(procedure, step):
            return end
        failed = self.at.get(("failed", procedure, step["name"]), NEVER)
        return earliest([end, latest([failed, self.at.get(("completed", step["otherwise"]), NEVER)])])

    def completed(self, name):
        """When all steps of a procedure that count are done."""
        return latest([self.start(name)] + [self.done(name, step) for step in self.steps[name] if not step["late"]])

    def named(self, key):
        return next(step for step in self.steps[key[0]] if step["name"] == key[1])

    def newly_impossible(self, given_up):
        more, self.at = set(), self.low
        for _, procedures in self.scenario["choices"]:
            name = self.first_left(procedures, given_up)
            counted = [step for step in self.steps[name] if not step["late"]]
            if name != procedures[-1] and any(self.done(name, step) == NEVER for step in counted):
                more.add(name)
        return more - given_up

    # ---- times

    def times(self, unknown):
        """Every time, with `unknown` in the place of what nobody knows."""
        return self.settle(unknown, self.step_ends, {})

    def settle(self, unknown, ends_of, at):
        """Lowers the times `at` until nothing changes, with the end of each step and its failure as `ends_of` says."""
        self.unknown, self.at = unknown, at
        moments = {self.stopped_before(name, step) for name in self.all_procedures() for step in self.steps[name]} | {self.last, frozenset()}
        while True:
            before = dict(self.at)
            for name in self.all_procedures():
                for step in self.steps[name]:
                    key = name, step["name"]
                    self.at[("step", *key)], self.at[("failed", *key)] = ends_of(name, step)
                self.at[("completed", name)] = self.completed(name)
            for stopped in moments:
                for service in self.plan["services"]:
                    self.at[("ready", service, stopped)] = self.ready(service, stopped)
            if before == self.at:
                return self.at

    def known(self, value):
        return self.unknown if value == UNKNOWN else value

    def detected(self):
        return self.known(self.found)

    def response(self, role):
        """When somebody is at work for a role: itself, or whoever it escalates to, each paged that much later."""
        paged, ways = self.detected(), []
        for before, name in zip([None, *self.escalation(role)], self.escalation(role)):
            if before:
                paged += planning(self.plan["roles"][before]["escalates"][1])
            ways.append(self.at_work(name, paged))
        return earliest(ways)

    def escalation(self, role):
        chain = [role]
        while self.plan["roles"][chain[-1]]["escalates"] and self.plan["roles"][chain[-1]]["escalates"][0] not in chain:
            chain.append(self.plan["roles"][chain[-1]]["escalates"][0])
        return chain

    def nobody_in(self, role):
        return self.plan["roles"][role]["headcount"] == 0 or (role in self.impact.absent and self.impact.lasts == NEVER)

    def hands_of(self, role):
        return next((name for name in self.escalation(role) if not self.nobody_in(name)), role)

    def at_work(self, role, paged):
        it = self.plan["roles"][role]
        if it["headcount"] == 0:
            return NEVER
        paged = latest([paged, self.impact.lasts if role in self.impact.absent else 0])
        responds = [planning(it["responds"])] + ([planning(it["outside"])] if it["hours"] and it["outside"] else [])
        return latest([paged + max(responds)] + [self.until_up(name, frozenset()) for name in it["through"]])

    def declared(self):
        if not self.plan["declare"]:
            return self.detected()
        role, takes = self.plan["declare"]
        return self.response(role) + planning(takes)

    def start(self, name):
        """A procedure that a detector triggers starts with that detector's finding, any other at declaration."""
        if name in self.turned_to:
            return earliest(self.at.get(("failed", *key), NEVER) for key in self.turning_to(name))
        detectors = self.plan["detectors"]
        triggers = [worst(detectors[each]) for each in seeing(self.plan, self.scenario, self.impact) if detectors[each]["triggers"] == name]
        return min(triggers, default=self.declared())

    def until_up(self, name, stopped):
        if name in self.plan["secrets"]:
            # What takes the place of an external does not have what was kept there.
            raw = lambda place: self.impact.back_by_itself(place) if self.impact.kind_of(place) == "external" else self.until_up(place, stopped)
            return earliest(map(raw, self.plan["secrets"][name]), 0)
        if self.impact.kind_of(name) == "service":
            return self.at.get(("ready", name, stopped), NEVER) if name in self.disturbed(stopped) else 0
        if self.impact.kind_of(name) == "external":
            return self.by_fallback(name, stopped)
        home = self.plan["tools"][name]["in"] if self.impact.kind_of(name) == "tool" else []
        times = [earliest(self.until_up(thing, stopped) for thing in home)] if home else []
        return latest([self.impact.back_by_itself(name), *times])

    def by_fallback(self, name, stopped, before=()):
        """When an external is back, or something has taken its place; two may stand in for each other."""
        back, fallback = self.impact.back_by_itself(name), self.plan["externals"][name]
        if not back or not fallback:
            return back
        times = [back]
        for other in fallback[0]:
            if self.impact.kind_of(other) == "service":
                times.append(self.until_up(other, stopped) + planning(fallback[1]))
            elif other not in before:
                times.append(self.by_fallback(other, stopped, (*before, name)) + planning(fallback[1]))
        return earliest(times)

    # ---- what steps stop

    def stops(self):
        """Every followed step that stops a service, with that service."""
        return {(name, step["name"]): step["action"][1] for name in self.followed for step in self.steps[name]
                if step["action"] and step["action"][0] in ("restart", "scale-down") and not self.skipped(step)}

    def disturbed(self, stopped):
        """The services that are unavailable at some time where `stopped` have stopped something."""
        if stopped not in self.known_disturbed:
            found = {service for service in self.plan["services"] if self.impact.is_down(service)}
            found |= {self.stops()[key] for key in stopped}
            for _ in self.plan["services"]:
                for name, it in self.plan["services"].items():
                    if self.impact.partition.lacks(name, lambda thing: thing in found or self.impact.is_down(thing)):
                        found.add(name)
            self.known_disturbed[stopped] = found
        return self.known_disturbed[stopped]

    def earlier(self, procedure, step):
        """The names of all steps that come before one, directly or not."""
        by_name = {each["name"]: each for each in self.steps[procedure]}
        found, todo = set(), list(step["before"])
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += by_name[name]["before"]
        return found

    def stopped_before(self, procedure, step):
        return frozenset((procedure, name) for name in self.earlier(procedure, step) if (procedure, name) in self.stops())

    def started_again(self, key, service):
        """When a service runs again that was scaled to nothing."""
        procedure, stop = key
        step = next(each for each in self.steps[procedure] if each["name"] == stop)
        no_start = {(procedure, name) for name in self.earlier(procedure, step)} | {key}
        starts = [self.done(name, each) for name in self.followed for each in self.steps[name]
                  if (name, each["name"]) not in no_start and not self.skipped(each)
                  and (service in each["completes"] or each["action"] == ("scale-up", service))]
        if starts:
            return latest(starts)
        if service in self.chosen:
            return self.line_completion(service)
        return self.completion(service, procedure) if service in self.plan["procedures"][procedure]["recovers"] else NEVER

    def skipped(self, step):
        return bool(step["skip"]) and self.impact.is_down(step["skip"])

    def asked(self, step):
        return sorted({*step["by"], *([step["action"][1]] if step["action"] and step["action"][0] == "approve" else [])})

    def people(self, step):
        """The roles of which a step holds one person each."""
        approver = [step["action"][1]] if step["action"] and step["action"][0] == "approve" else []
        return sorted({self.hands_of(role) for role in (*step["by"], *approver)})

    def holds(self, step):
        """All of which a step holds one while it lasts: people, the site that it is performed on, tools."""
        held = [("role", role) for role in self.people(step)]
        held += [("site", step["on"][0])] if step["on"] and self.plan["sites"][step["on"][0]]["parallel"] else []
        return held + [("tool", name) for name in step["requires"] if name in self.plan["tools"] and self.plan["tools"][name]["parallel"]]

    def after(self, procedure, step):
        """When the steps before have ended, or the procedure starts."""
        return latest([self.done(procedure, self.named((procedure, name))) for name in step["before"]] or [self.start(procedure)])

    def begin(self, procedure, step):
        """When all that a step waits for has happened."""
        if self.skipped(step) or (procedure, step["name"]) in self.replaced:
            return self.after(procedure, step)
        stopped = self.stopped_before(procedure, step)
        waits = [self.after(procedure, step)]
        waits += [self.response(role) for role in self.asked(step)] + [self.until_up(name, stopped) for name in step["requires"]]
        if step["on"]:
            waits.append(self.impact.place_back(step["on"]))
            here = self.impact.partition.place(step["on"])
            waits += [self.impact.lasts for name in step["requires"] if not self.impact.partition.reach(here, self.impact.partition.thing(name))]
        if step["action"] and step["action"][0] == "wait":
            waits.append(self.until_up(step["action"][1], stopped))
        waits += [self.impact.lasts for data, row in self.sources(step) if row and not self.reads(step, data, row)]
        for _, row in self.sources(step):
            if row and row.store:
                waits += [self.until_up(key, stopped) for key in self.copies.keys_of(row.copy, row.store)]
                waits.append(earliest((self.until_up(name, stopped) for name in self.plan["stores"][row.store]["credentials"]), 0))
        return latest(waits + [self.source_back(row) for _, row in self.sources(step)])

    def reads(self, step, data, row):
        """Whether no cut lies between a copy and where it is brought back to."""
        partition = self.impact.partition
        sink = self.copies.sink(data, step["on"])
        to = partition.place(step["on"]) if step["on"] else partition.place((sink, None)) if sink and row.copy["kind"] != "replica" else []
        there = [[("store", row.store)]] if row.store else partition.place(row.copy["to"])
        return not to or partition.reach(there, to)

    def step_ends(self, procedure, step):
        """When a step ends, and when it fails for good: one of them never."""
        begin = self.begin(procedure, step)
        if self.skipped(step):
            return begin, NEVER
        parts, fails = self.attempts(procedure, step)
        over = begin + sum(alone(part) for part in parts)
        return (NEVER, over) if fails else (over, NEVER)

    def attempts(self, procedure, step):
        """What all attempts of a step do, one after the other, and whether all fail. None fails by chance in planning."""
        if (procedure, step["name"]) in self.replaced:
            return [], True
        parts = self.parts(step)
        once, timeout, again = sum(alone(part) for part in parts), planning(step["timeout"]), step["retry"][0] if step["retry"] else 0
        pause = planning(step["retry"][1]) if step["retry"] else 0
        if once == NEVER:
            return parts, False
        if self.can_time_out and step["timeout"] and self.may_fail(procedure, step) and once > timeout:
            return [("last", timeout * (again + 1) + pause * again)], True
        if self.can_time_out and self.plan["count retries"] and step["fails"]:
            return [("last", (once + pause) * again), *parts], False
        return parts, False

    def source_back(self, row):
        if row is None:
            return NEVER
        return row.back

    def parts(self, step):
        """What a step does, one after the other: ("last", ms) or ("move", bytes, the rate of each channel)."""
        if step["takes"]:
            return [("last", planning(step["takes"]))]
        action = step["action"]
        if action is None or action[0] in ("wait", "notify"):
            return []
        parts = self.copies.restoring(dict(self.sources(step)), step["on"]) if action[0] == "restore" else UNKNOWN
        return [("last", self.unknown)] if parts == UNKNOWN else [*parts, ("last", sum(planning(check) for check in step["checks"]))]

    def sources(self, step):
        """For each dataset that the step writes the copy that it takes, or None."""
        if not step["action"] or step["action"][0] not in ("restore", "promote"):
            return []
        data, name, store = (*step["action"][1:], None)[:3]
        return [(one, self.best(one, name, store)) for one in data]

    def best(self, data, name, store):
        def rank(row):
            loss = NEVER if row.loss == UNKNOWN else row.loss
            return loss, planning(self.plan["stores"][row.store]["retrieval"]) if row.store else 0, row.name.encode()

        fit = [row for row in self.rows[data] if row.copy and row.usable and (row.copy["name"] == name if name else row.store == store)]
        return min(fit, key=rank, default=None)

    # ---- readiness

    def written(self, data):
        """When each step that writes `data` has ended."""
        return {(name, step["name"]): self.at.get(("step", name, step["name"]), NEVER)
                for name in self.all_procedures() for step in self.steps[name]
                if not self.skipped(step) and (name, step["name"]) not in self.replaced and data in [one for one, _ in self.sources(step)]}

    def restored_by(self, data, name):
        return [self.done(*key[:1], self.named(key)) for key in self.written(data) if key[0] == name]

    def restored(self, data, stopped):
        times = []
        for name in self.followed:
            if self.restored_by(data, name):
                ways = [latest(self.restored_by(data, other) or [self.completed(other)]) for other in [name, *self.alternatives(name)]]
                times.append(earliest(ways))
        times = times or [self.at.get(("ready", holder, stopped), NEVER) for holder in self.plan["data"][data]["in"]]
        return latest(times, NEVER)

    def dependencies(self, service, stopped):
        it = self.plan["services"][service]
        spots = [latest([earliest(self.reached(spot, thing, stopped) for thing in group) for group in it["needs"]])
                 for spot in self.impact.partition.service(service)]
        times = [latest(spots) if it["pinned"] else earliest(spots)]
        times += [self.restored(data, stopped) for data in it["uses"] if data in self.impact.damaged]
        return latest(times)

    def reached(self, spot, thing, stopped):
        """When a thing can be used from a place: it is up, and not cut off."""
        up = self.until_up(thing, stopped)
        return up if self.impact.partition.reach([spot], self.impact.partition.thing(thing)) else latest([up, self.impact.lasts])

    def completion(self, service, name):
        completing = [step for step in self.steps[name] if service in step["completes"]]
        return latest([self.done(name, step) for step in completing]) if completing else self.completed(name)

    def line_completion(self, service):
        return earliest(self.completion(service, name) for name in self.line_of[service])

    def or_instead(self, time, service, procedure):
        """Once another procedure has been turned to and is complete, nobody waits for what steps of the first do to a service."""
        return earliest([time] + [self.completion(service, other) for other in self.alternatives(procedure)])

    def ready(self, service, stopped):
        """When a service is ready after `stopped`, steps that have stopped something; 0 where it is available all along."""
        if service not in self.disturbed(stopped):
            return 0
        it, state = self.plan["services"][service], self.impact.states[service]
        own = [key for key in stopped if self.stops()[key] == service]
        times = [self.dependencies(service, stopped)]
        times += [self.or_instead(self.done(key[0], self.named(key)), service, key[0]) for key in own]
        times += [self.or_instead(self.started_again(key, service), service, key[0]) for key in own if self.action(key) == "scale-down"]
        needed = latest(times)
        if state == "failed":
            return self.ready_again(service, needed, bool(own))
        if state == "impaired" and service in self.chosen:
            needed = latest([needed, self.line_completion(service)])
        if self.impact.partition.held_up(service):
            needed = latest([needed, self.impact.lasts])
        return needed + planning(it["starts"] if own else it["resumes"])

    def action(self, key):
        return next(each["action"][0] for each in self.steps[key[0]] if each["name"] == key[1])

    def ready_again(self, service, needed, was_stopped):
        it = self.plan["services"][service]
        ways = []
        held = self.impact.holds(service)
        again = sum(planning(self.plan["data"][data]["rebuilt"]) for data in held if not self.rows[data][0].usable)
        if service in self.chosen:
            ways.append(latest([needed, self.line_completion(service)]) + planning(it["starts"]) + again)
        whole = not held & self.impact.damaged and not any(self.impact.data_destroyed(data) for data in held)
        if whole and it["heals"] and not self.impact.everywhere_down(service):
            ways.append(latest([needed, planning(it["heals"])]) + (planning(it["starts"]) if was_stopped else 0) + again)
        if whole:
            ways.append(latest([needed, self.impact.service_back(service)]) + planning(it["starts"]) + again)
        return earliest(ways)

    def ttl(self, service):
        steps = self.steps[self.chosen[service]] if service in self.chosen else []
        return max([planning(step["action"][2]) for step in steps if step["action"] and step["action"][0] == "dns" and not self.skipped(step)], default=0)

    # ---- answers

    def state(self, service):
        """What a step stops counts as failed, and what then lacks something as impaired."""
        at_first = self.impact.states[service]
        if any(self.stops()[key] == service for key in self.last):
            return "failed"
        return "impaired" if service in self.disturbed(self.last) and at_first in ("unaffected", "degraded") else at_first

    def rta(self, name, high, low):
        """ms, NEVER or UNKNOWN. `high` are the times if what is unknown never happens, `low` those if it takes no time."""
        if self.state(name) not in ("failed", "impaired"):
            return 0
        bounds = []
        for self.unknown, times in ((NEVER, high), (0, low)):
            clock = {"disruption": 0, "detection": self.detected(), "declaration": self.declared()}[self.plan["clock"]]
            ready = times[("ready", name, self.last)] + self.ttl(name)
            bounds.append(NEVER if NEVER in (ready, clock) else max(0, ready - clock))
        high, low = bounds
        return NEVER if low == NEVER else UNKNOWN if high == NEVER else high

    def rpa(self, data, low):
        """(ms, UNKNOWN or None where it is lost) and the name of the copy."""
        if self.plan["data"][data]["rebuilt"]:
            return 0, None
        self.at = low
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
