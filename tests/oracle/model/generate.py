"""Random plans as plain data, from a seed. Nothing here knows what a plan means."""

import random

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


class Generator:
    """One plan per seed: the same seed makes the same plan on every machine."""

    def __init__(self, seed):
        self.random = random.Random(f"muster-oracle-{seed}")
        self.steps = 0

    def chance(self, share):
        return self.random.random() < share

    def some(self, values, low, high):
        values = list(values)
        return self.random.sample(values, min(len(values), self.random.randint(low, high)))

    def length(self, low=1, high=90, unit=MINUTE):
        """A duration of the language, as (shape, times in ms)."""
        draw = lambda: self.random.randint(low, high) * unit
        shape = self.random.choice(["exact", "exact", "exact", "range", "three", "p50", "mean"])
        if shape == "range":
            return shape, sorted(draw() for _ in range(2))
        if shape == "three":
            return shape, sorted(draw() for _ in range(3))
        if shape == "p50":
            return shape, sorted(draw() for _ in range(2))
        return shape, [draw()]

    def maybe(self, share, make):
        return make() if self.chance(share) else None

    # ---- the plan

    def plan(self):
        plan = {"clock": self.random.choice(["disruption", "disruption", "detection", "declaration"]), "count retries": self.chance(0.3)}
        plan["sites"] = {f"site{i}": self.site(i) for i in range(self.random.randint(2, 4))}
        plan["externals"] = {"ext0": None, "ext1": None}
        plan["tools"] = {f"tool{i}": {"at": self.some(plan["sites"], 0, 2), "in": [], "parallel": self.maybe(0.2, lambda: 1)} for i in range(2)}
        plan["links"] = {f"link{i}": self.link(plan) for i in range(self.random.choice([0, 1, 2, 3]))}
        plan["roles"] = {f"role{i}": self.role() for i in range(3)}
        plan["declare"] = self.maybe(0.6, lambda: (self.random.choice(list(plan["roles"])), self.maybe(0.8, self.length)))
        plan["tiers"] = {f"tier{i}": {**self.objectives(), "skew": self.skew()} for i in range(2)}
        plan["skew"] = self.skew()
        self.services(plan)
        self.data(plan)
        plan["stores"] = {f"store{i}": self.store(plan) for i in range(self.random.randint(1, 3))}
        for name, store in plan["stores"].items():
            others = self.some([other for other in plan["stores"] if other != name], 1, 2) if self.chance(0.3) else []
            store["replicates"] = [(other, self.maybe(0.8, lambda: self.length(1, 60)), self.chance(0.5)) for other in others]
        for name in plan["externals"]:
            plan["externals"][name] = self.maybe(0.5, lambda: self.fallback(plan, name))
        for tool in plan["tools"].values():
            tool["in"] = self.some(list(plan["services"]) + list(plan["externals"]) + list(plan["stores"]), 1, 2) if self.chance(0.3) else []
        self.people(plan)
        plan["secrets"] = {f"key{i}": self.some(list(plan["tools"]) + list(plan["externals"]) + list(plan["sites"]) + list(plan["services"]) + list(plan["stores"]), 0, 2)
                           for i in range(3)}
        for store in plan["stores"].values():
            store["key"] = self.secret(plan, 0.1)
            store["credentials"] = self.some(plan["secrets"], 1, 2) if self.chance(0.1) else []
        plan["copies"] = [copy for data in plan["data"] for copy in self.copies(plan, data)]
        if len(plan["data"]) > 1 and self.chance(0.3):
            plan["copies"].append(self.backup(plan, "both", list(plan["data"])[:2]))
        self.procedures = [f"proc{i}" for i in range(self.random.randint(2, 5))]
        plan["procedures"] = {name: self.procedure(plan, name) for name in self.procedures}
        plan["detectors"] = {f"det{i}": self.detector(plan) for i in range(self.random.randint(0, 3))}
        plan["scenarios"] = {f"scen{i}": self.scenario(plan) for i in range(12)}
        return plan

    def site(self, index):
        return {
            "provider": self.random.choice([None, "alpha", "beta"]),
            "region": self.random.choice([None, "north", "south"]),
            "account": self.random.choice([None, "prod", "spare"]),
            "zones": [f"z{index}{letter}" for letter in "abc"[: self.random.randint(0, 3)]],
            "parallel": self.maybe(0.2, lambda: self.random.choice([1, 1, 2])),
        }

    def link(self, plan):
        return {"ends": self.random.sample(list(plan["sites"]), 2), "latency": self.maybe(0.3, lambda: self.length(1, 90, 1000)),
                "bandwidth": self.maybe(0.9, lambda: self.random.choice([100 * 10**6, 20 * 10**6, 20 * 10**6, 3_333_333]))}

    def fallback(self, plan, name):
        others = [other for other in plan["externals"] if other != name]
        return self.some(list(plan["services"]) + others, 1, 2), self.maybe(0.7, self.length)

    def role(self):
        hours = self.chance(0.5)
        return {"headcount": self.random.choice([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]) if self.chance(0.95) else 0, "responds": self.maybe(0.9, self.length), "hours": hours,
                "outside": self.length() if hours and self.chance(0.8) else None}

    def people(self, plan):
        through = list(plan["externals"]) + list(plan["tools"]) + list(plan["services"])
        for name, role in plan["roles"].items():
            role["through"] = self.some(through, 1, 2) if self.chance(0.15) else []
            others = [other for other in plan["roles"] if other != name]
            role["escalates"] = (self.random.choice(others), self.length(0, 40)) if self.chance(0.25) else None

    def secret(self, plan, share):
        return self.random.choice(list(plan["secrets"])) if self.chance(share) else None

    def objectives(self):
        times = {}
        for what in ("rto", "rpo"):
            times[what] = self.maybe(0.6, lambda: self.random.randint(1, 3000) * MINUTE)
        return times

    def skew(self):
        return self.maybe(0.2, lambda: self.random.randint(1, 600) * MINUTE)

    def place(self, plan):
        site = self.random.choice(list(plan["sites"]))
        zones = plan["sites"][site]["zones"]
        return site, self.random.choice(zones) if zones and self.chance(0.4) else None

    def services(self, plan):
        plan["services"] = {}
        names = [f"svc{i}" for i in range(self.random.randint(2, 6))]
        for i, name in enumerate(names):
            # Mostly towards earlier ones; now and then a circle.
            others = names[:i] if self.chance(0.9) else [other for other in names if other != name]
            needs = [self.some(others + list(plan["externals"]), 1, 2) for _ in range(self.random.choice([0, 0, 1, 1, 2]))]
            plan["services"][name] = {
                "tier": self.maybe(0.5, lambda: self.random.choice(list(plan["tiers"]))), **self.objectives(),
                "placements": [(*self.place(plan), self.chance(0.25)) for _ in range(self.random.choice([0, 1, 1, 2]))],
                "pinned": self.chance(0.2), "needs": needs, "wants": self.some(others + list(plan["externals"]), 0, 1), "uses": [],
                "skew": self.skew(), "starts": self.maybe(0.6, self.length), "resumes": self.maybe(0.5, self.length), "heals": self.maybe(0.15, self.length),
            }

    def data(self, plan):
        plan["data"] = {}
        for i in range(self.random.randint(1, 4)):
            plan["data"][f"data{i}"] = {
                "in": self.some(plan["services"], 0 if self.chance(0.1) else 1, 2 if self.chance(0.2) else 1),
                "size": self.maybe(0.9, lambda: self.random.choice([360 * 10**9, 72 * 10**9, 7 * 10**9, 1_000_000_007])),
                "restores": self.random.choice([None, None, 50 * 10**6, 20 * 10**6, 333_333]), "rpo": self.objectives()["rpo"],
                "skew": self.skew(),
                "rebuilt": self.length() if self.chance(0.05) else None,
            }
        for service in plan["services"].values():
            service["uses"] = self.some(plan["data"], 0, 2)

    def store(self, plan):
        at = self.maybe(0.4, lambda: self.random.choice(list(plan["sites"])))
        immutable = None
        if self.chance(0.3):
            immutable = 20 * MINUTE if self.chance(0.5) else 3650 * DAY
        return {
            "at": at, "provider": self.random.choice([None, "alpha", "gamma"]), "region": self.random.choice([None, "north", "far"]),
            "account": self.random.choice([None, "prod", "safe"]), "rate": self.maybe(0.9, lambda: self.random.choice([100 * 10**6, 100 * 10**6, 7_777_777])),
            "restores": self.random.choice([None, None, 200 * 10**6, 10 * 10**6]), "retrieval": self.maybe(0.3, self.length), "immutable": immutable,
        }

    # ---- copies

    def copies(self, plan, data):
        makers = {"backup": self.backup, "replica": self.replica, "archive": self.archive, "repository": self.repository}
        made = [makers[kind](plan, f"{kind}{i}", [data])
                for i, kind in enumerate(self.random.choices(["backup", "replica", "repository"], [5, 3, 1], k=self.random.randint(0, 3)))]
        bases = [copy for copy in made if copy["kind"] == "backup"]
        if bases and plan["data"][data]["size"] and self.chance(0.3):
            made.append(self.archive(plan, "log", [data], bases[0]["name"]))
        return made

    def backup(self, plan, name, data):
        schedule = self.random.choice([("every", HOUR), ("every", 2 * HOUR), ("every", 6 * HOUR), ("every", 5 * HOUR), ("every", 90 * MINUTE),
                                       ("daily", DAY), ("weekly", 7 * DAY), ("weekdays", 3 * DAY), ("cron-daily", DAY), ("cron-4h", 4 * HOUR)])
        period = HOUR if schedule[0] == "weekdays" else schedule[1]
        takes = self.length(1, 40) if period >= HOUR else None
        stores = self.some(plan["stores"], 1, 2)
        upload = self.maybe(0.7, lambda: self.length(0, 10))
        if schedule[0] == "weekdays":
            upload = self.length(0, 10)
        if self.chance(0.05):
            schedule, takes = ("every", HOUR), ("exact", [100 * MINUTE])
        keep = None
        if self.chance(0.4):
            keep = [(self.random.choice([3, 12, 90, 700]) * HOUR * 3, None)]
        return {"kind": "backup", "name": name, "of": data, "schedule": schedule, "takes": takes, "upload": upload, "to": stores, "keep": keep,
                "size": self.random.choice([None, None, 36 * 10**9]), "missed": self.random.choice([0, 0, 0, 1, 3]),
                "within": self.maybe(0.25, lambda: self.random.randint(1, 90) * MINUTE),
                "key": self.secret(plan, 0.15)}

    def replica(self, plan, name, data):
        sync = self.chance(0.4)
        return {"kind": "replica", "name": name, "of": data, "to": self.place(plan), "from": self.place(plan),
                "sync": sync, "alone": self.chance(0.5), "lag": self.maybe(0.8, lambda: self.length(1, 300, 1000)),
                "delayed": self.maybe(0 if sync else 0.3, lambda: self.length(10, 200))}

    def repository(self, plan, name, data):
        return {"kind": "repository", "name": name, "of": data, "in": self.some(plan["stores"], 1, 2)}

    def archive(self, plan, name, data, base):
        return {"kind": "archive", "name": name, "of": data, "every": self.random.choice([MINUTE, 5 * MINUTE]), "upload": self.maybe(0.7, lambda: self.length(1, 5)),
                "to": self.some(plan["stores"], 1, 1), "base": base}

    # ---- procedures

    def procedure(self, plan, name):
        self.names, self.writes = [], []
        self.others = [other for other in self.procedures if other != name]
        items = [self.item(plan) for _ in range(self.random.randint(1, 4))]
        afterwards = [self.item(plan) for _ in range(self.random.choice([0, 0, 1]))]
        if self.chance(0.03):
            items, self.names = [], []
            afterwards = [self.item(plan)]
        return {"recovers": self.some(plan["services"], 1, 2), "items": items, "afterwards": afterwards}

    def item(self, plan, depth=0):
        if depth < 2 and self.chance(0.25):
            return "parallel", [self.item(plan, depth + 1) for _ in range(self.random.randint(1, 3))]
        if depth < 2 and self.chance(0.1):
            return "parallel", [("step", self.rush(plan)) for _ in range(self.random.randint(2, 4))]
        return "step", self.step(plan)

    def rush(self, plan):
        """A step that wants what its neighbours want: the bandwidth of a store, or the first role."""
        step = self.step(plan)
        backups = [copy for copy in plan["copies"] if copy["kind"] in ("backup", "archive")]
        if backups and self.chance(0.6):
            step["action"], step["takes"], step["skip"] = self.writing("restore", self.random.choice(backups)), None, None
        else:
            step["by"] = sorted({"role0", *step["by"]})
        return step

    def step(self, plan):
        name = f"step{len(self.names)}"
        after = self.some(self.names, 1, 2) if self.names and self.chance(0.2) else []
        self.names.append(name)
        action = self.action(plan)
        typed = action and action[0] in ("restore", "wait", "notify", "scale-up")
        takes = None if typed and self.chance(0.6) else self.length()
        if not typed and self.chance(0.03):
            takes, action = None, ("run",)
        return {
            "name": name, "action": action, "takes": takes, "after": after, "on": self.maybe(0.25, lambda: self.place(plan)),
            "by": self.some(plan["roles"], 1, 2) if self.chance(0.5) else [],
            "requires": self.some(list(plan["services"]) + list(plan["externals"]) + list(plan["tools"]) + list(plan["secrets"]), 1, 1) if self.chance(0.15) else [],
            "skip": self.skip(plan, action), "completes": self.some(plan["services"], 1, 1) if self.chance(0.1) else [],
            "checks": [self.length() for _ in range(self.random.choice([0, 0, 0, 1, 2]))],
            **self.failing(),
        }

    def failing(self):
        may = self.chance(0.2)
        return {"timeout": self.length(20, 200) if self.chance(0.15) else None, "fails": self.random.randint(1, 60) if may else None,
                "retry": (self.random.randint(0, 3), self.maybe(0.6, self.length)) if may and self.chance(0.6) else None,
                "otherwise": self.random.choice(self.others) if self.chance(0.4 if may else 0.08) else None}

    def skip(self, plan, action):
        if not self.chance(0.1) or (action and action[0] in ("restore", "promote") and not self.chance(0.9)):
            return None
        return self.random.choice(list(plan["sites"]) + list(plan["services"]) + list(plan["stores"]) + list(plan["tools"]) + list(plan["externals"]))

    def action(self, plan):
        kind = self.random.choice([None, None, "restore", "restore", "restore", "promote", "wait", "run", "manual", "dns", "restart", "scale-down", "scale-up",
                                   "approve"])
        copies = [copy for copy in plan["copies"] if (copy["kind"] == "replica") == (kind == "promote")]
        if kind in ("restore", "promote"):
            return self.writing(kind, self.random.choice(copies)) if copies else None
        if kind == "wait":
            return kind, self.random.choice(list(plan["services"]) + list(plan["sites"]) + list(plan["externals"]))
        if kind == "dns":
            return kind, self.random.choice(list(plan["sites"])), self.length()
        if kind in ("restart", "scale-down", "scale-up"):
            return (kind, self.random.choice(list(plan["services"]))) if self.chance(0.8) else None
        if kind == "approve":
            return kind, self.random.choice(list(plan["roles"]))
        return (kind,) if kind else None

    def writing(self, kind, copy):
        if kind == "promote":
            return kind, copy["of"][:1], copy["name"]
        stores = copy.get("to") or copy.get("in")
        data = copy["of"] if self.chance(0.7) else copy["of"][:1]
        if self.chance(0.2):
            return "restore", data[:1], None, self.random.choice(stores)
        return "restore", data, copy["name"], None

    # ---- what happens

    def detector(self, plan):
        watched = list(plan["services"]) + list(plan["externals"]) + list(plan["tools"]) + list(plan["stores"]) + list(plan["sites"])
        if self.chance(0.4):
            watched += list(plan["data"])
        watches = self.some(watched, 1, 3)
        if self.chance(0.15):
            watches += [("region", "north")] if any(site["region"] == "north" for site in plan["sites"].values()) else []
        return {"watches": watches, "at": self.some(plan["sites"], 0, 2), "every": self.random.randint(1, 600) * 1000,
                "threshold": self.random.randint(1, 5), "for": self.maybe(0.4, self.length), "within": self.maybe(0.4, self.length),
                "triggers": self.maybe(0.2, lambda: self.random.choice(list(plan["procedures"]))), "sees": self.chance(0.2)}

    def effect(self, plan):
        verb = self.random.choice(["fails"] * 6 + ["destroys"] * 2 + ["corrupts", "corrupts", "deletes", "compromises", "absent"])
        if verb == "absent":
            return verb, ("role", self.random.choice(list(plan["roles"])))
        if verb in ("corrupts", "deletes"):
            return verb, ("data", self.random.choice(list(plan["data"])))
        things = [("site", name) for name in plan["sites"]] * 2
        things += [(level, site[level]) for site in plan["sites"].values() for level in ("provider", "region", "account") if site[level]]
        if verb == "compromises":
            things = [thing for thing in things if thing[0] in ("site", "account")]
            if self.chance(0.5):
                things += [("store", name) for name in plan["stores"]]
        else:
            things += [("zone", (site, zone)) for site, it in plan["sites"].items() for zone in it["zones"]] + [("store", name) for name in plan["stores"]]
            things += [("service", name) for name in plan["services"]] * 2 + [("external", name) for name in list(plan["externals"])] + [("tool", name) for name in plan["tools"]]
        return verb, self.random.choice(things)

    def cut(self, plan):
        things = [("site", name) for name in plan["sites"]] * 3 + [("zone", (site, zone)) for site, it in plan["sites"].items() for zone in it["zones"]]
        things += [(level, site[level]) for site in plan["sites"].values() for level in ("provider", "region", "account") if site[level]]
        things += [(kind[:-1], name) for kind in ("services", "externals", "tools", "stores") for name in plan[kind]]
        one, other = (list(dict.fromkeys(self.some(things, 1, 2))) for _ in range(2))
        # Nothing is cut off from itself.
        return one, [thing for thing in other if thing not in one]

    def scenario(self, plan):
        effects = [self.effect(plan) for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        if self.chance(0.3):
            effects += [("corrupts", ("data", name)) for name in plan["data"] if ("corrupts", ("data", name)) not in effects]
        choices, chosen = [], list(plan["services"])
        self.random.shuffle(chosen)
        for _ in range(self.random.choice([0, 1, 1, 2, 3])):
            procedures = self.some(plan["procedures"], 1, 2 if self.chance(0.4) else 1)
            choices.append((chosen[:1] if self.chance(0.7) else [], procedures))
            chosen = chosen[1:]
        lasts = self.maybe(0.4, lambda: self.length(30, 600))
        if any(verb == "destroys" for verb, _ in effects) and not self.chance(0.9):
            lasts = None
        cuts = [self.cut(plan) for _ in range(self.random.choice([1, 1, 2]))] if self.chance(0.3) else []
        cuts = [cut for cut in cuts if cut[1]]
        if cuts and self.chance(0.6):
            effects = []
        return {"effects": effects, "cuts": cuts, "lasts": lasts, "undetected": self.maybe(0.85, lambda: self.length(1, 300)), "choices": choices,
                "detected_by": self.some(plan["detectors"], 1, 2) if plan["detectors"] and self.chance(0.2) else [],
                "detected_after": self.maybe(0.85, lambda: self.length(1, 60))}
