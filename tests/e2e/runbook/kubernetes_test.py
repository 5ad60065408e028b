"""Runs a runbook of scaling, restarting, applying, rolling back, cutting off and capturing against a real control plane, then takes it back.

Started by kubernetes_test.sh. One control plane plays both clusters of the plan: its contexts `main` and `dr` are two names for it."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

from control_plane import ControlPlane

PLAN = """plan p "P" { version "1" }
site main { cluster "main" }
site dr { cluster "dr"; standby hot }
service web { workload deployment/web in shop; at main active, dr standby; starts in 1s }
service db { workload statefulset/db in shop; at main active, dr standby; starts in 1s }
service api { workload deployment/api in shop; at main active, dr standby; starts in 1s }
store kept { volume "STORE"; rate 10MB/s }
procedure go {
  recovers web, db, api
  step look { on dr; automatic; takes 1m; capture forensics of web, db to kept }
  step cut { on dr; automatic; takes 1m; fence db }
  step more { on dr; automatic; takes 1m; scale web to 4 }
  step config { on dr; automatic; takes 1m; apply "config.yaml" }
  step again { on dr; automatic; takes 1m; restart api; completes web, api }
  step back { on dr; automatic; takes 1m; roll back api }
  step up { on dr; automatic; takes 1m; scale db to 2; undo scale db to 0 }
}
scenario lost { fails site main; detected after 1m; follow go }
"""
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: site, namespace: shop}\ndata: {site: dr}\n"
passed, failed = 0, 0


def check(what, expected, seen):
    global passed, failed
    holds = expected == seen
    passed, failed = passed + holds, failed + (not holds)
    if not holds:
        print(f"FAILED {what}: expected {expected!r}, got {seen!r}", flush=True)


def workload(kind, name, replicas, image):
    labels = {"app": name}
    spec = {"replicas": replicas, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": image}]}}}
    if kind == "StatefulSet":
        spec["serviceName"] = name
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "namespace": "shop"}, "spec": spec}


class Test:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.plane = ControlPlane(folder)
        self.kept = pathlib.Path(f"/srv/muster-test-{os.getpid()}")  # where a job could mount a volume

    def get(self, what, path):
        return self.plane.kubectl("--namespace=shop", "get", what, f"--output=jsonpath={{{path}}}").stdout

    def prepare(self):
        self.plane.start()
        config = self.plane.config.read_text()
        contexts = ", ".join(f"{{name: {name}, context: {{cluster: played, user: played}}}}" for name in ("main", "dr"))
        self.plane.config.write_text(config.replace("contexts: [", f"contexts: [{contexts}, "))
        self.plane.kubectl("create", "namespace", "shop")
        for kind, name, replicas in (("Deployment", "web", 1), ("StatefulSet", "db", 3), ("Deployment", "api", 2)):
            self.plane.apply_text(json.dumps(workload(kind, name, replicas, "one")))
        revision = ".metadata.annotations.deployment\\.kubernetes\\.io/revision"
        self.plane.wait_for("the first revision", lambda: self.get("deployment/api", revision) == "1")
        self.plane.apply_text(json.dumps(workload("Deployment", "api", 2, "two")))
        self.plane.wait_for("the second revision", lambda: self.get("deployment/api", revision) == "2")
        (self.folder / "plan.drp").write_text(PLAN.replace("STORE", str(self.kept)))
        (self.folder / "config.yaml").write_text(CONFIG)
        subprocess.run([os.environ["MUSTER"], "compile", "plan.drp", "-o", "out", "--allow-errors", "--as-of", "2026-11-20", "--quiet"],
                       cwd=self.folder, check=True)

    def run(self, *options):
        environment = {**os.environ, "KUBECONFIG": str(self.plane.config), "MUSTER_POLL_SECONDS": "1",
                       "PATH": os.environ["MUSTER_E2E_TOOLS"] + ":" + os.environ["PATH"]}
        done = subprocess.run(["timeout", "300", "bash", "out/runbooks/lost.sh", "--yes", "--no-input", "--confirm", "all", *options], cwd=self.folder,
                              env=environment, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout[-4000:], done.stderr[-4000:], sep="\n")
        return done.returncode

    def look_at_forensics(self):
        archives = list((self.kept / "forensics/lost").glob("*.tar.gz"))
        check("the evidence is kept", 1, len(archives))
        with tarfile.open(archives[0]) as archive:
            names = archive.getnames()
            objects = archive.extractfile("./db/objects.yaml").read().decode()
        check("of both services", True, "./web/objects.yaml" in names and "./db/events.txt" in names)
        check("as it was before anything was changed", True, "replicas: 3" in objects)

    def go(self):
        self.prepare()
        image = self.get("deployment/api", ".spec.template.spec.containers[0].image")
        check("before", "two", image)
        check("the runbook ends well", 0, self.run())
        self.look_at_forensics()
        check("scaled", "4", self.get("deployment/web", ".spec.replicas"))
        check("cut off, then started", "2", self.get("statefulset/db", ".spec.replicas"))
        check("applied", "dr", self.get("configmap/site", ".data.site"))
        check("restarted", True, self.get("deployment/api", ".metadata.annotations.deployment\\.kubernetes\\.io/revision") != "2")
        check("undone", 0, self.run("--undo"))
        check("as many as before", "1", self.get("deployment/web", ".spec.replicas"))
        check("what was cut off is there again", "3", self.get("statefulset/db", ".spec.replicas"))
        self.plane.kubectl("--namespace=shop", "delete", "deployment", "web")
        subprocess.run(["rm", "-rf", "out/runbooks/state"], cwd=self.folder, check=True)
        check("a workload that is not there is found before its step does anything", 1, self.run("--only", "go.more"))


with tempfile.TemporaryDirectory() as name:
    test = Test(name)
    try:
        test.go()
    finally:
        test.plane.stop()
        shutil.rmtree(test.kept, ignore_errors=True)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
