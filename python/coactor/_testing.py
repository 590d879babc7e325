"""The clustered test of the pairs of a result: whom it tests, by what clusters, in what table."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._columns import n_threads
from ._counting import at_least_0, listed
from ._incidence import IntArray
from ._inference import Margins, clustered_test, common_pairs, statistics
from ._matrices import MAX_CELLS
from ._pair_tables import by_count, group_columns
from ._results import picked, plural
from ._selection import allowed
from ._wording import FEW_DOCS_IN_CORPUS

if TYPE_CHECKING:
    import pandas as pd

    from ._counted import Counted

__all__ = ["family_test"]

#: Why not to trust the z of a pair; columns of `clustered_test`.
FLAGS = ("few_docs", "few_expected")

#: Why pairs counted by these rules have no expectation to be held against.
_UNTESTED = {
    "min": "the smaller of two numbers",
    "fractional": "how many others a unit names",
    "pairs": "which mentions overlap",
    "distance": "how far apart mentions stand",
}


class Family(NamedTuple):
    """The pairs of one group that are tested."""

    group: IntArray
    first: IntArray
    second: IntArray


class Design(NamedTuple):
    """What is taken to be independent of what."""

    clusters: IntArray | None  # of each document; None: each is its own
    strata: IntArray | None  # of each document; None: there is one


def family_test(
    pairs: Counted,
    cluster: str,
    strata: str | Sequence[str],
    adjust: str,
    alternative: str,
    min_expected: float,
    few_docs: str,
    threads: int | None,
) -> pd.DataFrame:
    """Make what `Cooccurrence.test` documents."""
    import pandas as pd

    _refuse(pairs)
    least = at_least_0("min_expected", min_expected)
    names = list(listed("strata", strata))
    design = _design(pairs, cluster, names)
    use = pairs._threads if threads is None else n_threads(threads)
    families, results, sizes = [], [], []
    for number in range(len(pairs._table.n_units)):
        parts = _parts(pairs, number, design, use)
        family = _family(pairs, number, parts, least)
        families.append(family)
        results.append(statistics(parts, family.first, family.second))
        if not np.isnan(results[-1].z).all():
            sizes.append(sum(part.n_clusters for part in parts))
    nobody = Family(*(np.zeros(0, dtype=np.int64) for _ in Family._fields))
    group, first, second = (np.concatenate(c) for c in zip(nobody, *families, strict=True))
    columns, n_tests = clustered_test(results, adjust, alternative, few_docs)
    order = by_count(pairs, group, first, second, columns["count"])
    frame = pd.DataFrame(
        {
            **group_columns(pairs, group[order]),
            "a": picked(pairs._labels, first[order]),
            "b": picked(pairs._labels, second[order]),
            **{name: values[order] for name, values in columns.items() if name not in FLAGS},
            "flag": _flags(*(columns[name][order] for name in FLAGS)),
        }
    )
    frame.attrs["config"] = {
        **pairs.config,
        "cluster": cluster,
        "strata": names,
        "adjust": adjust,
        "alternative": alternative,
        "min_expected": least,
        "few_docs": few_docs,
    }
    met = frame["count"] > 0
    frame.attrs["n_tests"] = n_tests
    frame.attrs["n_met"] = len(pairs)
    frame.attrs["n_met_untested"] = len(pairs) - int((met & frame["p"].notna()).sum())
    frame.attrs["n_met_below"] = len(pairs) - int(met.sum())
    _warn_few(sizes, cluster)
    return frame


def _flags(few_docs: npt.NDArray[Any], few_expected: npt.NDArray[Any]) -> pd.Series:
    """Join the names of the flags that a row has by blanks."""
    names = ["", FLAGS[0], FLAGS[1], " ".join(FLAGS)]
    return picked(names, few_docs + 2 * few_expected.astype(np.int64))


def _warn_few(sizes: Sequence[int], cluster: str) -> None:
    """Warn whoever called `test` where z rests on few clusters; `sizes`: those of each group."""
    few = [size for size in sizes if size < FEW_DOCS_IN_CORPUS]
    if not few:
        return
    noun, of = ("document", "") if cluster == "doc" else ("cluster", f" of {cluster!r}")
    where = f"this test rests on {plural(few[0], noun)}{of}"
    if len(sizes) > 1:
        groups = f"{len(few):,} of {plural(len(sizes), 'group')}"
        where = f"in {groups} the test rests on few {noun}s{of}, in one on {min(few):,}"
    warnings.warn(
        f"{where}: p and q are read off a normal distribution, which z does not follow where there "
        f"are fewer than {FEW_DOCS_IN_CORPUS}; read the counts, and the sentences behind them",
        UserWarning,
        stacklevel=4,
    )


def _refuse(pairs: Counted) -> None:
    counting = pairs._counting
    if counting.is_window:
        raise ValueError(
            "the test is about units that hold both actors, and a window of words is no unit: it "
            'has no N; for n sentences at a time use unit="sentence", span=n'
        )
    if counting.directed:
        raise ValueError(
            "the test is about units that hold both actors, whatever their order: independence "
            "says nothing of who comes first; count with directed=False"
        )
    if counting.count in _UNTESTED:
        raise ValueError(
            f"count={counting.count!r} cannot be tested: what independent actors would show "
            f"depends on {_UNTESTED[counting.count]}, not only on how often each is named; count "
            '"binary" or "product"'
        )


def _parts(pairs: Counted, number: int, design: Design, threads: int) -> list[Margins]:
    """Sum over the clusters of one group, stratum by stratum."""
    docs = None if pairs._groups is None else pairs._groups.docs[number]
    each: list[IntArray | None] = [docs]
    if design.strata is not None:
        held = np.arange(len(design.strata), dtype=np.int64) if docs is None else docs
        order = held[np.argsort(design.strata[held], kind="stable")]
        bounds = np.flatnonzero(np.diff(design.strata[order])) + 1
        each = list(np.split(order, bounds)) if len(order) else [order]
    by_mention = pairs._counting.count == "product"
    return [Margins.of(pairs._field, part, design.clusters, threads, by_mention) for part in each]


def _family(pairs: Counted, number: int, parts: Sequence[Margins], least: float) -> Family:
    """Return the pairs of one group that are expected often enough, and were selected."""
    first, second = common_pairs(parts, least, MAX_CELLS // 10, pairs._split)
    group = np.full(len(first), number)
    if not pairs._selection.is_all:
        kept = allowed(pairs, group, first, second)
        group, first, second = group[kept], first[kept], second[kept]
    return Family(group, first, second)


# ---- clusters and strata -------------------------------------------------------------------------


def _design(pairs: Counted, cluster: str, strata: list[str]) -> Design:
    """Number the clusters and strata of documents; a ValueError where a cluster lies in several."""
    if (cluster != "doc" or strata) and not pairs._sources:
        named = f"cluster={cluster!r}" if cluster != "doc" else f"strata={strata!r}"
        raise ValueError(f'{named} names a column, but a matrix has none; use cluster="doc"')
    clusters = None
    if cluster != "doc":
        clusters = _codes(pairs, [cluster], "cluster")
        # Documents without a value are no cluster together: each is one of its own.
        missing = clusters < 0
        clusters[missing] = clusters.max(initial=-1) + 1 + np.arange(int(missing.sum()))
    if not strata:
        return Design(clusters, None)
    of_docs = _codes(pairs, strata, "strata")
    if clusters is not None:
        _check_nested(pairs, clusters, of_docs, cluster, strata)
    return Design(clusters, of_docs)


def _codes(pairs: Counted, names: list[str], argument: str) -> IntArray:
    """Number what documents have in some columns; a single column without a value gives -1."""
    import pandas as pd

    of_sources = [spans.corpus._groups(names, argument) for spans in pairs._sources]
    keys = pd.concat(of_sources, ignore_index=True)
    if len(names) == 1:
        codes: IntArray = pd.factorize(keys.iloc[:, 0])[0].astype(np.int64)
        return codes
    grouped = keys.groupby(names, dropna=False, sort=False, observed=True)
    return np.asarray(grouped.ngroup(), dtype=np.int64)


def _check_nested(
    pairs: Counted, clusters: IntArray, strata: IntArray, cluster: str, names: list[str]
) -> None:
    """Raise a ValueError for clusters in several strata, which then are not independent."""
    order = np.lexsort((strata, clusters))
    same = clusters[order][1:] == clusters[order][:-1]
    torn = np.flatnonzero(same & (strata[order][1:] != strata[order][:-1]))
    if len(torn):
        n = len(np.unique(clusters[order][torn]))
        raise ValueError(
            f"{plural(n, 'cluster')} of {cluster!r} lie in several strata of {names!r}, which then "
            "are not independent of each other; take as strata what all documents of a cluster "
            'share, or cluster="doc"'
        )
