"""Dictionaries of actors from Python objects and files, and back to files.

A reader takes the text of a file and its name and returns `Rows`; READERS and WRITERS list all of
them by suffix. Whatever is wrong is a ValueError or TypeError with the file and the line.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._actor_table import (
    ALIAS_FIELDS,
    CASES,
    ENTRY_TEXTS,
    FIELDS,
    KINDS,
    MAX_TEXT,
    Rows,
    Table,
    days_of,
    parent_text,
)
from ._columns import is_missing
from ._files import csv_records

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("actor", "label", "class", "parent", "home", "alias", "kind", "case"),
    *("start", "end", "priority"),
)

#: Bytes of the largest file of text that is read; larger dictionaries are saved, not written.
MAX_BYTES = 2**28

#: How deep a file may be nested.
MAX_DEPTH = 20

Where = Callable[[Any], str]
Line = Callable[[Any], int]


def nowhere(value: Any) -> str:
    return ""


def _always(where: str) -> Where:
    """Return what says of everything that it stands there."""
    return lambda value: where


def no_line(value: Any) -> int:
    return 0


def at(source: str, line: int) -> str:
    """Return the beginning of a message about a line of a file."""
    if source and line:
        return f"{source}:{line}: "
    return f"{source}: " if source else ""


def read_source(path: Path, replace: bool = False) -> str:
    """Return the text of a dictionary file, without a byte order mark.

    With `replace`, bytes that are no UTF-8 become U+FFFD and NUL is kept.

    Raises
    ------
    FileNotFoundError, ValueError
        With the file and the line of the first byte that does not fit.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file")
    if path.is_dir():
        raise ValueError(f"{path}: is a folder, expected a file")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{path}:1: {size:,} bytes are too many; the most is {MAX_BYTES:,}")
    raw = path.read_bytes()
    if replace:
        return raw.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"{path}:{line}: byte {error.start} is not utf-8; is this a text file?"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ValueError(f"{path}:{line}: holds NUL; not a text file")
    return text.removeprefix("\ufeff")


# ---- from Python objects -------------------------------------------------------------------------


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


def _from_rows(lines: Iterator[tuple[int, Mapping[str, str]]], source: str) -> Rows:
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
        entry = rows.actor(actor, label, cls, parent, home, line)
        if actor and parent and not (row.get("alias") or "").strip():
            continue
        item = {"text": row.get("alias")}
        item |= {key: row.get(key) for key in ALIAS_FIELDS[1:]}
        add_alias(rows, entry, item, who, _always(where), line)
    return rows


def _need_columns(names: Iterable[Any], source: str) -> None:
    held = list(names)
    for name in ("actor", "alias"):
        if name not in held:
            listed = ", ".join(map(repr, held)) or "none"
            raise ValueError(f"{source}: no column {name!r}; the columns are {listed}")


def read_csv(text: str, source: str) -> Rows:
    limit = csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = ((line, row) for line, row in csv_records(reader, source) if row)
        _, names = next(records, (0, []))
        _need_columns(names, source)
        return _from_rows(_named(records, names, source), source)
    finally:
        csv.field_size_limit(limit)


