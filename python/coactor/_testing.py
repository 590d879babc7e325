"""The clustered test of the pairs of a result: whom it tests, by what clusters, in what table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._columns import n_threads
from ._incidence import IntArray
from ._inference import Margins, Statistics, clustered_test, common_pairs
from ._matrices import MAX_CELLS
from ._pair_tables import by_count, group_columns
from ._results import picked
from ._selection import allowed

if TYPE_CHECKING:
    import pandas as pd

    from ._counted import Counted

__all__ = ["family_test"]


class Family(NamedTuple):
    """The pairs of one group that are tested."""

    group: IntArray
    first: IntArray
    second: IntArray


def family_test(
    pairs: Counted,
    cluster: str,
    adjust: str,
    alternative: str,
    min_expected: float,
    few_docs: str,
    threads: int | None,
) -> pd.DataFrame:
    """Make what `Cooccurrence.test` documents."""
    import pandas as pd

    _refuse(pairs, min_expected)
    clusters = _clusters(pairs, cluster)
    use = pairs._threads if threads is None else n_threads(threads)
    families, results = [], []
    for number in range(len(pairs._table.n_units)):
        families.append(_family(pairs, number, float(min_expected)))
        results.append(_statistics(pairs, number, families[-1], clusters, use))
    nobody = Family(*(np.zeros(0, dtype=np.int64) for _ in Family._fields))
    group, first, second = (np.concatenate(c) for c in zip(nobody, *families, strict=True))
    columns, n_tests = clustered_test(results, adjust, alternative, few_docs)
    order = by_count(pairs, group, first, second, columns["count"])
    frame = pd.DataFrame(
        {
            **group_columns(pairs, group[order]),
            "a": picked(pairs._labels, first[order]),
            "b": picked(pairs._labels, second[order]),
            **{name: values[order] for name, values in columns.items() if name != "few"},
            "flag": picked(["", "few_docs"], columns["few"][order].astype(np.int64)),
        }
    )
    frame.attrs["config"] = {
        **pairs.config,
        "cluster": cluster,
        "adjust": adjust,
        "alternative": alternative,
        "min_expected": float(min_expected),
        "few_docs": few_docs,
    }
    frame.attrs["n_tests"] = n_tests
    return frame


def _refuse(pairs: Counted, min_expected: float) -> None:
    counting = pairs._counting
    if counting.is_window or counting.count != "binary" or counting.directed:
        raise ValueError(
            "the test is about units that hold both actors: it needs binary, undirected counts "
            "of documents, paragraphs or sentences"
        )
    if pairs._split is not None:
        raise ValueError("the test is about actors of one kind; two modes cannot be tested yet")
    if not float(min_expected) >= 0.0:
        raise ValueError(f"min_expected must be a number of at least 0, got {min_expected!r}")


def _family(pairs: Counted, number: int, least: float) -> Family:
    """Return the pairs of one group that are expected often enough, and were selected."""
    actors = np.arange(len(pairs._labels))
    occurrences = pairs._table.margin("occurrences", np.full(len(actors), number), actors)
    n = float(pairs._table.n_units[number])
    first, second = common_pairs(occurrences, n, least, MAX_CELLS // 10)
    group = np.full(len(first), number)
    if not pairs._selection.is_all:
        kept = allowed(pairs, group, first, second)
        group, first, second = group[kept], first[kept], second[kept]
    return Family(group, first, second)


def _statistics(
    pairs: Counted, number: int, family: Family, clusters: IntArray | None, threads: int
) -> Statistics:
    docs = None if pairs._groups is None else pairs._groups.docs[number]
    margins = Margins.of(pairs._field, docs, clusters, threads)
    return margins.statistics(family.first, family.second)


def _clusters(pairs: Counted, cluster: str) -> IntArray | None:
    """Return the cluster of each document; None where each is its own."""
    import pandas as pd

    if cluster == "doc":
        return None
    if not pairs._sources:
        raise ValueError(f'cluster={cluster!r} names a column, but a matrix has none; use "doc"')
    columns: list[Any] = [spans.corpus._groups(cluster).iloc[:, 0] for spans in pairs._sources]
    column = pd.concat(columns, ignore_index=True)
    missing = column.isna().to_numpy()
    codes: IntArray = pd.factorize(column)[0].astype(np.int64)
    # Documents without a value are no cluster together: each is one of its own.
    codes[missing] = codes.max(initial=-1) + 1 + np.arange(int(missing.sum()))
    return codes
