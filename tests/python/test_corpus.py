"""Corpora: the same texts give the same results however they come, and bad input says where."""

import datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import coactor
from coactor import Actors, Corpus, score, sentences, tokenize

ACTORS = Actors(
    {"TALIBAN": ["Taliban"], "USA": ["U.S."], "AFG": ["Kabul"], "AQ": ["Al-Qaeda"], "IRN": ["Iran"]}
)


@pytest.mark.parametrize(
    "column",
    [
        [None, float("nan"), pd.NA],
        pd.Series([np.nan, np.nan, np.nan]),
        pd.Series([None] * 3, dtype="string"),
        pa.nulls(3),
        pl.Series([None, None, None]),
    ],
    ids=["list", "pandas_float", "pandas_string", "arrow_null", "polars_null"],
)
def test_a_column_of_nothing_but_missing_texts_is_counted(column):
    corpus = Corpus(column)
    assert repr(corpus) == ("Corpus(3 documents, 0 sentences, 0 tokens; 3 documents without text)")
    assert corpus.documents["missing"].tolist() == [True] * 3
    assert len(corpus.mentions(ACTORS)) == 0
    assert "3 documents without text" in corpus.methods()


# ---- text that no codec likes --------------------------------------------------------------------


@pytest.mark.parametrize("lone", ["\ud800", "\udfff", "\udc80"])
def test_a_lone_surrogate_is_data_like_any_other(lone):
    text = f"{lone}Moscow met {lone}. Kabul {lone}🇺🇸 slept"
    corpus = Corpus([text, "Kabul"])
    mentions = corpus.mentions(Actors({"AFG": ["Kabul"], "ODD": [lone]})).to_frame()
    assert mentions["actor"].tolist() == ["ODD", "ODD", "AFG", "ODD", "AFG"]
    for row in mentions.itertuples():
        assert corpus.text(row.doc)[row.start : row.end] == row.text
    assert corpus.sentences()["text"].str.cat(sep=" ") == f"{text} Kabul"
    assert corpus.text(0) == text
    assert lone not in corpus._repr_html_()
    assert lone not in corpus.mentions(Actors({"ODD": [lone]}))._repr_html_()


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_invalid_utf_8_in_an_arrow_column_is_an_error_with_its_row(kind):
    raw = b"good but then \xff\xfe"
    buffers = pa.array([b"fine", raw]).buffers()
    column = pa.Array.from_buffers(pa.string(), 2, buffers)
    if kind == pa.large_string():
        column = pa.Array.from_buffers(
            kind, 2, pa.array([b"fine", raw], pa.large_binary()).buffers()
        )
    elif kind == pa.string_view():
        views = pa.array([b"fine", raw], pa.binary_view())
        column = pa.Array.from_buffers(kind, 2, views.buffers())
    with pytest.raises(ValueError, match=r"row 1: invalid UTF-8 at byte 14"):
        tokenize(column)


def test_a_surrogate_in_an_arrow_column_is_read_like_one_in_a_str():
    raw = "a \ud800 b".encode("utf-8", "surrogatepass")
    column = pa.Array.from_buffers(pa.string(), 1, pa.array([raw]).buffers())
    assert Corpus(column).text(0) == "a \ud800 b"
    assert tokenize(column).to_list() == tokenize(["a \ud800 b"]).to_list()


def test_nul_within_a_text_is_a_character():
    corpus = Corpus(["Kabul\0Kabul \0 Kabul"])
    frame = corpus.mentions(ACTORS).to_frame()
    assert [corpus.text(0)[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == [
        "Kabul"
    ] * len(frame)
    assert frame["end"].max() == 19


# ---- what is no column of text -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("one text", ["text", "expected a column of texts, got one str", "list"]),
        (b"bytes", ["expected a column of texts, got one bytes"]),
        (7, ["expected a column of texts, got int"]),
        ({"a": "b"}, ["expected a column of texts, got dict"]),
        (["a", 5], ["row 1", "5 (int)", "expected str or a missing value"]),
        (["a", b"b"], ["row 1", "b'b' (bytes)"]),
        ([["a"]], ["row 0", "['a'] (list)"]),
        (["a", np.int64(3)], ["row 1", "int64"]),
        ((text for text in ["a", True]), ["row 1", "True (bool)"]),
        (np.zeros(3), ["float64", "expected text"]),
        (np.array([["a"]], dtype=object), ["one dimension, got 2"]),
        (pd.Series([1, 2]), ["int64", "expected text"]),
        (pd.Series([1.5, np.nan]), ["float64", "expected text"]),
        (pd.Series([True, False]), ["bool", "expected text"]),
        (pd.Series(pd.to_datetime(["2020-01-01"])), ["datetime64", "expected text"]),
        (pd.Series(["a", 5], dtype=object), ["row 1", "5 (int)"]),
        (pd.Series([1, 2]).astype("category"), ["expected strings"]),
        (pd.Series([1, None], dtype="Int64"), ["expected strings"]),
        (pa.array([1, 2]), ["expected strings"]),
        (pa.array([b"a"]), ["expected strings"]),
        (pl.Series([1.0]), ["expected strings"]),
    ],
)
def test_what_is_no_text_is_a_type_error_that_says_where(column, words):
    with pytest.raises(TypeError) as error:
        Corpus(column)
    for word in words:
        assert word in str(error.value)


