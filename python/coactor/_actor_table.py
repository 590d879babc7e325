"""What a dictionary of actors holds: columns of actors and of their aliases, frozen.

Columns are arrays and blobs of text, not objects: a million aliases take some 30 bytes each, are
saved as they are, and are decoded only where somebody looks.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

CASES = ("smart", "exact", "fold", "title")
KINDS = ("name", "official", "acronym", "demonym", "capital", "metonym", "person", "short")
FIELDS = ("label", "class", "parent", "home", "aliases")
ALIAS_FIELDS = ("text", "kind", "case", "start", "end", "priority")

#: Longest id or alias that is taken for one.
MAX_TEXT = 1000

#: Longest label, class or home, and longest text that names the parents of an actor.
MAX_FIELD = 10_000

#: Days before and behind all dates.
FIRST_DAY, LAST_DAY = -(2**31), 2**31 - 1

EPOCH = datetime.date(1970, 1, 1).toordinal()
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
RANGE = re.compile(r"(.+?):\s*([0-9-]*)\.\.([0-9-]*)", re.ASCII | re.DOTALL)


# ---- dates ---------------------------------------------------------------------------------------


def day_of(text: str, last: bool) -> int:
    """Return a date as days since 1970; a year or a month is its first day, or its last one.

    Raises
    ------
    ValueError
        For what is no ISO 8601 date.
    """
    match = DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if day:
            return datetime.date(year, month, day).toordinal() - EPOCH
        if not last:
            return datetime.date(year, month or 1, 1).toordinal() - EPOCH
        if not month or month == 12:
            return datetime.date(year, 12, 31).toordinal() - EPOCH
        return datetime.date(year, month + 1, 1).toordinal() - 1 - EPOCH
    except ValueError:
        raise ValueError(f"{text!r} is no ISO 8601 date, as 2021-08-15 or 2021") from None


def days_of(start: str, end: str) -> tuple[int, int]:
    """Return the first and the last day of a range; empty texts leave it open."""
    first = day_of(start, False) if start else FIRST_DAY
    last = day_of(end, True) if end else LAST_DAY
    if first > last:
        raise ValueError(f"{start}..{end} ends before it begins")
    return first, last


# ---- parents -------------------------------------------------------------------------------------

#: (id, first day, last day): what an actor belongs to, and when.
Parent = tuple[str, int, int]


def _parts_of(text: str) -> list[tuple[str, str, str]]:
    """Return the ids that a text names, each with the beginning and the end of its range."""
    if not text:
        return []
    parts = [part.strip() for part in text.split(";")]
    matches = [RANGE.fullmatch(part) for part in parts]
    if not any(matches) or not all(parts):
        return [(text, "", "")]
    return [
        (match[1].strip(), match[2], match[3]) if match else (part, "", "")
        for part, match in zip(parts, matches, strict=True)
    ]


def parents_of(text: str) -> tuple[Parent, ...]:
    """Return the parents that a text names: ``AFG``, or ``AFG:..2021-08-14;TALIBAN:2021-08-15..``.

    Raises
    ------
    ValueError
        For a range that is none.
    """
    return tuple((id, *days_of(start, end)) for id, start, end in _parts_of(text))


def renamed_parents(text: str, into: Mapping[str, str], own: str) -> str:
    """Return a text that names parents with some ids replaced; nobody is the parent of itself."""
    parts = [(into.get(id, id), start, end) for id, start, end in _parts_of(text)]
    if not any(id in into for id, _, _ in _parts_of(text)):
        return text
    return ";".join(
        f"{id}:{start}..{end}" if start or end else id for id, start, end in parts if id != own
    )


def parent_text(value: Any) -> str:
    """Return what names the parents, as a text: a text, or a list of texts and {id: range}."""
    if value is None or isinstance(value, str):
        text = str(value or "")
    else:
        items = [value] if isinstance(value, Mapping) else value
        if not isinstance(items, Iterable):
            raise TypeError(f"parent must be a text or a list of id: range, got {value!r}")
        parts, ids = [], []
        for item in items:
            pairs = item.items() if isinstance(item, Mapping) else [(item, "")]
            for id, span in pairs:
                if not isinstance(id, str) or not isinstance(span, str) or not id:
                    raise TypeError(f"parent must be a text or a list of id: range, got {value!r}")
                if span and ".." not in span:
                    raise ValueError(f"parent {id!r}: {span!r} is no range, as 2001-12-22..")
                parts.append(f"{id}:{span.strip()}" if span else id)
                ids.append(id.strip() if len(parts) > 1 or span else id)
        text = ";".join(parts)
        _check_parts(text, ids, value)
    parents_of(text)
    return text


def _check_parts(text: str, ids: list[str], value: Any) -> None:
    """Refuse parents of which a text cannot say what was meant."""
    found = _parts_of(text)
    if sum(not (start or end) for _, start, end in found) > 1 or (len(ids) > 1 and len(found) == 1):
        raise ValueError(f"only one parent may be without dates, got {value!r}")
    if [id.strip() for id, _, _ in found] != [id.strip() for id in ids]:
        raise ValueError(f"ids of parents with dates must not hold ';' or '..', got {value!r}")


# ---- columns of text -----------------------------------------------------------------------------


class Strings(Sequence[str]):
    """Texts one behind the other in one blob, decoded one by one when asked for."""

    __slots__ = ("blob", "ends")
    blob: memoryview
    ends: npt.NDArray[np.int64]

    def __init__(self, blob: Any, ends: npt.NDArray[np.int64]) -> None:
        self.blob, self.ends = memoryview(blob), ends

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strings:
        """Encode texts; lone surrogates are kept."""
        whole = "".join(texts)
        if whole.isascii():
            lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
            return cls(whole.encode(), np.cumsum(lengths))
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(texts))
        return cls(b"".join(encoded), np.cumsum(lengths))

    def _bounds(self, number: int) -> tuple[int, int]:
        return (int(self.ends[number - 1]) if number > 0 else 0), int(self.ends[number])

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: Any) -> Any:
        if not 0 <= number < len(self.ends):
            raise IndexError(number)
        start, end = self._bounds(number)
        return bytes(self.blob[start:end]).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        whole = bytes(self.blob)
        ends = self.ends.tolist()
        text = whole.decode("utf-8", "surrogatepass") if whole.isascii() else None
        for start, end in zip([0, *ends[:-1]], ends, strict=False):
            if text is not None:
                yield text[start:end]
            else:
                yield whole[start:end].decode("utf-8", "surrogatepass")

    def take(self, which: np.ndarray) -> pd.Series:
        """Return the texts under these numbers as a column; each is decoded once."""
        from ._results import text_array

        used, back = np.unique(which, return_inverse=True)
        texts = text_array(self[int(i)] for i in used)
        return texts.take(back).reset_index(drop=True)


# ---- the table -----------------------------------------------------------------------------------

ENTRY_TEXTS = ("id", "label", "cls", "parent", "home")
ALIAS_TEXTS = ("text", "start", "end")
NUMBERS = ("entry_line", "entry", "kind", "case", "priority", "line")

#: Something that reading a file found: kind, actor, alias, line, detail.
Note = tuple[str, str, str, int, str]


class Table:
    """The columns of a dictionary; opaque names belong to the entry whose id is empty."""

    __slots__ = (*ENTRY_TEXTS, *ALIAS_TEXTS, *NUMBERS, "counts", "notes")

    id: Strings
    label: Strings
    cls: Strings
    parent: Strings
    home: Strings
    text: Strings
    start: Strings
    end: Strings
    entry_line: npt.NDArray[np.int32]
    entry: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    case: npt.NDArray[np.uint8]
    priority: npt.NDArray[np.int32]
    line: npt.NDArray[np.int32]
    notes: list[Note]
    counts: dict[str, int]

    @property
    def n_aliases(self) -> int:
        return len(self.entry)

    # ---- to bytes and back ----

    def to_bytes(self, more: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytearray:
        """Return all columns as bytes, with settings and further arrays beside them."""
        parts: dict[str, np.ndarray] = {name: getattr(self, name) for name in NUMBERS}
        for name in (*ENTRY_TEXTS, *ALIAS_TEXTS):
            column: Strings = getattr(self, name)
            parts[f"{name}.blob"] = np.frombuffer(column.blob, dtype=np.uint8)
            parts[f"{name}.ends"] = column.ends
        parts |= arrays
        layout = [(name, part.dtype.str, len(part)) for name, part in parts.items()]
        head = json.dumps(
            {**more, "layout": layout, "notes": self.notes, "counts": self.counts}
        ).encode()
        out = bytearray(len(head).to_bytes(8, "little") + head)
        for part in parts.values():
            out += bytes(-len(out) % 8)
            out += part.tobytes()
        return out

    @classmethod
    def from_bytes(cls, meta: memoryview) -> tuple[Table, dict[str, Any], dict[str, np.ndarray]]:
        """Return the columns that lie in bytes of `to_bytes`, without a copy."""
        at = 8 + int.from_bytes(meta[:8], "little")
        head = json.loads(bytes(meta[8:at]))
        parts: dict[str, np.ndarray] = {}
        for name, dtype, n in head.pop("layout"):
            at += -at % 8
            kind = np.dtype(dtype)
            parts[name] = np.frombuffer(meta, dtype=kind, count=n, offset=at)
            at += n * kind.itemsize
        self = cls()
        for name in NUMBERS:
            setattr(self, name, parts.pop(name))
        for name in (*ENTRY_TEXTS, *ALIAS_TEXTS):
            blob, ends = parts.pop(f"{name}.blob"), parts.pop(f"{name}.ends")
            setattr(self, name, Strings(blob.data, ends))
        self.notes = [tuple(note) for note in head.pop("notes")]
        self.counts = head.pop("counts")
        return self, head, parts


class Rows:
    """Actors and aliases on their way into a table."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {
            name: [] for name in (*ENTRY_TEXTS, *ALIAS_TEXTS, *NUMBERS)
        }
        self.number: dict[str, int] = {}
        self.notes: list[Note] = []
        self.counts: dict[str, int] = {}

    def actor(
        self,
        id: str,
        label: str = "",
        cls: str = "",
        parent: str = "",
        home: str = "",
        line: int = 0,
    ) -> int:
        """Return the number of an actor, new or known; what was empty is filled."""
        number = self.number.get(id)
        given = (id, label, cls, parent, home)
        if number is None:
            number = self.number[id] = len(self.columns["id"])
            for name, value in zip(ENTRY_TEXTS, given, strict=True):
                self.columns[name].append(value)
            self.columns["entry_line"].append(line)
            return number
        for name, value in zip(ENTRY_TEXTS, given, strict=True):
            if value and not self.columns[name][number]:
                self.columns[name][number] = value
        return number

    def alias(
        self,
        entry: int,
        text: str,
        kind: int = 0,
        case: int = 0,
        start: str = "",
        end: str = "",
        priority: int = 0,
        line: int = 0,
    ) -> None:
        """Add an alias; kind and case are numbers, case 0 the dictionary's, else 1 + its own."""
        columns = self.columns
        columns["entry"].append(entry)
        columns["text"].append(text)
        columns["kind"].append(kind)
        columns["case"].append(case)
        columns["start"].append(start)
        columns["end"].append(end)
        columns["priority"].append(priority)
        columns["line"].append(line)

    def plain(self, entry: int, texts: Sequence[str]) -> None:
        """Add aliases that are nothing but text."""
        columns, n = self.columns, len(texts)
        columns["text"] += texts
        columns["entry"] += [entry] * n
        for name in ("start", "end"):
            columns[name] += [""] * n
        for name in ("kind", "case", "priority", "line"):
            columns[name] += [0] * n

    def note(self, kind: str, actor: str, alias: str, line: int, detail: str) -> None:
        self.notes.append((kind, actor, alias, line, detail))

    def table(self) -> Table:
        """Freeze: the aliases of an actor come together, in the order in which they were added."""
        table = Table()
        dtypes = {"kind": np.uint8, "case": np.uint8}
        entry = np.array(self.columns["entry"], dtype=np.int32)
        order = np.argsort(entry, kind="stable")
        in_order = bool((order == np.arange(len(order))).all())
        for name in NUMBERS:
            values = np.array(self.columns[name], dtype=dtypes.get(name, np.int32))
            setattr(table, name, values if name == "entry_line" or in_order else values[order])
        for name in ENTRY_TEXTS:
            setattr(table, name, Strings.of(self.columns[name]))
        for name in ALIAS_TEXTS:
            texts = self.columns[name]
            if not in_order:
                texts = [texts[i] for i in order.tolist()]
            setattr(table, name, Strings.of(texts))
        table.notes, table.counts = self.notes, self.counts
        return table


