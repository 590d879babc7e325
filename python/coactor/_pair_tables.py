"""Pairs as tables: one row a pair, in each group; and the numbers of single actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._counting import listed, whole
from ._incidence import IntArray
from ._matrices import refuse_size
from ._measures import Measure, jaccard, lift, ratio
from ._results import picked, text_array
from ._selection import allowed
from ._table import Cells, tabulate

if TYPE_CHECKING:
    import pandas as pd

    from ._counted import Counted
    from ._spans import Spans

__all__ = [
    "FEW_DOCS_EXPECTED",
    "by_actor",
    "by_count",
    "from_sources",
    "group_columns",
    "groups_of",
    "self_pairs",
    "tidy",
]

#: A pair expected in fewer documents than this is flagged: its statistics are not to be trusted.
FEW_DOCS_EXPECTED = 5


# ---- pairs ---------------------------------------------------------------------------------------


def tidy(
    pairs: Counted,
    measures: str | Iterable[str] | None,
    min_count: int,
    zeros: bool,
    meta: bool,
) -> pd.DataFrame:
    """Make what `Cooccurrence.to_frame` documents."""
    import pandas as pd

    names = () if measures is None else listed("measures", measures)
    extra = pairs._known(names, unequal=len(set(pairs._table.n_units.tolist())) > 1)
    min_count = whole("min_count", min_count)
    if zeros and min_count > 1:
        raise ValueError(f"zeros=True and min_count={min_count} contradict each other")
    cells = _with_zeros(pairs) if zeros else _met(pairs, min_count)
    order = by_count(pairs, cells.group, cells.first, cells.second, cells.sums)
    cells = Cells(*(column[order] for column in cells))
    columns = _columns(pairs, cells, extra)
    if meta:
        columns |= _about(pairs, cells)
    frame = pd.DataFrame({**group_columns(pairs, cells.group), **columns})
    frame.attrs["config"] = pairs.config
    return frame


def _columns(pairs: Counted, cells: Cells, extra: dict[str, Measure]) -> dict[str, Any]:
    """Return what is told of each pair, and the measures named."""
    count = pairs._scaled(cells.sums)
    n_i, n_j, n = pairs._margins(cells.group, cells.first, cells.second)
    a = cells.units.astype(np.float64)
    windows = pairs._counting.is_window
    undefined = np.full(len(a), np.nan)
    columns: dict[str, Any] = {
        "a": picked(pairs._labels, cells.first),
        "b": picked(pairs._labels, cells.second),
        "count": count,
        "n_docs": cells.docs.astype(np.int64, copy=False),
        "n_a": n_i.astype(np.int64),
        "n_b": n_j.astype(np.int64),
        "share_a": ratio(count.astype(np.float64), n_i),
        "share_b": ratio(count.astype(np.float64), n_j),
        "jaccard": undefined if windows else jaccard(a, n_i, n_j, n),
        "expected": ratio(n_i * n_j, n),
        "lift": undefined if windows else lift(a, n_i, n_j, n),
        "flag": picked(["", "few_docs"], _few_docs(pairs, cells)),
    }
    for name, measure in extra.items():
        columns.setdefault(name, measure.of(a, n_i, n_j, n))
    return columns


def _about(pairs: Counted, cells: Cells) -> dict[str, Any]:
    """Return labels and classes of the two."""
    about = [pairs._about_actor(label) for label in pairs._labels]
    return {
        f"{name}_{side}": picked([text[k] for text in about], which)
        for k, name in enumerate(("label", "class"))
        for side, which in (("a", cells.first), ("b", cells.second))
    }


def _few_docs(pairs: Counted, cells: Cells) -> IntArray:
    """Mark with 1 the pairs expected in too few documents, by the actors' documents alone."""
    of_i, of_j = (
        pairs._margin("actor_docs", cells.group, which) for which in (cells.first, cells.second)
    )
    few: npt.NDArray[np.bool_] = of_i * of_j < FEW_DOCS_EXPECTED * pairs._table.n_docs[cells.group]
    return few.astype(np.int64)


