"""Roll-up: counting an actor as another one, by dated parents, by code or by a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ._counting import whole

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["roll_up"]

Rollup = str | int | Mapping[str, str] | None

_DATED = re.compile(r"(.+?):(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?")


class _Parent(NamedTuple):
    """A parent, and when it was one: days since 1970, both included; None: always."""

    actor: str
    first: float | None
    last: float | None


def _day(text: str | None, otherwise: float) -> float:
    return float(np.datetime64(text, "D").astype(np.int64)) if text else otherwise


def _read_parents(text: str) -> list[_Parent]:
    """Read ``RUS``, or ``AFG:..2021-08-14;TALIBAN:2021-08-15..``."""
    parents = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        dated = _DATED.fullmatch(part)
        if dated is None:
            parents.append(_Parent(part, None, None))
        else:
            actor, first, last = dated.groups()
            parents.append(_Parent(actor, _day(first, -np.inf), _day(last, np.inf)))
    return parents


def _parent_on(parents: list[_Parent], day: float | None) -> str | None:
    """Return the parent on a day; without a day the one that has no dates."""
    for parent in parents:
        if day is None or parent.first is None or parent.last is None:
            continue
        if parent.first <= day <= parent.last:
            return parent.actor
    return next((parent.actor for parent in parents if parent.first is None), None)


def _root(actor: str, parent_of: Mapping[str, str]) -> str:
    """Follow parents to the top; a ValueError where they go round in a circle."""
    seen = [actor]
    while (parent := parent_of.get(seen[-1])) is not None and parent != seen[-1]:
        if parent in seen:
            circle = " -> ".join([*seen[seen.index(parent) :], parent])
            raise ValueError(f'rollup="parent": the parents go round in a circle: {circle}')
        seen.append(parent)
    return seen[-1]


def _by_parents(
    labels: list[str], dictionary: Any, dates: pd.Series | None, docs: npt.NDArray[np.int64]
) -> tuple[list[dict[str, str]], npt.NDArray[np.int64]]:
    """Return maps of actor to root, one for each stretch of time, and the map of each mention."""
    if dictionary is None:
        raise ValueError(
            'rollup="parent" needs a dictionary with parents, but these mentions have none; give '
            "a dict of actor to parent"
        )
    table = dictionary.to_frame().drop_duplicates("actor")
    read = {
        actor: _read_parents(text)
        for actor, text in zip(table["actor"], table["parent"], strict=True)
        if actor and text
    }
    edges = sorted(
        {edge for parents in read.values() for p in parents if p.first is not None
         for edge in (p.first, (p.last or 0.0) + 1.0) if np.isfinite(edge)}
    )  # fmt: skip
    days: list[float | None] = [None, -np.inf, *edges]

    def roots(day: float | None) -> dict[str, str]:
        on = {a: p for a, ps in read.items() if (p := _parent_on(ps, day)) is not None}
        return {label: _root(label, on) for label in labels}

    if dates is None:
        return [roots(None)], np.zeros(len(docs), dtype=np.int64)
    stamp = dates.to_numpy().astype("datetime64[D]")
    missing = np.isnat(stamp)
    day = np.where(missing, np.datetime64(0, "D"), stamp).astype(np.int64).astype(np.float64)
    stretch = 1 + np.searchsorted(np.array(edges), day, side="right")
    stretch[missing] = 0
    return [roots(day) for day in days], stretch[docs]


def roll_up(
    labels: list[str],
    actor: npt.NDArray[np.int32],
    docs: npt.NDArray[np.int64],
    rollup: Rollup,
    dictionary: Any,
    dates: pd.Series | None,
) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Return the labels there are after the roll-up, and the number of each mention's.

    Actors keep the dictionary's order; a parent that the dictionary does not hold comes last.
    """
    if rollup is None:
        return labels, actor
    which = np.zeros(len(actor), dtype=np.int64)
    if isinstance(rollup, str):
        if rollup != "parent":
            raise ValueError(
                f'rollup={rollup!r} is not known; use "parent", a length of code prefix, or a dict'
            )
        maps, which = _by_parents(labels, dictionary, dates, docs)
    elif isinstance(rollup, Mapping):
        unknown = [id for id in rollup if id not in set(labels)]
        if unknown:
            raise ValueError(f"rollup: not in the dictionary: {unknown[0]!r}")
        bad = [value for value in rollup.values() if not isinstance(value, str) or not value]
        if bad:
            raise TypeError(f"rollup: an actor rolls up to the id of another, not to {bad[0]!r}")
        maps = [{label: rollup.get(label, label) for label in labels}]
    else:
        length = whole("rollup", rollup, 1)
        maps = [{label: label[:length] for label in labels}]
    known = {label: i for i, label in enumerate(labels)}
    for roots in maps:
        for root in roots.values():
            known.setdefault(root, len(known))
    table = np.array([[known[roots[label]] for label in labels] for roots in maps], dtype=np.int32)
    if len(labels) == 0:
        return labels, actor
    return list(known), table[which, actor]
