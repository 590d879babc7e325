"""ActorVectorizer and ToneVectorizer: citizens of scikit-learn."""

import copy
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse
from producers import COLUMNS, TEXTS
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_array

import coactor as ca
from coactor import Actors, ActorVectorizer, Corpus, Lexicon, ToneVectorizer, score

ACTORS = Actors({"RUS": ["Russia", "Moscow"], "AFG": ["Kabul"], "IRN": ["Iran"]})
LEXICON = Lexicon({"thank*": 1, "attack*": -1, "good": 0.5})
COLUMN = ["Moscow thanked Russia.", None, "Kabul and Iran.", "", "Iran attacked Kabul. Good!"]
COUNTS = [[2, 0, 0], [0, 0, 0], [0, 1, 1], [0, 0, 0], [0, 1, 1]]

# ---- the checks of scikit-learn ------------------------------------------------------------------

WORDS = ("Kabul", "Moscow", "Iran", "good")


class Spelled:
    """Rows of numbers spelled out as texts, so that the checks, which know numbers, can run.

    What they then prove of the vectorizers: that parameters stay as they were given, that fitting
    twice is fitting once, that rows do not depend on one another, that nothing handed in is
    changed, names of columns, copies and pickles, containers of pandas and polars.
    """

    def _column(self, X):
        spell = [WORDS[i % 4] + " " for i in range(29)]
        return [
            "".join(spell[int(abs(value) * 7) % 29] * int(abs(value) * 3 % 3) for value in row)
            for row in check_array(X)
        ]

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.one_d_array = True, False
        tags.input_tags.string = tags.input_tags.allow_nan = False
        return tags


class SpelledActors(Spelled, ActorVectorizer):
    pass


class SpelledTone(Spelled, ToneVectorizer):
    pass


NO_FEATURES = "a column of text has no number of features"
EXPECTED_FAILURES = {
    "check_n_features_in": NO_FEATURES,
    "check_n_features_in_after_fitting": NO_FEATURES,
    "check_transformer_general": "it wants another number of features to be refused; "
    + NO_FEATURES,
}


@parametrize_with_checks(
    [
        SpelledActors(ACTORS),
        SpelledActors(ACTORS, binary=True, sparse_output=False),
        SpelledActors(ACTORS, min_df=1),
        SpelledTone(LEXICON),
        SpelledTone(LEXICON, columns=["tone"]),
        SpelledTone(LEXICON, missing="nan"),
    ],
    expected_failed_checks=lambda estimator: EXPECTED_FAILURES,
)
def test_the_checks_of_scikit_learn_pass_on_numbers_spelled_out(estimator, check):
    check(estimator)


@pytest.mark.filterwarnings("ignore:Can't test estimator")
@parametrize_with_checks(
    [ActorVectorizer(), ActorVectorizer(ACTORS), ToneVectorizer(), ToneVectorizer(LEXICON)]
)
def test_the_checks_that_take_text_pass(estimator, check):
    check(estimator)


@pytest.mark.parametrize("kind", [ActorVectorizer, ToneVectorizer])
def test_tags_say_that_one_column_of_text_is_wanted(kind):
    tags = kind().__sklearn_tags__().input_tags
    assert (tags.string, tags.one_d_array, tags.two_d_array, tags.allow_nan) == (
        *(True, True, False, True),
    )


# ---- actors --------------------------------------------------------------------------------------


def test_texts_by_actors_in_the_order_of_the_dictionary():
    vectorizer = ActorVectorizer(ACTORS)
    counts = vectorizer.fit_transform(COLUMN)
    assert isinstance(counts, scipy.sparse.csr_array)
    assert counts.dtype == np.int64
    assert counts.has_canonical_format
    assert counts.toarray().tolist() == COUNTS
    assert vectorizer.get_feature_names_out().tolist() == ["RUS", "AFG", "IRN"]
    assert vectorizer.actors_ == ["RUS", "AFG", "IRN"]
    np.testing.assert_array_equal(vectorizer.transform(COLUMN).toarray(), counts.toarray())


