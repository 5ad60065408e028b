#!/usr/bin/env python3
"""Applies every object of every plan to a real control plane, and looks at what becomes of it.

    MUSTER=build/dev/cli/muster cluster_test.py [PLAN_FOLDER...]

Started by cluster.sh, which builds the tools. Of every site of every plan: strict field validation into namespaces that enforce Pod
Security "restricted", with no warning; a second apply changes nothing; each account can do what the table below says, and nothing
more; every job runs to completion on a node that kwok plays; and of the last plans the CronJobs fire by themselves.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import yaml

from control_plane import ControlPlane
from copies_test import check_copies

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
AS_OF = "2026-11-20"

# What an account may do, by the part of the script that calls the API; written by hand from the scripts, not taken from the roles.
READS = {(group, kind, verb) for verb in ("get", "list") for group, kinds in {
    "": ["configmaps", "persistentvolumeclaims", "pods", "pods/log", "replicationcontrollers", "serviceaccounts", "services"],
    "apps": ["daemonsets", "deployments", "replicasets", "statefulsets"], "autoscaling": ["horizontalpodautoscalers"],
    "batch": ["cronjobs", "jobs"], "networking.k8s.io": ["ingresses", "networkpolicies"],
    "policy": ["poddisruptionbudgets"]}.items() for kind in kinds}
DRILLS = {("", "namespaces", "get"), ("", "pods/exec", "create")} | {("", "pods", verb) for verb in
                                                                    ("get", "list", "watch", "create", "delete")}
LOGS = {("", "pods", "get"), ("", "pods", "list"), ("", "pods/log", "get")}
EXECS = {("", "pods", "get"), ("", "pods", "list"), ("", "pods/exec", "create")}
ASKS = {("velero.io", "backups", verb) for verb in ("create", "get")}
CLUSTERS = {("postgresql.cnpg.io", "backups", verb) for verb in ("create", "get")}
SNAPSHOTS = {("snapshot.storage.k8s.io", "volumesnapshots", verb) for verb in ("create", "get", "list", "delete")}
# What no account may do anywhere, unless the table above says it of its job.
NEVER = {("", "secrets", "get"), ("", "secrets", "list"), ("rbac.authorization.k8s.io", "rolebindings", "create"), ("batch", "cronjobs", "patch"),
         ("", "persistentvolumeclaims", "delete")}

passed, failed = 0, 0


def check(what, holds, seen=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print(f"FAILED {what}: {str(seen).strip()[:2000]}", flush=True)


class Site:
    """The folder of one site of one compiled plan."""

    def __init__(self, folder):
        self.folder = folder
        built = subprocess.run([os.environ["MUSTER_E2E_TOOLS"] + "/kubectl", "kustomize", folder], capture_output=True, text=True, check=False)
        check(f"{folder}: kustomize reads it", built.returncode == 0, built.stderr)
        self.documents = [one for one in yaml.safe_load_all(built.stdout) if one]

    def of(self, kind):
        return [one for one in self.documents if one["kind"] == kind]

    @property
    def namespaces(self):
        # Velero's own namespace among them.
        return sorted({one["metadata"]["namespace"] for one in self.documents if "namespace" in one["metadata"]})


def compiled(plan, work):
    out = work / "-".join(plan.relative_to(ROOT / "plans").parts)
    done = subprocess.run([os.environ["MUSTER"], "compile", plan, "-o", out, "--allow-errors", "--as-of", AS_OF, "--quiet"],
                          capture_output=True, text=True, check=False)
    check(f"{plan}: compiles", done.returncode == 0, done.stdout + done.stderr)
    return [Site(folder) for folder in sorted((out / "kubernetes").glob("*")) if "." not in folder.name]


def make_surroundings(cluster, site):
    """The namespaces, and what the comment of the kustomization says has to be there."""
    own = {one["metadata"]["name"] for one in site.of("Namespace")}
    level = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn", "audit")}
    documents = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": level}}
                 for name in site.namespaces if name not in own]
    made = {(one["metadata"]["namespace"], one["metadata"]["name"]) for one in site.of("PersistentVolumeClaim")}
    needed = {(job["metadata"]["namespace"], volume["persistentVolumeClaim"]["claimName"]) for job in site.of("CronJob")
              for volume in job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["volumes"] if "persistentVolumeClaim" in volume}
    for namespace, name in sorted(needed | made):
        space = {"accessModes": ["ReadWriteOnce"], "capacity": {"storage": "9Ei"}}
        documents.append({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": f"{namespace}.{name}"},
                          "spec": {**space, "hostPath": {"path": "/nowhere"}, "persistentVolumeReclaimPolicy": "Retain",
                                   "claimRef": {"namespace": namespace, "name": name}}})
        if (namespace, name) not in made:
            documents.append({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": name, "namespace": namespace},
                              "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}})
    cluster.apply_text(yaml.safe_dump_all(documents))


def apply(cluster, site):
    done = cluster.kubectl("apply", "--kustomize", str(site.folder), "--validate=strict")
    check(f"{site.folder}: the cluster takes it", done.returncode == 0, done.stderr)
    check(f"{site.folder}: without a warning", "Warning" not in done.stderr, done.stderr)
    again = cluster.kubectl("apply", "--kustomize", str(site.folder), "--validate=strict")
    changed = [line for line in again.stdout.splitlines() if not line.endswith(" unchanged")]
    check(f"{site.folder}: a second apply changes nothing", again.returncode == 0 and not changed, again.stderr + "\n".join(changed))
    difference = cluster.kubectl("diff", "--kustomize", str(site.folder))
    check(f"{site.folder}: the cluster holds what was written", difference.returncode == 0, difference.stdout)


def expected_rights(site, job):
    script = next(one for one in site.of("ConfigMap") if one["metadata"]["name"] == job["metadata"]["name"])["data"]
    if job["metadata"]["labels"]["app.kubernetes.io/component"] == "drill":
        return DRILLS if "start_pod()" in script["run.sh"] else set()
    text = script.get("own.sh", script["run.sh"])
    if "backups.velero.io" in text:
        return ASKS
    if "backups.postgresql.cnpg.io" in text:
        return CLUSTERS
    if "kubectl get secrets" in text:
        return {("", "secrets", "list")}
    if "volumesnapshots" in text:
        return SNAPSHOTS
    return set().union(*(found for words, found in (("kubectl get", READS), ("kubectl logs", LOGS), ("kubectl exec", EXECS)) if words in text))


def rights(cluster, account, namespace):
    """What the API server says that the account may do in a namespace."""
    found = set()
    for rule in cluster.review("SelfSubjectRulesReview", {"namespace": namespace}, account)["resourceRules"]:
        for group in rule.get("apiGroups", []):
            found |= {(group, kind, verb) for kind in rule["resources"] for verb in rule["verbs"]}
    return found


def may(cluster, account, namespace, group, kind, verb):
    """What `kubectl auth can-i` asks."""
    kind, _, part = kind.partition("/")
    wanted = {"namespace": namespace, "verb": verb, "group": group, "resource": kind, "subresource": part}
    return cluster.review("SelfSubjectAccessReview", {"resourceAttributes": wanted}, account)["allowed"]


def check_rights(cluster, site):
    everybody = rights(cluster, "system:serviceaccount:default:anybody", "default")
    for job in site.of("CronJob"):
        about = job["metadata"]
        account = f"system:serviceaccount:{about['namespace']}:{job['spec']['jobTemplate']['spec']['template']['spec']['serviceAccountName']}"
        role = next((one for one in site.of("Role") if one["metadata"]["name"] == about["name"]), None)
        namespace = role["metadata"]["namespace"] if role else about["namespace"]
        expected, found = expected_rights(site, job), rights(cluster, account, namespace) - everybody
        check(f"{about['name']}: can do what its script does, and nothing more", found == expected, found ^ expected)
        for other in {about["namespace"], "default", "kube-system"} - {namespace}:
            check(f"{about['name']}: can do nothing in {other}", rights(cluster, account, other) <= everybody, other)
        for group, kind, verb in NEVER - expected:
            check(f"{about['name']}: cannot {verb} {kind}", not may(cluster, account, namespace, group, kind, verb))
        # Of namespaces a drill may ask for its own alone.
        for group, kind, verb in sorted(one for one in expected if one[1] != "namespaces"):
            check(f"{about['name']}: can {verb} {kind}", may(cluster, account, namespace, group, kind, verb))
        mounted = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["automountServiceAccountToken"]
        check(f"{about['name']}: has a token only where it uses the API", mounted == bool(expected), mounted)


def check_pods_of_drills(cluster, site):
    """The pod that a drill makes, made as its account, in a namespace that enforces "restricted"; without being kept."""
    for job in site.of("CronJob"):
        name = job["metadata"]["name"]
        script = next(one for one in site.of("ConfigMap") if one["metadata"]["name"] == name)["data"]["run.sh"]
        role = next((one for one in site.of("Role") if one["metadata"]["name"] == name), None)
        pods = [text for _, text in re.findall(r"<<'?(\w+)'?\n(.*?)\n\1\n", script, re.DOTALL) if "\nkind: Pod\n" in text]
        check(f"{name}: has the rights to make its pods", role or not pods)
        for pod in pods:
            account = f"system:serviceaccount:{job['metadata']['namespace']}:{name}"
            done = cluster.kubectl("create", "--filename=-", "--dry-run=server", f"--as={account}", "-n", role["metadata"]["namespace"], text=pod)
            check(f"{name}: its account can make its pod", done.returncode == 0 and "Warning" not in done.stderr, done.stderr)


def run_jobs(cluster, site):
    """One run of each job, started as by hand: suspended ones too."""
    for job in site.of("CronJob"):
        about = job["metadata"]
        done = cluster.kubectl("create", "job", "by-hand-" + about["name"][:50], f"--from=cronjob/{about['name']}", "-n", about["namespace"])
        check(f"{about['name']}: can be started by hand", done.returncode == 0, done.stderr)
    for namespace in {job["metadata"]["namespace"] for job in site.of("CronJob")}:
        done = cluster.kubectl("wait", "--for=condition=complete", "job", "--all", "-n", namespace, "--timeout=120s")
        detail = "" if done.returncode == 0 else cluster.kubectl("get", "events,pods", "-n", namespace).stdout
        check(f"{site.folder}: its jobs run to completion", done.returncode == 0, done.stderr + detail)


def apart(sites):
    """Sites that have no job in common, and so can share a cluster: one that stands by, and as many others as go with it."""
    stands_by = [site for site in sites if any(job["spec"].get("suspend") for job in site.of("CronJob"))][:1]
    chosen, taken = [], set()
    for site in stands_by + [site for site in sites if site not in stands_by]:
        names = {(job["metadata"]["namespace"], job["metadata"]["name"]) for job in site.of("CronJob")}
        if not names & taken:
            chosen.append(site)
            taken |= names
    return chosen


def start_failing(cluster, site):
    """A run of a backup whose containers fail, as the scripts do when something is wrong; its namespace and name."""
    of = next(job["metadata"] for job in site.of("CronJob") if job["metadata"]["labels"]["app.kubernetes.io/component"] == "backup")
    made = cluster.kubectl("create", "job", "that-fails", f"--from=cronjob/{of['name']}", "-n", of["namespace"], "--dry-run=client", "--output=json")
    job = json.loads(made.stdout)
    job["spec"]["template"]["metadata"]["labels"]["of-test"] = "fails"
    cluster.apply_text(json.dumps(job))
    return of["namespace"]


def check_failing(cluster, namespace):
    """It is tried again as often as the CronJob says, each time in a pod of its own, and then the Job has failed: alerts read that."""
    done = cluster.kubectl("wait", "--for=condition=failed", "job/that-fails", "-n", namespace, "--timeout=120s")
    check("a backup whose script fails is a Job that failed", done.returncode == 0, done.stdout + done.stderr)
    pods = cluster.kubectl("get", "pods", "-n", namespace, "--selector=batch.kubernetes.io/job-name=that-fails", "--output=name").stdout.split()
    check("after three tries, the pods and so the logs of which are kept", len(pods) == 3, pods)


def due_now(cluster, sites):
    jobs = [(job["metadata"]["namespace"], job["metadata"]["name"]) for site in sites for job in site.of("CronJob")]
    for namespace, name in jobs:
        change = json.dumps({"spec": {"schedule": "* * * * *"}})
        done = cluster.kubectl("patch", "cronjob", name, "-n", namespace, "--type=merge", "-p", change)
        check(f"{name}: takes another schedule", done.returncode == 0, done.stderr)
    return jobs


def check_firing(cluster, sites):
    """Whether the controller starts each CronJob, once it is due every minute, and a suspended one not."""
    jobs = due_now(cluster, sites)
    suspended = {(job["metadata"]["namespace"], job["metadata"]["name"]) for site in sites for job in site.of("CronJob")
                 if job["spec"].get("suspend")}
    check("some jobs are to fire, and some are suspended", 0 < len(suspended) < len(jobs), (len(suspended), len(jobs)))
    ended = {}
    stop = time.monotonic() + 150
    while time.monotonic() < stop and not all(ended.get(one) for one in jobs if one not in suspended):
        time.sleep(3)
        found = json.loads(cluster.kubectl("get", "cronjobs", "--all-namespaces", "--output=json").stdout)["items"]
        ended = {(one["metadata"]["namespace"], one["metadata"]["name"]): one.get("status", {}).get("lastSuccessfulTime") for one in found}
    for one in jobs:
        if one in suspended:
            check(f"{one[1]}: is suspended, and does not fire", not ended.get(one), ended.get(one))
        else:
            check(f"{one[1]}: fires and succeeds", ended.get(one), "no run succeeded within 150 s")


def switched(site, name):
    """What has to be suspended: in `.active` nothing, in `.suspended` what stands by at another site."""
    elsewhere = {path.stem for path in site.folder.parent.glob("*/*.yaml") if path.parent != site.folder and "\n  suspend: true\n" in
                 path.read_text(encoding="utf-8")}
    return {job["metadata"]["name"] for job in site.of("CronJob")} & elsewhere if name == "suspended" else set()


def check_switches(cluster, site):
    """The folders beside a site, for when one has taken over from another: they change nothing but what they are for."""
    for name in ("active", "suspended"):
        folder = site.folder.with_name(f"{site.folder.name}.{name}")
        if not folder.exists():
            continue
        done = cluster.kubectl("apply", "--kustomize", str(folder), "--validate=strict")
        check(f"{folder}: the cluster takes it", done.returncode == 0 and "Warning" not in done.stderr, done.stderr)
        changed = {line.split()[0] for line in done.stdout.splitlines() if not line.endswith(" unchanged")}
        check(f"{folder}: it changes CronJobs only", changed and all(one.startswith("cronjob") for one in changed), done.stdout)
        found = json.loads(cluster.kubectl("get", "cronjobs", "--all-namespaces", "--output=json").stdout)["items"]
        suspended = {one["metadata"]["name"] for one in found if one["spec"].get("suspend")}
        check(f"{folder}: what is suspended is what has to be", suspended == switched(site, name), suspended)
    cluster.kubectl("apply", "--kustomize", str(site.folder))


def remove(cluster, site):
    namespaces = site.namespaces + [one["metadata"]["name"] for one in site.of("Namespace")]
    cluster.kubectl("delete", "namespace", *namespaces, "--wait=true", "--timeout=120s", "--ignore-not-found")
    cluster.kubectl("delete", "persistentvolume", "--all", "--wait=false")


def run(plans, work):
    cluster = ControlPlane(work)
    sites = [site for plan in plans for site in compiled(plan, work)]
    try:
        cluster.start()
        cluster.apply_text((HERE / "crds.yaml").read_text(encoding="utf-8"))
        for site in sites:
            make_surroundings(cluster, site)
            apply(cluster, site)
            check_rights(cluster, site)
            check_pods_of_drills(cluster, site)
            check_switches(cluster, site)
            run_jobs(cluster, site)
            remove(cluster, site)
        last = apart([site for site in sites if "repaired" in str(site.folder)] or sites[-1:])
        for site in last:
            make_surroundings(cluster, site)
            done = cluster.kubectl("apply", "--kustomize", str(site.folder), "--validate=strict")
            check(f"{site.folder}: is taken beside others", done.returncode == 0, done.stderr)
        failing = start_failing(cluster, last[-1])
        check_firing(cluster, last)
        check_failing(cluster, failing)
        check_copies(cluster, work, check)
    finally:
        cluster.stop()


def main(arguments):
    plans = [pathlib.Path(one).resolve() for one in arguments]
    if not plans:
        folders = [ROOT / "plans" / name for name in sorted(os.listdir(ROOT / "plans"))]
        plans = [folder for top in folders for folder in (top, top / "repaired") if any(folder.glob("*.drp"))]
    with tempfile.TemporaryDirectory() as work:
        run(plans, pathlib.Path(work))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
