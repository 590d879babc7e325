"""Mentions: their table, what is counted of them, their context, and spans from elsewhere."""

from collections import Counter

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from coactor import Actors, Corpus, Mentions

TEXTS = [
    "Moscow called Kabul. Kabul’s envoy thanked MOSCOW.\n\nMoscow slept.",
    None,
    "Nobody was here.",
    "Café Kabul: 🇺🇸 Minsk, Kabul—Minsk",
    "",
    "Kabul",
]
FRAME = pd.DataFrame(
    {
        "text": TEXTS,
        "outlet": ["x", "x", "y", "y", "x", None],
        "date": ["1979-12-24", "1979-12-25", "1980-01-01", "1980-01-02", None, "1979-12-31"],
    },
    index=["d0", "d1", "d2", "d3", "d4", "d5"],
)
ACTORS = Actors(
    {
        "RUS": {"label": "Russia", "aliases": [{"text": "Moscow", "kind": "capital"}, "Russia"]},
        "NATO": ["NATO"],
        "AFG": [{"text": "Kabul", "kind": "capital"}],
        "BLR": [{"text": "Minsk", "kind": "capital"}],
    },
    opaque=["Café"],
)
COLUMNS = [
    *("doc", "paragraph", "sentence", "actor", "alias", "kind", "start", "end", "text"),
    *("quoted", "locative"),
]
ROWS = [
    ["d0", 0, 0, "RUS", "Moscow", "capital", 0, 6, "Moscow"],
    ["d0", 0, 0, "AFG", "Kabul", "capital", 14, 19, "Kabul"],
    ["d0", 0, 1, "AFG", "Kabul", "capital", 21, 26, "Kabul"],
    ["d0", 0, 1, "RUS", "Moscow", "capital", 43, 49, "MOSCOW"],
    ["d0", 1, 2, "RUS", "Moscow", "capital", 52, 58, "Moscow"],
    ["d3", 0, 0, "AFG", "Kabul", "capital", 5, 10, "Kabul"],
    ["d3", 0, 0, "BLR", "Minsk", "capital", 15, 20, "Minsk"],
    ["d3", 0, 0, "AFG", "Kabul", "capital", 22, 27, "Kabul"],
    ["d3", 0, 0, "BLR", "Minsk", "capital", 28, 33, "Minsk"],
    ["d5", 0, 0, "AFG", "Kabul", "capital", 0, 5, "Kabul"],
]


@pytest.fixture
def corpus():
    return Corpus(FRAME, date="date", by="outlet")


@pytest.fixture
def mentions(corpus):
    return corpus.mentions(ACTORS)


# ---- the table -----------------------------------------------------------------------------------


def test_the_table_has_a_row_a_mention_with_the_columns_and_dtypes_of_the_contract(mentions):
    frame = mentions.to_frame()
    assert list(frame) == COLUMNS
    assert frame[COLUMNS[:9]].values.tolist() == ROWS
    assert frame["quoted"].tolist() == [""] * len(ROWS)
    for name in COLUMNS:
        is_number = name in ("paragraph", "sentence", "start", "end")
        wanted = np.int64 if is_number else bool if name == "locative" else "str"
        assert frame[name].dtype == wanted, name
    for doc, start, end, text in frame[["doc", "start", "end", "text"]].itertuples(index=False):
        assert FRAME["text"][doc][start:end] == text
    assert frame.attrs["config"] == mentions.config
    assert len(mentions) == len(ROWS)
    assert mentions.actors == ["RUS", "NATO", "AFG", "BLR"]
    assert repr(mentions) == "Mentions(10 mentions of 3 actors in 3 documents)"


def test_meta_adds_what_is_known_of_the_document(mentions):
    frame = mentions.to_frame(meta=True)
    assert list(frame) == [*COLUMNS, "date", "outlet"]
    assert frame["outlet"].tolist()[:9] == ["x"] * 5 + ["y"] * 4
    assert pd.isna(frame["outlet"][9])
    assert frame["date"].dt.year.tolist() == [1979] * 5 + [1980] * 4 + [1979]


