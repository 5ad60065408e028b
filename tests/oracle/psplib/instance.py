#!/usr/bin/env python3
"""Reads the resource-constrained scheduling instances of PSPLIB and writes them as plain lines.

    instance.py FILE.sm...

writes each instance in the format that the README describes."""

import dataclasses
import pathlib
import re
import sys


@dataclasses.dataclass
class Job:
    number: int
    successors: list
    duration: int = 0
    demands: tuple = ()


@dataclasses.dataclass
class Instance:
    name: str
    jobs: dict  # by number
    capacities: list

    def latest_finishes(self):
        """When each job has to have ended at the latest if all are to end as soon as precedence alone allows."""
        earliest = {number: 0 for number in self.jobs}
        order = self.after_predecessors()
        for number in order:
            for successor in self.jobs[number].successors:
                earliest[successor] = max(earliest[successor], earliest[number] + self.jobs[number].duration)
        end = max(earliest[number] + job.duration for number, job in self.jobs.items())
        latest = {}
        for number in reversed(order):
            latest[number] = min((latest[each] - self.jobs[each].duration for each in self.jobs[number].successors), default=end)
        return latest

    def after_predecessors(self):
        waiting = {number: 0 for number in self.jobs}
        for job in self.jobs.values():
            for successor in job.successors:
                waiting[successor] += 1
        order = [number for number, count in waiting.items() if count == 0]
        for number in order:
            for successor in self.jobs[number].successors:
                waiting[successor] -= 1
                if waiting[successor] == 0:
                    order.append(successor)
        return order

    def in_priority_order(self):
        latest = self.latest_finishes()
        return sorted(self.jobs.values(), key=lambda job: (latest[job.number], job.number))

    def text(self):
        lines = [" ".join(map(str, ["capacities", *self.capacities]))]
        for job in self.in_priority_order():
            lines.append(" ".join(map(str, [job.number, job.duration, *job.successors, "|", *job.demands])))
        return "\n".join([*lines, "end", ""])


def sections(text):
    """The rows of numbers under each heading."""
    rows, heading = {}, None
    for line in text.splitlines():
        if re.match(r"[A-Z/ ]+:\s*$", line):
            heading = line.strip().rstrip(":")
        numbers = line.split()
        if heading and numbers and all(number.isdigit() for number in numbers):
            rows.setdefault(heading, []).append([int(number) for number in numbers])
    return rows


def read(path):
    rows = sections(pathlib.Path(path).read_text(encoding="ascii"))
    jobs = {number: Job(number, successors) for number, _, _, *successors in rows["PRECEDENCE RELATIONS"]}
    for number, _, duration, *demands in rows["REQUESTS/DURATIONS"]:
        jobs[number].duration, jobs[number].demands = duration, tuple(demands)
    return Instance(pathlib.Path(path).name, jobs, rows["RESOURCEAVAILABILITIES"][0])


if __name__ == "__main__":
    for file in sys.argv[1:]:
        sys.stdout.write(read(file).text())
