"""The page: its numbers are those of the tables, it needs nothing, and no text can break it."""

import base64
import html
import io
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from coactor import Actors, Corpus, Lexicon, _svg, analyze
from coactor._report_evidence import QUOTES, clip
from coactor._report_numbers import Found
from coactor._report_time import timeline
from coactor.report import TOP_EVIDENCE, TOP_QUOTED, _percent, _q, render

EXAMPLES = Path(__file__).parents[2] / "examples"
ACTORS = Actors(
    {
        "RUS": {"label": "Russia", "class": "state", "aliases": ["Russia", "Moscow"]},
        "USA": {"label": "United States", "class": "state", "aliases": ["United States"]},
        "IRN": {"label": "Iran", "class": "state", "aliases": ["Iran"]},
        "NATO": {"label": "NATO", "class": "alliance", "aliases": ["NATO"]},
    }
)
LEXICON = Lexicon({"warned": -1, "thanked": 1, "met": 0.1}, threshold=0.5)
TEXTS = [
    "Russia warned the United States. Iran thanked Russia. It rained.",
    "Russia met Iran.",
]
HOSTILE = (
    "<script>alert('x')</script> & \"quoted\" <img src=x onerror=y> {{ 7 * 7 }} ]]> --> </style>"
)


class Page(HTMLParser):
    """A page taken apart: its tags, checked to be balanced, and its texts by id of the section."""

    VOID = frozenset({"meta"})

    def __init__(self, source):
        super().__init__()
        self.open, self.tags, self.attributes, self.drawn = [], set(), [], []
        self.feed(source)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.extend(attrs)
        if tag in ("circle", "text", "rect"):
            self.drawn.append((tag, dict(attrs), ""))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "text":
            tag, attrs, text = self.drawn[-1]
            self.drawn[-1] = (tag, attrs, text + data)


def look(texts=TEXTS, **options):
    return analyze(texts, **{"actors": ACTORS, "lexicon": LEXICON, **options})


def plain(source):
    """Return what a reader sees: without tags, blanks as one."""
    text = re.sub(r"<style>.*?</style>|<[^>]+>", "", source, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(text))


def section(source, name):
    """Return the source of a section of the page."""
    return re.search(rf'<section id="{name}".*?</section>', source, flags=re.S)[0]


def findings(source):
    return [plain(item) for item in re.findall(r"<li>.*?</li>", section(source, "found"), re.S)]


