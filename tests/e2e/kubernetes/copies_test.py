"""What the cluster keeps itself, and its Secrets: the jobs' scripts run for real against the API, each as its own account. Velero, CloudNativePG and
the storage are played: a thread says of what is asked for that it is done."""
import json
import os
import pathlib
import re
import subprocess
import threading
import time

import yaml

HERE = pathlib.Path(__file__).resolve().parent
RUNNER = HERE.parents[2] / "backends/runbook/runner"
PLAN = """
plan kept { timezone "UTC" }
site main { cluster "main" }
service db { workload statefulset/db in kept; engine postgres 15; at main active }
data rows { in db; size 1GB; restores at 10MB/s }
data keys { in db; size 1MB; restores at 10MB/s }
store shelf { volume "/shelf"; at main; rate 100MB/s }
backup whole of rows { with velero; every day; takes 1m; upload 1m; to shelf; keep 7d }
backup operated of rows { with cnpg; every day; takes 1m; upload 1m; to shelf; keep 7d }
snapshot frozen of rows { every day; takes 1m; to shelf; keep 7d }
backup sealed of keys { with kubectl-secrets; every day; takes 1m; upload 1m; to shelf; encrypt age key "k"
  verify { every week; check run "grep -q 'name: login'" } }
"""
SECRET = "aGVyZSBiZSBkcmFnb25z"
DONE = {"backups.velero.io": {"phase": "Completed"}, "restores.velero.io": {"phase": "Completed"}, "backups.postgresql.cnpg.io": {"phase": "completed"},
        "volumesnapshots.snapshot.storage.k8s.io": {"readyToUse": True}}


class Operators:
    """Say of everything that is asked for that it is done, or, while `failing` is set, what that says."""

    def __init__(self, cluster):
        self.cluster, self.stopped, self.failing = cluster, False, None
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.stopped:
            for kind, status in DONE.items():
                found = self.cluster.kubectl("get", kind, "--all-namespaces", "--output=json").stdout
                for one in json.loads(found or '{"items": []}')["items"]:
                    if "status" in one:
                        continue
                    about = one["metadata"]
                    self.cluster.kubectl("patch", kind, about["name"], "-n", about["namespace"], "--type=merge", "-p", json.dumps({"status": self.failing or status}))
            time.sleep(0.3)

    def stop(self):
        self.stopped = True
        self.thread.join()


