"""simulate --shard and merge: parts that are made anywhere come to one run, and what does not belong together is refused."""

import json
import pathlib
import re
import subprocess
import unittest

from support import MUSTER, CommandLine

PLAN = """plan shop
role ops { responds 5m..25m; headcount 1 }
service web { rto 40m }
service db { rto 1h }
data orders { in db; rpo 20h }
store vault { s3 "vault"; rate 1GB/s }
backup nightly of orders { every day at 02:00; takes 20m..45m; upload 5m; to vault }
procedure restart { recovers web; step go { by ops; takes 10m..20m; restart web } }
procedure restore { recovers db; step load { by ops; takes 15m..30m; restore orders from nightly } }
scenario crash { fails web, db; detected after 1m }
scenario damage { corrupts orders; undetected for 10m..2h }
expect p95 rta of web in crash <= 2h
"""
AS_OF = ("--as-of", "2026-11-20")


class Shards(CommandLine):
    def setUp(self):
        super().setUp()
        self.write(PLAN)

    def shards(self, of, *arguments, trials="3000", name="part"):
        files = []
        for number in range(1, of + 1):
            files.append(f"{name}-{number}.json")
            run = self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", trials, "--shard", f"{number}/{of}", "-o", files[-1], *arguments)
            self.assertEqual((run.returncode, run.stdout), (0, b""), run.stderr)
        return files

    def test_many_parts_are_one_run(self):
        files = self.shards(5, "--threads", "1")
        for form in ("text", "json"):
            whole = self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "3000", "--format", form)
            joined = self.run_muster("merge", "plan.drp", *reversed(files), "--format", form)
            self.assertEqual(joined.stdout, whole.stdout)
            self.assertEqual((joined.returncode, joined.stderr), (whole.returncode, whole.stderr))

    def test_a_shard_goes_to_standard_output(self):
        run = self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "100", "--shard", "1/1")
        self.assertEqual(json.loads(run.stdout)["shard"], {"number": 1, "of": 1})
        self.write(run.stdout, "all.json")
        self.expect(self.run_muster("merge", "plan.drp", "all.json"), 1, "100 trials of each scenario")

    def test_what_does_not_belong_together(self):
        one, two = self.shards(2)
        seed = self.shards(2, "--seed", "9", name="seed")
        more = self.shards(2, trials="4000", name="more")
        three = self.shards(3, name="three")
        for files, phrase in (((one, seed[1]), "its seed is 9, that of the first 1"), ((one, more[1]), "a part of 4000 trials"),
                              ((one, three[1]), "one of 3 shards, the first one of 2"), ((one,), "shard 2 of 2 is missing"),
                              ((one, two, two), "are the same shard, number 2"), ((one, "nothing.json"), "cannot read nothing.json")):
            self.expect(self.run_muster("merge", "plan.drp", *files), 2, phrase)
        day = self.shards(2, name="day")
        changed = json.loads((self.folder / day[1]).read_text())
        other = self.run_muster("simulate", "plan.drp", "--as-of", "2026-11-21", "--trials", "3000", "--shard", "2/2", "-o", "day-2.json")
        self.assertEqual(other.returncode, 0)
        self.expect(self.run_muster("merge", "plan.drp", day[0], day[1]), 2, "--as-of")
        changed["seed"] = 3
        self.write(json.dumps(changed), "changed.json")
        self.expect(self.run_muster("merge", "plan.drp", one, "changed.json"), 2, "changed since it was written")

    def test_a_shard_of_another_plan(self):
        files = self.shards(2)
        self.write(PLAN.replace("rto 40m", "rto 41m"))
        self.expect(self.run_muster("merge", "plan.drp", *files), 2, "is of another plan than plan.drp")

    def test_a_shard_that_was_cut_off(self):
        one, two = self.shards(2)
        text = (self.folder / two).read_bytes()
        for part in (b"", text[:1], text[:len(text) // 2], text[:-20], b"{}", b"\xff\xfe", b"[" * 100_000):
            self.write(part, "cut.json")
            self.expect(self.run_muster("merge", "plan.drp", one, "cut.json"), 2, "cut.json cannot be joined")

    def test_a_full_disk_leaves_no_shard(self):
        run = self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "100", "--shard", "1/2", "-o", "/dev/full")
        self.expect(run, 2, "No space left")
        run = self.run_muster("simulate", "plan.drp", *AS_OF, "--trials", "100", "--shard", "1/2", "-o", "no/such/folder.json")
        self.expect(run, 2, "cannot write")
        self.assertFalse((self.folder / "no").exists())

    def test_wrong_usage(self):
        for part in ("0/2", "3/2", "1", "1/", "/2", "1/0", "a/b", "1/2/3", "-1/2", "1/9999999"):
            self.expect(self.run_muster("simulate", "plan.drp", "--shard", part), 2, "is no part")
        self.expect(self.run_muster("simulate", "plan.drp", "--shard", "1/2", "--until", "1%"), 2)
        self.expect(self.run_muster("simulate", "plan.drp", "-o", "x.json"), 2)
        self.expect(self.run_muster("merge"), 2)
        self.expect(self.run_muster("merge", "plan.drp"), 2)


class Pods(CommandLine):
    """compile --target simulation: what the pods run is run here, one after the other, with the folders that they would have mounted."""

    def compile(self, path):
        run = self.run_muster("compile", path, "-o", "out", *AS_OF, "--target", "simulation", "--shards", "3", "--trials", "2000", "--seed", "4",
                              "--allow-errors")
        self.expect(run, 0, "simulation/simulation.yaml")
        return (self.folder / "out/simulation/simulation.yaml").read_text(encoding="utf-8")

    def scripts(self, text):
        """The shell texts of the shards and of what joins them."""
        found = re.findall(r'- "-euc"\n +- \|\n((?: {14,}.*\n)+)', text)
        self.assertEqual(len(found), 2, text)
        return found

    def run_script(self, script, folder, **environment):
        (folder / "shards").mkdir(exist_ok=True)
        script = script.replace("'/plan", f"'{folder}/plan").replace("/shards", f"{folder}/shards")
        path = f"{pathlib.Path(MUSTER).resolve().parent}:/usr/bin:/bin"
        return subprocess.run(["/bin/sh", "-euc", script], env={"PATH": path, **environment}, capture_output=True, timeout=60, check=False)

    def check(self, path, files):
        text = self.compile(path)
        plan = self.folder / "plan"
        plan.mkdir()
        for name, content in files.items():
            (plan / name).write_text(content, encoding="utf-8")
        shard, merge = self.scripts(text)
        for index in ("2", "0", "1", "1"):
            run = self.run_script(shard, self.folder, JOB_COMPLETION_INDEX=index)
            self.assertEqual((run.returncode, run.stdout), (0, b""), run.stderr)
        run = self.run_script(merge, self.folder)
        self.assertEqual((run.returncode, run.stderr), (0, b""), run.stderr)
        whole = self.run_muster("simulate", path, *AS_OF, "--trials", "2000", "--seed", "4")
        self.assertEqual(run.stdout, whole.stdout)
        result = next((self.folder / "shards").glob("*/result.json"))
        self.assertEqual(json.loads(result.read_text())["trials"], 2000)

    def test_a_plan_of_one_file(self):
        self.write(PLAN)
        self.check("plan.drp", {"plan.drp": PLAN})

    def test_a_folder(self):
        (self.folder / "own").mkdir()
        head, tail = PLAN.split("scenario crash", 1)
        for name, content in (("a.drp", head), ("b.drp", "scenario crash" + tail)):
            self.write(content, "own/" + name)
        self.check("own", {"a.drp": head, "b.drp": "scenario crash" + tail})

    def test_only_what_was_asked_for(self):
        self.write(PLAN)
        self.compile("plan.drp")
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()}, {"simulation", "manifest.json"})
        self.expect(self.run_muster("compile", "plan.drp", "-o", "all", *AS_OF, "--allow-errors"), 0)
        self.assertFalse((self.folder / "all/simulation").exists())
        self.expect(self.run_muster("compile", "plan.drp", "-o", "x", "--target", "nothing"), 2)

    def test_a_plan_that_is_too_large(self):
        self.write(PLAN + "//" + "x" * 1_100_000 + "\n")
        run = self.run_muster("compile", "plan.drp", "-o", "out", *AS_OF, "--target", "simulation", "--allow-errors")
        self.expect(run, 2, "a ConfigMap takes 1000000")
        self.assertFalse((self.folder / "out").exists())


if __name__ == "__main__":
    unittest.main()
