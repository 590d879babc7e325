"""Columns in: the same texts give the same results however they come; what is no column says so."""

import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from producers import COLUMNS, FRAMES, MISSING, OTHER, TEXTS, relation

from coactor import Actors, Corpus, Lexicon, score, tokenize
from coactor._results import distinct

ACTORS = Actors(
    {"TALIBAN": ["Taliban"], "USA": ["U.S."], "AFG": ["Kabul"], "AQ": ["Al-Qaeda"], "IRN": ["Iran"]}
)
LEXICON = Lexicon({"thank*": 1, "no": -1, "ok": 0.5})
VADER = Lexicon.vader(lexicon={"thanked": 1.9, "ok": 1.2})


def found(corpus):
    """All that is found in a corpus, as frames, apart from the names of its documents."""
    tokens = corpus.tokens
    return {
        "tokens": tokens.to_frame(),
        "documents": corpus.documents.drop(columns=["doc", "date"]),
        "sentences": corpus.sentences().drop(columns="doc"),
        "mentions": corpus.mentions(ACTORS).to_frame().drop(columns="doc"),
        "tone": corpus.tone(LEXICON).to_frame().drop(columns="doc"),
    }


EXPECTED = found(Corpus(TEXTS))
SCORED = {"mean": score(TEXTS, LEXICON), "vader": score(TEXTS, VADER)}


def assert_as_expected(corpus):
    for name, frame in found(corpus).items():
        pd.testing.assert_frame_equal(frame, EXPECTED[name])


# ---- every producer ------------------------------------------------------------------------------


def test_tokens_mentions_and_missing_texts_are_as_written_here():
    assert tokenize(TEXTS).to_list()[0] == [
        *["The", "Taliban", "’s", "envoy", "met", "U.S.", "officials", "in", "Kabul", "."]
    ]
    assert tokenize(TEXTS).to_list()[1:3] == [[], []]
    assert EXPECTED["documents"]["missing"].tolist() == MISSING
    assert EXPECTED["mentions"][["actor", "text"]].values.tolist() == [
        *[["TALIBAN", "Taliban"], ["USA", "U.S."], ["AFG", "Kabul"]],
        *[["AQ", "Al–Qaeda"], ["IRN", "Iran"], ["AFG", "Kabul"]],
    ]
    assert SCORED["mean"]["hits"].tolist() == [0, 0, 0, 3, 0, 0, 0, 0]


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_column_of_any_kind_gives_the_same_with_the_same_dtypes(name):
    assert tokenize(COLUMNS[name]()).to_list() == tokenize(TEXTS).to_list()
    assert_as_expected(Corpus(COLUMNS[name]()))


@pytest.mark.parametrize("name", list(COLUMNS))
def test_scores_of_a_column_of_any_kind_are_the_same_and_missing_in_place(name):
    for kind, lexicon in {"mean": LEXICON, "vader": VADER}.items():
        scored = score(COLUMNS[name](), lexicon)
        pd.testing.assert_frame_equal(scored.reset_index(drop=True), SCORED[kind])
        assert scored.iloc[:, 0].isna().tolist() == MISSING


@pytest.mark.parametrize("name", list(FRAMES))
def test_a_frame_of_any_library_gives_the_same(name):
    assert_as_expected(Corpus(FRAMES[name]()))


@pytest.mark.parametrize("name", list(FRAMES))
def test_the_other_columns_of_a_frame_are_read_with_the_text(name):
    corpus = Corpus(FRAMES[name](), id="other", by="other")
    assert corpus.documents["doc"].tolist() == OTHER
    assert corpus.documents["doc"].dtype == np.int64
    assert corpus.documents["other"].tolist() == OTHER
    assert corpus.text(OTHER[4]) == "short"


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "gone"])
def test_the_missing_value_of_a_string_dtype_may_be_anything(missing):
    dtype = np.dtypes.StringDType(na_object=missing)
    column = np.array(["Kabul fell.", missing, "gone?"], dtype=dtype)
    assert Corpus(column).documents["missing"].tolist() == [False, True, False]


