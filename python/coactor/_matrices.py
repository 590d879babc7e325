"""Pairs as matrices: sparse, dense, labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _core
from ._results import text_array
from ._selection import allowed

if TYPE_CHECKING:
    import pandas as pd
    import scipy.sparse

    from ._counted import Counted
    from ._table import Cells

__all__ = ["MAX_CELLS", "dense", "labelled", "refuse_size", "sparse"]

#: Cells of a dense table that are still made without asking.
MAX_CELLS = 10**8


def refuse_size(cells: int, instead: str) -> None:
    """Raise a ValueError where a table would fill the memory."""
    if cells > MAX_CELLS:
        raise ValueError(f"this table would have {cells:,} cells; {instead}")


def shape_of(pairs: Counted) -> tuple[int, int]:
    n, split = len(pairs._labels), pairs._split
    return (n, n) if split is None else (split, n - split)


def sparse(pairs: Counted, group: Any) -> scipy.sparse.csr_array:
    """Make what `Cooccurrence.to_scipy` documents."""
    import scipy.sparse

    _, cells = pairs._cells(group)
    shape = shape_of(pairs)
    indptr = np.searchsorted(cells.first, np.arange(shape[0] + 1, dtype=np.int32)).astype(np.int64)
    if pairs._counting.directed or pairs._split is not None:
        second = cells.second - np.int32(pairs._split or 0)
        own = (pairs._scaled(cells.sums).copy(), second.astype(np.int32), indptr)
        return scipy.sparse.csr_array(own, shape=shape)
    if cells.sums.dtype == np.int32:
        whole_indptr, indices, values = _core.mirror(indptr, cells.second, None, cells.sums)
        return scipy.sparse.csr_array((values, indices, _narrow(whole_indptr)), shape=shape)
    values = pairs._scaled(cells.sums)
    whole_indptr, indices, mirrored = _core.mirror(
        indptr, cells.second, values.view(np.int64), None
    )
    return scipy.sparse.csr_array(
        (mirrored.view(values.dtype), indices, _narrow(whole_indptr)), shape=shape
    )


def _narrow(indptr: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Give row pointers the type of the indices where they fit: SciPy then takes both unseen."""
    return indptr.astype(np.int32) if indptr[-1] < 2**31 else indptr


def dense(pairs: Counted, cells: Cells, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Spread values of pairs over a table, 0 where there is no pair."""
    shape, split = shape_of(pairs), pairs._split
    refuse_size(shape[0] * shape[1], "to_scipy() gives the same counts in little memory")
    matrix = np.zeros(shape, dtype=values.dtype)
    second = cells.second - (split or 0)
    matrix[cells.first, second] = values
    if not pairs._counting.directed and split is None:
        matrix[second, cells.first] = values
    return matrix


def labelled(pairs: Counted, measure: str, group: Any) -> pd.DataFrame:
    """Make what `Cooccurrence.matrix` documents."""
    import pandas as pd

    known, split = pairs._known([measure]), pairs._split
    number, cells = pairs._cells(group)
    if measure == "count":
        values = dense(pairs, cells, pairs._scaled(cells.sums))
    else:
        units = dense(pairs, cells, cells.units.astype(np.float64))
        n_i = pairs._margin("occurrences", number, np.arange(len(pairs._labels)))
        rows, columns = (n_i, n_i) if split is None else (n_i[:split], n_i[split:])
        n = np.asarray(pairs._table.n_units[number])
        values = known[measure].of(units, rows[:, None], columns[None, :], n)
        if split is None:
            np.fill_diagonal(values, np.nan)
        _blank(pairs, values, number)
    index = pd.Index(text_array(pairs._labels))
    table = pd.DataFrame(
        values,
        index=index if split is None else index[:split],
        columns=index if split is None else index[split:],
    )
    table.attrs["config"] = pairs.config
    return table


def _blank(pairs: Counted, values: npt.NDArray[np.float64], group: int) -> None:
    """Write NaN where a pair was not selected: no measure of it is known, not one of 0."""
    if pairs._selection.is_all:
        return
    row, column = (axis.ravel() for axis in np.indices(values.shape))
    other = column + (pairs._split or 0)
    first, second = row, other
    if not pairs._counting.directed:
        first, second = np.minimum(row, other), np.maximum(row, other)
    kept = allowed(pairs, np.full(len(row), group), first, second)
    values[~kept.reshape(values.shape)] = np.nan
