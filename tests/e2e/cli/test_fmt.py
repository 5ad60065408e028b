"""`muster fmt`: one layout, and never another plan."""

import json
import os
import random
import re
import signal
import subprocess
import unittest

import drp
import support

UNTIDY = "plan   shop\nsite main {active}   // one\n"
TIDY = "plan shop\nsite main { active }  // one\n"


class Property(support.CommandLine):
    """Over every plan of the tree, as it is and typed anew at random."""

    def formatted(self, text):
        """The layout of `text`, or None where that has errors of syntax."""
        run = self.run_muster("fmt", "-", input=text.encode())
        self.assertIn(run.returncode, (0, 2), run.stderr.decode())
        if run.returncode == 2:
            self.assertRegex(run.stderr.decode(), r"^error\[M1\d\d\d\]")
            self.assertEqual(run.stdout, b"")
            return None
        return run.stdout.decode()

    def assert_sound(self, text):
        result = self.formatted(text)
        if result is None:
            return False
        self.assertEqual(drp.comments(result), drp.comments(text.removeprefix("\ufeff")))
        self.assertEqual(drp.clauses(result), drp.clauses(text.removeprefix("\ufeff")))
        self.assertEqual(self.formatted(result), result)
        self.assertFalse(re.findall(r".*[ \t]\n|\n\n\n", without_text_blocks(result)), "white space at the end of a line, or empty lines")
        return True

    def test_every_plan_of_the_tree(self):
        readable = 0
        for name, text in drp.plans_of_the_tree():
            with self.subTest(plan=name):
                readable += self.assert_sound(text)
        self.assertGreater(readable, 100)

    def test_every_plan_typed_anew(self):
        for seed, (name, text) in enumerate(drp.plans_of_the_tree()):
            if self.formatted(text) is None:
                continue
            for attempt in range(2):
                with self.subTest(plan=name, seed=seed, attempt=attempt):
                    untidy = drp.Hurry(random.Random(1000 * attempt + seed)).retyped(text)
                    self.assertTrue(self.assert_sound(untidy), untidy)

    def test_the_layout_means_what_was_written(self):
        """The same model, to the last value, and the same estimates, to the millisecond."""
        compared = 0
        for seed, (name, text) in enumerate(drp.plans_of_the_tree()):
            if self.formatted(text) is None:
                continue
            with self.subTest(plan=name):
                untidy = drp.Hurry(random.Random(seed)).retyped(text)
                compared += self.assert_same_plan(untidy, self.formatted(untidy))
        self.assertGreater(compared, 50)

    def assert_same_plan(self, text, other):
        readable = False
        for arguments in (["export"], ["estimate", "--format", "json", "--as-of", "2026-11-20"]):
            answers = []
            for version in (text, other):
                run = self.run_muster(*arguments, "-", input=version.encode())
                self.assertIn(run.returncode, (0, 1), run.stderr.decode())
                answers.append(json.loads(run.stdout))
                answers[-1]["plan"].pop("hash")
            readable = "diagnostics" not in answers[0]
            if not readable:
                answers = [sorted(finding["message"] for finding in answer["diagnostics"]) for answer in answers]
            self.assertEqual(*answers)
        return readable


def without_text_blocks(text):
    return "".join('"""' if kind == "text" else token for kind, token in drp.tokens(text))


