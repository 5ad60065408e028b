"""`muster graph`: pictures that other programs can read, whatever the plan says."""

import html
import json
import pathlib
import re
import shutil
import subprocess
import unittest

from support import SOUND, CommandLine

NEXUS = pathlib.Path(__file__).resolve().parents[3] / "plans/nexus/repaired"
DAY = ("--as-of", "2026-11-20")
KINDS = ("dependency", "placement", "recovery")

TITLES = ['x\\"]; evil [label=\\"y', "back\\\\", "line\\nend\\nsubgraph z", "&quot; &#34; #quot; #34; &lt;b&gt;", "`**md**` _u_ %%{init: {}}%%", "</script><b>",
          "1. item", "- item", "\\\\N \\\\G \\\\l", "end", "é\U0001f600\u2028"]

HOSTILE = "plan hostile\nsite main\nrole ops { responds 1m }\n" + "".join(
    f'service s{i} "{title}" {{ at main; rto 1h; wants s{(i + 1) % len(TITLES)} }}\n' for i, title in enumerate(TITLES)
) + """detector ping "%s" { watches s0; every 1m }
data stuff "%s" { in s0 }
procedure p "%s" { recovers s0; step one "%s" { by ops; takes 1m; manual "x" } }
scenario crash "%s" { fails s0 }
""" % tuple(TITLES[:5])

# All that a Mermaid picture of ours may consist of: nothing of the plan is outside of a label, nothing in a label can end it.
LABEL = r'"(?:[^"#&<`\\\n]|#\d+;|<br/>)*"'
MERMAID = re.compile("|".join((
    r"flowchart LR", rf" +subgraph \w+\[{LABEL}\]", r" +end", rf" +n\d+(?:\[|\(|\(\[|\[\(|\[/|\[\[|\{{|\{{\{{|>){LABEL}(?:\]|\)|\]\)|\)\]|\\\]|\]\]|/\]|\}}|\}}\}})",
    rf" +n\d+ (?:-->|==>|-\.->)(?:\|{LABEL}\|)? n\d+", r" +n\d+ ~~~ n\d+", r" +classDef look\d+ [\w:#,-]+", r" +class [nf\d,]+ look\d+",
    r" +linkStyle [\d,]+ stroke:#[\da-f]{6},stroke-width:3px")))


