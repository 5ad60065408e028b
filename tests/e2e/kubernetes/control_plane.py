"""A control plane of Kubernetes on this machine: etcd, API server, controllers, scheduler, and one node that kwok plays.

Nothing of it leaves the loopback interface, and nothing stays when `stop` has run.
"""
import json
import os
import pathlib
import socket
import ssl
import subprocess
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(os.environ["MUSTER_E2E_TOOLS"])
TOKEN = "token-of-this-test"
NODE = {
    "apiVersion": "v1", "kind": "Node",
    "metadata": {"name": "played", "annotations": {"kwok.x-k8s.io/node": "fake", "node.alpha.kubernetes.io/ttl": "0"},
                 "labels": {"kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": "played"}},
}
ROOM = {"cpu": "512", "memory": "2Ti", "ephemeral-storage": "900Ti", "pods": "5000"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class ControlPlane:
    def __init__(self, work):
        self.work = pathlib.Path(work)
        self.processes = []
        self.config = self.work / "kubeconfig"

    def run(self, name, *arguments):
        log = open(self.work / f"{name}.log", "wb")
        self.processes.append((name, subprocess.Popen([TOOLS / name, *arguments], stdout=log, stderr=log, cwd=self.work)))

    def start(self):
        etcd, peer, api = free_port(), free_port(), free_port()
        self.write_keys()
        self.run("etcd", "--data-dir=etcd", "--unsafe-no-fsync", f"--listen-client-urls=http://127.0.0.1:{etcd}",
                 f"--advertise-client-urls=http://127.0.0.1:{etcd}", f"--listen-peer-urls=http://127.0.0.1:{peer}",
                 f"--initial-advertise-peer-urls=http://127.0.0.1:{peer}", f"--initial-cluster=default=http://127.0.0.1:{peer}")
        self.run("kube-apiserver", f"--etcd-servers=http://127.0.0.1:{etcd}", f"--secure-port={api}", "--bind-address=127.0.0.1",
                 "--cert-dir=certificates", "--service-cluster-ip-range=10.0.0.0/24", "--authorization-mode=RBAC",
                 "--token-auth-file=tokens", "--service-account-issuer=https://played.test",
                 "--service-account-signing-key-file=accounts.key", "--service-account-key-file=accounts.pub")
        self.server = f"https://127.0.0.1:{api}"
        self.write_config(self.server)
        self.wait_for("the API server", lambda: self.kubectl("get", "--raw", "/readyz").stdout == "ok")
        config = f"--kubeconfig={self.config}"
        self.run("kube-controller-manager", config, "--service-account-private-key-file=accounts.key", "--leader-elect=false",
                 f"--secure-port={free_port()}", "--bind-address=127.0.0.1", "--concurrent-namespace-syncs=10")
        self.run("kube-scheduler", config, "--leader-elect=false", f"--secure-port={free_port()}", "--bind-address=127.0.0.1")
        self.run("kwok", config, f"--config={HERE}/stages.yaml", "--manage-all-nodes=true", "--node-lease-duration-seconds=40",
                 f"--server-address=127.0.0.1:{free_port()}")
        self.apply_text(json.dumps({**NODE, "status": {"allocatable": ROOM, "capacity": ROOM}}))
        self.kubectl("patch", "node", "played", "--subresource=status", "--type=merge", "-p",
                     json.dumps({"status": {"allocatable": ROOM, "capacity": ROOM}}))
        self.wait_for("the node", lambda: "True" in self.kubectl(
            "get", "node", "played", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}").stdout)

    def write_keys(self):
        subprocess.run("openssl genrsa -out accounts.key 2048 && openssl rsa -in accounts.key -pubout -out accounts.pub", shell=True,
                       cwd=self.work, check=True, capture_output=True)
        (self.work / "tokens").write_text(f'{TOKEN},tester,tester,"system:masters"\n')

    def write_config(self, server):
        named = "name: played"
        self.config.write_text(f"""apiVersion: v1
kind: Config
clusters: [{{{named}, cluster: {{server: "{server}", insecure-skip-tls-verify: true}}}}]
users: [{{{named}, user: {{token: {TOKEN}}}}}]
contexts: [{{{named}, context: {{cluster: played, user: played}}}}]
current-context: played
""")

    def wait_for(self, what, holds, seconds=300):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, process in self.processes:
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended:\n" + "\n".join((self.work / f"{name}.log").read_text().splitlines()[-12:]))
            if holds():
                return
            time.sleep(0.3)
        raise RuntimeError(f"waited {seconds} s for {what}")

    def review(self, kind, spec, account):
        """What the API says of the rights of an account, who asks for itself, as with `kubectl --as`; a process for each would take long."""
        body = {"apiVersion": "authorization.k8s.io/v1", "kind": kind, "spec": spec}
        request = urllib.request.Request(f"{self.server}/apis/authorization.k8s.io/v1/{kind.lower()}s", json.dumps(body).encode(), {
            "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Impersonate-User": account})
        trusting = ssl._create_unverified_context()  # its certificate is of this run, like the server itself
        with urllib.request.urlopen(request, context=trusting, timeout=30) as answer:
            return json.load(answer)["status"]

    def kubectl(self, *arguments, text=None):
        command = [TOOLS / "kubectl", f"--kubeconfig={self.config}", f"--cache-dir={self.work}/cache", *arguments]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False)

    def apply_text(self, text):
        done = self.kubectl("apply", "--filename=-", text=text)
        if done.returncode:
            raise RuntimeError(done.stderr)

    def stop(self):
        for _, process in reversed(self.processes):
            process.terminate()
        for _, process in self.processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