def test_an_iterator_that_fails_hands_its_own_error_on():
    def broken():
        yield "a"
        raise RuntimeError("the line is dead")

    with pytest.raises(RuntimeError, match="the line is dead"):
        tokenize(broken())


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"text": "body"}, ValueError, ["text='body'", "no such column", "'text', 'outlet'"]),
        ({"text": []}, ValueError, ["text=[]", "at least one column"]),
        ({"id": "url"}, ValueError, ["id='url'", "no such column"]),
        ({"date": "day"}, ValueError, ["date='day'", "no such column"]),
        ({"by": "paper"}, ValueError, ["by='paper'", "no such column"]),
        ({"id": "outlet"}, ValueError, ["id='outlet'", "'x'", "rows 0 and 2", "unique"]),
        ({"mode": "tweets"}, ValueError, ["mode='tweets'", "'news', 'uax29'"]),
        ({"threads": 0}, ValueError, ["threads must be at least 1, got 0"]),
        ({"threads": 1.0}, TypeError, ["threads must be an int or None, got 1.0"]),
        ({"threads": True}, TypeError, ["threads must be an int or None, got True"]),
    ],
)
def test_bad_arguments_are_named(arguments, error, words):
    frame = pd.DataFrame({"text": ["a", "b", "c"], "outlet": ["x", "y", "x"]})
    with pytest.raises(error) as raised:
        Corpus(frame, **arguments)
    for word in words:
        assert word in str(raised.value)


@pytest.mark.parametrize("name", ["id", "date", "by"])
def test_a_bare_column_has_no_other_columns(name):
    with pytest.raises(ValueError, match="bare column"):
        Corpus(["a"], **{name: "x"})


# ---- documents -----------------------------------------------------------------------------------


def test_documents_have_the_columns_of_the_contract():
    frame = pd.DataFrame(
        {
            "text": ["One. Two.\n\nThree.", None, ""],
            "url": ["u1", "u2", "u3"],
            "when": ["1945-05-08", None, "1946-03-05T12:00"],
            "outlet": ["x", "y", "x"],
            "land": [1, 2, 3],
        }
    )
    documents = Corpus(frame, id="url", date="when", by=["land", "outlet"]).documents
    assert list(documents) == [
        *["doc", "date", "land", "outlet", "n_tokens", "n_sentences", "n_paragraphs", "missing"]
    ]
    assert documents["doc"].tolist() == ["u1", "u2", "u3"]
    assert documents[["n_tokens", "n_sentences", "n_paragraphs"]].values.tolist() == [
        [6, 3, 2],
        [0, 0, 0],
        [0, 0, 0],
    ]
    assert documents["missing"].tolist() == [False, True, False]
    assert documents["missing"].dtype == bool
    assert all(documents[f"n_{what}"].dtype == np.int64 for what in ("tokens", "sentences"))
    assert documents["date"].tolist()[::2] == [
        pd.Timestamp("1945-05-08"),
        pd.Timestamp("1946-03-05 12:00"),
    ]
    assert documents["date"].isna().tolist() == [False, True, False]


