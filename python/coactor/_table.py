"""Counts of pairs by group: what the core counts, put into one table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import _core
from ._counting import Counting
from ._groups import Groups
from ._incidence import (
    Field,
    IntArray,
    Rows,
    Spots,
    WholeArray,
    number_docs,
    read_incidence,
    spread,
)
from ._results import distinct

__all__ = ["Cells", "Table", "tabulate", "tabulate_matrix"]

FloatArray = npt.NDArray[np.float64]
Int32Array = npt.NDArray[np.int32]


class _Count(NamedTuple):
    """The pairs of one group, by their first actor, then by their second; and the actors."""

    first: Int32Array
    second: Int32Array
    sums: WholeArray
    units: WholeArray
    docs: WholeArray
    occurrences: IntArray
    actor_docs: IntArray
    selves: IntArray | None


class Cells(NamedTuple):
    """Pairs: who, in which group, and how often; see `Table`."""

    group: npt.NDArray[Any]
    first: npt.NDArray[Any]
    second: npt.NDArray[Any]
    sums: WholeArray
    units: WholeArray
    docs: WholeArray


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Pairs that meet, by group, then by first, then by second; and each group by itself."""

    n_actors: int
    group: Int32Array
    first: Int32Array
    second: Int32Array
    sums: WholeArray  # what the rule counts, times its scale
    units: WholeArray  # units that hold both (for windows: pairs of mentions)
    docs: WholeArray  # distinct documents of these
    key: IntArray  # group * n_actors + actor, ascending: who occurs where
    occurrences: IntArray  # units that hold the actor (for windows: its mentions)
    actor_docs: IntArray
    selves: IntArray | None  # pairs of mentions of the actor, where those are what is counted
    n_units: FloatArray  # by group; NaN for windows
    n_empty: FloatArray
    n_docs: IntArray

    def margin(self, which: str, group: Any, actor: Any) -> IntArray:
        """Return a number of actors in groups, 0 where they do not occur."""
        values: IntArray = getattr(self, which)
        wanted = np.asarray(group, dtype=np.int64) * self.n_actors + np.asarray(actor, np.int64)
        if len(self.key) == 0:
            return np.zeros(wanted.shape, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where(self.key[at] == wanted, values[at], 0)

    def pair_key(self) -> IntArray:
        """Number the pairs across all groups, ascending."""
        n = self.n_actors
        return (self.group.astype(np.int64) * n + self.first) * n + self.second

    def keep(self, kept: npt.NDArray[np.bool_]) -> Table:
        """Leave out pairs."""
        return replace(self, **{name: getattr(self, name)[kept] for name in Cells._fields})

    def cells(self) -> Cells:
        """Return all pairs."""
        return Cells(*(getattr(self, name) for name in Cells._fields))

    def cells_of(self, group: int) -> Cells:
        """Return the pairs of one group."""
        begin, stop = np.searchsorted(self.group, [group, group + 1])
        return Cells(*(getattr(self, name)[begin:stop] for name in Cells._fields))


def tabulate(
    field: Field, groups: Groups | None, counting: Counting, split: int | None, threads: int
) -> Table:
    """Count the pairs of each group; with `split`, only those across it (two modes)."""
    if groups is None:
        counts = [_whole_count(field, counting, threads)]
    else:
        counts = _group_counts(field, groups, counting, threads)
    if split is not None:
        counts = [_across(count, split) for count in counts]
    n, which = field.n_actors, range(len(counts))
    numbers = [np.broadcast_to(np.int32(g), len(c.first)) for g, c in enumerate(counts)]
    held = [np.flatnonzero(count.occurrences) for count in counts]
    docs = [None] if groups is None else groups.docs
    size = [_size(field, of, counting) for of in docs]
    many = len(counts) != 1

    def stacked(columns: list[Any]) -> Any:
        if not many:
            return columns[0]
        return np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)

    return Table(
        n_actors=n,
        group=stacked(numbers).astype(np.int32, copy=False),
        first=stacked([c.first for c in counts]).astype(np.int32, copy=False),
        second=stacked([c.second for c in counts]).astype(np.int32, copy=False),
        sums=stacked([c.sums for c in counts]),
        units=stacked([c.units for c in counts]),
        docs=stacked([c.docs for c in counts]),
        key=stacked([at + g * n for g, at in zip(which, held, strict=True)]),
        occurrences=stacked([c.occurrences[at] for c, at in zip(counts, held, strict=True)]),
        actor_docs=stacked([c.actor_docs[at] for c, at in zip(counts, held, strict=True)]),
        selves=stacked([c.selves[at] for c, at in zip(counts, held, strict=True)])  # type: ignore[index]
        if counting.by_place
        else None,
        n_units=np.array([s[0] for s in size], dtype=np.float64),
        n_empty=np.array([s[1] for s in size], dtype=np.float64),
        n_docs=np.array([s[2] for s in size], dtype=np.int64),
    )


