#!/usr/bin/env python3
"""Runs generated jobs for real: back up, lose, restore, compare every row; and what goes wrong with backups ends in a clear error, a
failed job, and the last good backup still there. Started by real.sh, which installs the servers."""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from log_test import log_is_shipped
from pods import Pod, Servers, clock_ahead, own, scripts_in

PLAN = """
plan shop { timezone "UTC" }
site main { cluster "main" }
service db { workload statefulset/db in shop; engine postgres 15; at main active }
service cache { workload statefulset/cache in shop; engine redis 7; at main active }
service notebook { workload deployment/notebook in shop; engine sqlite; at main active }
data orders { in db; size 1GB; restores at 10MB/s }
data sessions { in cache; size 1GB; restores at 10MB/s }
data notes { in notebook; files "/srv/notes/notes.db"; size 1GB; restores at 10MB/s }
data papers { files "/srv/papers"; size 1GB; restores at 10MB/s }
data code { size 1GB; restores at 10MB/s }
store shelf { volume "/shelf"; at main; rate 100MB/s }
store vault { s3 "bucket/shop"; rate 100MB/s }
store origin { git "file:///srv/origin" }
repository pushed of code { in origin }
backup nightly of orders {
  with pg_dump; every day at 02:00; takes 1m; upload 1m; to shelf, vault; keep 7d, 30d daily, 12w weekly
  encrypt gpg key "backup@example.com"
  verify { every week; by restore; check sql "SELECT md5(string_agg(o::text, '|' ORDER BY id)) = 'ROWS' FROM orders o" }
}
backup base of orders { with pg_basebackup; every day at 01:00; takes 1m; upload 1m; to vault; keep 7d; encrypt age key "a"
  verify { every week; check sql "SELECT count(*) = 20000 FROM orders" } }
archive wal of orders { with pg_receivewal; every 5m; upload 30s; to vault; base base; replay 10MB/s; keep 7d; encrypt age key "a" }
backup cached of sessions { every day at 03:00; takes 1m; upload 1m; to vault; keep 7d
  verify { every week; check run '[ "$(redis-cli -s "$MUSTER_REDIS_SOCKET" get session:7)" = seven ]' } }
backup noted of notes { every day at 03:00; takes 1m; upload 1m; to vault; keep 7d
  verify { every week; check sql "SELECT count(*) = 500 FROM notes" } }
backup packed of papers { with tar; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d
  verify { every week; check run 'test "$(cat "$MUSTER_RESTORED"/*/*/srv-papers/a 2>/dev/null || cat "$MUSTER_RESTORED"/srv/papers/a)" = one' } }
backup bundled of code { with git; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d
  verify { every week; check run 'grep -q first "$MUSTER_RESTORED/file"' } }
backup synced of papers { with restic; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d, 30d daily
  verify { every week; check run 'find "$MUSTER_RESTORED" -name a | grep -q .' } }
"""

passed, failed = 0, 0


