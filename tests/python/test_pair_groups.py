"""Groups, periods, sums of parts, selections: each against counts of the same documents alone."""

import functools
import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from oracle_pairs import ACTORS, COUNTS, SETTINGS, UNITS, corpus_of, random_frame

from coactor import Actors, Cooccurrence, Corpus


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


@pytest.mark.filterwarnings("ignore:in .* groups the test rests on few documents")
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
    with pytest.raises(ValueError, match=r"unit, directed differ$"):
        pairs + mentions.cooccur(unit="document", directed=True)
    with pytest.raises(ValueError, match="add first"):
        pairs + pairs.select(min_expected=1)
    with pytest.raises(TypeError):
        pairs + 1


def test_a_sum_is_refused_where_one_part_leaves_out_an_actor_of_the_other():
    mentions = corpus_of(random_frame(8)).mentions(ACTORS)
    matrix = Cooccurrence.from_incidence(np.ones((2, 3)), ["ADA", "BOB", "CYD"])
    for whole in (mentions.cooccur(), matrix):
        some = whole.select(actors=["ADA", "BOB"])
        assert (some + some).to_frame()["count"].tolist() == (2 * some.to_frame()["count"]).tolist()
        for one, other in ((some, whole), (whole, some)):
            with pytest.raises(ValueError, match="leaves out 'CYD'"):
                one + other
    with pytest.raises(ValueError, match="leaves out 'CYD', 'DAN', 'EVE', which"):
        mentions.cooccur() + mentions.cooccur(actors=["BOB", "ADA"])


def test_a_sum_takes_actors_that_one_part_never_names():
    one = Corpus(["Ada met Bob."]).mentions(ACTORS).cooccur()
    other = Corpus(["Ada met Cyd."]).mentions(ACTORS).cooccur()
    total = one + other + one
    assert total.actors == ["ADA", "BOB", "CYD"] and total.n_units == 3
    assert [part["unit"] for part in total.config["added"]] == ["sentence"] * 3


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
    with pytest.raises(ValueError, match=f"{name} changes with"):
        by_outlet().cooccur(by="outlet").to_frame(measures=name)


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


def test_a_key_that_is_no_date_is_an_error_that_lists_the_groups():
    pairs = corpus_of(random_frame(3)).mentions(ACTORS).cooccur(by="month")
    with pytest.raises(ValueError, match=r"group='soon': no such group; there are: .*2024"):
        pairs.matrix(group="soon")


@pytest.mark.parametrize("name", ["a", "count", "n_units", "p", "pmi", "class_b"])
def test_groups_by_a_column_that_the_result_has_itself_are_an_error(name):
    mentions = Corpus(pd.DataFrame({"text": ["Ada met Bob."], name: ["x"]})).mentions(ACTORS)
    with pytest.raises(ValueError, match=f"by='{name}': the result has a column of this name"):
        mentions.cooccur(by=name)
