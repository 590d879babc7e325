"""Rolling actors up: to their parents in force, to a prefix of their code, or as the user maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ._actor_table import FIRST_DAY, LAST_DAY, Parent
from ._columns import is_missing

#: The day of a document without a date.
NO_DAY = FIRST_DAY


def parent_on(parents: Sequence[Parent], day: int | None) -> str:
    """Return the parent in force: the first with dates that fits, else the one without; or ``""``.

    Without a day, only a parent without dates is in force.
    """
    undated = ""
    for id, first, last in parents:
        if (first, last) == (FIRST_DAY, LAST_DAY):
            undated = undated or id
        elif day is not None and first <= day <= last:
            return id
    return undated


def check_rollup(rollup: Any) -> None:
    """Raise a TypeError or ValueError for what is no way to roll actors up."""
    if isinstance(rollup, bool) or not isinstance(rollup, (str, int, np.integer, Mapping)):
        raise TypeError(f"rollup: expected 'parent', a length or a dict, got {rollup!r}")
    if isinstance(rollup, str) and rollup != "parent":
        raise ValueError(f"rollup={rollup!r} is not known; choose 'parent', a length or a dict")
    if isinstance(rollup, (int, np.integer)) and rollup < 1:
        raise ValueError(f"rollup: a prefix has at least one letter, got {rollup}")


def rolled(
    rollup: str | int | Mapping[str, str],
    ids: Sequence[str],
    parents: Mapping[int, tuple[Parent, ...]],
    actor: np.ndarray,
    day: np.ndarray | None,
) -> tuple[list[str], np.ndarray]:
    """Return the ids after rolling up, and the number of each mention's actor among them.

    Parameters
    ----------
    rollup : "parent", int or dict
        To the parent in force on the day of the mention; to so many letters of the code (an actor
        with a parent takes its code from that); or as a dict of id to id says. An actor for which
        that gives nothing stays as it is.
    ids : list of str
    parents : dict of number of an actor to its parents
    actor : array
        Number of the actor of each mention.
    day : array, optional
        Day of each mention, NO_DAY where it is unknown.
    """
    check_rollup(rollup)
    days = np.full(len(actor), NO_DAY, dtype=np.int64) if day is None else day.astype(np.int64)
    if not any(span != [FIRST_DAY, LAST_DAY] for held in parents.values() for _, *span in held):
        days = np.full(len(actor), NO_DAY, dtype=np.int64)
    keys, back = np.unique(np.stack([actor, days]), axis=1, return_inverse=True)
    names = [_name(rollup, ids, parents, int(a), int(d)) for a, d in keys.T]
    all_names = dict.fromkeys(_name(rollup, ids, parents, i, NO_DAY) for i in range(len(ids)))
    all_names |= dict.fromkeys(names)
    place = {name: i for i, name in enumerate(all_names)}
    numbers = np.array([place[name] for name in names], dtype=np.int32)
    return list(all_names), numbers[back.reshape(-1)] if len(actor) else actor


def _name(
    rollup: Any, ids: Sequence[str], parents: Mapping[int, tuple[Parent, ...]], actor: int, day: int
) -> str:
    id = ids[actor]
    if isinstance(rollup, Mapping):
        mapped = rollup.get(id)
        return id if is_missing(mapped) or mapped == "" else str(mapped)
    held = parents.get(actor, ())
    parent = parent_on(held, None if day == NO_DAY else day) if held else ""
    if rollup == "parent":
        return parent or id
    return (parent or id)[: int(rollup)]
