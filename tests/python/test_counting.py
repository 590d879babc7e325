"""Every unit and rule of counting against plain Python; groups, sums, selection, roll-up."""

import doctest
import functools
import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from coactor import Actors, Cooccurrence, Corpus, Mentions

NAMES = ["Ada", "Bob", "Cyd", "Dan", "Eve"]
ACTORS = Actors({name.upper(): [name] for name in NAMES})
WORDS = ["went", "met", "saw", "again", ","]


def random_frame(seed, n_docs=30):
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(n_docs):
        paragraphs = []
        for _ in range(rng.integers(0, 4)):
            sentences = []
            for _ in range(rng.integers(1, 5)):
                words = [
                    str(rng.choice(NAMES if rng.random() < 0.4 else WORDS))
                    for _ in range(rng.integers(1, 12))
                ]
                sentences.append("So " + " ".join(words) + ".")
            paragraphs.append(" ".join(sentences))
        texts.append("\n\n".join(paragraphs))
    days = pd.Timestamp("2024-01-15") + pd.to_timedelta(rng.integers(0, 200, n_docs), unit="D")
    dates = pd.Series(days.strftime("%Y-%m-%d")).where(rng.random(n_docs) > 0.1)
    outlet = rng.choice(["east", "west"], n_docs)
    return pd.DataFrame({"text": texts, "date": dates, "outlet": outlet})


def corpus_of(frame):
    return Corpus(frame, date="date", by="outlet")


def units_of(mentions, unit, span=1, within=None):
    """The units of a corpus as lists of (actor, start, first word, end word), slowly."""
    corpus = mentions.corpus
    rows = mentions.to_frame()
    places = list(zip(mentions._first.tolist(), mentions._last.tolist(), strict=True))
    found = [
        (int(d), int(p), int(s), (a, start, *place))
        for d, p, s, a, start, place in zip(
            *(rows[name] for name in ("doc", "paragraph", "sentence", "actor", "start")),
            places,
            strict=True,
        )
    ]
    sentences = corpus.sentences()
    for doc in range(corpus.n_docs):
        mine = sentences[sentences["doc"] == doc]
        here = [item for item in found if item[0] == doc]
        if len(mine) == 0:
            continue
        if unit == "document":
            yield doc, [item[3] for item in here]
        elif unit == "paragraph":
            for number in sorted(set(mine["paragraph"])):
                yield doc, [item[3] for item in here if item[1] == number]
        else:
            stretches = (
                [mine["sentence"].tolist()]
                if within is None
                else [part["sentence"].tolist() for _, part in mine.groupby("paragraph")]
            )
            for stretch in stretches:
                for at in range(max(1, len(stretch) - span + 1)):
                    held = set(stretch[at : at + span])
                    yield doc, [item[3] for item in here if item[2] in held]


def value_of(unit, a, b, count, directed):
    """What one unit counts for a pair; None where it does not hold both."""
    of_a = [item for item in unit if item[0] == a]
    of_b = [item for item in unit if item[0] == b]
    if not of_a or not of_b:
        return None
    if directed and not any(i[1] < j[1] for i in of_a for j in of_b):
        return None
    m = len({item[0] for item in unit})
    gaps = [
        max(i[2], j[2]) - min(i[3], j[3]) + 1
        for i in of_a
        for j in of_b
        if not directed or i[1] < j[1]
    ]
    return {
        "binary": 1,
        "min": min(len(of_a), len(of_b)),
        "product": len(of_a) * len(of_b),
        "fractional": 1 / (m - 1),
        "pairs": len(gaps),
        "distance": sum(1 / gap for gap in gaps),
    }[count]


UNITS = [
    {"unit": "document"},
    {"unit": "paragraph"},
    {"unit": "sentence"},
    {"unit": "sentence", "span": 2},
    {"unit": "sentence", "span": 3, "within": "paragraph"},
]
COUNTS = ["binary", "min", "product", "pairs", "fractional", "distance"]


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


