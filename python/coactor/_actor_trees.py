"""Dictionaries of actors in YAML and JSON, and the nested levels of quanteda and newsmap."""

from __future__ import annotations

import json
import json.decoder
import json.scanner
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ._actor_rows import OPAQUE, add_alias, always, at, from_mapping, is_reserved
from ._actor_table import FIELDS, Rows
from ._unknown import did_you_mean

#: How like the name of a field a key is that is taken for a slip: ``alias``, ``Aliases``.
ALIKE = 0.82

#: How deep a file may be nested.
MAX_DEPTH = 20


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
        said = (getattr(error, "context", None), getattr(error, "problem", None))
        problem = ", ".join(filter(None, said)) or str(error).splitlines()[0]
        raise ValueError(f"{source}:{line}: not YAML: {problem}") from None
    if node is None:
        raise ValueError(f"{source}: holds no actors; expected `ID: [alias, ...]`, one a line")
    table = _plain(node, source)
    if not isinstance(table, _Dict):
        line = _line_of(table) or 1
        raise ValueError(f"{source}:{line}: expected actors as `ID: [alias, ...]`, one a line")
    return table


def _is_level(value: Any) -> bool:
    """Whether a value is a level of a nested dictionary: a mapping of keys to lists or levels."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and not any(key in FIELDS for key in value)
        and all(isinstance(inner, list) or _is_level(inner) for inner in value.values())
    )


def _check_levels(table: Mapping[str, Any], source: str) -> None:
    """Refuse what looks like levels because the name of a field is misspelt: ``{alias: [...]}``."""
    for path, patterns in _leaves(table, ()):
        key = path[-1]
        meant = did_you_mean(key, FIELDS, ALIKE) if len(path) > 1 else ""
        if is_reserved(key):
            meant = f"; opaque names, {OPAQUE!r}, cannot stand beside nested levels;"
        if meant and patterns is not None:
            where = at(source, _line_of(key) or _line_of(patterns))
            who = f"actor {path[-2]!r}: " if len(path) > 1 else ""
            raise ValueError(
                f'{where}{who}unknown key {key!r}{meant} if it is a level, say format="quanteda"'
            )


def _read_table(table: _Dict, source: str, text: str = "") -> Rows:
    """Read actors or levels; `text` is that of a JSON file, whose keys do not know their lines."""
    if any(_is_level(value) for value in table.values()):
        _check_levels(table, source)
        return _from_levels(table, source)
    lines = {id: _line_of(id) or _line_of(value) for id, value in table.items()}

    def line(value: Any) -> int:
        if _line_of(value) or not isinstance(value, str):
            return _line_of(value)
        return lines.get(value, 0) or (_last_line(text, value) if text else 0)

    return from_mapping(table, lambda value: at(source, line(value)), line)


def read_yaml(text: str, source: str) -> Rows:
    return _read_table(_load_yaml(text, source), source)


class _JsonLines(json.JSONDecoder):
    """JSON as texts, lists and dicts that know their lines; a key twice is refused."""

    def __init__(self, text: str, source: str) -> None:
        super().__init__(object_pairs_hook=self._pairs)
        self.text, self.source = text, source
        self.ends = [place.end() for place in re.finditer("\n", text)]
        parts: Any = json.decoder
        self.parse_string = self._texts
        self.parse_array = self._known(parts.JSONArray, _List)
        self.parse_object = self._known(parts.JSONObject, _Dict)
        scanner: Any = json.scanner
        self.scan_once = scanner.py_make_scanner(self)

    def _line(self, at: int) -> int:
        return bisect_right(self.ends, at) + 1

    def _texts(self, text: str, end: int, strict: bool = True) -> tuple[_Text, int]:
        scanner: Any = json.decoder
        value, behind = scanner.scanstring(text, end, strict)
        made = _Text(value)
        made.line = self._line(end)
        return made, behind

    def _known(self, parse: Any, kind: Any) -> Any:
        def parsed(place: tuple[str, int], *rest: Any) -> tuple[Any, int]:
            value, end = parse(place, *rest)
            made = kind(value)
            made.line = self._line(place[1])
            return made, end

        return parsed

    def _pairs(self, items: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(items)
        if len(table) < len(items):
            key = next(key for key, n in Counter(key for key, _ in items).items() if n > 1)
            raise ValueError(
                f"{self.source}:{_last_line(self.text, key)}: {key!r} stands here again"
            )
        return table


def read_json(text: str, source: str) -> Rows:
    """Read the same as YAML holds; JSON's own reader decides what is JSON."""
    if not text.strip():
        raise ValueError(f'{source}: holds no actors; expected {{"ID": ["alias", ...]}}')
    try:
        table = _JsonLines(text, source).decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{source}:{error.lineno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError(f"{source}:1: nested too deep") from None
    if not isinstance(table, _Dict):
        raise ValueError(f'{source}:1: expected actors as {{"ID": ["alias", ...]}}')
    _check_depth(table, source)
    return _read_table(table, source, text)


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
        here = (*path, key)
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
        if patterns is None:
            rows.counts["levels"] = rows.counts.get("levels", 0) + 1
        if patterns is None and not parent:
            continue
        if patterns is not None and not isinstance(patterns, list):
            raise ValueError(f"{where}{who}: expected a list of patterns, got {patterns!r}")
        entry = rows.actor(ids[path], parent=parent, line=line)
        for item in patterns or ():
            if not isinstance(item, str):
                raise ValueError(f"{at(source, _line_of(item))}{who}: {item!r} is no pattern")
            add_alias(rows, entry, item, who, always(where), _line_of(item))
    return rows


def read_quanteda(text: str, source: str) -> Rows:
    return _from_levels(_load_yaml(text, source), source)