class Copies:
    def __init__(self, cluster, work, check):
        self.cluster, self.check = cluster, check
        self.work = work / "copies"
        for name in ("bin", "tmp", "shelf"):
            (self.work / name).mkdir(parents=True)
        self.identity = self.work / "identity"
        made = subprocess.run(["age-keygen", "-o", self.identity], capture_output=True, text=True, check=True)
        self.recipient = made.stderr.split()[-1]
        (self.work / "plan.drp").write_text(PLAN)
        subprocess.run([os.environ["MUSTER"], "compile", self.work / "plan.drp", "-o", self.work / "out", "--allow-errors", "--quiet", "--as-of", "2026-11-20"], check=True)

    def prepare(self):
        self.cluster.kubectl("create", "namespace", "kept")
        self.cluster.kubectl("create", "namespace", "velero")
        done = self.cluster.kubectl("apply", "--kustomize", str(self.work / "out/kubernetes/main"), "--validate=strict")
        self.check("copies: the cluster takes the jobs", done.returncode == 0, done.stderr)
        claim = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data-rows", "namespace": "kept"},
                 "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "", "volumeName": "kept.rows", "resources": {"requests": {"storage": "1Gi"}}}}
        volume = {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "kept.rows"},
                  "spec": {"accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "hostPath": {"path": "/nowhere"},
                           "persistentVolumeReclaimPolicy": "Delete"}}
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "login", "namespace": "kept"}, "data": {"password": SECRET}}
        self.cluster.apply_text(yaml.safe_dump_all([volume, claim, secret]))
        self.scripts = {}
        for path in (self.work / "out/kubernetes/main").glob("*.yaml"):
            for one in yaml.safe_load_all(path.read_text(encoding="utf-8")):
                if one["kind"] == "ConfigMap":
                    self.scripts[one["metadata"]["name"]] = one["data"]["run.sh"]

    def kubectl_as(self, account):
        """A kubectl that is nobody but the account of a job."""
        impersonated = f"--as=system:serviceaccount:kept:{account}" if account else ""
        tool = self.work / "bin/kubectl"
        tool.write_text(f'#!/bin/sh\nexec {os.environ["MUSTER_E2E_TOOLS"]}/kubectl --kubeconfig={self.cluster.config} {impersonated} "$@"\n')
        tool.chmod(0o755)

    def environment(self):
        return {"PATH": f"{self.work}/bin:/usr/bin:/bin", "HOME": str(self.work / "tmp"), "MUSTER_POLL_SECONDS": "0.2", "MUSTER_AGE_RECIPIENT": self.recipient,
                "MUSTER_AGE_IDENTITY": str(self.identity)}

    def run(self, job, *words):
        self.kubectl_as(job)
        text = re.sub(r"/tmp\b", str(self.work / "tmp"), self.scripts[job]).replace("'/shelf'", f"'{self.work}/shelf'")
        done = subprocess.run(["bash", "-c", text, job, *words], env=self.environment(), capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stdout + done.stderr

    def runner(self, command):
        """A command of a runbook, whose operator is nobody's account."""
        self.kubectl_as("")
        parts = "\n".join((RUNNER / f"{name}.sh").read_text() for name in ("restore", "kubernetes", "cluster"))
        text = f"set -euo pipefail\n{parts}\nMUSTER_KEPT={self.work}/kept\nmake_folder\n{command}\n"
        done = subprocess.run(["bash", "-c", text], env=self.environment(), capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stdout + done.stderr

    def asked_for(self):
        for job, what in [("backup-whole-rows", "Velero"), ("backup-operated-rows", "CloudNativePG"), ("backup-frozen-rows", "a snapshot")]:
            code, said = self.run(job)
            self.check(f"copies: {what} is asked for, and waited for", code == 0, said)

    def failed(self, operators):
        for job, status in [("backup-whole-rows", {"phase": "PartiallyFailed"}), ("backup-operated-rows", {"phase": "failed", "error": "no room"})]:
            operators.failing = status
            time.sleep(1)
            code, said = self.run(job)
            self.check(f"copies: {job} fails where its operator does", code != 0 and "FAILED" in said and status["phase"] in said + "failed", said)
        operators.failing = None

    def secrets(self):
        code, said = self.run("backup-sealed-keys", "make", "keys")
        self.check("copies: Secrets are read and encrypted", code == 0, said)
        self.check("copies: nothing of a Secret is on the disk in clear text", not self.clear_text(), self.clear_text())
        code, said = self.run("backup-sealed-keys", "store", "shelf")
        self.check("copies: and stored", code == 0 and list((self.work / "shelf/sealed/keys").glob("*.age")), said)
        code, said = self.run("verify-sealed-keys", "fetch", "shelf")
        code, said = self.run("verify-sealed-keys", "restore", "keys")
        self.check("copies: they are opened again, and looked at by the plan's command", code == 0 and "Secrets can be read back" in said, said)
        self.check("copies: and still nothing is on the disk in clear text", not self.clear_text(), self.clear_text())
        stored = next((self.work / "shelf/sealed/keys").glob("*.age"))
        opened = subprocess.run(f"age --decrypt --identity {self.identity} {stored} | gzip -dc", shell=True, capture_output=True, text=True, check=True).stdout
        found = {one["metadata"]["name"]: one["data"] for one in yaml.safe_load(opened)["items"]}
        self.check("copies: what is stored is the Secret", found.get("login") == {"password": SECRET}, found)

    def clear_text(self):
        return [str(path) for name in ("tmp", "shelf") for path in (self.work / name).rglob("*")
                if path.is_file() and (SECRET.encode() in path.read_bytes() or b"login" in path.read_bytes())]

    def restores(self):
        code, said = self.runner("restore_from_velero whole-rows kubectl --namespace=velero")
        self.check("copies: a Restore is asked of Velero, and waited for", code == 0, said)
        made = json.loads(self.cluster.kubectl("get", "restores.velero.io", "-n", "velero", "--output=json").stdout)["items"]
        self.check("copies: of the newest backup", len(made) == 1 and made[0]["spec"]["backupName"].startswith("whole-rows-"), made)
        code, said = self.runner("restore_from_velero other kubectl --namespace=velero")
        self.check("copies: where there is no backup it says so", code != 0 and "No backup is there" in said, said)
        self.claim()

    def claim(self):
        command = "restore_from_snapshot data-rows frozen-rows kubectl --namespace=kept"
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "user", "namespace": "kept"},
               "spec": {"containers": [{"name": "c", "image": "c"}], "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data-rows"}}]}}
        self.cluster.apply_text(yaml.safe_dump(pod))
        code, said = self.runner(command)
        self.check("copies: a claim that is used is not replaced", code != 0 and "is used by user" in said, said)
        self.cluster.kubectl("delete", "pod", "user", "-n", "kept", "--wait=true")
        code, said = self.runner(command)
        self.check("copies: a claim is made anew from a snapshot", code == 0 and "is kept in the volume kept.rows" in said, said)
        source = self.cluster.kubectl("get", "pvc", "data-rows", "-n", "kept", "--output=jsonpath={.spec.dataSource.name}").stdout
        self.check("copies: from the newest", source.startswith("frozen-rows-data-rows-"), source)
        policy = self.cluster.kubectl("get", "pv", "kept.rows", "--output=jsonpath={.spec.persistentVolumeReclaimPolicy}").stdout
        self.check("copies: what was there stays", policy == "Retain", policy)


def check_copies(cluster, work, check):
    copies = Copies(cluster, work, check)
    copies.prepare()
    operators = Operators(cluster)
    try:
        copies.asked_for()
        copies.secrets()
        copies.restores()
        copies.failed(operators)
    finally:
        operators.stop()