def test_actors_that_no_text_names_are_columns_of_zeros():
    counts = ActorVectorizer(ACTORS).fit(["Kabul"]).transform(["nobody", "Iran"])
    assert counts.toarray().tolist() == [[0, 0, 0], [0, 0, 1]]


def test_binary_says_whether_and_not_how_often():
    counts = ActorVectorizer(ACTORS, binary=True).fit_transform(COLUMN)
    assert counts.toarray().tolist() == [[1, 0, 0], *COUNTS[1:]]


@pytest.mark.parametrize(
    ("least", "kept"),
    [
        (0, ["RUS", "AFG", "IRN"]),
        (1, ["RUS", "AFG", "IRN"]),
        (2, ["AFG", "IRN"]),
        (3, []),
        (0.4, ["AFG", "IRN"]),
        (0.2, ["RUS", "AFG", "IRN"]),
        (1.0, []),
        (np.int64(2), ["AFG", "IRN"]),
    ],
)
def test_min_df_keeps_actors_that_enough_texts_name(least, kept):
    vectorizer = ActorVectorizer(ACTORS, min_df=least)
    counts = vectorizer.fit_transform(COLUMN)
    assert vectorizer.get_feature_names_out().tolist() == kept
    assert counts.toarray().tolist() == np.array(COUNTS)[:, 3 - len(kept) :].tolist()
    assert vectorizer.transform(["Russia, Iran, Iran"]).toarray().tolist() == [
        [1, 0, 2][3 - len(kept) :]
    ]


@pytest.mark.parametrize("least", [-1, 1.5, float("nan"), "2", True, None])
def test_a_min_df_that_cannot_be_meant_is_refused(least):
    with pytest.raises((TypeError, ValueError), match=r"min_df"):
        ActorVectorizer(ACTORS, min_df=least).fit(COLUMN)


def test_hits_may_overlap():
    actors = Actors({"ISISK": ["Islamic State Khorasan"], "ISIS": ["Islamic State"]})
    column = ["Islamic State Khorasan"]
    assert ActorVectorizer(actors).fit_transform(column).toarray().tolist() == [[1, 0]]
    nested = ActorVectorizer(actors, overlap="nested").fit_transform(column)
    assert nested.toarray().tolist() == [[1, 1]]
    with pytest.raises(ValueError, match="overlap='most'"):
        ActorVectorizer(actors, overlap="most").fit(column)


def test_without_a_dictionary_it_is_the_starter():
    vectorizer = ActorVectorizer(min_df=1).fit(["Russia met Iran."])
    assert vectorizer.actors_ == ["IRN", "RUS"]


def test_a_dictionary_may_be_a_file(tmp_path):
    path = tmp_path / "actors.yml"
    path.write_text("FIN: [Finland]\n", encoding="utf-8")
    assert ActorVectorizer(path).fit_transform(["Finland"]).toarray().tolist() == [[1]]


# ---- tone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lexicon",
    [LEXICON, Lexicon({"calm": ["peace"], "war": ["attack*"]}), Lexicon.vader()],
    ids=["weights", "categories", "vader"],
)
def test_tone_is_the_columns_of_score(lexicon):
    scored = score(COLUMN, lexicon)
    vectorizer = ToneVectorizer(lexicon, missing="nan")
    values = vectorizer.fit_transform(COLUMN)
    assert values.dtype == np.float64
    np.testing.assert_array_equal(values, scored.to_numpy(dtype=np.float64))
    filled = ToneVectorizer(lexicon).fit_transform(COLUMN)
    np.testing.assert_array_equal(filled, np.nan_to_num(scored.to_numpy(dtype=np.float64)))
    assert vectorizer.get_feature_names_out().tolist() == scored.columns.tolist()


