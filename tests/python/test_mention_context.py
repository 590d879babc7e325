"""What mentions know of their surroundings, and what is done with some of them."""

import numpy as np
import pandas as pd
import pytest

from coactor import Actors, Corpus, Mentions

FRAME = pd.DataFrame(
    {
        "text": [
            "Moscow attacked in Kabul. “Kabul fights on and on,” Moscow said.",
            None,
            "Kabul prayed near the Kremlin. Kabul’s men prayed in Kabul’s streets.",
            "Minsk prayed. A “free Kabul” sang.",
        ],
        "outlet": ["A", "A", "B", "B"],
        "date": ["2021-01-05", "2021-02-01", "2021-01-20", None],
    }
)
ACTORS = {
    "RUS": [{"text": "Moscow", "kind": "capital"}, {"text": "Kremlin", "kind": "metonym"}],
    "AFG": ["Kabul"],
    "BLR": ["Minsk"],
}


@pytest.fixture(scope="module")
def corpus():
    return Corpus(FRAME, by="outlet", date="date")


@pytest.fixture(scope="module")
def mentions(corpus):
    return corpus.mentions(Actors(ACTORS))


def texts(mentions):
    return mentions.to_frame()["text"].tolist()


def test_the_table_has_the_columns_of_the_contract(mentions):
    frame = mentions.to_frame()
    assert list(frame) == [
        *["doc", "paragraph", "sentence", "actor", "alias", "kind", "start", "end", "text"],
        *["quoted", "locative"],
    ]
    assert frame["quoted"].tolist() == ["", "", "speech", "", "", "", "", "", "", "scare"]
    assert frame["locative"].tolist() == [
        *[False, True, False, False, False, True, False, False, False, False]
    ]
    assert frame["locative"].dtype == bool


def test_quotations_are_spans_of_the_text(corpus):
    frame = corpus.quotes()
    assert list(frame) == ["doc", "start", "end", "kind"]
    spans = [corpus.text(d)[a:b] for d, a, b in frame[["doc", "start", "end"]].values.tolist()]
    assert spans == ["Kabul fights on and on,", "free Kabul"]
    assert frame["kind"].tolist() == ["speech", "scare"]


def test_a_compound_is_one_word_of_a_scare_quote():
    text = "A “state-of-the-art” plan, a “de facto anti–Kabul” plan, a “plan—made—by—four”."
    assert Corpus([text]).quotes()["kind"].tolist() == ["scare", "scare", "speech"]


def test_a_preposition_of_another_sentence_makes_no_place():
    text = "Where to log in\n\nKabul fell. Come in. Kabul fell.\nThe road to\nKabul, in the Kabul."
    frame = Corpus([text]).mentions(Actors({"AFG": ["Kabul"]})).to_frame()
    assert frame["locative"].tolist() == [False, False, False, True]


def test_mentions_are_filtered(mentions):
    assert texts(mentions.filter(actors="BLR")) == ["Minsk"]
    assert mentions.filter(actors=["BLR", "RUS"]).actors == ["RUS", "BLR"]
    assert texts(mentions.filter(kinds=["metonym"])) == ["Kremlin"]
    assert len(mentions.filter(quotes="drop")) == 9
    assert texts(mentions.filter(quotes="only")) == ["Kabul"]
    assert texts(mentions.filter(locative=True)) == ["Kabul", "Kremlin"]
    assert len(mentions.filter(mentions.to_frame()["actor"] == "AFG")) == 6
    assert len(mentions.filter(lambda frame: frame["doc"] == 0)) == 4
    assert mentions.filter(actors="BLR").counts().columns.tolist() == ["BLR"]
    assert len(mentions.filter()) == len(mentions) == 10


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"actors": "X"}, ValueError, "'X' is not in the dictionary"),
        ({"kinds": "X"}, ValueError, "kinds='X'"),
        ({"quotes": "some"}, ValueError, "quotes='some'"),
        ({"mask": [True]}, ValueError, "expected 10 values"),
        ({"mask": np.zeros(10)}, TypeError, "bool"),
    ],
)
def test_a_bad_filter_is_refused(mentions, options, error, words):
    with pytest.raises(error, match=words):
        mentions.filter(**options)


