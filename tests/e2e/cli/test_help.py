"""Help, completion and the man page: made of what the parser knows, and read by those who use them."""

import pathlib
import re
import shutil
import subprocess
import unittest

import evidence
from support import MUSTER, SOUND, CommandLine

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Help(CommandLine):
    def commands(self):
        """Each command with its help."""
        text = self.expect(self.run_muster("help"), 0)
        names = re.findall(r"^  ([a-z]+)  ", text[text.index("Subcommands:"):], re.MULTILINE)
        self.assertGreater(len(names), 9)
        return {name: self.expect(self.run_muster("help", name), 0) for name in names}

    def test_help_of_each_command_is_that_of_its_option(self):
        for name, text in self.commands().items():
            self.assertIn(f"Usage: muster {name}", text)
            self.assertEqual(text, self.expect(self.run_muster(name, "--help"), 0))

    def test_examples_run(self):
        """Every line of every example, in a repository with the plans that they name."""
        (self.folder / "plans").mkdir()
        for name in ("nexus", "bookshop"):
            shutil.copytree(ROOT / "plans" / name, self.folder / "plans" / name)
        self.write(SOUND)
        evidence.write(self.folder / "state/database-server-failure-0a1b2c3d4e5f", self.folder / "plans/nexus", "database-server-failure")
        environment = {"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        (self.folder / "bin").mkdir()
        (self.folder / "bin/muster").symlink_to(MUSTER)
        for command in (["init", "-q", "-b", "main"], ["add", "plans"], ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "first"]):
            subprocess.run(["git", *command], cwd=self.folder, env=environment, check=True)
        for name, text in self.commands().items():
            lines = re.findall(r"^  ((?:muster|source) .*)$", text.split("Examples:")[1], re.MULTILINE)
            self.assertTrue(lines, name)
            for line in lines:
                if "jq" in line and not shutil.which("jq") or "dot" in line and not shutil.which("dot"):
                    continue
                with self.subTest(line=line):
                    run = subprocess.run(["bash", "-c", line], cwd=self.folder, env=environment, capture_output=True, timeout=120, check=False)
                    self.assertIn(run.returncode, (0, 1), run.stderr)

    def test_what_is_misspelt(self):
        self.expect(self.run_muster("chekc"), 2, "there is no command called chekc; did you mean check?")
        self.expect(self.run_muster("help", "estmate"), 2, "did you mean estimate?")
        self.expect(self.run_muster("qqqqqqq"), 2, "`muster help` shows all")
        self.expect(self.run_muster("check", "--fromat", "json"), 2, "did you mean --format?")
        self.expect(self.run_muster("check", "--fail-no=error"), 2, "did you mean --fail-on?")
        self.assertNotIn("did you mean", self.expect(self.run_muster("check", "--qqqqqqqqq"), 2))

    def test_version(self):
        self.assertRegex(self.expect(self.run_muster("--version"), 0), r"\Amuster \d+\.\d+\.\d+\n\Z")


class Completion(CommandLine):
    def script(self, shell):
        path = self.folder / f"completion.{shell}"
        path.write_text(self.expect(self.run_muster("completion", shell), 0), encoding="utf-8")
        return path

    def offered(self, *words):
        """What bash offers for the last of `words`."""
        line = "; ".join((f"source {self.script('bash')}", f"COMP_WORDS=({' '.join(map(repr, words))})", f"COMP_CWORD={len(words) - 1}", "_muster",
                          'printf "%s\\n" "${COMPREPLY[@]}"'))
        run = subprocess.run(["bash", "-uc", line], cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return [word for word in run.stdout.decode().splitlines() if word]

    def test_bash(self):
        self.write(SOUND)
        self.assertEqual(self.offered("muster", "che"), ["check"])
        self.assertIn("graph", self.offered("muster", ""))
        self.assertNotIn("man", self.offered("muster", ""))
        self.assertEqual(self.offered("muster", "--ver"), ["--version"])
        self.assertEqual(self.offered("muster", "graph", "--kind", "p"), ["placement"])
        self.assertEqual(self.offered("muster", "graph", "--format", "=", "m"), ["mermaid"])
        self.assertEqual(self.offered("muster", "graph", "--format", "="), ["dot", "mermaid", "json"])
        self.assertEqual(self.offered("muster", "check", "pl"), ["plan.drp"])
        self.assertEqual(self.offered("muster", "check", "--format", "json", "--output", "pl"), ["plan.drp"])
        self.assertEqual(self.offered("muster", "estimate", "--fail"), ["--fail-on"])
        self.assertEqual(self.offered("muster", "check", "--as-of", ""), [])
        self.assertEqual(self.offered("muster", "completion", "z"), ["zsh"])
        self.assertEqual(self.offered("muster", "help", "est"), ["estimate"])
        self.assertEqual(self.offered("muster", "explain", "rto-m"), ["rto-missed"])

    def test_bash_knows_every_option(self):
        for name in self.offered("muster", ""):
            text = self.expect(self.run_muster("help", name), 0).split("Examples:")[0]
            options = {option for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", re.sub(r"(?m)^.*Usage:.*$", "", text)) if re.search(rf"(?m)^  (?:-\w,)?{option}\b", text)}
            self.assertTrue(options)
            self.assertLessEqual(options, set(self.offered("muster", name, "--")), name)

    def test_the_scripts_are_sound(self):
        script = self.script("bash")
        subprocess.run(["bash", "-n", str(script)], check=True)
        if shutil.which("shellcheck"):
            subprocess.run(["shellcheck", "-s", "bash", str(script)], check=True)
        for shell in ("zsh", "fish"):
            script = self.script(shell)
            if shutil.which(shell):
                subprocess.run([shell, "-n", str(script)], check=True)

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        line = f"source {self.script('fish')}; complete -C 'muster graph --kind '"
        run = subprocess.run(["fish", "-c", line], cwd=self.folder, env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin"}, capture_output=True, check=True)
        self.assertEqual({row.split("\t")[0] for row in run.stdout.decode().splitlines()}, {"dependency", "placement", "recovery"})

    def test_wrong_usage(self):
        self.expect(self.run_muster("completion"), 2)
        self.expect(self.run_muster("completion", "tcsh"), 2)


class ManPage(CommandLine):
    def test_it_has_every_command_and_option(self):
        page = self.expect(self.run_muster("man"), 0)
        text = page.replace("\\-", "-")
        commands = re.findall(r"^\.SS muster (\w+)$", text, re.MULTILINE)
        self.assertIn("diff", commands)
        self.assertNotIn("man", commands)
        for name in commands:
            section = text.split(f".SS muster {name}\n")[1].split("\n.SS ")[0].split("\n.SH ")[0]
            for option in re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", self.expect(self.run_muster("help", name), 0)):
                if not option.startswith("--help"):
                    self.assertIn(f"\\fB{option}\\fR", section, name)

    @unittest.skipUnless(shutil.which("man"), "man is not installed")
    def test_man_reads_it_without_a_warning(self):
        path = self.folder / "muster.1"
        path.write_bytes(self.run_muster("man").stdout)
        run = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", str(path)], env={"PATH": "/usr/bin:/bin", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"},
                             capture_output=True, timeout=60, check=True)
        self.assertEqual(run.stderr, b"")
        shown = re.sub(r".\x08|\x1b\[[\d;]*m", "", run.stdout.decode())
        self.assertIn("muster diff main:plans/nexus plans/nexus", shown)
        self.assertIn("--fail-on", shown)


if __name__ == "__main__":
    unittest.main()
