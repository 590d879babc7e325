"""Tone: values worked out by hand, and made-up texts against a slow and obvious sum."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from coactor import Actors, Corpus, Lexicon, Mentions, score

NAN = float("nan")
HIT_COLUMNS = [
    *("doc", "sentence", "start", "end", "text", "pattern", "value", "negated"),
]
LEXICON = Lexicon({"support*": 1.0, "peace": 0.75, "attack": -1.0, "wage war": -0.5})
TEXTS = [
    # +1 +0.75      -(-1 x -0.74)          nothing
    "They supported peace. They did not attack. Nothing here.",
    None,
    "",
    "Nobody came.",
    # -0.5 -1 +1                                 +0.75
    "They wage war, attack, support.\n\nThen: peace",
]
COLUMNS = ["score", "weight", "tone", "positive", "negative", "hits", "words"]
DOCUMENTS = [
    [1.75 + 0.74, 3, (1.75 / 2 + 0.74) / 2, 1.75 + 0.74, 0, 3, 9, 2 / 3],
    [NAN, NAN, NAN, NAN, NAN, 0, 0, NAN],
    [0, 0, NAN, 0, 0, 0, 0, NAN],
    [0, 0, NAN, 0, 0, 0, 2, 0],
    [0.25, 4, (-0.5 / 3 + 0.75) / 2, 1.75, -1.5, 4, 7, 1],
]
SENTENCES = [
    [0, 0, 1.75, 2, 0.875, 1.75, 0, 2, 3],
    [0, 1, 0.74, 1, 0.74, 0.74, 0, 1, 4],
    [0, 2, 0, 0, NAN, 0, 0, 0, 2],
    [3, 0, 0, 0, NAN, 0, 0, 0, 2],
    [4, 0, -0.5, 3, -0.5 / 3, 1, -1.5, 3, 5],
    [4, 1, 0.75, 1, 0.75, 0.75, 0, 1, 2],
]


@pytest.fixture
def corpus():
    return Corpus(TEXTS)


def rows(frame):
    return frame.values.tolist()


def close(expected):
    return [approx(row, abs=1e-9, nan_ok=True) for row in expected]


def test_the_tone_of_documents_is_as_by_hand(corpus):
    tone = corpus.tone(LEXICON)
    frame = tone.to_frame()
    assert list(frame) == ["doc", *COLUMNS, "share_hit"]
    assert rows(frame) == close([[doc, *row] for doc, row in enumerate(DOCUMENTS)])
    floats = ["score", "weight", "tone", "positive", "negative", "share_hit"]
    assert [name for name in frame if frame[name].dtype == np.float64] == floats
    assert all(frame[name].dtype == np.int64 for name in ("doc", "hits", "words"))
    assert frame.attrs["config"] == tone.config
    assert len(tone) == 5
    assert repr(tone) == "Tone(5 documents, 7 hits in 4 of 6 sentences, lexicon own)"


def test_the_tone_of_sentences_is_as_by_hand(corpus):
    frame = corpus.tone(LEXICON, unit="sentence").to_frame()
    assert list(frame) == ["doc", "sentence", *COLUMNS]
    assert rows(frame) == close(SENTENCES)
    keys = corpus.sentences()[["doc", "sentence"]]
    assert frame[["doc", "sentence"]].equals(keys)


def test_hits_are_spans_whose_contributions_add_up(corpus):
    tone = corpus.tone(LEXICON)
    hits = tone.hits()
    assert hits[HIT_COLUMNS].values.tolist() == [
        [0, 0, 5, 14, "supported", "support*", 1.0, False],
        [0, 0, 15, 20, "peace", "peace", 0.75, False],
        [0, 1, 35, 41, "attack", "attack", -1.0, True],
        [4, 0, 5, 13, "wage war", "wage war", -0.5, False],
        [4, 0, 15, 21, "attack", "attack", -1.0, False],
        [4, 0, 23, 30, "support", "support*", 1.0, False],
        [4, 1, 39, 44, "peace", "peace", 0.75, False],
    ]
    for row in hits.itertuples():
        assert TEXTS[row.doc][row.start : row.end] == row.text
    frame = tone.to_frame().set_index("doc")
    for doc, part in hits.groupby("doc"):
        assert part["contribution"].sum() == approx(frame["score"][doc], abs=1e-11)


@pytest.mark.parametrize(
    ("column", "index"),
    [
        (TEXTS, None),
        (pd.Series(TEXTS, index=list("vwxyz")), list("vwxyz")),
        (pd.Series(TEXTS, index=[3, 3, 1, 2, 3], dtype="string"), [3, 3, 1, 2, 3]),
        (pl.Series(TEXTS), None),
        (pa.chunked_array([TEXTS]), None),
    ],
    ids=["list", "series", "repeated_index", "polars", "arrow"],
)
def test_score_gives_a_row_a_text_with_the_index_of_the_column(column, index):
    frame = score(column, LEXICON)
    assert list(frame) == COLUMNS
    assert rows(frame) == close([row[:-1] for row in DOCUMENTS])
    assert frame.index.tolist() == (index or list(range(5)))
    assert frame.attrs["config"]["lexicon"] == LEXICON.config


def test_nothing_hit_is_not_neutral():
    lexicon = Lexicon({"good": 1, "bad": -1})
    frame = score(["good bad", "so so", None], lexicon)
    assert frame["tone"].tolist()[0] == 0
    assert frame["tone"].isna().tolist() == [False, True, True]
    assert frame["score"].isna().tolist() == [False, False, True]


# ---- negation ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("They did not attack", True),
        ("They didn't attack", True),
        ("They didn’t attack", True),
        ("They DIDN’T attack", True),
        ("Never attack", True),
        ("without any attack", True),
        ("They did not really plan attack", True),
        ("They did not really ever plan attack", False),
        ("They did not. Attack", False),
        ("They did not\n\nattack", False),
        ("They did not, attack", False),
        ("They did not: attack", False),
        ("They did not (attack", False),
        ("They did attack, not now", False),
        ("They cannot attack", True),
        ("a knot attack", False),
    ],
)
def test_a_negator_up_to_three_words_before_turns_a_hit(text, negated):
    lexicon = Lexicon({"attack": -1.0})
    assert score([text], lexicon)["score"][0] == approx(0.74 if negated else -1, abs=1e-9)
    assert Corpus([text]).tone(lexicon).hits()["negated"].tolist() == [negated]
    assert score([text], Lexicon({"attack": -1.0}, negation=False))["score"][0] == -1


def test_a_negator_reaches_no_other_document():
    assert score(["They did not", "attack"], LEXICON)["score"][1] == -1


# ---- mask ----------------------------------------------------------------------------------------

NAMES = Actors({"USA": ["United States"]}, opaque=["Support Group"])
PRAISE = Lexicon({"united": 1, "states": 1, "support": 1, "united front": 0.5})
MASKED = "United States support. A united front. Support Group of States."


def test_words_of_names_carry_no_tone_where_they_are_masked():
    corpus = Corpus([MASKED, "united", None])
    assert corpus.tone(PRAISE).to_frame()["hits"].tolist() == [6, 1, 0]
    mentions = corpus.mentions(NAMES)
    assert corpus.tone(PRAISE, mask=mentions).to_frame()["hits"].tolist() == [4, 1, 0]
    hits = corpus.tone(PRAISE, mask=NAMES).hits()
    assert hits["text"].tolist() == ["support", "united front", "States", "united"]
    frame = score([MASKED], PRAISE, mask=NAMES)
    assert frame["score"].tolist() == [2.5]
    assert frame.attrs["config"]["mask"] == {"actors": NAMES.config}
    assert corpus.tone(PRAISE, mask=mentions).config["mask"] == {"mentions": mentions.config}
    assert corpus.explain(0, PRAISE, mask=NAMES).attrs["config"]["mask"]["actors"]["hash"]


def test_opaque_names_of_the_dictionary_carry_no_tone_for_its_mentions():
    text = "The Support Group met the United States on support."
    mentions = Corpus([text, "Support Group: united states."]).mentions(NAMES)
    for held in (mentions, mentions.filter(actors=["USA"])):
        assert held.tone(PRAISE).hits()["text"].tolist() == ["support"]
    assert len(mentions.tone(PRAISE, mask=mentions).hits()) > 1


def test_spans_that_overlap_mask_all_they_cover():
    corpus = Corpus(["support a united front of united states"])
    spans = pd.DataFrame(
        {"doc": 0, "start": [8, 10, 10, 12], "end": [12, 16, 11, 15], "actor": list("abcd")}
    )
    hits = corpus.tone(PRAISE, mask=Mentions.from_frame(corpus, spans)).hits()
    assert hits["text"].tolist() == ["support", "united", "states"]
    one_long = pd.DataFrame(
        {"doc": 0, "start": [0, 8, 25], "end": [32, 9, 26], "actor": list("abc")}
    )
    hits = corpus.tone(PRAISE, mask=Mentions.from_frame(corpus, one_long)).hits()
    assert hits["text"].tolist() == ["states"]
    everything = pd.DataFrame({"doc": [0], "start": [0], "end": [39], "actor": ["a"]})
    masked = corpus.tone(PRAISE, mask=Mentions.from_frame(corpus, everything))
    assert masked.to_frame()["tone"].isna().all()
    nothing = Mentions.from_frame(corpus, everything.head(0))
    assert len(corpus.tone(PRAISE, mask=nothing).hits()) == 4


def test_what_is_no_mask_is_an_error():
    corpus, other = Corpus(["support"]), Corpus(["support"])
    for mask in (other.mentions(NAMES), "mentions", {"a": ["b"]}):
        with pytest.raises(ValueError, match="mask: expected Actors, or Mentions of the same"):
            corpus.tone(PRAISE, mask=mask)
    with pytest.raises(ValueError, match=r"unit='word'.*'document', 'sentence'"):
        corpus.tone(PRAISE, unit="word")
    with pytest.raises(TypeError, match="lexicon: expected Lexicon, got Actors"):
        corpus.tone(NAMES)


# ---- categories ----------------------------------------------------------------------------------

GROUPS = Lexicon({"war": ["attack*", "wage war"], "speech": ["said", "wage*"], "none": ["zzz"]})


def test_categories_are_counted_each_on_its_own():
    texts = ["They wage war, said Kabul. Attacks did not stop.", None, "x"]
    frame = score(texts, GROUPS)
    assert list(frame) == ["war", "speech", "none", "words"]
    assert rows(frame) == close([[2, 2, 0, 9], [NAN, NAN, NAN, 0], [0, 0, 0, 1]])
    corpus = Corpus(texts)
    frame = corpus.tone(GROUPS, unit="sentence").to_frame()
    assert list(frame) == ["doc", "sentence", "war", "speech", "none", "words"]
    assert rows(frame) == [[0, 0, 1, 2, 0, 5], [0, 1, 1, 0, 0, 4], [2, 0, 0, 0, 0, 1]]


# ---- against an oracle ---------------------------------------------------------------------------

WEIGHTS = {"up": 1.0, "down": -0.3, "odd": 0.1, "very": 0.001}
PLAIN = Lexicon(WEIGHTS, intensifiers=False, contrast=False)

NEGATORS = {"not", "never", "don't"}


def slow_hits(tokens, lexicon):
    """(document, token, contribution) of each hit, from the frame of tokens."""
    hits = []
    for doc, part in tokens.groupby("doc"):
        types, kinds = part["type"].str.lower().tolist(), part["kind"].tolist()
        for i, word in enumerate(types):
            if word not in lexicon:
                continue
            before = []
            for j in range(i - 1, max(-1, i - 4), -1):
                if part["sentence"].iloc[j] != part["sentence"].iloc[i]:
                    break
                if kinds[j] not in ("word", "number"):
                    break
                before.append(types[j].replace("’", "'"))
            factor = -0.74 if NEGATORS & set(before) else 1
            hits.append((doc, int(part["sentence"].iloc[i]), lexicon[word] * factor))
    return hits


TEXT = st.lists(
    st.sampled_from([*WEIGHTS, "UP", "not", "Never", "don’t", "so", "1990", ",", ". The", "\n\n"]),
    max_size=25,
).map(" ".join)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXT), min_size=1, max_size=4))
def test_sums_and_means_are_those_of_the_hits(texts):
    corpus = Corpus(texts)
    tokens = corpus.tokens.to_frame()
    first = corpus.tokens.sentence_offsets
    tokens["sentence"] = np.searchsorted(first, np.arange(len(tokens)), side="right") - 1
    hits = pd.DataFrame(slow_hits(tokens, WEIGHTS), columns=["doc", "sentence", "value"])
    frame = corpus.tone(PLAIN).to_frame()
    sentences = corpus.tone(PLAIN, unit="sentence").to_frame()
    means = hits.groupby("sentence")["value"].mean()
    assert sentences["tone"].dropna().tolist() == approx(means.tolist(), abs=1e-9)
    for doc, row in frame.set_index("doc").iterrows():
        mine = hits[hits["doc"] == doc]
        if texts[doc] is None:
            assert np.isnan(row["score"])
            continue
        assert row["score"] == approx(mine["value"].sum(), abs=1e-8)
        assert row["positive"] == approx(mine["value"].clip(lower=0).sum(), abs=1e-8)
        assert row["negative"] == approx(mine["value"].clip(upper=0).sum(), abs=1e-8)
        assert row["positive"] + row["negative"] == approx(row["score"], abs=1e-11)
        assert row["hits"] == row["weight"] == len(mine)
        tone = means[mine["sentence"].unique()].mean() if len(mine) else NAN
        assert row["tone"] == approx(tone, abs=1e-8, nan_ok=True)
        part = sentences[sentences["doc"] == doc]
        assert part["score"].sum() == approx(row["score"], abs=1e-11)
        assert part["words"].sum() == row["words"]
        if len(part):
            assert row["share_hit"] == part["hits"].gt(0).mean()


def test_tone_says_what_it_is(corpus):
    tone = corpus.tone(LEXICON, mask=NAMES)
    assert tone.config["lexicon"] == LEXICON.config
    assert tone.config["unit"] == "document"
    assert "names were left out" in tone.methods()
    assert "names were left out" not in corpus.tone(LEXICON).methods()
    assert pl.DataFrame(tone)["hits"].to_list() == tone.to_frame()["hits"].tolist()
    assert "<table>" in tone._repr_html_()
