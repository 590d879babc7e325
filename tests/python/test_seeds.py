"""The whole path over a folder of real articles: nothing is compared with a stored result, but
everything must agree with the text and with itself.

COACTOR_SEEDS names the folder, with articles as .txt files.
"""

import os
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import coactor
from coactor import Actors, Corpus, Lexicon, Mentions

FOLDER = os.environ.get("COACTOR_SEEDS")
pytestmark = pytest.mark.skipif(
    not FOLDER, reason="COACTOR_SEEDS names no folder with articles as .txt files"
)
UNITS = ["document", "paragraph", "sentence"]


@pytest.fixture(scope="module")
def corpus():
    return Corpus.read(FOLDER)


@pytest.fixture(scope="module")
def world():
    return Actors.world()


@pytest.fixture(scope="module")
def mentions(corpus, world):
    return corpus.mentions(world)


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.conflict()


def test_every_file_is_a_document_with_its_text_as_it_is(corpus):
    files = sorted(path for path in Path(FOLDER).rglob("*.txt"))
    assert len(corpus) == len(files)
    for doc, path in zip(corpus.documents["doc"], files, strict=True):
        assert str(path).endswith(doc)
        assert corpus.text(doc) == path.read_bytes().decode("utf-8-sig")
    assert not corpus.documents["missing"].any()


def test_tokens_and_sentences_slice_the_text_and_leave_only_blanks(corpus):
    tokens = corpus.tokens.to_frame()
    sentences = corpus.sentences()
    labels = corpus.documents["doc"]
    for number, doc in enumerate(labels):
        text = corpus.text(doc)
        mine = tokens[tokens["doc"] == number]
        behind = 0
        for start, end, type_ in mine[["start", "end", "type"]].itertuples(index=False):
            assert text[start:end] == type_
            assert behind <= start < end
            assert text[behind:start].strip(" \t\r\n\v\f\u2028\u2029\xa0\ufeff\u200b") == ""
            behind = end
        assert text[behind:].strip(" \t\r\n\v\f\u2028\u2029\xa0\ufeff\u200b") == ""
        spans = sentences[sentences["doc"] == doc]
        starts, ends = spans["start"].to_numpy(), spans["end"].to_numpy()
        assert starts[0] == mine["start"].iloc[0] and ends[-1] == mine["end"].iloc[-1]
        assert (starts[1:] >= ends[:-1]).all() and (starts < ends).all()
        assert set(starts) <= set(mine["start"]) and set(ends) <= set(mine["end"])
        assert [text[s:e] for s, e in zip(starts, ends, strict=True)] == spans["text"].tolist()
        assert coactor.sentences(text) == list(zip(starts, ends, strict=True))
        assert spans["paragraph"].is_monotonic_increasing
        for lines in spans["text"]:
            assert "\n\n" not in lines


def test_mentions_slice_the_text_and_lie_in_their_sentence(corpus, world, mentions):
    frame = mentions.to_frame()
    assert len(frame) > 0
    assert set(frame["actor"]) <= set(world.ids)
    sentences = corpus.sentences().set_index(["doc", "sentence"])
    known = world.to_frame().groupby("actor")["alias"].agg(set)
    for row in frame.itertuples():
        assert corpus.text(row.doc)[row.start : row.end] == row.text
        sentence = sentences.loc[(row.doc, row.sentence)]
        assert sentence["start"] <= row.start < sentence["end"]
        assert sentence["paragraph"] == row.paragraph
        assert row.alias in known[row.actor]
    for _, part in frame.groupby("doc"):
        assert (part["start"].to_numpy()[1:] >= part["end"].to_numpy()[:-1]).all()


@pytest.mark.parametrize("unit", UNITS)
def test_counts_add_up(corpus, mentions, unit):
    frame, counts = mentions.to_frame(), mentions.counts(unit=unit)
    assert counts.to_numpy().sum() == len(frame)
    assert counts.sum().loc[lambda n: n > 0].to_dict() == dict(Counter(frame["actor"]))
    size = len(corpus) if unit == "document" else corpus.documents[f"n_{unit}s"].sum()
    assert len(counts) == size
    frequencies = mentions.frequencies().set_index("actor")
    assert frequencies["n_mentions"].sum() == len(frame)
    if unit != "paragraph":
        occurs = (counts > 0).sum()
        column = "n_docs" if unit == "document" else "n_sentences"
        assert frequencies[column].to_dict() == occurs[occurs > 0].to_dict()
    assert (frequencies["docs_in_group"] == len(corpus)).all()