def test_columns_are_chosen_by_name():
    vectorizer = ToneVectorizer(LEXICON, columns=["hits", "tone"], missing=float("nan"))
    values = vectorizer.fit_transform(COLUMN)
    np.testing.assert_array_equal(
        values, [[1, 1], [0, np.nan], [0, np.nan], [0, np.nan], [2, -0.25]]
    )
    assert vectorizer.get_feature_names_out().tolist() == ["hits", "tone"]
    with pytest.raises(ValueError, match="columns: 'mood' is not known; choose from 'score'"):
        ToneVectorizer(LEXICON, columns=["mood"]).fit(COLUMN)
    with pytest.raises(TypeError, match="expected several names, got the str 'tone'"):
        ToneVectorizer(LEXICON, columns="tone").fit(COLUMN)


def test_a_classifier_can_come_right_behind_tone_and_hits_tell_what_was_not_hit():
    texts = ["good", "attack", "rain", None] * 3
    model = make_pipeline(ToneVectorizer(LEXICON), LogisticRegression())
    assert model.fit(texts, [1, 0, 0, 0] * 3).score(texts, [1, 0, 0, 0] * 3) == 1.0
    table = ToneVectorizer(LEXICON, columns=["tone", "hits"], missing=-9).fit_transform(texts[:4])
    assert table.tolist() == [[0.5, 1], [-1, 1], [-9, 0], [-9, 0]]
    for missing in (None, "mean", True, [0.0]):
        with pytest.raises(TypeError, match="missing: expected a number or 'nan', got"):
            ToneVectorizer(LEXICON, missing=missing).fit(texts)


@pytest.mark.parametrize("kind", [ActorVectorizer, ToneVectorizer])
@pytest.mark.parametrize("text", ["Moscow thanked Russia.", b"Moscow"])
def test_one_text_is_no_column(kind, text):
    for ask in (kind().fit, kind().fit_transform, kind().fit(COLUMN).transform):
        with pytest.raises(TypeError, match="X: expected a column of texts, got one "):
            ask(text)


def test_names_of_actors_carry_no_tone_where_they_are_masked():
    lexicon = Lexicon({"united": 1})
    actors = Actors({"USA": ["United States"]})
    column = ["The United States are united."]
    assert ToneVectorizer(lexicon, columns=["hits"]).fit_transform(column).tolist() == [[2]]
    masked = ToneVectorizer(lexicon, columns=["hits"], mask=actors)
    assert masked.fit_transform(column).tolist() == [[1]]


# ---- both ----------------------------------------------------------------------------------------

BOTH = {
    "actors": lambda: ActorVectorizer(ACTORS, min_df=1, binary=True),
    "tone": lambda: ToneVectorizer(LEXICON, columns=["tone", "hits"]),
}


def dense(values):
    return values.toarray() if scipy.sparse.issparse(values) else values


@pytest.mark.parametrize("name", list(BOTH))
@pytest.mark.parametrize("column", list(COLUMNS))
def test_a_column_of_any_kind_gives_the_same(name, column):
    fitted = BOTH[name]().fit(TEXTS)
    np.testing.assert_array_equal(
        dense(fitted.transform(COLUMNS[column]())), dense(fitted.transform(TEXTS))
    )
    refitted = BOTH[name]().fit_transform(COLUMNS[column]())
    np.testing.assert_array_equal(dense(refitted), dense(fitted.transform(TEXTS)))


@pytest.mark.parametrize("name", list(BOTH))
def test_parameters_are_kept_as_given_and_cloned(name):
    vectorizer = BOTH[name]()
    given = vectorizer.get_params()
    for key, value in clone(vectorizer).get_params().items():
        assert value == given[key] or value is given[key]
    vectorizer.fit(COLUMN)
    assert vectorizer.get_params() == given
    assert not hasattr(clone(vectorizer), "columns_")
    assert vectorizer.fit(COLUMN) is vectorizer


@pytest.mark.parametrize("kind", [ActorVectorizer, ToneVectorizer])
def test_all_but_the_dictionary_is_given_by_name(kind):
    with pytest.raises(TypeError, match="positional"):
        kind(None, True)