class Circle(ValueError):
    """Parents go in a circle; `line` is that of an actor in it, 0 if there is none."""

    def __init__(self, ids: Sequence[str], line: int) -> None:
        super().__init__(
            f"parents go in a circle: {' -> '.join(ids)}; leave one of them out, or give it dates"
        )
        self.line = line


def check_cycles(table: Table) -> dict[int, tuple[Parent, ...]]:
    """Return the parents of each actor by its number; refuse an actor that is above itself.

    Raises
    ------
    Circle
        Where it holds on one day at least.
    """
    ids = list(table.id)
    number = {id: i for i, id in enumerate(ids) if id}
    parents = {i: parents_of(text) for i, text in enumerate(table.parent) if text}
    state: dict[int, bool] = {}  # False: being looked at, True: known to be good

    def visit(start: int) -> None:
        stack = [(start, FIRST_DAY, LAST_DAY, iter(parents.get(start, ())))]
        path = [start]
        while stack:
            _, first, last, rest = stack[-1]
            for id, low, high in rest:
                above = number.get(id)
                span = max(first, low), min(last, high)
                if above is None or above not in parents or state.get(above) or span[0] > span[1]:
                    continue
                if above in path:
                    circle = [ids[i] for i in (*path[path.index(above) :], above)]
                    raise Circle(circle, int(table.entry_line[above]))
                stack.append((above, *span, iter(parents[above])))
                path.append(above)
                break
            else:
                stack.pop()
                done = path.pop()
                if span_is_whole(first, last):
                    state[done] = True

    def span_is_whole(first: int, last: int) -> bool:
        return first == FIRST_DAY and last == LAST_DAY

    for i in parents:
        if not state.get(i):
            visit(i)
    return parents
