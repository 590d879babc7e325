"""Every unit and rule of counting against plain Python; roll-up, two modes."""

import doctest
import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from oracle_pairs import (
    ACTORS,
    COUNTS,
    NAMES,
    SETTINGS,
    UNITS,
    corpus_of,
    random_frame,
    units_of,
    value_of,
)

from coactor import Actors, Cooccurrence, Corpus, Mentions
from coactor.cooccurrence import MEASURES


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_every_unit_and_rule_counts_as_plain_python_does(unit, count, directed):
    mentions = corpus_of(random_frame(COUNTS.index(count))).mentions(ACTORS)
    pairs = mentions.cooccur(**unit, count=count, directed=directed, actors="all")
    units = list(units_of(mentions, **unit))
    assert pairs.n_units == len(units)
    assert pairs.n_empty == sum(not held for _, held in units)
    matrix, held = pairs.matrix(), pairs.matrix("units")
    n_docs = {(r.a, r.b): r.n_docs for r in pairs.to_frame().itertuples()}
    for a, b in itertools.permutations(pairs.actors, 2):
        values = [(doc, value_of(mine, a, b, count, directed)) for doc, mine in units]
        met = [(doc, value) for doc, value in values if value is not None]
        assert matrix.loc[a, b] == pytest.approx(sum(v for _, v in met), abs=1e-7)
        assert held.loc[a, b] == len(met)
        if met and (directed or pairs.actors.index(a) < pairs.actors.index(b)):
            assert n_docs[a, b] == len({doc for doc, _ in met})
            assert len(pairs.kwic(a, b)) == len(met)
    for actor in pairs.actors:
        named = [sum(item[0] == actor for item in mine) for _, mine in units]
        assert pairs.occurrences[actor] == sum(n > 0 for n in named)
        if count == "product":
            assert pairs.self_pairs[actor] == sum(n * (n - 1) // 2 for n in named)
        elif count in ("binary", "min", "fractional"):
            assert pairs.self_pairs[actor] == sum(n > 1 for n in named)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("within", [None, "paragraph", "sentence"])
@pytest.mark.parametrize(
    ("count", "decay", "weigh"),
    [
        ("pairs", "inverse", lambda d: 1),
        ("distance", "inverse", lambda d: 1 / d),
        ("distance", "linear", lambda d: 1 - (d - 1) / 4),
        ("distance", "exp", lambda d: 2 ** (1 - d)),
        ("distance", [3, 0, 0.5, 2], lambda d: [3, 0, 0.5, 2][d - 1]),
    ],
)
def test_windows_count_as_plain_python_does(within, count, decay, weigh, directed):
    mentions = corpus_of(random_frame(9)).mentions(ACTORS)
    pairs = mentions.cooccur(
        unit="window", window=4, within=within, count=count, decay=decay, directed=directed
    )
    assert math.isnan(pairs.n_units) and math.isnan(pairs.n_empty)
    sums, numbers, selves = {}, {}, {}
    for _, unit in units_of(mentions, within or "document"):
        for i, j in itertools.combinations(unit, 2):
            d = j[2] - i[3] + 1
            if not 1 <= d <= 4 or weigh(d) == 0:
                continue
            if i[0] == j[0]:
                selves[i[0]] = selves.get(i[0], 0) + weigh(d)
                continue
            for pair in {(i[0], j[0]), (i[0], j[0]) if directed else (j[0], i[0])}:
                sums[pair] = sums.get(pair, 0) + weigh(d)
                numbers[pair] = numbers.get(pair, 0) + 1
    matrix = pairs.matrix()
    for a, b in itertools.permutations(pairs.actors, 2):
        assert matrix.loc[a, b] == pytest.approx(sums.get((a, b), 0), abs=1e-7)
        assert len(pairs.kwic(a, b)) == numbers.get((a, b), 0)
    for actor in pairs.actors:
        assert pairs.self_pairs[actor] == pytest.approx(selves.get(actor, 0), abs=1e-7)
    frame = pairs.to_frame(measures=["dice", "conditional"])
    assert frame[["expected", "lift", "jaccard"]].isna().to_numpy().all()


# What fcm of quanteda counts, by its documentation, off the diagonal: over words by position.


def fcm_of_documents(docs, boolean):
    sums = {}
    for words in docs:
        for a, b in itertools.permutations(set(words), 2):
            value = 1 if boolean else words.count(a) * words.count(b)
            sums[a, b] = sums.get((a, b), 0) + value
    return sums


def fcm_of_windows(docs, window, weigh, ordered):
    sums, documents = {}, {}
    for number, words in enumerate(docs):
        for (p, a), (q, b) in itertools.combinations(enumerate(words), 2):
            if q - p > window or a == b:
                continue
            for pair in [(a, b)] if ordered else [(a, b), (b, a)]:
                sums[pair] = sums.get(pair, 0) + weigh(q - p)
                documents.setdefault(pair, set()).add(number)
    return sums, {pair: len(held) for pair, held in documents.items()}


@pytest.fixture(scope="module")
def words_and_mentions():
    rng = np.random.default_rng(31)
    docs = [
        [str(w) for w in rng.choice([*NAMES, "went", "met"], rng.integers(1, 25))]
        for _ in range(25)
    ]
    return docs, Corpus([" ".join(words) for words in docs]).mentions(ACTORS)


def assert_counts(pairs, wanted):
    matrix = pairs.matrix()
    for a, b in itertools.permutations(NAMES, 2):
        found = matrix.loc[a.upper(), b.upper()]
        assert found == pytest.approx(wanted.get((a, b), 0), abs=1e-7)


@pytest.mark.parametrize(("count", "boolean"), [("product", False), ("binary", True)])
def test_the_document_counts_of_quanteda_can_be_had(words_and_mentions, count, boolean):
    docs, mentions = words_and_mentions
    pairs = mentions.cooccur(unit="document", count=count)
    assert_counts(pairs, fcm_of_documents(docs, boolean))
    if count == "product":  # its diagonal: pairs of a word with itself
        for name in NAMES:
            selves = sum(math.comb(words.count(name), 2) for words in docs)
            assert pairs.self_pairs[name.upper()] == selves


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize(
    ("options", "weigh"),
    [
        ({}, lambda d: 1),
        ({"count": "distance"}, lambda d: 1 / d),
        ({"count": "distance", "decay": [4, 2, 1, 0.5, 0.25]}, lambda d: 8 / 2**d),
    ],
    ids=["frequency", "weighted", "weights="],
)
def test_the_window_counts_of_quanteda_can_be_had(words_and_mentions, options, weigh, ordered):
    docs, mentions = words_and_mentions
    pairs = mentions.cooccur(unit="window", window=5, directed=ordered, **options)
    sums, documents = fcm_of_windows(docs, 5, weigh, ordered)
    assert_counts(pairs, sums)
    # Its boolean count of windows is the number of documents that have one.
    n_docs = {(r.a.title(), r.b.title()): r.n_docs for r in pairs.to_frame().itertuples()}
    named = {pair: n for pair, n in documents.items() if set(pair) <= set(NAMES)}
    assert n_docs == {pair: named[pair] for pair in n_docs}
    assert len(n_docs) == len(named) / (1 if ordered else 2)


def test_an_acronym_behind_its_name_is_no_self_pair():
    actors = Actors({"ADA": ["Ada Board", "AB"], "BOB": ["Bob"]})
    mentions = Corpus(["The Ada Board (AB) met Bob. AB and AB."]).mentions(actors)
    assert mentions.cooccur(count="product").self_pairs.to_dict() == {"ADA": 1, "BOB": 0}
    window = mentions.cooccur(unit="window", window=20, within="sentence")
    assert window.self_pairs.to_dict() == {"ADA": 1, "BOB": 0}
    assert window.matrix().loc["ADA", "BOB"] == 2


# ---- roll-up -------------------------------------------------------------------------------------

LEADERS = Actors(
    {
        "RUS": ["Russia"],
        "RUSLED": {"aliases": ["Ivan"], "parent": "RUS"},
        "AFG": ["Kabul"],
        "TAL": ["Talib"],
        "GHANI": {"aliases": ["Omar"], "parent": "AFG:..2021-08-14;TAL:2021-08-15.."},
    }
)
ROLLED = pd.DataFrame(
    {
        "text": [
            "Ivan of Russia met Kabul.",
            "Omar met Kabul and Russia.",
            "Omar met Kabul.",
            "Omar met Ivan.",
        ],
        "date": ["2020-01-01", "2021-08-14", "2021-08-15", None],
    }
)


def test_a_roll_up_makes_one_presence_of_a_leader_and_a_country():
    mentions = Corpus(ROLLED[:1]).mentions(LEADERS)
    pairs = mentions.cooccur(rollup="parent")
    assert pairs.matrix().to_dict() == {"RUS": {"RUS": 0, "AFG": 1}, "AFG": {"RUS": 1, "AFG": 0}}
    assert pairs.suppressed.to_dict() == {"RUS": 1, "AFG": 0}
    assert pairs.self_pairs.to_dict() == {"RUS": 1, "AFG": 0}
    assert "1 time this made one actor of several" in pairs.methods()


def test_parents_hold_on_the_date_of_the_document():
    pairs = Corpus(ROLLED, date="date").mentions(LEADERS).cooccur(rollup="parent")
    frame = pairs.to_frame()
    counts = dict(zip(zip(frame.a, frame.b, strict=True), frame["count"], strict=True))
    assert counts == {("RUS", "AFG"): 2, ("AFG", "TAL"): 1, ("RUS", "GHANI"): 1}


def test_a_code_prefix_and_a_table_roll_up_too():
    mentions = Corpus(ROLLED[:1]).mentions(LEADERS)
    assert mentions.cooccur(rollup=3).actors == ["RUS", "AFG"]
    assert mentions.cooccur(rollup={"RUSLED": "AFG"}).actors == ["RUS", "AFG"]
    named = mentions.cooccur(rollup={"RUSLED": "OTHER", "RUS": "OTHER"})
    assert named.actors == ["OTHER", "AFG"]
    assert named.suppressed.to_dict() == {"OTHER": 1, "AFG": 0}


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA, ""])
def test_a_table_that_has_nothing_for_an_actor_leaves_it_as_it_is(nothing):
    pairs = Corpus(ROLLED[:1]).mentions(LEADERS).cooccur(rollup={"RUSLED": nothing, "RUS": "R"})
    assert pairs.actors == ["R", "RUSLED", "AFG"]


