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
        return row

    def check_attacker(self, row, needed):
        immutable = self.plan["stores"][row.store]["immutable"]
        if ("store", row.store) not in self.impact.compromised:
            return
        if immutable is None or needed == UNKNOWN or immutable < needed:
            row.wrong.add("compromised")

    def replica(self, data, copy):
        row = Row(copy["name"], copy)
        row.back = self.impact.place_back(copy["to"])
        if data in self.impact.damaged:
            row.wrong.add("tainted")
        if row.back == NEVER:
            row.wrong.add("lost")
        if ("site", copy["to"][0]) in self.impact.compromised:
            row.wrong.add("compromised")
        row.loss = 0 if copy["sync"] else planning(copy["lag"])
        return [row]

    def repository(self, data, copy):
        rows = [self.in_store(copy, store) for store in copy["in"]]
        for row in rows:
            row.loss = 0
            self.check_attacker(row, self.hidden(data))
        return rows

    def archive(self, data, copy):
        base = next(other for other in self.plan["copies"] if other["name"] == copy["base"] and data in other["of"])
        rows = [self.in_store(copy, store) for store in copy["to"]]
        for row in rows:
            self.check_attacker(row, self.hidden(data))
            if not any(other.usable for other in self.backup(data, base)):
                row.wrong.add("lost")
            if self.unseen_of(data) != UNKNOWN:
                row.loss = max(self.unseen_of(data), copy["every"] + planning(copy["upload"]))
        return rows

    def backup(self, data, copy):
        rows = [self.in_store(copy, store) for store in copy["to"]]
        for row in rows:
            unseen, upload = self.unseen_of(data), self.upload(copy, row.store)
            if UNKNOWN not in (unseen, upload):
                row.loss = self.gap(copy, upload) + max(unseen, planning(copy["takes"]) + upload)
                if copy["keep"] and max(ms for ms, _ in copy["keep"]) < row.loss:
                    row.wrong.add("expired")
            hidden = self.hidden(data)
            self.check_attacker(row, UNKNOWN if UNKNOWN in (hidden, upload) else hidden + self.gap(copy, upload))
        return rows

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
        return ceil(moving(size, rate)) if size and rate else UNKNOWN

    def channels(self, data, store):
        """The bytes per second of all that a transfer passes which says how fast it is."""
        it = self.plan["stores"][store]
        rates = {("store", store): it["restores"] or it["rate"], ("data", data): self.plan["data"][data]["restores"]}
        return {channel: rate for channel, rate in rates.items() if rate}

    def restoring(self, rows):
        """What one step does that restores `rows`, a copy for each dataset: the longest retrieval, then one transfer after the
        other, then the logs, then their replays. A copy that says its size is read once. A replica and the primary need no transfer."""
        rows = {data: row for data, row in rows.items() if row and row.store is not None}
        retrieval = max((planning(self.plan["stores"][row.store]["retrieval"]) for row in rows.values()), default=0)
        read, logs, replays = {}, [], []
        for data, row in rows.items():
            source = row.copy
            if source["kind"] == "archive":
                source = next(other for other in self.plan["copies"] if other["name"] == row.copy["base"] and data in other["of"])
            size, channels = self.bytes_of(source, [data]), self.channels(data, row.store)
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
        return [("last", retrieval)] + [("move", *each) for each in read.values()] + logs + replays

    def log(self, base, row):
        """The bytes to replay at worst."""
        upload = self.upload(base, row.store)
        if upload == UNKNOWN:
            return UNKNOWN
        return (self.gap(base, upload) + planning(base["takes"]) + upload) * 20  # every plan says `changes 1200000B/m`: 20 bytes in each ms

    def gap(self, copy, upload):
        """The longest time between starts; a start that falls into a run is skipped."""
        kind, period = copy["schedule"]
        count = copy["missed"] + 1
        if kind == "weekdays":  # 72 h over the weekend, else 24 h
            return (count + 2 * -(-count // 5)) * 24 * HOUR
        skipping = max(1, -(-(planning(copy["takes"]) + upload) // period))
        return period * skipping * count


def alone(part):
    """How long one part of a step takes if it shares nothing."""
    return part[1] if part[0] == "last" else ceil(moving(part[1], min(part[2].values())))