def cells(source, name):
    """Return the rows of the first table of a section, as texts of its cells."""
    body = re.search(r"<tbody.*?</tbody>", section(source, name), re.S)[0]
    return [
        [plain(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr.*?</tr>", body, re.S)
    ]


@pytest.fixture(scope="module")
def cold_war():
    corpus = Corpus.read(EXAMPLES / "cold_war.csv", id="id", date="date")
    return analyze(corpus, actors=EXAMPLES / "cold_war.yml")


@pytest.fixture(scope="module")
def cold_war_page(cold_war):
    return render(cold_war)


# ---- its numbers ---------------------------------------------------------------------------------


def test_a_small_page_says_what_is_in_three_sentences():
    assert findings(render(look())) == [
        "Of 4 sentences in 2 documents, 3 (75%) name at least one actor; "
        "3 of the 4 actors of the dictionary occur.",
        "Russia is named most: 3 times, in 2 of 2 documents; "
        "then come Iran (2) and the United States (1).",
        "Russia and Iran share 2 sentences in 2 of 2 documents; "
        "Russia and the United States 1. 2 pairs of actors meet at least once.",
        "Sentences that name Russia: 1 negative, 1 positive, 1 neutral "
        "(0 of these without any word of the lexicon). ",
    ]


def untested(test, pairs):
    below = int((pairs["expected"] < 1).sum())
    few = len(pairs) - below - int((test["p"].notna() & (test["count"] > 0)).sum())
    return (
        f"{below + few} of {len(pairs)} pairs that meet were not tested: {below} are expected "
        f"in less than one sentence, {few} are expected in fewer than 5 documents."
    )


def test_what_was_found_agrees_with_the_tables(cold_war, cold_war_page, tmp_path):
    cold_war.tables(tmp_path)
    pairs, actors, documents, tone = (
        pd.read_csv(tmp_path / f"{name}.csv") for name in ("pairs", "actors", "documents", "tone")
    )
    label = actors.set_index("actor")["label"]
    said = [re.sub(r"\b[Tt]he ", "", sentence) for sentence in findings(cold_war_page)]

    named = pd.read_csv(tmp_path / "mentions.csv")[["doc", "sentence"]].drop_duplicates()
    assert f"Of {len(tone)} sentences in {len(documents)} documents, {len(named)} (" in said[0]

    first, second, third = (row for row in actors.head(3).itertuples())
    assert said[1] == (
        f"{first.label} is named most: {first.n_mentions} times, in {first.n_docs} of "
        f"{len(documents)} documents; then come {second.label} ({second.n_mentions}) and "
        f"{third.label} ({third.n_mentions})."
    )
    best, next_, last = (row for row in pairs.head(3).itertuples())
    assert said[2] == (
        f"{label[best.a]} and {label[best.b]} share {best.count} sentences in {best.n_docs} of "
        f"{len(documents)} documents; {label[next_.a]} and {label[next_.b]} {next_.count}, "
        f"{label[last.a]} and {label[last.b]} {last.count}. "
        f"{len(pairs)} pairs of actors meet at least once."
    )
    test = cold_war.pairs.test()
    found = test[test["q"] < 0.05]
    (pair,) = found[found["z"] > 0].to_dict("records")
    assert said[3].strip() == (
        f"Given how often each is named, {label[pair['a']]} and {label[pair['b']]} stand out: "
        f"{pair['count']} shared sentences, where chance alone would give about "
        f"{pair['expected']:.1f}. Of {test.attrs['n_tests']} pairs tested, 1 meets more often than "
        f"chance explains (q < 0.05). {untested(test, pairs)}"
    )
    # What meets less often is so rarely expected that it is no finding.
    assert set(found.loc[found["z"] < 0, "flag"]) == {"few_expected"}
    assert said[4].startswith(
        f"Sentences that name {first.label}: {first.negative} negative, {first.positive} positive, "
        f"{first.neutral} neutral ({first.no_hit} of these without any word of lexicon)."
    )
    known = actors.head(12).query("n_sentences >= 10")
    share = (known["negative"] / known["n_sentences"]).set_axis(known["label"])
    assert said[4].endswith(
        f"largest share around {share.idxmax()} ({share.max():.0%}), "
        f"smallest around {share.idxmin()} ({share.min():.0%})."
    )


def test_the_tables_of_the_page_are_the_top_of_the_tables(cold_war, cold_war_page):
    label = cold_war.by_actor.set_index("actor")["label"]
    who = cells(cold_war_page, "who")
    assert [[row[0], row[4]] for row in who] == [
        [row.label, str(row.n_mentions)] for row in cold_war.by_actor.head(15).itertuples()
    ]
    pairs = cells(cold_war_page, "pairs")
    assert [row[:1] + row[2:4] + [row[6]] for row in pairs] == [
        [
            f"{label[row.a]} and {label[row.b]}",
            str(row.count),
            str(row.n_docs),
            f"{row.expected:.1f}",
        ]
        for row in cold_war.pairs.to_frame().head(20).itertuples()
    ]
    tone = cells(cold_war_page, "tone")
    assert [[row[0], *(cell.split()[0] for cell in row[3:])] for row in tone[:-1]] == [
        [row.label, str(row.negative), str(row.neutral), str(row.positive)]
        for row in cold_war.by_actor.head(12).itertuples()
    ]
    assert tone[-1][:2] == ["All sentences", str(len(cold_war.tone))]


def test_lift_is_shown_over_all_units_and_over_those_that_name_anyone(cold_war, cold_war_page):
    named = cold_war.mentions.cooccur(universe="actors").to_frame()
    rows = cells(cold_war_page, "pairs")
    assert [row[7].rstrip("*") for row in rows] == [
        f"{value:.1f}" for value in cold_war.pairs.to_frame()["lift"].head(20)
    ]
    assert [row[8].rstrip("*") for row in rows] == [
        f"{value:.1f}" for value in named["lift"].head(20)
    ]


def test_negative_sentences_go_to_the_left_and_positive_ones_to_the_right():
    source = render(look(lexicon=Lexicon({"warned": -1, "thanked": 1})))
    parts = re.findall(r'class="(negative|positive)" x="(.*?)%" width="(.*?)%"', source)
    assert parts[:2] == [("negative", "33.33", "16.67"), ("positive", "50", "16.67")]
    assert cells(source, "tone")[0][3:] == ["1 33%", "1 33%", "1 33%"]
    (scale,) = re.findall(r"each half of a bar is (\d+%)", plain(source))
    assert scale == "100%"  # no actor is named often enough to set another one


def test_half_a_bar_stands_for_the_largest_share_of_an_actor_named_often(cold_war, cold_war_page):
    shown = cold_war.by_actor.head(12)
    largest = shown[["negative", "positive"]].max(axis=1) / shown["n_sentences"]
    (scale,) = re.findall(r"each half of a bar is (\d+)%", plain(cold_war_page))
    assert int(scale) % 10 == 0 and 0 <= int(scale) - 100 * largest.max() < 20


def test_the_tone_of_a_pair_stands_beside_that_of_the_rest_of_its_documents():
    texts = ["Russia warned Iran. They met. He thanked her.", "Russia met Iran. He thanked all."]
    body = section(render(look(texts)), "tone").split("Around pairs")[1]
    rows = re.findall(r"<tr.*?</tr>", body.split("</thead>")[1], re.S)
    read = [
        [plain(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]
    assert read[0] == ["Russia and Iran", "2", "", "1 50%", "1 50%", "0 0%"]
    assert read[1] == ["rest of their documents", "3", "", "0 0%", "1 33%", "2 67%"]


@pytest.mark.parametrize("unit", ["paragraph", "document"])
def test_of_larger_units_the_sentences_of_a_pair_are_those_that_name_either(unit):
    texts = ["Russia warned all. Iran thanked all. He thanked her.\n\nIran thanked nobody."]
    body = section(render(look(texts, unit=unit)), "tone").split("Around pairs")[1]
    assert "Sentences that name either, in" in plain(body)
    first = cells(f'<section id="tone">{body}</section>', "tone")[0]
    assert first[1] == {"paragraph": "2", "document": "3"}[unit]


def test_words_that_weigh_most_stand_beside_an_actor():
    texts = [
        "Russia warned Iran. Russia warned Iran. Russia did not warn Iran. Russia thanked Iran."
    ]
    lexicon = Lexicon({"warn*": -1, "thanked": 1})
    words = cells(render(look(texts, lexicon=lexicon)), "tone")[0][2]
    assert words == "−negative: warned × 2+positive: thanked, not warn"


def test_the_data_say_by_which_kinds_of_names_actors_were_found():
    names = ["Russia", {"text": "Moscow", "kind": "capital"}]
    actors = Actors({"RUS": {"aliases": names}, "IRN": ["Iran"]})
    said = plain(
        section(render(look(["Russia met Iran. They met in Moscow."], actors=actors)), "data")
    )
    assert "3, by kind of name: name 2 (67%), capital 1 (33%); 1 (33%) stands after a word" in said
    assert "by kind of name" not in render(look(["It rained."]))


def test_the_caveats_count_copies_missing_texts_and_dates():
    frame = pd.DataFrame(
        {
            "text": [TEXTS[1], TEXTS[1], TEXTS[1], None, "Iran."],
            "day": ["1962-10-14", None, "1962-10-16", "1962-10-15", "1962-10-15"],
        }
    )
    first = plain(section(render(look(frame, date="day")), "first"))
    assert "2 documents repeat the text of another one to the letter." in first
    assert "1 document without text: included in the number of documents, and in no other." in first
    assert "Dates run from 1962-10-14 to 1962-10-16; 1 document without one." in first
    assert "No document carries a date." in plain(section(render(look()), "first"))


def test_the_caveats_say_what_reading_the_dictionary_found():
    actors = Actors({"A": ["Russia", "Moscow"], "B": ["Moscow", "Oslo"]})
    first = plain(section(render(look(actors=actors)), "first"))
    assert "2 actors with 4 names; 3 of the names never occur here." in first
    every = Actors({"RUS": ["Russia"], "IRN": ["Iran"]})
    for texts, words in (
        (["Russia met Iran."], "2 actors with 2 names; every name occurs here."),
        (["It rained."], "2 actors with 2 names; none of them occurs here."),
    ):
        assert words in plain(section(render(look(texts, actors=every)), "first"))
    assert "come from a dictionary made in Python: " in first
    assert "Reading it raised 1 remark: Moscow: also an alias of A, which wins." in first


def test_the_starter_dictionary_is_said_to_know_little():
    first = plain(section(render(analyze(TEXTS)), "first"))
    assert "coactor’s starter dictionary" in first and "was not found" in first


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 0, "–"),
        (0, 9, "0%"),
        (1, 1000, "<1%"),
        (999, 1000, ">99%"),
        (9, 9, "100%"),
        (1, 3, "33%"),
    ],
)
def test_a_share_is_written_without_making_little_nothing(part, whole, written):
    assert _percent(part, whole) == written


# ---- few documents, no actors, no text -----------------------------------------------------------


MEASURES = ("Against chance", "stand out", "lift", "Test (q)", "more often than chance")


def test_under_twenty_documents_there_are_counts_but_no_measures():
    page = plain(render(look([f"{TEXTS[0]} {n}" for n in range(19)])).split('id="data"')[0])
    assert "Counts only. With fewer than 20 documents with text" in page
    assert not [word for word in MEASURES if word in page]


def test_a_document_without_text_does_not_make_up_for_one():
    texts = [f"{TEXTS[0]} {n}" for n in range(19)] + [None, ""]
    assert "Counts only." in plain(render(look(texts)))


def test_from_twenty_documents_on_there_are_measures():
    page = plain(render(look([f"{TEXTS[0]} {n}" for n in range(20)])))
    assert "Counts only" not in page
    assert "Against chance" in page and "Test (q)" in page


def test_where_no_actor_is_found_the_page_says_so():
    source = render(look(["It rained. It snowed."]))
    assert findings(source) == [
        "No actor was found: none of the 5 names of the dictionary occurs in "
        "1 document with 2 sentences."
    ]
    assert "Nobody was found" in plain(source)
    assert 'id="network"' not in source and 'id="tone"' not in source
    Page(source)


@pytest.mark.parametrize("texts", [[], [None], ["", "  "]])
def test_a_corpus_without_text_is_still_a_page(texts):
    source = render(look(texts))
    assert "There is no text to read" in findings(source)[0]
    Page(source)


def test_actors_that_never_meet_have_no_network():
    source = render(look(["Russia spoke. Iran spoke."]))
    assert "No two actors appear in the same sentence." in findings(source)
    assert 'id="network"' not in source and 'id="tone"' in source
    Page(source)


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document"])
def test_every_unit_makes_a_page_that_names_it(unit):
    source = render(look(TEXTS, unit=unit))
    shared = "appear together in 2" if unit == "document" else f"share 2 {unit}s in 2"
    assert f"Russia and Iran {shared} of 2 documents" in findings(source)[2]
    assert f"Shared {unit}s" in plain(section(source, "pairs"))
    Page(source)


def test_a_lexicon_of_categories_counts_words_and_judges_nothing():
    lexicon = Lexicon({"threat": ["warned"], "praise": ["thanked"]})
    source = render(look(lexicon=lexicon))
    assert cells(source, "tone") == [
        ["Russia", "3", "1", "1"],
        ["Iran", "2", "0", "1"],
        ["United States", "1", "1", "0"],
    ]
    assert "negative" not in plain("".join(findings(source)))
    Page(source)


# ---- evidence ------------------------------------------------------------------------------------


def quotes(source):
    """Return the (document, marked names, text) of each quotation, by pair."""
    return [
        [
            (
                plain(re.search(r"<figcaption>.*?</figcaption>", figure, re.S)[0]),
                re.findall(r'<mark class="([ab])">(.*?)</mark>', figure),
                plain(re.search(r"<blockquote.*?</blockquote>", figure, re.S)[0]),
            )
            for figure in re.findall(r"<figure>.*?</figure>", article, re.S)
        ]
        for article in re.findall(r"<article.*?</article>", source, re.S)
    ]


def lines(source):
    """Return the (document, text) of each line that names an actor, by actor."""
    (details,) = re.findall(r"<details>.*?</details>", section(source, "who"), re.S)
    return [
        [
            (
                plain(re.search(r"<figcaption>.*?</figcaption>", figure, re.S)[0]),
                plain(re.search(r"<blockquote.*?</blockquote>", figure, re.S)[0]),
            )
            for figure in re.findall(r"<figure>.*?</figure>", part, re.S)
        ]
        for part in details.split('<div class="evidence">')[1:]
    ]


def test_evidence_is_three_sentences_of_different_documents_that_name_both(cold_war, cold_war_page):
    sentences = set(cold_war.corpus.sentences()["text"].str.replace(r"\s+", " ", regex=True))
    shown = quotes(cold_war_page)
    assert len(shown) == TOP_EVIDENCE
    for quoted in shown:
        assert len(quoted) == len({doc for doc, _, _ in quoted}) == QUOTES
        for _, marks, text in quoted:
            assert sorted(kind for kind, _ in marks) == ["a", "b"]
            assert text in sentences


def test_evidence_marks_each_actor_in_its_own_colour():
    (first, *_), *_ = quotes(render(look(["Iran, they said, thanked Moscow yesterday."])))
    assert first == (
        "0",
        [("b", "Iran"), ("a", "Moscow")],
        "Iran, they said, thanked Moscow yesterday.",
    )


def test_no_wording_is_quoted_twice():
    texts = ["Russia met Iran.", "Russia met Iran.", "Russia met\n Iran.", "Iran thanked Russia."]
    assert [text for _, _, text in quotes(render(look(texts)))[0]] == [
        "Russia met Iran.",
        "Iran thanked Russia.",
    ]


def test_another_document_is_quoted_before_a_second_passage_of_the_same():
    long = "Russia told Iran at length, in the presence of all of its neighbours, to wait."
    texts = [f"{long} {long[:-1]} {{}}.".format(n) for n in ("a", "b")] + ["Russia met Iran."]
    assert {doc for doc, _, _ in quotes(render(look(texts)))[0]} == {"0", "1", "2"}


def test_a_very_long_sentence_is_cut_between_words():
    source = render(look([f"{'so ' * 9000}Russia {'and ' * 9000}Iran {'too ' * 9000}."]))
    ((_, _, text),) = quotes(source)[0]
    assert len(text) < 1200
    assert re.fullmatch(r"… (so )+Russia (and )+… (and )+Iran (too )+too …", text.strip())
    assert len(source) < 100_000


@pytest.mark.parametrize(
    ("text", "head", "tail", "kept"),
    [
        ("one two three", 9, 4, "one two three"),
        ("one two three", 9, 0, "one two … "),
        ("one two three", 0, 7, " … three"),
        ("one two three four", 5, 5, "one … four"),
        ("unbroken", 3, 3, "unb … ken"),
    ],
)
def test_a_cut_falls_on_a_blank_if_there_is_one(text, head, tail, kept):
    assert clip(text, head, tail) == kept


def test_sentences_of_an_actor_are_of_different_documents_and_name_it(cold_war, cold_war_page):
    sentences = set(cold_war.corpus.sentences()["text"].str.replace(r"\s+", " ", regex=True))
    shown = lines(cold_war_page)
    assert len(shown) == TOP_QUOTED
    for quoted in shown:
        assert len(quoted) == len({doc for doc, _ in quoted}) == QUOTES
        for _, text in quoted:
            assert any(text.strip("… ") in sentence for sentence in sentences)


def test_another_seed_draws_other_passages_and_the_page_states_it(cold_war, cold_war_page):
    other = render(cold_war, seed=7)
    assert "drawn at random with seed 7" in plain(other)
    assert "drawn at random with seed 0" in plain(cold_war_page)
    assert quotes(other) != quotes(cold_war_page) and lines(other) != lines(cold_war_page)
    assert render(cold_war, seed=7) == other


@pytest.mark.parametrize("seed", [-1, 1.5, "7", True, None])
def test_a_seed_is_a_whole_number_from_0_on(seed):
    with pytest.raises(ValueError, match="seed must be a whole number from 0 on"):
        render(look(), seed=seed)


def test_a_page_without_text_holds_no_sentence_of_the_corpus(cold_war, cold_war_page):
    texts = [*cold_war.corpus.sentences()["text"], *cold_war.corpus.documents["doc"]]

    def held(source):
        page, names = plain(source), plain(section(source, "settings"))
        found = [text for text in texts if re.sub(r"\s+", " ", text) in page.replace(names, "")]
        return [text for text in found if len(text) > 3]

    assert len(held(cold_war_page)) > 50
    bare = render(cold_war, text=False)
    assert held(bare) == []
    assert "quotes no passage" in plain(bare) and "made without text" in plain(bare)
    assert not re.search("<blockquote|<figure|<details>\\s*<summary>Sentences", bare)
    Page(bare)


# ---- which lines the network shows ---------------------------------------------------------------


def edges(source):
    return re.findall(r'<line class="(\w+)".*?<title>(.*?)</title>', source)


def test_bold_lines_are_the_pairs_that_the_test_lets_pass(cold_war, cold_war_page):
    label = cold_war.by_actor.set_index("actor")["label"]
    test = cold_war.pairs.test()
    passed = test[(test["q"] < 0.05) & (test["z"] > 0)]
    assert [title for kind, title in edges(cold_war_page) if kind == "strong"] == [
        f"{label[row.a]} and {label[row.b]}: {row.count}" for row in passed.itertuples()
    ]
    assert {kind for kind, _ in edges(cold_war_page)} == {"strong", "weak"}
    verdicts = {row[0]: row[-1] for row in cells(cold_war_page, "pairs")}
    assert verdicts["Britain and France"].startswith("more often .")
    assert verdicts["Egypt and Syria"] == "too few"
    assert verdicts["United States and Soviet Union"].startswith("open .")


def test_too_few_documents_for_a_test_make_lines_of_one_kind():
    source = render(look())
    assert {kind for kind, _ in edges(source)} == {"some"}
    assert "counts alone, since there are too few documents" in plain(source)


def test_where_no_pair_passes_the_test_the_network_says_so():
    singly = [f"Russia spoke on day {n}. Iran spoke." for n in range(20)]
    texts = [*singly, *(f"Russia met Iran on day {n}. It rained twice." for n in range(20))]
    source = render(look(texts))
    said = plain(section(source, "network"))
    assert "No pair meets more often than chance explains. Drawn pale is the pair that" in said
    assert {kind for kind, _ in edges(source)} == {"weak"}


def test_of_very_many_actors_those_named_most_are_tested(monkeypatch):
    monkeypatch.setattr("coactor.analysis.TESTED_ACTORS", 2)
    monkeypatch.setattr("coactor.report.TESTED_ACTORS", 2)
    texts = [f"Russia met Iran {n}. It rained." for n in range(30)]
    found = look([*texts, *["NATO met Iran and Russia."] * 9])
    assert found._test[["a", "b"]].values.tolist() == [["RUS", "IRN"]]
    assert "Pairs of the 2 actors named most expected in at least one" in found.methods()
    note = plain(section(render(found), "pairs"))
    assert "for the 1 pair of the 2 actors named most that" in note
    assert {row[0]: row[-1] for row in cells(render(found), "pairs")} == {
        "Russia and Iran": "more often <.001",
        "Russia and NATO": "not tested",
        "Iran and NATO": "not tested",
    }


def keep_apart(n_more):
    """Russia and Iran are in the same documents and never meet; NATO and Russia do."""
    more = " It rained." * n_more
    texts = [f"Russia slept {k}. Iran slept.{more}" for k in range(40)]
    return look([*texts, *(f"NATO met Russia {k}. It rained." for k in range(9))])


def test_pairs_that_keep_apart_are_named_though_they_never_meet():
    found = keep_apart(0)
    row = found._test.set_index(["a", "b"]).loc[("RUS", "IRN")]
    assert row["count"] == 0 and row["flag"] == "" and row["expected"] > 5
    source = render(found)
    said = f"Russia and Iran (0, expected {row['expected']:.1f})"
    assert f"never meet are not in the table): {said}." in plain(section(source, "pairs"))
    assert "1 less often (q < 0.05)." in plain(section(source, "found"))


def test_pairs_that_never_meet_are_no_finding_where_fewer_than_five_meetings_are_expected():
    found = keep_apart(16)
    row = found._test.set_index(["a", "b"]).loc[("RUS", "IRN")]
    assert row["q"] < 0.05 and row["z"] < 0 and row["flag"] == "few_expected"
    source = render(found)
    assert "Russia and Iran (0" not in plain(section(source, "pairs"))
    assert "which the test takes for more than it is" in plain(section(source, "pairs"))
    assert "less often" not in plain(section(source, "found"))


def test_a_pair_that_meets_too_rarely_to_tell_is_too_few_in_the_table():
    met = ["Russia met Iran."]
    texts = [f"Russia slept {k}. Iran slept." for k in range(60)]
    rain = [f"It rained {k}. It poured. It hailed. It snowed. It stormed." for k in range(150)]
    found = look([*met, *texts, *rain])
    (row,) = found._test.itertuples()
    assert row.q < 0.05 and row.z < 0 and 1 < row.expected < 5
    assert [cell[-1] for cell in cells(render(found), "pairs")] == ["too few"]
    assert "less often" not in plain(section(render(found), "found"))


def test_pairs_of_which_none_could_be_tested_are_no_test_without_a_result():
    texts = ["Russia met Iran.", *(f"It rained {n}." for n in range(30))]
    said = plain(section(render(look(texts)), "found"))
    assert "No pair could be tested against chance: 1 of the 1 pair that meet was not tested: 1 is "
    assert "tested," not in said


@pytest.mark.parametrize(
    ("q", "written"),
    [
        (float("nan"), "–"),
        (1e-9, "<.001"),
        (0.0312, ".031"),
        (0.05, ".050"),
        (0.5, ".50"),
        (1, "1.00"),
    ],
)
def test_a_small_q_is_not_written_as_nothing(q, written):
    assert _q(q) == written


# ---- over time -----------------------------------------------------------------------------------


def dated(days, texts=None):
    texts = texts or [
        f"Russia spoke {n}." if n % 3 else f"It rained {n}." for n in range(len(days))
    ]
    return look(pd.DataFrame({"text": texts, "day": days}), date="day")


@pytest.mark.parametrize(
    ("step", "n", "period", "first", "last"),
    [
        ("1h", 24 * 10, "day", "2020-01-01", "2020-01-10"),
        ("12h", 400, "week", "week of 2019-12-30", "week of 2020-07-13"),
        ("3D", 300, "month", "2020-01", "2022-06"),
        ("30D", 100, "year", "2020", "2028"),
        ("120D", 120, "five years", "2020–24", "2055–59"),
        ("365D", 90, "decade", "2020s", "2100s"),
    ],
)
def test_periods_are_short_where_there_are_many_documents(step, n, period, first, last):
    days = pd.date_range("2020-01-01", periods=n, freq=step).strftime("%Y-%m-%d")
    found = timeline(Found.of(dated(list(days))))
    assert found["period"] == period
    assert (found["labels"][0], found["labels"][-1]) == (first, last)
    assert sum(found["docs"]) == n and len(found["labels"]) == len(found["docs"]) <= 40


def test_the_course_of_an_actor_is_that_of_frequencies_by_month():
    days = [f"2020-{1 + n // 20:02d}-{1 + n % 20:02d}" for n in range(100)]
    found = dated(days)
    shown = timeline(Found.of(found))
    assert shown["period"] in ("week", "month")
    by = found.mentions.frequencies(by=shown["period"])
    assert [n for n in shown["rows"][0]["counts"] if n] == by["n_docs"].tolist()
    assert shown["rows"][0]["most"] == by["share_docs"].max()


def test_periods_before_1970_have_their_names():
    days = [f"{year}-07-01" for year in range(1931, 1971) for _ in range(8)]
    found = timeline(Found.of(dated(days)))
    assert found["period"] == "year"
    assert found["labels"] == [str(year) for year in range(1931, 1971)]
    assert set(found["docs"]) == {8}


def test_a_period_with_one_or_two_documents_has_no_share():
    days = ["2001-01-01"] * 20 + ["2002-01-01"] * 2 + ["2003-01-01"] * 20
    source = section(render(dated(days)), "time")
    assert source.count('class="unknown"') == 1
    assert "fewer than 3 documents, too few for a share" in plain(source)


@pytest.mark.parametrize("days", [[None] * 30, ["2001-01-01"] * 30, ["2001-01-01", None] * 15])
def test_without_a_course_of_time_there_is_no_section(days):
    source = render(dated(days))
    assert 'id="time"' not in source and 'href="#time"' not in source


def test_documents_without_a_date_are_said_to_be_left_out():
    days = [f"200{n % 5}-01-01" for n in range(60)] + [None] * 3
    assert "3 documents without text or date are left out." in plain(
        section(render(dated(days)), "time")
    )


# ---- the data ------------------------------------------------------------------------------------


def facts(source):
    return dict(cells(source, "data"))


def test_the_data_section_counts_what_was_read():
    frame = pd.DataFrame(
        {
            "text": [
                "Russia met Iran. It rained.",
                "Russia met Iran. It rained.",
                None,
                "",
                "?!",
                "Iran.",
            ],
            "day": ["1962-10-14", None, None, "1962-10-15", None, "1962-10-20"],
        }
    )
    found = facts(render(look(frame, date="day")))
    assert found["Documents"] == (
        "6: 4 with words, 1 without text (missing), 1 with a text that holds no word (empty)"
    )
    assert found["Copies"] == "1 document has the text of one before, to the letter"
    assert found["Dates"] == "1962-10-14 to 1962-10-20; 3 undated"
    assert found["Units"].startswith(
        "N = 6 sentences: all with a word, whoever they name (universe “text”); 3 of"
    )
    assert re.search(r"3 actors, 4 names; hash|4 actors, 5 names; hash", found["Dictionary"])


def test_the_fingerprint_is_that_of_the_texts_in_their_order():
    def of(*texts):
        return facts(render(look(list(texts))))["Fingerprint of the texts"]

    assert of("a b", "c") == of("a b", "c") != of("c", "a b")
    assert len({of("a"), of("b"), of("a", "a"), of("a", None), of("a", "")}) == 5


@pytest.mark.parametrize(("quotes", "n"), [("keep", 4), ("drop", 2), ("only", 2)])
def test_quoted_speech_can_be_left_out_of_all_of_it(quotes, n):
    found = look(
        ["“Russia warned Iran and they know it,” he said. Russia thanked Iran."], quotes=quotes
    )
    assert len(found.mentions) == n
    assert found.pairs.to_frame()["count"].tolist() == [2 if quotes == "keep" else 1]
    signs = found.by_actor.set_index("actor").loc["RUS", ["negative", "positive"]].tolist()
    assert signs == {"keep": [1, 1], "drop": [0, 1], "only": [1, 0]}[quotes]
    said = {"keep": None, "drop": "left out: no", "only": "alone: mentions"}[quotes]
    assert (facts(render(found)).get("Quoted speech") or "").startswith(said or "")
    assert ("Quoted speech" in facts(render(found))) == (quotes != "keep")


def test_documents_are_counted_by_the_columns_asked_for():
    frame = pd.DataFrame(
        {"text": ["Russia met Iran."] * 5 + [None], "outlet": ["B", "A", "A", "<i>", None, "B"]}
    )
    source = render(look(frame, by=["outlet"]))
    body = source.split("By <bdi>outlet</bdi>")[1]
    rows = [
        [plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr>.*?</tr>", body.split("</table>")[0], re.S)
    ]
    assert rows[1:] == [
        ["A", "2", "2", "4"],
        ["B", "2", "1", "2"],
        ["(none)", "1", "1", "2"],
        ["<i>", "1", "1", "2"],
    ]
    Page(source)


# ---- tables to take along ------------------------------------------------------------------------


def carried(source):
    """Return the tables that links of the page hold, by name."""
    links = re.findall(r'download="(.*?)" href="data:text/csv;charset=utf-8;base64,(.*?)"', source)
    return {
        name: pd.read_csv(io.BytesIO(base64.b64decode(held)), keep_default_na=False)
        for name, held in links
    }


def test_the_page_carries_the_tables_of_actors_and_pairs(cold_war, cold_war_page):
    tables = carried(cold_war_page)
    assert list(tables) == ["actors.csv", "pairs.csv"]
    assert tables["actors.csv"]["actor"].tolist() == cold_war.by_actor["actor"].tolist()
    assert tables["actors.csv"]["negative"].tolist() == cold_war.by_actor["negative"].tolist()
    pairs = cold_war.pairs.to_frame()
    assert (
        tables["pairs.csv"][["a", "b", "count"]].values.tolist()
        == pairs[["a", "b", "count"]].values.tolist()
    )
    q = pd.to_numeric(tables["pairs.csv"]["q"]).dropna()
    assert (q < 0.05).sum() == 1
    assert tables["pairs.csv"]["label_a"][0] == "United States"


def test_what_the_page_carries_is_no_formula():
    actors = Actors({"=A": {"label": "=1+1", "aliases": ["Russia"]}, "+B": ["Iran"]})
    tables = carried(render(look(actors=actors)))
    assert tables["actors.csv"][["actor", "label"]].values.tolist() == [
        ["'=A", "'=1+1"],
        ["'+B", "'+B"],
    ]
    assert tables["pairs.csv"][["a", "b", "label_a"]].values.tolist() == [["'=A", "'+B", "'=1+1"]]


# ---- it needs nothing ----------------------------------------------------------------------------


def test_the_page_loads_nothing_and_runs_nothing(cold_war_page):
    page = Page(cold_war_page)
    assert "script" not in page.tags and "link" not in page.tags and "iframe" not in page.tags
    assert not re.search(r"[a-z]+://|url\(|@import", cold_war_page)
    for name, value in page.attributes:
        assert not name.startswith("on") and name not in ("src", "srcset", "style", "xlink:href")
        assert name != "href" or value.startswith(("#", "data:text/csv;charset=utf-8;base64,"))
    assert ("http-equiv", "Content-Security-Policy") in page.attributes


def test_every_link_within_the_page_leads_somewhere(cold_war_page):
    attributes = Page(cold_war_page).attributes
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    links = {value[1:] for name, value in attributes if name == "href" and value[0] == "#"}
    for name, value in attributes:
        if name == "aria-labelledby":
            links.update(value.split())
    assert links and links <= set(ids)


def test_the_sections_come_in_the_order_of_reading(cold_war_page):
    order = re.findall(r'<section id="(\w+)"', cold_war_page)
    assert order == [
        *["found", "first", "who", "time", "pairs", "network", "tone", "words", "data", "settings"]
    ]


def test_the_same_input_gives_the_same_bytes_on_any_number_of_threads():
    frame = pd.read_csv(EXAMPLES / "cold_war.csv")
    one, two, again = (
        render(analyze(frame, actors=EXAMPLES / "cold_war.yml", date="date", threads=threads))
        for threads in (1, 2, 2)
    )
    assert one == two == again


def test_settings_list_what_is_needed_to_repeat_the_work(cold_war, cold_war_page):
    settings = dict(cells(cold_war_page, "settings"))
    assert settings["unit"] == "sentence" and settings["universe"] == "text"
    assert settings["actors.hash"] == cold_war.actors.config["hash"]
    assert settings["lexicon.hash"] == cold_war.lexicon.config["hash"]
    assert settings["version"] == cold_war.config["version"]
    assert "threads" not in settings
    assert plain(cold_war.methods()[:80]) in plain(cold_war_page)


def test_a_page_stays_small_however_many_actors_there_are():
    ids = [f"Actor{n}" for n in range(400)]
    actors = Actors({id: {"aliases": [id], "class": f"class {n}"} for n, id in enumerate(ids)})
    source = render(look([f"{', '.join(ids)} met."], actors=actors))
    assert "79,800 pairs of actors" in plain(source)
    assert "the first 5,000 of 79,800 pairs" in plain(source)
    assert len(source) < 1_000_000
    assert len(re.sub(r'href="data:.*?"', "", source)) < 120_000
    assert len(re.findall(r"<circle", source)) <= 31
    Page(source)


# ---- nothing can break it ------------------------------------------------------------------------


def hostile_page(evil):
    name, key = f"Evil {evil}", evil.encode("utf-8", "replace").decode("utf-8")
    frame = pd.DataFrame(
        {
            "text": [f"{evil} Russia warned {evil} Iran {evil}."],
            "id": [evil],
            "day": ["1962-10-14"],
            f"by {key}": [evil],
        },
        dtype=object,
    )
    actors = Actors(
        {
            key: {"label": evil, "class": evil, "aliases": ["Russia", name]},
            "IRN": {"label": name, "class": "state", "aliases": ["Iran"]},
        }
    )
    lexicon = Lexicon({key: ["warned"], "other": ["thanked"]})
    return [
        render(analyze(frame, actors=actors, lexicon=words, id="id", date="day", by=[f"by {key}"]))
        for words in (LEXICON, lexicon)
    ]


@pytest.mark.parametrize(
    "evil",
    [
        HOSTILE,
        "\x00\x01\x1b[31m\x7f\x85",
        "\ud800 \udfff",
        "\u202egnp.exe",
        "\ufffe\uffff",
        "a\r\nb",
    ],
)
def test_hostile_text_stays_text(evil):
    clean = Page(render(look(["Russia warned Iran."])))
    for source in hostile_page(evil):
        page = Page(source)
        assert page.tags <= clean.tags | {"bdi", "p"}
        assert {name for name, _ in page.attributes} <= {name for name, _ in clean.attributes}
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", source)
        source.encode("utf-8")


def test_a_name_from_right_to_left_leaves_the_numbers_beside_it_where_they_are():
    label = "\u0637\u0627\u0644\u0628\u0627\u0646"
    actors = Actors({"T": {"label": label, "aliases": ["Taliban"]}, "IRN": ["Iran"]})
    source = render(look(["Taliban met Iran."] * 3 + ["Taliban fled."], actors=actors))
    for id in ("found", "pairs", "tone"):
        bare = re.sub(rf"<bdi>{label}</bdi>|<title>.*?</title>", "", section(source, id))
        assert label not in bare
    assert f"<bdi>{label}</bdi> is named most: 4 times" in source


def test_a_sentence_that_begins_with_a_name_begins_with_a_capital():
    actors = Actors({"Q": {"label": "al-Qaeda", "aliases": ["Qaeda"]}})
    assert findings(render(look(["Qaeda fled."], actors=actors)))[1].startswith("Al-Qaeda is named")


def test_hostile_text_can_still_be_read():
    page = plain(hostile_page(HOSTILE)[0])
    assert "<script>alert('x')</script> & \"quoted\" <img src=x onerror=y> {{ 7 * 7 }}" in page


def test_names_of_files_stay_text(tmp_path):
    evil = "<img src=x onerror=alert(1)> & 'x'"
    for name, content in (
        (f"{evil}.txt", "Russia warned Iran."),
        (f"{evil}.yml", "RUS: [Russia]\nIRN: [Iran]\n"),
        (f"{evil}.csv", "pattern,weight\nwarned,-1\n"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    corpus = Corpus.read(tmp_path / f"{evil}.txt")
    source = render(
        analyze(corpus, actors=tmp_path / f"{evil}.yml", lexicon=tmp_path / f"{evil}.csv")
    )
    assert "img" not in Page(source).tags
    assert plain(section(source, "words")).count(evil) == 1
    assert plain(section(source, "data")).count(evil) == 2


@pytest.mark.parametrize("label", ["", " ", "\n", "<b>", "a" * 10_000, "=1+1", "\u202e", "Россия"])
def test_any_label_makes_a_page(label):
    actors = Actors({"A": {"label": label, "aliases": ["Russia"]}, "B": ["Iran"]})
    found = look([f"Russia met Iran {n}." for n in range(30)], actors=actors)
    source = render(found)
    assert "b" not in Page(source).tags
    assert len(source) < 150_000


# ---- drawings ------------------------------------------------------------------------------------


def labels_and_circles(source):
    """Return the boxes of labels, estimated as the drawing does, and circles as (x, y, r)."""
    drawn = Page(re.search(r'<svg class="network".*?</svg>', source, re.S)[0]).drawn
    circles, labels = [], []
    for tag, attrs, text in drawn:
        if tag == "circle":
            circles.append(tuple(float(attrs[name]) for name in ("cx", "cy", "r")))
        else:
            x, y, width = float(attrs["x"]), float(attrs["y"]), _svg._width(text)
            left = x - {"start": 0, "middle": width / 2, "end": width}[attrs["text-anchor"]]
            labels.append((left, y - 0.75 * _svg.FONT, left + width, y + 0.25 * _svg.FONT))
    return labels, circles


def overlap(a, b):
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def touch(box, circle):
    x, y, radius = circle
    nearest = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    return math.dist(nearest, (x, y)) < radius


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document"])
def test_labels_of_the_network_overlap_neither_each_other_nor_circles(unit):
    frame = pd.read_csv(EXAMPLES / "cold_war.csv")
    source = render(analyze(frame, actors=EXAMPLES / "cold_war.yml", unit=unit))
    labels, circles = labels_and_circles(source)
    assert len(labels) == len(circles) > 5
    for i, label in enumerate(labels):
        assert 0 <= label[0] and label[2] <= _svg.WIDTH
        assert 0 <= label[1] and label[3] <= _svg.HEIGHT
        assert not [other for other in labels[:i] if overlap(label, other)]
        assert not [circle for circle in circles if touch(label, circle)]
    for i, (x, y, radius) in enumerate(circles):
        assert all(math.dist((x, y), other[:2]) > radius + other[2] for other in circles[:i])


def test_circles_grow_in_area_with_mentions_and_lines_in_width_with_counts():
    nodes = [_svg.Node("A", 100, 0), _svg.Node("B", 25, 1), _svg.Node("C", 25, 1)]
    drawing = str(
        _svg.network(nodes, [_svg.Edge(0, 1, 8, "some"), _svg.Edge(0, 2, 2, "some")], "t", "d")
    )
    radii = [float(value) for value in re.findall(r'\br="(.*?)"', drawing)]
    assert radii[0] > radii[1] == radii[2]
    widths = [float(value) for value in re.findall(r'stroke-width="(.*?)"', drawing)]
    assert sorted(widths) == widths and widths[0] < widths[1]


def test_pairs_without_a_line_between_them_stay_on_the_page():
    nodes = [_svg.Node(letter, 1, 0) for letter in "ABCDEF"]
    drawing = str(
        _svg.network(nodes, [_svg.Edge(k, k + 1, 1, "some") for k in (0, 2, 4)], "t", "d")
    )
    labels, _ = labels_and_circles(drawing)
    assert all(0 <= label[0] and label[2] <= _svg.WIDTH for label in labels)


def test_the_heat_map_shows_each_pair_once_and_darker_the_more_they_share():
    drawing = str(_svg.tiles(["A", "B", "C"], [[0, 1500, 0], [1500, 0, 9], [0, 9, 0]], "t", "d"))
    assert re.findall(r"<title>(.*?)</title>", drawing) == [
        "B and A: 1,500",
        "C and A: 0",
        "C and B: 9",
    ]
    assert re.findall(r'"middle">(.*?)<', drawing) == ["1.5k", "·", "9"]
    shades = [float(value) for value in re.findall(r'fill-opacity="(.*?)"', drawing)]
    assert shades[0] == 1 and shades[1] == 0 < shades[2] < 1
