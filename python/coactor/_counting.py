"""What counts as a meeting, and for how much: the settings of a count, checked once."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

from ._columns import names_of
from ._results import one_of

__all__ = [
    "COUNTS",
    "DECAYS",
    "ONE",
    "UNITS",
    "UNIVERSES",
    "Counting",
    "at_least_0",
    "listed",
    "whole",
]

UNITS = ("document", "paragraph", "sentence", "window")
UNIVERSES = ("text", "actors")
COUNTS = ("binary", "min", "product", "pairs", "fractional", "distance")
DECAYS = ("inverse", "linear", "exp")

#: The rules that the core counts from how often a unit names each actor, by their numbers there.
RULES = {"binary": 0, "min": 1, "product": 2, "fractional": 3}

#: One, in the fixed point in which weights are summed: so sums are exact, whatever the order.
ONE = 2**32

#: Where a weight is less than half of the smallest one that fixed point can hold: 2**-33.
EXP_REACH = 33


def whole(name: str, value: Any, least: int | None = None) -> int:
    """Return a whole number; a TypeError or ValueError that names the argument otherwise."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {value!r}") from None
    if least is not None and number < least:
        raise ValueError(f"{name} must be at least {least}, got {number}")
    return number


def listed(name: str, value: Any) -> tuple[Any, ...]:
    """Return one text or several as a tuple; a TypeError names the argument otherwise."""
    if isinstance(value, str):
        return (value,)
    try:
        return tuple(value)
    except TypeError:
        raise TypeError(f"{name} must be a name or a list of names, not {value!r}") from None


def at_least_0(name: str, value: Any) -> float:
    """Return a number of at least 0; a TypeError or ValueError names the argument otherwise."""
    if not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, not {value!r}")
    if not float(value) >= 0.0:
        raise ValueError(f"{name} must be a number of at least 0, got {value!r}")
    return float(value)


@dataclass(frozen=True, slots=True)
class Counting:
    """How pairs are counted; made by `Counting.checked`."""

    unit: str = "sentence"
    window: int | None = None
    span: int = 1
    within: str | None = None
    count: str = "binary"
    decay: str | tuple[float, ...] = "inverse"
    directed: bool = False
    universe: str = "text"
    by: tuple[str, ...] = field(default=())
    rolling: int | None = None
    step: int = 1

    @classmethod
    def checked(
        cls,
        *,
        unit: str,
        window: int | None,
        span: int,
        within: str | None,
        count: str | None,
        decay: str | Sequence[float],
        directed: bool,
        universe: str,
        by: str | Sequence[str] | None,
        rolling: int | None,
        step: int,
    ) -> Counting:
        """Check settings one by one, then what they ask for together."""
        one_of("unit", unit, UNITS)
        one_of("universe", universe, UNIVERSES)
        if count is None:
            count = "pairs" if unit == "window" else "binary"
        one_of("count", count, COUNTS)
        if not isinstance(directed, (bool, np.bool_)):
            raise TypeError(f"directed must be True or False, not {directed!r}")
        made = cls(
            unit=unit,
            window=_window(unit, window),
            span=_span(unit, span),
            within=_within(unit, span, within),
            count=count,
            decay=_decay(decay, count, unit, window),
            directed=bool(directed),
            universe=universe,
            by=_by(by),
            rolling=None if rolling is None else whole("rolling", rolling, 1),
            step=whole("step", step, 1),
        )
        if unit == "window" and count not in ("pairs", "distance"):
            raise ValueError(
                f'count={count!r} needs units, and a window has none of its own; use "pairs" or '
                '"distance", or sentences: unit="sentence", span=n'
            )
        if rolling is None and step != 1:
            raise ValueError(f"step={step} needs rolling=, the number of periods of a window")
        return made

    @property
    def is_window(self) -> bool:
        return self.unit == "window"

    @property
    def by_place(self) -> bool:
        """Whether mentions are paired one by one, by where they stand."""
        return self.count in ("pairs", "distance")

    @property
    def rule(self) -> int:
        """The rule by which the core counts units; for pairs of mentions, that of the units."""
        return RULES.get(self.count, 0)

    @property
    def scale(self) -> int:
        """By what the core's sums are to be divided."""
        return ONE if self.count in ("fractional", "distance") else 1

    def weights(self, reach: int) -> npt.NDArray[np.int64] | None:
        """Return the weights of the distances 1 to `reach` in fixed point; None for all 1."""
        if self.count != "distance":
            return None
        d = np.arange(1, reach + 1, dtype=np.float64)
        if self.decay == "inverse":
            values = 1.0 / d
        elif self.decay == "exp":
            values = np.ldexp(1.0, -np.minimum(np.arange(reach), 60))
        elif self.decay == "linear":
            values = 1.0 - (d - 1.0) / (self.window or reach)
        else:
            values = np.zeros(reach)
            own = np.array(self.decay[:reach], dtype=np.float64)
            values[: len(own)] = own
        return np.rint(values * ONE).astype(np.int64)

    def reach(self, longest: int) -> int:
        """Return the longest distance that counts, in units that are `longest` words long."""
        if self.window is not None:
            longest = min(longest, self.window)
        if self.count == "distance":
            if isinstance(self.decay, tuple):
                longest = min(longest, len(self.decay))
            elif self.decay == "exp":
                longest = min(longest, EXP_REACH)
        return max(1, longest)

    def settings(self) -> dict[str, Any]:
        """Return all settings by the names of the arguments."""
        return {
            "unit": self.unit,
            "window": self.window,
            "span": self.span,
            "within": self.within,
            "count": self.count,
            "decay": list(self.decay) if isinstance(self.decay, tuple) else self.decay,
            "directed": self.directed,
            "universe": self.universe,
            "by": list(self.by),
            "rolling": self.rolling,
            "step": self.step,
        }

    # -- in words --

    @property
    def unit_name(self) -> str:
        """What a unit is called: ``sentence``, ``window of 3 sentences``, ``window of 5 words``."""
        if self.unit == "window":
            return f"window of {self.window} words"
        return self.unit if self.span == 1 else f"window of {self.span} sentences"

    def describe(self) -> str:
        """Say in a sentence or two how pairs were counted."""
        where = f" within a {self.within}" if self.within else ""
        unit = f"{self.unit_name}{where}"
        order = (
            " Pairs are ordered: (a, b) counts where a mention of a starts before one of b."
            if self.directed
            else ""
        )
        if self.is_window:
            what = (
                f"Every pair of mentions of two actors at most {self.window} words apart{where} "
                "was counted once; the distance runs from edge to nearest edge, neighbours "
                "being 1 apart, and counts every token."
            )
        else:
            what = _SAYS[self.count].format(unit=unit)
        if self.count == "distance":
            what += f" A pair of mentions d words apart counts {self._decay_name()}."
        return what + order

    def _decay_name(self) -> str:
        if isinstance(self.decay, tuple):
            return "by a vector of weights, " + ", ".join(f"{w:g}" for w in self.decay[:10])
        return {
            "inverse": "1/d",
            "linear": f"1 - (d - 1)/{self.window}",
            "exp": "2^(1 - d)",
        }[self.decay]


