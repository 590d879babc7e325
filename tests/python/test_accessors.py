"""`df["text"].coactor` and `df.coactor`: coactor's verbs within pandas."""

import subprocess
import sys
import textwrap

import numpy as np
import pandas as pd
import pytest
from producers import COLUMNS, TEXTS

import coactor.pandas
from coactor import Actors, Analysis, Corpus, Lexicon, Mentions, analyze, score, tokenize

ACTORS = Actors({"RUS": ["Russia", "Moscow"], "AFG": ["Kabul"], "IRN": ["Iran"]})
LEXICON = Lexicon({"thank*": 1, "attack*": -1, "good": 0.5})
ARTICLES = pd.DataFrame(
    {
        "title": ["News", "More", "None", "Last"],
        "text": ["Moscow thanked Kabul. Good.", None, "", "Iran attacked Kabul."],
        "url": ["u1", "u2", "u3", "u4"],
        "day": ["2021-08-14", "2021-08-15", None, "2021-09-01"],
        "outlet": ["x", "x", "y", "y"],
    },
    index=pd.Index(["c", "a", "a", "b"], name="key"),
)
TEXT = ARTICLES["text"]
PANDAS = [name for name in COLUMNS if name.startswith("pandas_") and name != "pandas_index"]


# ---- a column ------------------------------------------------------------------------------------


def test_score_keeps_the_index_and_missing_texts_in_place():
    scored = TEXT.coactor.score(LEXICON)
    pd.testing.assert_frame_equal(scored, score(TEXT, LEXICON))
    assert scored.index.equals(ARTICLES.index)
    assert scored["score"].isna().tolist() == [False, True, False, False]
    assert scored["hits"].tolist() == [2, 0, 0, 1]


def test_score_takes_a_mask():
    lexicon = Lexicon({"united": 1})
    series = pd.Series(["The United States are united."])
    assert series.coactor.score(lexicon)["hits"].tolist() == [2]
    masked = series.coactor.score(lexicon, mask=Actors({"USA": ["United States"]}))
    assert masked["hits"].tolist() == [1]


def test_tokens_are_a_column_of_lists_with_index_and_name():
    tokens = TEXT.coactor.tokens()
    assert tokens.tolist() == [
        *[
            ["Moscow", "thanked", "Kabul", ".", "Good", "."],
            [],
            [],
            ["Iran", "attacked", "Kabul", "."],
        ]
    ]
    assert tokens.index.equals(ARTICLES.index)
    assert tokens.name == "text"
    assert tokens.dtype == object
    assert pd.Series([], dtype="str").coactor.tokens().tolist() == []


def test_lists_of_one_length_stay_lists():
    assert pd.Series(["a b", "c d"]).coactor.tokens().tolist() == [["a", "b"], ["c", "d"]]
    assert pd.Series(["a"]).coactor.tokens().tolist() == [["a"]]


def test_options_of_tokens_are_those_of_tokenize():
    series = pd.Series(["U.S.-led talks"])
    assert series.coactor.tokens(hyphens="join").tolist() == [["U.S.-led", "talks"]]
    assert series.coactor.tokens(mode="uax29")[0] == tokenize(series, mode="uax29").to_list()[0]
    with pytest.raises(ValueError, match="mode='tweets'"):
        series.coactor.tokens(mode="tweets")


def test_sentences_and_mentions_name_documents_by_the_index():
    pd.testing.assert_frame_equal(TEXT.coactor.sentences(), Corpus(TEXT).sentences())
    assert TEXT.coactor.sentences()["doc"].tolist() == ["c", "c", "b"]
    mentions = TEXT.coactor.mentions(ACTORS)
    assert isinstance(mentions, Mentions)
    pd.testing.assert_frame_equal(mentions.to_frame(), Corpus(TEXT).mentions(ACTORS).to_frame())
    assert mentions.to_frame()[["doc", "actor"]].values.tolist() == [
        *[["c", "RUS"], ["c", "AFG"], ["b", "IRN"], ["b", "AFG"]]
    ]
    assert len(TEXT.coactor.mentions(Actors({"X": ["Kabul"]}), overlap="all")) == 2