def test_nothing_that_was_handed_in_is_changed_or_handed_out_for_change():
    frame = pd.DataFrame({"text": ["Kabul", "b"], "d": ["2020-01-01", None]}, index=[7, 9])
    before = frame.copy(deep=True)
    corpus = Corpus(frame, date="d")
    documents = corpus.documents
    documents["doc"] = -1
    documents.loc[0, "date"] = pd.NaT
    corpus.mentions(ACTORS).to_frame()
    pd.testing.assert_frame_equal(frame, before)
    assert corpus.documents["doc"].tolist() == [7, 9]
    assert corpus.documents["date"].notna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("index", "dtype"),
    [
        (pd.RangeIndex(5, 11, 2), np.int64),
        (pd.Index([30, 10, 20]), np.int64),
        (pd.Index(["c", "a", "b"]), "str"),
        (pd.to_datetime(["2020-01-03", "2020-01-01", "2020-01-02"]), None),
        (pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", 1)]), object),
    ],
    ids=["range", "numbers", "text", "dates", "several_levels"],
)
def test_the_index_of_pandas_names_documents(index, dtype):
    for data in (
        pd.Series(["Kabul", "b", "Kabul"], index=index),
        pd.DataFrame({"text": ["Kabul", "b", "Kabul"]}, index=index),
    ):
        corpus = Corpus(data)
        assert corpus.documents["doc"].tolist() == list(index)
        mentions = corpus.mentions(ACTORS).to_frame()
        assert mentions["doc"].tolist() == [index[0], index[2]]
        if dtype is not None:
            assert mentions["doc"].dtype == dtype
        assert corpus.text(index[1]) == "b"
        assert score(data["text"] if data.ndim > 1 else data, LEXICON).index.equals(index)


LEXICON = coactor.Lexicon({"b": 1})


def test_a_label_that_repeats_is_kept_but_names_no_document():
    corpus = Corpus(pd.Series(["Kabul", "b", "Kabul"], index=["x", "y", "x"]))
    assert corpus.documents["doc"].tolist() == ["x", "y", "x"]
    assert corpus.mentions(ACTORS).to_frame()["doc"].tolist() == ["x", "x"]
    assert corpus.text("y") == "b"
    with pytest.raises(ValueError, match="doc='x': 2 documents have this name"):
        corpus.text("x")
    with pytest.raises(ValueError, match="doc='z': no such document"):
        corpus.text("z")


def test_labels_that_repeat_are_the_first_warning_of_a_corpus():
    frame = pd.DataFrame({"text": ["Kabul", None, "b"]}, index=["x", "y", "x"])
    corpus = Corpus(frame)
    assert repr(corpus).endswith("; 2 documents share labels, 1 document without text)")
    assert "2 documents share labels" in corpus._repr_html_()
    assert "labels" not in repr(corpus.subset([True, True, False]))
    assert "labels" not in repr(Corpus(frame.reset_index(drop=True)))
    assert "labels" not in repr(Corpus(frame.assign(key=[1, 2, 3]), id="key"))


@pytest.mark.parametrize(
    ("ids", "dtype"), [(["u", "v"], "str"), ([10, 3], np.int64), ([1, "a"], object)]
)
def test_ids_name_documents(ids, dtype):
    corpus = Corpus(pd.DataFrame({"text": ["Kabul", "b"], "id": ids}, index=["p", "q"]), id="id")
    assert corpus.documents["doc"].tolist() == ids
    assert corpus.mentions(ACTORS).to_frame()["doc"].dtype == dtype
    assert corpus.text(ids[0]) == "Kabul"


def test_fields_are_joined_by_a_blank_line_and_are_paragraphs_of_their_own():
    frame = pd.DataFrame(
        {
            "title": ["Kabul talks end", None, "Only this", None],
            "body": ["Envoys left.\nNobody signed.", "Body alone.", np.nan, pd.NA],
        }
    )
    corpus = Corpus(frame, text=["title", "body"])
    assert corpus.text(0) == "Kabul talks end\n\nEnvoys left.\nNobody signed."
    assert corpus.text(1) == "Body alone."
    assert corpus.documents["missing"].tolist() == [False, False, False, True]
    assert corpus.sentences()[["doc", "paragraph", "text"]].values.tolist()[:2] == [
        [0, 0, "Kabul talks end"],
        [0, 1, "Envoys left."],
    ]
    with pytest.raises(TypeError, match=r"text: row 1 holds 3 \(int\)"):
        Corpus(pd.DataFrame({"a": ["x", "y"], "b": ["z", 3]}), text=["a", "b"])


# ---- dates ---------------------------------------------------------------------------------------

