"""Co-occurrence: counts against a slow oracle and SciPy, measures against values by hand."""

import math
import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import scipy.stats

from coactor import Actors, Cooccurrence, Corpus, Mentions
from coactor._incidence import Field
from coactor._measures import MEASURES
from coactor._sources import nearest

COLUMNS = [
    *["a", "b", "count", "n_docs", "n_a", "n_b", "share_a", "share_b"],
    *["jaccard", "expected", "lift", "flag"],
]

# Six sentences in three documents; the third names nobody, D occurs once and alone.
HAND = [
    # A  B  C  D
    [1, 2, 0, 0],
    [1, 1, 1, 0],
    [0, 0, 0, 0],
    [3, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
]
HAND_DOCS = ["d1", "d1", "d1", "d2", "d2", "d3"]


@pytest.fixture
def hand():
    return Cooccurrence.from_incidence(HAND, list("ABCD"), docs=HAND_DOCS)


def oracle(rows, docs):
    """The definition, in plain loops: counts, documents, occurrences, documents of each actor."""
    names = [{j for j, n in enumerate(row) if n > 0} for row in rows]
    n_actors = len(rows[0]) if rows else 0
    held = {i: [u for u, s in enumerate(names) if i in s] for i in range(n_actors)}
    count, n_docs = {}, {}
    for i in range(n_actors):
        for j in range(i + 1, n_actors):
            both = [u for u in held[i] if u in held[j]]
            if both:
                count[i, j] = len(both)
                n_docs[i, j] = len({docs[u] for u in both})
    return count, n_docs, held


def random_incidence(seed, n_units=120, n_actors=9, density=0.25):
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 4, (n_units, n_actors)) * (rng.random((n_units, n_actors)) < density)
    docs = [f"doc {k}" for k in rng.integers(0, 25, n_units)]  # in no order
    return counts, docs


# ---- counts --------------------------------------------------------------------------------------


def test_a_hand_made_matrix_is_counted_as_by_hand(hand):
    assert hand.actors == ["A", "B", "C", "D"]
    assert (hand.n_units, hand.n_empty, hand.universe) == (6, 1, "rows")
    assert hand.to_numpy().tolist() == [[0, 3, 1, 0], [3, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]]
    frame = hand.to_frame()
    assert frame[["a", "b", "count", "n_docs", "n_a", "n_b"]].values.tolist() == [
        ["A", "B", 3, 2, 3, 3],
        ["A", "C", 1, 1, 3, 2],
        ["B", "C", 1, 1, 3, 2],
    ]
    assert hand.occurrences.to_dict() == {"A": 3, "B": 3, "C": 2, "D": 1}
    assert len(hand) == 3


@pytest.mark.parametrize("seed", range(20))
def test_random_matrices_are_counted_as_the_oracle_counts_them(seed):
    counts, docs = random_incidence(seed, n_actors=1 + seed % 10)
    labels = [f"actor {j}" for j in range(counts.shape[1])]
    pairs = Cooccurrence.from_incidence(counts, labels, docs=docs)
    count, n_docs, held = oracle(counts.tolist(), docs)
    frame = pairs.to_frame()
    place = {label: j for j, label in enumerate(labels)}
    found = {
        (place[a], place[b]): (c, d, n_a, n_b)
        for a, b, c, d, n_a, n_b in frame[["a", "b", "count", "n_docs", "n_a", "n_b"]].values
    }
    assert found == {
        (i, j): (count[i, j], n_docs[i, j], len(held[i]), len(held[j])) for i, j in count
    }
    assert pairs.n_empty == sum(not row.any() for row in counts)


@pytest.mark.parametrize("shape", [(300, 40), (50, 700)])
def test_counts_are_those_of_u_transposed_times_u(shape):
    rng = np.random.default_rng(3)
    matrix = scipy.sparse.csr_array((rng.random(shape) < 0.1).astype(np.int64))
    labels = [str(j) for j in range(shape[1])]
    pairs = Cooccurrence.from_incidence(matrix, labels)
    product = (matrix.T @ matrix).toarray()
    assert np.array_equal(pairs.occurrences.to_numpy(), product.diagonal())
    np.fill_diagonal(product, 0)
    assert np.array_equal(pairs.to_numpy(), product)
    sparse = pairs.to_scipy()
    assert isinstance(sparse, scipy.sparse.csr_array)
    assert sparse.dtype == np.int64 and sparse.has_sorted_indices
    assert np.array_equal(sparse.toarray(), product)
    assert sparse.nnz == np.count_nonzero(product)


