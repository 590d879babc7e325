"""Actors and aliases from Python objects and rows of tables, checked one by one.

Whatever is wrong is a ValueError or TypeError that begins with the place: file and line, where
there is a file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ._actor_table import (
    ALIAS_FIELDS,
    CASES,
    ENTRY_TEXTS,
    FIELDS,
    KINDS,
    MAX_FIELD,
    MAX_TEXT,
    Note,
    Rows,
    days_of,
    parent_text,
)
from ._columns import is_missing
from ._unknown import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("actor", "label", "class", "parent", "home", "alias", "kind", "case"),
    *("start", "end", "priority"),
)

#: Where a mapping keeps names that stand for nobody.
OPAQUE = "_opaque"

Where = Callable[[Any], str]
Line = Callable[[Any], int]


def nowhere(value: Any) -> str:
    return ""


def always(where: str) -> Where:
    """Return what says of everything that it stands there."""
    return lambda value: where


def no_line(value: Any) -> int:
    return 0


def at(source: str, line: int) -> str:
    """Return the beginning of a message about a line of a file."""
    if source and line:
        return f"{source}:{line}: "
    return f"{source}: " if source else ""


def _check_text(text: str, what: str, where: str, most: int = MAX_TEXT) -> None:
    if len(text) > most:
        raise ValueError(
            f"{where}{what} {text[:30]!r}... has {len(text):,} characters; the most is {most:,}"
        )


def _check_id(id: str, where: str) -> None:
    if not id.strip():
        raise ValueError(f"{where}an actor's id must not be blank, got {id!r}")
    _check_text(id, "actor", where)


def _date(value: Any) -> str:
    """Return a date as ISO 8601; a point in time is its day if it is the beginning of one."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value or "").strip()


def add_alias(
    rows: Rows, entry: int, item: Any, who: str, where: Where = nowhere, line: int = 0
) -> None:
    """Add an alias, which is a text or a mapping with the fields of one."""
    given = item
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, Mapping):
        raise TypeError(f"{where(given)}{who}: an alias must be a text or a mapping, got {item!r}")
    unknown = [key for key in item if key not in ALIAS_FIELDS]
    if unknown:
        raise ValueError(
            f"{where(given)}{who}: unknown key {unknown[0]!r} of an alias; "
            f"expected {', '.join(ALIAS_FIELDS)}{did_you_mean(unknown[0], ALIAS_FIELDS)}"
        )
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{where(given)}{who}: an alias without text")
    _check_text(text, f"{who}: alias", where(given))
    kind, case = str(item.get("kind") or "name"), str(item.get("case") or "")
    for name, value, allowed in (("kind", kind, KINDS), ("case", case, ("", *CASES))):
        if value not in allowed:
            listed = ", ".join(choice for choice in allowed if choice)
            raise ValueError(
                f"{where(given)}{who}: {name} {value!r} of {text!r} is not known; "
                f"expected one of {listed}"
            )
    start, end = (_date(item.get(name)) for name in ("start", "end"))
    try:
        days_of(start, end)
    except ValueError as error:
        raise ValueError(f"{where(given)}{who}: dates of {text!r}: {error}") from None
    try:
        priority = _whole(item.get("priority"))
    except (TypeError, ValueError, OverflowError):
        raise ValueError(
            f"{where(given)}{who}: priority of {text!r} must be a whole number"
        ) from None
    if not -(2**31) <= priority < 2**31:
        raise ValueError(f"{where(given)}{who}: priority of {text!r} is too large a number")
    number = CASES.index(case) + 1 if case else 0
    rows.alias(entry, text, KINDS.index(kind), number, start, end, priority, line)