DAY = datetime.date(1962, 10, 27)
DATES = {
    "iso": (["1962-10-27", None], {}),
    "iso_with_time": (["1962-10-27T10:30:00", ""], {}),
    "iso_with_zone": (["1962-10-27T10:30:00Z", None], {}),
    "dates": ([DAY, None], {}),
    "datetimes": ([datetime.datetime(1962, 10, 27, 9), None], {}),
    "pandas": (pd.to_datetime(["1962-10-27", None]), {}),
    "pandas_with_zone": (pd.to_datetime(["1962-10-27 10:00", None], utc=True), {}),
    "numpy": (np.array(["1962-10-27", "NaT"], dtype="datetime64[D]"), {}),
    "format": (["27.10.1962", None], {"date_format": "%d.%m.%Y"}),
    "blanks": ([" 1962-10-27\t", "  "], {}),
    "blanks_and_format": ([" 27.10.1962", ""], {"date_format": "%d.%m.%Y"}),
    "categories": (pd.Categorical(["1962-10-27", None]), {}),
    "periods": (pd.PeriodIndex(["1962-10-27", None], freq="D"), {}),
    "periods_as_objects": ([pd.Period("1962-10-27", "D"), ""], {}),
    "numbers": ([19621027, None], {"date_format": "%Y%m%d"}),
    "numbers_as_objects": (pd.Series([19621027, None], dtype=object), {"date_format": "%Y%m%d"}),
}


@pytest.mark.parametrize("name", list(DATES))
def test_dates_are_read(name):
    values, arguments = DATES[name]
    frame = pd.DataFrame({"text": ["a", "b"], "d": values})
    corpus = Corpus(frame, date="d", **arguments)
    assert corpus.documents["date"].dt.date.tolist()[0] == DAY
    assert corpus.documents["date"].isna().tolist() == [False, True]
    assert corpus.documents["date"].dt.tz is None


def test_numbers_that_are_years_are_dates_where_the_format_says_so():
    for years in ([1962, 1963], pd.array([1962, 1963], dtype="Int16"), ["1962", "1963"]):
        frame = pd.DataFrame({"text": ["Kabul", "Kabul"], "Year": years})
        corpus = Corpus(frame, date="Year", date_format="%Y")
        assert corpus.mentions(ACTORS).counts(by="year")["AFG"].tolist() == [1, 1]
        assert corpus.documents["date"].dt.year.tolist() == [1962, 1963]


def test_a_period_is_a_date_by_its_beginning():
    periods = pd.period_range("1962-10", periods=2, freq="Q")
    documents = Corpus(pd.DataFrame({"text": ["a", "b"], "d": periods}), date="d").documents
    assert documents["date"].astype(str).tolist() == ["1962-10-01", "1963-01-01"]


NIGHT = datetime.timezone(datetime.timedelta(hours=-5))
LATE = [datetime.datetime(2020, 1, 5, 23, 30, tzinfo=NIGHT), datetime.datetime(2020, 7, 1, 0, 30)]
ZONED = {
    "iso": (["2020-01-05T23:30:00-05:00", "2020-07-01T00:30:00+04:30"], {}),
    "iso_short": (["20200105T2330-05", "2020-07-01 00:30:00.0 +0430"], {}),
    "iso_some": (["2020-01-05 23:30Z", "2020-07-01T00:30"], {}),
    "objects": (LATE, {}),
    "zone": (
        pd.to_datetime(["2020-01-05 23:30", "2020-07-01 00:30"]).tz_localize("US/Eastern"),
        {},
    ),
    "format": (
        ["05.01.2020 23:30 -0500", "01.07.2020 00:30 +0430"],
        {"date_format": "%d.%m.%Y %H:%M %z"},
    ),
}


@pytest.mark.parametrize("name", list(ZONED))
def test_a_date_with_a_zone_belongs_to_the_day_that_its_text_says(name):
    values, arguments = ZONED[name]
    frame = pd.DataFrame({"text": ["a", "b"], "d": values})
    dates = Corpus(frame, date="d", **arguments).documents["date"]
    assert dates.tolist() == [pd.Timestamp("2020-01-05 23:30"), pd.Timestamp("2020-07-01 00:30")]
    with pytest.raises(ValueError, match="row 1 holds 'late'"):
        Corpus(
            frame.astype({"d": object}).replace({"d": {values[1]: "late"}}), date="d", **arguments
        )