def test_a_table_of_no_mentions_has_the_same_form(corpus, mentions):
    nothing = corpus.mentions(Actors({"X": ["nowhere"]}))
    assert len(nothing) == 0
    for make in (
        lambda m: m.to_frame(),
        lambda m: m.to_frame(meta=True),
        lambda m: m.frequencies(),
        lambda m: m.frequencies(by="outlet"),
        lambda m: m.frequencies(by=["month", "outlet"]),
        lambda m: m.kwic(m.actors[0]),
        lambda m: m.cooccur().to_frame(),
    ):
        empty = make(nothing)
        assert len(empty) == 0
        assert empty.dtypes.equals(make(mentions).dtypes)
    assert nothing.counts().values.tolist() == [[0]] * 6


def test_other_libraries_take_the_mentions_as_they_are(mentions):
    frame = mentions.to_frame()
    assert pl.DataFrame(mentions)["text"].to_list() == frame["text"].tolist()
    assert pa.table(mentions).column("start").to_pylist() == frame["start"].tolist()


# ---- counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["document", "paragraph", "sentence"])
def test_counts_are_those_of_the_table(corpus, mentions, unit):
    counts = mentions.counts(unit=unit)
    frame = mentions.to_frame()
    keys = ["doc"] if unit == "document" else ["doc", unit]
    expected = Counter(zip(*(frame[key] for key in keys), frame["actor"], strict=True))
    found = {
        (*(label if isinstance(label, tuple) else (label,)), actor): n
        for label, row in counts.iterrows()
        for actor, n in row.items()
        if n
    }
    assert found == dict(expected)
    assert list(counts.index.names) == keys
    assert counts.columns.tolist() == mentions.actors
    assert all(counts.dtypes == np.int64)
    if unit == "document":
        assert counts.index.tolist() == list(FRAME.index)
    else:
        documents = corpus.documents
        sizes = documents.set_index("doc")[f"n_{unit}s"]
        assert counts.groupby("doc").size().to_dict() == sizes[sizes > 0].to_dict()
    sparse = mentions.to_scipy(unit=unit)
    assert sparse.dtype == np.int64
    assert np.array_equal(sparse.toarray(), counts.to_numpy())


def test_counts_by_group_add_up_the_documents_of_the_group(mentions):
    counts = mentions.counts(by="outlet")
    assert counts.index.name == "outlet"
    assert counts.columns.tolist() == mentions.actors
    assert all(counts.dtypes == np.int64)
    assert counts.loc["x"].tolist() == [3, 0, 2, 0]
    assert counts.loc["y"].tolist() == [0, 0, 2, 2]
    assert counts.to_numpy().sum() == len(mentions)  # documents without an outlet count too
    by_year = mentions.counts(by="year")
    assert by_year.loc["1979-01-01"].tolist() == [3, 0, 3, 0]
    both = mentions.counts(by=["year", "outlet"])
    assert list(both.index.names) == ["year", "outlet"]
    assert both.loc[(pd.Timestamp("1980-01-01"), "y")].tolist() == [0, 0, 2, 2]


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("day", ["1979-12-24", "1979-12-31", "1980-01-02"]),
        ("week", ["1979-12-24", "1979-12-31"]),
        ("month", ["1979-12-01", "1980-01-01"]),
        ("quarter", ["1979-10-01", "1980-01-01"]),
        ("year", ["1979-01-01", "1980-01-01"]),
    ],
)
def test_periods_are_named_by_their_first_day(mentions, period, starts):
    frame = mentions.frequencies(by=period)
    assert sorted(set(frame[period].dt.strftime("%Y-%m-%d"))) == starts
    assert frame["n_mentions"].sum() == len(mentions)


def test_a_column_named_like_a_period_is_the_column():
    frame = pd.DataFrame({"text": ["Kabul", "Kabul"], "month": ["May", "June"]})
    counts = Corpus(frame).mentions(ACTORS).counts(by="month")
    assert counts["AFG"].to_dict() == {"June": 1, "May": 1}


