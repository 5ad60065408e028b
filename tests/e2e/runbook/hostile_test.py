"""Hostile texts through real runbooks: what a plan says arrives at every command byte for byte, and nothing runs that is no `run` body.

usage: hostile_test.py --muster MUSTER [--plans N] [--seed S]
Plans are made at random; their runbooks are run by bash with stand-ins for every outside command, which note what they get."""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CLIENTS = ["kubectl", "curl", "aws", "gsutil", "gpg", "helm", "velero", "eksctl", "ansible-playbook"]
STAND_IN = """#!/usr/bin/env python3
import os, sys
given = b"" if sys.stdin.isatty() else sys.stdin.buffer.read()
name = os.path.basename(sys.argv[0]).encode()
with open(os.environ["HOSTILE_CALLS"], "ab") as calls:
    calls.write(b"\\0".join([name] + [os.fsencode(word) for word in sys.argv[1:]] + [b"<" + given]) + b"\\0\\0\\n")
print('{"status":"success","data":{"result":[1]}}' if name == b"curl" else "t")
"""
PIECES = ["$(touch {0})", "`touch {0}`", "'; touch {0}; '", '"; touch {0}; "', "\n", "\ntouch {0}\n", "\t", "{{{{ .Values }}}}", "\\", "\\\\n", "$HOME",
          "${{PATH}}", "!!", "*", "~", " ", "\U0001f4a3", "é", "END_OF_TEXT", "\nEND_OF_TEXT\n", "%s%n", "--version", "&& touch {0}", "|| touch {0}",
          "| touch {0}", "> {0}", "<({0})", "#", "'", '"', "a", "word", "\u2019", "]] ; touch {0}", ")", "}}", "\\'", "$'\\n'", "&"]


def hostile(draw, canary, lines=True):
    if draw.random() < 0.05:
        return "x" * 10_000 + f"$(touch {canary})"
    text = "".join(draw.choice(PIECES).format(canary) for _ in range(draw.randint(1, 12)))
    return text if lines else text.replace("\n", " ")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def printable(text):
    return text.replace("\t", " ")


class Plan:
    """A plan whose every text is hostile, and what has to arrive where."""

    def __init__(self, draw, canary):
        text = self.texts = {}
        for name in ["title", "note", "manual", "url", "sql", "promql", "message", "question", "only", "role", "verify", "path"]:
            text[name] = "t" + hostile(draw, canary)
        for name in ["cluster", "bucket", "directory"]:
            text[name] = "t" + hostile(draw, canary, lines=False).replace("/", ":").strip()
        q = {name: quoted(one) for name, one in text.items()}
        self.source = f"""plan p {q["title"]} {{ version "1" }}
site main {{ cluster {q["cluster"]} }}
role r {q["role"]} {{ responds 1m }}
channel c {{ webhook "http://127.0.0.1/" }}
service s {q["title"]} {{ workload deployment/s in n; at main active; engine postgres 15; check http {q["url"]} }}
service v {{ at main active }}
data d {{ in s; size 1GB }}
store k {{ s3 {q["bucket"]}; rate 100MB/s }}
backup b of d {{ with pg_dump; every day at 02:00; takes 1m; to k; keep 30d }}
message m {{ to c; on detection; text {q["message"]} }}
procedure p {q["title"]} {{
  recovers s, v
  asks question {q["question"]}
  parallel {{
  step manual {q["title"]} {{ by r; takes 1m; note {q["note"]}; manual {q["manual"]} }}
  step apply {q["title"]} {{ automatic; takes 1m; precheck sql {q["sql"]}; apply {q["path"]}; verify http {q["url"]}; verify promql {q["promql"]} }}
  step only {{ automatic; takes 1m; only if {q["only"]}; scale s to 3 }}
  step build {{ automatic; takes 1m; provision main with ansible {q["directory"]} }}
  step restore {{ automatic; takes 1m; restore d from k }}
  step tell {{ automatic; takes 1m; notify c with m }}
  }}
}}
scenario o {q["title"]} {{ destroys s; fails v; detected after 1m; follow p }}
"""

    def expected(self):
        text = self.texts
        context = f"--context={text['cluster']}"
        return {
            "the URL of a check": lambda c: c[0] == "curl" and c[-2] == text["url"],
            "the SQL of a precheck": lambda c: c[0] == "kubectl" and c[-1] == "<" + text["sql"] + "\n",
            "the context": lambda c: c[0] == "kubectl" and context in c and "scale" in c,
            "the path of manifests": lambda c: c[0] == "kubectl" and f"--filename={text['path']}" in c,
            "the query": lambda c: c[0] == "curl" and f"query={text['promql']}" in c,
            "the playbook": lambda c: c[0] == "ansible-playbook" and c[1] == text["directory"],
            "the bucket": lambda c: c[0] == "aws" and any(text["bucket"] in word for word in c),
            "the message": lambda c: c[0] == "curl" and c[-1].startswith("<{") and json.loads(c[-1][1:])["text"] == text["message"],
        }