@pytest.mark.parametrize("unit", UNITS)
def test_pairs_are_symmetric_and_those_of_a_slow_count(mentions, unit):
    frame = mentions.to_frame()
    keys = ["doc"] if unit == "document" else ["doc", unit]
    expected = Counter()
    for _, actors in frame.groupby(keys)["actor"]:
        expected.update(frozenset(pair) for pair in combinations(sorted(set(actors)), 2))
    pairs = mentions.cooccur(unit=unit)
    table = pairs.to_frame()
    found = {frozenset((a, b)): n for a, b, n in table[["a", "b", "count"]].itertuples(index=False)}
    assert found == dict(expected)
    matrix = pairs.matrix()
    assert np.array_equal(matrix, matrix.T)
    assert not np.diagonal(matrix).any()
    assert matrix.to_numpy().sum() == 2 * table["count"].sum()
    assert (table["count"] <= table[["n_a", "n_b"]].min(axis=1)).all()
    assert (table["n_docs"] <= table["count"]).all()
    assert table["jaccard"].between(0, 1).all()
    a, b = table.loc[0, ["a", "b"]]
    lines = pairs.kwic(a, b)
    assert len(lines) == table["count"][0]


@pytest.mark.parametrize("unit", ["document", "sentence"])
def test_tone_adds_up(corpus, mentions, lexicon, unit):
    tone = corpus.tone(lexicon, unit=unit, mask=mentions)
    frame, hits = tone.to_frame(), tone.hits()
    assert frame["hits"].sum() == len(hits) > 0
    assert frame["score"].sum() == pytest.approx(hits["contribution"].sum(), abs=1e-6)
    assert np.allclose(frame["positive"] + frame["negative"], frame["score"], atol=1e-9)
    assert frame["tone"].isna().equals(frame["hits"] == 0)
    assert frame["tone"].dropna().between(-1, 1).all()
    for row in hits.itertuples():
        assert corpus.text(row.doc)[row.start : row.end] == row.text
    spans = mentions.to_frame()
    for doc, part in hits.groupby("doc"):
        mine = spans[spans["doc"] == doc]
        names = {i for s, e in zip(mine["start"], mine["end"], strict=True) for i in range(s, e)}
        for start, end in zip(part["start"], part["end"], strict=True):
            assert names.isdisjoint(range(start, end))


def test_results_are_the_same_on_any_number_of_threads(world, mentions, lexicon):
    for threads in (1, 2, 5):
        corpus = Corpus.read(FOLDER, threads=threads)
        other = corpus.mentions(world)
        pd.testing.assert_frame_equal(other.to_frame(), mentions.to_frame())
        a, b = other.cooccur().to_frame(), mentions.cooccur().to_frame()
        pd.testing.assert_frame_equal(a, b)
        a, b = corpus.tone(lexicon), mentions.corpus.tone(lexicon)
        pd.testing.assert_frame_equal(a.to_frame(), b.to_frame())


def test_spans_can_be_taken_out_and_put_back(corpus, mentions):
    again = Mentions.from_frame(corpus, mentions.to_frame())
    columns = ["doc", "paragraph", "sentence", "actor", "start", "end", "text"]
    pd.testing.assert_frame_equal(again.to_frame()[columns], mentions.to_frame()[columns])
    a, b = again.cooccur(unit="sentence"), mentions.cooccur(unit="sentence")
    assert a.n_units == b.n_units
    assert np.array_equal(a.matrix().loc[b.actors, b.actors], b.matrix())


def test_the_report_is_written(tmp_path, corpus, world, lexicon):
    path = tmp_path / "report.html"
    coactor.analyze(corpus, actors=world, lexicon=lexicon).report(path)
    assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