@pytest.mark.parametrize(
    ("rollup", "error", "message"),
    [
        ("root", ValueError, "rollup='root' is not known"),
        (0, ValueError, "a prefix has at least one letter"),
        (1.5, TypeError, "expected 'parent', a length or a dict, got 1.5"),
    ],
)
def test_a_roll_up_that_cannot_be_done_says_why(rollup, error, message):
    with pytest.raises(error, match=message):
        Corpus(ROLLED[:1]).mentions(LEADERS).cooccur(rollup=rollup)


def test_spans_from_outside_have_no_parents():
    corpus = Corpus(["Ada met Bob."])
    spans = pd.DataFrame({"doc": [0, 0], "start": [0, 8], "end": [3, 11], "actor": ["A", "B"]})
    with pytest.raises(ValueError, match="needs a dictionary with parents"):
        Mentions.from_frame(corpus, spans).cooccur(rollup="parent")


# ---- two modes -----------------------------------------------------------------------------------


def test_two_modes_are_counted_across_alone():
    corpus = corpus_of(random_frame(12))
    concepts = Actors({"meet": ["met"], "see": ["saw"]})
    two = Cooccurrence.between(corpus.mentions(ACTORS), corpus.mentions(concepts))
    both = Actors({**{n.upper(): [n] for n in NAMES}, "meet": ["met"], "see": ["saw"]})
    wanted = (
        corpus.mentions(both).cooccur().matrix().loc[list(map(str.upper, NAMES)), ["meet", "see"]]
    )
    pd.testing.assert_frame_equal(two.matrix(), wanted)
    assert np.array_equal(two.to_scipy().toarray(), wanted)
    frame = two.to_frame(zeros=True)
    assert set(frame["b"]) == {"meet", "see"} and len(frame) == 10
    assert two.matrix("npmi").shape == (5, 2)
    assert len(two.kwic("ADA", "meet")) == wanted.loc["ADA", "meet"]
    with pytest.raises(ValueError, match="both actors and concepts: 'ADA'"):
        Cooccurrence.between(corpus.mentions(ACTORS), corpus.mentions(ACTORS))
    with pytest.raises(ValueError, match="one and the same corpus"):
        Cooccurrence.between(corpus.mentions(ACTORS), Corpus(["x"]).mentions(concepts))


