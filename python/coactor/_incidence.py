"""What is counted: units × actors, mentions by place; and a matrix from outside, read with care."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Field",
    "IntArray",
    "Rows",
    "Spots",
    "WholeArray",
    "number_docs",
    "read_incidence",
    "some",
    "unique",
]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
#: Whole numbers of any width.
WholeArray = npt.NDArray[Any]


def spread(starts: IntArray, stops: IntArray) -> IntArray:
    """Return the numbers of all ranges, one behind the other: [2, 7], [4, 8] -> 2 3 7."""
    lengths = stops - starts
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    shifts: IntArray = np.repeat(starts - (ends - lengths), lengths)
    return shifts + np.arange(total)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Units × actors in compressed rows; a row may be empty; a document's rows are together."""

    indptr: WholeArray
    actors: WholeArray
    counts: npt.NDArray[np.int32] | None = None  # mentions; None: one each
    firsts: IntArray | None = None  # where the first mention of the actor starts
    lasts: IntArray | None = None  # where the last one does
    named: npt.NDArray[np.int32] | None = None  # actors that the unit names; None: those here
    docs: IntArray | None = None  # ascending; None: each row is a document of its own

    @property
    def n(self) -> int:
        return len(self.indptr) - 1

    @property
    def n_filled(self) -> int:
        """How many rows name anybody."""
        return int(np.count_nonzero(self.indptr[1:] != self.indptr[:-1]))

    def own(self, n_actors: int) -> Rows:
        """Copy pointers and actors, in no more bytes than they need, from whoever lent them."""
        narrow: Any = np.int32 if self.indptr[-1] < 2**31 else np.int64
        actor: Any = np.uint16 if n_actors <= 2**16 else np.int32
        return replace(self, indptr=self.indptr.astype(narrow), actors=self.actors.astype(actor))

    def doc_of_rows(self) -> IntArray:
        return np.arange(self.n, dtype=np.int64) if self.docs is None else self.docs

    def n_named(self) -> npt.NDArray[np.int32]:
        return np.diff(self.indptr).astype(np.int32) if self.named is None else self.named

    def take(self, rows: IntArray) -> Rows:
        """Return some rows, in the order given."""
        begins, ends = (self.indptr[at].astype(np.int64) for at in (rows, rows + 1))
        cells, lengths = spread(begins, ends), ends - begins
        return replace(
            self._entries(cells),
            indptr=np.concatenate(([0], np.cumsum(lengths))),
            named=_take(self.named, rows),
            docs=_take(self.docs, rows),
        )

    def keep(self, number: npt.NDArray[np.int32]) -> Rows:
        """Give actors the numbers there, rising, and leave out those whose number is negative."""
        new = number[self.actors]
        kept = new >= 0
        ends = np.concatenate(([0], np.cumsum(kept)))
        return replace(
            self._entries(kept), indptr=ends[self.indptr], actors=new[kept], named=self.n_named()
        )

    def _entries(self, which: Any) -> Rows:
        """Pick entries; the pointers are as they were."""
        names = ("actors", "counts", "firsts", "lasts")
        return replace(self, **{name: _take(getattr(self, name), which) for name in names})

    @classmethod
    def join(cls, parts: Sequence[Rows], offsets: Sequence[int]) -> Rows:
        """Put rows behind one another; the documents of each part are counted from its offset."""
        ends = np.cumsum([0, *(int(part.indptr[-1]) for part in parts)])
        pointers = [p.indptr[1:] + end for p, end in zip(parts, ends, strict=False)]
        counted = any(part.counts is not None for part in parts)
        return cls(
            np.concatenate([[0], *pointers]).astype(np.int64),
            np.concatenate([part.actors for part in parts]),
            np.concatenate([_or_ones(part) for part in parts]) if counted else None,
            _joined([part.firsts for part in parts]),
            _joined([part.lasts for part in parts]),
            np.concatenate([part.n_named() for part in parts]),
            np.concatenate([p.doc_of_rows() + o for p, o in zip(parts, offsets, strict=True)]),
        )


def _take(column: Any, which: Any) -> Any:
    return None if column is None else column[which]


def _or_ones(rows: Rows) -> npt.NDArray[np.int32]:
    return np.ones(len(rows.actors), dtype=np.int32) if rows.counts is None else rows.counts


