"""Actors over time: in which share of the documents of each period they are named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ._report_numbers import Found, IntArray
from ._svg import columns

__all__ = ["timeline"]

#: Actors that are shown.
TOP = 8
#: At most so many periods, and on average at least so many documents in one.
MOST_PERIODS, DOCS_EACH = 40, 8
#: Too few periods to see a course in.
FEWEST = 3
#: A period with fewer documents has no share: one document would make it 50 %.
FEW = 3


class Period(NamedTuple):
    """A length of time: its name, and how it numbers days and names its numbers."""

    name: str
    number: Callable[[Any], IntArray]
    label: Callable[[int], str]


def _days(dates: Any) -> IntArray:
    return np.asarray(dates.to_numpy().astype("datetime64[D]").astype(np.int64))


def _months(dates: Any) -> IntArray:
    return np.asarray(dates.to_numpy().astype("datetime64[M]").astype(np.int64))


def _day_label(day: int) -> str:
    return str(np.datetime64(day, "D"))


def _year(months: int) -> int:
    return 1970 + months // 12


PERIODS = (
    Period("day", _days, _day_label),
    Period("week", lambda d: (_days(d) + 3) // 7, lambda n: f"week of {_day_label(7 * n - 3)}"),
    Period("month", _months, lambda n: f"{_year(n)}-{n % 12 + 1:02d}"),
    Period("quarter", lambda d: _months(d) // 3, lambda n: f"{_year(3 * n)} Q{n % 4 + 1}"),
    Period("year", lambda d: _months(d) // 12, lambda n: str(1970 + n)),
    Period(
        "five years",
        lambda d: (_months(d) // 12) // 5,
        lambda n: f"{1970 + 5 * n}–{(1974 + 5 * n) % 100:02d}",
    ),
    Period("decade", lambda d: (_months(d) // 12) // 10, lambda n: f"{1970 + 10 * n}s"),
)


def _period_of(dates: Any) -> Period | None:
    """Choose the shortest period with enough documents, else the longest that shows a course."""
    course = None
    for period in PERIODS:
        numbers = period.number(dates)
        n = int(numbers.max() - numbers.min()) + 1
        if n < FEWEST:
            break
        if n <= MOST_PERIODS:
            course = period
            if len(numbers) >= DOCS_EACH * n:
                break
    return course


def timeline(found: Found) -> dict[str, Any] | None:
    """Return the rows of the section; None where the documents have no course of time."""
    held = (found.documents["date"].notna() & (found.documents["n_tokens"] > 0)).to_numpy()
    dates = found.documents["date"][held]
    period = _period_of(dates) if len(dates) else None
    if period is None or found.by_actor.empty:
        return None
    numbers = period.number(dates)
    first, n = int(numbers.min()), int(numbers.max() - numbers.min()) + 1
    place = np.full(len(held), -1, dtype=np.int64)
    place[held] = numbers - first
    docs = np.bincount(place[held], minlength=n)
    labels = [period.label(first + i) for i in range(n)]
    rows = [_row(found, actor, place, docs, labels) for actor in found.by_actor["actor"][:TOP]]
    titles = [f"{label}: {count:,}" for label, count in zip(labels, docs.tolist(), strict=True)]
    return {
        "period": period.name,
        "labels": labels,
        "docs": docs.tolist(),
        "docs_drawing": columns(
            [float(count) for count in docs],
            titles,
            f"Documents in each period from {labels[0]} to {labels[-1]}, at most {docs.max():,}.",
        ),
        "rows": rows,
        "few": FEW,
        "any_few": bool((docs < FEW).any()),
        "n_left_out": int((~held).sum()),
    }


def _row(
    found: Found, actor: str, place: IntArray, docs: IntArray, labels: list[str]
) -> dict[str, Any]:
    named = np.unique(found.doc_of_sentence[found.analysis._sentences_of(actor)])
    counts = np.bincount(place[named][place[named] >= 0], minlength=len(docs)).tolist()
    shares = [
        count / size if size >= FEW else None
        for count, size in zip(counts, docs.tolist(), strict=True)
    ]
    known = [share for share in shares if share is not None]
    most = max(known, default=0.0)
    who = found.actors[actor]
    at = f" in {labels[shares.index(most)]}" if known else ""
    titles = [
        f"{label}: {count:,} of {size:,}"
        for label, count, size in zip(labels, counts, docs.tolist(), strict=True)
    ]
    drawing = columns(
        shares,
        titles,
        f"Share of the documents of each period that name {who.label}: at most {most:.0%}{at}.",
    )
    return {"who": who, "counts": counts, "most": most, "drawing": drawing}