# ---- what cannot be asked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "page"}, "unit='page'"),
        ({"window": 3}, 'window=3 needs unit="window"'),
        ({"unit": "window"}, "needs window="),
        ({"unit": "window", "window": 0}, "window must be at least 1"),
        ({"unit": "window", "window": 3, "count": "binary"}, "a window has none of its own"),
        ({"unit": "window", "window": 3, "span": 2}, "span=2 counts sentences"),
        ({"unit": "document", "within": "paragraph"}, "does not go with unit='document'"),
        ({"span": 0}, "span must be at least 1"),
        ({"count": "sum"}, "count='sum'"),
        ({"decay": "exp"}, 'needs count="distance"'),
        ({"count": "distance", "decay": "cubic"}, "decay='cubic'"),
        ({"count": "distance", "decay": [1, -1]}, "weights must be from 0"),
        ({"unit": "window", "window": 3, "count": "distance", "decay": [1]}, "1 weights, but"),
        ({"by": "colour"}, "colour"),
        ({"rolling": 2}, "rolling= needs a period"),
        ({"by": "outlet", "rolling": 2}, "exactly one period"),
        ({"by": "month", "step": 2}, "needs rolling="),
        ({"universe": "all"}, "universe='all'"),
        ({"by": ["outlet", "outlet"]}, "by: 'outlet' comes twice"),
    ],
)
def test_settings_that_do_not_go_together_are_an_error_that_says_why(options, message):
    mentions = corpus_of(random_frame(1, 5)).mentions(ACTORS)
    with pytest.raises(ValueError, match=message):
        mentions.cooccur(**options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": "distance", "decay": 3}, "decay must be 'inverse', .* or a list of numbers"),
        ({"count": "distance", "decay": ["near"]}, "decay must be .* not \\['near'\\]"),
        ({"by": 3.5}, "by: expected a column or a list of columns, got 3.5"),
        ({"actors": 3}, "actors must be a name or a list of names, not 3"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(options, message):
    with pytest.raises(TypeError, match=message):
        corpus_of(random_frame(1, 5)).mentions(ACTORS).cooccur(**options)


def test_what_is_no_list_of_actors_or_measures_is_named():
    mentions = corpus_of(random_frame(1, 5)).mentions(ACTORS)
    pairs = mentions.cooccur()
    with pytest.raises(TypeError, match="list of actors, not the text 'ADA'"):
        pairs.select(actors="ADA")
    with pytest.raises(TypeError, match="measures must be a name or a list of names, not 3"):
        pairs.to_frame(measures=3)
    with pytest.raises(TypeError, match="concepts: expected Mentions, got Actors"):
        Cooccurrence.between(mentions, ACTORS)


def test_measures_of_four_fields_are_refused_for_ordered_counts():
    mentions = corpus_of(random_frame(1)).mentions(ACTORS)
    ordered = mentions.cooccur(directed=True)
    for name, measure in MEASURES.items():
        if measure.fields:
            with pytest.raises(ValueError, match=f"{name} compares the units .* directed=False"):
                ordered.to_frame(measures=name)
        else:
            # Each refers to the units that hold both in this order.
            values = ordered.matrix(name).to_numpy()
            assert np.isnan(np.diag(values)).all()
            assert not np.isnan(values[~np.eye(len(values), dtype=bool)]).any()
    four = "g2 chi2 z fisher log_odds delta_p phi".split()
    assert [name for name, measure in MEASURES.items() if measure.fields] == four
    always = Corpus(["Ada met Bob."] * 9 + ["Bob met Ada."]).mentions(ACTORS)
    frame = always.cooccur(directed=True).to_frame(measures=["lift", "joint"])
    assert frame["lift"].tolist() == frame["joint"].tolist() == [0.9, 0.1]


def test_units_and_windows_may_be_longer_than_any_text():
    mentions = corpus_of(random_frame(2)).mentions(ACTORS)
    whole = mentions.cooccur(unit="document", count="product").to_frame()
    span = mentions.cooccur(span=10**9, count="product")
    assert span.to_frame()["count"].tolist() == whole["count"].tolist()
    for window in (10**4, 2**40, 2**70):
        pairs = mentions.cooccur(unit="window", window=window)
        assert pairs.to_frame()["count"].tolist() == whole["count"].tolist()
        assert len(pairs.kwic("ADA", "BOB")) == pairs.matrix().loc["ADA", "BOB"]
        exp = mentions.cooccur(unit="window", window=window, count="distance", decay="exp")
        near = mentions.cooccur(unit="window", window=40, count="distance", decay="exp")
        assert np.array_equal(exp.to_numpy(), near.to_numpy())
    linear = mentions.cooccur(unit="window", window=2**40, count="distance", decay="linear")
    assert np.allclose(linear.to_frame()["count"], whole["count"])


def test_measures_without_a_meaning_are_refused_with_the_reason():
    mentions = corpus_of(random_frame(2)).mentions(ACTORS)
    window = mentions.cooccur(unit="window", window=4)
    for name in ("npmi", "g2", "jaccard", "phi", "lift"):
        with pytest.raises(ValueError, match="pairs of mentions instead; possible are: cond"):
            window.to_frame(measures=[name])
    groups = mentions.cooccur(by="outlet")
    for name in ("g2", "chi2", "t", "z", "fisher"):
        with pytest.raises(ValueError, match="unequal N"):
            groups.to_frame(measures=[name])
        groups.matrix(name, group="east")
    with pytest.raises(ValueError, match="name one with group="):
        groups.matrix()
    with pytest.raises(ValueError, match="no such group"):
        groups.matrix(group="north")


def test_nobody_and_one_actor_give_empty_tables_of_the_same_form():
    full = corpus_of(random_frame(2)).mentions(ACTORS)
    for settings in SETTINGS:
        for frame in (
            random_frame(2, 3).assign(text="Nobody."),
            random_frame(2, 1).assign(text="Ada."),
        ):
            empty = corpus_of(frame.assign(date="2024-01-01")).mentions(ACTORS).cooccur(**settings)
            wanted = full.cooccur(**settings).to_frame()
            found = empty.to_frame()
            assert len(found) == 0 and list(found.columns) == list(wanted.columns)
            assert found.dtypes.drop(["month"], errors="ignore").equals(
                wanted.dtypes.drop(["month"], errors="ignore")
            )
            assert empty.methods() and repr(empty) and empty._repr_html_()


def test_the_page_on_counting_says_what_is_counted():
    page = Path(__file__).parents[2] / "docs" / "counting.md"
    failed, tried = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8"
    )
    assert (failed, tried > 15) == (0, True)


# ---- what a reader must not be led to believe ----------------------------------------------------


def test_every_measure_that_changes_as_a_corpus_doubles_says_so():
    from coactor._measures import MEASURES

    for name, measure in MEASURES.items():
        if name in ("count", "units"):
            continue
        one, two = (
            measure.of(*(np.array([k * x], dtype=np.float64) for x in (30, 60, 90, 400)))[0]
            for k in (1, 64)
        )
        same = one == pytest.approx(two, rel=0.02)  # log_odds adds a half to each field
        assert measure.grows != same, name


def test_an_adjusted_p_is_never_below_p():
    from coactor._inference import adjusted

    p = np.array([0.7, 0.9917739107] + [0.9917739107 * (1 - 1e-16)] * 40)
    for how in ("BH", "BY", "holm"):
        assert (adjusted(p, how) >= p).all()


def test_two_modes_say_what_they_are_and_have_no_pairs_of_one_mode():
    corpus = Corpus(["Ada met Bob. Cyd met Ada.", "Dan left Ada."])
    who, what = (
        corpus.mentions(Actors({name.upper(): [name] for name in names}))
        for names in (["Ada", "Bob"], ["Cyd", "Dan"])
    )
    pairs = Cooccurrence.between(who, what, rollup={"ADA": "X"})
    assert "A pair is one of 2 actors with one of 2 concepts" in pairs.methods()
    assert "rolled up by a table" in pairs.methods() and pairs.config["rollup"] == {"ADA": "X"}
    assert len(pairs.kwic("X", "CYD")) == len(pairs.kwic("CYD", "X")) == 1
    for a, b in (("X", "BOB"), ("CYD", "DAN")):
        with pytest.raises(ValueError, match="are of one mode; a pair is an actor and a concept"):
            pairs.kwic(a, b)


def test_two_modes_that_are_no_mentions_are_refused_by_name():
    corpus = Corpus(["Ada met Bob."])
    mentions = corpus.mentions(Actors({"A": ["Ada"]}))
    with pytest.raises(TypeError, match="concepts: expected Mentions, got Corpus"):
        Cooccurrence.between(mentions, corpus)
