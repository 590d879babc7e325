"""Actors: a dictionary of who can be mentioned, and under which names."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._columns import SEED, is_missing, is_pandas
from ._files import read_text
from ._results import digest, one_of, page, plural, text_array
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Actors"]

CASES = ("smart", "exact", "fold")
KINDS = ("name", "official", "acronym", "demonym", "capital", "metonym", "person", "short")
FIELDS = ("label", "class", "parent", "home", "aliases")
ALIAS_FIELDS = ("text", "kind", "case", "priority")
COLUMNS = ("actor", "label", "class", "parent", "home", "alias", "kind", "case", "priority")

#: Columns of a dictionary file that hold dates; a value in them is refused, since it would be lost.
DATE_COLUMNS = ("start", "end")

#: Problems that the core reports with an alias, by number.
PROBLEMS = {
    1: ("empty", "no word in it; it matches nothing"),
    2: ("too_long", "more than 64 words; it matches nothing"),
    3: ("repeated", "the same alias stands above"),
}


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an actor: its text, kind, rule of case, priority, and the line it stood in."""

    text: str
    kind: str = "name"
    case: str = ""
    priority: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor with its aliases; the id of opaque names is empty."""

    id: str
    label: str = ""
    cls: str = ""
    parent: str = ""
    home: str = ""
    aliases: tuple[Alias, ...] = field(default=())
    line: int = 0


# ---- from Python objects and from files to entries ----------------------------------------------


def _at(source: str, line: int) -> str:
    if source and line:
        return f"{source}:{line}: "
    return f"{source}: " if source else ""


def _alias_of(item: Any, who: str, where: Callable[[Any], str], line: int) -> Alias:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, Mapping):
        raise TypeError(f"{where(item)}{who}: an alias must be a text or a mapping, got {item!r}")
    unknown = [key for key in item if key not in ALIAS_FIELDS]
    if unknown:
        raise ValueError(
            f"{where(item)}{who}: unknown key {unknown[0]!r} of an alias; "
            f"expected {', '.join(ALIAS_FIELDS)}"
        )
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{where(item)}{who}: an alias without text")
    kind, case = str(item.get("kind") or "name"), str(item.get("case") or "")
    for name, value, allowed in (("kind", kind, KINDS), ("case", case, ("", *CASES))):
        if value not in allowed:
            listed = ", ".join(choice for choice in allowed if choice)
            raise ValueError(
                f"{where(item)}{who}: {name} {value!r} of {text!r} is not known; "
                f"expected one of {listed}"
            )
    try:
        priority = int(item.get("priority") or 0)
    except ValueError:
        raise ValueError(f"{where(item)}{who}: priority of {text!r} must be a number") from None
    return Alias(text, kind, case, priority, line)


def _entry_of(
    id: Any, value: Any, where: Callable[[Any], str], line: Callable[[Any], int]
) -> Entry:
    if not isinstance(id, str) or not id:
        raise TypeError(f"{where(id)}an actor's id must be a text, got {id!r}")
    who = f"actor {id!r}"
    if isinstance(value, str):
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
    if isinstance(aliases, (str, Mapping)) or (
        aliases is not None and not isinstance(aliases, Iterable)
    ):
        raise TypeError(f"{where(value)}{who}: aliases must be a list, got {aliases!r}")
    read = tuple(_alias_of(item, who, where, line(item)) for item in aliases or ())
    if not read:
        raise ValueError(f"{where(value)}{who} has no aliases; list at least one, or drop it")
    texts = {name: str(fields.get(name) or "") for name in ("label", "class", "parent", "home")}
    return Entry(
        id, texts["label"], texts["class"], texts["parent"], texts["home"], read, line(value)
    )


def _entries_of(
    table: Mapping[Any, Any],
    where: Callable[[Any], str] = lambda value: "",
    line: Callable[[Any], int] = lambda value: 0,
) -> list[Entry]:
    """Read actors from a mapping of id to aliases or fields; `_opaque` holds opaque names."""
    entries = []
    for id, value in table.items():
        if id == "_opaque":
            if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
                raise TypeError(f"{where(value)}_opaque: expected a list of names, got {value!r}")
            names = tuple(_alias_of(item, "_opaque", where, line(item)) for item in value)
            entries.append(Entry("", aliases=names, line=line(value)))
        else:
            entries.append(_entry_of(id, value, where, line))
    return entries


class _Text(str):
    """A scalar of a file, with the line it stood in."""

    __slots__ = ("line",)


class _List(list[Any]):
    line = 0


class _Dict(dict[str, Any]):
    line = 0


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
            raise ValueError(f"{source}:{line}: a key must be a text")
        if key in table:
            raise ValueError(f"{source}:{key.line}: {key!r} stands here for the second time")
        table[key] = _plain(value_node, source)
    return table


def _read_yaml(text: str, source: str) -> list[Entry]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1
                raise ValueError(f"{source}:{line}: YAML anchors and aliases are not accepted")
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ValueError(f"{source}:{line}: not YAML: {problem}") from None
    table = _plain(node, source) if node is not None else _Dict()
    if not isinstance(table, _Dict):
        raise ValueError(f"{source}: expected actors as `ID: [alias, ...]`, one a line")

    def line_of(value: Any) -> int:
        return getattr(value, "line", 0)

    return _entries_of(table, lambda value: _at(source, line_of(value)), line_of)


def _rows_to_entries(rows: Iterator[tuple[int, Mapping[str, str]]], source: str) -> list[Entry]:
    """Group rows of a table, one alias each, into actors in order of first appearance."""
    fields: dict[str, dict[str, Any]] = {}
    aliases: dict[str, list[Alias]] = {}
    for line, row in rows:
        where = _at(source, line)
        actor = row.get("actor") or ""
        for name in DATE_COLUMNS:
            if row.get(name):
                raise ValueError(f"{where}{name}={row[name]!r}: aliases cannot have dates")
        held = fields.setdefault(actor, {"line": line})
        for name in ("label", "class", "parent", "home"):
            if row.get(name):
                held.setdefault(name, row[name])
        item = {"text": row.get("alias"), **{k: row.get(k) for k in ("kind", "case", "priority")}}
        who = f"actor {actor!r}" if actor else "opaque name"
        aliases.setdefault(actor, []).append(
            _alias_of(item, who, lambda value, where=where: where, line)
        )
    return [
        Entry(
            actor,
            held.get("label", ""),
            held.get("class", ""),
            held.get("parent", ""),
            held.get("home", ""),
            tuple(aliases[actor]),
            held["line"],
        )
        for actor, held in fields.items()
    ]


def _read_csv(text: str, source: str) -> list[Entry]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = reader.fieldnames or []
    for name in ("actor", "alias"):
        if name not in names:
            listed = ", ".join(map(repr, names)) or "none"
            raise ValueError(f"{source}: no column {name!r}; the columns are {listed}")
    try:
        return _rows_to_entries(((reader.line_num, row) for row in reader), source)
    except csv.Error as error:
        raise ValueError(f"{source}:{reader.line_num}: {error}") from None


def _from_frame(frame: pd.DataFrame) -> list[Entry]:
    for name in ("actor", "alias"):
        if name not in frame.columns:
            listed = ", ".join(map(repr, frame.columns)) or "none"
            raise ValueError(f"table: no column {name!r}; the columns are {listed}")
    names = [name for name in (*COLUMNS, *DATE_COLUMNS) if name in frame.columns]
    rows = (
        {k: "" if is_missing(v) else str(v) for k, v in zip(names, values, strict=True)}
        for values in frame[names].itertuples(index=False)
    )
    return _rows_to_entries(((row + 1, values) for row, values in enumerate(rows)), "table: row")


#: File formats, by suffix: how each is read.
READERS: dict[str, Callable[[str, str], list[Entry]]] = {
    ".yml": _read_yaml,
    ".yaml": _read_yaml,
    ".csv": _read_csv,
}


# ---- from entries to files ----------------------------------------------------------------------


def _quoted(text: str) -> str:
    """Return a text as a YAML double-quoted scalar (JSON's escapes are YAML's)."""
    import json

    return json.dumps(text, ensure_ascii=not text.isprintable())


def _yaml_alias(alias: Alias) -> str:
    parts = [f"text: {_quoted(alias.text)}"]
    if alias.kind != "name":
        parts.append(f"kind: {alias.kind}")
    if alias.case:
        parts.append(f"case: {alias.case}")
    if alias.priority:
        parts.append(f"priority: {alias.priority}")
    return _quoted(alias.text) if len(parts) == 1 else "{" + ", ".join(parts) + "}"


def _to_yaml(actors: Actors) -> str:
    lines = []
    for entry in actors._entries:
        lines.append(f"{_quoted(entry.id)}:" if entry.id else "_opaque:")
        indent = "  "
        if entry.id:
            for name, value in (
                ("label", entry.label),
                ("class", entry.cls),
                ("parent", entry.parent),
                ("home", entry.home),
            ):
                if value:
                    lines.append(f"  {name}: {_quoted(value)}")
            lines.append("  aliases:")
            indent = "    "
        lines.extend(f"{indent}- {_yaml_alias(alias)}" for alias in entry.aliases)
    return "\n".join(lines) + "\n" if lines else "{}\n"


def _to_csv(actors: Actors) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in actors._entries:
        for i, alias in enumerate(entry.aliases):
            first = (entry.label, entry.cls, entry.parent, entry.home) if i == 0 else ("",) * 4
            writer.writerow(
                (entry.id, *first, alias.text, alias.kind, alias.case, alias.priority or "")
            )
    return out.getvalue()


WRITERS: dict[str, Callable[[Actors], str]] = {".yml": _to_yaml, ".yaml": _to_yaml, ".csv": _to_csv}


class Actors:
    """A frozen dictionary of actors and their aliases.

    Parameters
    ----------
    table : dict, DataFrame
        Dict of id → list of aliases, or of id → dict (label, class, parent, home, aliases), where
        an alias is a text or a dict (text, kind, case, priority); or a DataFrame with a row an
        alias and columns actor and alias, optionally label, class, parent, home, kind, case and
        priority. The order of the actors decides ties and the order of results.
    opaque : iterable of str
        Names that stand for no actor and hide what is inside them (``Washington Post``).
    case : {"smart", "exact", "fold"}
        How aliases without a rule of their own match. Smart: an alias that is all capitals and at
        most five letters only as written; any other as written, in ALL CAPS, and with its first
        letter in upper case.

    Notes
    -----
    One alias covers its typographic variants: a hyphen in it also matches other hyphens and
    dashes, with blanks around them or not, and a blank; a blank also matches other blanks, a
    hyphen, an unspaced en dash and a single line break; straight and curly apostrophes are one;
    a possessive may stand between its words; ``U.S.`` also matches ``U.S``.

    Examples
    --------
    >>> import coactor as ca
    >>> actors = ca.Actors(
    ...     {"USA": ["United States", "U.S."], "ISISK": ["ISIS-K", "Islamic State-Khorasan"]},
    ...     opaque=["Washington Post"],
    ... )
    >>> actors
    Actors(2 actors, 4 aliases, 1 opaque name)
    """

    def __init__(
        self,
        table: Mapping[str, Any] | pd.DataFrame,
        *,
        opaque: Iterable[str | Mapping[str, Any]] = (),
        case: str = "smart",
    ) -> None:
        if isinstance(table, Mapping):
            entries = _entries_of(table)
        elif is_pandas(table, "DataFrame"):
            entries = _from_frame(table)
        else:
            raise TypeError(f"table: expected a dict or a DataFrame, got {type(table).__name__}")
        if isinstance(opaque, str):
            raise TypeError("opaque: expected a list of names, got one text")
        names = tuple(_alias_of(item, "opaque", lambda value: "", 0) for item in opaque)
        if names:
            entries.append(Entry("", aliases=names))
        self._build(entries, case)

    def _build(self, entries: Sequence[Entry], case: str) -> None:
        one_of("case", case, CASES)
        self._case = case
        self._entries = tuple(entries)
        ids = [entry.id for entry in entries if entry.id]
        if len(set(ids)) < len(ids):
            twice = next(id for id in ids if ids.count(id) > 1)
            raise ValueError(f"actor {twice!r} stands in the dictionary twice")
        #: Ids of the actors, in the order of the dictionary.
        self.ids: list[str] = ids
        number = {id: i for i, id in enumerate(ids)}
        self._alias_list = [alias for entry in entries for alias in entry.aliases]
        self._alias_actor = np.array(
            [number.get(entry.id, -1) for entry in entries for _ in entry.aliases], dtype=np.int32
        )
        rules = [CASES.index(alias.case or case) for alias in self._alias_list]
        self._core = _core.Dictionary(
            _core.Texts([alias.text for alias in self._alias_list]),
            self._alias_actor,
            np.array([alias.priority for alias in self._alias_list], dtype=np.int32),
            np.array(rules, dtype=np.uint8),
            False,
            SEED,
        )

    @classmethod
    def _of(cls, entries: Sequence[Entry], case: str = "smart") -> Actors:
        self = cls.__new__(cls)
        self._build(entries, case)
        return self

    @classmethod
    def read(cls, path: str | Path, *, format: str | None = None, case: str = "smart") -> Actors:
        """Read a dictionary from a file.

        Parameters
        ----------
        path : path
        format : {"yml", "yaml", "csv"}, optional
            Default: by the suffix. YAML: ``ID: [alias, ...]`` or ``ID: {label:, class:, parent:,
            home:, aliases: [...]}`` with opaque names under ``_opaque``; CSV: a row an alias,
            columns as in `to_frame`, an empty actor is an opaque name.
        case : {"smart", "exact", "fold"}
            As in `Actors`.

        Raises
        ------
        FileNotFoundError, ValueError
            With the file and the line.
        """
        path = Path(path)
        suffix = f".{format}" if format is not None else path.suffix.lower()
        if suffix not in READERS:
            known = ", ".join(READERS)
            raise ValueError(f"{path}: unknown format {suffix!r}; expected one of {known}")
        return cls._of(READERS[suffix](read_text(path), str(path)), case)

    @classmethod
    def world(cls) -> Actors:
        """Return the starter dictionary: states, main organisations and armed groups.

        A start, not an authority: read `to_frame` before you publish.

        Examples
        --------
        >>> import coactor as ca
        >>> world = ca.Actors.world()
        >>> world.labels["RUS"]
        'Russia'
        """
        from importlib.resources import files

        text = (files("coactor") / "data" / "world.csv").read_text(encoding="utf-8")
        return cls._of(_read_csv(text, "world"))

    def write(self, path: str | Path) -> None:
        """Write the dictionary as ``.yml`` or ``.csv``; reading it gives the same dictionary."""
        path = Path(path)
        if path.suffix.lower() not in WRITERS:
            known = ", ".join(WRITERS)
            raise ValueError(f"{path}: unknown format {path.suffix!r}; expected one of {known}")
        text = WRITERS[path.suffix.lower()](self)
        temporary = path.with_name(path.name + ".tmp")
        with open(temporary, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)

    def __add__(self, other: Actors) -> Actors:
        """Return a dictionary with the actors of both; aliases of an actor in both are united."""
        if not isinstance(other, Actors):
            return NotImplemented
        held = {entry.id: entry for entry in self._entries}
        for entry in other._entries:
            mine = held.get(entry.id)
            if mine is None:
                held[entry.id] = entry
                continue
            texts = {alias.text for alias in mine.aliases}
            more = tuple(alias for alias in entry.aliases if alias.text not in texts)
            held[entry.id] = Entry(
                mine.id,
                entry.label or mine.label,
                entry.cls or mine.cls,
                entry.parent or mine.parent,
                entry.home or mine.home,
                mine.aliases + more,
                mine.line,
            )
        return Actors._of(list(held.values()), self._case)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label of each actor, by id; the id itself where there is none."""
        return {entry.id: entry.label or entry.id for entry in self._entries if entry.id}

    @cached_property
    def classes(self) -> dict[str, str]:
        """Class of each actor, by id; empty where there is none."""
        return {entry.id: entry.cls for entry in self._entries if entry.id}

    @property
    def report(self) -> pd.DataFrame:
        """What reading the dictionary found: kind, actor, alias, line, detail."""
        import pandas as pd

        owners = [entry for entry in self._entries for _ in entry.aliases]
        rows: list[tuple[str, str, str, int, str]] = []
        for entry, alias, problem in zip(
            owners, self._alias_list, self._core.problems().tolist(), strict=True
        ):
            if problem:
                kind, detail = PROBLEMS[problem]
                rows.append((kind, entry.id, alias.text, alias.line, detail))
        first: dict[str, Entry] = {}
        for entry, alias in zip(owners, self._alias_list, strict=True):
            other = first.setdefault(alias.text, entry)
            if other.id != entry.id:
                detail = f"also an alias of {other.id or 'an opaque name'}, which wins"
                rows.append(("ambiguous", entry.id, alias.text, alias.line, detail))
        known = set(self.ids)
        for entry in self._entries:
            if entry.parent and entry.parent not in known:
                detail = f"parent {entry.parent!r} is no actor of the dictionary"
                rows.append(("unknown_parent", entry.id, "", entry.line, detail))
        frame = pd.DataFrame(rows, columns=["kind", "actor", "alias", "line", "detail"])
        return frame.astype({"line": np.int64})

    def to_frame(self) -> pd.DataFrame:
        """Return a row an alias.

        Columns: actor, label, class, parent, home, alias, kind, case, priority (case is the rule
        in force; opaque names have an empty actor).
        """
        import pandas as pd

        owners = [entry for entry in self._entries for _ in entry.aliases]
        columns: dict[str, Any] = {
            "actor": text_array(e.id for e in owners),
            "label": text_array(e.label or e.id for e in owners),
            "class": text_array(e.cls for e in owners),
            "parent": text_array(e.parent for e in owners),
            "home": text_array(e.home for e in owners),
            "alias": text_array(a.text for a in self._alias_list),
            "kind": text_array(a.kind for a in self._alias_list),
            "case": text_array(a.case or self._case for a in self._alias_list),
            "priority": np.array([a.priority for a in self._alias_list], dtype=np.int64),
        }
        return pd.DataFrame(columns)

    @property
    def config(self) -> dict[str, Any]:
        """Settings and a hash of the content."""
        return {
            "version": __version__,
            "n_actors": len(self.ids),
            "n_aliases": len(self._alias_list),
            "case": self._case,
            "hash": digest([self._case, _to_csv(self)]),
        }

    def methods(self) -> str:
        """Return a paragraph for a methods section."""
        return (
            f"Actors were found with a dictionary of {plural(len(self.ids), 'actor')} and "
            f"{plural(len(self._alias_list), 'name')} (hash {self.config['hash']}): from left to "
            "right, at each word the longest name of any actor; hyphens, dashes, blanks and "
            "apostrophes in their typographic variants count as one."
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        n_opaque = int((self._alias_actor < 0).sum())
        opaque = f", {plural(n_opaque, 'opaque name')}" if n_opaque else ""
        problems = len(self.report)
        warning = f"; {plural(problems, 'problem')}, see .report" if problems else ""
        aliases = len(self._alias_list) - n_opaque
        n_aliases = f"{aliases:,} alias" + ("" if aliases == 1 else "es")
        return f"Actors({plural(len(self.ids), 'actor')}, {n_aliases}{opaque}{warning})"

    def _repr_html_(self) -> str:
        return page(repr(self), self.to_frame(), len(self._alias_list))