# ---- frequencies ---------------------------------------------------------------------------------


def test_frequencies_stand_beside_the_documents_with_text(mentions):
    frame = mentions.frequencies()
    assert list(frame) == [
        *["actor", "n_mentions", "n_sentences", "n_docs", "docs_in_group", "share_docs"]
    ]
    assert frame.values.tolist() == [  # four of the six documents have text
        ["AFG", 5, 4, 3, 4, 0.75],
        ["RUS", 3, 3, 1, 4, 0.25],
        ["BLR", 2, 1, 1, 4, 0.25],
    ]
    assert [str(dtype) for dtype in frame.dtypes] == ["str", *["int64"] * 4, "float64"]
    assert frame.attrs["config"] == mentions.config


def test_frequencies_by_group_have_the_group_as_their_base(mentions):
    frame = mentions.frequencies(by="outlet")
    assert list(frame)[:2] == ["outlet", "actor"]
    rows = [["none" if pd.isna(row[0]) else row[0], *row[1:]] for row in frame.values.tolist()]
    assert rows == [
        ["x", "RUS", 3, 3, 1, 1, 1.0],
        ["x", "AFG", 2, 2, 1, 1, 1.0],
        ["y", "AFG", 2, 1, 1, 2, 0.5],
        ["y", "BLR", 2, 1, 1, 2, 0.5],
        ["none", "AFG", 1, 1, 1, 1, 1.0],
    ]
    for by in ("year", ["outlet", "month"], ["day"]):
        frame = mentions.frequencies(by=by)
        assert frame["n_mentions"].sum() == len(mentions)
        assert (frame["share_docs"] == frame["n_docs"] / frame["docs_in_group"]).all()


# ---- context -------------------------------------------------------------------------------------


def test_kwic_shows_mentions_in_their_text(mentions):
    frame = mentions.kwic("RUS", window=2)
    assert list(frame) == ["doc", "sentence", "start", "end", "left", "match", "right", "alias"]
    assert frame.values.tolist() == [
        ["d0", 0, 0, 6, "", "Moscow", " called Kabul", "Moscow"],
        ["d0", 1, 43, 49, "envoy thanked ", "MOSCOW", ".\n\nMoscow", "Moscow"],
        ["d0", 2, 52, 58, "MOSCOW.\n\n", "Moscow", " slept.", "Moscow"],
    ]
    assert mentions.kwic("RUS", window=0)["left"].tolist() == [""] * 3
    assert len(mentions.kwic("NATO")) == 0


@pytest.mark.parametrize("window", [1, 3, 8, 1000])
def test_context_and_match_are_one_piece_of_the_text_within_the_document(mentions, window):
    for row in mentions.kwic("AFG", window=window).itertuples():
        text = FRAME["text"][row.doc]
        start = row.start - len(row.left)
        assert start >= 0
        assert text[start : row.end + len(row.right)] == row.left + row.match + row.right
        assert text[row.start : row.end] == row.match


def test_a_sample_of_kwic_is_drawn_by_seed_in_the_order_of_the_corpus():
    mentions = Corpus(["Kabul"] * 200).mentions(ACTORS)
    one, same = (mentions.kwic("AFG", sample=20, seed=3)["doc"].tolist() for _ in range(2))
    assert one == same == sorted(set(one))
    assert len(one) == 20
    assert mentions.kwic("AFG", sample=20, seed=4)["doc"].tolist() != one
    assert len(mentions.kwic("AFG", sample=500)) == 200


def test_bad_questions_are_named(mentions):
    for ask, words in (
        (lambda: mentions.kwic("XYZ"), ["actor='XYZ'", "not in the dictionary"]),
        (lambda: mentions.kwic("RUS", window=-1), ["window", "-1"]),
        (lambda: mentions.counts(unit="word"), ["unit='word'", "'document'", "'sentence'"]),
        (lambda: mentions.to_scipy(unit="word"), ["unit='word'"]),
        (lambda: mentions.cooccur(unit="word"), ["unit='word'"]),
        (lambda: mentions.counts(by="paper"), ["by='paper'", "no such column", "'outlet'"]),
        (lambda: mentions.frequencies(by=["outlet", "paper"]), ["by='paper'"]),
    ):
        with pytest.raises(ValueError) as error:
            ask()
        for word in words:
            assert word in str(error.value)


