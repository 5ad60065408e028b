"""Whatever is put in, Muster says what is wrong, ends with the right code, and neither crashes nor hangs."""

import json
import os
import subprocess
import unittest

from support import ALMIGHTY, COMMAND, HANG, MUSTER, SOUND, CommandLine


class Files(CommandLine):
    """What cannot be read is said to be unreadable, with exit code 2."""

    def both(self, path, *phrases):
        for command in ("check", "estimate"):
            run = self.run_muster(command, path)
            self.expect(run, 2, *phrases)
            self.assertEqual(run.stdout, b"", "complaints about what was given belong on standard error")

    def test_missing_file(self):
        self.both("nothing-here.drp", "nothing-here.drp", "no file or folder")

    def test_folder_without_plans(self):
        self.write("not a plan", "readme.txt")
        self.both(self.folder, "no plan in it")

    def test_directory_named_like_a_plan(self):
        (self.folder / "x.drp").mkdir()
        self.both("x.drp", "no plan in it")
        self.both(self.folder, "no plan in it")

    def test_link_that_leads_nowhere(self):
        (self.folder / "x.drp").symlink_to("gone.drp")
        self.both("x.drp", "x.drp")
        self.both(self.folder, "x.drp")

    def test_link_to_itself(self):
        (self.folder / "x.drp").symlink_to("x.drp")
        self.both("x.drp", "x.drp")

    def test_binary_file(self):
        self.both(self.write(bytes(range(256)) * 40), "not a text file")

    def test_invalid_utf8(self):
        self.both(self.write(SOUND.encode() + b"service caf\xe9\n"), "not UTF-8", "line 11", "0xE9")

    def test_overlong_utf8_and_surrogates(self):
        for bad in (b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            self.both(self.write(b"plan x // " + bad), "not UTF-8")

    def test_one_line_of_100_mb(self):
        self.both(self.write(b"plan x // " + b"a" * 100_000_000), "larger than")

    def test_100_mb_on_standard_input(self):
        self.expect(self.run_muster("check", "-", input=b"a" * 100_000_000), 2, "larger than")

    @unittest.skipIf(ALMIGHTY, "root may read everything")
    def test_unreadable_file(self):
        path = self.write(SOUND)
        path.chmod(0)
        self.both(path, "cannot read", "ermission")

    @unittest.skipIf(ALMIGHTY, "root may read everything")
    def test_unreadable_folder(self):
        self.folder.chmod(0)
        self.addCleanup(self.folder.chmod, 0o700)
        run = subprocess.run([*COMMAND, "check", str(self.folder)], capture_output=True, timeout=HANG, cwd="/")
        self.expect(run, 2, "cannot read")

    def test_unreadable_file_in_a_folder_is_not_passed_over(self):
        self.write(SOUND)
        (self.folder / "z.drp").symlink_to("gone.drp")
        self.both(self.folder, "z.drp")

    def test_fifo_that_nobody_writes_to(self):
        os.mkfifo(self.folder / "pipe.drp")
        self.both("pipe.drp", "pipe.drp")

    def test_fifo_in_a_folder(self):
        self.write(SOUND)
        os.mkfifo(self.folder / "pipe.drp")
        self.both(self.folder, "pipe.drp")

    def test_device_without_end(self):
        self.both("/dev/zero", "/dev/zero")

    def test_name_that_is_no_text(self):
        path = os.fsencode(self.folder) + b"/caf\xe9\x1b[2J.drp"
        with open(path, "wb") as file:
            file.write(b"nonsense\n")
        run = subprocess.run([MUSTER.encode(), b"check", path, b"--format", b"json"], capture_output=True, timeout=HANG)
        self.assertIn(run.returncode, (1, 2), run.stderr)
        self.assertNotIn(b"terminate", run.stderr)
        run = subprocess.run([MUSTER.encode(), b"check", path], capture_output=True, timeout=HANG)
        self.assertIn(run.returncode, (1, 2), run.stderr)
        self.assertNotIn(b"\x1b[2J", run.stdout + run.stderr)

    def test_empty_file_and_blank_file(self):
        for nothing in ("", "\n\n", " \t", "// only a remark", ";;;"):
            self.check(nothing, 1, "nothing here declares a plan")

    def test_byte_order_mark_and_crlf(self):
        plain = self.expect(self.run_muster("estimate", self.write(SOUND), "--as-of", "2026-11-20"), 0)
        marked = self.write(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
        self.assertEqual(self.expect(self.run_muster("estimate", marked, "--as-of", "2026-11-20"), 0), plain)

    def test_byte_order_mark_in_the_middle(self):
        self.check(b"plan x\n\xef\xbb\xbfservice y\n", 1, "plan.drp:2")


class Usage(CommandLine):
    def test_wrong_usage(self):
        path = self.write(SOUND)
        for arguments in ([], ["chek"], ["check", path, "--nonsense"], ["check", path, "--format", "xml"], ["check", path, path],
                          ["check", path, "--as-of", "2026-02-30"], ["check", path, "--as-of", "today"], ["check", path, "--as-of=-1-1-1"],
                          ["estimate", path, "--fail-on", "note"]):
            run = self.run_muster(*arguments)
            self.expect(run, 2)
            self.assertEqual(run.stdout, b"", arguments)
            self.assertNotEqual(run.stderr, b"", arguments)

    def test_as_of_far_away(self):
        path = self.write(SOUND + 'data d { in web }\nstore s\nbackup b of d { cron "0 2 * * *"; to s; takes 1m; upload 1m }\n')
        for date in ("0001-01-01", "1969-12-31", "2400-02-29", "9999-12-31"):
            self.expect(self.run_muster("estimate", path, "--as-of", date), [0, 1, 2])

    def test_full_disk(self):
        path = self.write(SOUND)
        for arguments in (["check", path], ["estimate", path], ["estimate", path, "--format", "json"], ["check", path, "--format", "json"], ["--help"], ["--version"]):
            with open("/dev/full", "wb") as full:
                self.expect(self.run_muster(*arguments, stdout=full), 2, "No space left")

    def test_closed_pipe_is_silent(self):
        path = self.write(SOUND + "".join(f"service s{i} {{ needs gone{i} }}\n" for i in range(90)))
        for command in ("check", "estimate"):
            run = subprocess.run(["bash", "-c", f'{{ "$0" {command} "$1"; echo "code $?" >&2; }} | head -n 1', MUSTER, str(path)], capture_output=True, timeout=HANG)
            self.assertEqual(run.stderr.decode().strip(), "code 1")

    def test_pipe_that_nobody_reads(self):
        path = self.write(SOUND)
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            self.expect(self.run_muster("estimate", path, stdout=pipe), 0)

    def test_standard_output_closed(self):
        path = self.write(SOUND)
        run = subprocess.run(["bash", "-c", '"$0" estimate "$1" >&-', MUSTER, str(path)], capture_output=True, timeout=HANG)
        self.expect(run, 2, "standard output")


class Text(CommandLine):
    """Text that is no plan: messages with places, exit code 1."""

    def test_nested_braces(self):
        self.check("plan x " + "{" * 30_000 + "}" * 30_000, 1, "nested more than")

    def test_nested_parallel(self):
        self.check("plan x\nprocedure p {\n" + "parallel {\n" * 20_000 + "}\n" * 20_001, 1, "nested more than")

    def test_parallel_as_deep_as_is_allowed(self):
        for depth in (30, 60, 120, 250):
            steps = "".join(f"parallel {{ step s{i} {{ takes 1m }}\n" for i in range(depth))
            self.check(f"plan x\nservice a {{ rto 1h }}\nprocedure p {{ recovers a\n{steps}{'}' * depth}\n}}\n", [0, 1])

    def test_unclosed_blocks(self):
        self.check("plan x\n" + "service a {\n" * 20_000, 1, "plan.drp")

    def test_unclosed_quotes(self):
        self.check('plan x\n' + 'note "\n' * 20_000, 1, "plan.drp:2")
        self.check('plan x { note """\n' + "text\n" * 20_000, 1, "text block")

    def test_stray_braces(self):
        self.check("plan x\n" + "}\n" * 20_000, 1, "closes nothing")

    def test_line_of_15_mb(self):
        self.check("plan x { note \"" + "a" * 15_000_000 + "\" }", 0)
        self.check("plan x\nservice " + "a" * 15_000_000 + "\n", [0, 1])
        said = self.check("plan x\n" + "bogus " * 2_500_000 + "\n", 1, "plan.drp:2")
        self.assertLess(len(said), 100_000, "a message does not repeat a line of 15 MB")

    def test_every_byte_alone_and_in_a_block(self):
        for code in range(1, 128):
            for text in (chr(code), f"plan x {{ {chr(code)} }}", f'plan x "{chr(code)}"'):
                path = self.write(text)
                self.expect(self.run_muster("check", path), [0, 1])

    def test_cut_off_anywhere(self):
        for end in range(0, len(SOUND), 3):
            self.expect(self.run_muster("check", self.write(SOUND[:end])), [0, 1])

    def test_unknown_unit(self):
        self.check(SOUND.replace("responds 5m", "responds 5min"), 1, "5min")

    def test_number_without_unit(self):
        self.check(SOUND.replace("rto 2h", "rto 2"), 1, "plan.drp:4")

    def test_negative_duration(self):
        self.check(SOUND.replace("responds 5m", "responds -5m"), 1, "-5m")


class Values(CommandLine):
    def test_name_used_twice(self):
        self.check(SOUND + "service web\n", 1, "`web` is declared twice", "plan.drp:11")

    def test_plan_declared_twice(self):
        self.check(SOUND + "plan other\n", 1, "twice")

    def test_rto_of_nothing(self):
        self.check(SOUND.replace("rto 2h", "rto 0"), 1, "plan.drp:4")
        self.check(SOUND.replace("rto 2h", "rto 0s"), 1, "out of range")

    def test_duration_too_long(self):
        for long in ("99999999999999999999h", "1001y", "9223372036854775807ms", "1000y1ms"):
            self.check(SOUND.replace("responds 5m", f"responds {long}"), 1, "out of range", long)
        self.check(SOUND.replace("responds 5m", "responds 1000y"), 1, "misses its RTO")

    def test_fraction_of_a_millisecond(self):
        self.check(SOUND.replace("responds 5m", "responds 0.0001s"), 1, "out of range")
        self.check(SOUND.replace("responds 5m", "responds 0." + "0" * 5000 + "1s"), 1, "out of range")

    def test_range_backwards(self):
        for wrong in ("8m..2m", "1m..9m..3m", "p50 20m p95 5m"):
            self.check(SOUND.replace("responds 5m", f"responds {wrong}"), 1, "runs backwards")

    def test_hours_backwards(self):
        self.check(SOUND.replace("responds 5m", "hours mon..fri 18:00..08:00"), 1, "hours end later")

    def test_impossible_dates_and_times(self):
        self.check(SOUND.replace("plan shop", "plan shop { reviewed 2026-02-30 }"), 1, "not a day of the calendar")
        self.check(SOUND.replace("responds 5m", "hours mon..fri 08:00..25:00"), 1, "24:00")
        self.check(SOUND.replace("plan shop", 'plan shop { timezone "../../etc/passwd" }'), 1, "no time zone")

    def test_numbers_at_their_limits(self):
        for number in ("9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999", "1.5"):
            self.check(SOUND.replace("responds 5m", f"headcount {number}"), 1, number)
            self.check(SOUND.replace("every 1m", f"every 1m; threshold {number}"), 1, number)
        self.check(SOUND.replace("every 1m", "every 1000y; threshold 1000000"), 1, "web")

    def test_sizes_and_rates_at_their_limits(self):
        for size in ("0B", "9224PB", "9223372036854775808B", "99999999999999999999PB", "0.1B"):
            self.check(SOUND + f"data d {{ in web; size {size} }}\n", 1, "out of range", size)
        for rate in ("0B/s", "9224PB/s", "0.5B/s", "99999999999999999999Gbit/s"):
            self.check(SOUND + f"store s {{ rate {rate} }}\n", 1, "out of range", rate)

    def test_slow_transfer_of_much(self):
        for size, rate in (("1PB", "1B/s"), ("9223PB", "1B/d"), ("9223372036854775807B", "1B/s")):
            plan = f"""plan x
service db {{ rto 1h }}
data d {{ in db; size {size}; restores at {rate}; changes {size}/s; rpo 1h }}
store s {{ rate {rate} }}
backup b of d {{ every day at 02:00; takes 1m; to s }}
archive log of d {{ every 1m; to s; base b; replay 1B/d }}
procedure p {{ recovers db; step r {{ restore d from log }} }}
scenario lost {{ destroys db; detected after 1m }}
"""
            self.check(plan, 1, "db")
            self.check(plan.replace("from log", "from b"), 1, "db")

    def test_sums_of_the_longest_durations(self):
        steps = "".join(f"  step s{i} {{ takes 1000y }}\n" for i in range(3000))
        self.check(f"plan x\nservice a {{ rto 1h; starts in 1000y }}\nprocedure p {{\n  recovers a\n{steps}}}\nscenario s {{ fails a; detected after 1000y }}\n", 1, "misses its RTO")

    def test_upload_that_takes_for_ever_loses_more_than_a_day(self):
        self.write("""plan x
service db
data d { in db; size 9223PB; rpo 2d; restores at 1GB/s }
store s { rate 1B/d }
backup b of d { every day at 02:00; takes 1m; to s }
procedure p { recovers db; step r { restore d from b; takes 1m } }
scenario lost { destroys db; detected after 1m }
""")
        run = self.run_muster("estimate", "plan.drp", "--format", "json")
        self.expect(run, 1)
        self.assertNotIn("met", [data["verdict"] for data in json.loads(run.stdout)["scenarios"][0]["data"]])

    def test_schedule_that_never_starts(self):
        plan = 'plan x\nservice db\ndata d {{ in db; rpo 1h; size 1GB }}\nstore s {{ rate 1GB/s }}\nbackup b of d {{ {}; to s }}\nscenario lost {{ destroys db; detected after 1m }}\n'
        for wrong in ('cron "0 0 31 2 *"', 'cron "0 0 30 2 *"', "every feb on 30", 'cron "61 * * * *"', 'cron "* * *"', 'cron ""', 'cron "@reboot"', 'cron "*/0 * * * *"', 'cron "5-1 * * * *"', 'cron "1-99999999999999999999 * * * *"',
                      'cron "TZ=Mars/Phobos 0 0 * * *"', "every 0s", "every 1ms", 'cron "0 0 1 1 * 2026"'):
            self.check(plan.format(wrong), 1, "plan.drp:5")

    def test_cron_of_ten_thousand_values(self):
        cron = ",".join(["0-59/1"] * 10_000)
        self.check(f'plan x\nservice db\ndata d {{ in db }}\nstore s\nbackup b of d {{ cron "{cron} * * * *"; to s }}\n', [0, 1])


class Hostile(CommandLine):
    TEXTS = ("\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\u202egnp.exe", "\u2066hidden\u2069", "\x9b31m", "a\x7fb", "\u200bzero", "%s%n{}{0}", "$(id)`id`")

    def test_controls_never_reach_the_terminal(self):
        for text in self.TEXTS:
            plan = SOUND.replace("plan shop", f'plan shop "{text}"').replace("service web {", f'service web "{text}" {{ note "{text}";')
            plan = plan.replace("step restart {", f'step restart "{text}" {{').replace("rto 2h", "rto 1s").replace("fails web", f'fails web; category "{text}"')
            for bad in (plan, plan + f"bogus {text}\n", plan + f"service {text}\n", plan + f"service b {{ needs {text} }}\n", plan + f'store s {{ provider "{text}" }}\nscenario t {{ fails provider "{text}x" }}\n'):
                path = self.write(bad)
                for command in ("check", "estimate"):
                    said = self.expect(self.run_muster(command, path, "--color", "never"), 1)
                    for forbidden in "\x1b\x07\x9b\x7f\u202e\u2066\u2069":
                        self.assertNotIn(forbidden, said, f"{text!r} by {command}")

    def test_json_stays_json(self):
        for text in self.TEXTS:
            path = self.write(SOUND.replace("plan shop", f'plan shop "{text}"').replace("service web {", f'service web "{text}" {{').replace("rto 2h", "rto 1s"))
            for command in ("check", "estimate"):
                run = self.run_muster(command, path, "--format", "json")
                self.expect(run, 1)
                self.assertEqual(json.loads(run.stdout)["plan"]["title"], text)

    def test_very_long_names_and_titles(self):
        name = "n" + "a" * 100_000
        self.check(SOUND.replace("web", name).replace("rto 2h", "rto 1s"), 1)
        self.check(SOUND.replace("plan shop", f'plan shop "{name * 10}"'), 0)
        said = self.check(SOUND + f"service b {{ needs {name}x, {name}y }}\n", 1)
        self.assertLess(len(said), 2_000_000)


class Shapes(CommandLine):
    """Plans that are well written and make no sense."""

    def test_everything_depends_on_everything(self):
        names = [f"s{i}" for i in range(300)]
        services = "".join(f"service {n} {{ rto 1h; needs {', '.join(o for o in names if o != n)} }}\n" for n in names)
        said = self.check(f"plan x\n{services}scenario s {{ fails s0; detected after 1m }}\n", 1, "need each other")
        self.assertLess(len(said), 5_000_000)

    def test_service_that_needs_itself(self):
        self.check("plan x\nservice a { needs a }\nscenario s { fails a; detected after 1m }\n", 1, "`a`")
        self.check("plan x\nservice a { wants a }\nscenario s { fails a; detected after 1m }\n", 1, "no service helps itself to run")

    def test_circle_with_a_way_out_where_all_is_ready_at_once(self):
        self.check("""plan x
service a { needs b, c; rto 1h }
service b { needs c or a; rto 1h }
service c
procedure fix { recovers c, b; step s { takes 1m } }
scenario crash { fails c; detected after 1m }
""", 0)

    def test_all_procedures_wait_for_each_other(self):
        parts = [f"service s{i} {{ rto 1h }}\nprocedure p{i} {{ recovers s{i}; step go {{ takes 1m; requires s{(i + 1) % 200} }} }}\n" for i in range(200)]
        self.check("plan x\n" + "".join(parts) + f"scenario s {{ fails {', '.join(f's{i}' for i in range(200))}; detected after 1m }}\n", 1, "wait for each other")

    def test_step_that_waits_for_its_own_service(self):
        self.check("plan x\nservice a { rto 1h }\nprocedure p { recovers a; step go { takes 1m; requires a } }\nscenario s { fails a; detected after 1m }\n", 1, "wait for each other")

    def test_steps_in_a_circle(self):
        self.check("plan x\nservice a\nprocedure p { recovers a; step x { after y; takes 1m }\n step y { after x; takes 1m }\n step z { after z } }\n", 1, "wait for each other")

    def test_nobody_in_the_role(self):
        self.check(SOUND.replace("responds 5m", "headcount 0"), 1, "nobody is in role `ops`")

    def test_detector_that_watches_where_it_runs(self):
        plan = SOUND.replace("watches web;", "watches main; at main;").replace("fails web", "fails main")
        self.check(plan, 1, "no detector sees it")

    def test_scenario_over_before_it_is_found(self):
        returning = SOUND.replace("fails web", "fails web; lasts 10s")
        self.check(returning, 0, "no findings")
        self.assertEqual(self.rta_of_web(), 720_000)  # back after 70 s, and then the procedure restarts it from 6 to 11 min
        self.check(returning.replace("restart web;", 'manual "Look at it.";'), 0, "no findings")
        self.assertEqual(self.rta_of_web(), 70_000)  # back after 10 s, starts in 1 min

    def rta_of_web(self):
        run = self.run_muster("estimate", self.folder / "plan.drp", "--format", "json")
        return json.loads(run.stdout)["scenarios"][0]["services"][0]["rta_ms"]

    def test_clock_that_starts_after_the_recovery(self):
        self.check(SOUND.replace("plan shop", "plan shop { clock from detection }").replace("fails web", "fails web; lasts 0s"), 0)

    def test_10_000_services(self):
        services = "".join(f"service s{i} {{ needs s{i - 1}; rto 1h }}\n" if i else "service s0 { rto 1h }\n" for i in range(10_000))
        path = self.write(f"plan x\n{services}scenario s {{ fails s9999; detected after 1m }}\n")
        self.expect(self.run_muster("check", path), 1, "s9999")
        self.expect(self.run_muster("estimate", path, "--quiet"), 1)

    def test_chain_of_1_000_that_falls(self):
        services = "".join(f"service s{i} {{ needs s{i - 1}; rto 1h }}\n" if i else "service s0 { rto 1h }\n" for i in range(1_000))
        path = self.write(f"plan x\n{services}scenario s {{ fails s0; detected after 1m }}\n")
        self.expect(self.run_muster("check", path, "--quiet"), 1)

    def test_3_000_steps_after_all_before(self):
        steps = "".join(f"step s{i} {{ takes 1m{'; after ' + ', '.join(f's{j}' for j in range(max(0, i - 30), i)) if i else ''} }}\n" for i in range(3000))
        self.check(f"plan x\nservice a {{ rto 1h }}\nprocedure p {{\nrecovers a\n{steps}}}\nscenario s {{ fails a; detected after 1m }}\n", 1, "misses its RTO")

    def test_3_000_steps_written_backwards(self):
        steps = "".join(f"step s{i} {{ takes 1m; after s{i + 1} }}\n" for i in range(2999)) + "step s2999 { takes 1m; after s3000 }\nparallel { step s3000 { takes 1m } }\n"
        self.check(f"plan x\nservice a {{ rto 1h }}\nprocedure p {{\nrecovers a\n{steps}}}\nscenario s {{ fails a; detected after 1m }}\n", 1)

    def test_20_000_unknown_names(self):
        services = "".join(f"service service-number-{i} {{ needs servise-number-{i}x }}\n" for i in range(20_000))
        self.check(f"plan x\n{services}", 1, "there is no")


class Compile(CommandLine):
    def setUp(self):
        super().setUp()
        if self.run_muster("compile", "--help").returncode != 0:
            self.skipTest("this binary does not compile plans")
        self.path = self.write(SOUND)

    def leftovers(self):
        return sorted(path.name for path in self.folder.iterdir() if "muster" in path.name)

    def refused(self, *arguments):
        said = self.expect(self.run_muster("compile", *arguments), 2)
        self.assertEqual(self.leftovers(), [], "a folder half written was left behind")
        return said

    def test_output_that_is_a_file(self):
        (self.folder / "out").write_text("mine")
        self.refused(self.path, "-o", "out")
        self.assertEqual((self.folder / "out").read_text(), "mine")

    def test_folder_of_somebody_else(self):
        (self.folder / "out").mkdir()
        (self.folder / "out/mine").write_text("mine")
        self.assertIn("not written by muster", self.refused(self.path, "-o", "out"))
        self.assertEqual(os.listdir(self.folder / "out"), ["mine"])

    def test_device_and_kernel_folders(self):
        for target in ("/dev/null", "/proc/out", "/sys/out"):
            self.refused(self.path, "-o", target)

    @unittest.skipIf(ALMIGHTY, "root may write everywhere")
    def test_folder_that_may_not_be_written(self):
        (self.folder / "shut").mkdir(mode=0o500)
        self.assertIn("ermission", self.refused(self.path, "-o", "shut/out"))

    def test_broken_manifest(self):
        (self.folder / "out").mkdir()
        for text in ("{", "[]", "null", '{"files": 3}', '{"files": [{"path": 3}]}', '{"files": [{"path": "../../x", "sha256": "0"}]}', "\xff", "[" * 100_000):
            (self.folder / "out/manifest.json").write_text(text)
            run = self.run_muster("compile", self.path, "-o", "out")
            self.expect(run, [0, 2])

    def test_plan_with_errors_writes_nothing(self):
        self.expect(self.run_muster("compile", self.write("service a { needs b }\n"), "-o", "out"), 1, "nothing was written")
        self.assertFalse((self.folder / "out").exists())

    def test_names_do_not_leave_the_folder(self):
        path = self.write('plan x "../../../etc"\nsite "../up"\nservice a { rto 1h }\nscenario s { fails a; detected after 1m }\n')
        self.expect(self.run_muster("compile", path, "-o", "out", "--allow-errors"), [0, 1])
        self.assertEqual([p for p in self.folder.iterdir() if p.name not in ("plan.drp", "out")], [])


if __name__ == "__main__":
    unittest.main()