def by_count(pairs: Counted, group: Any, first: Any, second: Any, count: Any) -> IntArray:
    """Return the order of a table: by group, then by count falling, then by labels as text."""
    labels = [str(label) for label in pairs._labels]
    rank = np.empty(len(labels), dtype=np.int64)
    rank[sorted(range(len(labels)), key=labels.__getitem__)] = np.arange(len(labels))
    return np.lexsort((rank[second], rank[first], -count, group))


def group_columns(pairs: Counted, group: npt.NDArray[Any]) -> dict[str, Any]:
    """Return the columns of ``by=`` for each row of a table."""
    if pairs._groups is None:
        return {}
    keys = pairs._groups.keys
    return {name: keys[name].take(group).reset_index(drop=True) for name in keys.columns}


def _met(pairs: Counted, min_count: int) -> Cells:
    return pairs._table.keep(pairs._table.units >= min_count).cells()


def _with_zeros(pairs: Counted) -> Cells:
    n, split, table = len(pairs._labels), pairs._split, pairs._table
    n_groups = len(table.n_units)
    size = n * (n - 1) // 2 if split is None else split * (n - split)
    size *= (2 if pairs._counting.directed else 1) * n_groups
    refuse_size(12 * size, "leave out the pairs that never meet (zeros=False)")
    if split is not None:
        first = np.repeat(np.arange(split), n - split)
        second = np.tile(np.arange(split, n), split)
    elif pairs._counting.directed:
        first, second = np.nonzero(~np.eye(n, dtype=np.bool_))
    else:
        first, second = np.triu_indices(n, 1)
    group = np.repeat(np.arange(n_groups), len(first))
    first, second = np.tile(first, n_groups), np.tile(second, n_groups)
    if not pairs._selection.is_all:
        kept = allowed(pairs, group, first, second)
        group, first, second = group[kept], first[kept], second[kept]
    at = np.searchsorted((group * n + first) * n + second, table.pair_key())
    filled = []
    for column in (table.sums, table.units, table.docs):
        values = np.zeros(len(first), dtype=np.int64)
        values[at] = column
        filled.append(values)
    return Cells(group, first, second, *filled)


# ---- groups and actors ---------------------------------------------------------------------------


def groups_of(pairs: Counted) -> pd.DataFrame:
    """Make what `Cooccurrence.groups` documents."""
    import pandas as pd

    table = pairs._table
    keys = pd.DataFrame(index=range(1)) if pairs._groups is None else pairs._groups.keys
    frame = keys.copy()
    for name in ("n_units", "n_empty"):
        values = getattr(table, name)
        frame[name] = values if pairs._counting.is_window else values.astype(np.int64)
    frame["n_docs"] = table.n_docs
    frame.attrs["config"] = pairs.config
    return frame


def by_actor(pairs: Counted, values: npt.NDArray[Any], name: str) -> pd.Series:
    """Return a number for each actor under its id."""
    import pandas as pd

    if values.dtype != np.float64:
        values = values.astype(np.int64)
    index = pd.Index(text_array(pairs._labels), name="actor")
    column = pd.Series(values, index=index, name=name)
    column.attrs["config"] = pairs.config
    return column


def self_pairs(pairs: Counted) -> npt.NDArray[Any]:
    """Return what `Cooccurrence.self_pairs` documents."""
    counting = pairs._counting
    if counting.by_place:
        table = pairs._table
        if pairs._groups is not None:  # a document may be in several
            table = tabulate(pairs._field, None, counting, pairs._split, pairs._threads)
        values = np.zeros(len(pairs._labels), dtype=np.int64)
        if table.selves is not None:
            values[table.key] = table.selves
        return pairs._scaled(values)
    if pairs._sources:
        return from_sources(pairs, lambda spans: spans.self_pairs(counting))
    rows = pairs._field.rows
    if rows is None or rows.counts is None:
        return np.zeros(len(pairs._labels), dtype=np.int64)
    return np.bincount(rows.actors[rows.counts > 1], minlength=len(pairs._labels))


def from_sources(pairs: Counted, values_of: Callable[[Spans], IntArray]) -> IntArray:
    """Add up what the spans of each corpus say of the actors."""
    place = {label: i for i, label in enumerate(pairs._labels)}
    values = np.zeros(len(place), dtype=np.int64)
    for spans in pairs._sources:
        for label, value in zip(spans.labels, values_of(spans).tolist(), strict=True):
            if label in place:
                values[place[label]] += value
    return values
