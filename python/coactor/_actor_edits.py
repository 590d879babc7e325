"""Tables of actors with some of them left out, merged or written over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ._actor_table import ALIAS_TEXTS, ENTRY_TEXTS, NUMBERS, Rows, Strings, Table


def merges(merge: Mapping[str, str | Iterable[str]]) -> dict[str, str]:
    """Return what is merged into what, whichever way round it was said."""
    into: dict[str, str] = {}
    for key, value in merge.items():
        pairs = [(key, value)] if isinstance(value, str) else [(one, key) for one in value]
        for one, to in pairs:
            if into.setdefault(one, to) != to:
                raise ValueError(f"merge: {one!r} cannot go into both {into[one]!r} and {to!r}")
    for one in into:
        seen = {one}
        while into[one] in into and into[one] != one:
            into[one] = into[into[one]]
            if into[one] in seen:
                raise ValueError(f"merge: {one!r} goes in a circle")
            seen.add(into[one])
    return into


def aliases_of(table: Table) -> Iterable[list[Any]]:
    """Yield entry, text, kind, case, start, end, priority, line of each alias."""
    numbers = (table.entry, table.kind, table.case, table.priority, table.line)
    entry, kind, case, priority, line = (column.tolist() for column in numbers)
    columns = (entry, table.text, kind, case, table.start, table.end, priority, line)
    return map(list, zip(*columns, strict=True))


def overwrite(rows: Rows, table: Table, entries: Sequence[int]) -> None:
    """Let what the later dictionary says of an actor hold."""
    for name in ENTRY_TEXTS[1:]:
        for entry, value in zip(entries, getattr(table, name), strict=True):
            if value:
                rows.columns[name][entry] = value


def subset(table: Table, keep: np.ndarray, entries: np.ndarray | None = None) -> Table:
    """Return some of the aliases, and the actors of these (or those named)."""
    held = np.zeros(len(table.id), dtype=bool)
    held[table.entry[keep]] = True
    if entries is not None:
        held |= entries
        held &= np.array([id != "" for id in table.id]) | np.isin(
            np.arange(len(held)), table.entry[keep]
        )
    number = np.cumsum(held) - 1
    made = Table()
    for name in ENTRY_TEXTS:
        column = getattr(table, name)
        setattr(made, name, Strings.of([column[int(i)] for i in np.flatnonzero(held)]))
    for name in ALIAS_TEXTS:
        column = getattr(table, name)
        setattr(made, name, Strings.of([column[int(i)] for i in np.flatnonzero(keep)]))
    for name in NUMBERS[1:]:
        setattr(made, name, getattr(table, name)[keep])
    made.entry = number[made.entry].astype(np.int32)
    made.entry_line = table.entry_line[held]
    made.notes, made.counts = list(table.notes), dict(table.counts)
    return made


def without_empty(rows: Rows) -> Table:
    """Return the table without actors that have lost all their names and have no parent."""
    table = rows.table()
    has = np.zeros(len(table.id), dtype=bool)
    has[table.entry] = True
    has |= np.array([text != "" for text in table.parent], dtype=bool)
    return table if has.all() else subset(table, np.ones(table.n_aliases, dtype=bool), has)
