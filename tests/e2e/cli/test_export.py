"""`muster export`: the plan as JSON."""

import json
import unittest

from support import SOUND, CommandLine

HOSTILE = '''plan shop "a\\"b\\\\c </script> ${x} `y`"
site main
service web "\u2028é\U0001f600" { at main; needs db }
service db
'''


class Export(CommandLine):
    def exported(self, content, *arguments):
        run = self.run_muster("export", self.write(content), *arguments)
        self.expect(run, 0)
        self.assertEqual(run.stderr, b"")
        return json.loads(run.stdout)

    def test_head_and_tables(self):
        document = self.exported(SOUND)
        self.assertEqual(list(document)[:3], ["format", "tool", "plan"])
        self.assertEqual(document["format"], 1)
        self.assertEqual(document["plan"]["name"], "shop")
        self.assertEqual(document["services"], [{
            "name": "web",
            "objectives": {"rto": {"general_ms": 7200000}},
            "at": [{"site": "main"}],
            "starts_in": {"shape": "exact", "low_ms": 60000, "planning_ms": 60000},
        }])
        self.assertEqual(document["procedures"][0]["steps"][0]["action"], {"kind": "restart", "services": ["web"]})
        self.assertEqual(document["stores"], [])

    def test_positions(self):
        self.assertNotIn('"line"', json.dumps(self.exported(SOUND)))
        document = self.exported(SOUND, "--positions")
        site, step = document["sites"][0], document["procedures"][0]["steps"][0]
        self.assertEqual((site["line"], site["column"]), (3, 6))
        self.assertTrue(site["file"].endswith("plan.drp"))
        self.assertEqual((step["line"], step["column"]), (8, 8))

    def test_every_text_is_data(self):
        document = self.exported(HOSTILE)
        self.assertEqual(document["plan"]["title"], 'a"b\\c </script> ${x} `y`')
        self.assertEqual(document["services"][0]["title"], "\u2028é\U0001f600")

    def test_the_same_plan_makes_the_same_bytes(self):
        once, again = (self.run_muster("export", self.write(SOUND), "--positions").stdout for _ in range(2))
        self.assertEqual(once, again)

    def test_standard_input(self):
        document = json.loads(self.run_muster("export", "-", input=SOUND.encode()).stdout)
        self.assertEqual(document["services"], self.exported(SOUND)["services"])

    def test_a_plan_that_is_not_read(self):
        run = self.run_muster("export", self.write("plan shop\nservice web { needs nothing }\n"))
        self.expect(run, 1)
        self.assertEqual([finding["code"] for finding in json.loads(run.stdout)["diagnostics"]], ["M2001"])

    def test_a_missed_objective_is_no_matter(self):
        self.exported(SOUND.replace("rto 2h", "rto 1s"))

    def test_quiet_and_wrong_usage(self):
        path = self.write(SOUND)
        self.assertEqual(self.expect(self.run_muster("export", path, "--quiet"), 0), "")
        for arguments in (["nowhere.drp"], [path, "more"], [path, "--format", "yaml"]):
            run = self.run_muster("export", *arguments)
            self.expect(run, 2)
            self.assertEqual(run.stdout, b"")


if __name__ == "__main__":
    unittest.main()