@pytest.mark.parametrize("library", [pl.DataFrame, pa.table])
def test_dates_of_other_libraries_are_read(library):
    frame = library({"text": ["a", "b"], "d": [DAY, None]})
    documents = Corpus(frame, date="d").documents
    assert documents["date"].dt.date.tolist()[0] == DAY
    assert documents["date"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("values", "arguments", "words"),
    [
        (["1962-10-27", "soon"], {}, ["date='d'", "row 'q'", "'soon'", "ISO 8601", "date_format="]),
        (["1962-10-27", "27.10.1962"], {}, ["row 'q'", "'27.10.1962'"]),
        (["1962-10-27", "1962-13-01"], {}, ["row 'q'"]),
        (["27.10.1962", "1962-10-27"], {"date_format": "%d.%m.%Y"}, ["row 'q'", "'1962-10-27'"]),
        ([1962, 1963], {}, ["date='d'", "int64", "expected dates", 'date_format="%Y"']),
        ([1962.0, None], {}, ["float64", "expected dates", 'date_format="%Y"']),
        ([19621027, 19621028], {}, ["int64", 'date_format="%Y%m%d"']),
        ([1.5e9, None], {}, ["float64", "pandas.to_datetime"]),
        ([True, False], {}, ["bool", "expected dates"]),
        (["1962-10-27", 1962], {}, ["row 'q'", "the number 1962", 'date_format="%Y"']),
        (["1962-10-27T10:00+99:00", None], {}, ["row 'p'", "'1962-10-27T10:00+99:00'"]),
        ([float("inf"), 1962.5], {"date_format": "%Y"}, ["row 'p'", "inf", "does not match"]),
        (["27.10.1962", 5], {"date_format": "%d.%m.%Y"}, ["row 'q'", "5", "does not match"]),
        (["27/10/1962", None], {"date_format": "dd/mm/yyyy"}, ["'dd/mm/yyyy'", '"%d/%m/%Y"']),
        (["27/10/1962", None], {"date_format": "mixed"}, ["'mixed'", "no strptime format"]),
        (["27/10/1962", None], {"date_format": "%Q"}, ["date_format='%Q'", "bad directive"]),
    ],
)
def test_what_is_no_date_is_an_error_with_its_row(values, arguments, words):
    frame = pd.DataFrame({"text": ["a", "b"], "d": values}, index=["p", "q"])
    with pytest.raises(ValueError) as error:
        Corpus(frame, date="d", **arguments)
    for word in words:
        assert word in str(error.value)


def test_a_corpus_without_any_date_has_no_months():
    corpus = Corpus(pd.DataFrame({"text": ["Kabul"], "d": [None]}), date="d")
    assert corpus.documents["date"].isna().all()
    plain = Corpus(["Kabul"]).mentions(ACTORS)
    with pytest.raises(ValueError, match="by='month' needs dates; make the corpus with date="):
        plain.counts(by="month")
    with pytest.raises(
        ValueError, match=r"bare column of text; the periods are day, week, month, q"
    ):
        plain.counts(by="outlet")
    part = Corpus(pd.DataFrame({"text": ["Kabul"], "outlet": ["x"]})).mentions(ACTORS)
    with pytest.raises(
        ValueError, match=r"by='decade'.*'outlet'; the periods are day, week, month, q"
    ):
        part.frequencies(by="decade")


def test_messages_name_numbers_as_they_are_written():
    corpus = Corpus(pd.DataFrame({"text": ["a", "b"]}, index=[7, 8]))
    with pytest.raises(ValueError, match=r"^doc=9: no such document"):
        corpus.text(np.int64(9))
    with pytest.raises(TypeError, match=r"^text: row 1 \(8\) holds 3 \(int\)"):
        Corpus(pd.DataFrame({"text": ["a", 3]}, index=[7, 8]))
    with pytest.raises(ValueError, match=r"^id='key': 5 stands in rows 0 and 1 \(7 and 8\)"):
        Corpus(pd.DataFrame({"text": "a", "key": [5, 5]}, index=[7, 8]), id="key")


@pytest.mark.parametrize("column", [pd.Series, np.array, pl.Series, pa.array], ids=str)
def test_by_is_the_name_of_a_column_and_no_column(column):
    frame = pd.DataFrame({"text": ["Kabul"], "outlet": ["x"]})
    mentions = Corpus(frame, by=frame.columns[1:]).mentions(ACTORS)
    for ask in (mentions.frequencies, mentions.counts, lambda by: Corpus(frame, by=by)):
        with pytest.raises(
            TypeError, match=r"^by: expected a column or a list of columns, got a \w+; give the"
        ):
            ask(by=column(["outlet"]))


