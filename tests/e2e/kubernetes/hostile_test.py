#!/usr/bin/env python3
"""Property: what a reader of YAML 1.1 and one of YAML 1.2 get back from what is compiled is what the plan said.

    MUSTER=build/dev/cli/muster hostile_test.py [--plans N] [--seed N]

Random plans of hostile texts; what they say is known to the test, not asked of Muster.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import ruamel.yaml
import yaml

PIECES = ["on", "no", "Yes", "null", "~", "true", "1e3", "0x1f", "0o17", "012", "12:30", "190:20:30", "1_000", ".inf", "2026-01-31", "=", "<<", "-", "?", ":",
          "- a", "a: b", ": ", " #c", "#", "&a", "*a", "!t", "!!int", "%TAG", "@", "`", "'", '"', "\\", "$(reboot)", "`reboot`", "${HOME}", "$HOME", "$$",
          "{{ .Values }}", "{{", "}}", "{%", "{a: b}", "[a, b]", "|", ">", "---", "...", ",", "\t", "\n", "\n\n", " ", "  ", "\u00fc", "\u2028", "\u0085",
          "\ufeff", "\U0001f600", "\u200b", "\u202e", "a", "orders", "<script>", "]]>", "%s", "\\n", "\\x41", "END_OF_BACKUP", "EOF"]


# Names are letters, digits, - and _; what a reader of YAML 1.1 takes for something else among them.
NAMES = ["on", "off", "yes", "no", "y", "n", "Y", "NO", "null", "Null", "true", "False", "e1", "x1e3", "a_1", "A-b", "n" * 10_000]


def text(draw, most=12):
    """A text that is no more than blanks, since the language takes no empty command."""
    if draw.random() < 0.02:
        return "x" * 10_000 + draw.choice(PIECES) + "y"
    made = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, most)))
    return made if made.strip() else made + "a"


def quoted(value):
    """`value` in the double quotes of the language."""
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        value = value.replace(plain, written)
    return f'"{value}"'


def plan(draw):
    """A plan, and its texts: commands, images, expressions of PromQL, notes."""
    said = {"own": [text(draw, 30) for _ in range(3)], "image": [text(draw) for _ in range(3)],
            "note": [text(draw) for _ in range(3)], "title": [text(draw) for _ in range(3)], "name": draw.sample(NAMES, 2)}
    service, data = said["name"]
    lines = [f"plan p {quoted(text(draw))} {{ timezone \"UTC\" }}", f"site main {{ cluster {quoted(text(draw))} }}",
             f"service {service} {{ workload statefulset/{quoted(text(draw))} in shop; engine postgres 15; at main active }}",
             f"data {data} {{ in {service}; files {quoted('/' + text(draw))}; size 1GB; restores at 1MB/s }}",
             f"store v {{ s3 {quoted(text(draw))}; rate 1MB/s }}", f"store f {{ volume {quoted('/' + text(draw))}; at main }}"]
    for i, (own, image) in enumerate(zip(said["own"], said["image"])):
        lines.append(f"backup b{i} of {data} {{ every day; takes 1m; upload 1m; to v, f; image {quoted(image)}; using {quoted(own)} }}")
    for i in range(2):
        lines.append(f"backup c{i} of {data} {{ with pg_dump; every day; takes 1m; upload 1m; to v; encrypt gpg key {quoted(text(draw))}; "
                     f"verify {{ every week; check sql {quoted(text(draw))} }} }}")
    for i, (title, note) in enumerate(zip(said["title"], said["note"])):
        lines.append(f"detector d{i} {quoted(title)} {{ note {quoted(note)}; watches {service}; every 1m; check http {quoted(text(draw))} }}")
    return "\n".join(lines) + "\n", said


def template(value):
    """What Prometheus makes of an annotation without variables."""
    return value.replace('{{ "{{" }}', "{{")


def read(path):
    """The documents of a file by both readers. They differ in nothing, types and order of keys included."""
    content = path.read_text(encoding="utf-8")
    old = list(yaml.safe_load_all(content))
    new = list(ruamel.yaml.YAML(typ="safe", pure=True).load_all(content))
    if json.dumps(old) != json.dumps(new):
        raise AssertionError(f"{path.name}: a reader of YAML 1.1 gets {old}, one of 1.2 gets {new}")
    return old


def faults(folder, said):
    objects, rules = [], []
    for path in sorted(folder.rglob("*.yaml")):
        documents = read(path)
        objects += documents
        if path.name == "rules.yaml":
            rules = [rule for group in documents[0]["groups"] for rule in group["rules"]]
    scripts = [one["data"] for one in objects if one.get("kind") == "ConfigMap"]
    owns = sorted(script["own.sh"] for script in scripts if "own.sh" in script)
    if owns != sorted(said["own"]):
        yield f"commands: {owns} instead of {sorted(said['own'])}"
    images = sorted(one["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["image"] for one in objects
                    if one.get("kind") == "CronJob" and one["metadata"]["name"].startswith("backup-b"))
    if images != sorted(said["image"]):
        yield f"images: {images} instead of {sorted(said['image'])}"
    notes = [template(rule["annotations"]["description"]) for rule in rules if "detector" in rule["labels"]]
    named = sorted(one["spec"]["jobTemplate"]["spec"]["template"]["spec"]["initContainers"][0]["command"][-1] for one in objects
                   if one.get("kind") == "CronJob" and one["metadata"]["name"].startswith("backup-c"))
    if named != [said["name"][1]] * 2:
        yield f"names: {named} instead of {said['name'][1]}"
    summaries = [template(rule["annotations"]["summary"]) for rule in rules if "detector" in rule["labels"]]
    for title in said["title"]:
        if f"{title}: {said['name'][0]}" not in summaries:
            yield f"a title is in no alert: {title!r}"
    for note in said["note"]:
        if not any(one.startswith(note + "\nFound after") for one in notes):
            yield f"a note is in no alert: {note!r}"


def one_plan(seed, work):
    draw = random.Random(seed)
    source, said = plan(draw)
    (work / "plan.drp").write_text(source, encoding="utf-8", newline="")
    folder = work / "out"
    command = [os.environ["MUSTER"], "compile", work / "plan.drp", "-o", folder, "--allow-errors", "--quiet", "--force", "--as-of", "2026-11-20"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"compile ended with {done.returncode}: {done.stdout}{done.stderr}"[:800]]
    try:
        return list(faults(folder, said))
    except (AssertionError, yaml.YAMLError, ruamel.yaml.error.YAMLError) as error:
        return [str(error)[:800]]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--plans", type=int, default=150)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    failed = 0
    for number in range(options.plans):
        with tempfile.TemporaryDirectory() as work:
            found = one_plan(options.seed * 1_000_000 + number, pathlib.Path(work))
        failed += bool(found)
        for fault in found[:3]:
            print(f"seed {options.seed}, plan {number}: {fault}")
    print(f"{options.plans - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
