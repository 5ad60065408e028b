"""The log of PostgreSQL, shipped by its job: what was written after a base backup comes back, and nothing that was not shipped is given up."""
import hashlib
import json
import subprocess
import time

from pods import POSTGRES, own

JOB = "archive-wal-orders"
SHIPPED = [(JOB, "receive", "orders"), (JOB, "store", "vault"), (JOB, "release", "orders")]
OLD = "20200101T000000Z"


class Log:
    def __init__(self, shop, check):
        self.shop, self.check = shop, check
        self.folder = shop.work / "s3/bucket/shop/wal/orders"

    def entries(self):
        return [json.loads(path.read_text()) for path in sorted((self.folder / "runs").glob("*.json"))]

    def slot(self):
        return self.shop.servers.sql("SELECT restart_lsn FROM pg_replication_slots WHERE slot_name = 'muster_wal_orders'")

    def rows(self):
        return self.shop.servers.sql("SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM orders o")

    def write(self, first):
        self.shop.servers.sql(f"INSERT INTO orders SELECT i, 'later' FROM generate_series({first}, {first} + 4999) i")

    def ship(self, what):
        code, said = self.shop.pod().run_all(SHIPPED)
        self.check(f"log: {what}", code == 0, said)
        return said

    def pretend_old_run(self):
        (self.folder / "runs").mkdir(parents=True)
        (self.folder / "old.age").write_text("old")
        (self.folder / "runs" / f"{OLD}.json").write_text('{"files":[{"file":"old.age","bytes":3,"sha256":"0"}]}\n')
        for path in (*self.folder.parents[:2], self.folder, *self.folder.rglob("*")):
            own(path)

    def cut_off(self):
        """The server gives nothing up that no store has."""
        before, entries = self.slot(), len(self.entries())
        pod = self.shop.pod()
        code, said = pod.run(*SHIPPED[0])
        self.shop.servers.cutter.armed = 2_000
        code, said = pod.run(*SHIPPED[1])
        self.shop.servers.cutter.armed = None
        self.check("log: a cut upload fails the job, and says what was not stored", code != 0 and "could not be stored in bucket" in said, said)
        self.check("log: what is not stored is not in the catalogue, and not given up", (len(self.entries()), self.slot()) == (entries, before))

    def check_catalogue(self):
        entries = [one for one in self.entries() if "from" in one]
        gaps = [(one["to"], other["from"]) for one, other in zip(entries, entries[1:]) if one["to"] != other["from"]]
        self.check("log: the runs follow one another without a gap", len(entries) >= 3 and not gaps, gaps)
        wrong = [one for entry in entries for one in entry["files"]
                 if hashlib.sha256((self.folder / one["file"]).read_bytes()).hexdigest() != one["sha256"]]
        self.check("log: the catalogue says what lies there", not wrong, wrong)
        self.check("log: nothing of it can be read without the key",
                   all((self.folder / one["file"]).read_bytes().startswith(b"age-encryption.org") for one in entries[-1]["files"]))

    def restore(self):
        """The newest base backup, and the log on top of it, into a server of its own; its socket."""
        work, identity = self.shop.work, self.shop.identity
        data, socket = work / "replayed", work / "replayed-socket"
        for path in (data, socket):
            path.mkdir(mode=0o700)
        base = sorted((work / "s3/bucket/shop/base/orders").glob("*.age"))[-1]
        subprocess.run(f"age --decrypt --identity {identity} {base} | tar -xz -C {data}", shell=True, check=True)
        fetch = work / "fetch-log"
        fetch.write_text(f'#!/bin/sh\nset -e\ntest -e "{self.folder}/$1.age"\nage --decrypt --identity {identity} "{self.folder}/$1.age" | gzip -dc >"$2"\n')
        fetch.chmod(0o755)
        with open(data / "postgresql.auto.conf", "a", encoding="utf-8") as settings:
            settings.write(f"restore_command = '{fetch} %f %p'\nrecovery_target_action = 'promote'\n")
        (data / "recovery.signal").write_text("")
        for path in (data, socket, *data.rglob("*")):
            own(path)
        self.shop.servers.run_once(POSTGRES / "pg_ctl", "-D", data, "-w", "-l", work / "replayed.log", "-o",
                                   f"-c listen_addresses='' -c unix_socket_directories='{socket}'", "start")
        return data, socket

    def check_restore(self, rows):
        data, socket = self.restore()
        try:
            # It answers before all of the log is replayed.
            while self.shop.servers.sql("SELECT pg_is_in_recovery()", at=socket) == "t":
                time.sleep(0.2)
            found = self.shop.servers.sql("SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM orders o", at=socket)
            self.check("log: after a replay every row is as it was when the last run began", found == rows, (found, rows))
        finally:
            self.shop.servers.run_once(POSTGRES / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def log_is_shipped(shop, check):
    log = Log(shop, check)
    log.pretend_old_run()
    said = log.ship("its first run makes the slot")
    check("log: without a base backup nothing is removed", (log.folder / "old.age").exists() and "nothing of the log is removed" in said, said)
    shop.pod().run_all([("backup-base-orders", "make", "orders"), ("backup-base-orders", "store", "vault")])
    log.write(30_000)
    said = log.ship("its next run ships what was written")
    check("log: what the plan no longer keeps is removed", not (log.folder / "old.age").exists() and OLD in said, said)
    log.write(40_000)
    log.cut_off()
    log.write(50_000)
    rows = log.rows()
    log.ship("the run after one that was cut off ships all of it")
    # The server itself writes a little for a while after it was busy.
    said = next((said for said in (log.ship("a run with nothing to do ends well") for _ in range(6)) if "nothing was written since" in said), "")
    check("log: and says so", said)
    log.check_catalogue()
    log.check_restore(rows)
    shop.servers.sql("DELETE FROM orders WHERE id >= 30000")
