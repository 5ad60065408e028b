"""A company's services and how they are brought back, as plain data: the same for every tool that is measured.

Per service: 2 steps, 0.5 backups, 0.4 datasets, 1.5 dependencies. Five services are an application (web, api, worker, cache, db),
four applications have a team, and an application needs one that is older, so that chains of needs are as deep as the logarithm of their
number. Whatever the size, there are at most 50 scenarios."""

import random
from dataclasses import dataclass, field

SITES = {"s1": "aws", "s2": "aws", "s3": "azure", "s4": "own"}
ZONES = ("a", "b", "c")
PARTS = ("web", "api", "worker", "cache", "db")
TIERS = {"gold": (4, 26), "silver": (8, 26), "bronze": (24, 50)}  # RTO and RPO in hours
LATE = 0.01  # the share of services that promise more than their steps can keep


@dataclass
class Step:
    name: str
    minutes: tuple
    by: str = ""
    restores: str = ""


@dataclass
class Service:
    name: str
    part: str
    tier: str
    site: str
    zone: str
    team: str
    needs: list = field(default_factory=list)
    wants: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    rto_minutes: int = 0


@dataclass
class Backup:
    name: str
    data: str
    store: str
    hour: int
    minutes: int


@dataclass
class Data:
    name: str
    holder: str
    gigabytes: int
    store: str


@dataclass
class Estate:
    services: list = field(default_factory=list)
    data: list = field(default_factory=list)
    backups: list = field(default_factory=list)
    teams: list = field(default_factory=list)
    stores: list = field(default_factory=list)
    externals: list = field(default_factory=list)

    def objects(self):
        """How many things the estate is made of, steps and dependencies included."""
        steps = sum(len(service.steps) for service in self.services)
        edges = sum(len(service.needs) + len(service.wants) for service in self.services)
        return len(self.services) + len(self.data) + len(self.backups) + steps + edges


class Maker:
    """Only random() is used, which Python promises to give the same numbers in every version."""

    def __init__(self, count, seed):
        self.random = random.Random(f"muster-bench-{seed}")
        self.count = count
        self.estate = Estate()

    def below(self, limit):
        return int(self.random.random() * limit)

    def make(self):
        estate = self.estate
        estate.externals = [f"ext{i}" for i in range(max(1, self.count // 200))]
        estate.stores = [f"vault{i}" for i in range(max(1, self.count // 100))]
        estate.teams = [f"team{i}" for i in range((self.count + 19) // 20)]
        for application in range((self.count + 4) // 5):
            self.application(application)
        del estate.services[self.count:]
        return estate

    def application(self, number):
        site = list(SITES)[(number // 4) % len(SITES)]
        tier = list(TIERS)[self.below(len(TIERS))]
        services = {part: Service(f"{part}{number}", part, tier, site, ZONES[number % 3], f"team{number // 4}") for part in PARTS}
        self.dependencies(services, number)
        for service in services.values():
            if self.random.random() < LATE:
                service.rto_minutes = 20
        room = self.count - len(self.estate.services)
        kept = list(services.values())[:room]
        self.estate.services += kept
        stores = self.estate.stores
        for data, holder in ((f"rows{number}", "db"), (f"files{number}", "worker")):
            if services[holder] not in kept:
                continue
            store = stores[number * len(stores) // max(1, self.count // 5 + 1)]
            self.estate.data.append(Data(data, services[holder].name, 1 + self.below(40), store))
            runs = 2 if holder == "db" and number % 2 else 1
            for run in range(runs):
                self.estate.backups.append(Backup(("nightly", "noon")[run], data, store, (1 + self.below(5), 12)[run], 10 + self.below(40)))
        for service in kept:
            service.steps = self.steps(service, number)

    def dependencies(self, services, number):
        web, api, worker, cache, db = services.values()
        externals = self.estate.externals
        api.needs = [db.name]
        api.wants = [cache.name]
        worker.needs = [db.name]
        web.needs = [api.name]
        web.wants = [externals[self.below(len(externals))]]
        if number > 0:
            api.needs.append(f"api{self.below(number // 6 + 1)}")
        if number > 0 and number % 2:
            worker.wants = [f"api{self.below(number)}"]
        room = self.count - len(self.estate.services)
        gone = {service.name for service in list(services.values())[max(0, room):]}
        for service in services.values():
            service.needs = [name for name in service.needs if name not in gone]
            service.wants = [name for name in service.wants if name not in gone]

    def steps(self, service, number):
        first = 1 + self.below(4)
        if service.part == "db":
            return [Step("restore", (), restores=f"rows{number}"), Step("open", (first, 3 * first), by=service.team)]
        if service.part == "worker":
            return [Step("restore", (), restores=f"files{number}"), Step("start", (first, 2 * first))]
        return [Step("deploy", (first, 2 * first)), Step("check", (first, 4 * first), by=service.team)]


def make(count, seed=1):
    """An estate of `count` services; the same for the same count and seed."""
    return Maker(count, seed).make()
