"""How strongly a pair of actors is associated: one small function for each measure.

              b present   b absent
a present         a         n_i - a      n_i
a absent       n_j - a        rest       N - n_i
                 n_j        N - n_j       N
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["MEASURES", "Measure", "jaccard", "lift", "measures_named", "ratio"]

FloatArray = npt.NDArray[np.float64]


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Divide; 0/0 is NaN, and nobody is warned."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below, dtype=np.float64)


def log(values: FloatArray) -> FloatArray:
    """Return the natural logarithm: -inf at 0, NaN of NaN, and nobody is warned."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(values), dtype=np.float64)


def log2(values: FloatArray) -> FloatArray:
    """Return the logarithm to base 2, as `log` does."""
    return np.asarray(log(values) / np.log(2.0), dtype=np.float64)


def units(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return a + 0.0 * (n_i + n_j)


def joint(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, n) + 0.0 * (n_i + n_j)


def conditional(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a + 0.0 * n_j, n_i)


def lift(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a * n, n_i * n_j)


def association(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, n_i * n_j)


def pmi(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return log2(lift(a, n_i, n_j, n))


def ppmi(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return np.maximum(0.0, pmi(a, n_i, n_j, n))


def pmi2(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return pmi_power(2, a, n_i, n_j, n)


def pmi3(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return pmi_power(3, a, n_i, n_j, n)


def pmi_power(k: int, a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return log2(ratio(a**k * n, n_i * n_j))


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


def chi2(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    excess = a * n - n_i * n_j  # the same as N (ad - bc) / N
    return ratio(n * excess * excess, n_i * (n - n_i) * n_j * (n - n_j))


def t(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a - ratio(n_i * n_j, n), np.sqrt(a))


def z(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    variance = ratio(n_i * n_j * (n - n_i) * (n - n_j), n * n * (n - 1.0))
    with np.errstate(invalid="ignore"):
        return ratio(a - ratio(n_i * n_j, n), np.sqrt(variance))


def fisher(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    from scipy.stats import hypergeom

    a, n_i, n_j, n = np.broadcast_arrays(a, n_i, n_j, n)
    held = n > 0
    values = np.full(a.shape, np.nan)
    values[held] = hypergeom.sf(a[held] - 1.0, n[held], n_i[held], n_j[held])
    return values


def log_odds(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    b, c, d = n_i - a, n_j - a, n - n_i - n_j + a
    value = log((a + 0.5) * (d + 0.5)) - log((b + 0.5) * (c + 0.5))
    return np.where(n == 0, np.nan, value)


def delta_p(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, n_i) - ratio(n_j - a, n - n_i)


def jaccard(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, n_i + n_j - a)


def dice(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(2.0 * a, n_i + n_j)


def ochiai(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, np.sqrt(n_i * n_j))


def simpson(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    return ratio(a, np.minimum(n_i, n_j))


def phi(a: FloatArray, n_i: FloatArray, n_j: FloatArray, n: FloatArray) -> FloatArray:
    spread = np.sqrt(n_i * (n - n_i)) * np.sqrt(n_j * (n - n_j))
    return np.clip(ratio(a * n - n_i * n_j, spread), -1.0, 1.0)


class Measure(NamedTuple):
    """A number for each pair, and what a reader has to know about it."""

    of: Callable[[FloatArray, FloatArray, FloatArray, FloatArray], FloatArray]
    says: str
    formula: str
    source: str
    low: float
    high: float
    symmetric: bool = True
    #: What it refers to: ``""`` counts of any kind, ``"units"`` units that hold actors, ``"N"``
    #: the number of units too.
    needs: str = "N"
    #: Whether the same strength gives more where there is more text.
    grows: bool = False
    #: Whether it compares units with both, with one and with none, which have to add up to N.
    fields: bool = False


INF = float("inf")

#: The measures by name. Each is a function of arrays: a, the units that hold both; n_i and n_j, the
#: units that hold each; N, all units, those without an actor included. It gives NaN for 0/0, and
#: never warns. A new measure is a new entry: errors and documentation list the names from here.
MEASURES: dict[str, Measure] = {
    "units": Measure(
        units, "units that hold both, whatever the rule of counting", "a", "", 0, INF, needs="units"
    ),
    "joint": Measure(
        joint, "share of all units that hold both; 0 at a = 0; NaN at N = 0", "a / N", "", 0, 1
    ),
    "conditional": Measure(
        conditional,
        "of the units that hold a, the share that holds b; not symmetric; needs no N",
        "a / n_i",
        "",
        0,
        1,
        symmetric=False,
        needs="",
    ),
    "lift": Measure(
        lift,
        "how often more than expected of independent actors; 1 is as expected; 0 at a = 0",
        "a N / (n_i n_j)",
        "van Eck and Waltman 2009, there as association strength",
        0,
        INF,
    ),
    "association": Measure(
        association,
        "association strength as VOSviewer has it: lift / N; needs no N, but falls as N grows",
        "a / (n_i n_j)",
        "van Eck and Waltman 2009",
        0,
        1,
        needs="units",
        grows=True,
    ),
    "pmi": Measure(
        pmi,
        "pointwise mutual information, logarithm to base 2; 0 is as expected; -inf at a = 0",
        "log2(a N / (n_i n_j))",
        "Church and Hanks 1990",
        -INF,
        INF,
    ),
    "ppmi": Measure(
        ppmi, "PMI, 0 where it is negative", "max(0, PMI)", "Bullinaria and Levy 2007", 0, INF
    ),
    "pmi2": Measure(
        pmi2,
        "PMI with a squared, which favours rare pairs less; base 2; -inf at a = 0; at most log2 N, "
        "and grows with N",
        "log2(a^2 N / (n_i n_j))",
        "Daille 1994",
        -INF,
        INF,
        grows=True,
    ),
    "pmi3": Measure(
        pmi3,
        "PMI with a cubed; base 2; -inf at a = 0; grows with N",
        "log2(a^3 N / (n_i n_j))",
        "Daille 1994",
        -INF,
        INF,
        grows=True,
    ),
    "npmi": Measure(
        npmi,
        "normalised pointwise mutual information, -1 to 1, 0 is as expected; -1 at a = 0; NaN "
        "where a = N, since actors in every unit teach nothing",
        "log(a N / (n_i n_j)) / -log(a / N)",
        "Bouma 2009",
        -1,
        1,
    ),
    "g2": Measure(
        g2,
        "log-likelihood ratio of the four-field table, negative where the pair meets less often "
        "than expected; it measures evidence, which grows with frequency, not strength",
        "2 sum O ln(O / E), signed by a - E",
        "Dunning 1993",
        -INF,
        INF,
        grows=True,
        fields=True,
    ),
    "chi2": Measure(
        chi2,
        "chi-squared of the four-field table, without Yates; grows with N; NaN where an actor is "
        "in no unit or in all",
        "N (ad - bc)^2 / (n_i (N - n_i) n_j (N - n_j))",
        "Pearson 1900",
        0,
        INF,
        grows=True,
        fields=True,
    ),
    "t": Measure(
        t,
        "t-score; grows with N; at a = 0 -inf, or NaN where nothing was expected",
        "(a - E) / sqrt(a)",
        "Church et al. 1991",
        -INF,
        INF,
        grows=True,
    ),
    "z": Measure(
        z,
        "z-score with the hypergeometric variance; grows with N and takes units to be independent "
        "of each other, which sentences of an article are not: see `Cooccurrence.test`; NaN where "
        "an actor is in no unit or in all",
        "(a - E) / sqrt(n_i n_j (N - n_i)(N - n_j) / (N^2 (N - 1)))",
        "",
        -INF,
        INF,
        grows=True,
        fields=True,
    ),
    "fisher": Measure(
        fisher,
        "Fisher's exact test, one-sided: how likely so many units or more with both would be if "
        "units were independent of each other, which sentences of an article are not: a measure, "
        "not a test (see `Cooccurrence.test`); 1 at a = 0",
        "P(X >= a), X hypergeometric (N, n_i, n_j)",
        "Fisher 1935",
        0,
        1,
        grows=True,
        fields=True,
    ),
    "log_odds": Measure(
        log_odds,
        "natural logarithm of the odds ratio, half a unit added to each field, so always finite; "
        "0 is no association",
        "ln((a + 1/2)(d + 1/2) / ((b + 1/2)(c + 1/2)))",
        "Haldane 1956",
        -INF,
        INF,
        fields=True,
    ),
    "delta_p": Measure(
        delta_p,
        "by how much a in a unit raises the share of units that hold b; not symmetric; NaN where "
        "a is in no unit or in all",
        "a / n_i - c / (N - n_i)",
        "Allan 1980",
        -1,
        1,
        symmetric=False,
        fields=True,
    ),
    "jaccard": Measure(
        jaccard,
        "of the units that hold either, the share that holds both; 0 at a = 0; needs no N",
        "a / (n_i + n_j - a)",
        "Jaccard 1912",
        0,
        1,
        needs="units",
    ),
    "dice": Measure(
        dice,
        "twice the units with both by the sum of those with each; 0 at a = 0; needs no N",
        "2 a / (n_i + n_j)",
        "Dice 1945",
        0,
        1,
        needs="",
    ),
    "ochiai": Measure(
        ochiai,
        "cosine of the actors' columns of the binary incidence; 0 at a = 0; needs no N",
        "a / sqrt(n_i n_j)",
        "Ochiai 1957",
        0,
        1,
        needs="",
    ),
    "simpson": Measure(
        simpson,
        "of the units of the rarer actor, the share that holds both; 0 at a = 0; needs no N",
        "a / min(n_i, n_j)",
        "Simpson 1943",
        0,
        1,
        needs="units",
    ),
    "phi": Measure(
        phi,
        "correlation of the two columns, 0 is as expected; NaN where an actor is in no unit or in "
        "all",
        "(ad - bc) / sqrt(n_i (N - n_i) n_j (N - n_j))",
        "Yule 1912",
        -1,
        1,
        fields=True,
    ),
}


#: What measures are called elsewhere, without hyphens, blanks and capitals.
ELSEWHERE = {
    "cooccurrence": "count",
    "probability": "joint",
    "support": "joint",
    "confidence": "conditional",
    "associationstrength": "association",
    "mi": "pmi",
    "mutualinformation": "pmi",
    "pointwisemutualinformation": "pmi",
    "positivepmi": "ppmi",
    "mi2": "pmi2",
    "mi3": "pmi3",
    "normalisedpmi": "npmi",
    "normalizedpmi": "npmi",
    "gsquared": "g2",
    "gtest": "g2",
    "ll": "g2",
    "llr": "g2",
    "loglik": "g2",
    "loglike": "g2",
    "loglikelihood": "g2",
    "loglikelihoodratio": "g2",
    "likelihoodratio": "g2",
    "dunning": "g2",
    "chi": "chi2",
    "chisq": "chi2",
    "chisquare": "chi2",
    "chisquared": "chi2",
    "x2": "chi2",
    "tscore": "t",
    "zscore": "z",
    "hypergeometric": "fisher",
    "fisherexact": "fisher",
    "oddsratio": "log_odds",
    "logor": "log_odds",
    "logoddsratio": "log_odds",
    "deltap": "delta_p",
    "sorensen": "dice",
    "sorensendice": "dice",
    "cosine": "ochiai",
    "cos": "ochiai",
    "salton": "ochiai",
    "overlap": "simpson",
    "inclusion": "simpson",
    "correlation": "phi",
    "mcc": "phi",
}


def _unknown(name: object) -> str:
    """Say what measures there are, and which one was perhaps meant."""
    there = f"there are: count, {', '.join(MEASURES)}"
    bare = "".join(filter(str.isalnum, str(name).casefold()))
    known = {"".join(filter(str.isalnum, key)): key for key in ("count", *MEASURES)} | ELSEWHERE
    near = get_close_matches(bare, known, n=1, cutoff=0.75)
    meant = f", did you mean {known[near[0]]!r}?" if near else ";"
    return f"unknown measure {name!r}{meant} {there}"


def measures_named(
    names: Iterable[object],
    *,
    windows: bool = False,
    directed: bool = False,
    unequal: bool = False,
) -> dict[str, Measure]:
    """Look measures up; a ValueError lists those there are, or says why one is refused.

    With `windows` the counts are pairs of mentions, with `directed` units that hold both in an
    order, with `unequal` there are groups of different N.
    """
    found = {}
    for name in names:
        if not isinstance(name, str) or name not in MEASURES:
            raise ValueError(_unknown(name))
        measure = found[name] = MEASURES[name]
        if windows and measure.needs:
            possible = ", ".join(name for name, m in MEASURES.items() if not m.needs)
            raise ValueError(
                f"{name} is about units that hold an actor or not, and a window of words counts "
                f"pairs of mentions instead; possible are: {possible}. For n sentences at a time "
                'use unit="sentence", span=n'
            )
        if directed and measure.fields:
            possible = ", ".join(name for name, m in MEASURES.items() if not m.fields)
            raise ValueError(
                f"{name} compares the units that hold both actors, one, or none, and ordered "
                f"counts are only of some that hold both; possible are: {possible}; or count with "
                "directed=False"
            )
        if unequal and measure.grows:
            raise ValueError(
                f"{name} changes with the number of units, so it cannot be compared across groups "
                "of unequal N; use a measure of strength (lift, npmi, jaccard, log_odds, phi), or "
                "one group at a time"
            )
    return found