def check(what, holds, seen=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print(f"FAILED {what}: {str(seen).strip()[-1500:]}", flush=True)


class Shop:
    def __init__(self, work):
        self.work = work
        for name in ("bin", "shelf", "s3", "redis", "srv", "srv/papers", "srv/notes", "pods"):
            (work / name).mkdir()
            own(work / name)
        (work / "s3" / "bucket").mkdir()
        own(work / "s3" / "bucket")
        self.servers = Servers(work)

    def prepare(self):
        self.servers.start()
        self.servers.sql("CREATE DATABASE shop", "postgres")
        self.servers.sql("CREATE TABLE orders (id int PRIMARY KEY, note text); "
                         "INSERT INTO orders SELECT i, md5(i::text) || md5((-i)::text) FROM generate_series(1, 20000) i")
        self.servers.redis_cli("set", "session:7", "seven")
        (self.work / "srv/papers/a").write_text("one\n")
        self.make_notes()
        self.make_repository()
        self.make_keys()
        # What is older than AWS_ENDPOINT_URL is told by an option.
        aws = self.work / "bin" / "aws"
        aws.write_text('#!/bin/sh\nexec /usr/bin/aws --endpoint-url "${AWS_ENDPOINT_URL}" "$@"\n')
        aws.chmod(0o755)
        self.rows = self.servers.sql("SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM orders o")
        self.scripts = self.compiled()

    def make_notes(self):
        done = ("import sqlite3; c = sqlite3.connect('notes.db'); c.execute('PRAGMA journal_mode=WAL'); c.execute('CREATE TABLE notes "
                "(id INTEGER PRIMARY KEY, t TEXT)'); c.executemany('INSERT INTO notes (t) VALUES (?)', [(str(i),) for i in range(500)]); c.commit()")
        subprocess.run([sys.executable, "-c", done], check=True, cwd=self.work / "srv/notes")
        for path in (self.work / "srv/notes").iterdir():
            own(path)

    def make_repository(self):
        script = ("git init -q -b main origin && cd origin && echo first > file && git add file && "
                  "git -c user.name=t -c user.email=t@example.com commit -qm first")
        subprocess.run(script, shell=True, check=True, cwd=self.work)
        for folder, _, files in os.walk(self.work / "origin"):
            own(folder)
            for file in files:
                own(pathlib.Path(folder) / file)

    def make_keys(self):
        def gpg(home, *words):
            return subprocess.run(["gpg", "--homedir", home, "--batch", "--quiet", *words], capture_output=True, text=True, check=True).stdout

        self.keys = {}
        for name in ("right", "wrong"):
            home = self.work / f"keys-{name}"
            home.mkdir(mode=0o700)
            gpg(home, "--passphrase", "", "--quick-generate-key", "backup@example.com", "default", "default", "never")
            self.keys[name] = gpg(home, "--armor", "--export"), gpg(home, "--armor", "--export-secret-keys")
            subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False, capture_output=True)
        self.identity = self.work / "identity"
        made = subprocess.run(["age-keygen", "-o", self.identity], capture_output=True, text=True, check=True)
        self.recipient = made.stderr.split()[-1]
        own(self.identity)

    def compiled(self):
        (self.work / "plan.drp").write_text(PLAN.replace("ROWS", self.rows))
        subprocess.run([os.environ["MUSTER"], "compile", self.work / "plan.drp", "-o", self.work / "out", "--allow-errors", "--quiet",
                        "--as-of", "2026-01-01"], check=True)
        return scripts_in(self.work / "out/kubernetes/main")

    def pod(self, **env):
        endpoint = f"http://127.0.0.1:{self.servers.cutter.port}"
        public, private = self.keys["right"]
        known = {"PGHOST": f"{self.work}/socket", "PGUSER": "postgres", "PGDATABASE": "shop", "REDIS_HOST": "127.0.0.1",
                 "REDIS_PORT": str(self.servers.redis), "REDISCLI_AUTH": "pass", "AWS_ENDPOINT_URL": endpoint, "AWS_MAX_ATTEMPTS": "1",
                 "AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "testersecret", "AWS_DEFAULT_REGION": "us-east-1",
                 "MUSTER_GPG_PUBLIC_KEY": public, "MUSTER_GPG_PRIVATE_KEY": private, "MUSTER_AGE_RECIPIENT": self.recipient,
                 "MUSTER_AGE_IDENTITY": str(self.identity), "RESTIC_PASSWORD": "secret", "GIT_CONFIG_COUNT": "1",
                 "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
        paths = {"'/shelf'": f"'{self.work}/shelf'", "file:///srv/origin": f"file://{self.work}/origin", "srv/papers": f"{str(self.work)[1:]}/srv/papers",
                 "srv/notes": f"{str(self.work)[1:]}/srv/notes"}
        return Pod(self.work, self.scripts, {**known, **env}, paths)

    def stored(self, copy, data, where="s3/bucket/shop"):
        """The runs in a store that have an entry of the catalogue."""
        folder = self.work / where / copy / data
        return sorted(path.name[:-5] for path in folder.glob("*.json")) if folder.exists() else []


NIGHTLY = [("backup-nightly-orders", "make", "orders"), ("backup-nightly-orders", "store", "shelf"), ("backup-nightly-orders", "store", "vault")]
TESTED = [("verify-nightly-orders", "fetch", "vault"), ("verify-nightly-orders", "restore", "orders")]


def failed_job(shop, what, job, code, said):
    """A container that fails is a Job that fails, whose last line says why; and to that an alert of the plan is raised, for that job."""
    last = [line for line in said.strip().splitlines() if "FAILED: " in line]
    check(f"{what}: the job fails, and says why", code != 0 and last, said)
    check(f"{what}: an alert is raised", alerts(shop, job), job)


def alerts(shop, job):
    """Whether Prometheus, with the plan's rules, says that `job` failed when kube-state-metrics says so, and not when it does not."""
    name = ("Backup" if job.startswith("backup-") else "Archive" if job.startswith("archive-") else "Verification") + "Failed"
    run = f'namespace="shop",job_name="{job}-29000000"'
    begun = f"  - {{series: 'kube_job_status_start_time{{{run}}}', values: '60+0x20'}}\n"
    ended = f"  - {{series: 'kube_job_failed{{{run},condition=\"true\"}}', values: '%dx20'}}\n"
    test = f"rule_files: [{shop.work}/out/alerts/rules.yaml]\nevaluation_interval: 1m\ntests:\n"
    for fails in (1, 0):
        test += (f"- interval: 1m\n  input_series:\n{begun}{ended % fails}  promql_expr_test:\n"
                 f"  - expr: count(ALERTS{{alertname=\"{name}\",cronjob=\"{job}\",alertstate=\"firing\"}}) or vector(0)\n"
                 f"    eval_time: 5m\n    exp_samples: [{{value: {fails}}}]\n")
    file = shop.work / "alerts.test.yaml"
    file.write_text(test)
    return subprocess.run(["promtool", "test", "rules", file], capture_output=True, check=False).returncode == 0


def every_tool(shop):
    """Each tool backs up and its restore test holds."""
    for copy, data, restores in [("nightly", "orders", True), ("base", "orders", True), ("cached", "sessions", True),
                                 ("noted", "notes", True), ("packed", "papers", True), ("bundled", "code", True)]:
        job = f"backup-{copy}-{data}"
        code, said = shop.pod().run_all([(job, "make", data), (job, "store", "vault")])
        check(f"{copy}: is made and stored", code == 0, said)
        check(f"{copy}: is in the catalogue", shop.stored(copy, data), shop.stored(copy, data))
        job = f"verify-{copy}-{data}"
        pod = shop.pod()
        code, said = pod.run_all([(job, "fetch", "vault"), (job, "restore", data)])
        check(f"{copy}: its restore test holds", code == 0 and restores, said)
        pod.end()
    code, said = shop.pod().run("backup-synced-papers", "backup", "vault")
    check("restic: is made", code == 0, said)
    code, said = shop.pod().run("backup-synced-papers", "backup", "vault")
    check("restic: is made again, and what is old removed", code == 0 and "keep" in said, said)
    code, said = shop.pod().run("verify-synced-papers", "verify", "vault")
    check("restic: its restore test holds", code == 0, said)


def no_backup_yet(shop):
    pod = shop.pod()
    code, said = pod.run(*TESTED[0])
    failed_job(shop, "no backup yet", "verify-nightly-orders", code, said)
    check("no backup yet: and says so", "no backup is in bucket/shop/nightly/orders/" in said, said)


def lose_and_restore(shop):
    code, said = shop.pod().run_all(NIGHTLY)
    check("it is stored in both places", code == 0 and shop.stored("nightly", "orders") and shop.stored("nightly", "orders", "shelf"), said)
    entry = json.loads((shop.work / "s3/bucket/shop/nightly/orders" / (shop.stored("nightly", "orders")[-1] + ".json")).read_text())
    content = (shop.work / "s3/bucket/shop/nightly/orders" / entry["file"]).read_bytes()
    check("the catalogue says what lies there", (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), entry)
    check("nothing of it can be read without the key", b"orders" not in content and b"PGDMP" not in content)
    shop.servers.sql("DROP DATABASE shop", "postgres")
    shop.servers.sql("CREATE DATABASE shop", "postgres")
    pod = shop.pod()
    code, said = pod.run(*TESTED[0])
    check("it is fetched after the loss", code == 0, said)
    file = next((pod.tmp / "run/orders").glob("*.gpg"))
    home = shop.work / "keys-right"
    plain = subprocess.run(["gpg", "--homedir", home, "--batch", "--quiet", "--decrypt", file], capture_output=True, check=True).stdout
    subprocess.run(["pg_restore", "-h", shop.work / "socket", "-U", "postgres", "-d", "shop", "--exit-on-error"], input=plain, check=True)
    check("every row is as it was", shop.servers.sql("SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM orders o") == shop.rows)


def still_good(shop, what, before):
    """The last good backup is there, and can be restored."""
    after = shop.stored("nightly", "orders")
    check(f"{what}: the backups from before are there", before and set(before) <= set(after), (before, after))
    pod = shop.pod()
    code, said = pod.run_all(TESTED)
    check(f"{what}: and the newest can be restored", code == 0, said)
    pod.end()


def wrong_key(shop, before):
    pod = shop.pod(MUSTER_GPG_PRIVATE_KEY=shop.keys["wrong"][1])
    code, said = pod.run_all(TESTED)
    failed_job(shop, "wrong key", "verify-nightly-orders", code, said)
    check("wrong key: and says that it is the key", "FAILED: the private key does not open" in said, said)
    pod = shop.pod(MUSTER_GPG_PUBLIC_KEY="no key")
    code, said = pod.run_all(NIGHTLY)
    failed_job(shop, "no key", "backup-nightly-orders", code, said)
    check("no key: nothing is stored", shop.stored("nightly", "orders") == before, said)


def full_disk(shop):
    pod = shop.pod()
    (pod.tmp / "run/orders").mkdir(parents=True)
    os.symlink("/dev/full", pod.tmp / "run/orders/part")
    for path in (pod.tmp / "run", pod.tmp / "run/orders"):
        own(path)
    code, said = pod.run_all(NIGHTLY)
    failed_job(shop, "full disk", "backup-nightly-orders", code, said)
    check("full disk: and says that it is full", "No space left on device" in said, said)


def full_store(shop):
    """A volume that is full: what was there stays, and no half of a copy is left."""
    shelf = shop.work / "small"
    shelf.mkdir()
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*root, "mount", "-t", "tmpfs", "-o", "size=300k,mode=777", "tmpfs", shelf], check=True)
    try:
        pod = shop.pod()
        pod.paths["'/shelf'"] = f"'{shelf}'"
        code, said = pod.run_all(NIGHTLY[:2])
        left = [path.name for path in shelf.rglob("*") if path.is_file()]
        failed_job(shop, "full store", "backup-nightly-orders", code, said)
        check("full store: no half is left", "could not be written" in said and not left, (said, left))
    finally:
        subprocess.run([*root, "umount", shelf], check=True)


