"""`--format F --output FILE`, several of them: each where it was asked for, whole or not at all."""

import json
import os
import pathlib
import unittest

from support import ALMIGHTY, SOUND, CommandLine

DAY = ("--as-of", "2026-11-20")
BAD = "plan shop\nnonsense\n"


class Reports(CommandLine):
    def check(self, *arguments, codes=1, **options):
        run = self.run_muster("check", "plan.drp", *DAY, *arguments, **options)
        self.expect(run, codes)
        return run.stdout.decode()

    def setUp(self):
        super().setUp()
        self.write(BAD)
        self.text = self.check()

    def left(self):
        return sorted(path.name for path in self.folder.rglob("*"))

    def test_text_to_the_terminal_and_the_rest_to_files(self):
        printed = self.check("--format", "text", "--format", "sarif", "--output", "a.sarif", "--format", "junit", "-o", "a.xml")
        self.assertEqual(printed, self.text)
        self.assertEqual(json.loads((self.folder / "a.sarif").read_text())["version"], "2.1.0")
        self.assertIn("<testsuites", (self.folder / "a.xml").read_text())
        self.assertEqual(self.left(), ["a.sarif", "a.xml", "plan.drp"])

    def test_a_file_is_what_would_be_printed(self):
        for name in ("text", "json", "sarif", "junit", "github"):
            self.assertEqual(self.check("--format", name, "-o", "out"), "")
            self.assertEqual((self.folder / "out").read_text(), self.check("--format", name))
            self.assertEqual(self.check("--format", name, "-o", "-"), self.check("--format", name))

    def test_order_decides_which_file_is_for_which_form(self):
        printed = self.check("--format", "sarif", "-o", "a.sarif", "--format", "text")
        self.assertEqual(printed, self.text)
        printed = self.check("--output=a.json", codes=2) + self.check("--format=json", "--output=a.json", "--format=text", "--output=a.txt")
        self.assertEqual(printed, "")
        self.assertEqual((self.folder / "a.txt").read_text(), self.text)
        json.loads((self.folder / "a.json").read_text())

    def test_colours_are_for_the_terminal(self):
        self.check("--format", "text", "-o", "a.txt", "--color", "always")
        self.assertEqual((self.folder / "a.txt").read_text(), self.text)

    def test_quiet_still_writes_files(self):
        self.assertEqual(self.check("--quiet", "--format", "text", "--format", "json", "-o", "a.json"), "")
        json.loads((self.folder / "a.json").read_text())

    def test_wrong_usage(self):
        for arguments in (["-o", "a"], ["-o", "a", "--format", "json"], ["--format", "json", "-o", "a", "-o", "b"], ["--format", "json", "--format", "text"],
                          ["--format", "json", "-o", "a", "--format", "text", "-o", "./a"], ["--format", "json", "-o", ""], ["--format", "json", "-o"],
                          ["--format", "markdown"], ["--format", "json", "-o", "-", "--format", "text"]):
            self.assertEqual(self.check(*arguments, codes=2), "", arguments)
        self.assertEqual(self.left(), ["plan.drp"])

    def test_all_files_or_none(self):
        (self.folder / "kept.json").write_text("before")
        (self.folder / "folder").mkdir()
        for bad in ("nowhere/a.sarif", "folder", "folder/", "plan.drp/a.sarif", "a" * 300):
            printed = self.check("--format", "text", "--format", "json", "-o", "kept.json", "--format", "junit", "-o", "new.xml", "--format",
                                 "sarif", "-o", bad, codes=2)
            self.assertEqual(printed, "", "nothing is printed as if all had gone well")
            self.assertEqual((self.folder / "kept.json").read_text(), "before")
            self.assertEqual(self.left(), ["folder", "kept.json", "plan.drp"])

    @unittest.skipIf(ALMIGHTY, "root may write everywhere")
    def test_what_may_not_be_written(self):
        (self.folder / "kept.json").write_text("before")
        (self.folder / "kept.json").chmod(0o444)
        self.check("--format", "json", "-o", "kept.json", codes=2)
        self.assertEqual((self.folder / "kept.json").read_text(), "before")

    def test_a_full_disk(self):
        run = self.run_muster("check", "plan.drp", *DAY, "--format", "json", "-o", "/dev/full")
        self.expect(run, 2, "/dev/full", "No space left")

    def test_devices_and_pipes_stay_what_they_are(self):
        self.check("--format", "json", "-o", "/dev/null")
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        self.check("--format", "json", "-o", "pipe")
        said = os.read(reader, 1_000_000)
        os.close(reader)
        self.assertEqual(json.loads(said)["format"], 1)
        self.assertTrue(pipe.is_fifo())

    def test_a_link_is_followed_and_permissions_are_kept(self):
        real = self.folder / "real.json"
        real.write_text("before")
        real.chmod(0o600)
        (self.folder / "link.json").symlink_to("real.json")
        self.check("--format", "json", "-o", "link.json")
        self.assertTrue((self.folder / "link.json").is_symlink())
        self.assertEqual(json.loads(real.read_text())["format"], 1)
        self.assertEqual(real.stat().st_mode & 0o777, 0o600)

    def test_nothing_found_is_a_whole_document_too(self):
        self.write(SOUND)
        self.check("--format", "sarif", "-o", "a.sarif", "--format", "github", "-o", "a.txt", codes=0)
        self.assertEqual(json.loads((self.folder / "a.sarif").read_text())["runs"][0]["results"], [])
        self.assertEqual((self.folder / "a.txt").read_text(), "")

    def test_other_commands_take_what_they_took(self):
        self.write(SOUND)
        self.expect(self.run_muster("estimate", "plan.drp", "--format", "json"), 0)
        self.expect(self.run_muster("estimate", "plan.drp", "--format", "sarif"), 2)


class Explain(CommandLine):
    def test_list_and_each(self):
        listed = self.expect(self.run_muster("explain", "--list"), 0)
        rows = [line.split(maxsplit=3)[:3] for line in listed.splitlines()]
        self.assertGreater(len(rows), 20)
        for code, severity, name in rows:
            self.assertIn(severity, ("error", "warning", "note"))
            page = self.expect(self.run_muster("explain", code), 0, f"# {code} {name}\n", "```drp")
            self.assertEqual(self.expect(self.run_muster("explain", name), 0), page)

    def test_wrong_usage(self):
        for arguments in ([], ["M9999"], ["M3001", "--list"], [""]):
            run = self.run_muster("explain", *arguments)
            self.expect(run, 2)
            self.assertEqual(run.stdout, b"")


if __name__ == "__main__":
    unittest.main()
