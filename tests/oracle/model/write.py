"""A generated plan as the text of a .drp file."""


def duration(value):
    shape, times = value
    written = [f"{time}ms" for time in times]
    if shape == "p50":
        return f"p50 {written[0]} p95 {written[1]}"
    return ("mean " if shape == "mean" else "") + "..".join(written)


class Writer:
    def __init__(self, plan):
        self.plan = plan
        self.lines = []
        self.figures = []
        self.durations = 0

    def line(self, depth, text):
        self.lines.append("  " * depth + text)

    def said(self, depth, word, value, write=str):
        if value:
            self.line(depth, f"{word} {write(value)}")

    def duration(self, value):
        """Every fifth one stands in a profile, under a name; what it means is the same."""
        self.durations += 1
        if self.durations % 5:
            return duration(value)
        self.figures.append(f"figure f{self.durations} {duration(value)}")
        return f"figure f{self.durations}"

    def retrieval(self, depth, value):
        """Every other one by storage class."""
        self.durations += 1
        if self.durations % 2:
            self.line(depth, f"storage cold retrieval {duration(value)}")
            return
        self.figures.append(f"storage cold-{self.durations} retrieval {duration(value)}")
        self.line(depth, f"storage cold-{self.durations}")

    def profile(self, depth):
        for figure in self.figures:
            self.line(depth, figure)

    def block(self, depth, head, fill):
        self.line(depth, head + " {")
        fill(depth + 1)
        self.line(depth, "}")

    def text(self):
        plan = self.plan
        self.block(0, "plan generated", self.heading)
        for kind in ("tiers", "sites", "tools", "secrets", "roles", "stores", "services", "data", "detectors", "procedures", "scenarios"):
            for name, it in plan[kind].items():
                self.block(0, f"{kind.rstrip('s') if kind != 'data' else kind} {name}{self.tier(it)}", lambda depth: getattr(self, kind)(depth, it))
        for name, fallback in plan["externals"].items():
            self.block(0, f"external {name}", lambda depth: self.externals(depth, fallback))
        for name, it in plan["links"].items():
            self.block(0, f"link {name}", lambda depth: self.links(depth, it))
        for copy in plan["copies"]:
            self.block(0, f"{copy['kind']} {copy['name']} of {', '.join(copy['of'])}", lambda depth: getattr(self, copy["kind"])(depth, copy))
        self.block(0, "profile own", self.profile)
        return "\n".join(self.lines) + "\n"

    @staticmethod
    def tier(it):
        return f" : {it['tier']}" if isinstance(it, dict) and it.get("tier") else ""

    def heading(self, depth):
        self.line(depth, f"clock from {self.plan['clock']}")
        self.line(depth, "profiles own")
        if self.plan["count retries"]:
            self.line(depth, "count retries")
        if self.plan["declare"]:
            role, takes = self.plan["declare"]
            self.line(depth, f"declare by {role}" + (f" takes {self.duration(takes)}" if takes else ""))
        self.said(depth, "skew", self.plan["skew"], lambda ms: f"{ms}ms")

    def tiers(self, depth, tier):
        for what in ("rto", "rpo", "skew"):
            self.said(depth, what, tier[what], lambda ms: f"{ms}ms")

    def sites(self, depth, site):
        for what in ("provider", "region", "account"):
            self.said(depth, what, site[what])
        self.said(depth, "zones", ", ".join(site["zones"]))
        self.said(depth, "parallel", site["parallel"])

    def tools(self, depth, tool):
        self.said(depth, "at", ", ".join(tool["at"]))
        self.said(depth, "in", ", ".join(tool["in"]))
        self.said(depth, "parallel", tool["parallel"])

    def externals(self, depth, fallback):
        if fallback:
            names, after = fallback
            self.line(depth, f"fallback {', '.join(names)}" + (f" in {self.duration(after)}" if after else ""))

    def links(self, depth, link):
        self.line(depth, f"between {link['ends'][0]} and {link['ends'][1]}")
        self.said(depth, "bandwidth", link["bandwidth"], lambda rate: f"{rate}B/s")
        self.said(depth, "latency", link["latency"], self.duration)

    def roles(self, depth, role):
        self.line(depth, f"headcount {role['headcount']}")
        self.said(depth, "responds", role["responds"], self.duration)
        if role["hours"]:
            self.line(depth, "hours mon..fri 08:00..18:00")
        self.said(depth, "works through", ", ".join(role["through"]))
        if role["escalates"]:
            self.line(depth, f"escalates to {role['escalates'][0]} after {self.duration(role['escalates'][1])}")
        if role["outside"]:
            self.line(depth, f"responds {self.duration(role['outside'])} outside hours")

    def secrets(self, depth, places):
        self.said(depth, "kept in", ", ".join(places))

    def stores(self, depth, store):
        for what in ("at", "provider", "region", "account"):
            self.said(depth, what, store[what])
        self.said(depth, "rate", store["rate"], lambda rate: f"{rate}B/s")
        self.said(depth, "restores at", store["restores"], lambda rate: f"{rate}B/s")
        if store["retrieval"]:
            self.retrieval(depth, store["retrieval"])
        self.said(depth, "immutable", store["immutable"], lambda ms: f"{ms}ms")
        for to, lag, deletes in store["replicates"]:
            self.line(depth, f"replicates to {to}" + (f" lag {self.duration(lag)}" if lag else "") + (" with deletes" if deletes else ""))
        self.said(depth, "encrypted aes key", store["key"])
        self.said(depth, "credentials", ", ".join(store["credentials"]))

    @staticmethod
    def place(place):
        return place[0] + (f"/{place[1]}" if place[1] else "")

    def services(self, depth, service):
        self.tiers(depth, service)
        self.said(depth, "at", ", ".join(self.place(p) + (" standby" if p[2] else "") for p in service["placements"]))
        if service["pinned"]:
            self.line(depth, "pinned to zone")
        self.said(depth, "needs", ", ".join(" or ".join(group) for group in service["needs"]))
        self.said(depth, "wants", ", ".join(service["wants"]))
        self.said(depth, "uses", ", ".join(service["uses"]))
        for what in ("starts", "resumes", "heals"):
            self.said(depth, f"{what} in", service[what], self.duration)

    def data(self, depth, data):
        self.said(depth, "in", ", ".join(data["in"]))
        self.said(depth, "size", data["size"], lambda size: f"{size}B")
        self.said(depth, "restores at", data["restores"], lambda rate: f"{rate}B/s")
        for what in ("rpo", "skew"):
            self.said(depth, what, data[what], lambda ms: f"{ms}ms")
        self.said(depth, "rebuilt in", data["rebuilt"], self.duration)
        self.line(depth, "changes 1200000B/m")

    def backup(self, depth, copy):
        kind, period = copy["schedule"]
        self.line(depth, {"every": f"every {period}ms", "daily": "every day at 02:00", "weekly": "every sunday at 03:30",
                          "weekdays": 'cron "0 2 * * 1-5"', "cron-daily": 'cron "15 4 * * *"', "cron-4h": 'cron "0 */4 * * *"'}[kind])
        self.said(depth, "starts within", copy["within"], lambda ms: f"{ms}ms")
        self.said(depth, "takes", copy["takes"], self.duration)
        self.said(depth, "upload", copy["upload"], self.duration)
        self.said(depth, "size", copy["size"], lambda size: f"{size}B")
        self.line(depth, "to " + ", ".join(copy["to"]))
        self.said(depth, "keep", ", ".join(f"{ms}ms" for ms, _ in copy["keep"] or []))
        self.said(depth, "encrypt gpg key", copy["key"])
        if copy["missed"]:
            self.line(depth, f"tolerates {copy['missed']} missed")

    def replica(self, depth, copy):
        self.line(depth, f"from {self.place(copy['from'])} to {self.place(copy['to'])}")
        self.line(depth, f"mode {'sync' if copy['sync'] else 'async'}")
        if copy["sync"] and copy["alone"]:
            self.line(depth, "falls back")
        self.said(depth, "lag", copy["lag"], self.duration)
        self.said(depth, "delayed", copy["delayed"], self.duration)

    def repository(self, depth, copy):
        self.line(depth, "in " + ", ".join(copy["in"]))

    def archive(self, depth, copy):
        self.line(depth, f"every {copy['every']}ms")
        self.said(depth, "upload", copy["upload"], self.duration)
        self.line(depth, f"to {', '.join(copy['to'])}")
        self.line(depth, f"base {copy['base']}")
        self.line(depth, "replay 40000B/s")

    def thing(self, thing):
        if isinstance(thing, str):
            return thing
        kind, name = thing
        return f"zone {name[1]} of {name[0]}" if kind == "zone" else f"{kind} {name}"

    def detectors(self, depth, detector):
        self.line(depth, "watches " + ", ".join(self.thing(thing) for thing in detector["watches"]))
        self.said(depth, "at", ", ".join(detector["at"]))
        self.line(depth, f"every {detector['every']}ms")
        self.line(depth, f"threshold {detector['threshold']}")
        self.said(depth, "for", detector["for"], self.duration)
        if detector["within"]:
            self.line(depth, f"notifies role0 within {self.duration(detector['within'])}")
        self.said(depth, "triggers", detector["triggers"])
        if detector["sees"]:
            self.line(depth, "sees corruption")

    def procedures(self, depth, procedure):
        self.line(depth, "recovers " + ", ".join(procedure["recovers"]))
        self.items(depth, procedure["items"])
        if procedure["afterwards"]:
            self.block(depth, "afterwards", lambda inner: self.items(inner, procedure["afterwards"]))

    def items(self, depth, items):
        for kind, it in items:
            if kind == "parallel":
                self.block(depth, "parallel", lambda inner: self.items(inner, it))
            else:
                self.block(depth, f"step {it['name']}", lambda inner: self.step(inner, it))

    def step(self, depth, step):
        self.said(depth, "on", step["on"], self.place)
        self.said(depth, "by", ", ".join(step["by"]))
        self.said(depth, "requires", ", ".join(step["requires"]))
        self.said(depth, "after", ", ".join(step["after"]))
        self.said(depth, "takes", step["takes"], self.duration)
        self.said(depth, "timeout", step["timeout"], self.duration)
        self.said(depth, "fails", step["fails"], lambda percent: f"{percent}%")
        if step["retry"]:
            self.line(depth, f"retry {step['retry'][0]}" + (f" every {self.duration(step['retry'][1])}" if step["retry"][1] else ""))
        self.said(depth, "otherwise", step["otherwise"])
        self.said(depth, "skip if", step["skip"], lambda name: f"{name} is down")
        self.said(depth, "completes", ", ".join(step["completes"]))
        for check in step["checks"]:
            self.line(depth, f'verify run "true" takes {self.duration(check)}')
        if step["action"]:
            self.line(depth, self.action(step["action"]))

    def action(self, action):
        kind = action[0]
        if kind == "restore":
            return f"restore {', '.join(action[1])} from {action[2] or action[3]}"
        if kind == "promote":
            return f"promote {action[2]} of {action[1][0]}"
        if kind == "wait":
            return f"wait for {action[1]}"
        if kind == "approve":
            return f"approve by {action[1]}"
        if kind == "dns":
            return f'switch dns "www.example.org" to {action[1]} ttl {self.duration(action[2])}'
        if kind.startswith("scale"):
            return f"scale {action[1]} to {0 if kind == 'scale-down' else 2}"
        if kind == "restart":
            return f"restart {action[1]}"
        return f'{kind} "true"'

    def scenarios(self, depth, scenario):
        for verb, thing in scenario["effects"]:
            self.line(depth, f"{verb} {thing[1] if verb in ('corrupts', 'deletes', 'absent') else self.thing(thing)}")
        for sides in scenario["cuts"]:
            self.line(depth, "cuts " + " from ".join(", ".join(self.thing((kind, name)) for kind, name in side) for side in sides))
        self.said(depth, "lasts", scenario["lasts"], self.duration)
        self.said(depth, "undetected for", scenario["undetected"], self.duration)
        self.said(depth, "detected by", ", ".join(scenario["detected_by"]))
        self.said(depth, "detected after", scenario["detected_after"], self.duration)
        for services, procedures in scenario["choices"]:
            start = f"recover {', '.join(services)} with " if services else "follow "
            self.line(depth, start + " otherwise ".join(procedures))


def text_of(plan):
    return Writer(plan).text()