def test_kwic_looks_into_some_documents(mentions):
    assert len(mentions.kwic("AFG")) == 6
    assert mentions.kwic("AFG", where={"outlet": "A"})["doc"].tolist() == [0, 0]
    assert mentions.kwic("AFG", where={"month": "2021-01"})["doc"].tolist() == [0, 0, 2, 2, 2]
    assert mentions.kwic("AFG", where=[False, False, False, True])["doc"].tolist() == [3]


def test_counts_above_the_limit_are_refused(mentions, monkeypatch):
    monkeypatch.setattr("coactor.mentions.MAX_CELLS", 5)
    for by in (None, "outlet"):
        with pytest.raises(ValueError, match="to_scipy"):
            mentions.counts(by=by)


# ---- what lost -----------------------------------------------------------------------------------


def test_what_lost_is_listed_with_the_rule():
    table = {
        "A": ["Army of Mali", {"text": "Chad", "priority": 0}],
        "B": ["Mali", {"text": "Chad", "priority": 2}, "Niger"],
        "C": ["Mali Post Office", "Niger"],
    }
    text = "The Army of Mali Post Office, Chad, Niger, the Mali Times."
    mentions = Corpus([text]).mentions(Actors(table, opaque=["Mali Times"]))
    assert texts(mentions) == ["Army of Mali", "Chad", "Niger"]
    frame = mentions.shadowed()
    assert list(frame) == ["doc", "start", "end", "text", "actor", "by", "rule"]
    assert frame[["text", "actor", "by", "rule"]].values.tolist() == [
        *[["Mali", "B", "A", "longer"], ["Mali Post Office", "C", "A", "leftmost"]],
        *[["Chad", "A", "B", "priority"], ["Niger", "C", "B", "order"]],
        ["Mali", "B", "Mali Times", "opaque"],
    ]


def test_given_spans_have_no_rivals(corpus):
    spans = pd.DataFrame({"doc": [0], "start": [0], "end": [6], "actor": ["R"]})
    given = Mentions.from_frame(corpus, spans)
    assert given.to_frame()[["kind", "quoted", "locative"]].values.tolist() == [["", "", False]]
    with pytest.raises(ValueError, match="spans were given"):
        given.shadowed()
    assert given.rollup({"R": "S"}).to_frame()["actor"].tolist() == ["S"]


# ---- words ---------------------------------------------------------------------------------------


def test_words_distinguish_the_sentences_of_an_actor(mentions):
    frame = mentions.words("AFG", against="RUS")
    assert list(frame) == ["word", "count", "count_other", "log_odds", "z"]
    assert frame["z"].is_monotonic_decreasing
    assert not set(frame["word"]) & {"kabul", "moscow", "kremlin", "’s"}
    assert mentions.words("RUS", "AFG", top=100)["word"].tolist()[0] in {"attacked", "said", "on"}


def test_words_are_the_formula_worked_out_by_hand():
    corpus = Corpus(["A x x y. B y z."])
    mentions = corpus.mentions(Actors({"A": ["A"], "B": ["B"]}))
    frame = mentions.words("A").set_index("word")
    counts = {"x": (2, 0), "y": (1, 1), "z": (0, 1)}
    whole = {"x": 2, "y": 2, "z": 1}
    whole["b"] = 1  # the other actor's name is a word like any other
    counts["b"] = (0, 1)
    prior = {word: 1000 * n / sum(whole.values()) for word, n in whole.items()}
    for word, (ours, theirs) in counts.items():
        a, b = ours + prior[word], theirs + prior[word]
        delta = np.log(a / (3 + 1000 - a)) - np.log(b / (3 + 1000 - b))
        assert frame.loc[word, "log_odds"] == pytest.approx(delta)
        assert frame.loc[word, "z"] == pytest.approx(delta / np.sqrt(1 / a + 1 / b))
    assert frame.index.tolist()[0] == "x"


def test_words_of_two_groups_are_compared(mentions):
    frame = mentions.words("AFG", split="outlet")
    assert frame["word"].iloc[0] in {"attacked", "in", "fights", "on", "and", "said", "moscow"}
    with pytest.raises(ValueError, match="split='date'"):
        mentions.words("AFG", split="date")


