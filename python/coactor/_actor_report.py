"""What to know of a dictionary before believing it: the report, and its text for a terminal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._actor_table import FIRST_DAY, KINDS, LAST_DAY, Note, parents_of
from ._actor_words import is_ordinary
from ._columns import SEED
from ._results import text_array

if TYPE_CHECKING:
    import pandas as pd

    from .actors import Actors

#: Problems that the core reports with an alias, by number.
PROBLEMS = {
    1: ("empty", "no word in it; it matches nothing"),
    2: ("too_long", "more than 64 words; it matches nothing"),
    3: ("repeated", "the same alias stands above"),
}

REPEATED = 3

#: Kinds of rows that are worth a look, but no mistakes.
NOTES = (
    *("nested", "ordinary_word", "very_short"),
    *("code_ignored", "column_ignored", "character", "no_code"),
)

#: Letters of an alias that is very short.
SHORT_LETTERS = 3

#: Rows of one kind that the text for the command line lists.
LISTED = 10


def rows_of(actors: Actors) -> list[Note]:
    """Return all rows: what reading found, then what the dictionary itself shows."""
    whole, within = _crossings(actors)
    return [
        *actors._table.notes,
        *_problems(actors),
        *_ambiguous(actors, whole),
        *_unknown_parents(actors),
        *_overlapping_dates(actors),
        *_nested(actors, within),
        *_doubtful(actors),
    ]


def _row(actors: Actors, kind: str, alias: int, detail: str) -> Note:
    table = actors._table
    id = table.id[int(table.entry[alias])]
    return kind, id, table.text[alias], int(table.line[alias]), detail


def _problems(actors: Actors) -> list[Note]:
    found = np.flatnonzero(actors._problems)
    kinds = ((int(i), PROBLEMS[int(actors._problems[i])]) for i in found)
    return [_row(actors, kind, i, detail) for i, (kind, detail) in kinds]


def _priorities(actors: Actors) -> np.ndarray:
    """Return the priority of each alias; one that is repeated has the highest of its places."""
    table = actors._table
    priority = table.priority.copy()
    repeated = np.flatnonzero(actors._problems == REPEATED)
    highest: dict[tuple[str, int], int] = {}
    for i in repeated.tolist():
        key = table.text[i], int(table.entry[i])
        highest[key] = max(highest.get(key, priority[i]), priority[i])
    if highest:
        for i, key in enumerate(zip(table.text, table.entry.tolist(), strict=True)):
            priority[i] = max(priority[i], highest.get(key, priority[i]))
    return priority


def _ambiguous(actors: Actors, crossings: Crossings) -> list[Note]:
    """Return aliases of several actors that match the same: Georgia twice; ISIS-K and ISIS–K."""
    table, priority = actors._table, _priorities(actors)
    first: dict[str, int] = {}
    pairs: dict[tuple[int, int], None] = {}
    for i, text in enumerate(table.text):
        other = first.setdefault(text, i)
        if table.entry[other] == table.entry[i]:
            continue
        pairs[other, i] = None
        if priority[i] > priority[other]:
            first[text] = i
    for i, j in zip(crossings.outer.tolist(), crossings.inner.tolist(), strict=True):
        low, high = min(i, j), max(i, j)
        if table.entry[i] != table.entry[j] and table.text[i] != table.text[j]:
            pairs[low, high] = None
    return [_ambiguous_row(actors, priority, *pair) for pair in sorted(pairs, key=max)]


def _ambiguous_row(actors: Actors, priority: np.ndarray, one: int, other: int) -> Note:
    """Return the row of two aliases, the earlier one first, under the one that loses."""
    table = actors._table
    if priority[other] > priority[one]:
        one, other = other, one
    winner = table.id[int(table.entry[one])] or "an opaque name"
    also = "also an alias"
    if table.text[one] != table.text[other]:
        also = f"matches the same as {table.text[one]!r}"
    return _row(actors, "ambiguous", other, f"{also} of {winner}, which wins")


def _unknown_parents(actors: Actors) -> list[Note]:
    table = actors._table
    known = set(actors.ids)
    rows: list[Note] = []
    if not {"primary phrases", "levels"}.isdisjoint(table.counts):
        return rows  # codes and levels need no names of their own
    for id, parent, line in zip(table.id, table.parent, table.entry_line.tolist(), strict=True):
        for other, _, _ in parents_of(parent):
            if other not in known:
                known.add(other)  # once is enough
                detail = f"parent {other!r} is no actor of the dictionary"
                rows.append(("unknown_parent", id, "", line, detail))
    return rows


def _overlapping_dates(actors: Actors) -> list[Note]:
    table = actors._table
    rows: list[Note] = []
    for id, parent, line in zip(table.id, table.parent, table.entry_line.tolist(), strict=True):
        if ";" not in parent:
            continue
        dated = [p for p in parents_of(parent) if p[1:] != (FIRST_DAY, LAST_DAY)]
        for i, other in enumerate(dated):
            # One may end on the day of the next.
            rivals = (p[0] for p in dated[:i] if p[2] > other[1] and p[1] < other[2])
            one = next((rival for rival in rivals if rival != other[0]), None)
            if one is not None:
                detail = f"{one} and {other[0]} are parents at the same time; {one} counts then"
                rows.append(("overlapping_dates", id, "", line, detail))
    return rows


@dataclass(frozen=True)
class Crossings:
    """Aliases that stand in the text of another one: `inner` in `outer`, by number."""

    outer: np.ndarray
    inner: np.ndarray


def _crossings(actors: Actors) -> tuple[Crossings, Crossings]:
    """Return the aliases that match the whole text of another one, and those within one."""
    table = actors._table
    tokens = _core.tokenize(_core.Texts(list(table.text)), 0, SEED, 1)
    hits = _core.find_with(tokens, actors._core, 2, 0, False, True, None, 1)
    offsets = tokens.doc_tokens()
    outer, first, last, inner = hits[0], hits[3], hits[4], hits[7]
    within = (first > offsets[outer]) | (last < offsets[outer + 1])
    whole = ~within & (outer != inner)
    return Crossings(outer[whole], inner[whole]), Crossings(outer[within], inner[within])


def _nested(actors: Actors, crossings: Crossings) -> list[Note]:
    """Return aliases that stand within a longer one of another actor, once for each two actors."""
    table, actor = actors._table, actors._alias_actor
    outer, inner = crossings.outer, crossings.inner
    held = (actor[outer] != actor[inner]) & (actor[outer] >= 0) & (actor[inner] >= 0)
    pairs: dict[tuple[int, int], dict[tuple[int, int], None]] = {}
    for i, j in zip(inner[held].tolist(), outer[held].tolist(), strict=True):
        pairs.setdefault((int(actor[i]), int(actor[j])), {})[i, j] = None
    rows = []
    for aliases in pairs.values():
        i, j = next(iter(aliases))
        more = f"; the first of {len(aliases):,} of these two actors" if len(aliases) > 1 else ""
        owner = table.id[int(table.entry[j])]
        rows.append(_row(actors, "nested", i, f"within {table.text[j]!r} of {owner}{more}"))
    return rows


def _doubtful(actors: Actors) -> list[Note]:
    table = actors._table
    rows = []
    for i, text in enumerate(table.text):
        if actors._alias_actor[i] < 0:
            continue
        if is_ordinary(text):
            rows.append(_row(actors, "ordinary_word", i, "an ordinary word in small letters"))
        elif 0 < sum(map(str.isalnum, text)) <= SHORT_LETTERS:
            rows.append(_row(actors, "very_short", i, f"{SHORT_LETTERS} letters or fewer"))
    return rows


def counts_of(actors: Actors) -> dict[str, int]:
    """Return how much of what the dictionary holds."""
    table = actors._table
    n_opaque = int((actors._alias_actor < 0).sum())
    dated = sum(
        1 for text in table.parent if any(p[1:] != (FIRST_DAY, LAST_DAY) for p in parents_of(text))
    )
    dated_aliases = sum(1 for a, b in zip(table.start, table.end, strict=True) if a or b)
    return {
        "actors": len(actors.ids),
        "aliases": table.n_aliases - n_opaque,
        "opaque names": n_opaque,
        "actors with a parent": sum(1 for text in table.parent if text),
        "actors with dated parents": dated,
        "aliases with dates": dated_aliases,
        **table.counts,
    }


def report_of(actors: Actors) -> pd.DataFrame:
    """Return kind, actor, alias, line, detail; the counts are in ``.attrs``."""
    import pandas as pd

    names = ("kind", "actor", "alias", "line", "detail")
    columns = zip(*actors._report_rows, strict=True) if actors._report_rows else [()] * len(names)
    frame = pd.DataFrame(
        {
            name: np.array(values, dtype=np.int64) if name == "line" else text_array(values)
            for name, values in zip(names, columns, strict=True)
        }
    )
    frame.attrs["counts"] = counts_of(actors)
    return frame


def n_problems(actors: Actors) -> int:
    """Return how many rows are likely mistakes."""
    return sum(row[0] not in NOTES for row in actors._report_rows)


def check_text(actors: Actors, source: str = "", listed: int = LISTED) -> str:
    """Return the report as text for a terminal: counts, then the rows by kind with their lines."""
    counts = counts_of(actors)
    width = max(len(f"{n:,}") for n in counts.values())
    lines = [f"{source}: {actors!r}" if source else repr(actors), ""]
    lines += [f"{n:>{width},}  {name}" for name, n in counts.items() if n]
    kinds = Counter(actors._alias_kinds[actors._alias_actor >= 0].tolist())
    by_kind = ", ".join(f"{n:,} {KINDS[kind]}" for kind, n in sorted(kinds.items()))
    if by_kind:
        lines += ["", f"aliases by kind: {by_kind}"]
    groups: dict[str, list[Any]] = {}
    for row in actors._report_rows:
        groups.setdefault(row[0], []).append(row)
    for kind, rows in sorted(groups.items(), key=lambda item: (item[0] in NOTES, item[0])):
        lines += ["", f"{kind} ({len(rows):,})"]
        for _, actor, alias, line, detail in rows[:listed]:
            place = f"line {line}: " if line else ""
            named = " ".join(part for part in (actor, repr(alias) if alias else "") if part)
            lines.append(f"  {place}{named + ': ' if named else ''}{detail}")
        if len(rows) > listed:
            lines.append(f"  ... and {len(rows) - listed:,} more")
    return "\n".join(lines) + "\n"