def cut_upload(shop, before):
    pod = shop.pod()
    code, said = pod.run(*NIGHTLY[0])
    shop.servers.cutter.armed = 200_000
    code, said = pod.run(*NIGHTLY[2])
    shop.servers.cutter.armed = None
    failed_job(shop, "cut upload", "backup-nightly-orders", code, said)
    check("cut upload: and says what was not stored", "could not be stored in bucket" in said, said)
    check("cut upload: and is not in the catalogue", shop.stored("nightly", "orders") == before, said)


def corrupted_object(shop):
    folder = shop.work / "s3/bucket/shop/nightly/orders"
    newest = folder / shop.stored("nightly", "orders")[-1]
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    kept = newest.read_bytes()
    newest.write_bytes(content)
    code, said = shop.pod().run(*TESTED[0])
    failed_job(shop, "corrupted object", "verify-nightly-orders", code, said)
    check("corrupted object: and says that it is damaged", "is damaged: its SHA-256 is" in said, said)
    newest.write_bytes(kept)


def two_at_once(shop, before):
    pods = [shop.pod(), shop.pod()]
    codes = [pod.run(*NIGHTLY[0]) for pod in pods]
    running = [pod.start(*NIGHTLY[2]) for pod in pods]
    said = [process.communicate(timeout=120)[0] for process in running]
    check("two at once: both end well", [code for code, _ in codes] + [process.returncode for process in running] == [0] * 4, said)
    check("two at once: both are in the catalogue", len(shop.stored("nightly", "orders")) == len(before) + 2, shop.stored("nightly", "orders"))