class Graph(CommandLine):
    def drawn(self, path, *arguments, form="json"):
        run = self.run_muster("graph", path, *DAY, "--format", form, *arguments)
        self.expect(run, 0)
        self.assertEqual(run.stderr, b"")
        return json.loads(run.stdout) if form == "json" else run.stdout.decode()

    def test_what_needs_what(self):
        graph = self.drawn(NEXUS)
        names = {node["id"]: (node["kind"], node["name"]) for node in graph["nodes"]}
        edges = {(names[edge["from"]], edge["kind"], names[edge["to"]]) for edge in graph["edges"]}
        self.assertIn((("service", "nexus-app"), "needs", ("service", "postgres")), edges)
        self.assertIn((("service", "nexus-app"), "uses", ("data", "nexus-db")), edges)
        self.assertIn((("service", "nexus-app"), "wants", ("service", "redis")), edges)
        self.assertIn((("either", "nexus-lb"), "needs", ("external", "network")), edges)
        frames = {frame["id"]: frame["name"] for frame in graph["frames"]}
        self.assertEqual({node["name"]: frames[node["in"]] for node in graph["nodes"] if node["kind"] == "service"}["postgres"], "database")

    def test_a_circle_is_marked(self):
        graph = self.drawn(self.write("plan p\nservice a { needs b }\nservice b { needs a, c }\nservice c\n"))
        self.assertEqual([edge.get("critical", False) for edge in graph["edges"]], [True, True, False])

    def test_what_lies_where(self):
        graph = self.drawn(NEXUS, "--kind", "placement", "--scenario", "primary-data-center-outage")
        frames = {frame["id"]: frame for frame in graph["frames"]}
        apps = [(frames[node["in"]]["name"], node.get("mark"), node.get("faint", False)) for node in graph["nodes"] if node["name"] == "nexus-app"]
        self.assertEqual(apps, [("main", "failed", False), ("dr", None, True)])
        self.assertEqual({frame["name"]: frame.get("mark") for frame in graph["frames"]}["main"], "failed")

    def test_stores_that_replicate_and_what_is_cut(self):
        path = self.write("""plan p
site main
site other
service a { at main; needs b }
service b { at other }
store near { at main; replicates to far lag 5m with deletes }
store far { at other }
scenario split { cuts main from other; lasts 1h; detected after 1m }
""")
        edges = self.drawn(path, "--kind", "placement")["edges"]
        self.assertEqual([(edge["kind"], edge["label"]) for edge in edges], [("replication", "replicates, lag 5m, with deletes")])
        nodes = self.drawn(path, "--kind", "recovery")["nodes"]
        self.assertEqual(next(node["lines"] for node in nodes if node["kind"] == "disruption"), ["split", "cuts main from other"])

    def test_a_recovery_says_what_estimate_says(self):
        estimate = json.loads(self.run_muster("estimate", NEXUS, *DAY, "--format", "json").stdout)
        for scenario in estimate["scenarios"]:
            graph = self.drawn(NEXUS, "--kind", "recovery", "--scenario", scenario["name"])
            steps = {node["name"]: node for node in graph["nodes"] if node["kind"] == "step"}
            for step in scenario["schedule"]:
                node = steps.pop(f"{step['procedure']}.{step['step']}")
                self.assertEqual((node.get("start_ms"), node.get("end_ms"), node["performer"]), (step["start_ms"], step["end_ms"], step["performer"]))
            self.assertFalse(steps)
            for service in scenario["services"]:
                if service["rta_ms"] and service["state"] in ("failed", "impaired"):
                    node = next(node for node in graph["nodes"] if node["kind"] == "ready" and node["name"] == service["name"])
                    self.assertEqual(node["mark"], "late" if service["verdict"] == "missed" else "back")
                    self.assertEqual(node["end_ms"], service["rta_ms"])

    def test_the_marked_path_is_one_path_to_the_last_service(self):
        graph = self.drawn(NEXUS, "--kind", "recovery", "--scenario", "primary-data-center-outage")
        nodes = {node["id"]: node for node in graph["nodes"]}
        marked = {edge["from"]: edge["to"] for edge in graph["edges"] if edge.get("critical")}
        at = next(node["id"] for node in graph["nodes"] if node["kind"] == "disruption")
        walked = 1
        while at in marked:
            self.assertLessEqual(nodes[at]["end_ms"], nodes[marked[at]]["end_ms"])
            at = marked[at]
            walked += 1
        self.assertEqual(walked, sum(node.get("critical", False) for node in graph["nodes"]))
        self.assertEqual(nodes[at]["end_ms"], max(node["end_ms"] for node in graph["nodes"] if node["kind"] == "ready"))

    def test_no_arrow_is_implied_by_others(self):
        graph = self.drawn(NEXUS, "--kind", "recovery", "--scenario", "primary-data-center-outage")
        after = {}
        for edge in graph["edges"]:
            after.setdefault(edge["from"], set()).add(edge["to"])

        def reachable(node):
            found, todo = set(), list(after.get(node, ()))
            while todo:
                next_node = todo.pop()
                if next_node not in found:
                    found.add(next_node)
                    todo += after.get(next_node, ())
            return found

        for start, ends in after.items():
            for end in ends:
                self.assertFalse(any(end in reachable(other) for other in ends - {end}), (start, end))

    def test_a_recovery_that_never_happens(self):
        plan = SOUND.replace("procedure restart-web {", "procedure other {").replace("recovers web\n  step restart", "recovers db\n  step restart")
        graph = self.drawn(self.write(plan + "service db\n"), "--kind", "recovery")
        node = next(node for node in graph["nodes"] if node["kind"] == "ready")
        self.assertEqual((node["name"], node["mark"]), ("web", "never"))
        self.assertNotIn("end_ms", node)

    def test_one_scenario_needs_no_name(self):
        path = self.write(SOUND)
        self.assertEqual(self.drawn(path, "--kind", "recovery"), self.drawn(path, "--kind", "recovery", "--scenario", "crash"))
        self.expect(self.run_muster("graph", NEXUS, "--kind", "recovery"), 2, "--scenario", "database-server-failure")
        self.expect(self.run_muster("graph", path, "--scenario", "nothing"), 2, "crash")

    def test_hostile_texts_in_mermaid(self):
        path = self.write(HOSTILE)
        for kind in KINDS:
            for line in self.drawn(path, "--kind", kind, form="mermaid").removesuffix("\n").split("\n"):
                self.assertNotRegex(line, "[\u2028\u2029\x80-\x9f]")
                self.assertRegex(line, rf"\A(?:{MERMAID.pattern})\Z")

    @unittest.skipUnless(shutil.which("dot"), "graphviz is not installed")
    def test_hostile_texts_in_dot(self):
        path = self.write(HOSTILE)
        for kind in KINDS:
            graph = self.drawn(path, "--kind", kind)
            read = subprocess.run(["dot", "-Tjson0"], input=self.drawn(path, "--kind", kind, form="dot").encode(), capture_output=True, check=True)
            self.assertEqual(read.stderr, b"")
            drawn = json.loads(read.stdout)
            boxes = [item for item in drawn["objects"] if not item["name"].startswith("cluster")]
            self.assertEqual(len(boxes), len(graph["nodes"]))
            shown = {item["name"]: html.unescape(item["label"]) for item in boxes}
            for node in graph["nodes"]:
                lines = [line.replace("\\", "\\\\") for line in node["lines"]]
                self.assertEqual(shown[f"n{node['id']}"], "\\n".join(lines) + ("\\n" if len(lines) > 1 else ""))

    def test_a_plan_that_is_not_read_and_wrong_usage(self):
        self.expect(self.run_muster("graph", self.write("plan p\nservice a { needs b }\n")), 1, "M2001")
        for arguments in (["--kind", "nothing"], ["--format", "svg"], ["nowhere.drp"]):
            self.expect(self.run_muster("graph", *arguments), 2)
        self.assertEqual(self.expect(self.run_muster("graph", self.write(SOUND), "--quiet"), 0), "")


if __name__ == "__main__":
    unittest.main()
