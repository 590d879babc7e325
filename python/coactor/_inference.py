"""The clustered test: whether a pair meets more often than independent actors would.

v_d = a_d - E (n_id / n_i + n_jd / n_j - N_d / N)        for each cluster d of units
z = (a - E) / sqrt(D / (D - 1) * sum (v_d - mean v)^2)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from . import _core
from ._incidence import Field, IntArray, spread
from ._measures import ratio
from ._results import one_of

__all__ = ["Margins", "clustered_test", "common_pairs"]

FloatArray = npt.NDArray[np.float64]

#: Where fewer clusters than this are expected to hold both actors, z is not to be trusted.
FEW = 5


def common_pairs(
    occurrences: IntArray, n: float, least: float, most: int
) -> tuple[IntArray, IntArray]:
    """List the pairs that at least `least` of N units are expected to hold, first < second.

    A ValueError where there are more than `most`.
    """
    held = np.flatnonzero(occurrences > 0)
    by_size = held[np.argsort(-occurrences[held], kind="stable")]
    sizes = occurrences[by_size].astype(np.float64)
    # With whom an actor is expected often enough comes first: sizes fall.
    wanted = least * n / sizes if len(sizes) else sizes
    # A product may round to either side of the bound, so the exact question is asked once more.
    partners = np.searchsorted(-sizes, -wanted * (1.0 - 1e-9), side="right")
    begins = np.arange(len(sizes)) + 1
    total = int(np.maximum(partners - begins, 0).sum())
    if total > most:
        raise ValueError(
            f"{total:,} pairs would be tested; raise min_expected= above {least:g}, or "
            "select actors"
        )
    ends = np.maximum(partners, begins)
    one = np.repeat(np.arange(len(sizes)), ends - begins)
    other = spread(begins, ends)
    kept = ratio(sizes[one] * sizes[other], np.array(n)) >= least
    i, j = by_size[one[kept]], by_size[other[kept]]
    first, second = np.minimum(i, j), np.maximum(i, j)
    order = np.lexsort((second, first))
    return first[order].astype(np.int64), second[order].astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """What is known of each pair of one group."""

    count: IntArray
    expected: FloatArray
    n_clusters: IntArray  # that have a unit with both
    z: FloatArray
    few: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Sums over clusters: of single actors, and of pairs that share one."""

    n: float
    n_clusters: int
    sizes_squared: float
    n_i: FloatArray  # by actor: units
    ii: FloatArray  # squares of its units in each cluster
    i_size: FloatArray  # its units in each cluster times the cluster's
    clusters_of: FloatArray  # clusters that name it
    key: IntArray  # first * n_actors + second, ascending
    sums: FloatArray  # a row a key: a, aa, ai, aj, an, ij, clusters
    n_actors: int

    @classmethod
    def of(
        cls, field: Field, docs: IntArray | None, clusters: IntArray | None, threads: int
    ) -> Margins:
        """Sum over the documents given (None: all), or over clusters of them."""
        rows, units = field.rows, field.doc_units
        assert rows is not None
        row_docs = rows.doc_of_rows()
        n_docs = len(units)
        if docs is not None:
            begins = np.searchsorted(row_docs, docs, side="left")
            held = spread(begins, np.searchsorted(row_docs, docs, side="right"))
            rows, row_docs = replace(rows, docs=row_docs).take(held), row_docs[held]
            units = np.bincount(docs, weights=units[docs], minlength=n_docs).astype(np.int64)
        of_doc = np.arange(n_docs, dtype=np.int64) if clusters is None else clusters
        cluster = of_doc[row_docs]
        if np.any(np.diff(cluster) < 0):
            order = np.argsort(cluster, kind="stable")
            rows, cluster = rows.take(order), cluster[order]
        sizes = np.bincount(of_doc, weights=units).astype(np.int64)
        n, of_entry = field.n_actors, np.repeat(cluster, np.diff(rows.indptr))
        indptr, second, sums = _core.cluster_sums(
            rows.indptr, rows.actors, cluster, of_entry, sizes, n, threads
        )
        first = np.repeat(np.arange(n, dtype=np.int64), np.diff(indptr))
        key, counts = np.unique(of_entry * max(1, n) + rows.actors, return_counts=True)
        actor, there = key % max(1, n), counts.astype(np.float64)
        size = sizes[key // max(1, n)].astype(np.float64)

        def by_actor(values: FloatArray | None) -> FloatArray:
            return np.bincount(actor, weights=values, minlength=n).astype(np.float64)

        return cls(
            n=float(units.sum()),
            n_clusters=int(np.count_nonzero(sizes)),
            sizes_squared=float((sizes.astype(np.float64) ** 2).sum()),
            n_i=by_actor(there),
            ii=by_actor(there * there),
            i_size=by_actor(there * size),
            clusters_of=by_actor(None),
            key=first * n + second,
            sums=sums.reshape(-1, 7).astype(np.float64),
            n_actors=n,
        )

    def statistics(self, first: IntArray, second: IntArray) -> Statistics:
        """Return z of pairs, and what it is made from; pairs that share no cluster included."""
        wanted = first * self.n_actors + second
        sums = np.zeros((len(wanted), 7))
        if len(self.key):
            at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
            met = self.key[at] == wanted
            sums[met] = self.sums[at[met]]
        a, aa, ai, aj, an, ij, held = sums.T
        n, n_i, n_j = np.array(self.n), self.n_i[first], self.n_i[second]
        e = ratio(n_i * n_j, n)
        with np.errstate(divide="ignore", invalid="ignore"):
            square = aa - 2.0 * e * (ai / n_i + aj / n_j - an / n)
            square += e * e * (
                self.ii[first] / n_i**2
                + self.ii[second] / n_j**2
                + self.sizes_squared / n**2
                + 2.0 * ij / (n_i * n_j)
                - 2.0 * self.i_size[first] / (n_i * n)
                - 2.0 * self.i_size[second] / (n_j * n)
            )  # fmt: skip
            d = np.float64(self.n_clusters)
            about_mean = square - (a - e) ** 2 / d
            variance = d / (d - 1.0) * about_mean if d > 1.0 else np.full(len(a), np.nan)
            # What rounding leaves of a variance of nothing is no variance.
            variance[variance <= 1e-12 * np.maximum(1.0, aa)] = np.nan
            z = (a - e) / np.sqrt(variance)
        few = self.clusters_of[first] * self.clusters_of[second] < FEW * d
        return Statistics(a.astype(np.int64), e, held.astype(np.int64), z, few)


def adjusted(p: FloatArray, adjust: str) -> FloatArray:
    """Correct p for so many tests; NaN is no test."""
    q = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    m = len(tested)
    if m == 0:
        return q
    order = tested[np.argsort(p[tested], kind="stable")]
    rank = np.arange(1, m + 1)
    if adjust == "holm":
        steps = np.maximum.accumulate(p[order] * (m - rank + 1))
    else:
        more = float((1.0 / rank).sum()) if adjust == "BY" else 1.0
        steps = np.minimum.accumulate((p[order] * m * more / rank)[::-1])[::-1]
    # p m / m may come out a hair below p.
    q[order] = np.maximum(np.minimum(steps, 1.0), p[order])
    return q


def clustered_test(
    parts: Sequence[Statistics], adjust: str, alternative: str, few_docs: str
) -> tuple[dict[str, npt.NDArray[np.generic]], int]:
    """Return the columns of the test over all groups, and how many pairs it tested."""
    from scipy.special import ndtr

    one_of("adjust", adjust, ("BH", "BY", "holm"))
    one_of("alternative", alternative, ("two-sided", "greater", "less"))
    one_of("few_docs", few_docs, ("flag", "keep"))
    names = ("count", "expected", "n_clusters", "z", "few")
    count, expected, n_docs, z, few = (
        np.concatenate([getattr(part, name) for part in parts])
        if parts
        else np.zeros(0, np.int64 if name in ("count", "n_clusters") else np.float64)
        for name in names
    )
    tail = {"two-sided": 2.0 * ndtr(-np.abs(z)), "greater": ndtr(-z), "less": ndtr(z)}
    p = np.where(few.astype(np.bool_) & (few_docs == "flag"), np.nan, tail[alternative])
    columns = {
        "count": count,
        "expected": expected,
        "n_docs": n_docs,
        "z": z,
        "p": p,
        "q": adjusted(p, adjust),
        "few": few,
    }
    return columns, int(np.count_nonzero(~np.isnan(p)))
