"""The pages hold: links lead somewhere, commands print what is shown, the site builds."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SITE = sorted(DOCS.rglob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), ROOT / "csrc" / "README.md", *SITE]

FENCE = re.compile(r"^(```+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def name_of(page):
    return str(page.relative_to(ROOT))


def fences(page, language):
    """The blocks of code of a page that are in a language."""
    text = page.read_text(encoding="utf-8")
    return [body for _, name, body in FENCE.findall(text) if name == language]


# ---- links ---------------------------------------------------------------------------------------


def anchor_of(heading):
    """What a link to a heading ends in, as GitHub and Sphinx make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {anchor_of(line) for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def dead_links(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    dead = []
    for link in LINK.findall(text):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading(page):
    assert dead_links(page) == []


def test_a_dead_link_is_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](#one-two) [b](page.md#three) [c](none.md) [d](https://x.y)\n")
    assert dead_links(page) == ["page.md#three", "none.md"]


# ---- commands ------------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path):
    """A function that runs a command line where `coactor` and the sample are at hand."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "coactor"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m coactor "$@"\n')
    command.chmod(0o755)
    folder = tmp_path / "folder"
    shutil.copytree(ROOT / "examples", folder / "examples")
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"

    def run(line):
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=folder,
            env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        return done.stdout

    return run


def sessions(page):
    """The commands of a page, each with what it should print; `\\` and `>` carry a line on."""
    for block in fences(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, printed = part.replace("\n> ", "").partition("\n")
            yield line.replace("\\", ""), printed


@pytest.mark.parametrize("page", [p for p in PAGES if fences(p, "console")], ids=name_of)
def test_the_commands_of_a_page_print_what_it_says(page, shell):
    checker, flags = doctest.OutputChecker(), doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for line, expected in sessions(page):
        got = shell(line)
        assert checker.check_output(expected, got, flags), f"$ {line}\n{got}\nexpected:\n{expected}"


def test_every_page_with_commands_is_run():
    assert name_of(DOCS / "command_line.md") in [name_of(p) for p in PAGES if fences(p, "console")]


def test_python_is_shown_as_a_session_that_the_doctests_run():
    silent = [
        name_of(page)
        for page in PAGES
        for block in fences(page, "python")
        if not block.startswith(">>> ")
    ]
    assert silent == []


@pytest.mark.parametrize("page", [p for p in PAGES if fences(p, "yaml")], ids=name_of)
def test_every_dictionary_that_is_shown_can_be_read(page, tmp_path):
    import coactor

    for block in fences(page, "yaml"):
        path = tmp_path / "shown.yml"
        path.write_text(block, encoding="utf-8")
        assert len(coactor.Actors.read(path).ids) > 0


# ---- the picture ---------------------------------------------------------------------------------


def test_the_picture_shows_what_is_counted_today():
    tool = [sys.executable, ROOT / "tools" / "gen_images.py", "--check"]
    checked = subprocess.run(tool, capture_output=True, text=True, timeout=60)
    assert checked.stdout + checked.stderr == ""
    assert checked.returncode == 0


# ---- the benchmark -------------------------------------------------------------------------------


def test_figures_of_speed_stand_where_the_script_writes_them():
    script = (ROOT / "bench" / "pipeline.py").read_text(encoding="utf-8")
    begin, end = re.search(r'BEGIN, END = "(.*?)", "(.*?)"', script).groups()
    (block,) = re.findall(f"{begin}(.*?){end}", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert re.search(r"^\| coactor, VADER \| [\d,]+ \| [\d.]+ \|$", block, re.MULTILINE)
    others = [
        p for p in PAGES if re.search(r"articles/s|MB/s|articles a second", p.read_text("utf-8"))
    ]
    assert others == [ROOT / "README.md"]


# ---- the site ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built with every warning an error."""
    folder = tmp_path_factory.mktemp("site")
    build = ["-m", "sphinx", "-W", "--keep-going", "-q", "-d", folder / "cache", DOCS]
    built = subprocess.run(
        [sys.executable, *build, folder / "html"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert built.stderr + built.stdout == ""
    assert built.returncode == 0
    return folder / "html"


def test_the_site_has_every_page(site):
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in SITE}
    assert {path for path in pages if not (site / path).exists()} == set()


def test_the_site_asks_nothing_of_other_machines(site):
    loads = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=["'](?:https?:)?//""")
    assert [p.name for p in site.rglob("*.html") if loads.search(p.read_text("utf-8"))] == []
    styles = "".join(p.read_text("utf-8") for p in site.rglob("*.css"))
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//[^)]*|@import[^;]*", styles) == []


def test_the_reference_documents_every_public_name(site):
    import coactor

    lazy = [
        "ActorVectorizer",
        "ToneVectorizer",
        "pandas.SeriesAccessor",
        "pandas.DataFrameAccessor",
    ]
    text = "".join(path.read_text("utf-8") for path in (site / "reference").glob("*.html"))
    documented = set(re.findall(r'id="coactor\.([\w.]+)"', text))
    names = {name for name in [*coactor.__all__, *lazy] if not name.startswith("__")}
    assert names - documented == set()


def test_the_site_shows_the_help_of_every_command(site, shell):
    page = (site / "command_line.html").read_text("utf-8")
    commands = re.findall(r"^    (\w+) ", shell("coactor --help"), re.MULTILINE)
    assert "report" in commands and "actors" in commands
    assert [name for name in commands if f"usage: coactor {name} " not in page] == []


def test_the_site_shows_every_measure(site):
    from coactor.cooccurrence import MEASURES

    page = (site / "reference" / "measures.html").read_text("utf-8")
    assert [name for name, m in MEASURES.items() if m.formula not in _plain(page)] == []


def _plain(page):
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", page))