def test_a_name_that_is_no_id_says_whose_it_is(mentions):
    for ask, argument in (
        (lambda id: mentions.kwic(id), "actor="),
        (lambda id: mentions.words(id), "a: "),
        (lambda id: mentions.filter(actors=[id]), "actors: "),
        (lambda id: ACTORS.select([id]), "ids: "),
    ):
        for id, words in (
            ("Moscow", "'Moscow' is not in the dictionary; 'Moscow' is a name of 'RUS'"),
            ("kabul", "'kabul' is not in the dictionary; 'kabul' is a name of 'AFG'"),
            ("rus", "'rus' is not in the dictionary; did you mean 'RUS'?"),
            ("XYZ", "'XYZ' is not in the dictionary; its ids are 'RUS', 'NATO', 'AFG', 'BLR'"),
        ):
            with pytest.raises(ValueError) as error:
                ask(id)
            assert str(error.value).startswith(argument + words)
    with pytest.raises(ValueError, match=r"words that name no actor are found by corpus\.kwic"):
        mentions.kwic("envoy")
    given = Mentions.from_frame(mentions.corpus, mentions.to_frame())
    with pytest.raises(ValueError, match="'Moscow' is not in the dictionary; its ids are 'AFG'"):
        given.kwic("Moscow")
    many = Actors({f"A{i}": [f"name {i}"] for i in range(50)})
    with pytest.raises(ValueError, match=r"its ids are 'A0', .*, 'A9' and 40 more$"):
        many.select(["XYZ"])
    shared = Actors({"GEO": ["Georgia"], "US-GA": ["Georgia"]})
    with pytest.raises(ValueError, match="'Georgia' is a name of 'GEO' and of 'US-GA'"):
        Corpus(["a"]).mentions(shared).kwic("Georgia")


def test_a_dense_table_of_too_many_cells_is_refused(monkeypatch, mentions):
    monkeypatch.setattr("coactor.mentions.MAX_CELLS", 20)
    with pytest.raises(ValueError, match="24 cells, and the most is 20; use to_scipy"):
        mentions.counts()


def test_mentions_say_what_they_are(mentions):
    assert mentions.config["n_mentions"] == 10
    assert mentions.config["actors"] == ACTORS.config
    assert "10 mentions of 3 actors were found in 3 of 6 documents" in mentions.methods()
    page = Corpus(["<b>Kabul</b>"] * 60).mentions(ACTORS)._repr_html_()
    assert "<b>" not in page and "and 10 more" in page


# ---- spans from elsewhere ------------------------------------------------------------------------


def test_mentions_come_back_from_their_table(corpus, mentions):
    again = Mentions.from_frame(corpus, mentions.to_frame().sample(frac=1, random_state=5))
    assert again.actors == ["AFG", "BLR", "RUS"]
    frame, expected = again.to_frame(), mentions.to_frame()
    assert frame["kind"].unique().tolist() == [""]
    assert frame["alias"].tolist() == frame["text"].tolist()
    same = [name for name in COLUMNS if name not in ("alias", "kind")]
    pd.testing.assert_frame_equal(frame[same], expected[same])
    assert frame.dtypes.equals(expected.dtypes)
    for unit in ("document", "paragraph", "sentence"):
        pd.testing.assert_frame_equal(
            again.counts(unit=unit), mentions.counts(unit=unit)[["AFG", "BLR", "RUS"]]
        )
    a, b = again.frequencies(), mentions.frequencies()
    pd.testing.assert_frame_equal(a, b)