@pytest.mark.parametrize("name", list(BOTH))
def test_before_fitting_there_is_nothing_to_transform_with(name):
    for ask in (lambda v: v.transform(COLUMN), lambda v: v.get_feature_names_out()):
        with pytest.raises(NotFittedError):
            ask(BOTH[name]())


@pytest.mark.parametrize("name", list(BOTH))
@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"text": COLUMN}),
        pl.DataFrame({"text": COLUMN}),
        np.array([COLUMN], dtype=object),
        scipy.sparse.csr_array((2, 2)),
    ],
    ids=["pandas", "polars", "numpy", "scipy"],
)
def test_a_table_is_refused_with_the_way_out(name, table):
    with pytest.raises(
        ValueError, match="X: expected one column of texts, got 2 dimensions; in a Col"
    ):
        BOTH[name]().fit(table)


def test_numbers_are_refused():
    with pytest.raises(TypeError, match="expected text"):
        ActorVectorizer(ACTORS).fit(np.arange(3))
    with pytest.raises(TypeError, match="expected text"):
        ToneVectorizer(LEXICON).fit_transform(np.arange(3))


@pytest.mark.parametrize("name", list(BOTH))
@pytest.mark.parametrize("protocol", [2, 5])
def test_a_fitted_vectorizer_can_be_pickled(name, protocol):
    fitted = BOTH[name]().fit(COLUMN)
    held = pickle.loads(pickle.dumps(fitted, protocol))
    np.testing.assert_array_equal(dense(held.transform(COLUMN)), dense(fitted.transform(COLUMN)))
    assert held.get_feature_names_out().tolist() == fitted.get_feature_names_out().tolist()


LEXICONS = {
    "weights": lambda: Lexicon({"thank*": 1, "good": -1}, rule="sum", reach=2, threshold=0.1),
    "categories": lambda: Lexicon({"calm": ["thank*"], "war": ["attack*"]}),
    "poles": lambda: Lexicon(
        {"calm": ["thank*"], "war": ["attack*"]}, poles={"calm": 1, "war": -1}
    ),
    "conflict": Lexicon.conflict,
    "vader": lambda: Lexicon.vader(lexicon={"kabul": 2.0}, sum="compensated", fold=True),
    "afinn": Lexicon.afinn,
    "afinn_emoticons": lambda: Lexicon.afinn(emoticons=True),
}


@pytest.mark.parametrize("name", list(LEXICONS))
def test_a_lexicon_can_be_pickled(name):
    lexicon = LEXICONS[name]()
    held = pickle.loads(pickle.dumps(lexicon))
    texts = [*COLUMN, "Not good :) at all, but Kabul is very smart!!!"]
    pd.testing.assert_frame_equal(score(texts, held), score(texts, lexicon))
    assert held.config == lexicon.config
    pd.testing.assert_frame_equal(held.report, lexicon.report)
    assert copy.deepcopy(lexicon) is copy.copy(lexicon) is lexicon


# ---- in company ----------------------------------------------------------------------------------

ARTICLES = pd.DataFrame(
    {
        "text": ["Moscow thanked Kabul.", "Iran attacked Kabul.", None, "Good Iran, good Moscow."]
        * 5,
        "words": [3.0, 4.0, 5.0, 6.0] * 5,
        "label": [0, 1, 0, 1] * 5,
    },
    index=[f"d{i}" for i in range(20)],
)


def test_a_column_transformer_puts_actors_tone_and_numbers_side_by_side():
    transformer = ColumnTransformer(
        [
            ("who", ActorVectorizer(ACTORS), "text"),
            ("tone", ToneVectorizer(LEXICON, columns=["hits"]), "text"),
            ("rest", "passthrough", ["words"]),
        ]
    )
    values = dense(transformer.fit_transform(ARTICLES))
    assert values[1].tolist() == [0, 1, 1, 1, 4]
    assert transformer.get_feature_names_out().tolist() == [
        *["who__RUS", "who__AFG", "who__IRN", "tone__hits", "rest__words"]
    ]
    polars = pl.from_pandas(ARTICLES)
    np.testing.assert_array_equal(dense(transformer.fit_transform(polars)), values)