def test_results_are_the_same_bits_for_any_number_of_threads():
    counts, docs = random_incidence(5, n_units=400, n_actors=150)
    labels = [f"{j:03}" for j in range(150)]
    one, *others = (
        Cooccurrence.from_incidence(counts, labels, docs=docs, threads=n).to_frame(measures=["g2"])
        for n in (1, 2, 3, 8)
    )
    for other in others:
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_the_order_of_rows_does_not_matter():
    counts, docs = random_incidence(6)
    labels = list("ABCDEFGHI")
    order = np.random.default_rng(0).permutation(len(docs))
    before = Cooccurrence.from_incidence(counts, labels, docs=docs).to_frame()
    shuffled = [docs[k] for k in order]
    after = Cooccurrence.from_incidence(counts[order], labels, docs=shuffled).to_frame()
    pd.testing.assert_frame_equal(before, after)


# ---- what comes in -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csr", "csc", "coo", "lil", "dok", "dia", "bsr"])
@pytest.mark.parametrize("kind", ["array", "matrix"])
def test_any_sparse_format_is_read(form, kind, hand):
    matrix = getattr(scipy.sparse, f"{form}_{kind}")(np.array(HAND))
    pairs = Cooccurrence.from_incidence(matrix, list("ABCD"), docs=HAND_DOCS)
    pd.testing.assert_frame_equal(pairs.to_frame(), hand.to_frame())


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "uint64", "float32", "float64"])
def test_any_dtype_of_numbers_is_read(dtype, hand):
    dense = np.array(HAND).astype(dtype)
    for matrix in (dense, scipy.sparse.csr_array(dense), pd.DataFrame(dense)):
        pairs = Cooccurrence.from_incidence(matrix, list("ABCD"), docs=HAND_DOCS)
        assert np.array_equal(pairs.to_numpy(), hand.to_numpy())


def messy():
    """A CSR matrix with unsorted and duplicate indices, a stored zero, and int8 sums above 127."""
    data = np.array([100, 1, 100, 5, -5, 1, 0, 1], dtype=np.int8)
    indices = np.array([2, 0, 2, 1, 1, 1, 0, 2], dtype=np.int32)
    indptr = np.array([0, 5, 8], dtype=np.int32)
    return scipy.sparse.csr_array((data, indices, indptr), shape=(2, 3))


def test_unsorted_and_duplicate_cells_are_summed_before_they_are_judged():
    pairs = Cooccurrence.from_incidence(messy(), ["A", "B", "C"])
    assert pairs.to_numpy().tolist() == [[0, 0, 1], [0, 0, 1], [1, 1, 0]]


def test_the_matrix_of_the_caller_is_not_changed():
    matrix, before = messy(), messy()
    Cooccurrence.from_incidence(matrix, ["A", "B", "C"])
    assert matrix.has_canonical_format == before.has_canonical_format
    for part in ("data", "indices", "indptr"):
        assert getattr(matrix, part).dtype == getattr(before, part).dtype
        assert np.array_equal(getattr(matrix, part), getattr(before, part))
    dense = np.array(HAND, dtype=np.int8)
    dense.flags.writeable = False
    Cooccurrence.from_incidence(dense, list("ABCD"))


@pytest.mark.parametrize("wrap", [np.array, scipy.sparse.csr_array])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        (-2.0, "holds -2 in row 1, column 0: a count must not be negative"),
        (math.nan, "holds nan in row 1, column 0: a count must be finite"),
        (math.inf, "holds inf in row 1, column 0: a count must be finite"),
    ],
)
def test_a_count_that_is_none_is_an_error_with_its_place(wrap, value, message):
    with pytest.raises(ValueError, match=message):
        Cooccurrence.from_incidence(wrap(np.array([[1, 1], [value, 1]])), ["A", "B"])


@pytest.mark.parametrize(
    ("matrix", "actors", "docs", "error", "message"),
    [
        ([[1, 2, 3]], ["A", "B"], None, ValueError, r"2 columns .* shape is \(1, 3\)"),
        ([1, 2], ["A", "B"], None, ValueError, r"shape is \(2,\)"),
        ([["x", "y"]], ["A", "B"], None, TypeError, "must hold numbers"),
        ([[1j, 1]], ["A", "B"], None, TypeError, "must hold numbers, not complex128"),
        ([[1, 2]], ["A", "A"], None, ValueError, "unique, but these come twice: 'A'"),
        ([[1, 2]], "AB", None, TypeError, "list of labels, not the text 'AB'"),
        ([[1, 2]], ["A", "B"], ["d", "e"], ValueError, "one label a row, 1 in all, but has 2"),
        ([[1, 2], [1, 2]], ["A", "B"], ["d", None], ValueError, "label of row 1 is missing"),
    ],
)
def test_input_that_does_not_fit_is_an_error_that_says_why(matrix, actors, docs, error, message):
    with pytest.raises(error, match=message):
        Cooccurrence.from_incidence(matrix, actors, docs=docs)