def clock_change(shop):
    """The volume takes what the S3 server refuses: it compares clocks itself."""
    ahead = clock_ahead(shop.work, 4000)
    code, said = shop.pod().run_all([NIGHTLY[0], NIGHTLY[2]], **ahead)
    failed_job(shop, "clock far ahead", "backup-nightly-orders", code, said)
    check("clock far ahead: and says that the S3 server refuses it", "RequestTimeTooSkewed" in said, said)
    before = shop.stored("nightly", "orders", "shelf")
    code, said = shop.pod().run_all(NIGHTLY[:2], **ahead)
    after = shop.stored("nightly", "orders", "shelf")
    check("clock far ahead: the newest from before stays on the volume", code == 0 and before[-1] in after and len(after) == 2, (said, after))
    code, said = shop.pod().run_all(NIGHTLY[:2])
    failed_job(shop, "clock back", "backup-nightly-orders", code, said)
    check("clock back: and says which run is from later", "a clock is wrong" in said and after[-1] in said, said)
    now = shop.stored("nightly", "orders", "shelf")
    check("clock back: what it made is stored, and nothing is removed", len(now) == 3 and set(after) <= set(now), (after, now))


def run(work):
    shop = Shop(work)
    try:
        shop.prepare()
        no_backup_yet(shop)
        log_is_shipped(shop, check)
        every_tool(shop)
        lose_and_restore(shop)
        before = shop.stored("nightly", "orders")
        for what, happens in [("wrong key", lambda: wrong_key(shop, before)), ("full disk", lambda: full_disk(shop)),
                              ("full store", lambda: full_store(shop)), ("cut upload", lambda: cut_upload(shop, before)),
                              ("corrupted object", lambda: corrupted_object(shop)), ("two at once", lambda: two_at_once(shop, before)),
                              ("clock change", lambda: clock_change(shop))]:
            happens()
            still_good(shop, what, before)
    finally:
        shop.servers.stop()


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        own(work)
        run(pathlib.Path(work))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
