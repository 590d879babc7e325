"""A matrix of units × actors from outside, read with care, and the pairs that the core counts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core

if TYPE_CHECKING:
    import scipy.sparse

__all__ = ["IntArray", "Pairs", "n_distinct", "number_docs", "positive_cells", "some", "unique"]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs that meet, first < second, in that order; and the actors by themselves."""

    first: IntArray
    second: IntArray
    counts: IntArray
    docs: IntArray
    occurrences: IntArray
    actor_docs: IntArray

    @classmethod
    def of(
        cls,
        units: IntArray,
        docs: IntArray,
        actors: npt.NDArray[np.int32],
        n_actors: int,
        threads: int | None,
    ) -> Pairs:
        """Count mentions given by ascending unit and document, on all processors if None."""
        indptr, second, counts, pair_docs, occurrences, actor_docs = _core.cooccur(
            units, docs, actors, n_actors, _cpus() if threads is None else threads
        )
        first = np.repeat(np.arange(n_actors, dtype=np.int64), np.diff(indptr))
        return cls(first, second.astype(np.int64), counts, pair_docs, occurrences, actor_docs)


def _cpus() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def n_distinct(ascending: IntArray) -> int:
    """Count the distinct numbers of a sorted array."""
    return int(np.count_nonzero(np.diff(ascending))) + (len(ascending) > 0)


def some(items: Sequence[object]) -> str:
    """List a few items for a message, none of them long, and say how many more there are."""
    shown = [text if len(text) <= 60 else text[:60] + "…" for text in map(repr, items[:5])]
    more = f" and {len(items) - 5:,} more" if len(items) > 5 else ""
    return ", ".join(shown) + more


def unique(labels: Iterable[Any]) -> list[Any]:
    """Return the labels of actors as a list; TypeError for a text, ValueError for a duplicate."""
    if isinstance(labels, (str, bytes)):
        raise TypeError(f"actors must be a list of labels, not the text {labels!r}")
    # A label from a NumPy array is plain text in every table.
    plain = [str(label) if isinstance(label, str) else label for label in labels]
    if len(set(plain)) < len(plain):
        twice = [label for k, label in enumerate(plain) if label in plain[:k]]
        raise ValueError(f"actors: labels must be unique, but these come twice: {some(twice)}")
    return plain


def positive_cells(counts: Any, n_actors: int) -> scipy.sparse.csr_array:
    """Return the positive cells of a dense or sparse matrix, sorted, duplicates summed.

    The matrix is left as it is. ValueError for a wrong shape, a negative or a non-finite count;
    TypeError for what is no number.
    """
    import scipy.sparse

    matrix: Any = counts if scipy.sparse.issparse(counts) else np.asarray(counts)
    if matrix.ndim != 2 or matrix.shape[1] != n_actors:
        raise ValueError(
            f"the incidence must be units × actors, with {n_actors} columns (one an actor), "
            f"but its shape is {matrix.shape}"
        )
    if matrix.dtype.kind not in "biuf":
        raise TypeError(f"the incidence must hold numbers, not {matrix.dtype}")
    if scipy.sparse.issparse(matrix):
        cells = matrix.tocoo()
        row, column, data = cells.row, cells.col, cells.data
    else:
        row, column = np.nonzero(matrix)
        data = matrix[row, column]
    # As float64 a cell that comes twice has room for its sum, int8 or not.
    data = data.astype(np.float64)
    _refuse(~np.isfinite(data), row, column, data, "a count must be finite")
    summed = scipy.sparse.coo_array((data, (row, column)), shape=matrix.shape).tocsr()
    summed.sum_duplicates()
    cells = summed.tocoo()
    _refuse(cells.data < 0, cells.row, cells.col, cells.data, "a count must not be negative")
    summed.eliminate_zeros()
    return summed


def _refuse(
    bad: npt.NDArray[np.bool_], row: Any, column: Any, data: FloatArray, message: str
) -> None:
    if bad.any():
        at = int(np.argmax(bad))
        raise ValueError(
            f"the incidence holds {data[at]:g} in row {row[at]}, column {column[at]}: {message}"
        )


def number_docs(docs: Any, n_rows: int) -> tuple[IntArray, int]:
    """Number the documents of rows in order of appearance; without labels each row is one."""
    if docs is None:
        return np.arange(n_rows, dtype=np.int64), n_rows
    import pandas as pd

    codes, labels = pd.factorize(pd.Series(docs))
    if len(codes) != n_rows:
        raise ValueError(f"docs must have one label a row, {n_rows} in all, but has {len(codes)}")
    if (codes < 0).any():
        raise ValueError(f"docs: the label of row {int(np.argmax(codes < 0))} is missing")
    return codes.astype(np.int64), len(labels)