def test_threads_must_be_at_least_one():
    with pytest.raises(ValueError, match="threads"):
        Cooccurrence.from_incidence(HAND, list("ABCD"), threads=0)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (4, 0), (4, 1), (4, 3)])
def test_nothing_in_gives_tables_of_the_same_form(shape, hand):
    labels = [str(j) for j in range(shape[1])]
    pairs = Cooccurrence.from_incidence(np.zeros(shape, dtype=np.int64), labels)
    full, empty = hand.to_frame(measures=["npmi", "g2"]), pairs.to_frame(measures=["npmi", "g2"])
    assert len(empty) == len(pairs) == 0
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.tolist() == full.dtypes.tolist()
    assert pairs.matrix().shape == pairs.to_scipy().shape == (shape[1], shape[1])
    assert pairs.matrix("g2").isna().to_numpy().all() or shape[0] > 0
    assert (pairs.n_units, pairs.n_empty) == (shape[0], shape[0])
    assert "no " in repr(pairs) and pairs.methods() and pairs._repr_html_()


# ---- tables --------------------------------------------------------------------------------------


def test_the_default_columns_and_types_are_those_of_the_interface(hand):
    frame = hand.to_frame()
    assert list(frame.columns) == COLUMNS
    assert (frame[["count", "n_docs", "n_a", "n_b"]].dtypes == np.int64).all()
    assert (frame[["share_a", "share_b", "jaccard", "expected", "lift"]].dtypes == np.float64).all()
    assert (frame[["a", "b", "flag"]].dtypes == pd.Series(["x"], dtype="str").dtype).all()
    assert frame.index.equals(pd.RangeIndex(3))
    assert frame.attrs["config"] == hand.config


def test_shares_and_expectation_are_those_of_the_margins(hand):
    row = hand.to_frame().iloc[1]  # A and C: 1 of 6 units, A in 3, C in 2
    assert (row.share_a, row.share_b) == (1 / 3, 1 / 2)
    assert (row.expected, row.lift, row.jaccard) == (1.0, 1.0, 1 / 4)


def test_rows_come_by_count_then_by_the_labels_as_text():
    labels = ["b", "a", "D", "c"]
    ones = Cooccurrence.from_incidence([[1, 1, 1, 1], [0, 1, 0, 1]], labels).to_frame()
    assert list(zip(ones.a, ones.b, strict=True)) == [
        ("a", "c"),  # twice; then capitals first, as text sorts
        *[("D", "c"), ("a", "D"), ("b", "D"), ("b", "a"), ("b", "c")],
    ]


def test_named_measures_follow_the_default_columns_without_repeating_them(hand):
    frame = hand.to_frame(measures=["lift", "g2", "count", "npmi"])
    assert list(frame.columns) == [*COLUMNS, "g2", "npmi"]
    assert list(hand.to_frame(measures=[]).columns) == COLUMNS
    assert list(hand.to_frame(measures="g2").columns) == [*COLUMNS, "g2"]


def test_min_count_leaves_out_pairs_that_meet_in_fewer_units(hand):
    assert hand.to_frame(min_count=2)[["a", "b", "count"]].values.tolist() == [["A", "B", 3]]
    assert len(hand.to_frame(min_count=4)) == 0


def test_a_count_that_is_no_whole_number_is_an_error_that_names_it(hand):
    with pytest.raises(TypeError, match=r"min_count must be a whole number, not 1\.5"):
        hand.to_frame(min_count=1.5)


def test_zeros_adds_the_pairs_that_never_meet(hand):
    frame = hand.to_frame(zeros=True, measures=["npmi"])
    assert len(frame) == 6
    assert frame[frame["count"] > 0].equals(hand.to_frame(measures=["npmi"]))
    never = frame[frame["count"] == 0]
    assert list(zip(never.a, never.b, strict=True)) == [("A", "D"), ("B", "D"), ("C", "D")]
    assert (never.npmi == -1).all() and (never.lift == 0).all() and (never.n_docs == 0).all()
    with pytest.raises(ValueError, match="contradict"):
        hand.to_frame(zeros=True, min_count=2)


@pytest.mark.parametrize("seed", range(5))
def test_zeros_puts_every_count_at_its_pair(seed):
    counts, docs = random_incidence(seed, n_units=15, n_actors=7)
    pairs = Cooccurrence.from_incidence(counts, list("ABCDEFG"), docs=docs)
    frame = pairs.to_frame(zeros=True)
    matrix = pairs.matrix()
    assert len(frame) == 21
    assert [matrix.loc[a, b] for a, b in zip(frame.a, frame.b, strict=True)] == list(frame["count"])


