#!/usr/bin/env python3
"""Measures `muster check` on plans of growing size beside other tools on the same number of objects, in one run.

    check.py [--muster build/release/cli/muster] [--runs 5] [--sizes 1000,10000,50000] [--install] [--longest 300]

Runs are interleaved, so that a noisy moment meets every tool, and medians are reported. --install builds the peers, in the versions
below, into build/bench. One that is not there is said to be missing, one that takes longer than --longest seconds is stopped and
not tried again on more. With MUSTER_PSPLIB (see tests/oracle/psplib) the quality of the schedule is reported, too."""

import argparse
import json
import os
import pathlib
import platform
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import time

import estate as estates
import generate
import peers

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build/bench"
VERSIONS = {
    "tofu": "github.com/opentofu/opentofu/cmd/tofu@v1.12.6",
    "cue": "cuelang.org/go/cmd/cue@v0.17.1",
    "jsonnet": "github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0",
}


class Measured:
    """What one command takes: medians of its runs."""

    def __init__(self, name, size, objects, command, folder):
        self.name, self.size, self.objects, self.command, self.folder = name, size, objects, command, folder
        self.wall, self.user, self.memory, self.trouble = [], [], [], ""

    def run(self, longest):
        if self.trouble:
            return
        began = time.monotonic()
        with open(WORK / "output", "wb") as output:
            child = subprocess.Popen(self.command, cwd=self.folder, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
            while child.returncode is None:
                pid, status, used = os.wait4(child.pid, os.WNOHANG)
                if pid:
                    child.returncode = os.waitstatus_to_exitcode(status)
                elif time.monotonic() - began > longest:
                    os.killpg(child.pid, signal.SIGKILL)
                    os.wait4(child.pid, 0)
                    child.returncode = -9
                    self.trouble = f"stopped after {longest} s"
                    return
                else:
                    time.sleep(0.0005)
        if child.returncode not in (0, 1) or (child.returncode == 1 and self.name != "muster check"):
            self.trouble = f"failed with {child.returncode}: " + (WORK / "output").read_text(errors="replace")[:200].replace("\n", " ")
            return
        self.wall.append(time.monotonic() - began)
        self.user.append(used.ru_utime + used.ru_stime)
        self.memory.append(used.ru_maxrss / 1024)

    def row(self, reference):
        if self.trouble or not self.wall:
            return f"| {self.size} | {self.name} | {self.objects} | {self.trouble or 'not run'} | | | |"
        wall, user, memory = (statistics.median(values) for values in (self.wall, self.user, self.memory))
        ratio = f"{wall / statistics.median(reference.wall):.1f}" if reference and reference.wall else ""
        return f"| {self.size} | {self.name} | {self.objects} | {wall:.3f} s | {user:.3f} s | {memory:.0f} MB | {ratio} |"


def install():
    """The peers, from the sources of the pinned versions. OpenTofu has to be built inside its own module."""
    (WORK / "bin").mkdir(parents=True, exist_ok=True)
    for name, package in VERSIONS.items():
        path, version = package.split("@")
        if name != "tofu":
            subprocess.run(["go", "install", package], env={**os.environ, "GOBIN": str(WORK / "bin")}, check=False)
            continue
        module = path.removesuffix("/cmd/tofu")
        found = subprocess.run(["go", "mod", "download", "-json", f"{module}@{version}"], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            source = WORK / "opentofu"
            shutil.rmtree(source, ignore_errors=True)
            shutil.copytree(json.loads(found.stdout)["Dir"], source)
            subprocess.run(["chmod", "-R", "u+w", str(source)], check=True)
            subprocess.run(["go", "build", "-o", str(WORK / "bin/tofu"), "./cmd/tofu"], cwd=source, env={**os.environ, "CGO_ENABLED": "0"}, check=False)


def tool(name):
    """The pinned build if there is one, else what is on the path."""
    own = WORK / "bin" / name
    return str(own) if own.exists() else shutil.which(name)


def write(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def measured_at(size, muster, missing):
    """Every tool on an estate of `size` services."""
    estate = estates.make(size)
    objects = estate.objects()
    folder = write(WORK / str(size), "plan.drp", generate.plan(estate))
    all_missed = write(WORK / f"{size}-missed", "plan.drp", generate.plan(estate, misses="all"))
    yield Measured("muster check", size, objects, [muster, "check", "plan.drp", "--as-of", "2026-11-20"], folder)
    yield Measured("muster check", f"{size}, all missed", objects, [muster, "check", "plan.drp", "--as-of", "2026-11-20"], all_missed)
    for name, command, file, writer in (
        ("tofu", ["validate"], "main.tf", peers.opentofu),
        ("cue", ["vet", "-c", "."], "estate.cue", peers.cue),
        ("jsonnet", ["estate.jsonnet"], "estate.jsonnet", peers.jsonnet),
    ):
        program = tool(name)
        if program is None:
            missing.add(name)
            continue
        peer = write(WORK / f"{size}-{name}", file, "".join(writer(estate)))
        if name == "tofu":
            subprocess.run([program, "init", "-input=false", "-backend=false"], cwd=peer, capture_output=True, check=False)
        yield Measured(f"{name} {command[0] if name != 'jsonnet' else ''}".strip(), size, objects, [program, *command], peer)


def small(muster):
    folder = write(WORK / "small", "plan.drp", generate.plan(estates.make(38), most_scenarios=8))
    return Measured("muster check", f"38 ({(folder / 'plan.drp').stat().st_size} bytes)", estates.make(38).objects(), [muster, "check", "plan.drp", "--as-of", "2026-11-20"], folder)


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="ascii") if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} processors, {model}; load {os.getloadavg()[0]:.1f} when measuring began"


def growth(rows):
    """How much longer per service the largest plan takes than the smallest of at least 1,000; n log n would be the ratio of the logarithms."""
    plain = [row for row in rows if isinstance(row.size, int) and row.name == "muster check" and row.user and row.size >= 1000]
    for before, after in zip(plain, plain[1:]):
        times = after.size / before.size
        yield f"{before.size} to {after.size} services: {times:.0f} times the services, {statistics.median(after.user) / statistics.median(before.user):.1f} times the processor time"


def psplib():
    binary = ROOT / "build/dev/tests/oracle/psplib/muster_makespans"
    if "MUSTER_PSPLIB" not in os.environ or not binary.exists():
        return "PSPLIB: not compared; MUSTER_PSPLIB names no folder, or the preset dev is not built"
    run = subprocess.run([sys.executable, ROOT / "tests/oracle/psplib/compare.py", "--schedule", binary], capture_output=True, text=True, check=False)
    return "PSPLIB J30: " + run.stdout.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muster", default=str(ROOT / "build/release/cli/muster"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--longest", type=int, default=300)
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if args.install:
        install()
    missing = set()
    print(machine() + "\n")
    rows = [small(args.muster)]
    for size in args.sizes.split(","):
        rows += measured_at(int(size), args.muster, missing)
    stopped = set()
    for _ in range(args.runs):
        for row in rows:
            if row.name in stopped and not row.wall:
                row.trouble = row.trouble or "not tried: fewer took too long"
            row.run(args.longest)
            if row.trouble:
                stopped.add(row.name)
    print("| services | tool | objects | wall | processor time | memory | times muster |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        reference = next((other for other in rows if other.size == row.size and other.name == "muster check"), None)
        print(row.row(reference))
    print(f"\nmedians of {args.runs} interleaved runs")
    for line in growth(rows):
        print(line)
    for name in sorted(missing):
        print(f"{name}: not installed ({VERSIONS[name]})")
    print(psplib())


if __name__ == "__main__":
    main()