# ---- parts of a corpus ---------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [[True, False, True, False], {"outlet": "B"}, [False] * 4])
def test_a_subset_is_what_its_documents_alone_are(corpus, mask):
    part = corpus.subset(mask)
    held = np.asarray(mask) if isinstance(mask, list) else (FRAME["outlet"] == "B").to_numpy()
    alone = Corpus(FRAME[held], by="outlet", date="date")
    pd.testing.assert_frame_equal(part.documents, alone.documents)
    pd.testing.assert_frame_equal(part.sentences(), alone.sentences())
    assert part.tokens.to_list() == alone.tokens.to_list()
    assert part.tokens.vocabulary == alone.tokens.vocabulary
    assert part._core.validate() is None
    one, other = (c.mentions(Actors(ACTORS)).to_frame(meta=True) for c in (part, alone))
    pd.testing.assert_frame_equal(one, other)


def test_a_subset_of_a_subset_keeps_names_and_columns(corpus):
    part = corpus.subset([True, False, True, True]).subset([False, True, True])
    assert part.documents["doc"].tolist() == [2, 3]
    assert part.documents["outlet"].tolist() == ["B", "B"]
    assert part.mentions(Actors(ACTORS)).counts(by="outlet").values.tolist() == [[1, 4, 1]]


def test_a_bad_mask_is_refused(corpus):
    with pytest.raises(ValueError, match="expected 4 values"):
        corpus.subset([True])
    with pytest.raises(TypeError, match="mask of bool"):
        corpus.subset([1, 0, 1, 1])
    with pytest.raises(ValueError, match="mask='none'"):
        corpus.subset({"none": 1})


# ---- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda m: m.words("NOBODY"), ValueError, "a: 'NOBODY' is not in the dictionary"),
        (lambda m: m.words("RUS", "NOBODY"), ValueError, "b: 'NOBODY' is not in"),
        (lambda m: m.words("RUS", against="NOBODY"), ValueError, "against: 'NOBODY' is not in"),
        (lambda m: m.words("RUS", against="RUS"), ValueError, "against='RUS' is the actor itself"),
        (lambda m: m.words("RUS", top=0), ValueError, "top must be at least 1, got 0"),
        (lambda m: m.words("RUS", split="nope"), ValueError, "split='nope': no such column"),
        (lambda m: m.kwic("RUS", where={"nope": 1}), ValueError, "where='nope': no such column"),
        (lambda m: m.kwic("RUS", window=1.5), TypeError, "window must be a whole number, got 1.5"),
        (lambda m: m.kwic("RUS", sample=0.5), TypeError, "sample must be a whole number, got 0.5"),
        (
            lambda m: Mentions.from_frame(m.corpus, m.to_frame()).rollup("parent"),
            *(ValueError, 'rollup="parent" needs a dictionary with parents'),
        ),
        (lambda m: m.filter(locative="yes"), TypeError, "locative: expected True, False or None"),
        (lambda m: m.corpus.subset({"nope": 1}), ValueError, "mask='nope': no such column"),
        (lambda m: m.corpus.subset([True]), ValueError, "mask: expected 4 values.* got 1"),
    ],
)
def test_a_bad_question_names_its_argument(mentions, ask, error, words):
    with pytest.raises(error, match=words):
        ask(mentions)


@pytest.mark.parametrize(
    ("frame", "error", "words"),
    [
        ([], TypeError, "frame: expected a DataFrame, got list"),
        ({"end": 2.5}, ValueError, r"frame: row 0: end is 2\.5, expected a whole number"),
        ({"end": 2**70}, ValueError, r"frame: row 0: end is \d+, expected a whole number"),
        ({"end": 99}, ValueError, "row 0: span 0:99 is not within the text of document 7, which"),
        ({"doc": 8}, ValueError, "frame: row 0: no document 8"),
    ],
)
def test_a_bad_span_is_named_in_plain_numbers(frame, error, words):
    corpus = Corpus(pd.DataFrame({"text": ["Rome"]}, index=[7]))
    if isinstance(frame, dict):
        frame = pd.DataFrame({"doc": 7, "start": 0, "end": 4, "actor": "A"} | frame, index=[0])
    with pytest.raises(error, match=words):
        Mentions.from_frame(corpus, frame)


def test_an_empty_mask_fits_an_empty_corpus():
    assert len(Corpus([]).subset([]).documents) == 0
    assert len(Corpus([]).mentions(Actors({"A": ["x"]})).filter([])) == 0
