"""What is left of each copy, what it loses, and how long it takes to bring back."""

from math import ceil

from numbers_ms import HOUR, NEVER, UNKNOWN, moving, planning


class Row:
    """One copy of one dataset (one destination of a backup): `wrong` holds every reason for which it cannot be used."""

    def __init__(self, name, copy=None, store=None):
        self.name, self.copy, self.store = name, copy, store
        self.wrong, self.loss, self.back = set(), UNKNOWN, 0

    @property
    def usable(self):
        return not self.wrong


class Copies:
    def __init__(self, plan, impact, unseen):
        self.plan, self.impact, self.unseen = plan, impact, unseen

    def rows(self, data):
        rows = [self.primary(data)]
        for copy in self.plan["copies"]:
            if data in copy["of"]:
                rows += getattr(self, copy["kind"])(data, copy)
        return rows

    def unseen_of(self, data):
        return self.unseen if data in self.impact.damaged else 0

    def hidden(self, data):
        """For how long an attacker was in unseen."""
        return self.unseen if self.impact.compromised else self.unseen_of(data)

    def primary(self, data):
        row = Row("primary")
        row.loss = 0
        holders = self.plan["data"][data]["in"]
        if data in self.impact.damaged:
            row.wrong.add("tainted")
        if self.impact.data_destroyed(data) or holders and all(self.never_back(holder) for holder in holders):
            row.wrong.add("lost")
        return row

    def never_back(self, holder):
        """Whether no place of it returns: one is enough to find the data again, even if all are needed to serve it."""
        return self.impact.everywhere_down(holder) and all(self.impact.place_back(place) == NEVER for place in self.impact.active(holder))

    def in_store(self, copy, store):
        row = Row(f"{copy['name']} in {store}", copy, store)
        row.back = self.impact.store_back(store)
        if row.back == NEVER or self.impact.store_destroyed(store):
            row.wrong.add("lost")
        credentials = self.plan["stores"][store]["credentials"]
        locked_out = bool(credentials) and all(self.secret_lost(name) for name in credentials)
        if locked_out or any(self.secret_lost(key) for key in self.keys_of(copy, store)):
            row.wrong.add("lost")
        return row

    def keys_of(self, copy, store):
        """All that is needed to read what a copy has in a store; an archive needs its base copy, too."""
        bases = [other for other in self.plan["copies"] if other["name"] == copy.get("base") and set(other["of"]) & set(copy["of"])]
        keys = [self.plan["stores"][store]["key"], copy.get("key"), *(base.get("key") for base in bases)]
        return [key for key in keys if key]

    def secret_lost(self, name):
        places = self.plan["secrets"][name]
        return bool(places) and all(self.place_lost(place) for place in places)

    def place_lost(self, name):
        """Whether what was kept there is gone: destroyed, or down for good; of a service in every place."""
        kind = self.impact.kind_of(name)
        if kind == "service":
            active = self.impact.active(name)
            return bool(active) and all(self.impact.place_back(place) == NEVER or self.impact.place_destroyed(place) for place in active)
        at = self.plan["tools"][name]["at"] if kind == "tool" else []
        home = self.plan["tools"][name]["in"] if kind == "tool" else []
        destroyed = (kind, name) in self.impact.destroyed or bool(at and all(self.impact.site_destroyed(site) for site in at))
        destroyed = destroyed or (kind == "store" and self.impact.store_destroyed(name)) or (kind == "site" and self.impact.site_destroyed(name))
        destroyed = destroyed or bool(home) and all(self.place_lost(thing) for thing in home)
        return destroyed or self.impact.back_by_itself(name) == NEVER

    def passed_on(self, stores):
        """By store to which others replicate: which of `stores`, how much later, and whether with deletes."""
        ways = [(to, planning(lag), store, deletes) for store in stores for to, lag, deletes in self.plan["stores"][store]["replicates"] if to not in stores]
        return {to: min((lag, store, deletes) for other, lag, store, deletes in ways if other == to) for to, *_ in ways}

    def all_stores(self, copy, stores):
        """A row for each store where a copy lies, with the way it came there: (lag, written to, with deletes)."""
        found = [(self.in_store(copy, store), (0, store, False)) for store in stores]
        return found + [(self.in_store(copy, store), way) for store, way in sorted(self.passed_on(stores).items())]

    def reached_in(self, store, needed):
        immutable = self.plan["stores"][store]["immutable"]
        return ("store", store) in self.impact.compromised and (immutable is None or needed == UNKNOWN or immutable < needed)

    def check_attacker(self, row, way, needed):
        immutable = self.plan["stores"][row.store]["immutable"]
        if self.reached_in(row.store, needed):
            row.wrong.add("compromised")
        if way[2] and self.reached_in(way[1], needed) and (immutable is None or needed == UNKNOWN or immutable < needed):
            row.wrong.add("tainted")

    def way_cut(self, data, row, way):
        partition = self.impact.partition
        return partition.store_cut(data, way[1]) or partition.between([("store", way[1])], [("store", row.store)])

    def replica(self, data, copy):
        row = Row(copy["name"], copy)
        row.back = self.impact.place_back(copy["to"])
        unseen = self.unseen_of(data)
        behind = planning(copy["lag"] or copy["delayed"]) if copy["lag"] or copy["delayed"] else UNKNOWN
        stopped_in_time = copy["delayed"] and unseen != UNKNOWN and planning(copy["delayed"]) > unseen + self.time_to_stop(copy)
        if data in self.impact.damaged and not stopped_in_time:
            row.wrong.add("tainted")
        if row.back == NEVER:
            row.wrong.add("lost")
        if ("site", copy["to"][0]) in self.impact.compromised:
            row.wrong.add("compromised")
        if copy["sync"]:
            behind = 0
        if UNKNOWN not in (unseen, behind):
            row.loss = max(unseen, behind)
        if not copy["sync"] or copy["alone"]:
            self.add_cut(row, data, self.impact.partition.replica_cut(data, copy))
        return [row]

    def time_to_stop(self, copy):
        """How long whoever can stop a replica needs to be at work: who promotes it, else who declares."""
        roles = [role for procedure in self.plan["procedures"].values() for step in steps_of(procedure["items"] + procedure["afterwards"])
                 if step["action"] == ("promote", copy["of"][:1], copy["name"]) for role in step["by"]]
        roles = roles or ([self.plan["declare"][0]] if self.plan["declare"] else [])
        return max((self.worst_response(self.plan["roles"][role]) for role in roles), default=0)

    @staticmethod
    def worst_response(role):
        return max([planning(role["responds"])] + ([planning(role["outside"])] if role["hours"] and role["outside"] else []))

    def add_cut(self, row, data, cut):
        """What is written while a copy is cut off is lost with it, as long as somebody writes."""
        holders = self.plan["data"][data]["in"]
        if cut and row.loss != UNKNOWN and (not holders or any(self.impact.states[holder] != "failed" for holder in holders)):
            row.loss = UNKNOWN if self.impact.lasts == NEVER else row.loss + self.impact.lasts

    def repository(self, data, copy):
        rows = self.all_stores(copy, copy["in"])
        for row, way in rows:
            row.loss, hidden = way[0], self.hidden(data)
            self.check_attacker(row, way, UNKNOWN if hidden == UNKNOWN else hidden + way[0])
        return [row for row, _ in rows]

    def archive(self, data, copy):
        base = next(other for other in self.plan["copies"] if other["name"] == copy["base"] and data in other["of"])
        rows = self.all_stores(copy, copy["to"])
        for row, way in rows:
            hidden = self.hidden(data)
            self.check_attacker(row, way, UNKNOWN if hidden == UNKNOWN else hidden + copy["every"])
            if not any(other.usable for other in self.backup(data, base)):
                row.wrong.add("lost")
            if self.unseen_of(data) != UNKNOWN:
                row.loss = max(self.unseen_of(data), copy["every"] + planning(copy["upload"]) + way[0])
            self.add_cut(row, data, self.way_cut(data, row, way))
        return [row for row, _ in rows]

    def backup(self, data, copy):
        rows = self.all_stores(copy, copy["to"])
        for row, way in rows:
            unseen, upload = self.unseen_of(data), self.upload(copy, way[1])
            if UNKNOWN not in (unseen, upload):
                row.loss = self.gap(copy, upload) + max(unseen, (copy["within"] or 0) + planning(copy["takes"]) + upload + way[0])
                if copy["keep"] and max(ms for ms, _ in copy["keep"]) < row.loss:
                    row.wrong.add("expired")
            hidden = self.hidden(data)
            self.check_attacker(row, way, UNKNOWN if UNKNOWN in (hidden, upload) else hidden + self.gap(copy, upload))
            self.add_cut(row, data, self.way_cut(data, row, way))
        return [row for row, _ in rows]

    # ---- how long

    def bytes_of(self, copy, data):
        """What is moved for `data` (a list): the copy's size, else that of the data."""
        if copy.get("size"):
            return copy["size"]
        sizes = [self.plan["data"][one]["size"] for one in data]
        return None if None in sizes else sum(sizes)

    def upload(self, copy, store):
        if copy["upload"]:
            return planning(copy["upload"])
        size, rate = self.bytes_of(copy, copy["of"]), self.plan["stores"][store]["rate"]
        links = [self.link(self.home(data), self.plan["stores"][store]["at"]) for data in copy["of"]]
        rates = [rate] + [self.plan["links"][link]["bandwidth"] for link in links if link and self.plan["links"][link]["bandwidth"]]
        return ceil(moving(size, min(rates))) if size and rate else UNKNOWN

    # ---- from site to site

    def link(self, one, other):
        """The widest of the links that join two sites directly, by name; one without a bandwidth is wider than any."""
        links = self.plan["links"]
        joining = sorted(name for name, it in links.items() if one and other and sorted(it["ends"]) == sorted([one, other]))
        return max(joining, key=lambda name: links[name]["bandwidth"] or NEVER, default=None)

    def places(self, data, standby):
        return [place for holder in self.plan["data"][data]["in"] for place in self.plan["services"][holder]["placements"] if place[2] == standby]

    def home(self, data):
        """Where data is written: the first place where what holds it is active."""
        return next((place[0] for place in self.places(data, False)), None)

    def sink(self, data, on):
        """Where data is brought back to: where the step is performed, else the first place that can hold it."""
        if on:
            return on[0]
        up = [place[0] for standby in (False, True) for place in self.places(data, standby) if self.impact.place_back(place) == 0]
        return up[0] if up else self.home(data)

    def channels(self, data, store, on):
        """The bytes per second of all that a transfer passes which says how fast it is."""
        it = self.plan["stores"][store]
        link = self.link(it["at"], self.sink(data, on))
        rates = {("store", store): it["restores"] or it["rate"], ("data", data): self.plan["data"][data]["restores"],
                 ("link", link): link and self.plan["links"][link]["bandwidth"]}
        return {channel: rate for channel, rate in rates.items() if rate}

    def latency(self, data, store, on):
        link = self.link(self.plan["stores"][store]["at"], self.sink(data, on))
        return planning(self.plan["links"][link]["latency"]) if link else 0

    def restoring(self, rows, on):
        """What one step does that restores `rows`, a copy for each dataset, performed on a place or None: the longest retrieval and the
        longest latency of a link, then one transfer after the other, then the logs, then their replays. A copy that says its size is read once. A replica and the primary need no transfer."""
        rows = {data: row for data, row in rows.items() if row and row.store is not None}
        retrieval = max((planning(self.plan["stores"][row.store]["retrieval"]) for row in rows.values()), default=0)
        latency = max((self.latency(data, row.store, on) for data, row in rows.items()), default=0)
        read, logs, replays = {}, [], []
        for data, row in rows.items():
            source = row.copy
            if source["kind"] == "archive":
                source = next(other for other in self.plan["copies"] if other["name"] == row.copy["base"] and data in other["of"])
            size, channels = self.bytes_of(source, [data]), self.channels(data, row.store, on)
            if not size or not channels:
                return UNKNOWN
            key = (row.copy["name"], row.store) if source.get("size") else data
            read[key] = (size, read.get(key, (0, {}))[1] | channels)
            if row.copy["kind"] == "archive":
                volume = self.log(source, row)
                if volume == UNKNOWN:
                    return UNKNOWN
                logs.append(("move", volume, channels))
                replays.append(("last", ceil(moving(volume, 40_000))))
        return [("last", retrieval + latency)] + [("move", *each) for each in read.values()] + logs + replays

    def log(self, base, row):
        """The bytes to replay at worst. The base is where the archive is by a way of its own, or by that of the archive on top of one."""
        store, lag = row.store, 0
        for stores in (base["to"], row.copy["to"], base["to"]):
            if store in base["to"] or store in stores:
                break
            if store in self.passed_on(stores):
                more, store, _ = self.passed_on(stores)[store]
                lag += more
        upload = self.upload(base, store)
        if upload == UNKNOWN:
            return UNKNOWN
        return (self.gap(base, upload) + (base["within"] or 0) + planning(base["takes"]) + upload + lag) * 20  # every plan says `changes 1200000B/m`: 20 bytes in each ms

    def gap(self, copy, upload):
        """The longest time between starts; a start that falls into a run is skipped."""
        kind, period = copy["schedule"]
        count = copy["missed"] + 1
        if kind == "weekdays":  # 72 h over the weekend, else 24 h
            return (count + 2 * -(-count // 5)) * 24 * HOUR
        skipping = max(1, -(-((copy["within"] or 0) + planning(copy["takes"]) + upload) // period))
        return period * skipping * count


def steps_of(items):
    for kind, it in items:
        yield from steps_of(it) if kind == "parallel" else [it]


def alone(part):
    """How long one part of a step takes if it shares nothing."""
    return part[1] if part[0] == "last" else ceil(moving(part[1], min(part[2].values())))
