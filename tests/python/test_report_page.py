"""The page as it is seen, read aloud and printed: its structure, its colours, its size.

What needs a browser is skipped where Chromium is absent.
"""

import json
import re
import shutil
import struct
import subprocess
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from test_report import HOSTILE, Page, look, plain, section

from coactor import Actors, Corpus, analyze
from coactor.report import render

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "python" / "coactor" / "templates" / "report.css").read_text(encoding="utf-8")
WIDTHS = (390, 820, 1400)
SCHEMES = {"dark": "0", "light": "1"}


@pytest.fixture(scope="module")
def source():
    corpus = Corpus.read(ROOT / "examples" / "cold_war.csv", id="id", date="date", by=["region"])
    return render(analyze(corpus, actors=ROOT / "examples" / "cold_war.yml"))


# ---- read aloud ----------------------------------------------------------------------------------


def test_headings_go_down_one_level_at_a_time(source):
    levels = [int(level) for level in re.findall(r"<h([1-6])", source)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_page_has_its_landmarks_once_and_every_section_a_name(source):
    for tag in ("header", "nav", "main", "footer"):
        assert len(re.findall(rf"<{tag}[ >]", source)) == 1
    assert '<nav aria-label="On this page">' in source
    ids = set(re.findall(r' id="([^"]+)"', source))
    for opened in re.findall(r"<section[^>]*>", source):
        assert re.search(r'aria-labelledby="([^"]+)"', opened)[1] in ids


def test_the_first_link_skips_to_the_findings(source):
    assert re.search(r"<body>\s*<a (.*?)>", source)[1] == 'class="skip" href="#main"'
    assert '<main id="main" tabindex="-1">' in source


def test_every_section_is_reached_from_the_top(source):
    links = re.findall(r'<li><a href="#(\w+)">', source.split("</nav>")[0])
    assert links == re.findall(r'<section id="(\w+)"', source)


def test_every_table_has_a_caption_and_every_header_a_scope(source):
    for table in re.findall(r"<table.*?</table>", source, re.S):
        assert re.match(r"<table[^>]*>\s*<caption", table)
    headers = re.findall(r"<th[ >][^>]*", source)
    assert len(headers) > 100 and all("scope=" in header for header in headers)


def test_a_header_over_several_columns_names_as_many_as_there_are(source):
    for table in re.findall(r"<table.*?</table>", source, re.S):
        if "<thead" not in table:
            continue
        head = re.search(r"<thead.*?</thead>", table, re.S)[0]
        top = re.findall(r"<th[^>]*>", re.search(r"<tr>.*?</tr>", head, re.S)[0])
        n_top = sum(int((re.search(r'colspan="(\d+)"', th) or [0, 1])[1]) for th in top)
        rows = re.findall(r"<tr.*?</tr>", table.split("</thead>")[1], re.S)
        assert {len(re.findall(r"<t[hd][ >]", row)) for row in rows} == {n_top}


def test_every_drawing_is_named_or_hidden_and_what_scrolls_can_be_focused(source):
    for svg in re.findall(r"<svg[^>]*>", source):
        named = "aria-labelledby=" in svg or "aria-label=" in svg
        assert ('role="img"' in svg and named) or 'aria-hidden="true"' in svg
    for svg in re.findall(r"<svg[^>]*aria-labelledby=.*?</svg>", source, re.S):
        assert "<title" in svg and "<desc" in svg
    for region in re.findall(r'<div class="scroll[^>]*>', source):
        assert 'role="region"' in region and 'aria-label="' in region and 'tabindex="0"' in region


def test_focus_is_seen():
    assert re.search(r":focus-visible \{ outline: 2px solid", CSS)
    assert not re.search(r"(?<!main:focus \{ )outline: none", CSS)


# ---- colours -------------------------------------------------------------------------------------


def colours(scheme):
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
    held = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return held | (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {}
    )


def channels(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(rgb):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXTS = [
    *[(text, "paper") for text in ("ink", "soft", "accent", "warn", "negative", "positive")],
    *[("ink", "card"), ("soft", "card"), ("accent", "card")],
    *[("ink", "mark-a"), ("ink", "mark-b"), ("ink", "heat"), ("paper", "ink")],
]
TEXTS.remove(("negative", "paper"))  # signs beside which stands what they say
TEXTS.remove(("positive", "paper"))
SHAPES = ["plain", "unknown", "negative", "positive", "strong", *(f"c{n}" for n in range(7))]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_has_a_contrast_of_4_5(scheme, text, ground):
    held = colours(scheme)
    assert contrast(channels(held[text]), channels(held[ground])) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_have_a_contrast_of_3(scheme, shape):
    held = colours(scheme)
    assert contrast(channels(held[shape]), channels(held["paper"])) >= 3


#: What is left of colours without long, middle or short waves (Viénot, Brettel and Mollon 1999).
BLIND = {
    "protan": [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
    "deutan": [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", BLIND)
def test_negative_and_positive_differ_to_the_colour_blind(scheme, kind):
    held = colours(scheme)
    seen = [
        np.array(BLIND[kind]) @ np.array(channels(held[n])) ** 2.2 for n in ("negative", "positive")
    ]
    one, other = (np.clip(rgb, 0, 1) ** (1 / 2.2) for rgb in seen)
    assert np.abs(one - other).max() > 0.3


# ---- size ----------------------------------------------------------------------------------------


def many(n):
    """Make an analysis of n articles of about a hundred actors, a few in each."""
    rng = np.random.default_rng(0)
    names = np.array([f"Actor{i}stan" for i in range(100)])
    texts = [
        " ".join(f"{a} warned {b} about {c} on day {n}." for a, b, c in rng.choice(names, (6, 3)))
        for n in range(n)
    ]
    days = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 3000, n), unit="D")
    frame = pd.DataFrame({"text": texts, "date": days})
    return analyze(frame, actors=Actors({name: [name] for name in names}), date="date")


def test_the_page_does_not_grow_with_the_corpus():
    small, large = (len(render(many(n)).encode()) for n in (600, 6_000))
    assert large < 1.2 * small + 10_000 and large < 1_500_000


# ---- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    pytest.skip("needs Chromium to look at the page")


def run(chromium, folder, page, *options):
    done = subprocess.run(
        [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                f"--user-data-dir={folder}/new",
            ),
            *options,
            page.as_uri(),
        ],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0
    return done.stdout.decode("utf-8")


def pixels(png):
    """Return the pixels of a PNG as Chromium writes it (8 bits, RGB or RGBA)."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            data += body
        at += size + 12
    assert depth == 8
    deep = {2: 3, 6: 4}[colour]
    raw = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(height, 1 + width * deep)
    image = np.zeros((height, width, deep), dtype=np.uint8)
    above = np.zeros((width, deep), dtype=np.uint8)
    for y in range(height):
        line = raw[y, 1:].reshape(width, deep)
        image[y] = above = unfiltered(int(raw[y, 0]), line, above)
    return image[:, :, :3]


def unfiltered(how, line, above):
    """Undo the filter of one row of a PNG."""
    if how == 0:
        return line
    if how == 1:
        return np.cumsum(line, axis=0, dtype=np.uint8)
    if how == 2:
        return line + above
    made, left, corner = (
        line.astype(np.int64),
        np.zeros(line.shape[1], int),
        np.zeros(line.shape[1], int),
    )
    for x in range(len(line)):
        up = above[x].astype(np.int64)
        if how == 3:
            guess = (left + up) // 2
        else:
            far = np.abs(np.stack([up - corner, left - corner, left + up - 2 * corner]))
            guess = np.where(
                (far[0] <= far[1]) & (far[0] <= far[2]),
                left,
                np.where(far[1] <= far[2], up, corner),
            )
        made[x] = left = (made[x] + guess) % 256
        corner = up
    return made.astype(np.uint8)


#: Measures the page, and what sticks out of it but lies in no part that scrolls of its own.
MEASURE = """<script>
addEventListener("load", () => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll("*")].filter(
    (e) => e.getBoundingClientRect().right > wide + 1 && !e.closest(".scroll, .hidden, details"));
  const held = {wide, scroll: document.documentElement.scrollWidth,
    out: out.map((e) => e.tagName + "." + e.getAttribute("class"))};
  const pre = document.createElement("pre");
  pre.id = "measured"; pre.textContent = JSON.stringify(held); document.body.append(pre);
});
</script>"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_at_the_side(source, chromium, tmp_path, width):
    page = tmp_path / "page.html"
    opened = re.sub("<details>", "<details open>", source)
    measured = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", opened)
    page.write_text(measured.replace("</body>", MEASURE + "</body>"), encoding="utf-8")
    # Headless windows are at least 500 wide: a narrow page is measured in a frame.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe src="page.html" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>onload = () => setTimeout(() => { document.body.append("
        'document.querySelector("iframe").contentDocument.getElementById("measured")) }, 200)'
        "</script>",
        encoding="utf-8",
    )
    dom = run(
        chromium, tmp_path, frame, "--dump-dom", "--virtual-time-budget=4000",
        "--allow-file-access-from-files", "--window-size=1600,1000",
    )  # fmt: skip
    held = json.loads(re.search(r'<pre id="measured">(.*?)</pre>', dom)[1])
    assert held == {"wide": width, "scroll": width, "out": []}


