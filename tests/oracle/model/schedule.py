"""What happens when people and bandwidth are short: moment by moment, with every time found anew at each."""

from fractions import Fraction
from math import ceil

from numbers_ms import NEVER


class Running:
    """A step under way: the part that it is at, and those that come."""

    def __init__(self, parts, held, fails):
        self.parts, self.held, self.fails = list(parts), held, fails
        self.until, self.left, self.channels = 0, 0, {}

    def next_part(self, now):
        part = self.parts.pop(0)
        self.until, self.left, self.channels = now, 0, {}
        if part[0] == "last":
            self.until = now + part[1]
        else:
            self.left, self.channels = Fraction(part[1] * 1000), part[2]

    def part_done(self, now):
        return self.left <= 0 if self.channels else self.until <= now


class Schedule:
    """One scenario of a `Recovery`. What nobody knows takes `unknown`: `never` or nothing. `order` are all steps as (procedure, step),
    those that are served first before the others. `at` are the times, as in Recovery; `begun` those at which steps begin."""

    def __init__(self, recovery, unknown, order):
        self.recovery, self.unknown = recovery, unknown
        self.steps = {(name, step["name"]): step for name in recovery.all_procedures() for step in recovery.steps[name]}
        self.waiting = [key for key in order if not recovery.skipped(self.steps[key])]
        self.free = capacities(recovery.plan)
        self.begun, self.ended, self.failed, self.running, self.at = {}, {}, {}, {}, {}
        self.run()
        self.begun.update({key: self.at[("step", *key)] for key, step in self.steps.items() if recovery.skipped(step)})

    def run(self):
        now = before = 0
        self.look()
        while now < NEVER:
            self.move(now - before)
            self.happen(now)
            while self.offer(now):
                self.happen(now)
            before, now = now, self.next_moment(now)

    # ---- what a moment holds

    def happen(self, now):
        """All that ends now, and what follows from it at once."""
        while True:
            ended = self.end_what_is_done(now)
            if ended:
                self.look()
            alone = [key for key in self.waiting if self.ready[key] <= now and not self.holds(key)]
            for key in alone:
                self.begin(key, now)
            if not ended and not alone:
                return

    def end_what_is_done(self, now):
        done = []
        for key, it in self.running.items():
            while it.part_done(now) and it.parts:
                it.next_part(now)
            if it.part_done(now):
                done.append(key)
        for key in done:
            it = self.running.pop(key)
            for what in it.held:
                self.free[what] += 1
            (self.failed if it.fails else self.ended)[key] = now
        return done

    def offer(self, now):
        """One pass over all that wait for people, a place or a tool. Whether any step has begun."""
        begun = []
        for key in list(self.waiting):
            if self.holds(key) and self.ready[key] <= now and all(self.free[what] > 0 for what in self.holds(key)):
                self.begin(key, now)
                begun.append(key)
        return bool(begun)

    def begin(self, key, now):
        self.waiting.remove(key)
        self.begun[key] = now
        for what in self.holds(key):
            self.free[what] -= 1
        self.recovery.unknown = self.unknown
        parts, fails = self.recovery.attempts(key[0], self.steps[key])
        self.running[key] = Running([("last", 0), *parts], self.holds(key), fails)
        self.running[key].next_part(now)

    def holds(self, key):
        return [] if key in self.recovery.replaced else self.recovery.holds(self.steps[key])

    # ---- times

    def look(self):
        """All times as far as the steps that have ended decide them; those of others can only become earlier than they look now."""
        self.recovery.settle(self.unknown, self.ends_of, self.at)
        self.ready = {key: self.recovery.begin(key[0], self.steps[key]) for key in self.waiting}

    def ends_of(self, procedure, step):
        if self.recovery.skipped(step):
            return self.recovery.step_ends(procedure, step)
        key = procedure, step["name"]
        return self.ended.get(key, NEVER), self.failed.get(key, NEVER)

    def transfers(self):
        return {key: it for key, it in self.running.items() if it.channels}

    def move(self, past):
        """Moves what the transfers have moved in the time since the last moment."""
        rates = fair_shares({key: it.channels for key, it in self.transfers().items()})
        for key, rate in rates.items():
            self.running[key].left -= rate * past

    def next_moment(self, now):
        moving = self.transfers()
        rates = fair_shares({key: it.channels for key, it in moving.items()})
        moments = [now + ceil(it.left / rates[key]) for key, it in moving.items()]
        moments += [it.until for it in self.running.values() if not it.channels]
        moments += [self.ready[key] for key in self.waiting]
        return min((moment for moment in moments if moment > now), default=NEVER)


def capacities(plan):
    """How many of each there are: people, and steps at a time on a site and with a tool."""
    people = {("role", name): role["headcount"] for name, role in plan["roles"].items()}
    return people | {(kind[:-1], name): it["parallel"] for kind in ("sites", "tools") for name, it in plan[kind].items()}


def fair_shares(transfers):
    """The max-min fair rate of each transfer, given the capacity of each channel that it passes: the channel with the least for each
    of its transfers decides theirs, then the next with what these leave."""
    rates = {}
    left = {channel: Fraction(rate) for channels in transfers.values() for channel, rate in channels.items()}
    while len(rates) < len(transfers):
        waiting = {key: channels for key, channels in transfers.items() if key not in rates}
        shares = {}
        for channel in left:
            users = sum(channel in channels for channels in waiting.values())
            if users:
                shares[channel] = left[channel] / users
        narrowest = min(shares, key=shares.get)
        for key, channels in waiting.items():
            if narrowest in channels:
                rates[key] = shares[narrowest]
                for channel in channels:
                    left[channel] -= rates[key]
    return rates
