"""muster test on the command line: exit codes, reports that others read, and the same answer each time."""

import json
import unittest
import xml.etree.ElementTree as ElementTree

from support import CommandLine

PLAN = """plan shop
role ops { responds 5m..25m }
service web { rto 40m }
procedure restart { recovers web; step go { by ops; takes 10m..20m; restart web } }
scenario crash "A <crash> & more" { fails web; detected after 1m }
"""
HOLDS = 'expect p95 rta of web in crash <= 46m\n'
FAILS = 'expect chance of rto of web in crash >= 99.9%\n'
AS_OF = ("--as-of", "2026-11-20")


class Expectations(CommandLine):
    def ask(self, plan, *arguments):
        self.write(plan)
        return self.run_muster("test", "plan.drp", *AS_OF, *arguments)

    def test_exit_codes(self):
        self.expect(self.ask(PLAN + HOLDS), 0, "1 held, 0 failed, 0 untold")
        self.expect(self.ask(PLAN + HOLDS + FAILS), 1, "1 held, 1 failed, 0 untold", "plan.drp:7:")
        self.expect(self.ask(PLAN + HOLDS + FAILS, "--fail-on", "never"), 0)
        self.expect(self.ask(PLAN + "expect availability of web >= 99%\n"), 1, "1 untold")
        self.expect(self.ask(PLAN), 0, "nothing was tested")
        self.expect(self.ask(PLAN + HOLDS.replace("of web", "of wbe")), 1, "wbe")
        self.expect(self.ask(PLAN + HOLDS, "--trials", "0"), 2)

    def test_one_seed_one_answer(self):
        one, other = (self.ask(PLAN + HOLDS + FAILS, "--format", "json", "--threads", threads).stdout for threads in ("1", "4"))
        self.assertEqual(one, other)
        seeded = self.ask(PLAN + HOLDS + FAILS, "--format", "json", "--seed", "2").stdout
        self.assertNotEqual(json.loads(one)["expectations"], json.loads(seeded)["expectations"])

    def test_json(self):
        told = json.loads(self.ask(PLAN + HOLDS + FAILS, "--format", "json").stdout)
        self.assertEqual(told["summary"], {"held": 1, "failed": 1, "untold": 0})
        first, second = told["expectations"]
        self.assertEqual((first["text"], first["scenario"], first["verdict"], first["line"]), ("p95 rta of web in crash <= 46m", "crash", "held", 6))
        self.assertLessEqual(first["low_ms"], first["achieved_ms"])
        self.assertLessEqual(first["achieved_ms"], first["high_ms"])
        self.assertLess(second["share"]["high"], 0.999)

    def test_junit(self):
        root = ElementTree.fromstring(self.ask(PLAN + HOLDS + FAILS, "--format", "junit").stdout)
        suite = root.find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("name")), ("2", "1", "shop"))
        held, failed = suite.findall("testcase")
        self.assertEqual(held.get("name"), "p95 rta of web in crash <= 46m")
        self.assertIsNone(held.find("failure"))
        self.assertEqual(failed.find("failure").get("type"), "failed")


if __name__ == "__main__":
    unittest.main()
