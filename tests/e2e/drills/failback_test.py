#!/usr/bin/env python3
"""Goes a generated way back for real: two PostgreSQL servers, of which the standby was promoted and the old primary came up again with less. kubectl
is played by a script that acts on them; what the runbook asks a person to do is done here, when it asks. $MUSTER is the binary. Exits with 77
(skipped) where PostgreSQL is not installed. The last line says how many checks passed and failed."""

import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PLAN = """
plan shop { declare by lead takes 1m }
site main { cluster "main" }
site dr { standby warm; cluster "dr" }
role lead
role dba
service db { workload statefulset/db in shop; engine postgres 15; at main active, dr standby }
service web { workload deployment/web in shop; at main active, dr standby; needs db; replicas 4 }
data orders { in db; size 1GB; restores at 20MB/s }
replica standby of orders { from main to dr; lag 1s }
procedure move {
  recovers db, web
  step promote { by dba; on dr; takes 2m; promote standby of orders }
  step start { by dba; on dr; takes 1m; scale web to 3 }
  step names { by lead; takes 1m; switch dns "shop.example" to dr ttl 1m }
}
scenario outage { fails site main; detected after 1m; follow move }
"""

KUBECTL = """#!/usr/bin/env python3
import os, subprocess, sys
work, words = os.environ["WORK"], sys.argv[1:]
with open(work + "/calls", "a") as calls:
    print(*words, file=calls)
context = next(word.split("=")[1] for word in words if word.startswith("--context="))
text = " ".join(words)
if " scale statefulset/db " in text and "--replicas=0" in text and os.path.exists(work + "/" + context + "/postmaster.pid"):
    sys.exit(subprocess.run(["pg_ctl", "stop", "--silent", "--wait", "--mode=fast", "--pgdata=" + work + "/" + context]).returncode)
if "exec" in words:
    os.environ["PGHOST"] = work + "/socket-" + context
    command = words[words.index("--") + 1:]
    os.execvp(command[0], command)
"""