# ---- groups --------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["outlet", "month", ["outlet", "quarter"], "year"])
@pytest.mark.parametrize(
    "options", [{}, {"count": "fractional"}, {"unit": "window", "window": 5}], ids=str
)
def test_each_group_counts_what_its_documents_would_alone(by, options):
    frame = random_frame(3, 60)
    corpus = corpus_of(frame)
    pairs = corpus.mentions(ACTORS).cooccur(by=by, **options)
    groups = corpus._groups(by)
    table, sizes = pairs.to_frame(), pairs.groups
    names = list(groups.columns)
    assert list(table.columns[: len(names)]) == names
    assert sizes["n_docs"].sum() == (corpus.documents["n_tokens"] > 0).sum()
    for number, (_, rows) in enumerate(groups.groupby(names, dropna=False, sort=True)):
        alone = corpus_of(frame.loc[rows.index].reset_index(drop=True))
        wanted = alone.mentions(ACTORS).cooccur(**options).to_frame()
        key = sizes.loc[number, names]
        mine = pd.Series(True, index=table.index)
        for name in names:
            mine &= (table[name] == key[name]) | (table[name].isna() & pd.isna(key[name]))
        found = table[mine].drop(columns=names).reset_index(drop=True)
        pd.testing.assert_frame_equal(found, wanted)
        matrix = pairs.matrix(group=tuple(key))
        assert list(matrix.index) == pairs.actors
        assert matrix.to_numpy().sum() == pytest.approx(2 * wanted["count"].sum())


def test_rolling_windows_hold_the_documents_of_their_months():
    frame = random_frame(4, 80)
    corpus = corpus_of(frame)
    mentions = corpus.mentions(ACTORS)
    rolled = mentions.cooccur(by="month", rolling=3, step=2)
    month = corpus._groups("month")["month"]
    sizes = rolled.groups
    starts = sizes["month"].dropna()
    assert (starts.diff().dropna().dt.days.between(59, 62)).all()
    for number, start in starts.items():
        inside = (month >= start) & (month < start + pd.DateOffset(months=3))
        alone = corpus_of(frame[inside].reset_index(drop=True)).mentions(ACTORS).cooccur()
        assert sizes.loc[number, "n_units"] == alone.n_units
        found = rolled.matrix(group=start).loc[alone.actors, alone.actors]
        assert np.array_equal(found, alone.matrix())
    assert sizes["month"].isna().sum() == 1  # those without a date are kept, and counted
    assert sizes["n_docs"].iloc[-1] == (month.isna() & (corpus.documents["n_tokens"] > 0)).sum()


def test_pooled_groups_are_the_whole_and_actors_are_the_same_in_all():
    mentions = corpus_of(random_frame(5)).mentions(ACTORS)
    grouped = mentions.cooccur(by=["outlet", "month"])
    whole = mentions.cooccur()
    pd.testing.assert_frame_equal(grouped.pooled().to_frame(), whole.to_frame())
    assert grouped.actors == whole.actors and grouped.n_units == whole.n_units
    zeros = grouped.to_frame(zeros=True)
    assert len(zeros) == len(grouped.groups) * math.comb(len(whole.actors), 2)
    assert zeros["count"].sum() == whole.to_frame()["count"].sum()


