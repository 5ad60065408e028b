"""What a scenario takes away at t = 0, and when what was taken comes back by itself."""

from numbers_ms import NEVER, planning
from partition import Partition

DOWN = ("impaired", "failed")


class Impact:
    def __init__(self, plan, scenario):
        self.plan, self.scenario = plan, scenario
        self.lasts = planning(scenario["lasts"]) if scenario["lasts"] else NEVER
        # When each place is up again; 0 for one that never went down.
        self.back = {}
        for verb, thing in scenario["effects"]:
            if verb in ("fails", "destroys"):
                self.take(thing, NEVER if verb == "destroys" else self.lasts)
        self.destroyed = {thing for verb, effect in scenario["effects"] if verb == "destroys" for thing in self.inside(effect)}
        self.compromised = {thing for verb, effect in scenario["effects"] if verb == "compromises" for thing in self.inside(effect)}
        self.damaged = {effect[1] for verb, effect in scenario["effects"] if verb in ("corrupts", "deletes")}
        self.damaged |= {data for data, it in plan["data"].items() if any(self.reached_by_attacker(holder) for holder in it["in"])}
        self.absent = {effect[1] for verb, effect in scenario["effects"] if verb == "absent"}
        self.partition = Partition(self)
        self.states = self.find_states()

    def inside(self, thing):
        """The thing and what lies in it."""
        kind, name = thing
        found = {thing}
        if kind in ("provider", "region", "account"):
            for site, it in self.plan["sites"].items():
                if it[kind] == name:
                    found |= self.inside(("site", site))
            found |= {("store", store) for store, it in self.plan["stores"].items() if it[kind] == name}
        if kind == "site":
            found |= {("zone", (name, zone)) for zone in self.plan["sites"][name]["zones"]}
            found |= {("store", store) for store, it in self.plan["stores"].items() if it["at"] == name}
        return found

    def take(self, thing, back):
        for each in self.inside(thing):
            self.back[each] = max(self.back.get(each, 0), back)

    # ---- places

    def site_back(self, site):
        """A site whose zones are all down is down, until the first of them is back."""
        zones = self.plan["sites"][site]["zones"]
        by_zones = min((self.back.get(("zone", (site, zone)), 0) for zone in zones), default=0)
        return max(self.back.get(("site", site), 0), by_zones)

    def place_back(self, place):
        site, zone = place[0], place[1]
        return self.back.get(("zone", (site, zone)), 0) if zone else self.site_back(site)

    def site_destroyed(self, site):
        zones = self.plan["sites"][site]["zones"]
        return ("site", site) in self.destroyed or (zones and all(("zone", (site, zone)) in self.destroyed for zone in zones))

    def place_destroyed(self, place):
        return ("zone", (place[0], place[1])) in self.destroyed if place[1] else self.site_destroyed(place[0])

    def store_back(self, store):
        at = self.plan["stores"][store]["at"]
        return max(self.back.get(("store", store), 0), self.site_back(at) if at else 0)

    def store_destroyed(self, store):
        at = self.plan["stores"][store]["at"]
        return ("store", store) in self.destroyed or bool(at and self.site_destroyed(at))

    # ---- services

    def active(self, service):
        return [place for place in self.plan["services"][service]["placements"] if not place[2]]

    def reached_by_attacker(self, service):
        return any(("site", place[0]) in self.compromised for place in self.active(service))

    def service_destroyed(self, service):
        active = self.active(service)
        return ("service", service) in self.destroyed or bool(active and all(self.place_destroyed(place) for place in active))

    def zones_of(self, service):
        """Every zone, or site without zones, in which the service is active."""
        for site, zone, _ in self.active(service):
            zones = [zone] if zone else self.plan["sites"][site]["zones"]
            yield from ([(site, one) for one in zones] or [(site, None)])

    def placed_back(self, service):
        """When enough of its places are up."""
        times = [self.place_back(place) for place in self.zones_of(service)]
        return (max if self.plan["services"][service]["pinned"] else min)(times, default=0)

    def service_back(self, service):
        return max(self.back.get(("service", service), 0), self.placed_back(service))

    def everywhere_down(self, service):
        active = self.active(service)
        return bool(active) and all(self.place_back(place) > 0 for place in active)

    def holds(self, service):
        return {data for data, it in self.plan["data"].items() if service in it["in"]}

    def data_destroyed(self, data):
        holders = self.plan["data"][data]["in"]
        return bool(holders) and all(self.service_destroyed(holder) for holder in holders)

    # ---- states

    def find_states(self):
        self.states = {name: "unaffected" for name in self.plan["services"]}
        for name in self.plan["services"]:
            if self.service_back(name) > 0 or self.holds(name) & self.damaged:
                self.states[name] = "failed"
        for _ in self.plan["services"]:
            for name, it in self.plan["services"].items():
                broken = self.partition.lacks(name, self.is_down) or self.partition.held_up(name)
                if self.states[name] == "unaffected" and (broken or set(it["uses"]) & self.damaged):
                    self.states[name] = "impaired"
        for name, it in self.plan["services"].items():
            some_place = any(self.place_back(place) > 0 for place in self.zones_of(name))
            spots = self.partition.service(name)
            cut = any(self.partition.lacks_at(name, spot, self.is_down) for spot in spots)
            cut = cut or any(not self.partition.reach([spot], self.partition.thing(thing)) for spot in spots for thing in it["wants"])
            if self.states[name] == "unaffected" and (some_place or cut or any(self.is_down(thing) for thing in it["wants"])):
                self.states[name] = "degraded"
        return self.states

    def kind_of(self, name):
        for kind, table in (("service", "services"), ("external", "externals"), ("tool", "tools"), ("store", "stores"), ("site", "sites"), ("data", "data"), ("secret", "secrets")):
            if name in self.plan[table]:
                return kind
        raise KeyError(name)

    def tool_back(self, name):
        sites = self.plan["tools"][name]["at"]
        return max(self.back.get(("tool", name), 0), min((self.site_back(site) for site in sites), default=0))

    def is_down(self, name):
        kind = self.kind_of(name)
        if kind == "service":
            return self.states[name] in DOWN
        if kind == "data":
            return name in self.damaged
        home = self.plan["tools"][name]["in"] if kind == "tool" else []
        return self.back_by_itself(name) > 0 or bool(home) and all(self.is_down(thing) for thing in home)

    def back_by_itself(self, name):
        kind = self.kind_of(name)
        if kind == "tool":
            return self.tool_back(name)
        if kind == "store":
            return self.store_back(name)
        if kind == "site":
            return self.site_back(name)
        return self.back.get((kind, name), 0)

    def domain_empty(self, level, name):
        """Whether everything that the plan puts into a provider, region or account is down."""
        inside = [self.site_back(site) for site, it in self.plan["sites"].items() if it[level] == name]
        inside += [self.store_back(store) for store, it in self.plan["stores"].items() if it[level] == name]
        return bool(inside) and min(inside) > 0

    def is_affected(self, thing):
        """Whether a detector that watches `thing` has something to see."""
        if not isinstance(thing, str):
            return thing in self.back or self.domain_empty(*thing)
        kind = self.kind_of(thing)
        if (kind, thing) in self.compromised:
            return True
        if kind == "service":
            return self.states[thing] != "unaffected"
        return self.is_down(thing) or (kind == "data" and self.data_destroyed(thing))
