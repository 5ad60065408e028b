"""Containers of generated jobs, each run in an environment and a /tmp of its own, and the servers that they work on."""
import glob
import os
import pathlib
import re
import shutil
import socket
import subprocess
import threading
import time

import yaml

TOOLS = pathlib.Path(os.environ["MUSTER_E2E_TOOLS"])
POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")
HERE = pathlib.Path(__file__).resolve().parent


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


# PostgreSQL refuses to run as root, and so does everything here.
USER = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


class Cutter:
    """Passes connections on to a port. While `armed` it breaks each off after that many bytes have come from the client."""

    def __init__(self, port):
        self.to, self.port, self.armed = port, free_port(), None
        listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.serve, args=(listener,), daemon=True).start()

    def serve(self, listener):
        while True:
            client, _ = listener.accept()
            server = socket.create_connection(("127.0.0.1", self.to))
            threading.Thread(target=self.copy, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self.copy, args=(server, client, False), daemon=True).start()

    def copy(self, source, sink, counted):
        seen = 0
        try:
            while data := source.recv(65536):
                seen += len(data)
                if counted and self.armed is not None and seen > self.armed:
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Servers:
    """PostgreSQL, Redis and the S3 server, all on the loopback interface or on sockets."""

    def __init__(self, work):
        self.work, self.processes = work, []

    def start(self):
        self.run_once(POSTGRES / "initdb", "-D", self.work / "server", "-U", "postgres", "--auth=trust", "--no-sync")
        (self.work / "socket").mkdir()
        own(self.work / "socket")
        self.run_once(POSTGRES / "pg_ctl", "-D", self.work / "server", "-w", "-l", self.work / "postgres.log", "-o",
                      f"-c listen_addresses='' -c unix_socket_directories='{self.work}/socket' -c fsync=off", "start")
        self.redis, self.s3 = free_port(), free_port()
        self.run("redis-server", "--port", str(self.redis), "--bind", "127.0.0.1", "--dir", self.work / "redis", "--requirepass", "pass",
                 "--save", "", "--enable-debug-command", "no")
        self.cutter = Cutter(self.s3)
        # Where the user that it runs as may read it.
        shutil.copy(TOOLS / "versitygw", self.work / "bin" / "versitygw")
        self.run(self.work / "bin" / "versitygw", "--port", f"127.0.0.1:{self.s3}", "--access", "tester", "--secret", "testersecret", "posix",
                 self.work / "s3", env={"HOME": str(self.work)})
        for port in (self.redis, self.s3):
            wait_for_port(port)

    def run(self, *command, env=None):
        log = open(self.work / (pathlib.Path(command[0]).name + ".log"), "wb")
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.work, env={**os.environ, **(env or {})}, **USER))

    def run_once(self, *command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.work, **USER)

    def sql(self, text, database="shop", at=None):
        done = subprocess.run(["psql", "-XqtA", "-h", at or self.work / "socket", "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1"],
                              input=text, capture_output=True, text=True, check=True, cwd=self.work)
        return done.stdout.strip()

    def redis_cli(self, *words):
        command = ["redis-cli", "-p", str(self.redis), "--no-auth-warning", "-a", "pass", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def stop(self):
        subprocess.run([POSTGRES / "pg_ctl", "-D", self.work / "server", "-m", "immediate", "stop"], capture_output=True, check=False,
                       cwd=self.work, **USER)
        for process in self.processes:
            process.terminate()
            process.wait(timeout=20)


def own(path):
    if USER:
        shutil.chown(path, "nobody", "nogroup")


def wait_for_port(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens at port {port}")


class Pod:
    """The containers of one run of a job: they share a /tmp, which is a folder here. `paths` says what else is somewhere else."""
    number = 0

    def __init__(self, work, scripts, env, paths):
        Pod.number += 1
        self.work, self.scripts, self.paths = work, scripts, paths
        self.tmp = work / "pods" / str(Pod.number)
        self.tmp.mkdir(parents=True)
        own(self.tmp)
        self.env = {"PATH": f"{work}/bin:{POSTGRES}:/usr/bin:/bin", "HOME": str(self.tmp), "MUSTER_JOB": "", **env}

    def script(self, job):
        text = re.sub(r"/tmp\b", str(self.tmp), self.scripts[job]["run.sh"])
        for path, real in self.paths.items():
            text = text.replace(path, real)
        file = self.tmp / f"{job}.sh"
        file.write_text(text)
        return file

    def start(self, job, *words, **env):
        shell = "sh" if self.scripts[job]["run.sh"].startswith("#!/bin/sh") else "bash"
        return subprocess.Popen([shell, self.script(job), *words], env={**self.env, **env}, cwd=self.tmp, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, **USER)

    def run(self, job, *words, **env):
        """The exit code of one container, and what it says."""
        process = self.start(job, *words, **env)
        said, _ = process.communicate(timeout=300)
        return process.returncode, said

    def run_all(self, steps, **env):
        """The containers of a job one after the other, until one fails, as its pod runs them."""
        everything = ""
        for job, *words in steps:
            code, said = self.run(job, *words, **env)
            everything += said
            if code:
                return code, everything
        return 0, everything

    def end(self):
        subprocess.run(["gpgconf", "--homedir", self.tmp / "gnupg", "--kill", "all"], check=False, capture_output=True)


def scripts_in(folder):
    scripts = {}
    for path in glob.glob(f"{folder}/*.yaml"):
        with open(path, encoding="utf-8") as file:
            for document in yaml.safe_load_all(file):
                if document["kind"] == "ConfigMap":
                    scripts[document["metadata"]["name"]] = document["data"]
    return scripts


def clock_ahead(work, days):
    """The environment of a machine whose clock is wrong."""
    library = work / "bin" / "clock.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, HERE / "clock.c"], check=True)
    return {"LD_PRELOAD": str(library), "CLOCK_AHEAD": str(days * 86400)}