def tabulate_matrix(
    csr: Any, docs: Any, n_actors: int, counting: Counting, threads: int
) -> tuple[Field, Table]:
    """Count the pairs of a matrix of units × actors, of any form."""

    def counted(quick: bool) -> tuple[Field, Table]:
        rows = read_incidence(csr, n_actors, quick=quick)
        units = np.broadcast_to(np.int64(1), rows.n)  # a million ones, in eight bytes
        if docs is not None:
            numbers, names = number_docs(docs, rows.n)
            # The core wants documents together; which row comes first in one is all the same.
            order = np.argsort(numbers, kind="stable")
            rows = replace(rows.take(order), docs=numbers[order])
            units = np.bincount(numbers, minlength=len(names)).astype(np.int64)
        field = Field(n_actors, rows, None, units, None)
        table = tabulate(field, None, counting, None, threads)
        return replace(field, rows=rows.own(n_actors)), table

    if docs is not None:
        return counted(False)
    try:  # The count looks at every index anyway: whether they ascend is found out there.
        return counted(True)
    except ValueError:
        return counted(False)


def _size(field: Field, docs: IntArray | None, counting: Counting) -> tuple[float, float, int]:
    """Return N, how many of its units are empty, and in how many documents they lie."""
    (n, n_docs), rows = field.size(docs), field.rows
    if counting.is_window or rows is None:
        return float("nan"), float("nan"), n_docs
    if docs is None:
        return n, n - rows.n_filled, n_docs
    held = spread(*_rows_of(rows.doc_of_rows(), docs))
    return n, n - int(np.count_nonzero(rows.indptr[held + 1] != rows.indptr[held])), n_docs


def _rows_of(docs_of_rows: IntArray, docs: IntArray) -> tuple[IntArray, IntArray]:
    """Return where the rows of documents begin and end."""
    return (
        np.searchsorted(docs_of_rows, docs, side="left"),
        np.searchsorted(docs_of_rows, docs, side="right"),
    )


def _across(count: _Count, split: int) -> _Count:
    kept = (count.first < split) != (count.second < split)
    names = ("first", "second", "sums", "units", "docs")
    return count._replace(**{name: getattr(count, name)[kept] for name in names})


# ---- one group -----------------------------------------------------------------------------------


def _whole_count(field: Field, counting: Counting, threads: int) -> _Count:
    if field.rows is None:
        assert field.spots is not None
        return _count_windows(field.spots, field.n_actors, counting, threads)
    if field.spots is None:
        return _count_rows(field.rows, field.n_actors, counting, threads)
    return _by_place_in_units(field.rows, field.spots, field.n_actors, counting, threads)