def _named(
    records: Iterable[tuple[int, list[str]]], names: list[str], source: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield records as dicts; a short one ends in empty fields, a long one is refused."""
    for line, row in records:
        if len(row) > len(names):
            raise ValueError(
                f"{source}:{line}: {len(row)} fields, expected {len(names)}; "
                "put quotation marks around a text with a comma"
            )
        yield line, dict(zip(names, row, strict=False))


def from_frame(frame: pd.DataFrame) -> Rows:
    _need_columns(frame.columns, "table")
    names = [name for name in COLUMNS if name in frame.columns]
    rows = (
        {k: "" if is_missing(v) else str(v) for k, v in zip(names, values, strict=True)}
        for values in frame[names].itertuples(index=False)
    )
    return _from_rows(((row + 1, values) for row, values in enumerate(rows)), "table: row")


# ---- YAML and JSON -------------------------------------------------------------------------------


class _Text(str):
    """A scalar of a file, with the line it stood in."""

    __slots__ = ("line",)
    line: int


class _List(list[Any]):
    line = 0


class _Dict(dict[str, Any]):
    line = 0


def _line_of(value: Any) -> int:
    return getattr(value, "line", 0)


def _plain(node: Any, source: str) -> Any:
    """Turn a YAML node into texts, lists and dicts that know their lines.

    Every scalar is a text: ``NO`` is Norway, not false. Keys must be unique.
    """
    import yaml

    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        text = _Text("" if node.tag.endswith(":null") else node.value)
        text.line = line
        return text
    if isinstance(node, yaml.SequenceNode):
        items = _List(_plain(item, source) for item in node.value)
        items.line = line
        return items
    table = _Dict()
    table.line = line
    for key_node, value_node in node.value:
        key = _plain(key_node, source)
        if not isinstance(key, str):
            line = key_node.start_mark.line + 1
            raise ValueError(f"{source}:{line}: a key must be a text")
        if key in table:
            raise ValueError(f"{source}:{_line_of(key)}: {key!r} stands here for the second time")
        table[key] = _plain(value_node, source)
    return table


def _check_events(text: str, source: str, loader: Any) -> None:
    """Refuse anchors and aliases, which can grow without bound, and deep nesting."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ValueError(f"{source}:{line}: YAML anchors and aliases are not accepted")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise ValueError(f"{source}:{line}: nested more than {MAX_DEPTH} deep")


def _load_yaml(text: str, source: str) -> _Dict:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_events(text, source, loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        position = getattr(error, "position", None)
        line = mark.line + 1 if mark is not None else 1
        if mark is None and isinstance(position, int):
            line = text.count("\n", 0, position) + 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ValueError(f"{source}:{line}: not YAML: {problem}") from None
    table = _plain(node, source) if node is not None else _Dict()
    if not isinstance(table, _Dict):
        raise ValueError(f"{source}: expected actors as `ID: [alias, ...]`, one a line")
    return table


def _is_level(value: Any) -> bool:
    """Whether a value is a level of a nested dictionary: a mapping of keys to lists or levels."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and not any(key in FIELDS for key in value)
        and all(isinstance(inner, list) or _is_level(inner) for inner in value.values())
    )


def _read_table(table: _Dict, source: str) -> Rows:
    if any(_is_level(value) for value in table.values()):
        return _from_levels(table, source)
    return from_mapping(table, lambda value: at(source, _line_of(value)), _line_of)


def read_yaml(text: str, source: str) -> Rows:
    return _read_table(_load_yaml(text, source), source)


def read_json(text: str, source: str) -> Rows:
    """Read the same as YAML holds; JSON's own reader decides what is JSON."""

    def pairs(items: list[tuple[str, Any]]) -> _Dict:
        table = _Dict()
        for key, value in items:
            if key in table:
                raise ValueError(f"{source}:{_last_line(text, key)}: {key!r} stands here again")
            table[key] = value
        return table

    try:
        table = json.loads(text, object_pairs_hook=pairs) if text.strip() else _Dict()
    except json.JSONDecodeError as error:
        raise ValueError(f"{source}:{error.lineno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError(f"{source}:1: nested too deep") from None
    if not isinstance(table, _Dict):
        raise ValueError(f'{source}:1: expected actors as {{"ID": ["alias", ...]}}')
    _check_depth(table, source)
    if any(_is_level(value) for value in table.values()):
        return _from_levels(table, source)

    def line(value: Any) -> int:
        return _last_line(text, value) if isinstance(value, str) else 0

    return from_mapping(table, lambda value: at(source, line(value)))


def _check_depth(table: Mapping[str, Any], source: str) -> None:
    """Refuse deep nesting, as YAML's events are checked for it."""
    level: list[Any] = [table]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for held in level
            for inner in (held.values() if isinstance(held, Mapping) else held)
            if isinstance(inner, (Mapping, list))
        ]
        if not level:
            return
    raise ValueError(f"{source}:1: nested more than {MAX_DEPTH} deep")


def _last_line(text: str, key: str) -> int:
    """Return the line in which a text of a JSON file stands for the last time."""
    places = [text.rfind(json.dumps(key, ensure_ascii=ascii)) for ascii in (True, False)]
    return text.count("\n", 0, max(*places, 0)) + 1


# ---- quanteda's and newsmap's nested dictionaries ------------------------------------------------


def _leaves(
    table: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the path of every key, levels before what is in them, and its list or None."""
    for key, value in table.items():
        here = (*path, str(key))
        if isinstance(value, Mapping):
            yield here, None
            yield from _leaves(value, here)
        else:
            yield here, value


def _from_levels(table: Mapping[str, Any], source: str) -> Rows:
    """Read region → subregion → country: each level is the parent of what is in it.

    An id is the last key where that is unique, else the whole path, joined by dots.
    """
    found = list(_leaves(table, ()))
    last = Counter(path[-1] for path, _ in found)
    many = {key for key, n in last.items() if n > 1}
    ids = {path: ".".join(path) if path[-1] in many else path[-1] for path, _ in found}
    rows = Rows()
    for path, patterns in found:
        line = _line_of(patterns) if patterns is not None else 0
        where = at(source, line)
        parent = ids[path[:-1]] if len(path) > 1 else ""
        who = f"actor {ids[path]!r}"
        if patterns is None and not parent:
            continue
        if patterns is not None and not isinstance(patterns, list):
            raise ValueError(f"{where}{who}: expected a list of patterns, got {patterns!r}")
        entry = rows.actor(ids[path], parent=parent, line=line)
        for item in patterns or ():
            if not isinstance(item, str):
                raise ValueError(f"{at(source, _line_of(item))}{who}: {item!r} is no pattern")
            add_alias(rows, entry, item, who, _always(where), _line_of(item))
    return rows


def read_quanteda(text: str, source: str) -> Rows:
    return _from_levels(_load_yaml(text, source), source)


# ---- LIWC ----------------------------------------------------------------------------------------


def read_liwc(text: str, source: str) -> Rows:
    """Read categories between two lines of ``%``, then a pattern and its categories a line."""
    rows = Rows()
    names: dict[str, str] = {}
    marks = 0
    for line, row in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        where = at(source, line)
        if row.strip() == "%":
            marks += 1
        elif not row.strip():
            continue
        elif marks == 0:
            raise ValueError(f"{where}expected a line with % before the categories")
        elif marks == 1:
            _add_category(rows, names, row, where, line)
        else:
            _add_pattern(rows, names, row, where, line)
    if marks != 2:
        raise ValueError(f"{source}: expected two lines with %, found {marks}")
    return rows


def _add_category(rows: Rows, names: dict[str, str], row: str, where: str, line: int) -> None:
    parts = row.split(None, 1)
    if len(parts) != 2 or not parts[0].isdigit():
        raise ValueError(f"{where}expected a number and the name of a category, got {row!r}")
    if parts[0] in names or parts[1].strip() in rows.number:
        raise ValueError(f"{where}category {row.strip()!r} stands here for the second time")
    names[parts[0]] = parts[1].strip()
    rows.actor(names[parts[0]], line=line)


def _add_pattern(rows: Rows, names: dict[str, str], row: str, where: str, line: int) -> None:
    pattern, *numbers = row.strip().split("\t") if "\t" in row else row.split()
    numbers = [number for part in numbers for number in part.split()]
    if not numbers:
        raise ValueError(f"{where}{pattern!r} has no category")
    for number in numbers:
        if number not in names:
            raise ValueError(f"{where}{pattern!r}: category {number!r} is not in the head")
        who = f"actor {names[number]!r}"
        item = {"text": pattern, "case": "fold"}
        add_alias(rows, rows.number[names[number]], item, who, _always(where), line)


# ---- to files ------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    """Return a text as a YAML double-quoted scalar."""
    if text.isprintable():
        return json.dumps(text, ensure_ascii=False)
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    """Return a character as YAML has it between double quotes; it knows no pairs of surrogates."""
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _fields(table: Table) -> Iterator[tuple[dict[str, str], list[dict[str, Any]]]]:
    """Yield each actor's fields and aliases, as dicts without what is empty."""
    actors: list[list[dict[str, Any]]] = [[] for _ in range(len(table.id))]
    columns = (table.entry.tolist(), table.text, table.kind.tolist(), table.case.tolist())
    rest = (table.start, table.end, table.priority.tolist())
    for entry, text, kind, case, start, end, priority in zip(*columns, *rest, strict=True):
        alias: dict[str, Any] = {"text": text}
        if kind:
            alias["kind"] = KINDS[kind]
        if case:
            alias["case"] = CASES[case - 1]
        alias |= {k: v for k, v in (("start", start), ("end", end)) if v}
        if priority:
            alias["priority"] = priority
        actors[entry].append(alias)
    names = ("id", "label", "class", "parent", "home")
    values = zip(*(getattr(table, name) for name in ENTRY_TEXTS), strict=True)
    for fields, aliases in zip(values, actors, strict=True):
        yield dict(zip(names, fields, strict=True)), aliases


def _yaml_alias(alias: Mapping[str, Any]) -> str:
    if len(alias) == 1:
        return _quoted(alias["text"])
    parts = [
        f"{key}: {value if key in ('kind', 'case', 'priority') else _quoted(value)}"
        for key, value in alias.items()
    ]
    return "{" + ", ".join(parts) + "}"


def to_yaml(table: Table) -> str:
    lines = []
    for fields, aliases in _fields(table):
        lines.append(f"{_quoted(fields['id'])}:" if fields["id"] else "_opaque:")
        indent = "  "
        if fields["id"]:
            for name in ("label", "class", "parent", "home"):
                if fields[name]:
                    lines.append(f"  {name}: {_quoted(fields[name])}")
            lines.append("  aliases:" if aliases else "  aliases: []")
            indent = "    "
        lines.extend(f"{indent}- {_yaml_alias(alias)}" for alias in aliases)
    return "\n".join(lines) + "\n" if lines else "{}\n"


def to_csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fields, aliases in _fields(table):
        first = [fields[name] for name in ("label", "class", "parent", "home")]
        for i, alias in enumerate(aliases or [{"text": ""}]):
            kind = alias.get("kind", "name") if aliases else ""
            writer.writerow(
                (
                    fields["id"],
                    *(first if i == 0 else ("",) * 4),
                    alias["text"],
                    kind,
                    *(alias.get(name, "") for name in ("case", "start", "end", "priority")),
                )
            )
    return out.getvalue()


def to_json(table: Table) -> str:
    whole: dict[str, Any] = {}
    for fields, aliases in _fields(table):
        plain = [alias["text"] if len(alias) == 1 else alias for alias in aliases]
        held = {name: fields[name] for name in ("label", "class", "parent", "home") if fields[name]}
        whole[fields["id"] or "_opaque"] = {**held, "aliases": plain} if held else plain
    written = json.dumps(whole, ensure_ascii=False, indent=1)
    if any("\ud800" <= letter <= "\udfff" for letter in set(written)):  # UTF-8 cannot hold it
        written = json.dumps(whole, indent=1)
    return written + "\n"


def _read_tabari(text: str, source: str) -> Rows:
    from ._actor_tabari import read_actors

    return read_actors(text, source)


def _read_agents(text: str, source: str) -> Rows:
    from ._actor_tabari import read_agents

    return read_agents(text, source)


#: File formats, by suffix: how each is read ...
READERS: dict[str, Callable[[str, str], Rows]] = {
    ".yml": read_yaml,
    ".yaml": read_yaml,
    ".csv": read_csv,
    ".json": read_json,
    ".actors": _read_tabari,
    ".agents": _read_agents,
    ".dic": read_liwc,
}

#: ... by other names, for `format=` ...
FORMATS = {
    "quanteda": read_quanteda,
    "newsmap": read_quanteda,
    "liwc": read_liwc,
    "petrarch": _read_tabari,
    "tabari": _read_tabari,
}

#: ... and written.
WRITERS: dict[str, Callable[[Table], str]] = {
    ".yml": to_yaml,
    ".yaml": to_yaml,
    ".csv": to_csv,
    ".json": to_json,
}


def read_file(path: Path, format: str | None) -> Rows:
    """Read a dictionary by its suffix or format; ``NAME.actors.txt`` counts as ``.actors``."""
    if path.is_dir():
        raise ValueError(f"{path}: is a folder, expected a file")
    suffix = path.suffix.lower()
    if suffix == ".txt" and len(path.suffixes) > 1:
        suffix = path.suffixes[-2].lower()
    reader = FORMATS.get(format or "") or READERS.get(f".{format}" if format else suffix)
    if reader is None:
        known = ", ".join((*READERS, *FORMATS))
        named = f".{format}" if format else path.suffix.lower()
        raise ValueError(f"{path}: unknown format {named!r}; expected one of {known}")
    return reader(read_source(path, replace=reader in (_read_tabari, _read_agents)), str(path))
