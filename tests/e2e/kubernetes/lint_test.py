#!/usr/bin/env python3
"""kubeconform and kube-score over the objects of every plan. Started by lint.sh, which builds both.

kubeconform reads them strictly, with schemas cut from the API's own definitions where $MUSTER_KUBERNETES_SWAGGER names those. What
kube-score finds has to be a row of docs/kubernetes.md, with the reason; a row that nothing needs any more is found too.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import schemas

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOOLS = pathlib.Path(os.environ["MUSTER_E2E_TOOLS"])
OTHERS = "Kustomization,PrometheusRule"
passed, failed = 0, 0


def check(what, holds, seen=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print(f"FAILED {what}: {str(seen).strip()[:3000]}", flush=True)


def compiled(work):
    """Compiles all plans, and returns the files with objects."""
    for plan in sorted({path.parent for path in (ROOT / "plans").rglob("*.drp")}):
        out = work / "-".join(plan.relative_to(ROOT / "plans").parts)
        subprocess.run([os.environ["MUSTER"], "compile", plan, "-o", out, "--allow-errors", "--quiet", "--as-of", "2026-11-20"], check=True)
    return [path for path in sorted(work.glob("*/kubernetes/*/*.yaml")) if path.name != "kustomization.yaml"]


def conform(files, swagger, work):
    folder = work / "schemas"
    folder.mkdir()
    check("there are schemas", schemas.cut(swagger, folder) > 100)
    location = str(folder) + "/{{ .ResourceKind }}{{ .KindSuffix }}.json"
    command = [TOOLS / "kubeconform", "-strict", "-skip", OTHERS, "-schema-location", location, "-output", "json", "-summary"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    summary = json.loads(done.stdout)["summary"] if done.stdout.startswith("{") else {}
    check("kubeconform finds nothing", done.returncode == 0 and summary.get("valid", 0) > len(files), done.stdout + done.stderr)
    broken = files[0].read_text(encoding="utf-8").replace("concurrencyPolicy:", "concurencyPolicy:")
    path = work / "broken.yaml"
    path.write_text(broken, encoding="utf-8")
    done = subprocess.run([*command, path], capture_output=True, text=True, check=False)
    check("kubeconform sees a field that is misspelt", done.returncode != 0 and "concurencyPolicy" in done.stdout, done.stdout)


def explained():
    """The checks of kube-score whose findings docs/kubernetes.md explains: the first cells of its table."""
    text = (ROOT / "docs/kubernetes.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `kube-score ([a-z-]+)` \|", text, re.MULTILINE))


def score(files):
    command = [TOOLS / "kube-score", "score", "--output-format", "json", "--kubernetes-version", "v1.30", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {}
    for scored in json.loads(done.stdout):
        for one in scored.get("checks", []):
            if one["grade"] < 10 and not one["skipped"]:
                comments = "; ".join(comment["summary"] for comment in one.get("comments") or [])
                found.setdefault(one["check"]["id"], f"{scored['object_name']}: {comments}")
    check("kube-score read the objects", len(done.stdout) > 1000, done.stderr)
    for name, first in sorted(found.items()):
        check(f"docs/kubernetes.md explains what kube-score says by {name}", name in explained(), first)
    check("every finding that docs/kubernetes.md explains is still there", explained() <= set(found), explained() - set(found))


def main():
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        files = compiled(work)
        swagger = os.environ.get("MUSTER_KUBERNETES_SWAGGER")
        if swagger:
            conform(files, swagger, work)
        else:
            print("MUSTER_KUBERNETES_SWAGGER names no swagger.json: kubeconform was left out")
        score(files)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