def test_fixed_width_arrays_of_numpy_are_text():
    texts = ["Kabul fell.", "", "naïve 🇺🇸"]
    assert tokenize(np.array(texts)).to_list() == tokenize(texts).to_list()
    assert tokenize(np.array(texts)[::-1]).to_list() == tokenize(texts[::-1]).to_list()


INDEXES = {
    "labels": pd.Index(["c", "a", "b"]),
    "repeated": pd.Index(["a", "a", "b"]),
    "range": pd.RangeIndex(5, 11, 2),
    "dates": pd.to_datetime(["2021-08-15", "2021-08-14", "2021-08-15"]),
    "two_levels": pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", 1)]),
}


@pytest.mark.parametrize("name", list(INDEXES))
@pytest.mark.parametrize("dtype", [object, "str", "string[python]", "string[pyarrow]", "category"])
def test_scores_keep_the_index_of_a_series(name, dtype):
    series = pd.Series(["thanks", None, "no"], index=INDEXES[name]).astype(dtype)
    scored = score(series, LEXICON)
    assert scored.index.equals(INDEXES[name])
    assert scored["score"].tolist()[::2] == [1.0, -1.0]
    assert np.isnan(scored["score"].iloc[1])


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_column_in_many_chunks_gives_the_same_on_any_number_of_threads(threads):
    texts = [f"Kabul met Iran {i} times — naïve." for i in range(5000)]
    column = pa.chunked_array([texts[i : i + 7] for i in range(0, len(texts), 7)], pa.string_view())
    assert tokenize(column, threads=threads).to_list() == tokenize(texts).to_list()


LONE = "Kabul \ud800 met"
SURROGATES = {
    "list": lambda: [LONE, None],
    "generator": lambda: (text for text in [LONE, None]),
    "numpy": lambda: np.array([LONE, None], dtype=object),
    "pandas_object": lambda: pd.Series([LONE, None], dtype=object),
    "pandas_string_python": lambda: pd.Series([LONE, None], dtype="string[python]"),
    "pandas_category": lambda: pd.Series(
        pd.Categorical.from_codes([0, -1], pd.Index([LONE], dtype=object))
    ),
    "pandas_sparse": lambda: pd.Series(pd.arrays.SparseArray(np.array([LONE, None], dtype=object))),
    "arrow": lambda: pa.array([LONE.encode("utf-8", "surrogatepass"), None]).view(pa.string()),
    "arrow_view": lambda: pa.array(
        [LONE.encode("utf-8", "surrogatepass"), None], pa.binary_view()
    ).view(pa.string_view()),
}


@pytest.mark.parametrize("name", list(SURROGATES))
def test_a_lone_surrogate_is_read_from_every_column_that_can_hold_one(name):
    corpus = Corpus(SURROGATES[name]())
    assert corpus.text(0) == LONE
    assert corpus.tokens.to_list() == [["Kabul", "\ud800", "met"], []]
    assert corpus.documents["missing"].tolist() == [False, True]
    assert score(SURROGATES[name](), LEXICON)["words"].tolist() == [2, 0]


# ---- queries and readers -------------------------------------------------------------------------


def test_a_query_is_run_once_so_that_text_and_id_belong_together():
    runs = []

    def note(i):
        runs.append(i)
        return f"Kabul {i}"

    connection = duckdb.connect()
    connection.create_function("note", note, ["BIGINT"], "VARCHAR", side_effects=True)
    query = connection.sql("select i, note(i) as text from range(5) t(i)")
    runs.clear()
    corpus = Corpus(query, id="i", by="i")
    assert corpus.text(3) == "Kabul 3"
    corpus.mentions(ACTORS).frequencies(by="i")
    assert sorted(runs) == [0, 1, 2, 3, 4]


def test_a_query_without_the_column_lists_those_it_has():
    with pytest.raises(ValueError, match=r"text='body': no such column.*'other', 'text'"):
        Corpus(relation(), text="body")


def test_a_lazy_frame_is_told_to_collect():
    with pytest.raises(TypeError, match=r"LazyFrame holds no rows yet; call \.collect\(\) first"):
        Corpus(pl.LazyFrame({"text": ["a"]}))


