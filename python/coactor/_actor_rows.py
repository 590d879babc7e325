"""Actors and aliases from Python objects and rows of tables, checked one by one.

Whatever is wrong is a ValueError or TypeError that begins with the place: file and line, where
there is a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ._actor_table import ALIAS_FIELDS, CASES, FIELDS, KINDS, MAX_TEXT, Rows, days_of, parent_text
from ._columns import is_missing

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("actor", "label", "class", "parent", "home", "alias", "kind", "case"),
    *("start", "end", "priority"),
)

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


def _check_text(text: str, what: str, where: str) -> None:
    if len(text) > MAX_TEXT:
        raise ValueError(
            f"{where}{what} {text[:30]!r}... has {len(text):,} characters; the most is {MAX_TEXT:,}"
        )


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
            f"expected {', '.join(ALIAS_FIELDS)}"
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
    start, end = (str(item.get(name) or "").strip() for name in ("start", "end"))
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
            add_alias(rows, entry, item, who, where, line(item))
    return len(listed)


def _parent_of(value: Any, who: str, where: str) -> str:
    try:
        return parent_text(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}{who}: {error}") from None


def _add_actor(rows: Rows, id: Any, value: Any, where: Where, line: Line) -> None:
    if not isinstance(id, str) or not id:
        raise TypeError(f"{where(id)}an actor's id must be a text, got {id!r}")
    _check_text(id, "actor", where(id))
    who = f"actor {id!r}"
    if isinstance(value, str) and value:
        raise TypeError(
            f"{where(value)}{who}: expected a list of aliases, got one text; use a list"
        )
    fields: Mapping[str, Any] = value if isinstance(value, Mapping) else {"aliases": value}
    unknown = [key for key in fields if key not in FIELDS]
    if unknown:
        raise ValueError(
            f"{where(value)}{who}: unknown key {unknown[0]!r}; expected {', '.join(FIELDS)}"
        )
    aliases = fields.get("aliases")
    if isinstance(aliases, (str, Mapping)) and aliases != "":
        raise TypeError(f"{where(value)}{who}: aliases must be a list, got {aliases!r}")
    if aliases is not None and not isinstance(aliases, Iterable):
        raise TypeError(f"{where(value)}{who}: aliases must be a list, got {aliases!r}")
    texts = {name: str(fields.get(name) or "") for name in ("label", "class", "home")}
    parent = _parent_of(fields.get("parent"), who, where(value))
    if id in rows.number:
        raise ValueError(f"{where(id)}actor {id!r} stands in the dictionary twice")
    entry = rows.actor(id, texts["label"], texts["class"], parent, texts["home"], line(value))
    if not _add_aliases(rows, entry, aliases or (), who, where, line) and not parent:
        raise ValueError(f"{where(value)}{who} has no aliases; list at least one, or drop it")


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


def from_mapping(table: Mapping[Any, Any], where: Where = nowhere, line: Line = no_line) -> Rows:
    """Read actors from a mapping of id to aliases or fields; `_opaque` holds opaque names."""
    rows = Rows()
    for id, value in table.items():
        if id == "_opaque":
            add_opaque(rows, value, "_opaque", where, line)
        else:
            _add_actor(rows, id, value, where, line)
    return rows


# ---- tables: a row an alias ----------------------------------------------------------------------


def from_rows(lines: Iterator[tuple[int, Mapping[str, str]]], source: str) -> Rows:
    """Group rows of a table into actors in order of first appearance.

    A row without an alias is an actor that only others belong to; it needs a parent of its own.
    """
    rows = Rows()
    for line, row in lines:
        where = at(source, line)
        actor = row.get("actor") or ""
        who = f"actor {actor!r}" if actor else "opaque name"
        _check_text(actor, "actor", where)
        parent = _parent_of(row.get("parent"), who, where)
        label, cls, home = (row.get(name) or "" for name in ("label", "class", "home"))
        if not actor and (label or cls or parent or home):
            raise ValueError(
                f"{where}{who}: has a label, class, parent or home, but no actor; give it an id"
            )
        entry = rows.actor(actor, label, cls, parent, home, line)
        if actor and parent and not (row.get("alias") or "").strip():
            continue
        item = {"text": row.get("alias")}
        item |= {key: row.get(key) for key in ALIAS_FIELDS[1:]}
        add_alias(rows, entry, item, who, always(where), line)
    return rows


def need_columns(names: Iterable[Any], source: str) -> None:
    held = list(names)
    for name in ("actor", "alias"):
        if name not in held:
            listed = ", ".join(map(repr, held)) or "none"
            raise ValueError(f"{source}: no column {name!r}; the columns are {listed}")


def from_frame(frame: pd.DataFrame) -> Rows:
    need_columns(frame.columns, "table")
    names = [name for name in COLUMNS if name in frame.columns]
    rows = (
        {k: "" if is_missing(v) else str(v) for k, v in zip(names, values, strict=True)}
        for values in frame[names].itertuples(index=False)
    )
    return from_rows(((row + 1, values) for row, values in enumerate(rows)), "table: row")
