"""Results out: as Arrow streams they come back in other libraries as what they were."""

import builtins
import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from coactor import Actors, Cooccurrence, Corpus, Lexicon, Mentions, Tokens, Tone, tokenize

ACTORS = Actors({"RUS": ["Russia"], "TALIBAN": ["Taliban"], "IRN": ["Iran"]})
LEXICON = Lexicon({"warn*": -1, "thank*": 1})
ARTICLES = pd.DataFrame(
    {
        "text": [
            "Russia “warned” the Taliban. The Taliban thanked Iran.",
            None,
            "Iran met Russia.",
        ],
        "day": ["2020-01-01", None, "2021-02-01"],
        "outlet": pd.Categorical(["x", None, "y"]),
        "url": ["u1", "u2", "u3"],
    }
)


def results(frame, **columns):
    corpus = Corpus(frame, **columns)
    mentions = corpus.mentions(ACTORS)
    return {
        "tokens": corpus.tokens,
        "mentions": mentions,
        "spans": Mentions.from_frame(corpus, mentions.to_frame()[["doc", "start", "end", "actor"]]),
        "pairs": mentions.cooccur(unit="document"),
        "pairs_by_month": mentions.cooccur(by="month"),
        "pairs_by_outlet": mentions.cooccur(by="outlet"),
        "fractions": mentions.cooccur(count="fractional"),
        "tone": corpus.tone(LEXICON),
        "tone_of_sentences": corpus.tone(LEXICON, unit="sentence"),
        "tone_of_mentions": mentions.tone(LEXICON),
    }


FULL = results(ARTICLES, date="day", id="url")
EMPTY = results(ARTICLES.iloc[:0], date="day", id="url")
NUMBERED = results(ARTICLES.drop(columns="url"), date="day")
ALL = {
    f"{kind}_{name}": result
    for kind, made in {"full": FULL, "empty": EMPTY, "numbered": NUMBERED}.items()
    for name, result in made.items()
}


def back_from_arrow(result):
    return pa.table(result).to_pandas()


def back_from_polars(result):
    return pl.DataFrame(result).to_pandas()


def back_from_duckdb(result):
    return duckdb.sql("select * from result").df()


def rows(frame):
    """The values of a frame as Python has them, every missing one None."""
    return frame.astype(object).where(frame.notna(), None).values.tolist()


@pytest.mark.parametrize("back", [back_from_arrow, back_from_polars, back_from_duckdb])
@pytest.mark.parametrize("name", list(ALL))
def test_a_result_comes_back_from_another_library(name, back):
    frame, returned = ALL[name].to_frame(), back(ALL[name])
    assert returned.columns.tolist() == frame.columns.tolist()
    assert rows(returned) == rows(frame)


TYPES = {
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "str": pa.large_string(),
}


@pytest.mark.parametrize("name", list(ALL))
def test_the_types_of_columns_are_those_of_the_frame_also_without_rows(name):
    frame, schema = ALL[name].to_frame(), pa.table(ALL[name]).schema
    for column, dtype in frame.dtypes.items():
        if str(dtype) in TYPES:
            assert schema.field(column).type == TYPES[str(dtype)], column
        elif dtype.kind == "M":
            assert pa.types.is_timestamp(schema.field(column).type)
        else:
            assert str(dtype) == "category"
            assert pa.types.is_dictionary(schema.field(column).type)


def test_polars_and_duckdb_have_the_types_of_the_contract():
    held = pl.DataFrame(FULL["mentions"]).schema
    assert [held[name] for name in ("doc", "sentence", "actor", "start", "locative")] == [
        *[pl.String, pl.Int64, pl.String, pl.Int64, pl.Boolean]
    ]
    pairs = FULL["pairs"]  # noqa: F841 - DuckDB finds it by its name
    kinds = duckdb.sql("select a, count, share_a, flag from pairs").types
    assert [str(kind) for kind in kinds] == ["VARCHAR", "BIGINT", "DOUBLE", "VARCHAR"]


def test_duckdb_counts_over_mentions():
    mentions = FULL["mentions"]  # noqa: F841 - and this
    query = "select actor, count(*) from mentions group by actor order by actor"
    assert duckdb.sql(query).fetchall() == [("IRN", 2), ("RUS", 2), ("TALIBAN", 2)]


def test_what_went_out_can_come_in_again():
    spans = pl.DataFrame(FULL["mentions"]).select("doc", "start", "end", "actor").to_pandas()
    corpus = Corpus(ARTICLES, id="url")
    assert Mentions.from_frame(corpus, spans).to_frame()["text"].tolist() == [
        *["Russia", "Taliban", "Taliban", "Iran", "Iran", "Russia"]
    ]
    sentences = pl.from_pandas(corpus.sentences())
    assert tokenize(sentences["text"]).to_list()[2] == ["Iran", "met", "Russia", "."]


@pytest.mark.parametrize("kind", [Tokens, Mentions, Cooccurrence, Tone])
def test_every_result_with_a_frame_is_a_stream(kind):
    assert hasattr(kind, "to_frame")
    assert hasattr(kind, "__arrow_c_stream__")


@pytest.mark.parametrize("name", ["tokens", "mentions", "pairs", "tone"])
def test_without_pyarrow_the_error_says_how_to_get_it(name, monkeypatch):
    real = builtins.__import__

    def without(module, *rest):
        if module.split(".")[0] == "pyarrow":
            raise ImportError(module)
        return real(module, *rest)

    FULL[name].to_frame()
    monkeypatch.setattr(builtins, "__import__", without)
    for module in [module for module in sys.modules if module.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, module)
    with pytest.raises(ImportError, match=r"needs pyarrow: pip install 'coactor\[arrow\]'"):
        FULL[name].__arrow_c_stream__()


def test_names_of_documents_of_several_types_are_refused_by_the_name_of_the_column():
    corpus = Corpus(pd.Series(["Russia met Iran."] * 2, index=["a", 3]))
    with pytest.raises(ValueError, match="column 'doc' cannot be handed on as Arrow"):
        pa.table(corpus.mentions(ACTORS))


def test_a_lone_surrogate_is_refused_by_the_name_of_the_column():
    tokens = tokenize(["Kabul \ud800"])
    assert tokens.to_frame()["type"].tolist() == ["Kabul", "\ud800"]
    with pytest.raises(ValueError, match="column 'type' cannot be handed on as Arrow"):
        pa.table(tokens)


def test_a_frame_is_not_changed_by_handing_it_on():
    tone = FULL["tone"]
    before = tone.to_frame()
    pa.table(tone)
    pd.testing.assert_frame_equal(tone.to_frame(), before)
    assert tone.to_frame().attrs["config"] == tone.config
    assert np.isnan(tone.to_frame()["tone"].iloc[1])