def test_a_query_needs_pyarrow_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("coactor._columns.has_pyarrow", lambda: False)
    with pytest.raises(ImportError, match=r"DuckDBPyRelation.*pip install 'coactor\[arrow\]'"):
        Corpus(relation())


def test_without_pyarrow_columns_of_pandas_are_read_as_objects(monkeypatch):
    monkeypatch.setattr("coactor._columns.has_pyarrow", lambda: False)
    for name in ("pandas_str", "pandas_string_pyarrow", "pandas_category"):
        assert_as_expected(Corpus(COLUMNS[name]()))


# ---- half a column -------------------------------------------------------------------------------


def test_of_a_half_consumed_iterator_the_rest_is_read():
    rows = iter(TEXTS)
    next(rows)
    assert tokenize(rows).to_list() == tokenize(TEXTS[1:]).to_list()
    assert tokenize(rows).to_list() == []


def test_a_reader_of_batches_that_was_read_before_says_so():
    reader = FRAMES["arrow_reader"]()
    Corpus(reader)
    with pytest.raises(ValueError, match=r"no such column|closed|released|consumed"):
        Corpus(reader, text="none")


def test_an_iterator_that_fails_hands_its_own_error_on_and_keeps_nothing():
    text = "Kabul is quiet — today."

    def broken():
        yield text
        yield text
        raise RuntimeError("the line is dead")

    before = sys.getrefcount(text)
    for read in (tokenize, Corpus, lambda column: score(column, LEXICON)):
        with pytest.raises(RuntimeError, match="the line is dead"):
            read(broken())
    assert sys.getrefcount(text) == before


@pytest.mark.parametrize(
    "data",
    [
        pd.DataFrame({"text": pd.Series([], dtype=dtype)})
        for dtype in (object, "str", "string[python]", "float64", "category")
    ]
    + [pl.DataFrame({"text": []}), pa.table({"text": []}), [], pl.Series([], dtype=pl.String)],
    ids=str,
)
def test_a_frame_without_rows_is_a_corpus_without_documents(data):
    corpus = Corpus(data)
    assert repr(corpus) == "Corpus(0 documents, 0 sentences, 0 tokens)"
    full = found(Corpus(TEXTS))
    for name, frame in found(corpus).items():
        assert len(frame) == 0
        assert frame.dtypes.tolist() == full[name].dtypes.tolist(), name


def test_a_frame_of_only_missing_texts_is_documents_without_tokens():
    frame = pd.DataFrame({"text": [None, np.nan, pd.NA], "id": [1, 2, 3]}, index=["x", "y", "y"])
    corpus = Corpus(frame, id="id")
    assert corpus.documents["missing"].all()
    assert corpus.documents["n_tokens"].tolist() == [0, 0, 0]
    mentions = corpus.mentions(ACTORS)
    assert len(mentions) == len(mentions.cooccur().to_frame()) == 0
    assert mentions.cooccur(unit="document").n_units == 0
    assert score(frame["text"], LEXICON)["score"].isna().all()


# ---- what is no column of text -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (pd.Series([1, 2]), "the column holds int64, expected text"),
        (pd.Series([1, None], dtype="Int64"), "the column holds Int64 .*expected strings"),
        (pd.Series([True, None], dtype="boolean"), "the column holds boolean .*expected strings"),
        (pd.Series([1, 2]).astype("category"), "the column holds category .*expected strings"),
        (pd.Series([["a"], ["b"]]), r"row 0 holds \['a'\] \(list\)"),
        (pl.Series([["a"], ["b"]]), r"the column holds List\(String\) .*expected strings"),
        (pl.Series([1]), "the column holds Int64 .*expected strings"),
        (pa.array([["a"]]), "the column holds list<.*expected strings"),
        (pa.array([b"a"]), "the column holds binary .*decode its bytes first"),
        (np.array([b"a"]), "the array holds .S1, expected text"),
        ({"a", "b"}, "expected a column of texts, got set"),
    ],
    ids=str,
)
def test_what_holds_no_text_is_a_type_error_that_names_it(column, words):
    for read in (tokenize, Corpus, lambda given: score(given, LEXICON)):
        with pytest.raises(TypeError, match=words):
            read(column)