class Files(support.CommandLine):
    def fmt(self, *arguments, codes=0, **options):
        run = self.run_muster("fmt", *arguments, **options)
        self.expect(run, codes)
        return run.stdout.decode()

    def test_what_changes_is_written_and_named(self):
        path = self.write(UNTIDY)
        other = self.write(TIDY, "tidy.drp")
        before = other.stat()
        self.assertEqual(self.fmt(), "plan.drp\n")
        self.assertEqual(path.read_text(), TIDY)
        self.assertEqual((other.stat().st_ino, other.stat().st_mtime_ns), (before.st_ino, before.st_mtime_ns))
        self.assertEqual(self.fmt(), "")

    def test_folders_are_read_to_the_bottom(self):
        for name in ("a/one.drp", "a/b/two.drp", ".git/three.drp", "a/four.txt"):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            self.write(UNTIDY, name)
        self.assertEqual(self.fmt("--check", ".", codes=1), "a/b/two.drp\na/one.drp\n")
        self.assertEqual(self.fmt("a", "a/one.drp"), "a/b/two.drp\na/one.drp\n")
        self.assertEqual((self.folder / ".git/three.drp").read_text(), UNTIDY)

    def test_a_link_in_a_folder_that_leads_in_a_circle_or_nowhere_is_no_plan(self):
        self.write(UNTIDY, "one.drp")
        (self.folder / "round.drp").symlink_to("round.drp")
        (self.folder / "gone.drp").symlink_to("nothing")
        self.assertEqual(self.fmt("--check", ".", codes=1), "one.drp\n")

    def test_check_writes_nothing(self):
        path = self.write(UNTIDY)
        self.assertEqual(self.fmt("--check", path, codes=1), f"{path}\n")
        self.assertEqual(self.fmt("--check", "--quiet", path, codes=1), "")
        self.assertEqual(path.read_text(), UNTIDY)
        path.write_text(TIDY)
        self.assertEqual(self.fmt("--check", path), "")

    def test_diff_is_one_that_patch_applies(self):
        name = "nexus.drp"
        text = (drp.ROOT / "tests/fixtures/everything.drp").read_text(encoding="utf-8")
        untidy = drp.Hurry(random.Random(7)).retyped(text).replace("\r\n", "\n").removeprefix("\ufeff")
        path = self.write(untidy, name)
        difference = self.fmt("--diff", name, codes=1)
        self.assertEqual(path.read_text(encoding="utf-8"), untidy)
        self.fmt(name)
        wanted = path.read_bytes()
        path.write_text(untidy, encoding="utf-8")
        subprocess.run(["patch", "--quiet", name], input=difference.encode(), cwd=self.folder, check=True)
        self.assertEqual(path.read_bytes(), wanted)
        self.assertEqual(self.fmt("--diff", name), "")

    def test_filter(self):
        self.assertEqual(self.fmt("-", input=UNTIDY.encode()), TIDY)
        self.assertEqual(self.fmt("-", input=TIDY.encode()), TIDY)
        self.assertEqual(self.fmt("--check", "-", codes=1, input=UNTIDY.encode()), "<standard input>\n")
        self.assertIn("+plan shop\n", self.fmt("--diff", "-", codes=1, input=UNTIDY.encode()))
        self.assertEqual(self.fmt("-", input=b""), "")

    def test_byte_order_mark_and_line_ends_are_layout(self):
        for before in (b"\xef\xbb\xbf" + TIDY.encode(), TIDY.encode().replace(b"\n", b"\r\n"), TIDY.encode()[:-1]):
            path = self.write(before)
            self.assertEqual(self.fmt("--check", "plan.drp", codes=1), "plan.drp\n")
            self.assertEqual(self.fmt("plan.drp"), "plan.drp\n")
            self.assertEqual(path.read_bytes(), TIDY.encode())

    def test_a_file_with_errors_is_left_alone_and_the_others_are_not(self):
        broken = self.write("plan   shop {\n", "broken.drp")
        sound = self.write(UNTIDY, "sound.drp")
        run = self.run_muster("fmt", ".")
        self.expect(run, 2, "error[M1005]", "broken.drp:1:13")
        self.assertEqual(run.stdout.decode(), "sound.drp\n")
        self.assertEqual(broken.read_text(), "plan   shop {\n")
        self.assertEqual(sound.read_text(), TIDY)
        run = self.run_muster("fmt", "-", input=b"plan   shop {\n")
        self.expect(run, 2, "error[M1005]")
        self.assertEqual(run.stdout, b"")
        self.expect(self.run_muster("fmt", "--check", "broken.drp"), 2, "error[M1005]")

    def test_what_cannot_be_read_is_said(self):
        self.expect(self.run_muster("fmt", "nowhere.drp"), 2, "there is no file or folder called nowhere.drp")
        (self.folder / "empty").mkdir()
        self.expect(self.run_muster("fmt", "empty"), 2, "no file whose name ends in .drp")
        self.write(b"plan \xff\n")
        self.expect(self.run_muster("fmt"), 2, "not UTF-8")
        os.mkfifo(self.folder / "pipe.drp")
        self.expect(self.run_muster("fmt", "pipe.drp"), 2, "standard input")
        self.expect(self.run_muster("fmt", "-", "plan.drp"), 2, "stands alone")

    @unittest.skipIf(support.ALMIGHTY, "permissions mean nothing here")
    def test_all_files_or_none(self):
        first = self.write(UNTIDY, "a.drp")
        (self.folder / "locked").mkdir()
        self.write(UNTIDY, "locked/b.drp")
        (self.folder / "locked").chmod(0o555)
        self.addCleanup((self.folder / "locked").chmod, 0o755)
        self.expect(self.run_muster("fmt", "a.drp", "locked/b.drp"), 2, "cannot write")
        self.assertEqual(first.read_text(), UNTIDY)

    def test_a_reader_who_has_gone_is_no_failure(self):
        run = subprocess.Popen([*support.COMMAND, "fmt", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdout.close()
        run.stdin.write(b"site a\n" * 100_000)
        run.stdin.close()
        self.assertNotEqual(run.wait(support.HANG), -signal.SIGPIPE)
        self.assertEqual(run.stderr.read(), b"")
        run.stderr.close()

    def test_hostile_files(self):
        for text in ("{" * 100_000, "}" * 100_000, ";" * 100_000, "//" * 100_000, '"""\n' * 10_001, "site a;" * 20_000, "\r" * 1000):
            self.expect(self.run_muster("fmt", "-", input=text.encode()), (0, 2))


if __name__ == "__main__":
    unittest.main()