def test_analyze_is_analyze():
    found = TEXT.coactor.analyze(actors=ACTORS, lexicon=LEXICON, unit="document")
    assert isinstance(found, Analysis)
    expected = analyze(TEXT, actors=ACTORS, lexicon=LEXICON, unit="document")
    pd.testing.assert_frame_equal(found.pairs.to_frame(), expected.pairs.to_frame())
    assert found.config == expected.config


@pytest.mark.parametrize("name", PANDAS)
def test_every_kind_of_text_has_the_verbs(name):
    series = COLUMNS[name]()
    assert series.coactor.tokens().tolist() == tokenize(TEXTS).to_list()
    assert series.coactor.score(LEXICON).index.equals(series.index)


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1, 2]),
        pd.Series([1.5, np.nan]),
        pd.Series([True]),
        pd.Series(pd.to_datetime(["2020-01-01"])),
        pd.Series([1, None], dtype="Int64"),
        pd.Series([1, 2]).astype("category"),
        pd.Series([1, 2], dtype=object),
        pd.Series([b"a"]),
    ],
    ids=lambda series: str(series.dtype),
)
def test_a_series_of_something_else_has_no_such_attribute_like_str(series):
    with pytest.raises(
        AttributeError, match=r"Can only use \.coactor accessor with string values, not "
    ):
        _ = series.coactor
    assert not hasattr(series, "coactor")


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([np.nan, np.nan]),
        pd.Series([None, None], dtype=object),
        pd.Series([pd.NA], dtype="string"),
        pd.Series([], dtype="float64"),
        pd.Series([], dtype="category"),
    ],
    ids=["float", "object", "string", "empty", "empty_category"],
)
def test_a_series_of_nothing_but_missing_texts_has_the_verbs(series):
    scored = series.coactor.score(LEXICON)
    assert scored.index.equals(series.index)
    assert scored["score"].isna().all()
    assert series.coactor.tokens().tolist() == [[]] * len(series)
    assert len(series.coactor.sentences()) == len(series.coactor.mentions(ACTORS)) == 0


def test_what_objects_a_column_holds_is_said():
    with pytest.raises(AttributeError, match="not bytes objects"):
        _ = pd.Series([b"a"]).coactor
    with pytest.raises(AttributeError, match="not integer objects"):
        _ = pd.Series([1, 2], dtype=object).coactor


def test_a_mixed_column_is_refused_with_the_row():
    series = pd.Series(["a", 3], index=["p", "q"])
    with pytest.raises(TypeError, match=r"row 1 \('q'\) holds 3 \(int\)"):
        series.coactor.tokens()
    with pytest.raises(TypeError, match=r"row 0 holds \['a'\] \(list\)"):
        pd.Series([["a"]]).coactor.score(LEXICON)


# ---- a frame -------------------------------------------------------------------------------------


def test_a_frame_has_the_same_verbs():
    accessor = ARTICLES.coactor
    pd.testing.assert_frame_equal(accessor.score(LEXICON), TEXT.coactor.score(LEXICON))
    pd.testing.assert_series_equal(accessor.tokens(), TEXT.coactor.tokens())
    pd.testing.assert_frame_equal(accessor.sentences(), TEXT.coactor.sentences())
    pd.testing.assert_frame_equal(
        accessor.mentions(ACTORS).to_frame(), TEXT.coactor.mentions(ACTORS).to_frame()
    )
    found = accessor.analyze(actors=ACTORS, lexicon=LEXICON, id="url", date="day")
    assert found.corpus.documents["doc"].tolist() == ARTICLES["url"].tolist()


