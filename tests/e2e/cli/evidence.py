"""Evidence as a runbook writes it: JSON Lines, each with the SHA-256 of the line before."""

import hashlib
import json
import subprocess

from support import MUSTER


def hash_of(plan):
    run = subprocess.run([MUSTER, "export", str(plan)], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(run.stdout)["plan"]["hash"]


def moment(second):
    return f"2026-11-20T{3 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000Z"


def lines_of(plan_hash, scenario, events):
    """`events`: the second, the event, its step (or None), and further members."""
    previous = "0" * 64
    for second, event, step, more in events:
        line = {"format": 1, "at": moment(second), "event": event, **({"step": step} if step else {}), **more, "operator": "kim", "host": "desk",
                "scenario": scenario, "plan_sha256": plan_hash, "previous": previous}
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        yield text


def step(name, begin, end, kind="action", code=0):
    """A step that was carried out between two seconds."""
    part = {"attempt": 1, "start": moment(begin), "end": moment(end), "exit": code}
    return [(end, kind, name, part), *([(end, "done", name, {})] if code == 0 else [])]


def write(folder, plan, scenario, *steps, finished=True, plan_hash=None):
    """Writes the evidence of a run of `plan` into `folder`."""
    events = [(0, "started", None, {}), *(event for one in steps for event in one), *([(3500, "finished", None, {})] if finished else [])]
    folder.mkdir(parents=True)
    text = "".join(line + "\n" for line in lines_of(plan_hash or hash_of(plan), scenario, events))
    (folder / "evidence.jsonl").write_text(text, encoding="utf-8")
