"""simulate --campaign: years on the command line."""

import json
import unittest

from support import CommandLine

PLAN = """plan shop
role ops { responds 5m..25m; headcount 1 }
service web { availability 99.9%; costs 12000 EUR per hour }
service db { }
procedure restart { recovers web; step go { by ops; takes 1h..3h; restart web } }
procedure repair { recovers db; step go { by ops; takes 1h..3h; restart db } }
scenario crash { fails web; detected after 1m; likelihood 6 per year }
scenario burst { fails db; detected after 1m; likelihood 6 per year }
scenario quiet { fails web; detected after 1m }
whatif robust { scenario crash { likelihood 1 per year } }
"""
AS_OF = ("--as-of", "2026-11-20")


class Campaigns(CommandLine):
    def ask(self, *arguments, plan=PLAN):
        self.write(plan)
        return self.run_muster("simulate", "plan.drp", *AS_OF, "--campaign", "--trials", "200", *arguments)

    def document(self, *arguments):
        return json.loads(self.ask("--format", "json", *arguments).stdout)

    def test_text(self):
        said = self.expect(self.ask("--years", "5"), 1, "200 campaigns of 5 years, seed 1", "99.9000%", "EUR")
        self.assertIn("quiet never comes: the plan does not say how likely it is", said)
        self.expect(self.ask("--fail-on", "never"), 0)
        self.expect(self.ask(plan=PLAN.replace("99.9%", "99%")), 0)

    def test_json(self):
        told = self.document("--years", "5")
        web, db = told["services"]
        # 6.0 times a year some 2 h 16 m: 0.156 % of it.
        self.assertAlmostEqual(web["availability"], 1 - 6 * 2.27 / 8766, delta=0.0002)
        self.assertLess(web["availability_low"], web["availability"])
        self.assertEqual(web["target"], 0.999)
        self.assertAlmostEqual(web["downtime_per_year_ms"] / 3.6e6 * 12000, web["cost_per_year"]["mean"], delta=10)
        self.assertNotIn("target", db)
        self.assertEqual(told["never_coming"], ["quiet"])
        crash = told["scenarios"][0]
        self.assertAlmostEqual(crash["incidents"] / 200 / 5, 6.0, delta=0.25)
        self.assertGreater(crash["overlapped"], 0)

    def test_one_seed_one_answer(self):
        self.assertEqual(self.ask("--threads", "1").stdout, self.ask("--threads", "4").stdout)
        self.assertNotEqual(self.ask().stdout, self.ask("--seed", "2").stdout)

    def test_what_if(self):
        self.expect(self.ask("--what-if", "robust"), 0, "what if", "availability before")
        told = self.document("--set", "scenario crash { likelihood 1 per year }")
        before, after = told["services"][0], told["what_if"]["services"][0]
        self.assertGreater(after["availability"], before["availability"])
        self.assertEqual(told["services"][1]["outages_per_year"], told["what_if"]["services"][1]["outages_per_year"])
        self.expect(self.ask("--set", "role ops { headcount 1 }"), 1, "no campaign is any different")

    def test_nothing_to_go_through(self):
        self.expect(self.ask(plan=PLAN.replace("likelihood 6 per year", "").replace("likelihood 1 per year", "lasts 1h")), 2,
                    "no scenario says how likely it is")
        self.expect(self.ask(plan=PLAN.replace("6 per year", "1000 per 1s")), 2, "incidents")
        self.expect(self.ask("--years", "0"), 2)
        self.expect(self.ask("--years", "1001"), 2)
        self.write(PLAN)
        self.expect(self.run_muster("simulate", "plan.drp", "--years", "5"), 2)

    def test_an_expected_availability(self):
        self.write(PLAN + "expect availability of web >= 99.9%\nexpect availability of web >= 99%\n")
        run = self.run_muster("test", "plan.drp", *AS_OF)
        said = self.expect(run, 1, "1 held, 1 failed, 0 untold")
        self.assertRegex(said, r"availability of web >= 99%: 99\.8\d+% \(99\.8\d+\.\.99\.8\d+%\)")


if __name__ == "__main__":
    unittest.main()
