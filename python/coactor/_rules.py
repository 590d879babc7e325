"""The rules: how the sums of the hits of a unit of text become its tone.

A rule is one entry in `RULES`, one in `RULE_TEXTS` and one in `LAST_STEPS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ._packages import number_of

#: What the sign of a category is where nothing else is said; neg_positive is "not good".
POLES = {
    "positive": 1.0,
    "pos": 1.0,
    "negative": -1.0,
    "neg": -1.0,
    "neg_positive": -1.0,
    "neg_negative": 1.0,
}

Sums = Mapping[str, np.ndarray]


def ratio(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """Return over / under, NaN where under is 0."""
    result = np.full(len(under), np.nan)
    np.divide(over, under, out=result, where=under != 0)
    return result


def _logit(sums: Sums) -> np.ndarray:
    odds: np.ndarray = np.log(sums["positive"] + 0.5) - np.log(0.5 - sums["negative"])
    return np.where(sums["hits"] > 0, odds, np.nan)


#: How the sums of a unit become its tone; NaN without a hit. `positive` and `negative` are the sums
#: of contributions of either sign, `weight` counts hits.
RULES: dict[str, Callable[[Sums], np.ndarray]] = {
    "mean": lambda s: ratio(s["score"], s["weight"]),
    "sum": lambda s: np.where(s["hits"] > 0, s["score"], np.nan),
    "share": lambda s: ratio(s["score"], np.where(s["hits"] > 0, s["words"], 0)),
    "relative": lambda s: ratio(s["score"], s["positive"] - s["negative"]),
    "logit": _logit,
}

#: What each rule is, for the methods section.
RULE_TEXTS = {
    "mean": "the mean contribution of the hits of a sentence",
    "sum": "the sum of the contributions of the hits",
    "share": "the sum of the contributions of the hits, divided by the number of words",
    "relative": "(positive - negative) / (positive + negative), the sums of contributions",
    "logit": "log(positive + 0.5) - log(negative + 0.5), the sums of contributions",
}

#: The last step of each rule, from raw, the sum of the contributions, to the score.
LAST_STEPS = {
    "vader": "compound = raw / sqrt(raw² + 15), rounded",
    "nltk_vader": "compound = raw / sqrt(raw² + 15), rounded",
    "afinn": "score = raw",
    "mean": "tone = mean over sentences of raw / hits",
    "sum": "tone = raw",
    "share": "tone = raw / words",
    "relative": "tone = raw / (positive - negative)",
    "logit": "tone = log(positive + 0.5) - log(0.5 - negative)",
}


def negated(groups: Iterable[str]) -> list[str]:
    return [group for group in groups if group.startswith("neg_")]


def signs_of(
    groups: list[str], rule: str, poles: Mapping[str, float] | None
) -> dict[str, float] | None:
    """Return the weight of each category where categories have one."""
    if not groups:
        if poles is not None:
            raise ValueError("poles: the table has weights, and no categories to give a sign")
        return None
    if poles is None:
        if rule in ("mean", "sum"):
            return None  # counted
        known = {group: POLES[group.lower()] for group in groups if group.lower() in POLES}
        if len(known) != len(groups):
            unknown = next(group for group in groups if group not in known)
            raise ValueError(
                f"rule={rule!r}: is category {unknown!r} positive or negative? give poles="
            )
        return known
    unknown_poles = [name for name in poles if name not in groups]
    if unknown_poles:
        raise ValueError(f"poles: no category {unknown_poles[0]!r}; there are {', '.join(groups)}")
    return {
        group: number_of(poles.get(group, 0.0), f"poles: {group!r}: weight") for group in groups
    }
