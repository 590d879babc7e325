"""What a notebook shows: short, escaped, without script, good in light and in dark."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import coactor as ca
from coactor import _display

VOID = {"br", "meta"}
NAMES = {
    "RUS": {"label": "Russia", "class": "state", "aliases": ["Moscow", "Russia"]},
    "MIN": {"label": "Minsk & Co", "class": "state", "aliases": ["Minsk"]},
    "IS": {"class": "group", "aliases": ["Islamic State"]},
    "ISK": {"class": "branch", "aliases": ["Islamic State-Khorasan"]},
}
GOOD = {"praised": 1.0, "brutal": -1.0, "neutral": 0.0}
TEXT = "Moscow praised Minsk. It was a brutal raid by Islamic State-Khorasan."


def corpus_of(texts):
    frame = pd.DataFrame({"text": texts, "date": pd.Timestamp("2024-05-06"), "outlet": "Dawn"})
    return ca.Corpus(frame, date="date", by="outlet")


def results(texts=(TEXT, None, TEXT)):
    """One of each: what `_repr_html_` is tested on."""
    corpus, actors, lexicon = corpus_of(list(texts)), ca.Actors(NAMES), ca.Lexicon(GOOD)
    mentions = corpus.mentions(actors)
    found = ca.analyze(corpus, actors=actors, lexicon=lexicon)
    doc = 0
    return {
        "corpus": corpus,
        "tokens": corpus.tokens,
        "actors": actors,
        "mentions": mentions,
        "pairs": mentions.cooccur(),
        "groups": mentions.cooccur(by="month"),
        "windows": mentions.cooccur(unit="window", window=5),
        "lexicon": lexicon,
        "tone": corpus.tone(lexicon),
        "tone of sentences": corpus.tone(lexicon, unit="sentence"),
        "tone of mentions": mentions.tone(lexicon),
        "analysis": found,
        "text": corpus.show(doc),
        "marked": mentions.show(doc),
        "toned": corpus.tone(lexicon).show(doc),
        "marked and toned": mentions.tone(lexicon).show(doc),
    }


class Reader(HTMLParser):
    """Reads a page strictly: every tag is closed in its turn."""

    def __init__(self, page):
        super().__init__()
        self.open, self.rows, self.cells, self.text, self.tags = [], 0, [], "", set()
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.rows += tag == "tr"
        if tag in ("td", "th"):
            self.cells.append("")
        assert not any(name.startswith("on") for name, _ in attributes)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.cells[-1] += data
        if "style" not in self.open:
            self.text += data


@pytest.mark.parametrize("name", list(results()))
def test_every_result_has_a_page_without_script_or_address(name):
    page = results()[name]._repr_html_()
    reader = Reader(page)
    assert reader.tags <= set(
        "div style table caption br span thead tbody tr th td p mark u small".split()
    )
    assert not re.search(r"[a-z]+://|url\(|@import|javascript", page)
    assert len(page.encode()) < 200_000


@pytest.mark.parametrize("name", list(results()))
def test_the_repr_of_every_result_begins_with_one_line_that_says_how_much(name):
    first = repr(results()[name]).split("\n")[0]
    assert re.search(r"\d", first) and len(first) < 300
    if not name.startswith(("text", "marked", "toned")):
        assert "\n" not in repr(results()[name])


@pytest.mark.parametrize("texts", [[], [None, None], [""], ["no name here"]])
def test_nothing_can_be_shown_too(texts):
    corpus, lexicon = corpus_of(texts), ca.Lexicon(GOOD)
    mentions = corpus.mentions(ca.Actors(NAMES))
    tones = corpus.tone(lexicon), mentions.tone(lexicon)
    for result in (corpus, corpus.tokens, mentions, mentions.cooccur(), *tones):
        Reader(result._repr_html_())
    for doc in corpus.documents["doc"]:
        for result in (corpus, mentions, *tones):
            Reader(result.show(doc)._repr_html_())
            assert repr(result.show(doc)).startswith(f"Document {doc}: ")
    assert all("no text" in repr(corpus.show(d)) for d in range(len(texts)) if texts[d] is None)


def test_the_repr_of_a_corpus_warns_of_what_has_no_text_and_no_date():
    frame = pd.DataFrame({"text": ["a", None, "b"], "date": ["2024-01-01", None, None]})
    assert repr(ca.Corpus(frame, date="date")) == (
        "Corpus(3 documents, 2 sentences, 2 tokens; 1 document without text, 2 documents without a "
        "date)"
    )


# ---- bounded -------------------------------------------------------------------------------------


def test_a_table_shows_fifty_rows_and_says_how_many_more_there_are():
    reader = Reader(corpus_of([TEXT] * 1234).mentions(ca.Actors(NAMES))._repr_html_())
    assert reader.rows == 51
    assert "… and 3,652 more rows: to_frame()" in reader.text
    assert "more" not in Reader(corpus_of([TEXT])._repr_html_()).text


def test_a_table_shows_twenty_columns_and_says_how_many_more_there_are():
    lexicon = ca.Lexicon({f"c{n}": ["praised"] for n in range(10_000)})
    page = corpus_of([TEXT] * 3).tone(lexicon)._repr_html_()
    assert "… and 9,982 more columns" in Reader(page).text
    assert len(page.encode()) < 20_000


def test_a_page_stays_small_whatever_its_cells_hold():
    wide = pd.DataFrame({f"&{'<' * 300}{k}": ["\U0001f600&" * 10**5] * 60 for k in range(30)})
    page = _display.page("<" * 10**6, wide, 10**9)
    assert len(page.encode()) < 200_000
    reader = Reader(page)
    assert 0 < reader.rows - 1 < 50
    assert f"… and {10**9 - (reader.rows - 1):,} more rows and 10 more columns" in reader.text


def test_a_huge_text_is_cut_and_the_page_says_how_much_is_left():
    text = "Moscow praised <Minsk>. " * 100_000
    corpus = ca.Corpus([text])
    tone = corpus.mentions(ca.Actors(NAMES)).tone(ca.Lexicon(GOOD))
    page = tone.show(0)._repr_html_()
    assert 100_000 < len(page.encode()) < 200_000
    shown = Reader(page).text
    left = int(re.search(r"… and ([\d,]+) more characters", shown)[1].replace(",", ""))
    assert 0 < left < len(text)
    assert len(repr(tone.show(0))) < 10_000
    plain = ca.Corpus(["x" * 10**6]).show(0)._repr_html_()
    assert 100_000 < len(plain.encode()) < 200_000


def test_only_the_rows_shown_are_made():
    mentions = corpus_of([TEXT] * 2000).mentions(ca.Actors(NAMES))
    made = []

    class Counted(ca.Mentions):
        __slots__ = ()

        def to_frame(self, **options):
            made.append(len(self))
            return super().to_frame(**options)

    few = Counted.__new__(Counted)
    for name in ca.Mentions.__slots__:
        setattr(few, name, getattr(mentions, name))
    assert len(few) == 6000
    few._repr_html_()
    assert made == [] or max(made) <= 50


# ---- cells ---------------------------------------------------------------------------------------


def test_names_and_texts_are_escaped_wherever_they_are_shown():
    evil = '<script>alert("x")</script>'
    corpus = ca.Corpus(pd.DataFrame({"text": [f"{evil} met & {evil}"], "n": [evil]}), id="n")
    spans = [{"doc": evil, "start": 0, "end": 8, "actor": evil}]
    spans.append({"doc": evil, "start": 30, "end": 40, "actor": "<img src=x onerror=y>"})
    mentions = ca.Mentions.from_frame(corpus, pd.DataFrame(spans))
    lexicon = ca.Lexicon({"alert": 1, "script": -1, "<i>": 2})
    shown = [
        corpus,
        corpus.tokens,
        mentions,
        mentions.cooccur(),
        lexicon,
        corpus.tone(lexicon),
        mentions.tone(lexicon),
        corpus.show(evil),
        mentions.show(evil),
        mentions.tone(lexicon).show(evil),
        ca.Actors({evil: ["<b>"]}),
    ]
    for result in shown:
        page = result._repr_html_()
        assert "script" not in Reader(page).tags and "img" not in Reader(page).tags
        assert "<script" not in page and "<img" not in page and "<i>" not in page


def test_a_lone_surrogate_can_be_shown():
    lone = "Moscow \ud800 praised"
    corpus = ca.Corpus([lone])
    mentions = corpus.mentions(ca.Actors({"A\udc00": ["Moscow"]}))
    for result in (corpus.show(0), mentions.show(0), mentions, corpus.tokens):
        result._repr_html_().encode()


def test_numbers_stand_to_the_right_with_the_same_decimals_in_a_column():
    table = pd.DataFrame(
        {
            "name": ["a", "b", "c"],
            "count": [1, 20, 300],
            "share": [0.5, 0.25, np.nan],
            "large": [1234.5, -2.0, 0.0],
            "p": [1e-9, 0.5, 1.0],
            "whole": [2.0, 10.0, np.nan],
            "when": pd.to_datetime(["2024-01-02", None, "2024-01-02 03:04"], format="ISO8601"),
            "kept": [True, False, None],
        }
    )
    page = _display.page("title", table, 3)
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    assert [re.sub("<[^>]*>", "|", row).replace("||", "|") for row in rows[1:]] == [
        "|a|1|0.500|1234.5|1e−09|2|2024-01-02|True|",
        "|b|20|0.250|−2.0|0.5|10|–|False|",
        "|c|300|–|0.0|1|–|2024-01-02 03:04:00|–|",
    ]
    right = re.findall(r'<th scope="col" class="n">(\w+)', rows[0])
    assert right == ["count", "share", "large", "p", "whole"]
    assert rows[1].count('class="n"') == 5


# ---- text ----------------------------------------------------------------------------------------


def test_mentions_are_marked_in_the_colour_of_their_class_with_the_actor_behind():
    mentions = ca.Corpus([TEXT]).mentions(ca.Actors(NAMES))
    page = mentions.show(0)._repr_html_()
    marked = re.findall(
        r'<mark style="([^"]*)" title="([^"]*)">(.*?)</mark><small>(.*?)</small>', page
    )
    assert [found[1:] for found in marked] == [
        ("Russia (RUS, state)", "Moscow", "RUS"),
        ("Minsk &amp; Co (MIN, state)", "Minsk", "MIN"),
        ("ISK (ISK, branch)", "Islamic State-Khorasan", "ISK"),
    ]
    assert marked[0][0] == marked[1][0] != marked[2][0]
    assert repr(mentions.show(0)) == (
        "Document 0: 3 mentions of 3 actors\n"
        "[Moscow|RUS] praised [Minsk|MIN]. It was a brutal raid by [Islamic State-Khorasan|ISK]."
    )


def test_a_mention_within_a_mention_keeps_its_own_colour_and_name():
    mentions = ca.Corpus([TEXT]).mentions(ca.Actors(NAMES), overlap="nested")
    page = mentions.show(0)._repr_html_()
    assert re.sub("<[^>]*>", "", page).endswith("by Islamic StateIS-KhorasanISK.")
    assert "[[Islamic State|IS]-Khorasan|ISK]" in repr(mentions.show(0))


def test_words_are_underlined_by_sign_not_by_colour_alone():
    corpus = ca.Corpus(["They praised the brutal and neutral act."])
    shown = corpus.tone(ca.Lexicon(GOOD)).show(0)
    counted = corpus.tone(ca.Lexicon({"plain": ["neutral"]})).show(0)
    page = shown._repr_html_() + counted._repr_html_()
    words = re.findall(
        r'<u class="(.)" title="([^"]*)">(\w+)</u><span class="unseen"> \((\w+)\)</span>', page
    )
    assert words == [
        ("p", "praised: +1.00", "praised", "positive"),
        ("m", "brutal: −1.00", "brutal", "negative"),
        ("z", "plain", "neutral", "neutral"),
    ]
    styles = [re.search(rf"u\.{c}{{[^}}]*style:(\w+)", page)[1] for c in "pmz"]
    assert styles == ["solid", "wavy", "dotted"]
    assert "{praised+} the {brutal-} and" in repr(shown) and "{neutral=}" in repr(counted)


def test_the_tone_of_a_mention_stands_behind_it():
    corpus = ca.Corpus(["Moscow praised Minsk. Russia waits."])
    tone = corpus.mentions(ca.Actors(NAMES)).tone(ca.Lexicon(GOOD))
    assert repr(tone.show(0)) == (
        "Document 0: 3 mentions, 1 hit\n"
        "[Moscow|RUS +1.00] {praised+} [Minsk|MIN +1.00]. [Russia|RUS] waits."
    )


@pytest.mark.parametrize("unit", ["document", "sentence"])
def test_one_document_shows_the_hits_that_the_whole_corpus_has_in_it(unit):
    texts = ["Nothing.", "", TEXT + " They were not praised by Russia: “A brutal ally.”", TEXT]
    corpus, actors = ca.Corpus(texts), ca.Actors(NAMES)
    lexicon = ca.Lexicon({**GOOD, "Moscow": 1})
    for quotes in ("keep", "drop", "only"):
        tone = corpus.tone(lexicon, unit=unit, mask=actors, quotes=quotes)
        fresh = tone.show(2)
        hits = tone.hits()
        wanted = hits[hits["doc"] == 2][["start", "end"]].values.tolist()
        assert [[word.start, word.end] for word in fresh.words] == wanted
        assert tone.show(2).words == fresh.words


def test_categories_are_named_and_subsets_keep_their_labels():
    frame = pd.DataFrame({"text": [TEXT, TEXT], "id": ["one", "two"]})
    corpus = ca.Corpus(frame, id="id").subset([False, True])
    lexicon = ca.Lexicon({"joy": ["praised"], "fear": ["brutal"]})
    shown = corpus.tone(lexicon).show("two")
    assert [word.about for word in shown.words] == ["joy", "fear"]
    assert repr(shown).startswith("Document two: 2 hits\n")
    with pytest.raises(ValueError, match="no such document"):
        corpus.show("one")


# ---- as a browser draws it -----------------------------------------------------------------------


def drawn(page, ground, letters, folder):
    """Return the picture that Chromium makes of a page on a ground."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("Chromium is not there to draw the page")
    image = pytest.importorskip("matplotlib.image")
    (folder / "page.html").write_text(
        f'<!doctype html><meta charset="utf-8"><body style="background:{ground};color:{letters};'
        f'margin:20px;font:14px sans-serif">{page}',
        encoding="utf-8",
    )
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", f"--user-data-dir={folder / 'profile'}", "--hide-scrollbars",
        "--window-size=1000,700", f"--screenshot={folder / 'page.png'}",
        (folder / "page.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return image.imread(folder / "page.png")[:, :, :3]


@pytest.mark.parametrize("name", ["mentions", "marked and toned"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_takes_its_colours_from_where_it_stands(name, scheme, tmp_path):
    ground, letters = ("#ffffff", "#111111") if scheme == "light" else ("#1e1e1e", "#dddddd")
    picture = drawn(results()[name]._repr_html_(), ground, letters, tmp_path)
    back, front = (
        np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)]) / 255 for c in (ground, letters)
    )
    pixels = picture.reshape(-1, 3)
    assert (np.abs(pixels - back).max(axis=1) < 0.02).mean() > 0.8
    assert (np.abs(pixels - front).max(axis=1) < 0.05).sum() > 200
    if name == "marked and toned":
        spread = pixels.max(axis=1) - pixels.min(axis=1)
        assert (spread > 0.3).sum() > 100  # lines under mentions and words have their colours
