"""Dictionaries of actors as text: YAML, CSV, JSON. Reading it gives the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ._actor_rows import COLUMNS, OPAQUE, is_reserved
from ._actor_table import ALIAS_TEXTS, CASES, ENTRY_TEXTS, KINDS, Table

CSV_SPECIAL = re.compile('[",\r\n]')


NUL = re.compile("\0")
SURROGATE = re.compile("[\ud800-\udfff]")


def check_writable(table: Table, path: Path, suffix: str) -> None:
    """Refuse what a format cannot hold: reading it would not give the same."""
    bad = {".json": (), ".csv": (SURROGATE, NUL)}.get(suffix, (SURROGATE,))
    for name in (*ENTRY_TEXTS, *ALIAS_TEXTS) if bad else ():
        for text in getattr(table, name):
            if any(pattern.search(text) for pattern in bad):
                what = "a lone surrogate" if SURROGATE.search(text) else "NUL"
                raise ValueError(
                    f"{path}: {text!r} holds {what}, which {suffix} cannot hold; "
                    "write .json, or save it"
                )
    reserved = next(filter(is_reserved, table.id), None) if suffix != ".csv" else None
    if reserved is not None:
        why = f"which {suffix} takes for a slip of {OPAQUE!r}"
        if reserved == OPAQUE:
            why = f"which is where {suffix} keeps opaque names"
        raise ValueError(
            f"{path}: an actor is called {reserved!r}, {why}; write .csv, or rename it"
        )


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
        lines.append(f"{_quoted(fields['id'])}:" if fields["id"] else f"{OPAQUE}:")
        indent = "  "
        if fields["id"]:
            for name in ("label", "class", "parent", "home"):
                if fields[name]:
                    lines.append(f"  {name}: {_quoted(fields[name])}")
            lines.append("  aliases:" if aliases else "  aliases: []")
            indent = "    "
        lines.extend(f"{indent}- {_yaml_alias(alias)}" for alias in aliases)
    return "\n".join(lines) + "\n" if lines else "{}\n"


def _csv_field(value: Any) -> str:
    """Return a value for a CSV; csv.writer leaves a carriage return bare, which ends a line."""
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if CSV_SPECIAL.search(text) else text


def to_csv(table: Table) -> str:
    lines = [",".join(COLUMNS)]
    for fields, aliases in _fields(table):
        first = [fields[name] for name in ("label", "class", "parent", "home")]
        for i, alias in enumerate(aliases or [{"text": ""}]):
            kind = alias.get("kind", "name") if aliases else ""
            row = (
                fields["id"],
                *(first if i == 0 else ("",) * 4),
                alias["text"],
                kind,
                *(alias.get(name, "") for name in ("case", "start", "end", "priority")),
            )
            lines.append(",".join(map(_csv_field, row)))
    return "\n".join(lines) + "\n"


def to_json(table: Table) -> str:
    whole: dict[str, Any] = {}
    for fields, aliases in _fields(table):
        plain = [alias["text"] if len(alias) == 1 else alias for alias in aliases]
        held = {name: fields[name] for name in ("label", "class", "parent", "home") if fields[name]}
        whole[fields["id"] or OPAQUE] = {**held, "aliases": plain} if held else plain
    written = json.dumps(whole, ensure_ascii=False, indent=1)
    if any("\ud800" <= letter <= "\udfff" for letter in set(written)):  # UTF-8 cannot hold it
        written = json.dumps(whole, indent=1)
    return written + "\n"
