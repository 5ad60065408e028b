"""What an include may not reach, and that no number of includes hangs or crashes Muster. The goldens show the messages."""

import os
import unittest

from support import SOUND, CommandLine


class Includes(CommandLine):
    def refused(self, *phrases, plan=None):
        run = self.run_muster("check", plan or self.folder / "plan.drp")
        self.expect(run, 1)
        for phrase in ("M2016", *phrases):
            self.assertIn(phrase, run.stdout.decode())
        self.assertNotIn(b"secret", run.stdout)

    def include(self, path):
        self.write(f"plan x\ninclude '{path}'\n", "plan.drp")

    def test_reads_nothing_outside(self):
        outside = self.folder.parent / f"{self.folder.name}-outside.drp"
        outside.write_text("service secret { nonsense }\n", encoding="utf-8")
        self.addCleanup(outside.unlink)
        (self.folder / "link.drp").symlink_to(outside)
        (self.folder / "up").symlink_to("..")
        for path in (f"../{outside.name}", str(outside), "link.drp", f"up/{outside.name}", f"./././../{outside.name}",
                     f"{self.folder.name}/../../{outside.name}", "//etc/passwd"):
            self.include(path)
            self.refused()

    def test_says_nothing_of_what_is_outside(self):
        """Whether a file out there exists cannot be told from the answer."""
        self.include("../../../../../../../etc/passwd")
        there = self.run_muster("check", "plan.drp").stdout
        self.include("../../../../../../../etc/passwx")
        self.assertEqual(there.replace(b"passwd", b"passwx"), self.run_muster("check", "plan.drp").stdout)

    def test_a_plan_of_a_folder_that_is_a_link_out_of_it(self):
        (self.folder / "shop").mkdir()
        self.write("service secret { nonsense }", "outside.drp")
        self.write("plan x", "shop/plan.drp")
        (self.folder / "shop" / "link.drp").symlink_to("../outside.drp")
        run = self.run_muster("check", "shop")
        self.expect(run, 2, "leads out of its folder")
        self.assertNotIn(b"secret", run.stdout + run.stderr)

    def test_a_given_file_may_be_a_link(self):
        (self.folder / "real").mkdir()
        self.write(SOUND, "real/plan.drp")
        (self.folder / "given.drp").symlink_to("real/plan.drp")
        self.expect(self.run_muster("check", "given.drp"), 0)

    def test_a_folder_reached_by_a_link(self):
        (self.folder / "real").mkdir()
        self.write("plan x\ninclude 'sub/role.drp'\n", "real/plan.drp")
        (self.folder / "real" / "sub").mkdir()
        self.write("role ops\n", "real/sub/role.drp")
        (self.folder / "given").symlink_to("real")
        self.expect(self.run_muster("check", "given"), 0)
        self.expect(self.run_muster("check", "given/plan.drp"), 0)

    def test_a_file_that_is_no_text(self):
        self.write(b"role ops // caf\xe9\n", "latin.drp")
        self.include("latin.drp")
        self.refused("not UTF-8")
        self.write(b"role ops\n" * 2_000_000, "large.drp")
        self.include("large.drp")
        self.refused("larger than")

    def test_a_pipe_is_not_waited_for(self):
        os.mkfifo(self.folder / "pipe.drp")
        self.include("pipe.drp")
        self.refused("a pipe")
        (self.folder / "null.drp").symlink_to("/dev/null")
        self.include("null.drp")
        self.refused("leads out")

    def test_a_chain_without_end(self):
        for number in range(1_100):
            self.write(f"include 'x{number + 1}.drp'\nrole r{number}\n", f"x{number}.drp")
        self.include("x0.drp")
        self.refused("nested more than 1000 deep")

    def test_every_file_includes_every_other(self):
        names = [f"x{number}.drp" for number in range(100)]
        for name in names:
            self.write("".join(f"include '{other}'\n" for other in names if other > name), name)
        self.include(names[0])
        self.expect(self.run_muster("check", "plan.drp"), 0)

    def test_a_line_of_names(self):
        self.include("a/" * 100_000 + "b.drp")
        self.refused()


if __name__ == "__main__":
    unittest.main()