def test_runs_are_refused_with_the_way_out():
    runs = pa.RunEndEncodedArray.from_arrays([2, 3], ["a", "b"])
    with pytest.raises(TypeError, match=r"'\+r'.*decode its runs first \(pyarrow\.compute"):
        tokenize(runs)


def test_a_frame_is_no_column():
    with pytest.raises(ValueError, match="several columns; name the one with the text"):
        tokenize(pl.DataFrame({"a": ["x"], "b": ["y"]}))


@pytest.mark.parametrize("name", list(FRAMES))
def test_a_frame_without_the_column_lists_the_columns_it_has(name):
    with pytest.raises(
        ValueError, match=r"text='body': no such column; the columns are '(other|text)'"
    ):
        Corpus(FRAMES[name](), text="body")


def test_the_label_of_a_bad_row_stands_beside_its_number():
    with pytest.raises(TypeError, match=r"row 1 \('q'\) holds 3 \(int\)"):
        tokenize(pd.Series(["a", 3], index=["p", "q"], dtype=object))


@pytest.mark.skipif(
    sys.implementation.name != "cpython" or not sys.maxsize > 2**32,
    reason="reaches into a str of CPython on 64 bits",
)
def test_a_str_of_more_than_two_billion_characters_is_refused_by_its_length():
    import ctypes

    text = "x" * 40
    field = ctypes.c_ssize_t.from_address(id(text) + object.__basicsize__)
    assert field.value == len(text)
    try:
        field.value = 2**31
        for read in (tokenize, Corpus, lambda column: score(column, VADER)):
            with pytest.raises(ValueError, match=r"row 1 is too large: at most 2147483647"):
                read(["Kabul", text])
    finally:
        field.value = 40


# ---- what was handed in stays as it was ----------------------------------------------------------


def test_texts_are_neither_kept_nor_changed():
    texts = [f"Kabul — number {i}" for i in range(20)]
    copies = [text.encode() for text in texts]
    sizes = [sys.getsizeof(text) for text in texts]
    counts = [sys.getrefcount(text) for text in texts]
    for _ in range(3):
        tokenize(texts)
        score(pd.Series(texts, dtype=object), VADER)
        with pytest.raises(TypeError):
            tokenize([*texts, 1])
    assert [text.encode() for text in texts] == copies
    assert [sys.getsizeof(text) for text in texts] == sizes, "a second copy is held within"
    assert [sys.getrefcount(text) for text in texts] == counts


@pytest.mark.parametrize("name", ["pandas_object", "pandas_category", "polars", "arrow_dictionary"])
def test_a_column_is_the_same_afterwards(name):
    column, same = COLUMNS[name](), COLUMNS[name]()
    Corpus(column).mentions(ACTORS)
    score(column, LEXICON)
    if isinstance(column, pd.Series):
        pd.testing.assert_series_equal(column, same)
    else:
        assert column.equals(same)


# ---- frames that are known by their Arrow stream alone -------------------------------------------


class Streamed:
    """What no library is known by: it hands its columns over, and does nothing else."""

    def __init__(self, data):
        self._data = data

    def __arrow_c_stream__(self, requested_schema=None):
        return self._data.__arrow_c_stream__(requested_schema)


class Handed:
    """The same through the interface of a single array."""

    def __init__(self, data):
        self._data = data

    def __arrow_c_array__(self, requested_schema=None):
        return self._data.__arrow_c_array__(requested_schema)


@pytest.mark.parametrize(
    "data",
    [
        Streamed(pa.table({"other": OTHER, "text": TEXTS})),
        Streamed(pl.DataFrame({"other": OTHER, "text": TEXTS})),
        Handed(pa.record_batch({"other": OTHER, "text": TEXTS})),
    ],
    ids=["arrow", "polars", "batch"],
)
def test_a_table_that_is_nothing_but_a_stream_is_a_frame(data):
    corpus = Corpus(data, id="other")
    assert_as_expected(corpus)
    assert corpus.documents["doc"].tolist() == OTHER
    with pytest.raises(ValueError, match="'body': no such column; the columns are 'other', 'text'"):
        Corpus(data, text="body")


