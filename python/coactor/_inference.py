"""The clustered test: whether a pair meets more often than independent actors would.

In each stratum, of which there is one unless more are asked for, with D clusters of units:

v_d = a_d - E (n_id / n_i + n_jd / n_j - N_d / N)        for each cluster d, E = n_i n_j / N
z = sum of (a - E) / sqrt(sum of D / (D - 1) * sum (v_d - mean v)^2)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import _core
from ._incidence import Field, IntArray, Rows, spread
from ._measures import ratio
from ._results import one_of

__all__ = ["Margins", "Statistics", "clustered_test", "common_pairs", "statistics"]

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

#: Where fewer clusters than this are expected to hold both actors, z is not to be trusted.
FEW = 5
#: Where so few units are expected, z is not to be trusted of a pair that meets less often: the
#: variance is estimated from the meetings there are, and fewer of them make it smaller.
FEW_UNITS = 5
#: In a stratum of fewer clusters deviations are taken from 0, which is what is expected of them,
#: not from their mean: that of a few hides much of what they differ by.
THIN = 10
#: Cells of the table of expected counts that is made at a time.
BLOCK = 1 << 22


# ---- which pairs are tested ----------------------------------------------------------------------


def common_pairs(
    parts: Sequence[Margins], least: float, most: int, split: int | None = None
) -> tuple[IntArray, IntArray]:
    """List the pairs that at least `least` units are expected to hold, first < second.

    With `split`, those of an actor before it with one from it on. A ValueError where there are more
    than `most`.
    """
    n_i = np.sum([part.n_i for part in parts], axis=0)
    held = np.flatnonzero(n_i > 0)
    by_size = held[np.argsort(-n_i[held], kind="stable")]
    ones, others = by_size, by_size
    if split is not None:
        ones, others = by_size[by_size < split], by_size[by_size >= split]
    find = _likely if len(parts) == 1 else _likely_in_strata
    one, other = find(parts, ones, others, least, most)
    # A product may round to either side of the bound, so the exact question is asked once more.
    kept = expected(parts, one, other) >= least
    first, second = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
    order = np.lexsort((second, first))
    return first[order].astype(np.int64), second[order].astype(np.int64)


def expected(parts: Sequence[Margins], first: IntArray, second: IntArray) -> FloatArray:
    """Return in how many units pairs are expected."""
    total = np.zeros(len(first))
    for part in parts:
        if part.n > 0.0:
            total += part.n_i[first] * part.n_i[second] / part.n
    return total


def _likely(
    parts: Sequence[Margins], ones: IntArray, others: IntArray, least: float, most: int
) -> tuple[IntArray, IntArray]:
    """List each pair once that may be expected often enough; actors come by falling size."""
    (part,) = parts
    wanted = ratio(np.array(least * part.n), part.n_i[ones]) * (1.0 - 1e-9)
    # With whom an actor is expected often enough comes first: sizes fall.
    ends = np.searchsorted(-part.n_i[others], -wanted, side="right")
    begins = np.arange(len(ones)) + 1 if ones is others else np.zeros(len(ones), dtype=np.int64)
    ends = np.maximum(begins, ends)
    _refuse_many(int((ends - begins).sum()), least, most)
    return np.repeat(ones, ends - begins), others[spread(begins, ends)]


def _likely_in_strata(
    parts: Sequence[Margins], ones: IntArray, others: IntArray, least: float, most: int
) -> tuple[IntArray, IntArray]:
    """Do the same by going through all pairs, some rows at a time: sizes differ by stratum."""
    sizes = np.array([part.n_i / np.sqrt(max(part.n, 1.0)) for part in parts])
    found: list[tuple[IntArray, IntArray]] = [(ones[:0], others[:0])]
    total, step = 0, max(1, BLOCK // max(1, len(others)))
    for begin in range(0, len(ones), step):
        rows = ones[begin : begin + step]
        likely = sizes[:, rows].T @ sizes[:, others] >= least - 1e-9 * max(least, 1.0)
        if ones is others:
            likely &= np.arange(len(others)) > begin + np.arange(len(rows))[:, None]
        row, column = np.nonzero(likely)
        total += len(row)
        _refuse_many(total, least, most)
        found.append((rows[row], others[column]))
    one, other = (np.concatenate(column) for column in zip(*found, strict=True))
    return one, other


def _refuse_many(total: int, least: float, most: int) -> None:
    if total > most:
        raise ValueError(
            f"{total:,} pairs would be tested; raise min_expected= above {least:g}, or "
            "select actors"
        )


# ---- sums over clusters --------------------------------------------------------------------------


class Share(NamedTuple):
    """What one stratum says of some pairs."""

    both: FloatArray  # units with both actors
    expected: FloatArray
    n_clusters: FloatArray  # that have a unit with both
    n_clusters_expected: FloatArray
    variance: FloatArray
    squares: FloatArray  # of the counts by cluster: how large rounding errors may be


class Statistics(NamedTuple):
    """What is known of each pair of one group."""

    both: IntArray  # units with both actors
    expected: FloatArray
    n_clusters: IntArray
    z: FloatArray
    few: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Sums over the clusters of a stratum: of single actors, and of pairs that share one."""

    n: float
    n_clusters: int
    sizes_squared: float
    n_i: FloatArray  # by actor: units, or mentions where these are what counts
    ii: FloatArray  # squares of the same in each cluster
    i_size: FloatArray  # the same in each cluster times the cluster's units
    clusters_of: FloatArray  # clusters that name it
    key: IntArray  # first * n_actors + second, ascending
    sums: FloatArray  # a row a key: a, aa, ai, aj, an, ij, clusters
    n_actors: int

    @classmethod
    def of(
        cls,
        field: Field,
        docs: IntArray | None,
        clusters: IntArray | None,
        threads: int,
        by_mention: bool = False,
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
        return cls._summed(rows, cluster, sizes, field.n_actors, threads, by_mention)

    @classmethod
    def _summed(
        cls,
        rows: Rows,
        cluster: IntArray,
        sizes: IntArray,
        n: int,
        threads: int,
        by_mention: bool,
    ) -> Margins:
        """Sum over rows whose clusters ascend."""
        counts = rows.counts if by_mention else None
        entry, actors = np.repeat(cluster, np.diff(rows.indptr)), rows.actors
        if counts is not None:
            entry, actors = np.repeat(entry, counts), np.repeat(actors, counts)
        indptr, second, sums = _core.cluster_sums(
            rows.indptr, rows.actors, counts, cluster, entry, actors, sizes, n, threads
        )
        first = np.repeat(np.arange(n, dtype=np.int64), np.diff(indptr))
        key, found = np.unique(entry * max(1, n) + actors, return_counts=True)
        actor, there = key % max(1, n), found.astype(np.float64)
        size = sizes[key // max(1, n)].astype(np.float64)

        def by_actor(values: FloatArray | None) -> FloatArray:
            return np.bincount(actor, weights=values, minlength=n).astype(np.float64)

        return cls(
            n=float(sizes.sum()),
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

    def share(self, first: IntArray, second: IntArray, about_mean: bool) -> Share:
        """Return the stratum's share of pairs whose actors it both names."""
        wanted = first * self.n_actors + second
        sums = np.zeros((len(wanted), 7))
        if len(self.key):
            at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
            met = self.key[at] == wanted
            sums[met] = self.sums[at[met]]
        a, aa, ai, aj, an, ij, held = sums.T
        n, n_i, n_j = self.n, self.n_i[first], self.n_i[second]
        e = n_i * n_j / n
        square = aa - 2.0 * e * (ai / n_i + aj / n_j - an / n)
        square += e * e * (
            self.ii[first] / n_i**2
            + self.ii[second] / n_j**2
            + self.sizes_squared / n**2
            + 2.0 * ij / (n_i * n_j)
            - 2.0 * self.i_size[first] / (n_i * n)
            - 2.0 * self.i_size[second] / (n_j * n)
        )  # fmt: skip
        d = float(self.n_clusters)
        if about_mean:
            square -= (a - e) ** 2 / d
        factor = d / (d - 1.0) if d > 1.0 else 1.0
        both = self.clusters_of[first] * self.clusters_of[second] / d
        return Share(a, e, held, both, factor * square, aa)


def statistics(parts: Sequence[Margins], first: IntArray, second: IntArray) -> Statistics:
    """Return z of pairs over all strata, and what it is made from."""
    totals = Share(*(np.zeros(len(first)) for _ in Share._fields))
    for part in parts:
        if part.n == 0.0:
            continue
        mine = np.flatnonzero((part.n_i[first] > 0.0) & (part.n_i[second] > 0.0))
        about_mean = len(parts) == 1 or part.n_clusters >= THIN
        share = part.share(first[mine], second[mine], about_mean)
        for total, values in zip(totals, share, strict=True):
            total[mine] += values
    a, e, variance = totals.both, totals.expected, totals.variance
    # What rounding leaves of a variance of nothing is no variance.
    nothing = variance <= 1e-12 * np.maximum(1.0, totals.squares)
    if sum(part.n_clusters for part in parts) < 2:
        nothing[:] = True
    z = (a - e) / np.sqrt(np.where(nothing, np.nan, variance))
    few = totals.n_clusters_expected < FEW
    return Statistics(a.astype(np.int64), e, totals.n_clusters.astype(np.int64), z, few)


# ---- p and q -------------------------------------------------------------------------------------


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
    none, nan = np.zeros(0, dtype=np.int64), np.zeros(0)
    nobody = Statistics(none, nan, none, nan, np.zeros(0, dtype=np.bool_))
    count, expected, n_docs, z, few = (
        np.concatenate(columns) for columns in zip(nobody, *parts, strict=True)
    )
    tail = {"two-sided": 2.0 * ndtr(-np.abs(z)), "greater": ndtr(-z), "less": ndtr(z)}
    p = np.where(few & (few_docs == "flag"), np.nan, tail[alternative])
    columns = {
        "count": count,
        "expected": expected,
        "n_docs": n_docs,
        "z": z,
        "p": p,
        "q": adjusted(p, adjust),
        "few_docs": few,
        # Without a p there is nothing to be careful about.
        "few_expected": (count < expected) & (expected < FEW_UNITS) & ~np.isnan(p),
    }
    return columns, int(np.count_nonzero(~np.isnan(p)))
