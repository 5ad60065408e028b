"""What a scenario cuts apart, and what still reaches what."""

WIDTH = {"site": 1, "provider": 2, "region": 2, "account": 2}  # whatever is named itself: 0


class Partition:
    def __init__(self, impact):
        self.impact, self.plan = impact, impact.plan
        self.cuts = [({**self.named(a)}, {**self.named(b)}) for a, b in impact.scenario["cuts"]]

    def named(self, things):
        """Everything on one side of a cut, with how widely it was named: the narrower side has it."""
        found = {}
        for thing in things:
            for each in self.impact.inside(thing):
                found[each] = min(found.get(each, 9), WIDTH.get(thing[0], 0))
        return found

    def side(self, cut, spot):
        for thing in spot:
            a, b = cut[0].get(thing, 9), cut[1].get(thing, 9)
            if a != b:
                return "a" if a < b else "b"
        return None

    def between(self, one, other):
        return any({self.side(cut, one), self.side(cut, other)} == {"a", "b"} for cut in self.cuts)

    def place(self, place):
        """The zone, or the zones of a site that are up, or the site."""
        if place[1]:
            return [[("zone", (place[0], place[1]))]]
        zones = [("zone", (place[0], zone)) for zone in self.plan["sites"][place[0]]["zones"]]
        return [[zone] for zone in zones if zone not in self.impact.back] or [[("site", place[0])]]

    def service(self, name):
        for standby in (False, True):
            places = [place for place in self.plan["services"][name]["placements"] if place[2] == standby and self.impact.place_back(place) == 0]
            if places:
                return [[("service", name), *spot] for place in places for spot in self.place(place)]
        return [[("service", name)]]

    def thing(self, name):
        """All the places where a thing is, each from the most particular to the widest. A name, or a pair of kind and name."""
        kind, name = (self.impact.kind_of(name), name) if isinstance(name, str) else name
        if kind == "service":
            return self.service(name)
        if kind == "site":
            return self.place((name, None))
        if kind == "data":
            return [spot for holder in self.plan["data"][name]["in"] for spot in self.service(holder)] or [[(kind, name)]]
        if kind == "tool":
            tool = self.plan["tools"][name]
            spots = [spot for site in tool["at"] if self.impact.site_back(site) == 0 for spot in self.place((site, None))]
            spots = spots or [spot for home in tool["in"] if not tool["at"] for spot in self.thing(home)]
            return [[(kind, name), *spot] for spot in spots] or [[(kind, name)]]
        return [[(kind, name)]]

    def reach(self, ones, others):
        return any(not self.between(one, other) for one in ones for other in others)

    # ---- what follows

    def replica_cut(self, data, copy):
        return not self.reach(self.place(copy["from"]), self.place(copy["to"]))

    def store_cut(self, data, store):
        return not self.reach(self.thing(("data", data)), [[("store", store)]])

    def held_up(self, service):
        """Whether a synchronous replica that is cut off keeps it from writing."""
        return any(copy["kind"] == "replica" and copy["sync"] and not copy["alone"] and self.replica_cut(data, copy)
                   for copy in self.plan["copies"] for data in copy["of"] if data in self.impact.holds(service))

    def lacks_at(self, service, spot, away):
        """Whether at one place some need cannot be met, where `away` things cannot be had anywhere."""
        return any(all(away(thing) or not self.reach([spot], self.thing(thing)) for thing in group) for group in self.plan["services"][service]["needs"])

    def lacks(self, service, away):
        pinned = self.plan["services"][service]["pinned"]
        return (any if pinned else all)(self.lacks_at(service, spot, away) for spot in self.service(service))