def test_few_docs_depends_on_the_documents_of_each_actor_alone():
    # 20 documents of one row: A and B in ten each, so 5 expected; C in nine, so 4.5.
    rows = np.zeros((20, 3), dtype=int)
    rows[:10, 0] = rows[10:, 1] = rows[:9, 2] = 1
    frame = Cooccurrence.from_incidence(rows, ["A", "B", "C"]).to_frame(zeros=True)
    flags = {(a, b): flag for a, b, flag in zip(frame.a, frame.b, frame.flag, strict=True)}
    assert flags == {("A", "B"): "", ("A", "C"): "few_docs", ("B", "C"): "few_docs"}


def test_a_matrix_is_square_symmetric_and_labelled(hand):
    counts = hand.matrix()
    assert list(counts.index) == list(counts.columns) == hand.actors
    assert (counts.dtypes == np.int64).all()
    assert np.array_equal(counts.to_numpy(), hand.to_numpy())
    for name, measure in MEASURES.items():
        values = hand.matrix(name).to_numpy()
        assert values.dtype == np.float64
        assert np.isnan(values.diagonal()).all()
        assert np.array_equal(values, values.T, equal_nan=True) == measure.symmetric


def test_matrix_and_frame_agree_on_every_measure():
    counts, docs = random_incidence(9)
    pairs = Cooccurrence.from_incidence(counts, list("ABCDEFGHI"), docs=docs)
    frame = pairs.to_frame(measures=list(MEASURES), zeros=True)
    for name in MEASURES:
        matrix = pairs.matrix(name)
        found = [matrix.loc[a, b] for a, b in zip(frame.a, frame.b, strict=True)]
        assert np.array_equal(found, frame[name], equal_nan=True)


def test_a_dense_table_that_would_fill_the_memory_is_refused():
    n = 10_001
    pairs = Cooccurrence.from_incidence(
        scipy.sparse.csr_array((1, n), dtype=np.int64), [str(j) for j in range(n)]
    )
    for dense in (pairs.to_numpy, pairs.matrix):
        with pytest.raises(ValueError, match=r"100,020,001 cells; to_scipy\(\)"):
            dense()
    with pytest.raises(ValueError, match="cells"):
        pairs.to_frame(zeros=True)
    assert pairs.to_scipy().shape == (n, n)


def test_fifty_thousand_actors_are_counted():
    n, rng = 50_000, np.random.default_rng(1)
    row = np.repeat(np.arange(2_000), 5)
    column = rng.integers(0, n, len(row))
    matrix = scipy.sparse.csr_array((np.ones(len(row), dtype=np.int8), (row, column)), (2_000, n))
    pairs = Cooccurrence.from_incidence(matrix, [f"{j:05}" for j in range(n)])
    binary = (matrix > 0).astype(np.int64)
    product = (binary.T @ binary).tocoo()
    off = product.row < product.col
    assert len(pairs) == np.count_nonzero(off)
    assert pairs.to_scipy().sum() == 2 * product.data[off].sum()


# ---- measures ------------------------------------------------------------------------------------


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
    listed = "'cos'; there are: count, units, joint, .* ochiai, simpson, phi$"
    for call in (lambda: hand.matrix("cos"), lambda: hand.to_frame(measures=["g2", "cos"])):
        with pytest.raises(ValueError, match=listed):
            call()


def test_every_measure_says_what_it_is():
    for measure in MEASURES.values():
        assert measure.says and measure.formula


# ---- the object ----------------------------------------------------------------------------------


def test_the_result_is_frozen(hand):
    with pytest.raises(AttributeError):
        hand.n_units = 7
    hand.actors.append("E")
    hand.config["unit"] = "window"
    occurrences = hand.occurrences
    occurrences["A"] = 99
    hand.to_numpy()[:] = 0
    assert hand.actors == list("ABCD")
    assert hand.config["unit"] == "row"
    assert hand.occurrences["A"] == 3
    assert hand.to_numpy().sum() == 10


def test_repr_is_one_line_with_sizes_and_the_warning_that_matters_most(hand):
    assert repr(hand) == (
        "Cooccurrence(3 pairs of 4 actors in 6 rows of 3 documents, 1 empty, universe='rows'; "
        "fewer than 20 documents: read counts, not measures)"
    )
    many = Cooccurrence.from_incidence(HAND * 20, list("ABCD"))
    assert repr(many) == (
        "Cooccurrence(3 pairs of 4 actors in 120 rows of 120 documents, 20 empty, universe='rows')"
    )


def test_the_page_for_notebooks_is_escaped_and_bounded():
    labels = [
        "<script>alert(1)</script>",
        "\ud800 alone",
        *("x" * 5_000 + str(j) for j in range(70)),
    ]
    page = Cooccurrence.from_incidence(np.ones((3, 72), dtype=int), labels)._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page
    assert page.count("<tr>") <= 51 and len(page.encode()) < 200_000
    assert "2,536 pairs more" in page