class Failback:
    def __init__(self, folder):
        self.work, self.passed, self.failed = folder, 0, 0
        binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        os.environ.update(PATH=f"{folder}/bin:{binaries}:{os.environ['PATH']}", PGUSER="postgres", PGDATABASE="postgres", WORK=str(folder), HOME=str(folder))
        (folder / "bin").mkdir()
        (folder / "bin/kubectl").write_text(KUBECTL, encoding="utf-8")
        (folder / "bin/kubectl").chmod(0o755)
        (folder / "plan.drp").write_text(PLAN, encoding="utf-8")

    def check(self, what, wanted, found):
        if wanted == found:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}: expected {wanted!r}, got {found!r}", file=sys.stderr)

    def run(self, *words):
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=120).stdout.strip()

    def start(self, site):
        (self.work / f"socket-{site}").mkdir(exist_ok=True)
        subprocess.run(["pg_ctl", "start", "--silent", "--wait", f"--pgdata={self.work}/{site}", f"--log={self.work}/{site}.log",
                        f"--options=-c listen_addresses='' -c fsync=off -c unix_socket_directories='{self.work}/socket-{site}'"], check=True, timeout=60)

    def sql(self, site, text):
        return self.run("psql", "-XqtA", "-h", f"{self.work}/socket-{site}", "-c", text)

    def seed(self, site, other):
        """What a person does who makes the server at `site` a replica of the one at `other`."""
        shutil.rmtree(self.work / site)
        self.run("pg_basebackup", "-h", f"{self.work}/socket-{other}", f"--pgdata={self.work}/{site}", "--write-recovery-conf", "--wal-method=stream", "--no-sync",
                 "--checkpoint=fast")
        self.start(site)

    def fail_over(self):
        """The disaster and its recovery: one row is written after the standby was promoted, and one only to the old primary."""
        self.run("initdb", "--no-sync", "-D", f"{self.work}/main", "--username=postgres", "--auth=trust")
        self.start("main")
        self.sql("main", "CREATE TABLE orders (id int, note text); INSERT INTO orders SELECT n, 'before' FROM generate_series(1, 100) n")
        (self.work / "dr").mkdir()
        self.seed("dr", "main")
        self.sql("dr", "SELECT pg_promote()")
        self.sql("dr", "INSERT INTO orders VALUES (101, 'after')")
        self.sql("main", "INSERT INTO orders VALUES (999, 'split')")

    def answer(self, step, question):
        """What a person does and says, by the step that asks."""
        if step == "back-db.seed":
            self.seed("main", "dr")
            self.sql("dr", "INSERT INTO orders VALUES (102, 'while it follows')")
        if step == "back-db.stand-by":
            self.seed("dr", "main")
        typed = re.search(r"Type (\S+) to do it", question)
        return typed[1] if typed else "Kim" if "approves" in question else "yes" if "[yes/no]" in question else "done"

    def go_back(self):
        """Runs the way back, and answers whatever it asks. Returns its exit code and all that it said."""
        runbook = subprocess.Popen(["bash", str(self.work / "out/runbooks/failback-outage.sh")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, cwd=self.work)
        said, asked = "", 0
        while chunk := os.read(runbook.stdout.fileno(), 65536):
            said += chunk.decode("utf-8", "replace")
            question = re.search(r"[^\n]*(\[done/failed(/later)?\]|\[yes/no\]|\(or: no[^)\n]*\))[^\n]*\s\Z", said[asked:])
            if question:
                named = re.findall(r"\bback[\w-]*\.[\w-]+", question[0]) or re.findall(r"\bback[\w-]*\.[\w-]+", said)
                asked = len(said)
                runbook.stdin.write((self.answer(named[-1] if named else "", question[0]) + "\n").encode())
                runbook.stdin.flush()
        return runbook.wait(), said

    def test(self):
        self.fail_over()
        self.run(os.environ["MUSTER"], "compile", f"{self.work}/plan.drp", "-o", f"{self.work}/out", "--as-of", "2026-01-01", "--quiet", "--allow-errors")
        code, said = self.go_back()
        if code != 0:
            print(said[-3000:], file=sys.stderr)
        self.check("the way back is gone to its end", 0, code)
        self.check("home is primary", "f", self.sql("main", "SELECT pg_is_in_recovery()"))
        self.check("the standby follows again", "t", self.sql("dr", "SELECT pg_is_in_recovery()"))
        self.check("every row that was written is at home", "102|5253", self.sql("main", "SELECT count(*), sum(id) FROM orders"))
        self.check("and none that only the old primary had", "0", self.sql("main", "SELECT count(*) FROM orders WHERE note = 'split'"))
        self.sql("main", "INSERT INTO orders VALUES (103, 'at home')")
        self.check("home has what the standby has", self.sql("main", "SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o WHERE id < 103"),
                   self.sql("dr", "SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o WHERE id < 103"))
        calls = (self.work / "calls").read_text(encoding="utf-8").splitlines()
        order = [call for call in calls if " scale " in call]
        self.check("what writes is stopped before the standby is, and started at home after",
                   ["--context=main --namespace=shop scale statefulset/db --replicas=0", "--context=dr --namespace=shop scale deployment/web --replicas=0",
                    "--context=dr --namespace=shop scale statefulset/db --replicas=0", "--context=main --namespace=shop scale deployment/web --replicas=4"],
                   order)
        evidence = glob.glob(f"{self.work}/out/runbooks/state/failback-outage-*/")
        self.check("there is evidence of it", 1, len(evidence))
        review = subprocess.run([os.environ["MUSTER"], "review", evidence[0], "--plan", f"{self.work}/plan.drp"], capture_output=True, text=True,
                                check=False, timeout=60)
        self.check("which can be reviewed", 0, review.returncode)
        self.check("and says what was done", True, "back-db.promote" in review.stdout)

    def stop(self):
        for site in ("main", "dr"):
            subprocess.run(["pg_ctl", "stop", "--silent", "--mode=immediate", f"--pgdata={self.work}/{site}"], capture_output=True, check=False, timeout=60)


def main():
    if not glob.glob("/usr/lib/postgresql/*/bin"):
        print("PostgreSQL is not installed: skipped.")
        return 77
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root, and so does this
        os.execvp("setpriv", ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory() as folder:
        failback = Failback(pathlib.Path(folder))
        try:
            failback.test()
        finally:
            failback.stop()
    print(f"{failback.passed} passed, {failback.failed} failed")
    return 1 if failback.failed else 0


if __name__ == "__main__":
    sys.exit(main())
