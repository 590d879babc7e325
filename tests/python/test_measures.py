"""Measures of association: against values by hand, SciPy, and their own promises."""

import math
import warnings

import numpy as np
import pytest
import scipy.sparse
import scipy.stats
from pairs_by_hand import HAND, HAND_DOCS

from coactor import Cooccurrence
from coactor._measures import MEASURES


@pytest.fixture
def hand():
    return Cooccurrence.from_incidence(HAND, list("ABCD"), docs=HAND_DOCS)


def value(name, a, n_i, n_j, n):
    arrays = (np.array([x], dtype=np.float64) for x in (a, n_i, n_j, n))
    return MEASURES[name].of(*arrays)[0]


@pytest.mark.parametrize(
    ("name", "table", "expected"),
    [
        # a, n_i, n_j, N
        ("units", (10, 20, 40, 100), 10),
        ("joint", (10, 20, 40, 100), 0.1),
        ("conditional", (10, 20, 40, 100), 0.5),
        ("association", (10, 20, 40, 100), 10 / 800),
        ("pmi", (10, 20, 40, 100), math.log2(1.25)),
        ("pmi", (0, 20, 40, 100), -math.inf),
        ("ppmi", (10, 20, 40, 100), math.log2(1.25)),
        ("ppmi", (5, 20, 40, 100), 0.0),
        ("ppmi", (0, 20, 40, 100), 0.0),
        ("pmi2", (10, 20, 40, 100), math.log2(12.5)),
        ("pmi3", (10, 20, 40, 100), math.log2(125)),
        ("chi2", (10, 20, 40, 100), 100 * (10 * 50 - 10 * 30) ** 2 / (20 * 80 * 40 * 60)),
        ("chi2", (20, 20, 100, 100), math.nan),
        ("t", (10, 20, 40, 100), 2 / math.sqrt(10)),
        ("t", (0, 20, 40, 100), -math.inf),
        ("t", (0, 0, 40, 100), math.nan),
        ("z", (10, 20, 40, 100), 2 / math.sqrt(20 * 40 * 80 * 60 / (100**2 * 99))),
        ("z", (20, 20, 100, 100), math.nan),
        ("log_odds", (10, 20, 40, 100), math.log(10.5 * 50.5 / (10.5 * 30.5))),
        ("log_odds", (0, 0, 0, 0), math.nan),
        ("delta_p", (10, 20, 40, 100), 10 / 20 - 30 / 80),
        ("delta_p", (40, 100, 40, 100), math.nan),
        ("dice", (10, 20, 40, 100), 20 / 60),
        ("ochiai", (10, 20, 40, 100), 10 / math.sqrt(800)),
        ("simpson", (10, 20, 40, 100), 0.5),
        ("simpson", (0, 0, 40, 100), math.nan),
        ("phi", (10, 20, 40, 100), 200 / math.sqrt(20 * 80 * 40 * 60)),
        ("phi", (20, 20, 20, 100), 1.0),
        ("fisher", (0, 20, 40, 100), 1.0),
        # one white ball of two, drawn as one of four
        ("fisher", (1, 2, 1, 4), 0.5),
        ("fisher", (0, 0, 0, 0), math.nan),
        ("jaccard", (10, 20, 40, 100), 10 / 50),
        ("lift", (10, 20, 40, 100), 1.25),
        ("npmi", (10, 20, 40, 100), math.log(1.25) / math.log(10)),
        # cells 10 (8 expected), 10 (12), 30 (32), 50 (48)
        (
            "g2",
            (10, 20, 40, 100),
            2 * math.fsum(o * math.log(o / e) for o, e in [(10, 8), (10, 12), (30, 32), (50, 48)]),
        ),
        ("g2", (8, 20, 40, 100), 0.0),
        ("lift", (0, 20, 40, 100), 0.0),
        ("jaccard", (0, 20, 40, 100), 0.0),
        ("npmi", (0, 20, 40, 100), -1.0),
        ("npmi", (20, 20, 20, 100), 1.0),
        ("npmi", (7, 7, 7, 31), 1.0),
        ("npmi", (8, 20, 40, 100), 0.0),
        ("npmi", (100, 100, 100, 100), math.nan),
        ("lift", (100, 100, 100, 100), 1.0),
        ("g2", (100, 100, 100, 100), 0.0),
        ("g2", (40, 100, 40, 100), 0.0),
        # 0 of 5 expected: cells 0, 50, 10, 40
        (
            "g2",
            (0, 50, 10, 100),
            -2 * (50 * math.log(50 / 45) + 10 * math.log(10 / 5) + 40 * math.log(40 / 45)),
        ),
        ("jaccard", (0, 0, 0, 100), math.nan),
        ("lift", (0, 0, 40, 100), math.nan),
        ("npmi", (0, 0, 40, 100), math.nan),
        ("g2", (0, 0, 40, 100), 0.0),
        ("lift", (0, 0, 0, 0), math.nan),
        ("npmi", (0, 0, 0, 0), math.nan),
        ("g2", (0, 0, 0, 0), math.nan),
    ],
)
def test_measures_have_the_values_computed_by_hand(name, table, expected):
    assert value(name, *table) == pytest.approx(expected, abs=1e-12, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("seed", range(30))
def test_g2_is_that_of_scipy_with_the_sign_of_the_difference(seed):
    rng = np.random.default_rng(seed)
    a, b, c, d = rng.integers(1, 10 ** rng.integers(1, 7), 4).tolist()
    statistic = scipy.stats.chi2_contingency(
        [[a, b], [c, d]], correction=False, lambda_="log-likelihood"
    ).statistic
    n = a + b + c + d
    sign = np.sign(a * n - (a + b) * (a + c))
    assert value("g2", a, a + b, a + c, n) == pytest.approx(sign * statistic, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("seed", range(30))
def test_fisher_chi2_and_the_odds_ratio_are_those_of_scipy(seed):
    rng = np.random.default_rng(seed)
    a, b, c, d = rng.integers(1, 10 ** rng.integers(1, 4), 4).tolist()
    n, table = a + b + c + d, [[a, b], [c, d]]
    found = {name: value(name, a, a + b, a + c, n) for name in ("fisher", "chi2", "log_odds")}
    assert found["fisher"] == pytest.approx(
        scipy.stats.fisher_exact(table, alternative="greater").pvalue, rel=1e-10
    )
    chi2 = scipy.stats.chi2_contingency(table, correction=False).statistic
    assert found["chi2"] == pytest.approx(chi2, rel=1e-10, abs=1e-12)
    halves = np.array(table) + 0.5
    odds = scipy.stats.contingency.odds_ratio(np.array(table), kind="sample").statistic
    assert odds == pytest.approx(a * d / (b * c), rel=1e-10)
    by_hand = np.log(halves[0, 0] * halves[1, 1] / (halves[0, 1] * halves[1, 0]))
    assert found["log_odds"] == pytest.approx(by_hand, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("name", list(MEASURES))
def test_no_table_of_counts_makes_a_measure_warn_or_leave_its_range(name):
    tables = [
        (a, n_i, n_j, n)
        for n in range(7)
        for n_i in range(n + 1)
        for n_j in range(n + 1)
        for a in range(max(0, n_i + n_j - n), min(n_i, n_j) + 1)
    ]
    arrays = [np.array(column, dtype=np.float64) for column in zip(*tables, strict=True)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = MEASURES[name].of(*arrays)
    low, high = MEASURES[name].low, MEASURES[name].high
    defined = values[~np.isnan(values)]
    assert ((defined >= low - 1e-15) & (defined <= high + 1e-15)).all()
    a, n_i, n_j, n = arrays
    if name in ("pmi", "pmi2", "pmi3", "t"):
        assert (a[np.isinf(values)] == 0).all() and not (values == np.inf).any()
    else:
        assert not np.isinf(values).any()
    swapped = MEASURES[name].of(a, n_j, n_i, n)
    same = np.allclose(values, swapped, rtol=1e-12, atol=0, equal_nan=True)
    assert same == MEASURES[name].symmetric


def test_an_unknown_measure_is_an_error_that_lists_the_known(hand):
    listed = "'tasty'; there are: count, units, joint, .* ochiai, simpson, phi$"
    for call in (lambda: hand.matrix("tasty"), lambda: hand.to_frame(measures=["g2", "tasty"])):
        with pytest.raises(ValueError, match=listed):
            call()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *[("loglik", "g2"), ("log-likelihood", "g2"), ("G^2", "g2"), ("LLR", "g2")],
        *[("cosine", "ochiai"), ("confidence", "conditional"), ("overlap", "simpson")],
        *[("MI", "pmi"), ("pmi^2", "pmi2"), ("MI3", "pmi3"), ("PPMI", "ppmi"), ("NPMI", "npmi")],
        *[("chi-squared", "chi2"), ("t-score", "t"), ("z_score", "z"), ("deltaP", "delta_p")],
        *[("odds ratio", "log_odds"), ("logodds", "log_odds"), ("Sorensen", "dice")],
        *[("jacard", "jaccard"), ("Lift", "lift"), ("counts", "count"), ("correlation", "phi")],
    ],
)
def test_a_measure_that_has_another_name_here_is_suggested(hand, name, meant):
    for call in (hand.matrix, lambda name: hand.to_frame(measures=name)):
        with pytest.raises(ValueError, match=f"did you mean '{meant}'\\? there are: count, "):
            call(name)


def test_every_measure_says_what_it_is():
    for measure in MEASURES.values():
        assert measure.says and measure.formula