@pytest.mark.parametrize("width", WIDTHS)
def test_light_and_dark_are_drawn_at_every_width(source, chromium, tmp_path, width):
    page = tmp_path / "page.html"
    page.write_text(source, encoding="utf-8")
    ground = {}
    for scheme, number in SCHEMES.items():
        picture = tmp_path / f"{scheme}.png"
        run(
            chromium, tmp_path / scheme, page, f"--screenshot={picture}",
            f"--window-size={width},700", f"--blink-settings=preferredColorScheme={number}",
        )  # fmt: skip
        drawn = pixels(picture.read_bytes())
        assert drawn.shape == (700, width, 3)
        shades, counts = np.unique(drawn.reshape(-1, 3), axis=0, return_counts=True)
        assert len(shades) > 20  # letters and their edges, a rule, the accent
        ground[scheme] = shades[counts.argmax()] / 255
        expected = channels(colours(scheme)["paper"])
        assert np.abs(ground[scheme] - expected).max() < 0.02
    assert luminance(ground["light"]) > 0.9 and luminance(ground["dark"]) < 0.05


def test_a_hostile_page_runs_nothing(chromium, tmp_path):
    actors = Actors({"A": {"label": HOSTILE, "aliases": ["Russia"]}, "B": ["Iran"]})
    page = tmp_path / "page.html"
    hostile = render(look([f"Russia {HOSTILE} met Iran."], actors=actors))
    page.write_text(hostile.replace("alert('x')", "document.title='run'"), encoding="utf-8")
    dom = run(chromium, tmp_path, page, "--dump-dom", "--virtual-time-budget=2000")
    assert "<title>Who appears with whom" in dom
    assert "script" not in Page(hostile).tags and "alert(" in plain(section(hostile, "who"))