def test_a_column_named_in_a_list_is_refused_with_the_way_out():
    transformer = ColumnTransformer([("who", ActorVectorizer(ACTORS), ["text"])])
    with pytest.raises(ValueError, match="give its name without a list around it"):
        transformer.fit_transform(ARTICLES)


def test_set_output_gives_frames_with_the_index_of_the_column():
    actors = ActorVectorizer(ACTORS, sparse_output=False).set_output(transform="pandas")
    frame = actors.fit_transform(ARTICLES["text"])
    assert frame.columns.tolist() == ["RUS", "AFG", "IRN"]
    assert frame.index.equals(ARTICLES.index)
    assert frame.loc["d3"].tolist() == [1, 0, 1]
    tone = ToneVectorizer(LEXICON).set_output(transform="polars").fit_transform(COLUMN)
    assert isinstance(tone, pl.DataFrame)
    assert tone.columns == score([], LEXICON).columns.tolist()


def test_a_pipeline_learns_from_actors_and_tone():
    tone = make_pipeline(
        ToneVectorizer(LEXICON, columns=["tone", "positive"], missing="nan"),
        SimpleImputer(strategy="constant", fill_value=0.0),
    )
    features = ColumnTransformer([("who", ActorVectorizer(ACTORS), "text"), ("tone", tone, "text")])
    model = Pipeline([("features", features), ("learn", LogisticRegression())])
    model.fit(ARTICLES, ARTICLES["label"])
    assert model.score(ARTICLES, ARTICLES["label"]) == 1.0
    names = model[:-1].get_feature_names_out().tolist()
    assert names == ["who__RUS", "who__AFG", "who__IRN", "tone__tone", "tone__positive"]


def test_hyper_parameters_can_be_searched():
    model = Pipeline([("who", ActorVectorizer(ACTORS)), ("learn", LogisticRegression())])
    grid = {"who__min_df": [0, 0.3], "who__binary": [False, True], "who__actors": [ACTORS, None]}
    search = GridSearchCV(model, grid, cv=2, error_score="raise")
    search.fit(ARTICLES["text"], ARTICLES["label"])
    assert len(search.cv_results_["params"]) == 8
    assert search.best_score_ == 1.0
    tone = make_pipeline(ToneVectorizer(LEXICON), SimpleImputer(), LogisticRegression())
    grid = {"tonevectorizer__columns": [["hits", "tone"], ["words"]]}
    search = GridSearchCV(tone, grid, cv=2, error_score="raise")
    assert search.fit(ARTICLES["text"], ARTICLES["label"]).best_score_ > 0.5


def test_it_counts_what_count_vectorizer_counts_of_plain_words():
    words = CountVectorizer(vocabulary=["russia", "moscow"]).fit_transform(
        [text or "" for text in COLUMN]
    )
    mine = ActorVectorizer(Actors({"RUS": ["Russia", "Moscow"]})).fit_transform(COLUMN)
    assert mine.toarray()[:, 0].tolist() == words.sum(axis=1).A1.tolist()


def test_counts_are_those_of_mentions():
    counts = Corpus(COLUMN).mentions(ACTORS).counts()
    made = ActorVectorizer(ACTORS).fit_transform(COLUMN).toarray()
    assert made.tolist() == counts[["RUS", "AFG", "IRN"]].values.tolist()


def test_the_names_are_found_at_the_top():
    assert ca.ActorVectorizer is ActorVectorizer
    assert {"ActorVectorizer", "ToneVectorizer"} <= set(dir(ca))
    with pytest.raises(AttributeError, match="module 'coactor' has no attribute 'Vectorizer'"):
        _ = ca.Vectorizer
