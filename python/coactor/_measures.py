"""How strongly a pair of actors is associated: one small function for each measure.

              b present   b absent
a present         a         n_i - a      n_i
a absent       n_j - a        rest       N - n_i
                 n_j        N - n_j       N
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["MEASURES", "Measure", "jaccard", "lift", "measure_named", "ratio"]

FloatArray = npt.NDArray[np.float64]


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Divide; 0/0 is NaN, and nobody is warned."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below, dtype=np.float64)


def count(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return a


def jaccard(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, n_i + n_j - a)


def lift(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a * n, n_i * n_j)


def npmi(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    times = lift(a, n_i, n_j, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        # log(n / a) and not -log(a / n): then two actors that are always together get exactly 1.
        value = np.clip(np.log(times) / np.log(ratio(n, a)), -1.0, 1.0)
    value = np.where(times == 0, -1.0, value)
    return np.where(a == n, np.nan, value)


def g2(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    excess = a * n - n_i * n_j  # N (a - E); in the other fields it is the same, or its negative
    fields = (
        (a, n_i * n_j, excess),
        (n_i - a, n_i * (n - n_j), -excess),
        (n_j - a, n_j * (n - n_i), -excess),
        (n - n_i - n_j + a, (n - n_i) * (n - n_j), excess),
    )
    total = np.zeros(np.broadcast_shapes(a.shape, n_i.shape, n_j.shape))
    for observed, expected, beyond in fields:
        with np.errstate(divide="ignore", invalid="ignore"):
            term = observed * np.log1p(ratio(beyond, expected))
        total += np.where(observed == 0, 0.0, term)
    # Rounding may leave a sum of nothing a hair below zero.
    return np.where(n == 0, np.nan, np.sign(excess) * np.maximum(2.0 * total, 0.0))


class Measure(NamedTuple):
    """A number for each pair, and what a reader has to know about it."""

    of: Callable[[FloatArray, FloatArray, FloatArray, FloatArray], FloatArray]
    says: str
    formula: str
    source: str


#: The measures by name. Each is a function of arrays: a, the units that hold both; n_i and n_j, the
#: units that hold each; N, all units. It is symmetric in n_i and n_j, gives NaN for 0/0, and never
#: warns. A new measure is a new entry: errors and documentation list the names from here.
MEASURES: dict[str, Measure] = {
    "count": Measure(count, "units that hold both", "a", ""),
    "jaccard": Measure(
        jaccard,
        "of the units that hold either, the share that holds both; 0 to 1; needs no N",
        "a / (n_i + n_j - a)",
        "Jaccard 1912",
    ),
    "lift": Measure(
        lift,
        "how often more than expected of independent actors; from 0, 1 is as expected",
        "a N / (n_i n_j)",
        "van Eck and Waltman 2009, there as association strength",
    ),
    "npmi": Measure(
        npmi,
        "normalised pointwise mutual information, -1 to 1, 0 is as expected; -1 at a = 0; NaN "
        "where a = N, since actors in every unit teach nothing",
        "log(a N / (n_i n_j)) / -log(a / N)",
        "Bouma 2009",
    ),
    "g2": Measure(
        g2,
        "log-likelihood ratio of the four-field table, negative where the pair meets less often "
        "than expected; it measures evidence, which grows with frequency, not strength",
        "2 sum O ln(O / E), signed by a - E",
        "Dunning 1993",
    ),
}


def measure_named(name: object) -> Measure:
    """Look a measure up; a ValueError lists those there are."""
    if not isinstance(name, str) or name not in MEASURES:
        raise ValueError(f"unknown measure {name!r}; there are: {', '.join(MEASURES)}")
    return MEASURES[name]