SETTINGS = [
    {},
    {"unit": "document", "count": "product"},
    {"unit": "sentence", "span": 2, "count": "fractional"},
    {"unit": "paragraph", "count": "distance", "directed": True},
    {"unit": "window", "window": 6, "count": "distance", "decay": "exp"},
    {"unit": "window", "window": 6, "by": "outlet"},
    {"by": "month", "rolling": 2},
    {"universe": "actors", "directed": True},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("cut", [0, 7, 40])
def test_the_sum_of_the_parts_is_the_whole(settings, cut):
    frame = random_frame(6, 40)
    if cut in (0, 40) and "by" in settings:
        frame["date"] = "2024-05-05"
    parts = [
        corpus_of(part.reset_index(drop=True)).mentions(ACTORS).cooccur(**settings)
        for part in (frame[:cut], frame[cut:])
    ]
    whole = corpus_of(frame).mentions(ACTORS).cooccur(**settings)
    total = parts[0] + parts[1]
    pd.testing.assert_frame_equal(total.to_frame(), whole.to_frame(), check_exact=True)
    assert total.actors == whole.actors
    assert total.self_pairs.equals(whole.self_pairs)
    assert total.occurrences.equals(whole.occurrences)
    first = whole.to_frame().iloc[0]
    assert len(total.kwic(first.a, first.b)) == len(whole.kwic(first.a, first.b))
    if "unit" not in settings and not settings.get("directed"):
        pd.testing.assert_frame_equal(total.test(), whole.test())


@hypothesis_settings(deadline=None, max_examples=60, derandomize=True)
@given(
    unit=st.sampled_from([*UNITS, {"unit": "window", "window": 5}]),
    count=st.sampled_from([*COUNTS, "exp", "vector"]),
    directed=st.booleans(),
    groups=st.sampled_from([{}, {"by": "outlet"}, {"by": "month", "rolling": 2}]),
    universe=st.sampled_from(["text", "actors"]),
    cuts=st.lists(st.integers(0, 20), min_size=2, max_size=2).map(sorted),
    seed=st.integers(0, 5),
)
def test_any_cut_into_three_adds_up_to_the_whole(
    unit, count, directed, groups, universe, cuts, seed
):
    chosen = {**unit, **groups, "directed": directed, "universe": universe, "count": count}
    if count in ("exp", "vector"):
        chosen |= {"count": "distance", "decay": "exp" if count == "exp" else [1, 0.3, 0.1, 0, 2]}
    if unit["unit"] == "window" and chosen["count"] not in ("pairs", "distance"):
        chosen["count"] = "pairs"
    frame = random_frame(seed, 20)
    frame.loc[::5, "date"] = "2024-05-05"  # each part has a date, as periods need one
    whole = corpus_of(frame).mentions(ACTORS).cooccur(**chosen, threads=1)
    bounds = [0, *cuts, len(frame)]
    parts = [
        corpus_of(frame[begin:end].reset_index(drop=True)).mentions(ACTORS)
        for begin, end in itertools.pairwise(bounds)
        if "by" not in groups or groups["by"] == "outlet" or frame["date"][begin:end].notna().any()
    ]
    assume(sum(part.corpus.n_docs for part in parts) == len(frame))
    one, *others = (part.cooccur(**chosen, threads=2) for part in parts)
    forward, backward = sum(others, one), functools.reduce(lambda a, b: b + a, others, one)
    for total in (forward, backward):
        pd.testing.assert_frame_equal(total.to_frame(), whole.to_frame(), check_exact=True)
        pd.testing.assert_series_equal(total.self_pairs, whole.self_pairs, check_exact=True)
        pd.testing.assert_frame_equal(total.groups, whole.groups)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_any_number_of_threads_gives_the_same_bits(settings):
    mentions = corpus_of(random_frame(7)).mentions(ACTORS)
    one, *others = (mentions.cooccur(**settings, threads=n).to_frame() for n in (1, 2, 5))
    for other in others:
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_sums_of_different_counts_are_refused():
    mentions = corpus_of(random_frame(8)).mentions(ACTORS)
    pairs = mentions.cooccur()
    with pytest.raises(ValueError, match="not counted in the same way: unit differ"):
        pairs + mentions.cooccur(unit="document")
    with pytest.raises(ValueError, match="add first"):
        pairs + pairs.select(min_expected=1)
    with pytest.raises(TypeError):
        pairs + 1


# ---- selecting -----------------------------------------------------------------------------------


def test_a_selection_leaves_the_numbers_as_they_were():
    mentions = corpus_of(random_frame(10)).mentions(ACTORS)
    for settings in ({"count": "fractional"}, {"by": "outlet"}, {"unit": "window", "window": 3}):
        whole = mentions.cooccur(**settings)
        some = whole.select(actors=["ADA", "DAN", "BOB"])
        assert some.actors == ["ADA", "BOB", "DAN"]
        frame = whole.to_frame()
        wanted = frame[frame["a"].isin(some.actors) & frame["b"].isin(some.actors)]
        pd.testing.assert_frame_equal(some.to_frame(), wanted.reset_index(drop=True))
        direct = mentions.cooccur(**settings, actors=["DAN", "BOB", "ADA"])
        pd.testing.assert_frame_equal(some.to_frame(), direct.to_frame())
        pair = whole.select(pairs=[("DAN", "ADA")])
        assert set(zip(pair.to_frame().a, pair.to_frame().b, strict=True)) == {("ADA", "DAN")}


def test_min_expected_is_a_filter_on_margins_alone():
    whole = corpus_of(random_frame(11)).mentions(ACTORS).cooccur(unit="paragraph")
    frame = whole.to_frame(zeros=True)
    least = float(frame["expected"].median())
    kept = whole.select(min_expected=least).to_frame(zeros=True)
    wanted = frame[frame["expected"] >= least].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, wanted)


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
    assert "1 times this made one actor of several" in pairs.methods()


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
    ],
)
def test_settings_that_do_not_go_together_are_an_error_that_says_why(options, message):
    mentions = corpus_of(random_frame(1, 5)).mentions(ACTORS)
    with pytest.raises(ValueError, match=message):
        mentions.cooccur(**options)


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