def test_methods_tells_what_was_counted(hand):
    text = hand.methods()
    for part in ("by row", "N = 6", "3 documents", "1 of them", "4 actors", "few_docs"):
        assert part in text


def test_labels_with_a_lone_surrogate_stay_what_they_are():
    frame = Cooccurrence.from_incidence([[1, 1]], ["\ud800", "B"]).to_frame()
    assert frame.loc[0, "a"] == "\ud800"


def test_arrow_readers_get_the_table(hand):
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(hand)
    pd.testing.assert_frame_equal(table.to_pandas(), hand.to_frame())


def test_a_result_survives_pickling(hand):
    again = pickle.loads(pickle.dumps(hand))
    pd.testing.assert_frame_equal(again.to_frame(), hand.to_frame())
    assert repr(again) == repr(hand)


def test_counts_without_text_have_no_context_to_show(hand):
    with pytest.raises(ValueError, match="came from a matrix"):
        hand.kwic("A", "B")


# ---- from texts ----------------------------------------------------------------------------------

TEXTS = [
    "Russia met the Taliban. Nobody came. Russia left and Iran stayed.\n\nThe Taliban spoke.",
    None,
    "Iran, Russia and the Taliban talked. Russia, said Russia, trusts Iran.",
    "",
    "Nothing happened here.",
]
ALIASES = {"TALIBAN": ["Taliban"], "RUS": ["Russia"], "PAK": ["Pakistan"], "IRN": ["Iran"]}


@pytest.fixture(scope="module")
def mentions():
    return Corpus(TEXTS).mentions(Actors(ALIASES))


@pytest.mark.parametrize(
    ("unit", "counts", "n_units", "n_empty"),
    [
        # TALIBAN-RUS, TALIBAN-IRN, RUS-IRN
        ("sentence", (2, 1, 3), 7, 2),
        ("paragraph", (2, 2, 2), 4, 1),
        ("document", (2, 2, 2), 3, 1),
    ],
)
def test_each_unit_counts_what_stands_in_it(mentions, unit, counts, n_units, n_empty):
    pairs = mentions.cooccur(unit=unit)
    assert pairs.actors == ["TALIBAN", "RUS", "IRN"]
    a, b, c = counts
    assert pairs.to_numpy().tolist() == [[0, a, b], [a, 0, c], [b, c, 0]]
    assert (pairs.n_units, pairs.n_empty) == (n_units, n_empty)


def test_the_universe_is_fixed_before_actors_are_selected(mentions):
    for universe, n_units in (("text", 7), ("actors", 5)):
        whole = mentions.cooccur(universe=universe)
        some = mentions.cooccur(universe=universe, actors=["TALIBAN", "RUS"])
        assert whole.n_units == some.n_units == n_units
        assert some.universe == universe and repr(universe) in repr(some)
        row = some.to_frame().iloc[0]
        same = whole.to_frame().query("a == 'TALIBAN' and b == 'RUS'").iloc[0]
        assert row.equals(same.rename(row.name))


def test_units_without_a_selected_actor_count_as_empty(mentions):
    assert mentions.cooccur(actors=["TALIBAN"]).n_empty == 7 - 3
    assert mentions.cooccur(actors=["TALIBAN"], universe="actors").n_empty == 5 - 3
    assert mentions.cooccur(universe="actors").n_empty == 0


def test_actors_choose_who_is_in_the_table(mentions):
    assert mentions.cooccur(actors="all").actors == list(ALIASES)
    assert mentions.cooccur(actors="all").occurrences["PAK"] == 0
    assert mentions.cooccur(actors=["IRN", "PAK", "TALIBAN"]).actors == ["TALIBAN", "PAK", "IRN"]
    assert mentions.cooccur(actors=[]).actors == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "page"}, "unit='page' .* 'document', 'paragraph', 'sentence'"),
        ({"universe": "all"}, "universe='all' .* 'text', 'actors'"),
        ({"actors": ["RUS", "XXX"]}, "not in the dictionary: 'XXX'"),
        ({"actors": "RUS"}, "actors='RUS'"),
    ],
)
def test_an_option_that_is_not_known_is_an_error_that_names_it(mentions, options, message):
    with pytest.raises(ValueError, match=message):
        mentions.cooccur(**options)


def test_the_settings_are_kept(mentions):
    config = mentions.cooccur(unit="paragraph", universe="actors", actors=["RUS", "IRN"]).config
    assert config["unit"] == "paragraph" and config["universe"] == "actors"
    assert config["actors"] == ["RUS", "IRN"] and config["count"] == "binary"


def test_an_empty_corpus_gives_an_empty_table():
    pairs = Corpus([]).mentions(Actors(ALIASES)).cooccur(actors="all")
    assert (pairs.n_units, len(pairs), len(pairs.actors)) == (0, 0, 4)
    assert len(pairs.kwic("RUS", "IRN")) == 0
    assert pairs.matrix("lift").isna().to_numpy().all()