def run(muster, plan, folder, canary):
    (folder / "plan.drp").write_text(plan.source)
    compiled = subprocess.run([muster, "compile", "plan.drp", "-o", "out", "--allow-errors", "--as-of", "2026-11-20", "--quiet"], cwd=folder,
                              capture_output=True, text=True)
    script = folder / "out/runbooks/o.sh"
    if not script.exists():
        return [f"was not compiled: {compiled.stderr[-2000:]}"], None
    (folder / "bin").mkdir()
    for client in CLIENTS:
        (folder / "bin" / client).write_text(STAND_IN)
        (folder / "bin" / client).chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "HOSTILE_CALLS": str(folder / "calls"), "HOME": str(folder),
                   "MUSTER_PROMETHEUS": "http://127.0.0.1", "MUSTER_WEBHOOK_C": "http://127.0.0.1", "MUSTER_BACKUP": "20261120T020000Z.dump",
                   "MUSTER_QUESTION": plan.texts["question"]}
    (folder / "calls").touch()
    done = subprocess.run(["bash", str(script), "--yes", "--confirm", "all"], cwd=folder, env=environment, input=b"done\n" * 3 + b"leave\n" * 9,
                          capture_output=True, timeout=120)
    faults = []
    for pattern in (canary.name, "pwned*"):
        faults += [f"something of the plan ran: {found}" for found in folder.rglob(pattern)]
    if b"\x1b" in done.stdout + done.stderr:
        faults.append("the terminal is driven")
    calls = [[word.decode(errors="surrogateescape") for word in call.split(b"\0")] for call in (folder / "calls").read_bytes().split(b"\0\0\n") if call]
    return faults, (calls, done)


def evaluated(script, name):
    """What bash has in `step` after the runbook's own function for the step of that name."""
    text = script.read_text()
    number = re.search(r"^step_(\d+)\(\) {\n  step=\(\n    \[name\]='" + re.escape(name) + "'$", text, re.MULTILINE)[1]
    text = text.replace('\nmain "$@"\nexit\n', "\n")
    text += f"\nstep_{number}\nfor key in \"${{!step[@]}}\"; do printf '%s\\0%s\\0' \"${{key}}\" \"${{step[${{key}}]}}\"; done\n"
    (script.parent / "evaluated").write_text(text)
    parts = subprocess.run(["bash", script.parent / "evaluated"], capture_output=True, check=True).stdout.decode().split("\0")
    return dict(zip(parts[::2], parts[1::2]))


def check(muster, seed):
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        canary = folder / "pwned"
        plan = Plan(draw, canary)
        faults, ran = run(muster, plan, folder, canary)
        if ran is not None:
            calls, done = ran
            for what, arrived in plan.expected().items():
                if not any(arrived(call) for call in calls):
                    faults.append(f"did not arrive as it was written: {what}")
            step = evaluated(folder / "out/runbooks/o.sh", "p.manual")
            for key, text in (("title", "title"), ("manual", "manual"), ("who", "role")):
                if step.get(key) != printable(plan.texts[text]):
                    faults.append(f"bash does not have what the plan says: {key}: {step.get(key)!r} for {plan.texts[text]!r}")
            if faults:
                faults.append("the run said: " + (done.stdout + done.stderr).decode(errors="replace")[-3000:])
        for fault in faults:
            print(f"FAILED seed {seed}: {fault}", file=sys.stderr)
        return not faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--muster", required=True)
    parser.add_argument("--plans", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    muster = os.path.abspath(options.muster)
    passed = sum(check(muster, options.seed * 10_000 + i) for i in range(options.plans))
    print(f"{passed} passed, {options.plans - passed} failed")
    return 0 if passed == options.plans else 1


if __name__ == "__main__":
    sys.exit(main())