def by_outlet():
    frame = pd.DataFrame(
        {
            "text": ["Arda met Borin. Cela slept.", "Arda met Cela. Borin and Cela left. Arda."],
            "outlet": ["x", "y"],
        }
    )
    actors = Actors({"A": ["Arda"], "B": ["Borin"], "C": ["Cela"]})
    return Corpus(frame).mentions(actors)


@pytest.mark.parametrize("name", "association pmi2 pmi3 g2 chi2 t z fisher".split())
def test_what_doubles_with_the_corpus_is_not_compared_across_groups_of_unequal_n(name):
    with pytest.raises(ValueError, match=f"{name} grows with"):
        by_outlet().cooccur(by="outlet").to_frame(measures=name)


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


def test_a_measure_of_a_pair_that_was_not_selected_is_not_a_number():
    pairs = by_outlet().cooccur()
    chosen = pairs.select(pairs=[("B", "A")]).matrix("lift")
    whole = pairs.matrix("lift")
    assert chosen.loc["A", "B"] == chosen.loc["B", "A"] == whole.loc["A", "B"]
    assert np.isnan(chosen.loc["A", "C"]) and np.isnan(chosen.loc["C", "B"])
    often = pairs.select(min_expected=1.2).matrix("jaccard")
    expected = pairs.to_frame(zeros=True).set_index(["a", "b"])["expected"]
    for (a, b), value in expected.items():
        assert np.isnan(often.loc[a, b]) == (value < 1.2)


def test_nothing_to_test_is_an_empty_table_also_by_group():
    frame = pd.DataFrame({"text": pd.Series([], dtype=object), "outlet": []})
    empty = Corpus(frame).mentions(Actors({"A": ["Arda"], "B": ["Borin"]})).cooccur(by="outlet")
    assert len(empty.test()) == 0 and empty.test().attrs["n_tests"] == 0
    with pytest.raises(ValueError, match="min_expected must be a number of at least 0, got -1"):
        empty.test(min_expected=-1)


def test_an_adjusted_p_is_never_below_p():
    from coactor._inference import adjusted

    p = np.array([0.7, 0.9917739107] + [0.9917739107 * (1 - 1e-16)] * 40)
    for how in ("BH", "BY", "holm"):
        assert (adjusted(p, how) >= p).all()


@pytest.mark.parametrize("name", ["a", "count", "n_units", "p", "pmi", "class_b"])
def test_groups_by_a_column_that_the_result_has_itself_are_an_error(name):
    mentions = Corpus(pd.DataFrame({"text": ["Ada met Bob."], name: ["x"]})).mentions(ACTORS)
    with pytest.raises(ValueError, match=f"by='{name}': the result has a column of this name"):
        mentions.cooccur(by=name)


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