_SAYS = {
    "binary": "A {unit} counts a pair of actors once if it names both, however often.",
    "min": "A {unit} counts a pair of actors as often as it names the rarer of the two.",
    "product": "A {unit} counts a pair of actors x times y, where it names them x and y times.",
    "pairs": "A {unit} counts every pair of mentions of two actors that do not overlap once.",
    "fractional": "A {unit} that names m actors counts each of their pairs 1/(m - 1).",
    "distance": "A {unit} counts every pair of mentions of two actors that do not overlap by their "
    "distance.",
}


def _window(unit: str, window: int | None) -> int | None:
    if unit != "window":
        if window is not None:
            raise ValueError(f'window={window!r} needs unit="window", but unit={unit!r}')
        return None
    if window is None:
        raise ValueError('unit="window" needs window=, how many words two mentions may be apart')
    return whole("window", window, 1)


def _span(unit: str, span: int) -> int:
    span = whole("span", span, 1)
    if span != 1 and unit != "sentence":
        raise ValueError(f'span={span} counts sentences, so it needs unit="sentence"')
    return span


def _within(unit: str, span: int, within: str | None) -> str | None:
    if within is None:
        return None
    one_of("within", within, ("paragraph", "sentence"))
    if unit == "window" or (unit == "sentence" and span > 1 and within == "paragraph"):
        return within
    raise ValueError(
        f"within={within!r} bounds windows of words, or of several sentences within a paragraph; "
        f"it does not go with unit={unit!r}, span={span}"
    )


def _by(by: str | Sequence[str] | None) -> tuple[str, ...]:
    names = () if by is None else tuple(names_of(by, "by"))
    twice = [name for k, name in enumerate(names) if name in names[:k]]
    if twice:
        raise ValueError(f"by: {twice[0]!r} comes twice")
    return names


def _decay(
    decay: str | Sequence[float], count: str, unit: str, window: int | None
) -> str | tuple[float, ...]:
    if isinstance(decay, str):
        one_of("decay", decay, DECAYS)
        if decay != "inverse" and count != "distance":
            raise ValueError(f'decay={decay!r} needs count="distance", but count={count!r}')
        if decay == "linear" and unit != "window":
            raise ValueError('decay="linear" falls to 0 behind a window, so it needs unit="window"')
        return decay
    if count != "distance":
        raise ValueError(f'decay= needs count="distance", but count={count!r}')
    try:
        weights = tuple(float(weight) for weight in decay)
    except (TypeError, ValueError):
        names = ", ".join(map(repr, DECAYS))
        raise TypeError(f"decay must be {names} or a list of numbers, not {decay!r}") from None
    if not weights or not all(0.0 <= weight < 2.0**31 for weight in weights):
        raise ValueError(f"decay: weights must be from 0 to below 2**31, got {list(weights)!r}")
    if unit == "window" and window is not None and len(weights) != window:
        raise ValueError(f"decay has {len(weights)} weights, but window={window}")
    return weights
