"""Matrices from outside: any form and type is read, and what is broken is an error."""

import math

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import scipy.stats
from pairs_by_hand import HAND, HAND_DOCS

from coactor import Cooccurrence
from coactor._incidence import Field


@pytest.fixture
def hand():
    return Cooccurrence.from_incidence(HAND, list("ABCD"), docs=HAND_DOCS)


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
        ([[1, 2]], 2, None, TypeError, "actors must be a list of labels, not 2"),
        ([[1, 2]], ["A", ["B"]], None, TypeError, r"label 1 is \['B'\], which cannot name"),
        ([[1, 2], [1]], ["A", "B"], None, ValueError, "must be units × actors, but .* inhomogen"),
        ([[1, 2]], ["A", "B"], ["d", "e"], ValueError, "one label a row, 1 in all, but has 2"),
        ([[1, 2], [1, 2]], ["A", "B"], ["d", None], ValueError, "label of row 1 is missing"),
    ],
)
def test_input_that_does_not_fit_is_an_error_that_says_why(matrix, actors, docs, error, message):
    with pytest.raises(error, match=message):
        Cooccurrence.from_incidence(matrix, actors, docs=docs)


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


@pytest.mark.parametrize("form", ["csr", "csc", "bsr"])
@pytest.mark.parametrize("docs", [None, ["d", "e"]])
def test_what_lies_behind_the_last_row_of_a_matrix_is_no_cell(form, docs):
    matrix = scipy.sparse.csr_array([[1, 1, 0], [0, 1, 1]]).asformat(form)
    matrix.indices = np.append(matrix.indices, [2, 99]).astype(np.int32)
    matrix.data = np.concatenate([matrix.data, matrix.data[:2]])
    counted = Cooccurrence.from_incidence(matrix, list("ABC"), docs=docs)
    assert counted.to_numpy().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


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