# ---- in context ----------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["document", "paragraph", "sentence"])
def test_context_has_one_row_for_every_unit_that_is_counted(mentions, unit):
    pairs = mentions.cooccur(unit=unit)
    for row in pairs.to_frame().itertuples():
        for a, b in ((row.a, row.b), (row.b, row.a)):
            shown = pairs.kwic(a, b)
            assert len(shown) == row[3]
            assert shown["doc"].nunique() == row.n_docs


def test_context_shows_the_text_from_sentence_to_sentence(mentions):
    shown = mentions.cooccur().kwic("RUS", "IRN")
    assert list(shown.columns) == [
        *["doc", "sentence", "a_start", "a_end", "b_start", "b_end"],
        *["left", "first", "middle", "second", "right"],
    ]
    pieces = shown[["doc", "sentence", "left", "first", "middle", "second", "right"]]
    assert pieces.values.tolist() == [
        [0, 2, "", "Russia", " left and ", "Iran", " stayed."],
        [2, 0, "", "Iran", ", ", "Russia", " and the Taliban talked."],
        [2, 1, "Russia, said ", "Russia", ", trusts ", "Iran", "."],
    ]


@pytest.mark.parametrize("unit", ["document", "sentence"])
def test_spans_of_the_context_are_code_points_of_the_document(mentions, unit):
    for row in mentions.cooccur(unit=unit).kwic("TALIBAN", "RUS").itertuples():
        text = TEXTS[row.doc]
        assert text[row.a_start : row.a_end] == "Taliban"
        assert text[row.b_start : row.b_end] == "Russia"
        assert row.left + row.first + row.middle + row.second + row.right in text


def test_a_sample_is_drawn_by_seed_and_stays_in_order(mentions):
    pairs = mentions.cooccur()
    whole = pairs.kwic("RUS", "IRN")
    pd.testing.assert_frame_equal(pairs.kwic("RUS", "IRN", sample=99), whole)
    drawn = {seed: pairs.kwic("RUS", "IRN", sample=2, seed=seed) for seed in range(12)}
    pd.testing.assert_frame_equal(drawn[3], pairs.kwic("RUS", "IRN", sample=2, seed=3))
    for frame in drawn.values():
        assert len(frame) == 2 and frame["doc"].is_monotonic_increasing
        assert frame["a_start"].isin(whole["a_start"]).all()
    assert len({tuple(frame["left"]) + tuple(frame["doc"]) for frame in drawn.values()}) > 1
    empty = pairs.kwic("RUS", "IRN", sample=0)
    assert len(empty) == 0 and empty.dtypes.equals(whole.dtypes)


@pytest.mark.parametrize(
    ("a", "b", "options", "message"),
    [
        ("RUS", "XXX", {}, "b='XXX' is not among the actors: 'TALIBAN', 'RUS', 'IRN'"),
        ("PAK", "RUS", {}, "a='PAK'"),
        ("RUS", "RUS", {}, "a pair needs two actors"),
        ("RUS", "IRN", {"sample": -1}, "sample must not be negative, got -1"),
    ],
)
def test_a_pair_that_cannot_be_shown_is_an_error_that_says_why(mentions, a, b, options, message):
    with pytest.raises(ValueError, match=message):
        mentions.cooccur().kwic(a, b, **options)


@pytest.mark.parametrize("seed", range(40))
def test_the_nearest_mentions_are_found_even_where_spans_overlap(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 25))
    units = np.sort(rng.integers(0, 4, n))
    starts = rng.integers(0, 60, n)
    ends = starts + rng.integers(1, 30, n)
    order = np.lexsort((ends, starts, units))
    units, starts, ends, is_a = units[order], starts[order], ends[order], rng.random(n) < 0.5
    found = {units[m.first]: m for m in nearest(np.arange(n), is_a, units, starts, ends)}

    def gap(i, j):
        return max(0, max(starts[i], starts[j]) - min(ends[i], ends[j]))

    for unit in range(4):
        a, b = (np.flatnonzero((units == unit) & (is_a == side)) for side in (True, False))
        assert (unit in found) == (len(a) > 0 and len(b) > 0)
        if unit in found:
            meeting = found[unit]
            assert meeting.first < meeting.second
            assert is_a[meeting.first] == meeting.first_is_a != is_a[meeting.second]
            best = min(gap(i, j) for i in a for j in b)
            assert max(0, starts[meeting.second] - ends[meeting.first]) == best