def _joined(columns: Sequence[Any]) -> Any:
    return None if any(column is None for column in columns) else np.concatenate(columns)


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Mentions by place: by segment, and within one by first word."""

    segments: IntArray
    docs: IntArray  # ascending
    firsts: IntArray  # words [firsts, ends)
    ends: IntArray
    actors: npt.NDArray[np.int32]
    repeats: npt.NDArray[np.uint8]  # 1: only another name of the mention before

    def take(self, which: Any) -> Spots:
        return Spots(*(getattr(self, name)[which] for name in self.__slots__))

    def longest(self) -> int:
        """Return a distance that no two mentions of one segment exceed."""
        if len(self.segments) == 0:
            return 1
        begins = np.flatnonzero(np.diff(self.segments, prepend=self.segments[0] - 1))
        stops = np.append(begins[1:], len(self.segments)) - 1
        return int(np.max(self.firsts[stops] - self.firsts[begins])) + 1

    @classmethod
    def join(cls, parts: Sequence[Spots], offsets: Sequence[int]) -> Spots:
        segments, shift = [], 0
        for part in parts:
            segments.append(part.segments + shift)
            shift += int(part.segments[-1]) + 1 if len(part.segments) else 0
        docs = [p.docs + o for p, o in zip(parts, offsets, strict=True)]
        rest = ("firsts", "ends", "actors", "repeats")
        return cls(
            np.concatenate(segments),
            np.concatenate(docs),
            *(np.concatenate([getattr(part, name) for part in parts]) for name in rest),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """All that pairs are counted from. Counts, groups and tests derive from it."""

    n_actors: int
    rows: Rows | None  # None for windows of words
    spots: Spots | None  # None unless mentions are paired by place
    doc_units: IntArray  # units of N in each document
    keys: pd.DataFrame | None  # what each document is grouped by

    def size(self, docs: IntArray | None = None) -> tuple[int, int]:
        """Return how many units there are, in how many documents; in all, or in some."""
        units = self.doc_units if docs is None else self.doc_units[docs]
        if units.strides == (0,):  # the same number of each
            return len(units) * int(units[:1].sum()), len(units)
        return int(units.sum()), int(np.count_nonzero(units))

    def occurrences(self) -> IntArray:
        """Count the units that hold each actor, or its mentions where there are no units."""
        held = self.spots if self.rows is None else self.rows
        assert held is not None
        return np.bincount(held.actors, minlength=self.n_actors)

    @classmethod
    def join(cls, parts: Sequence[Field]) -> Field:
        """Put what was counted in several corpora together, actors being numbered alike."""
        import pandas as pd

        refuse_units(sum(part.size()[0] for part in parts))
        sizes = [len(part.doc_units) for part in parts]
        offsets = [0, *np.cumsum(sizes)[:-1].tolist()]
        rows = [part.rows for part in parts if part.rows is not None]
        spots = [part.spots for part in parts if part.spots is not None]
        keys = [part.keys for part in parts if part.keys is not None]
        return cls(
            parts[0].n_actors,
            Rows.join(rows, offsets) if rows else None,
            Spots.join(spots, offsets) if spots else None,
            np.concatenate([part.doc_units for part in parts]),
            pd.concat(keys, ignore_index=True) if keys else None,
        )

    def keep(self, number: npt.NDArray[np.int32]) -> Field:
        """Give actors new numbers, rising, without those whose number is negative."""
        spots = self.spots
        if spots is not None:
            spots = spots.take(number[spots.actors] >= 0)
            spots = replace(spots, actors=number[spots.actors])
        rows = None if self.rows is None else self.rows.keep(number)
        return replace(self, n_actors=int(np.count_nonzero(number >= 0)), rows=rows, spots=spots)

    def renumber_rising(self, number: npt.NDArray[np.int32], n_actors: int) -> Field:
        """Give those who occur new numbers that rise as the old ones do."""
        rows, spots = self.rows, self.spots
        if rows is not None:
            rows = replace(rows, actors=number[rows.actors])
        if spots is not None:
            spots = replace(spots, actors=number[spots.actors])
        return replace(self, n_actors=n_actors, rows=rows, spots=spots)

    def renumber(self, number: npt.NDArray[np.int32], n_actors: int) -> Field:
        """Give actors new numbers, in any order."""
        spots = self.spots
        if spots is not None:
            spots = replace(spots, actors=number[spots.actors])
        rows = None if self.rows is None else _reordered(self.rows, number)
        return replace(self, n_actors=n_actors, rows=rows, spots=spots)


def _reordered(rows: Rows, number: npt.NDArray[np.int32]) -> Rows:
    actors = number[rows.actors]
    row = np.repeat(np.arange(rows.n), np.diff(rows.indptr))
    order = np.lexsort((actors, row))
    return replace(rows._entries(order), actors=actors[order])


# ---- a matrix from outside -----------------------------------------------------------------------


def some(items: Sequence[object]) -> str:
    """List a few items for a message, none of them long, and say how many more there are."""
    shown = [text if len(text) <= 60 else text[:60] + "…" for text in map(repr, items[:5])]
    more = f" and {len(items) - 5:,} more" if len(items) > 5 else ""
    return ", ".join(shown) + more


def unique(labels: Iterable[Any]) -> list[Any]:
    """Return the labels of actors as a list.

    A TypeError for a text, a ValueError for a label that is missing or comes twice.
    """
    if isinstance(labels, (str, bytes)):
        raise TypeError(f"actors must be a list of labels, not the text {labels!r}")
    try:
        plain = list(labels)
    except TypeError:
        raise TypeError(f"actors must be a list of labels, not {labels!r}") from None
    if any(kind is not str and issubclass(kind, str) for kind in set(map(type, plain))):
        # A label from a NumPy array is plain text in every table.
        plain = [str(label) if isinstance(label, str) else label for label in plain]
    if not set(map(type, plain)) <= {str, int}:
        missing = [i for i, label in enumerate(plain) if label is None or label != label]
        if missing:
            raise ValueError(f"actors: label {missing[0]} is missing, it is {plain[missing[0]]!r}")
    _check_hashable(plain)
    if len(set(plain)) < len(plain):
        seen: set[Any] = set()
        twice = [label for label in plain if label in seen or seen.add(label)]  # type: ignore[func-returns-value]
        raise ValueError(f"actors: labels must be unique, but these come twice: {some(twice)}")
    return plain


def _check_hashable(labels: list[Any]) -> None:
    """Raise a TypeError for a label that cannot be looked up."""
    for i, label in enumerate(labels):
        try:
            hash(label)
        except TypeError:
            raise TypeError(f"actors: label {i} is {label!r}, which cannot name an actor") from None


def read_incidence(counts: Any, n_actors: int, *, quick: bool) -> Rows:
    """Return the positive cells of a dense or sparse matrix; the matrix is left as it is.

    With `quick`, a CSR matrix is borrowed as it is, without a look at its indices: whoever counts
    it will find out whether they ascend. Otherwise all is sorted, duplicates are summed, and a
    ValueError names the place of a negative or a non-finite count, or says that the shape is wrong;
    a TypeError that the matrix holds no numbers.
    """
    import scipy.sparse

    matrix: Any = counts if scipy.sparse.issparse(counts) else _as_table(counts)
    if matrix.ndim != 2 or matrix.shape[1] != n_actors:
        raise ValueError(
            f"the incidence must be units × actors, with {n_actors} columns (one an actor), "
            f"but its shape is {matrix.shape}"
        )
    refuse_units(matrix.shape[0])
    if matrix.dtype.kind not in "biuf":
        raise TypeError(f"the incidence must hold numbers, not {matrix.dtype}")
    if quick and scipy.sparse.issparse(matrix) and matrix.format == "csr":
        rows = _as_it_is(matrix)
        if rows is not None:
            return rows
    return _tidied(matrix)


def _as_table(counts: Any) -> npt.NDArray[Any]:
    try:
        return np.asarray(counts)
    except ValueError as error:
        raise ValueError(f"the incidence must be units × actors, but {error}") from None


#: So many units are counted, and no more.
MOST_UNITS = 2**31

#: Cells that are compared at a time, so that what is compared stays in the cache.
_AT_A_TIME = 1 << 15


def refuse_units(n: int) -> None:
    """Raise a ValueError for more units than are counted."""
    if n > MOST_UNITS:
        raise ValueError(f"{n:,} units are too many: at most 2**31 are counted at a time")


def _as_it_is(matrix: Any) -> Rows | None:
    """Borrow the arrays of a CSR matrix whose cells are all positive whole numbers; else None."""
    data, indices, indptr = matrix.data, matrix.indices, matrix.indptr
    if len(indptr) != matrix.shape[0] + 1 or not len(data) == len(indices) == indptr[-1]:
        return None
    n = len(indices)
    wide = indices.dtype != np.int32 and n > 0
    if wide and not 0 <= int(indices.min()) <= int(indices.max()) < 2**31:
        return None
    counts = None
    if not all(bool((data[k : k + _AT_A_TIME] == 1).all()) for k in range(0, n, _AT_A_TIME)):
        if not data.min() >= 1 or not data.max() < 2**31:  # NaN is neither
            return None
        counts = data.astype(np.int32)
        if data.dtype.kind == "f" and not np.array_equal(counts, data):
            return None
    return Rows(indptr, indices.astype(np.int32, copy=False), counts)


def _tidied(matrix: Any) -> Rows:
    import scipy.sparse

    if scipy.sparse.issparse(matrix):
        _check_places(matrix)
        cells = _without_slack(matrix).tocoo()
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
    _refuse(cells.data >= 2**31, cells.row, cells.col, cells.data, "a count must be below 2**31")
    summed.eliminate_zeros()
    counts = np.maximum(summed.data, 1.0).astype(np.int32)
    return Rows(summed.indptr.astype(np.int64), summed.indices.astype(np.int32), counts)


def _without_slack(matrix: Any) -> Any:
    """Leave out what lies behind the last row: SciPy allows it, and then stumbles over it."""
    if matrix.format not in ("csr", "csc", "bsr"):
        return matrix
    n = matrix.indptr[-1]
    if n == len(matrix.indices) == len(matrix.data):
        return matrix
    parts = matrix.data[:n], matrix.indices[:n], matrix.indptr
    return type(matrix)(parts, shape=matrix.shape)


def _check_places(matrix: Any) -> None:
    """Raise a ValueError for indices outside of the matrix, at which SciPy would crash."""
    if matrix.format not in ("csr", "csc", "bsr", "coo"):
        return  # these are checked, or made, by SciPy itself
    if matrix.format == "coo":
        axes = [(matrix.row, matrix.shape[0]), (matrix.col, matrix.shape[1])]
    else:
        compressed, other = (0, 1) if matrix.format != "csc" else (1, 0)
        sizes = matrix.shape
        if matrix.format == "bsr":
            sizes = tuple(n // b for n, b in zip(sizes, matrix.blocksize, strict=True))
        indptr = matrix.indptr
        if (
            len(indptr) != sizes[compressed] + 1
            or indptr[0] != 0
            or np.any(np.diff(indptr) < 0)
            or indptr[-1] > min(len(matrix.indices), len(matrix.data))
        ):
            raise ValueError("the incidence is broken: its row pointers do not fit its cells")
        axes = [(matrix.indices[: indptr[-1]], sizes[other])]
    for indices, size in axes:
        if len(indices) and not 0 <= int(indices.min()) <= int(indices.max()) < size:
            bad = indices[(indices < 0) | (indices >= size)][0]
            raise ValueError(
                f"the incidence is broken: an index is {bad}, which is not in 0 to {size - 1}"
            )


def _refuse(
    bad: npt.NDArray[np.bool_], row: Any, column: Any, data: FloatArray, message: str
) -> None:
    if bad.any():
        at = int(np.argmax(bad))
        raise ValueError(
            f"the incidence holds {data[at]:g} in row {row[at]}, column {column[at]}: {message}"
        )


def number_docs(docs: Any, n_rows: int) -> tuple[IntArray, list[Any]]:
    """Number the documents of rows in order of appearance, and return their labels."""
    import pandas as pd

    codes, labels = pd.factorize(pd.Series(docs))
    if len(codes) != n_rows:
        raise ValueError(f"docs must have one label a row, {n_rows} in all, but has {len(codes)}")
    if (codes < 0).any():
        raise ValueError(f"docs: the label of row {int(np.argmax(codes < 0))} is missing")
    return codes.astype(np.int64), list(labels)
