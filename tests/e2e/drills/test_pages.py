"""What is generated for people: the same markup whatever the texts of a plan hold, with a reader of Markdown and one of HTML as the judges."""

import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

MUSTER = os.environ.get("MUSTER")
ROOT = pathlib.Path(__file__).resolve().parents[3]
PLANS = ("plans/bookshop", "plans/nexus/repaired", "plans/botcore/repaired", "plans/monolith/repaired", "plans/nerava/repaired",
         "plans/waqiti/repaired")
VOID = {"meta", "br", "path", "rect", "marker"}

# Every place of a plan where a text can stand that comes into a page.
TEMPLATE = '''
plan shop TEXT {{ version TEXT; owner TEXT; approved by TEXT; timezone "UTC"; note TEXT; declare by ops takes 1m }}
site main {{ cluster "main" }}
site dr TEXT {{ standby warm; cluster "dr"; note TEXT }}
role ops TEXT {{ held by TEXT; phone TEXT; responds 1m }}
channel chat TEXT {{ slack TEXT }}
contact vendor TEXT {{ organisation TEXT; contract TEXT; phone TEXT; note TEXT }}
service db TEXT {{ workload statefulset/db in shop; engine postgres 15; at main active, dr standby; rto 1h; check http TEXT }}
data orders TEXT {{ in db; size 1GB; restores at 10MB/s }}
store vault TEXT {{ s3 TEXT; rate 100MB/s }}
replica standby of orders {{ from main to dr; lag 1s }}
backup nightly of orders {{ with pg_dump; every day; takes 1m; to vault; verify {{ every week; check sql TEXT }} }}
detector probe TEXT {{ watches db; every 1m; at dr }}
message told TEXT {{ to chat; on detection; text TEXT }}
procedure move TEXT {{
  recovers db
  asks ticket TEXT
  step promote TEXT {{ by ops; on dr; takes 1m; note TEXT; promote standby of orders; precheck http TEXT; done when sql TEXT; verify sql TEXT }}
  step names TEXT {{ by ops; on dr; takes 1m; switch dns "shop.example" to dr ttl 1m; undo manual TEXT }}
  step look TEXT {{ by ops; on dr; takes 1m; only if TEXT; manual TEXT }}
  step go TEXT {{ by ops; on dr; takes 1m; run "true"; note TEXT }}
  step tell {{ takes 1s; notify chat with told }}
}}
scenario outage TEXT {{ fails site main; follow move; note TEXT }}
drill walk TEXT {{ exercises scenario outage; every month; expects rto, TEXT; by ops }}
duty review TEXT {{ every month; by ops }}
checklist handover TEXT {{ by ops; before TEXT; during TEXT; afterwards TEXT }}
'''

NASTY = (
    "a <script>alert(1)</script>", "a <img src=x onerror=alert(1)>", 'a " onmouseover="x', "a ' x='", "a $(touch ran) `touch ran`", "a\nb\n\nc",
    "a | b | c\n| - | - |", "a\n```\n# b\n````", "a\n~~~", "# a", "- a", "- [ ] a", "1. a", "> a", "[a](javascript:alert(1)) ![a](b)", "[a]: b",
    "a &lt; &#60; &amp;", "</pre></code></style><b>a", "a <!-- b --> ]]>", "a \\ \\\\ *b* __c__ ~~d~~", "a \U0001f525 é", "a --> b\"] ; click c",
    "    a", "===", "---", "a\n---", "+ a", "a" * 10_000, "<a href=x>b</a>", "a\\", "a `", "a ``` b", "<details>a", "$$a$$", "{{a}} {b} %s %d",
)


def quoted(text):
    """A text as a plan writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def compiled(plan, folder):
    out = pathlib.Path(folder) / "out"
    run = subprocess.run([MUSTER, "compile", str(plan), "-o", str(out), "--as-of", "2026-01-01", "--allow-errors", "--quiet"],
                         capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        raise AssertionError(f"compile answered {run.returncode}: {run.stdout[:3000]}{run.stderr[:3000]}")
    return out


def compiled_with(text):
    """The pages of the plan with `text` everywhere, by path."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "plan.drp"
        path.write_text(TEMPLATE.replace("{{", "{").replace("}}", "}").replace("TEXT", quoted(text)), encoding="utf-8")
        out = compiled(path, folder)
        return {str(page.relative_to(out)): page.read_text(encoding="utf-8") for page in sorted(out.rglob("*")) if page.suffix in (".md", ".html")}


class Markup(html.parser.HTMLParser):
    """The elements of a page with their attributes, and whether each is closed where it has to be. Addresses that a reader of Markdown
    makes links of by itself are left out."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.faults, self.skipped = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href", "")
        if tag == "a" and re.match(r"(https?://|mailto:)", address):
            self.skipped += 1
            return
        self.tags.append((tag, tuple(sorted((name, value) for name, value in attrs if name != "id" and tag not in ("rect", "path", "text", "svg", "section")))))
        if tag not in VOID and tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag == "a" and self.skipped:
            self.skipped -= 1
            return
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def markup(page):
    parser = Markup()
    parser.feed(page)
    parser.close()
    return parser


def rendered(markdown):
    return subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "tasklist", "-e", "strikethrough", "-e", "autolink"], input=markdown,
                          capture_output=True, text=True, check=True, timeout=60).stdout


@unittest.skipUnless(MUSTER, "MUSTER does not name the program to run")
class Pages(unittest.TestCase):
    def test_html_is_whole_and_needs_nothing(self):
        for plan in PLANS:
            with tempfile.TemporaryDirectory() as folder:
                pages = sorted(compiled(ROOT / plan, folder).rglob("*.html"))
                self.assertGreater(len(pages), 3, plan)
                for page in pages:
                    found = markup(page.read_text(encoding="utf-8"))
                    self.assertEqual((found.faults, found.open), ([], []), page)
                    self.assertFalse({"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in found.tags}, page)

    def test_links_lead_somewhere(self):
        for plan in PLANS:
            with tempfile.TemporaryDirectory() as folder:
                for page in sorted(compiled(ROOT / plan, folder).rglob("*.html")):
                    links = [dict(attrs)["href"] for tag, attrs in markup(page.read_text(encoding="utf-8")).tags if tag == "a"]
                    missing = [link for link in links if not (page.parent / link.split("#")[0]).exists()]
                    self.assertEqual(missing, [], page)
                for page in sorted(compiled(ROOT / plan, folder).rglob("*.md")):
                    links = re.findall(r"\]\(([\w./#-]+)\)", page.read_text(encoding="utf-8"))
                    missing = [link for link in links if not (page.parent / link.split("#")[0]).exists()]
                    self.assertEqual(missing, [], page)

    def test_texts_never_become_html(self):
        wanted = {path: markup(page).tags for path, page in compiled_with("harmless").items() if path.endswith(".html")}
        for text in NASTY:
            for path, page in compiled_with(text).items():
                if path in wanted:
                    self.assertEqual(markup(page).tags, wanted[path], f"{path} with {text[:60]!r}")

    @unittest.skipUnless(shutil.which("cmark-gfm"), "cmark-gfm is not installed")
    def test_texts_never_become_markdown(self):
        wanted = {path: markup(rendered(page)).tags for path, page in compiled_with("harmless").items() if path.endswith(".md")}
        for text in NASTY:
            for path, page in compiled_with(text).items():
                if path in wanted:
                    self.assertEqual(markup(rendered(page)).tags, wanted[path], f"{path} with {text[:60]!r}")


if __name__ == "__main__":
    unittest.main()