def _group_counts(field: Field, groups: Groups, counting: Counting, threads: int) -> list[_Count]:
    """Count group by group, each among those who occur in it: few of many, as a rule."""
    counts = []
    row_docs = None if field.rows is None else field.rows.doc_of_rows()
    for docs in groups.docs:
        rows, spots, actors = None, None, np.zeros(0, dtype=np.int32)
        if field.rows is not None and row_docs is not None:
            rows = field.rows.take(spread(*_rows_of(row_docs, docs)))
            actors = np.union1d(actors, rows.actors)
        if field.spots is not None:
            spots = field.spots.take(spread(*_rows_of(field.spots.docs, docs)))
            actors = np.union1d(actors, spots.actors)
        number = np.full(field.n_actors, -1, dtype=np.int32)
        number[actors] = np.arange(len(actors), dtype=np.int32)
        part = Field(field.n_actors, rows, spots, field.doc_units, None).renumber_rising(
            number, len(actors)
        )
        counts.append(_widened(_whole_count(part, counting, threads), actors, field.n_actors))
    return counts


def _widened(count: _Count, actors: Int32Array, n_actors: int) -> _Count:
    """Give the actors of one group the numbers that they have in all of them."""

    def wide(column: IntArray | None) -> Any:
        if column is None:
            return None
        full = np.zeros(n_actors, dtype=np.int64)
        full[actors] = column
        return full

    return _Count(
        actors[count.first].astype(np.int32),
        actors[count.second].astype(np.int32),
        count.sums,
        count.units,
        count.docs,
        *(wide(column) for column in count[5:]),
    )


def _firsts(indptr: IntArray) -> Int32Array:
    return np.repeat(np.arange(len(indptr) - 1, dtype=np.int32), np.diff(indptr))


def _count_rows(rows: Rows, n_actors: int, counting: Counting, threads: int) -> _Count:
    fractional = counting.count == "fractional"
    (indptr, second, units, sums, docs), occurrences, actor_docs = _core.count_units(
        rows.indptr,
        rows.actors,
        rows.counts if rows.counts is not None or counting.rule == 0 else _ones(rows),
        rows.firsts,
        rows.lasts,
        rows.n_named() if fractional else None,
        rows.docs,
        n_actors,
        counting.rule,
        counting.directed,
        threads,
    )
    return _Count(
        _firsts(indptr),
        second,
        units if sums is None else sums,
        units,
        units if docs is None else docs,
        occurrences,
        occurrences if actor_docs is None else actor_docs,
        None,
    )


def _ones(rows: Rows) -> Int32Array:
    return np.ones(len(rows.actors), dtype=np.int32)


def _count_windows(spots: Spots, n_actors: int, counting: Counting, threads: int) -> _Count:
    reach = counting.reach(spots.longest())
    (indptr, second, units, sums, docs), selves = _core.count_windows(
        spots.segments,
        spots.docs,
        spots.firsts,
        spots.ends,
        spots.actors,
        spots.repeats,
        n_actors,
        reach,
        counting.weights(reach),
        counting.directed,
        threads,
    )
    occurrences = np.bincount(spots.actors, minlength=n_actors).astype(np.int64)
    seen = distinct(spots.docs * max(1, n_actors) + spots.actors)
    actor_docs = np.bincount(seen % max(1, n_actors), minlength=n_actors).astype(np.int64)
    return _Count(
        _firsts(indptr),
        second,
        units if sums is None else sums,
        units,
        units if docs is None else docs,
        occurrences,
        actor_docs,
        selves,
    )


def _by_place_in_units(
    rows: Rows, spots: Spots, n_actors: int, counting: Counting, threads: int
) -> _Count:
    """Count pairs of mentions within units, beside the units that hold both actors."""
    held = _count_rows(rows, n_actors, counting, threads)
    met = _count_windows(spots, n_actors, counting, threads)
    key = held.first.astype(np.int64) * n_actors + held.second
    sums = np.zeros(len(key), dtype=np.int64)
    # Whoever meets by place is in one unit, so each of these keys is there.
    sums[np.searchsorted(key, met.first.astype(np.int64) * n_actors + met.second)] = met.sums
    return held._replace(sums=sums, selves=met.selves)