def test_spans_that_overlap_have_an_empty_middle():
    corpus = Corpus(["The Islamic State of Iraq met Iran."])
    spans = pd.DataFrame(
        {
            "doc": [0, 0],
            "start": [4, 21],
            "end": [25, 25],
            "actor": ["ISIS", "IRQ"],
        }
    )
    shown = Mentions.from_frame(corpus, spans).cooccur().kwic("IRQ", "ISIS")
    assert shown[["left", "first", "middle", "second", "right"]].values.tolist() == [
        ["The ", "Islamic State of Iraq", "", "Iraq", " met Iran."]
    ]
    assert shown[["a_start", "a_end", "b_start", "b_end"]].values.tolist() == [[21, 25, 4, 25]]


# ---- broken matrices -----------------------------------------------------------------------------


def broken(indices, indptr, data=None, shape=(2, 3)):
    """A CSR matrix whose arrays SciPy was not asked to check."""
    matrix = scipy.sparse.csr_array(shape, dtype=np.int8)
    matrix.indices = np.array(indices, dtype=np.int32)
    matrix.indptr = np.array(indptr, dtype=np.int32)
    matrix.data = np.ones(len(indices), dtype=np.int8) if data is None else np.array(data)
    return matrix


@pytest.mark.parametrize(
    ("indices", "indptr"),
    [
        ([0, 3, 1], [0, 2, 3]),
        ([0, -1, 1], [0, 2, 3]),
        ([0, 2**31 - 1, 1], [0, 2, 3]),
        ([0, 1, 2], [0, 4, 3]),
        ([0, 1, 2], [1, 2, 3]),
        ([0, 1, 2], [0, 2, 9]),
        ([0, 1, 2], [0, -5, 3]),
        ([0, 1, 2], [0, 3]),
    ],
)
@pytest.mark.parametrize("docs", [None, ["d", "e"]])
def test_a_broken_matrix_is_an_error_and_not_a_crash(indices, indptr, docs):
    with pytest.raises(ValueError, match=r"broken|must have one label a row"):
        Cooccurrence.from_incidence(broken(indices, indptr), list("ABC"), docs=docs)


def test_a_count_that_does_not_fit_is_an_error_and_a_fraction_is_a_presence():
    with pytest.raises(ValueError, match=r"below 2\*\*31"):
        Cooccurrence.from_incidence([[2**31, 1]], ["A", "B"])
    half = Cooccurrence.from_incidence(scipy.sparse.csr_array([[0.5, 2.5]]), ["A", "B"])
    assert half.to_numpy().tolist() == [[0, 1], [1, 0]]


def test_what_becomes_of_the_matrix_afterwards_does_not_matter():
    rows = (np.random.default_rng(0).random((200, 5)) < 0.4).astype(np.int64)
    matrix = scipy.sparse.csr_array(rows)
    pairs = Cooccurrence.from_incidence(matrix, list("ABCDE"))
    wanted = pairs.test()
    matrix.indices[:], matrix.indptr[:], matrix.data[:] = 0, 0, 7
    pd.testing.assert_frame_equal(pairs.test(), wanted)
    assert pairs.occurrences.tolist() == rows.sum(axis=0).tolist()


def test_self_pairs_of_a_matrix_are_units_that_name_an_actor_twice(hand):
    assert hand.self_pairs.to_dict() == {"A": 1, "B": 1, "C": 0, "D": 0}


def test_context_can_be_of_some_documents(mentions):
    pairs = mentions.cooccur()
    mask = [True, False, False, False, False]
    assert pairs.kwic("RUS", "IRN", where=mask)["doc"].tolist() == [0]
    with pytest.raises(TypeError, match="where: expected a dict of column to value, or a mask"):
        pairs.kwic("RUS", "IRN", where=[1, 2])


def test_labels_and_classes_come_with_meta(mentions):
    columns = ["label_a", "label_b", "class_a", "class_b"]
    frame = mentions.cooccur().to_frame(meta=True)
    assert list(frame.columns[-4:]) == columns
    assert frame["label_a"].equals(frame["a"].rename("label_a")) and (frame["class_b"] == "").all()


def huge(kind):
    """A matrix of more than 2^31 units that takes a few bytes."""
    n = 2**31 + 1
    if kind == "csr":
        one = scipy.sparse.csr_array((1, 2))
        one._shape, one.indptr = (n, 2), np.broadcast_to(np.int64(0), n + 1)
        return one
    if kind == "coo":
        return scipy.sparse.coo_array(([1], ([n - 1], [0])), shape=(n, 2))
    return np.broadcast_to(np.int8(0), (n, 2))


@pytest.mark.parametrize("kind", ["csr", "coo", "dense"])
def test_more_than_2_to_the_31_units_are_refused_before_anything_is_made_of_them(kind):
    with pytest.raises(ValueError, match=r"2,147,483,649 units are too many: at most 2\*\*31"):
        Cooccurrence.from_incidence(huge(kind), ["A", "B"])


