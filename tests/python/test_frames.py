"""Tables in and out: of any library, with their settings, with one type whether full or empty."""

import datetime

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from coactor import Actors, Corpus, Mentions, tokenize

FRAME = pd.DataFrame(
    {
        "text": ["“Kabul will talk now,” Moscow said. Kabul waits.", "Minsk", None],
        "url": ["u1", "u2", "u3"],
        "number": [3, 1, 2],
        "when": ["1962-10-27", None, "1962-10-28T10:00"],
        "outlet": ["x", "y", "x"],
    }
)
ACTORS = Actors(
    {"RUS": ["Moscow"], "AFG": ["Kabul", "x"], "BLR": ["Minsk", "of Minsk"], "K": ["Kabul City"]},
    opaque=["Minsk Times"],
)


def corpus_of(frame=FRAME, **options):
    return Corpus(frame, **{"id": "url", "date": "when", "by": "outlet"} | options)


CORPUS_TABLES = {
    "documents": lambda c: c.documents,
    "sentences": lambda c: c.sentences(),
    "quotes": lambda c: c.quotes(),
    "kwic": lambda c: c.kwic("Kabul"),
}
MENTION_TABLES = {
    "to_frame": lambda m: m.to_frame(),
    "meta": lambda m: m.to_frame(meta=True),
    "counts": lambda m: m.counts(),
    "counts_of_sentences": lambda m: m.counts(unit="sentence"),
    "counts_by": lambda m: m.counts(by="month"),
    "frequencies": lambda m: m.frequencies(),
    "frequencies_by": lambda m: m.frequencies(by=["outlet", "year"]),
    "mention_kwic": lambda m: m.kwic("AFG"),
    "words": lambda m: m.words("AFG"),
    "shadowed": lambda m: m.shadowed(),
}


def tables():
    corpus = corpus_of()
    mentions = corpus.mentions(ACTORS)
    yield "tokens", corpus.tokens.to_frame, corpus.tokens.config
    yield "actors", ACTORS.to_frame, ACTORS.config
    yield "report", lambda: ACTORS.report, ACTORS.config
    for name, make in CORPUS_TABLES.items():
        yield name, lambda make=make: make(corpus), corpus.config
    for name, make in MENTION_TABLES.items():
        yield name, lambda make=make: make(mentions), mentions.config


@pytest.mark.parametrize(("make", "config"), [pytest.param(*t[1:], id=t[0]) for t in tables()])
def test_every_table_holds_a_copy_of_the_settings_that_made_it(tmp_path, make, config):
    table = make()
    assert table.attrs["config"] == config
    for held in table.attrs["config"].values():
        if isinstance(held, dict):
            held.clear()
        if isinstance(held, list):
            held.append("changed")
    assert make().attrs["config"] == config
    make().to_parquet(tmp_path / "a.parquet")  # which keeps them as JSON
    assert pd.read_parquet(tmp_path / "a.parquet").attrs["config"] == config


def test_settings_that_were_handed_out_change_nothing_in_what_they_are_of():
    corpus = corpus_of()
    mentions = corpus.mentions(ACTORS).filter(kinds=np.array(["name"]), locative=np.bool_(False))
    corpus.config["by"].append("changed")
    mentions.config["corpus"]["by"].append("changed")
    assert corpus.config["by"] == mentions.config["corpus"]["by"] == ["outlet"]
    assert mentions.config["filter"][0]["kinds"] == ["name"]
    assert mentions.config["filter"][0]["locative"] is False


# ---- names that are taken ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["doc", "date", "n_tokens", "missing"])
def test_a_column_of_by_does_not_hide_one_of_documents(name):
    frame = FRAME.assign(**{name: "mine"})
    with pytest.raises(
        ValueError, match=f"by='{name}': the table of documents has a column of this name"
    ):
        Corpus(frame, by=["outlet", name])
    assert Corpus(frame).mentions(ACTORS).counts(by=name).index.tolist() == ["mine"]


@pytest.mark.parametrize("name", ["actor", "kind", "start", "sentence", "quoted", "text"])
def test_a_column_of_by_does_not_hide_one_of_mentions(name):
    corpus = Corpus(FRAME.assign(**{name: FRAME["text"]}), by=name)
    assert name in corpus.documents
    mentions = corpus.mentions(ACTORS)
    assert mentions.to_frame()["actor"].tolist() == ["AFG", "RUS", "AFG", "BLR"]
    with pytest.raises(ValueError, match=f"by='{name}': the result has a column of this name"):
        mentions.to_frame(meta=True)


# ---- nothing at all ------------------------------------------------------------------------------


def dtypes(table):
    return [*zip(table.columns, table.dtypes, strict=True), *table.index.to_frame().dtypes]