def _whole(value: Any) -> int:
    """Return a whole number, given as a number or a text; nothing is 0."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return 0
    number = float(value)
    if number != int(number):
        raise ValueError
    return int(number)


def _add_aliases(
    rows: Rows, entry: int, items: Iterable[Any], who: str, where: Where, line: Line
) -> int:
    """Add the aliases of an actor and return how many; plain texts go in at once."""
    listed = list(items)
    if set(map(type, listed)) <= {str} and all(map(str.strip, listed)):
        for text in listed:
            if len(text) > MAX_TEXT:
                _check_text(text, f"{who}: alias", where(text))
        rows.plain(entry, listed)
    else:
        for item in listed:
            place = always(where(item if line(item) else items))
            add_alias(rows, entry, item, who, place, line(item))
    return len(listed)


def _parent_of(value: Any, who: str, where: str) -> str:
    try:
        parent = parent_text(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}{who}: {error}") from None
    _check_text(parent, f"{who}: parent", where, MAX_FIELD)
    return parent


def _field(fields: Mapping[str, Any], name: str, who: str, where: str) -> str:
    """Return what a mapping says of an actor under a name, as a text."""
    value = fields.get(name)
    if isinstance(value, (Mapping, list, tuple, set)):
        raise TypeError(f"{where}{who}: {name} must be a text, got {value!r}")
    text = str(value or "")
    _check_text(text, f"{who}: {name}", where, MAX_FIELD)
    return text


def _add_actor(rows: Rows, id: Any, value: Any, where: Where, line: Line) -> None:
    if not isinstance(id, str) or not id:
        raise TypeError(f"{where(id)}an actor's id must be a text, got {id!r}")
    _check_id(id, where(id))
    who, here = f"actor {id!r}", where(value if line(value) else id)
    if isinstance(value, str) and value:
        raise TypeError(f"{here}{who}: expected a list of aliases, got one text; use a list")
    fields: Mapping[str, Any] = value if isinstance(value, Mapping) else {"aliases": value}
    unknown = [key for key in fields if key not in FIELDS]
    if unknown:
        meant = did_you_mean(unknown[0], FIELDS)
        raise ValueError(
            f"{here}{who}: unknown key {unknown[0]!r}; expected {', '.join(FIELDS)}{meant}"
        )
    aliases = fields.get("aliases")
    if isinstance(aliases, (str, Mapping)) and aliases != "":
        raise TypeError(f"{here}{who}: aliases must be a list, got {aliases!r}")
    if aliases is not None and not isinstance(aliases, Iterable):
        raise TypeError(f"{here}{who}: aliases must be a list, got {aliases!r}")
    texts = {name: _field(fields, name, who, here) for name in ("label", "class", "home")}
    parent = _parent_of(fields.get("parent"), who, here)
    if id in rows.number:
        raise ValueError(f"{where(id)}actor {id!r} stands in the dictionary twice")
    entry = rows.actor(id, texts["label"], texts["class"], parent, texts["home"], line(value))
    if not _add_aliases(rows, entry, aliases or (), who, where, line) and not parent:
        raise ValueError(f"{here}{who} has no aliases; list at least one, or drop it")


def add_opaque(
    rows: Rows, names: Any, who: str, where: Where = nowhere, line: Line = no_line
) -> None:
    """Add names that stand for nothing."""
    if isinstance(names, (str, Mapping)) or not isinstance(names, Iterable):
        raise TypeError(f"{where(names)}{who}: expected a list of names, got {names!r}")
    listed = list(names)
    if listed:
        entry = rows.actor("", line=line(names))
        _add_aliases(rows, entry, listed, who, where, line)


def is_reserved(id: Any) -> bool:
    """Whether a key of a mapping can be no actor: `_opaque`, and what is like it by mistake."""
    return isinstance(id, str) and (id.startswith("_") or id.casefold() == OPAQUE[1:])


def from_mapping(table: Mapping[Any, Any], where: Where = nowhere, line: Line = no_line) -> Rows:
    """Read actors from a mapping of id to aliases or fields; `_opaque` holds opaque names."""
    rows = Rows()
    for id, value in table.items():
        if id == OPAQUE:
            add_opaque(rows, value, OPAQUE, where, line)
        elif is_reserved(id):
            raise ValueError(
                f"{where(id)}{id!r} is no actor: opaque names stand under {OPAQUE!r}, and no other "
                "id begins with an underscore"
            )
        else:
            _add_actor(rows, id, value, where, line)
    return rows


# ---- tables: a row an alias ----------------------------------------------------------------------


def from_rows(
    lines: Iterator[tuple[int, Mapping[str, Any]]], where_of: Callable[[int], str]
) -> Rows:
    """Group rows of a table into actors in order of first appearance.

    A row without an alias is an actor that only others belong to; it needs a parent of its own.
    `where_of` gives the beginning of a message about a line.
    """
    rows = Rows()
    for line, row in lines:
        where = where_of(line)
        actor = row.get("actor") or ""
        who = f"actor {actor!r}" if actor else "opaque name"
        if actor:
            _check_id(actor, where)
        parent = _parent_of(row.get("parent"), who, where)
        label, cls, home = (_field(row, name, who, where) for name in ("label", "class", "home"))
        if not actor and (label or cls or parent or home):
            raise ValueError(
                f"{where}{who}: has a label, class, parent or home, but no actor; give it an id"
            )
        known = rows.number.get(actor)
        entry = rows.actor(actor, label, cls, parent, home, line)
        if known is not None:
            _note_conflicts(rows, entry, (label, cls, parent, home), line)
        if actor and parent and not (row.get("alias") or "").strip():
            continue
        item = {"text": row.get("alias")}
        item |= {key: row.get(key) for key in ALIAS_FIELDS[1:]}
        add_alias(rows, entry, item, who, always(where), line)
    return rows


def _note_conflicts(rows: Rows, entry: int, given: tuple[str, ...], line: int) -> None:
    """Report what a later row says otherwise of an actor than an earlier one."""
    for name, column, value in zip(COLUMNS[1:5], ENTRY_TEXTS[1:], given, strict=True):
        held = rows.columns[column][entry]
        if value and value != held:
            detail = f"{name} {value[:60]!r}, but {held[:60]!r} above; the first counts"
            rows.note("conflict", rows.columns["id"][entry], "", line, detail)


def check_columns(names: Iterable[Any], source: str, line: int = 0, hint: str = "") -> list[Note]:
    """Refuse a table without what it must have; return notes of columns that are not read."""
    held = list(names)
    listed = ", ".join(map(repr, held)) or "none"
    for name in ("actor", "alias"):
        if name not in held:
            raise ValueError(f"{source}: no column {name!r}; the columns are {listed}{hint}")
    for name in COLUMNS:
        if held.count(name) > 1:
            raise ValueError(f"{source}: two columns are called {name!r}; leave one of them out")
    known = ", ".join(COLUMNS)
    return [
        ("column_ignored", "", "", line, f"{str(name)!r} is not read; known columns are {known}")
        for name in held
        if name not in COLUMNS
    ]


def from_frame(frame: pd.DataFrame) -> Rows:
    notes = check_columns(frame.columns, "table")
    names = [name for name in COLUMNS if name in frame.columns]
    index = frame.index
    lines = (
        (row, {k: _cell(k, v) for k, v in zip(names, values, strict=True)})
        for row, values in enumerate(frame[names].itertuples(index=False), 1)
    )
    rows = from_rows(lines, lambda row: f"table: row {index[row - 1]!r}: ")
    rows.notes[:0] = notes
    return rows


def _cell(name: str, value: Any) -> str:
    if is_missing(value):
        return ""
    return _date(value) if name in ("start", "end") else str(value)