def test_a_sum_of_more_than_2_to_the_31_units_is_refused():
    half = Field(1, None, None, np.broadcast_to(np.int64(1), 2**30), None)
    assert Field.join([Field(1, None, None, np.array([2**31]), None)]).size() == (2**31, 1)
    with pytest.raises(ValueError, match="units are too many"):
        Field.join([half, half, half])


@pytest.mark.parametrize(
    ("labels", "message"),
    [(["A", None], "label 1 is missing, it is None"), ([float("nan"), "B"], "label 0 is missing")],
)
def test_a_missing_label_is_an_error_with_its_place(labels, message):
    with pytest.raises(ValueError, match=message):
        Cooccurrence.from_incidence([[1, 1]], labels)


@pytest.mark.parametrize("where", [{"month": None}, {"month": [None]}, {"outlet": None}])
def test_context_can_be_of_documents_without_a_value(where):
    frame = pd.DataFrame(
        {
            "text": ["Ada met Bob."] * 3,
            "day": ["2021-08-15", None, "2021-09-01"],
            "outlet": ["x", None, "y"],
        }
    )
    pairs = Corpus(frame, date="day").mentions(Actors({"A": ["Ada"], "B": ["Bob"]})).cooccur()
    assert pairs.kwic("A", "B", where=where)["doc"].tolist() == [1]
    both = {name: [None, "2021-09" if name == "month" else "y"] for name in where}
    assert pairs.kwic("A", "B", where=both)["doc"].tolist() == [1, 2]
    with pytest.raises(ValueError, match="where: month='soon' is no month"):
        pairs.kwic("A", "B", where={"month": "soon"})


@pytest.mark.parametrize("value", ["3", None, np.nan, -1])
def test_an_expectation_that_is_no_number_is_an_error(hand, value):
    with pytest.raises((TypeError, ValueError), match="min_expected must be a number"):
        hand.test(min_expected=value)
    if value is not None:
        with pytest.raises((TypeError, ValueError), match="min_expected must be a number"):
            hand.select(min_expected=value)


def test_unknown_names_list_those_there_are(hand, mentions):
    with pytest.raises(ValueError, match="not in the dictionary: 'X'; there are: 'TALIBAN', 'RUS'"):
        mentions.cooccur(actors=["X"])
    with pytest.raises(ValueError, match="not among those of this result: 'X'; there are: "):
        hand.select(actors=["X"])


def test_narrow_and_wide_counts_are_the_same():
    # Documents or a rule make counts of 64 bits, plain ones take 32; what is handed out is int64.
    rng = np.random.default_rng(12)
    rows = (rng.random((300, 900)) < 0.01).astype(int)
    labels = [f"a{k}" for k in range(900)]
    narrow = Cooccurrence.from_incidence(rows, labels)
    wide = Cooccurrence.from_incidence(rows, labels, docs=np.arange(300))
    pd.testing.assert_frame_equal(narrow.to_frame(), wide.to_frame())
    for pairs in (narrow, wide):
        matrix = pairs.to_scipy()
        assert matrix.dtype == np.int64 and matrix.has_sorted_indices
        whole = rows.T @ rows
        np.fill_diagonal(whole, 0)
        assert (matrix.toarray() == whole).all() and (pairs.to_numpy() == whole).all()
        assert pairs.to_numpy().dtype == np.int64
        assert pairs.matrix().dtypes.unique().tolist() == [np.int64]


@pytest.mark.parametrize(
    ("n_rows", "per_row"), [(66_000, 12), (8_000, 40)], ids=["in parts", "by actor"]
)
@pytest.mark.parametrize("with_docs", [False, True])
def test_millions_of_meetings_are_those_of_scipy_on_any_number_of_threads(
    n_rows, per_row, with_docs
):
    # So many meetings are cut into parts; where units name many, they are gone through by actor.
    rng = np.random.default_rng(19)
    n_actors = 1500
    drawn = (n_actors * rng.random((n_rows, per_row)) ** 3).astype(np.int32)
    ones = np.ones(drawn.size, dtype=np.int64)
    matrix = scipy.sparse.coo_array(
        (ones, (np.repeat(np.arange(n_rows), per_row), drawn.ravel())), shape=(n_rows, n_actors)
    ).tocsr()
    matrix.data[:] = 1
    wanted = (matrix.T @ matrix).toarray()
    np.fill_diagonal(wanted, 0)
    docs = np.arange(n_rows) // 7 if with_docs else None
    labels = list(range(n_actors))
    for threads in (1, 3):
        pairs = Cooccurrence.from_incidence(matrix, labels, docs=docs, threads=threads)
        assert (pairs.to_numpy() == wanted).all()
        found = pairs.to_scipy()
        found.check_format(full_check=True)
        assert (found.toarray() == wanted).all()