LIBRARIES = {
    "pandas": lambda frame: frame,
    "nullable": lambda frame: frame.convert_dtypes(),
    "polars": pl.from_pandas,
    "arrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
}


@pytest.mark.parametrize("library", list(LIBRARIES))
@pytest.mark.parametrize("id", ["url", "number"])
def test_a_corpus_of_no_documents_has_tables_of_the_same_types(library, id):
    to = LIBRARIES[library]
    full = corpus_of(to(FRAME), id=id)
    for empty in (corpus_of(to(FRAME[:0]), id=id), full.subset([False] * 3)):
        assert len(empty) == 0
        for make in CORPUS_TABLES.values():
            assert dtypes(make(empty)) == dtypes(make(full))
        one, other = empty.mentions(ACTORS), full.mentions(ACTORS)
        for name, make in MENTION_TABLES.items():
            assert dtypes(make(one)) == dtypes(make(other)), name


def test_labels_of_a_subset_have_the_type_of_all():
    mixed = Corpus(FRAME.assign(key=[1, "a", 2]), id="key")
    assert mixed.subset([True, False, False]).documents["doc"].dtype == object
    assert Corpus(FRAME.set_index("url")).subset([False] * 3).documents["doc"].dtype == "str"
    assert Corpus(FRAME.set_index("url")[:0]).documents["doc"].dtype == "str"


@pytest.mark.parametrize(
    "values",
    [
        FRAME["when"],
        pd.to_datetime(FRAME["when"], format="ISO8601").astype("datetime64[s]"),
        pd.to_datetime(FRAME["when"], format="ISO8601").dt.tz_localize("Asia/Kabul"),
        [datetime.date(1962, 10, 27)] * 3,
        pd.period_range("1962-10", periods=3, freq="M"),
    ],
    ids=["text", "seconds", "zone", "dates", "periods"],
)
def test_dates_have_one_resolution_whatever_they_were(values):
    frame = FRAME.assign(when=values)
    for corpus in (corpus_of(frame), corpus_of(frame[:0]), Corpus(FRAME)):
        assert corpus.documents["date"].dtype == "datetime64[us]"


def test_an_empty_report_of_a_dictionary_has_the_types_of_a_full_one():
    empty, full = Actors({"MALI": ["Republic of Mali"]}).report, ACTORS.report
    assert len(empty) == 0 and len(full) > 0
    assert empty.dtypes.equals(full.dtypes)
    assert [str(dtype) for dtype in full.dtypes] == ["str", "str", "str", "int64", "str"]


# ---- frames of other libraries -------------------------------------------------------------------

OTHERS = {
    "polars": pl.from_pandas,
    "arrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
    "duckdb": lambda frame: duckdb.sql("select * from frame"),
}


@pytest.mark.parametrize("library", list(OTHERS))
def test_spans_and_dictionaries_come_from_frames_of_any_library(library):
    to = OTHERS[library]
    corpus = corpus_of()
    spans = corpus.mentions(ACTORS).to_frame()[["doc", "start", "end", "actor"]]
    pd.testing.assert_frame_equal(
        Mentions.from_frame(corpus, to(spans)).to_frame(),
        Mentions.from_frame(corpus, spans).to_frame(),
    )
    table = ACTORS.to_frame()
    pd.testing.assert_frame_equal(Actors(to(table)).to_frame(), table)
    bad = spans.assign(end=spans["end"] + 900)
    with pytest.raises(ValueError, match="frame: row 0: span 1:906 is not within"):
        Mentions.from_frame(corpus, to(bad))
    with pytest.raises(ValueError, match="table: no column 'alias'; the columns are 'actor', 'na"):
        Actors(to(table.rename(columns={"alias": "name"})[["actor", "name"]]))


def test_what_is_no_frame_says_how_to_come_to_one():
    with pytest.raises(TypeError, match=r"table: expected a dict or a DataFrame, got list$"):
        Actors(["Kabul"])
    with pytest.raises(TypeError, match=r"got str; read a file with Actors\.read"):
        Actors("actors.yml")
    with pytest.raises(TypeError, match=r"frame: a LazyFrame holds no rows yet; call \.collect\("):
        Mentions.from_frame(corpus_of(), pl.LazyFrame({"doc": [1]}))
    with pytest.raises(TypeError, match=r"expected Actors, got str; .* Actors\.read\('a\.yml'\)"):
        corpus_of().mentions("a.yml")
    with pytest.raises(TypeError, match=r"expected Actors, got dict; make them with Actors\("):
        corpus_of().mentions({"A": ["b"]})


def test_tokens_of_a_bare_column_have_their_settings_too():
    assert tokenize(["a"], mode="uax29").to_frame().attrs["config"]["mode"] == "uax29"
