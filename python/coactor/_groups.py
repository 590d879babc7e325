"""Groups of documents: by columns, by periods, by windows of periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._counting import Counting
from ._incidence import some
from ._measures import MEASURES
from ._results import plural

if TYPE_CHECKING:
    import pandas as pd

    from .corpus import Corpus

__all__ = ["Groups", "group_documents", "keys_of_documents"]

IntArray = npt.NDArray[np.int64]

#: Periods that documents can be grouped by, and pandas' names for them.
PERIODS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}

#: Columns of the tables of pairs and groups, beside the measures.
RESERVED = frozenset(
    "a b count n_docs n_a n_b share_a share_b expected flag label_a label_b class_a class_b "
    "p q n_units n_empty".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which documents each group holds; a document may be in several, or in none."""

    names: tuple[str, ...]
    keys: pd.DataFrame  # a row a group
    docs: list[IntArray]  # ascending
    outside: int  # documents in no group
    period: str | None = None  # which of the names is a period, if one is
    length: int = 1  # of how many periods a group is

    def __len__(self) -> int:
        return len(self.docs)

    def spans(self) -> list[tuple[int, tuple[str, str]]] | None:
        """Return first and last day of each period, with its number; None without periods alone."""
        if len(self.names) != 1 or self.period is None:
            return None
        times = self.keys[self.names[0]]
        starts = times.dt.to_period(PERIODS[self.period])
        ends = (starts + (self.length - 1)).dt.end_time
        return [
            (number, (f"{times[number]:%Y-%m-%d}", f"{ends[number]:%Y-%m-%d}"))
            for number in np.flatnonzero(times.notna()).tolist()
        ]

    def title(self, number: int) -> str:
        """Return what a group is called in a title: ``outlet Dawn, month 2024-03``."""
        import pandas as pd

        parts = []
        for name in self.names:
            value = self.keys[name].iloc[number]
            if pd.isna(value):
                parts.append(f"without {name}")
            elif name in PERIODS and self.keys[name].dtype.kind == "M":
                parts.append(f"{name} {pd.Period(value, PERIODS[name])}")
            else:
                parts.append(f"{name} {value}")
        return ", ".join(parts)

    def number(self, key: Any) -> int:
        """Return the number of the group with a key; without one there must be one group alone."""
        import pandas as pd

        if key is None:
            if len(self) == 1:
                return 0
            raise ValueError(
                f"these pairs are in {len(self)} groups ({', '.join(self.names)}): name one "
                "with group=, or take pooled()"
            )
        values = key if isinstance(key, tuple) else (key,)
        if len(values) != len(self.names):
            raise ValueError(f"group={key!r}: give a value for each of {list(self.names)!r}")
        marks = np.ones(len(self), dtype=np.bool_)
        for name, value in zip(self.names, values, strict=True):
            column = self.keys[name]
            if pd.isna(value):
                marks &= column.isna().to_numpy()
                continue
            wanted = _as_day(value) if column.dtype.kind == "M" else value
            marks &= (column == wanted).fillna(False).to_numpy(dtype=np.bool_)
        if not marks.any():
            there = self.keys.itertuples(index=False, name=None)
            known = some([row if len(row) > 1 else row[0] for row in there])
            raise ValueError(f"group={key!r}: no such group; there are: {known}")
        return int(np.argmax(marks))


def _as_day(value: Any) -> pd.Timestamp | None:
    """Return the day that a key names; None for what names no day."""
    import pandas as pd

    try:
        return pd.Timestamp(value)
    except (TypeError, ValueError):
        return None


def keys_of_documents(corpus: Corpus, counting: Counting) -> pd.DataFrame | None:
    """Return what each document is grouped by; None where there are no groups."""
    if not counting.by:
        if counting.rolling is not None:
            raise ValueError('rolling= needs a period in by=, such as by="month"')
        return None
    for name in counting.by:
        if name in RESERVED or name in MEASURES:
            raise ValueError(f"by={name!r}: the result has a column of this name; rename yours")
    keys = corpus._groups(list(counting.by))
    if counting.rolling is not None:
        _period_of(keys, counting)
    return keys


def _period_of(keys: pd.DataFrame, counting: Counting) -> str:
    """Return the one column of `keys` that is a period."""
    names = _periods_of(keys)
    if len(names) != 1:
        raise ValueError(
            f"rolling={counting.rolling} needs exactly one period in by=, got "
            f"{plural(len(names), 'period')} in {list(counting.by)!r}; "
            f"periods are {', '.join(PERIODS)}"
        )
    return names[0]


def _periods_of(keys: pd.DataFrame) -> list[str]:
    """Return the columns that are periods."""
    return [str(n) for n in keys.columns if n in PERIODS and keys[n].dtype.kind == "M"]


def group_documents(keys: pd.DataFrame, counting: Counting) -> Groups:
    """Put documents into groups, in the order of the keys; a missing key is a group, the last."""
    if counting.rolling is not None:
        return _roll(keys, _period_of(keys, counting), counting.rolling, counting.step)
    names = tuple(map(str, keys.columns))
    code, first = _codes(keys)
    periods = _periods_of(keys)
    return Groups(
        names,
        keys.iloc[first].reset_index(drop=True),
        _members(code, len(first)),
        0,
        periods[0] if len(periods) == 1 else None,
    )


def _codes(keys: pd.DataFrame) -> tuple[IntArray, IntArray]:
    """Number the rows by their keys; and say in which row each number comes first."""
    grouped = keys.groupby(list(keys.columns), dropna=False, sort=True, observed=True)
    code = grouped.ngroup().to_numpy(dtype=np.int64)
    _, first = np.unique(code, return_index=True)
    return code, first


def _members(code: IntArray, n: int) -> list[IntArray]:
    order = np.argsort(code, kind="stable")
    return np.split(order, np.searchsorted(code[order], np.arange(1, n))) if n else []


def _roll(keys: pd.DataFrame, period: str, rolling: int, step: int) -> Groups:
    """Make windows of `rolling` periods, each `step` after the one before; no date, no window."""
    import pandas as pd

    names = tuple(map(str, keys.columns))
    times = pd.PeriodIndex(keys[period].dt.to_period(PERIODS[period]))
    dated = np.asarray(times.notna())
    number = times.asi8
    others = [name for name in keys.columns if name != period]
    code = _codes(keys[others])[0] if others else np.zeros(len(keys), dtype=np.int64)
    low, high = (int(f(number[dated])) if dated.any() else 0 for f in (np.min, np.max))
    starts = np.arange(low, max(low, high - rolling + 1) + 1, step) if dated.any() else np.array([])
    docs: list[IntArray] = []
    rows, when = [], []
    seen = np.zeros(len(keys), dtype=np.bool_)
    for cell in _members(code, int(code.max(initial=-1)) + 1):
        with_date = cell[dated[cell]]
        by_time = with_date[np.argsort(number[with_date], kind="stable")]
        at = number[by_time]
        for start in starts.tolist():
            held = np.sort(by_time[slice(*np.searchsorted(at, [start, start + rolling]))])
            docs.append(held)
            rows.append(int(cell[0]))
            when.append(pd.Period(ordinal=start, freq=times.freq).start_time)
            seen[held] = True
        without = cell[~dated[cell]]
        if len(without):
            docs.append(without)
            rows.append(int(cell[0]))
            when.append(pd.NaT)
            seen[without] = True
    made = keys.iloc[rows].reset_index(drop=True)
    made[period] = pd.Series(when, dtype=keys[period].dtype)
    return Groups(names, made, docs, int(np.count_nonzero(~seen)), period, rolling)
