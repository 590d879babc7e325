"""Dictionaries of actors as text: YAML, CSV, JSON. Reading it gives the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ._actor_rows import COLUMNS
from ._actor_table import CASES, ENTRY_TEXTS, KINDS, Table


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
