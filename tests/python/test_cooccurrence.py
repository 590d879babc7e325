"""Co-occurrence: counts against a slow oracle and SciPy, measures against values by hand."""

import pickle

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import scipy.stats
from pairs_by_hand import HAND, HAND_DOCS

from coactor import Cooccurrence
from coactor._measures import MEASURES

COLUMNS = [
    *["a", "b", "count", "n_docs", "n_a", "n_b", "share_a", "share_b"],
    *["jaccard", "expected", "lift", "flag"],
]


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
    assert "2,506 more rows" in page


def test_methods_tells_what_was_counted(hand):
    text = hand.methods()
    for part in ("by row", "N = 6", "3 documents", "1 of these", "4 actors", "few_docs"):
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


# ---- large and small ----------------------------------------------------------------------------


def test_self_pairs_of_a_matrix_are_units_that_name_an_actor_twice(hand):
    assert hand.self_pairs.to_dict() == {"A": 1, "B": 1, "C": 0, "D": 0}


@pytest.mark.parametrize("value", ["3", None, np.nan, -1])
def test_an_expectation_that_is_no_number_is_an_error(hand, value):
    with pytest.raises((TypeError, ValueError), match="min_expected must be a number"):
        hand.test(min_expected=value)
    if value is not None:
        with pytest.raises((TypeError, ValueError), match="min_expected must be a number"):
            hand.select(min_expected=value)


def test_unknown_names_list_those_there_are(hand):
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
