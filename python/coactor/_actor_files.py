"""Files of actor dictionaries, by suffix and format.

A reader takes the text of a file and its name and returns `Rows`; READERS and WRITERS list all of
them by suffix. Whatever is wrong is a ValueError or TypeError with the file and the line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ._actor_rows import add_alias, always, at, check_columns, from_rows
from ._actor_table import Rows, Table
from ._actor_trees import read_json, read_quanteda, read_yaml
from ._actor_writers import to_csv, to_json, to_yaml
from ._files import csv_records, decoded, existing, other_separator, separator_of

#: Bytes of the largest file of text that is read; larger dictionaries are saved, not written.
MAX_BYTES = 2**28


def read_source(path: Path, replace: bool = False) -> str:
    """Return the text of a dictionary file, without a byte order mark.

    With `replace`, bytes that are no UTF-8 become U+FFFD and NUL is kept.

    Raises
    ------
    FileNotFoundError, ValueError
        With the file and the line of the first byte that does not fit.
    """
    size = existing(path).stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{path}:1: {size:,} bytes are too many; the most is {MAX_BYTES:,}")
    raw = path.read_bytes()
    if replace:
        return raw.decode("utf-8", "replace").removeprefix("\ufeff")
    return decoded(raw, path)


# ---- CSV -----------------------------------------------------------------------------------------


def read_csv(text: str, source: str) -> Rows:
    limit = csv.field_size_limit(MAX_BYTES)
    mark = separator_of(text, ("actor", "alias"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        records = ((line, row) for line, row in csv_records(reader, source) if row)
        line, names = next(records, (1, []))
        notes = check_columns(names, f"{source}:{line}", line, other_separator(names))
        rows = from_rows(_named(records, names, source), lambda line: at(source, line))
        rows.notes[:0] = notes
        return rows
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
                "put quotation marks around a text with the separator in it"
            )
        yield line, dict(zip(names, row, strict=False))


# ---- LIWC ----------------------------------------------------------------------------------------


class _Category:
    """A category of a LIWC file, with its patterns and their lines."""

    def __init__(self, name: str, line: int) -> None:
        self.name, self.line = name, line
        self.patterns: list[tuple[str, int]] = []


def read_liwc(text: str, source: str) -> Rows:
    """Read categories between two lines of ``%``, then a pattern and its categories a line."""
    categories: dict[str, _Category] = {}
    marks = line = 0
    for line, row in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        where = at(source, line)
        if row.strip() == "%":
            marks += 1
        elif not row.strip():
            continue
        elif marks == 0:
            raise ValueError(f"{where}expected a line with % before the categories")
        elif marks == 1:
            _add_category(categories, row, where, line)
        else:
            _add_pattern(categories, row, where, line)
    if marks != 2:
        raise ValueError(f"{source}:{line}: expected two lines with %, found {marks}")
    rows = Rows()
    for category in categories.values():
        if not category.patterns:
            rows.note("empty", category.name, "", category.line, "a category without patterns")
            continue
        entry, who = rows.actor(category.name, line=category.line), f"actor {category.name!r}"
        for pattern, line in category.patterns:
            item = {"text": pattern, "case": "fold"}
            add_alias(rows, entry, item, who, always(at(source, line)), line)
    return rows


def _add_category(categories: dict[str, _Category], row: str, where: str, line: int) -> None:
    parts = row.split(None, 1)
    if len(parts) != 2 or not parts[0].isdigit():
        raise ValueError(f"{where}expected a number and the name of a category, got {row!r}")
    name = parts[1].strip()
    if parts[0] in categories or name in (category.name for category in categories.values()):
        raise ValueError(f"{where}category {row.strip()!r} stands here for the second time")
    categories[parts[0]] = _Category(name, line)


def _add_pattern(categories: dict[str, _Category], row: str, where: str, line: int) -> None:
    pattern, *numbers = row.strip().split("\t") if "\t" in row else row.split()
    numbers = [number for part in numbers for number in part.split()]
    if not numbers:
        raise ValueError(f"{where}{pattern!r} has no category")
    for number in numbers:
        if number not in categories:
            raise ValueError(f"{where}{pattern!r}: category {number!r} is not in the head")
        categories[number].patterns.append((pattern, line))


# ---- all of them ------------------------------------------------------------------------------


def _some(rows: Rows, source: str) -> Rows:
    """Refuse a file without a line that says something, be it wrong."""
    if not rows.columns["id"] and not rows.notes:
        raise ValueError(f"{source}: holds no actors, nothing but comments and blank lines")
    return rows


def _read_tabari(text: str, source: str) -> Rows:
    from ._actor_tabari import read_actors

    return _some(read_actors(text, source), source)


def _read_agents(text: str, source: str) -> Rows:
    from ._actor_tabari import read_agents

    return _some(read_agents(text, source), source)


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
    if reader is None and format:
        known = ", ".join((*(known[1:] for known in READERS), *FORMATS))
        raise ValueError(f"unknown format={format!r}; choose one of {known}")
    if reader is None:
        known = ", ".join(READERS)
        raise ValueError(
            f"{path}: unknown format {path.suffix.lower()!r}; expected one of {known}, "
            "or say format="
        )
    return reader(read_source(path, replace=reader in (_read_tabari, _read_agents)), str(path))