@pytest.mark.parametrize("column", [Streamed(pl.Series(TEXTS)), Handed(pa.array(TEXTS))])
def test_a_column_that_is_nothing_but_a_stream_is_a_column(column):
    assert tokenize(column).to_list() == tokenize(TEXTS).to_list()
    assert_as_expected(Corpus(column))


def test_every_verb_tells_a_lazy_frame_to_collect():
    lazy = pl.LazyFrame({"text": TEXTS})
    for read in (tokenize, Corpus, lambda given: score(given, LEXICON)):
        with pytest.raises(TypeError, match=r"LazyFrame holds no rows yet; call \.collect\(\)"):
            read(lazy)


def test_a_frame_of_an_unknown_library_is_not_read_as_the_names_of_its_columns():
    class DataFrame:
        columns = ("text", "day")

        def __iter__(self):
            return iter(self.columns)

    for read in (tokenize, Corpus, lambda given: score(given, LEXICON)):
        with pytest.raises(TypeError, match="is not read; make a pandas, polars or pyarrow one"):
            read(DataFrame())
    with pytest.raises(TypeError, match="got dict; make a DataFrame of it"):
        Corpus({"text": TEXTS})


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(pd.interval_range(0, 3)),
        pl.Series([{"a": "x", "b": "y"}]),
        pa.array([{"a": "x", "b": "y"}]),
    ],
    ids=["intervals", "polars", "arrow"],
)
def test_a_column_of_several_fields_is_no_text(column):
    for read in (tokenize, Corpus, lambda given: score(given, LEXICON)):
        with pytest.raises(TypeError, match=r"the column holds (interval|Struct|struct).*strings"):
            read(column)


def test_a_query_of_numbers_is_no_text():
    with pytest.raises(TypeError, match=r"^Arrow column has format 'i', expected strings"):
        tokenize(duckdb.sql("select 1 as text"))


MISSING_ONLY = {
    "float": lambda: pd.Series([np.nan, np.nan]),
    "time": lambda: pd.Series([pd.NaT, pd.NaT]),
    "integer": lambda: pd.Series([None, None], dtype="Int64"),
    "boolean": lambda: pd.Series([None, None], dtype="boolean"),
    "category": lambda: pd.Series(pd.Categorical([None, None], categories=[1, 2])),
    "arrow": lambda: pd.Series([None, None], dtype=pd.ArrowDtype(pa.null())),
}


@pytest.mark.parametrize("name", list(MISSING_ONLY))
@pytest.mark.parametrize("n", [0, 2])
def test_a_column_of_only_missing_values_is_missing_texts_whatever_its_type(name, n):
    column = MISSING_ONLY[name]().iloc[:n]
    assert Corpus(column).documents["missing"].tolist() == [True] * n
    assert column.coactor.tokens().tolist() == [[]] * n
    assert score(column, LEXICON).iloc[:, 0].isna().all()


def test_columns_may_be_named_by_numbers():
    frame = pd.DataFrame({0: ["Kabul met Iran."], 1: ["k"]})
    corpus = Corpus(frame, text=0, id=1, by=1)
    assert corpus.documents["doc"].tolist() == ["k"]
    mentions = corpus.mentions(ACTORS)
    assert mentions.frequencies(by=1)["actor"].tolist() == ["AFG", "IRN"]
    assert len(mentions.cooccur(by=1).to_frame()) == 1
    for name in ("text", "by"):
        with pytest.raises(TypeError, match=f"{name}: expected a column or a list of columns, got"):
            Corpus(frame, **{"text": 0, name: None})


@pytest.mark.parametrize("n", [0, 1, 2, 1000])
def test_distinct_values_are_those_that_numpy_finds(n):
    rng = np.random.default_rng(n)
    for kind in (np.int32, np.int64):
        values = rng.integers(-5, 300, n).astype(kind)
        found = distinct(values)
        assert found.dtype == kind
        np.testing.assert_array_equal(found, np.unique(values))