@pytest.mark.parametrize("column", [list, pd.Series, pl.Series, pa.array, pd.array], ids=str)
def test_a_mask_is_a_column_of_any_library(column):
    corpus = Corpus(["Kabul", "b"])
    assert corpus.subset(column([False, True])).documents["doc"].tolist() == [1]
    with pytest.raises(TypeError, match="or a mask of bool"):
        corpus.subset(pd.array([None, True], dtype="boolean"))


def test_a_mask_that_is_none_says_what_it_may_be():
    corpus = Corpus(pd.DataFrame({"text": ["Kabul", "b"], "outlet": ["x", "y"]}))
    words = "expected a dict of column to value, or a mask of bool, True or False for each document"
    with pytest.raises(TypeError, match=f"^mask: {words}; got list of int64"):
        corpus.subset([0, 1])
    with pytest.raises(TypeError, match=f"^where: {words}; got str"):
        corpus.kwic("Kabul", where="x")
    with pytest.raises(ValueError, match=r"^where='yeer': no such column"):
        corpus.kwic("Kabul", where={"yeer": 2020})
    dated = Corpus(pd.DataFrame({"text": ["a"], "d": ["2020-01-01"]}), date="d")
    with pytest.raises(ValueError, match=r"^mask: month='soon' is no month"):
        dated.subset({"month": "soon"})


# ---- sentences -----------------------------------------------------------------------------------


def test_sentences_slice_the_text_and_count_within_the_document():
    texts = ["First. Second!\n\n“Third.” Fourth", None, "Fifth?", "   "]
    corpus = Corpus(texts)
    frame = corpus.sentences()
    assert list(frame) == ["doc", "paragraph", "sentence", "start", "end", "text"]
    assert frame[["doc", "paragraph", "sentence", "text"]].values.tolist() == [
        [0, 0, 0, "First."],
        [0, 0, 1, "Second!"],
        [0, 1, 2, "“Third.”"],
        [0, 1, 3, "Fourth"],
        [2, 0, 0, "Fifth?"],
    ]
    for row in frame.itertuples():
        assert texts[row.doc][row.start : row.end] == row.text
    spans = sentences(texts[0])
    assert spans == list(zip(frame["start"][:4], frame["end"][:4], strict=True))
    assert sentences("") == []
    for empty in (Corpus([]), Corpus([None])):
        assert empty.sentences().dtypes.equals(frame.dtypes)


def test_one_text_must_be_a_str():
    for function in (sentences, coactor.word_boundaries, coactor.sentence_boundaries):
        with pytest.raises(TypeError, match="text must be a str, got NoneType"):
            function(None)


# ---- nothing at all ------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [[], pd.Series([], dtype="str"), pd.DataFrame({"text": []})])
def test_an_empty_corpus_has_tables_of_the_same_form(data):
    corpus, full = Corpus(data), Corpus(["Kabul is quiet."])
    assert len(corpus) == 0
    assert repr(corpus) == "Corpus(0 documents, 0 sentences, 0 tokens)"
    for table in (
        lambda c: c.documents,
        lambda c: c.sentences(),
        lambda c: c.mentions(ACTORS).to_frame(),
        lambda c: c.mentions(ACTORS).counts(),
        lambda c: c.mentions(ACTORS).frequencies(),
        lambda c: c.mentions(ACTORS).cooccur().to_frame(),
        lambda c: c.tone(LEXICON).to_frame(),
        lambda c: c.tone(LEXICON, unit="sentence").to_frame(),
    ):
        empty = table(corpus)
        assert len(empty) == 0
        assert empty.dtypes.equals(table(full).dtypes)


def test_a_corpus_says_what_it_is():
    corpus = Corpus(["Kabul <b>is</b> quiet.", None])
    assert repr(corpus) == "Corpus(2 documents, 1 sentence, 11 tokens; 1 document without text)"
    assert corpus.config["version"] == coactor.__version__
    assert corpus.config["unicode"] == "15.0.0"
    assert corpus.config["n_docs"] == 2
    assert "2 documents (1 document without text)" in corpus.methods()
    page = Corpus(pd.Series(["a"] * 80, index=["<b>"] * 80))._repr_html_()
    assert "<b>" not in page and "&lt;b&gt;" in page and "and 30 more" in page