def test_columns_of_the_frame_are_named():
    renamed = ARTICLES.rename(columns={"text": "body"})
    assert renamed.coactor.tokens(text="body").name == "body"
    mentions = renamed.coactor.mentions(ACTORS, text="body", id="url", date="day", by="outlet")
    assert mentions.to_frame()["doc"].tolist() == ["u1", "u1", "u4", "u4"]
    assert mentions.frequencies(by="month")["month"].dt.month.tolist() == [8, 8, 9, 9]
    assert mentions.frequencies(by="outlet")["outlet"].tolist() == ["x", "x", "y", "y"]
    assert renamed.coactor.sentences(text="body", id="url")["doc"].tolist() == ["u1", "u1", "u4"]
    slashed = ARTICLES.assign(day=["14/08/2021", None, None, "01/09/2021"])
    dated = slashed.coactor.mentions(ACTORS, date="day", date_format="%d/%m/%Y")
    assert dated.to_frame(meta=True)["date"].dt.month.tolist() == [8, 8, 9, 9]


def test_several_columns_are_one_text():
    both = ARTICLES.coactor.tokens(text=["title", "text"])
    assert both.iloc[1] == ["More"]
    assert both.iloc[3] == ["Last", "Iran", "attacked", "Kabul", "."]
    assert both.index.equals(ARTICLES.index)
    scored = ARTICLES.coactor.score(LEXICON, text=["title", "text"])
    assert scored["words"].tolist() == [5, 1, 1, 4]
    assert scored.index.equals(ARTICLES.index)


@pytest.mark.parametrize("verb", ["score", "tokens", "sentences", "mentions", "analyze"])
def test_a_frame_without_the_column_lists_those_it_has(verb):
    arguments = {"score": [LEXICON], "mentions": [ACTORS]}.get(verb, [])
    with pytest.raises(
        ValueError, match="text='body': no such column; the columns are 'title', 'te"
    ):
        getattr(ARTICLES.coactor, verb)(*arguments, text="body")


def test_a_frame_of_numbers_has_the_verbs_but_no_text():
    frame = pd.DataFrame({"text": [1, 2]})
    with pytest.raises(TypeError, match="int64, expected text"):
        frame.coactor.score(LEXICON)


def test_a_frame_without_rows_gives_tables_without_rows():
    empty = ARTICLES.iloc[:0]
    assert (
        empty.coactor.score(LEXICON).columns.tolist()
        == ARTICLES.coactor.score(LEXICON).columns.tolist()
    )
    assert len(empty.coactor.tokens()) == len(empty.coactor.sentences()) == 0


# ---- in pandas' own ways -------------------------------------------------------------------------


def test_in_assign():
    made = ARTICLES.assign(
        tone=lambda frame: frame["text"].coactor.score(LEXICON)["tone"],
        n=lambda frame: frame["text"].coactor.tokens().str.len(),
    )
    assert made["n"].tolist() == [6, 0, 0, 4]
    assert made["tone"].tolist()[::3] == [0.75, -1.0]
    assert made.index.equals(ARTICLES.index)
    every = ARTICLES.assign(**TEXT.coactor.score(LEXICON))
    assert every["hits"].tolist() == [2, 0, 0, 1]


def test_in_pipe():
    frame = ARTICLES.pipe(
        lambda frame: frame.join(frame.coactor.score(LEXICON)["hits"].groupby(level=0).sum())
    )
    assert frame.loc["b", "hits"] == 1
    assert TEXT.pipe(lambda series: series.coactor.tokens()).iloc[3][0] == "Iran"


def test_in_groupby():
    grouped = ARTICLES.groupby("outlet")
    scored = grouped.apply(lambda frame: frame.coactor.score(LEXICON))
    assert scored.index.tolist() == [("x", "c"), ("x", "a"), ("y", "a"), ("y", "b")]
    assert scored["hits"].tolist() == [2, 0, 0, 1]
    hits = grouped["text"].apply(lambda series: series.coactor.score(LEXICON)["hits"].sum())
    assert hits.to_dict() == {"x": 2, "y": 1}
    pairs = grouped.apply(lambda frame: frame.coactor.mentions(ACTORS).cooccur().to_frame())
    assert pairs[["a", "b"]].values.tolist() == [["RUS", "AFG"], ["AFG", "IRN"]]
    lists = grouped["text"].transform(lambda series: series.coactor.tokens())
    assert lists.index.equals(ARTICLES.index)