def test_spans_may_overlap_and_need_not_fall_on_edges_of_tokens():
    corpus = Corpus(["Putin met Xi. Xi left.", "Xi"])
    spans = pd.DataFrame(
        {
            "doc": [1, 0, 0, 0, 0, 0],
            "start": [0, 9, 0, 0, 6, 2],
            "end": [2, 15, 12, 5, 7, 4],
            "actor": ["X", "GAP", "BOTH", "P", "M", "INSIDE"],
        }
    )
    frame = Mentions.from_frame(corpus, spans).to_frame()
    assert frame[["doc", "sentence", "actor", "start", "end", "text"]].values.tolist() == [
        [0, 0, "P", 0, 5, "Putin"],
        [0, 0, "BOTH", 0, 12, "Putin met Xi"],
        [0, 0, "INSIDE", 2, 4, "ti"],
        [0, 0, "M", 6, 7, "m"],
        [0, 0, "GAP", 9, 15, " Xi. X"],
        [1, 0, "X", 0, 2, "Xi"],
    ]
    pairs = Mentions.from_frame(corpus, spans).cooccur(unit="document")
    assert pairs.n_units == 2
    assert pairs.to_frame()["count"].tolist() == [1] * 10
    context = Mentions.from_frame(corpus, spans).kwic("INSIDE", window=1)
    assert context[["left", "match", "right"]].values.tolist() == [["Pu", "ti", "n met"]]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ({"doc": [0], "start": [0], "end": [1]}, ["no column 'actor'", "'doc', 'start', 'end'"]),
        ({"doc": [9], "start": [0], "end": [1], "actor": "A"}, ["row 0", "no document", "9"]),
        ({"doc": [0], "start": [0], "end": [6], "actor": "A"}, ["row 0", "0:6", "5 characters"]),
        ({"doc": [0], "start": [-1], "end": [2], "actor": "A"}, ["row 0", "-1:2"]),
        ({"doc": [0], "start": [2], "end": [2], "actor": "A"}, ["row 0", "2:2"]),
        ({"doc": [0], "start": [3], "end": [2], "actor": "A"}, ["row 0", "3:2"]),
        ({"doc": [1], "start": [0], "end": [1], "actor": "A"}, ["row 0", "0 characters"]),
        ({"doc": [0], "start": [0.5], "end": [2], "actor": "A"}, ["row 0", "start is", "0.5"]),
        ({"doc": [0], "start": [None], "end": [2], "actor": "A"}, ["row 0", "start is"]),
        ({"doc": [0], "start": [0], "end": ["x"], "actor": "A"}, ["row 0", "end is 'x'"]),
        (
            {"doc": [0, 0], "start": [0, 0], "end": [2, 9], "actor": ["A", "B"]},
            ["row 1", "0:9", "5 characters"],
        ),
    ],
)
def test_a_span_outside_of_its_text_is_an_error_with_its_row(frame, words):
    corpus = Corpus(["Kabul", None])
    with pytest.raises(ValueError) as error:
        Mentions.from_frame(corpus, pd.DataFrame(frame))
    for word in ("frame", *words):
        assert word in str(error.value)


def test_a_document_whose_name_repeats_cannot_be_meant():
    corpus = Corpus(pd.Series(["Kabul", "Moscow", "Minsk"], index=["y", "x", "x"]))
    good = pd.DataFrame({"doc": ["y"], "start": [0], "end": [5], "actor": ["A"]})
    assert Mentions.from_frame(corpus, good).to_frame()["text"].tolist() == ["Kabul"]
    with pytest.raises(ValueError, match="'x' is the name of several documents"):
        Mentions.from_frame(corpus, good.assign(doc="x"))


def test_no_spans_are_no_mentions():
    nothing = Mentions.from_frame(
        Corpus(["Kabul"]), pd.DataFrame({"doc": [], "start": [], "end": [], "actor": []})
    )
    assert len(nothing) == 0 and nothing.actors == []
    assert list(nothing.to_frame()) == COLUMNS
    assert nothing.counts().shape == (1, 0)
    assert len(nothing.cooccur().to_frame()) == 0