def test_in_explode():
    tokens = TEXT.coactor.tokens().explode().dropna()
    assert tokens.loc["b"].tolist() == ["Iran", "attacked", "Kabul", "."]


def test_slices_and_masks_have_verbs_of_their_own():
    assert TEXT[TEXT.notna()].coactor.tokens().str.len().tolist() == [6, 0, 4]
    assert TEXT.iloc[::-1].coactor.score(LEXICON)["hits"].tolist() == [1, 0, 0, 2]
    assert TEXT.sort_index().coactor.score(LEXICON).index.tolist() == ["a", "a", "b", "c"]


def test_the_frame_stays_as_it_was():
    before = ARTICLES.copy(deep=True)
    ARTICLES.coactor.mentions(ACTORS, date="day")
    TEXT.coactor.score(LEXICON)
    TEXT.coactor.tokens()
    pd.testing.assert_frame_equal(ARTICLES, before)


def test_progress_and_threads_are_handed_on(capsys):
    TEXT.coactor.analyze(actors=ACTORS, lexicon=LEXICON, threads=1, progress=True)
    assert "scoring tone" in capsys.readouterr().err
    for call in (
        lambda: TEXT.coactor.tokens(threads=0),
        lambda: TEXT.coactor.score(LEXICON, threads=0),
        lambda: TEXT.coactor.sentences(threads=0),
        lambda: TEXT.coactor.mentions(ACTORS, threads=0),
        lambda: ARTICLES.coactor.analyze(threads=0),
    ):
        with pytest.raises(ValueError, match="threads must be at least 1"):
            call()


# ---- when they are registered --------------------------------------------------------------------


def has_accessor(*lines):
    """Whether pandas has the accessor once these lines have run in a new interpreter."""
    script = "\n".join([*lines, "import pandas", "print(hasattr(pandas.DataFrame, 'coactor'))"])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-1] == "True"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["import pandas", "import coactor"], True),
        (["import coactor.pandas"], True),
        (["import coactor", "import pandas"], False),
        (["import coactor", "import pandas", "import coactor.pandas"], True),
        (["import coactor", "import pandas", "coactor.tokenize(pandas.Series(['a']))"], True),
        (
            [
                "import coactor",
                "import pandas",
                "coactor.Corpus(pandas.DataFrame({'text': ['a']}))",
            ],
            True,
        ),
        (["import coactor", "coactor.tokenize(['a'])"], False),
        (["import coactor", "coactor.tokenize(['a']).to_frame()"], True),
        (["import coactor", "coactor.score(['a'], coactor.Lexicon({'a': 1}))"], True),
        (["import coactor", "coactor.Corpus(['a']).documents"], True),
    ],
    ids=lambda value: "; ".join(value) if isinstance(value, list) else "",
)
def test_pandas_gets_the_accessors_at_import_or_at_first_use(lines, expected):
    assert has_accessor(*lines) is expected


def test_registering_again_changes_nothing():
    accessor = pd.Series.coactor
    coactor.pandas.register()
    assert pd.Series.coactor is accessor is coactor.pandas.SeriesAccessor
    assert pd.DataFrame.coactor is coactor.pandas.DataFrameAccessor


def test_analyze_takes_what_analyze_takes():
    frame = ARTICLES.assign(day=["14/08/2021", None, None, "01/09/2021"])
    how = {"date": "day", "date_format": "%d/%m/%Y", "by": "outlet", "quotes": "drop"}
    how |= {"actors": ACTORS, "lexicon": LEXICON}
    found = frame.coactor.analyze(**how)
    assert found.config == analyze(frame, **how).config
    assert found.corpus.documents["outlet"].tolist() == ["x", "x", "y", "y"]
    assert TEXT.coactor.analyze(quotes="drop").config["quotes"] == "drop"
