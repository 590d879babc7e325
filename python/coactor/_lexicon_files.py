"""Lexicons in: tables in memory and the file formats in which word lists are passed around.

A format is one entry in `FORMATS`: a function from the text of a file to a `Table`. What
contradicts itself is refused in tables in memory and in YAML; in word lists the last line counts,
and the report of the lexicon says so.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from ._columns import is_missing
from ._files import csv_records, existing, read_text
from ._packages import Problem, number_of

if TYPE_CHECKING:
    import pandas as pd
    import yaml

#: Columns of the Loughran-McDonald master dictionary that are categories.
LM_COLUMNS = (
    "Negative",
    "Positive",
    "Uncertainty",
    "Litigious",
    "Strong_Modal",
    "Weak_Modal",
    "Moderate_Modal",
    "Constraining",
    "Superfluous",
    "Interesting",
    "Complexity",
)


class Table:
    """Patterns in order, with weights or categories, and what reading them found."""

    def __init__(self, *, last_wins: bool = False) -> None:
        self.last_wins = last_wins
        self.patterns: list[str] = []
        self.weights: list[float] = []
        self.groups: list[str] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []
        self._held: dict[tuple[str, str], int] = {}

    def add(self, pattern: Any, weight: Any, category: str, where: str, line: int = 0) -> None:
        if not isinstance(pattern, str) or not pattern.strip():
            raise ValueError(f"{where}{pattern!r} is no pattern; expected a word, phrase or glob")
        text = " ".join(pattern.split())
        value = number_of(weight, f"{where}{text!r}: weight")
        key = (text.casefold(), category)
        at = self._held.setdefault(key, len(self.patterns))
        if at < len(self.patterns):
            if self.weights[at] != value:
                self._contradict(at, text, value, where, line)
            return
        self._append(text, value, category, line)

    def _append(self, text: str, value: float, category: str, line: int) -> None:
        self.patterns.append(text)
        self.weights.append(value)
        self.groups.append(category)
        self.lines.append(line)

    def _contradict(self, at: int, text: str, value: float, where: str, line: int) -> None:
        before = self.weights[at]
        if not self.last_wins:
            name = self.patterns[at]
            other = "" if name.casefold() == text.casefold() else f" as {name!r}"
            raise ValueError(
                f"{where}{text!r} has weight {value:g} here and {before:g} before{other}"
            )
        detail = f"{value:g} here, {before:g} in line {self.lines[at]}; the last one counts"
        self.problems.append(Problem("duplicate", text, line, detail))
        self.weights[at], self.lines[at] = value, line

    def joined(self, same: Mapping[int, int], source: str) -> Table:
        """Return the table without entries that match the same as an earlier one, by number.

        Raises
        ------
        ValueError
            If their weights differ, where the last one does not win.
        """
        table = Table(last_wins=self.last_wins)
        table.problems = list(self.problems)
        number: dict[int, int] = {}
        for i, (text, weight) in enumerate(zip(self.patterns, self.weights, strict=True)):
            if i not in same:
                number[i] = len(table.patterns)
                table._append(text, weight, self.groups[i], self.lines[i])
            elif table.weights[number[same[i]]] != weight:
                where = f"{source}:{self.lines[i]}: " if self.lines[i] else f"{source}: "
                table._contradict(number[same[i]], text, weight, where, self.lines[i])
        return table

    def checked(self, source: str = "table") -> Table:
        """Return the table, or refuse one that mixes weights and categories."""
        for i, group in enumerate(self.groups):
            if bool(group) != bool(self.groups[0]):
                where = f"{source}:{self.lines[i]}: " if self.lines[i] else f"{source}: "
                what = "category" if group else "weight"
                raise ValueError(
                    f"{where}{self.patterns[i]!r} has a {what}, so that the table mixes weights "
                    "and categories; give one or the other"
                )
        return self


# ---- tables in memory ----------------------------------------------------------------------------


def from_mapping(table: Mapping[str, Any]) -> Table:
    """Read a dict of pattern → number, or of category → list of patterns."""
    read = Table()
    for key, value in table.items():
        if isinstance(value, str):
            raise TypeError(
                f"table: {key!r}: expected a number or a list of patterns, got {value!r}"
            )
        if isinstance(value, Iterable):
            for pattern in value:
                read.add(pattern, 1.0, str(key), f"category {key!r}: ")
        else:
            read.add(key, value, "", "table: ")
    return read.checked()


def from_frame(frame: pd.DataFrame) -> Table:
    """Read a DataFrame with columns pattern and weight, or pattern and category."""
    rows = (
        (number, {k: None if is_missing(v) else v for k, v in zip(frame.columns, row, strict=True)})
        for number, row in enumerate(frame.itertuples(index=False))
    )
    return _from_rows(rows, frame.columns, "table", Table())


def _from_rows(
    rows: Iterable[tuple[int, Mapping[Any, Any]]], names: Any, source: str, read: Table
) -> Table:
    names = list(names)
    if "pattern" not in names or ("weight" in names) == ("category" in names):
        listed = ", ".join(map(repr, names)) or "none"
        raise ValueError(
            f"{source}: expected columns pattern and weight, or pattern and category; "
            f"the columns are {listed}"
        )
    for line, row in rows:
        where = f"{source}:{line}: "
        if row.get(None) is not None:
            raise ValueError(f"{where}{row['pattern']!r} has more fields than there are columns")
        category = ""
        if "category" in names:
            category = str(row["category"] or "").strip()
            if not category:
                raise ValueError(f"{where}{row['pattern']!r} has no category")
        read.add(row["pattern"], row["weight"] if not category else 1.0, category, where, line)
    return read


# ---- comma and tab -------------------------------------------------------------------------------


def _read_csv(text: str, source: str) -> Table:
    """Columns pattern and weight or category, or the master dictionary of Loughran and McDonald."""
    records = csv_records(csv.reader(io.StringIO(text, newline=""), strict=True), source)
    _, names = next(records, (1, []))
    rows = ((line, _named(names, fields)) for line, fields in records if fields)
    if "Word" in names and "Negative" in names:
        return _from_loughran_mcdonald(rows, names, source)
    return _from_rows(rows, names, source, Table(last_wins=True))


def _named(names: list[str], fields: list[str]) -> dict[Any, Any]:
    """Return fields by the names of their columns; under None those that no column is for."""
    row: dict[Any, Any] = dict(zip_longest(names, fields[: len(names)]))
    if len(fields) > len(names):
        row[None] = fields[len(names) :]
    return row


def _from_loughran_mcdonald(
    rows: Iterable[tuple[int, Mapping[str, Any]]], names: list[str], source: str
) -> Table:
    """A word is in a category since the year that stands there; a negative year took it out."""
    read = Table()
    categories = [name for name in LM_COLUMNS if name in names]
    for line, row in rows:
        for name in categories:
            where = f"{source}:{line}: {row['Word']!r}: {name}"
            if number_of(row[name] or 0, where) > 0:
                read.add(row["Word"], 1.0, name.lower(), f"{source}:{line}: ", line)
    return read


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """Yield the lines that are not blank, as an editor counts them."""
    for number, line in enumerate(re.split("\r\n|\n|\r", text), 1):
        if line.strip():
            yield number, line


def _read_tabs(text: str, source: str) -> Table:
    """Word TAB weight (AFINN, VADER, more columns left alone), or word TAB category TAB 0 or 1."""
    for _, line in _lines(text):
        fields = line.strip().split("\t")
        if len(fields) == 3 and fields[2].strip() in ("0", "1") and not _is_number(fields[1]):
            return _read_nrc(text, source)
        break
    read = Table(last_wins=True)
    for number, line in _lines(text):
        fields = line.strip().split("\t")
        where = f"{source}:{number}: "
        if len(fields) < 2:
            raise ValueError(f"{where}{line.strip()!r}: expected word, tab, weight")
        read.add(fields[0], fields[1], "", where, number)
    return read


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _read_nrc(text: str, source: str) -> Table:
    """Word TAB category TAB 0 or 1 (the long form of NRC EmoLex)."""
    read = Table()
    for number, line in _lines(text):
        fields = [field.strip() for field in line.strip().split("\t")]
        if len(fields) != 3 or fields[2] not in ("0", "1"):
            raise ValueError(
                f"{source}:{number}: {line.strip()!r}: expected word, tab, category, tab, 0 or 1"
            )
        if fields[2] == "1":
            read.add(fields[0], 1.0, fields[1], f"{source}:{number}: ", number)
    return read


# ---- dictionaries of content analysis ------------------------------------------------------------


#: Categories of a LIWC entry that hold beside certain words only: ``(02 134)125/464``, ``<of>131``.
_CONDITIONAL = re.compile(r"(\([^)]*\)|<[^>]*>)\s*\d+(/\d+)?|(?<=\s)\d+/\d+")


def _read_liwc(text: str, source: str) -> Table:
    """Between two lines of % numbers and names of categories, then words and their numbers."""
    names: dict[str, str] = {}
    read = Table()
    n_percent = 0
    for number, line in _lines(text):
        where = f"{source}:{number}: "
        if line.strip() == "%":
            n_percent += 1
        elif n_percent == 1:
            match = re.match(r"\s*(\d+)\s+(.+?)\s*$", line)
            if match is None:
                raise ValueError(f"{where}{line.strip()!r}: expected number and category")
            name = match.group(2).split("\t")[0].split(" (")[0]
            if names.setdefault(match.group(1), name) != name:
                raise ValueError(f"{where}{match.group(1)} is {names[match.group(1)]!r} above")
        else:
            if n_percent == 0:
                raise ValueError(f"{where}{line.strip()!r}: expected % before the categories")
            plain = _CONDITIONAL.sub(" ", line)
            match = re.match(r"\s*(\S.*?)((?:\s+\d+)+)\s*$", plain)
            if plain != line:
                detail = "depends on the words around it, which is left out"
                read.problems.append(Problem("conditional", line.split()[0], number, detail))
                if match is None:
                    continue
            if match is None:
                raise ValueError(f"{where}{line.strip()!r}: expected word and category numbers")
            for key in match.group(2).split():
                if key not in names:
                    raise ValueError(f"{where}{match.group(1)!r}: no category {key}")
                read.add(match.group(1), 1.0, names[key], where, number)
    if n_percent < 2:
        raise ValueError(f"{source}:1: expected the categories between two lines of %")
    return read


def _read_lexicoder(text: str, source: str) -> Table:
    """Lines of + and a category, then its patterns."""
    read = Table()
    category = ""
    for number, line in _lines(text):
        stripped = line.strip()
        if stripped.startswith("+"):
            category = stripped[1:].strip().lower()
            if not category:
                raise ValueError(f"{source}:{number}: + without a category")
        elif not category:
            raise ValueError(f"{source}:{number}: {stripped!r}: expected + and a category first")
        else:
            read.add(stripped, 1.0, category, f"{source}:{number}: ", number)
    return read


def _read_wordstat(text: str, source: str) -> Table:
    """Categories by indentation; an entry ends in its weight in brackets, _ stands for a blank."""
    if any(line.strip().startswith("+") for _, line in _lines(text)):
        return _read_lexicoder(text, source)
    read = Table()
    path: list[str] = []
    for number, line in _lines(text):
        where = f"{source}:{number}: "
        body = line.lstrip("\t ")
        indent = line[: len(line) - len(body)]
        depth = indent.count("\t") if "\t" in indent else len(indent) // 2
        entry = re.match(r"(.+?)\s*\((-?\d+(?:\.\d+)?)\)\s*$", body)
        if depth > len(path):
            raise ValueError(f"{where}{body.strip()!r}: indented without a category above")
        if entry is None:
            path = [*path[:depth], body.strip().lower()]
        elif not path[:depth]:
            raise ValueError(f"{where}{body.strip()!r}: expected a category first")
        elif not entry.group(1).startswith("@"):  # a rule of proximity, which is no pattern
            pattern = entry.group(1).replace("_", " ")
            read.add(pattern, 1.0, ".".join(path[:depth]), where, number)
            if float(entry.group(2)) != 1:
                detail = f"weight {entry.group(2)} is left out: words of categories are counted"
                read.problems.append(Problem("weight", pattern, number, detail))
        else:
            read.problems.append(
                Problem("unreachable", entry.group(1), number, "a rule of proximity; left out")
            )
    return read


def _read_yoshikoder(text: str, source: str) -> Table:
    """Nested categories (cnode) of patterns (pnode) in XML."""
    from xml.parsers import expat

    found: list[tuple[tuple[str, ...], str | None, int]] = []
    path: list[str] = []
    n_tops, is_nested = 0, False
    parser = expat.ParserCreate("utf-8")  # which it is by now, whatever the file declares

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal n_tops, is_nested
        if tag == "cnode":
            n_tops += not path
            is_nested |= bool(path)
            path.append(attributes.get("name", "").strip().lower())
        elif tag == "pnode":
            found.append((tuple(path), attributes.get("name"), parser.CurrentLineNumber))

    def end(tag: str) -> None:
        if tag == "cnode":
            path.pop()

    def refuse(*_: Any) -> None:
        raise ValueError(f"{source}:{parser.CurrentLineNumber}: declares entities; not read")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise ValueError(f"{source}:{error.lineno}: {what}") from None
    read = Table()
    # One node around all others is the dictionary's own name.
    skipped = 1 if n_tops == 1 and is_nested else 0
    for categories, pattern, line in found:
        where = f"{source}:{line}: "
        if not categories[skipped:]:
            raise ValueError(f"{where}pattern {pattern!r} has no category")
        read.add(pattern, 1.0, ".".join(categories[skipped:]), where, line)
    return read


def _read_yaml(text: str, source: str) -> Table:
    """Nested categories with lists of patterns (quanteda), or patterns with weights."""
    import yaml

    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1
                raise ValueError(
                    f"{source}:{line}: refers to another place (*{event.anchor}), which is not "
                    "read; a pattern that begins with * needs quotes"
                )
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise ValueError(f"{source}:{line}: {error.problem or 'is no YAML'}") from None
    except yaml.YAMLError as error:
        raise ValueError(f"{source}: {error}") from None
    except RecursionError:
        raise ValueError(f"{source}: is nested too deeply") from None
    if not isinstance(root, yaml.MappingNode):
        line = 1 if root is None else root.start_mark.line + 1
        raise ValueError(f"{source}:{line}: expected categories or patterns at the top")
    read = Table()
    _walk_yaml(root, (), source, read)
    return read.checked(source)


def _walk_yaml(node: yaml.Node, path: tuple[str, ...], source: str, read: Table) -> None:
    import yaml

    line = node.start_mark.line + 1
    where = f"{source}:{line}: "
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _walk_yaml(item, path, source, read)
    elif isinstance(node, yaml.ScalarNode):
        if node.value:
            read.add(node.value, 1.0, ".".join(path), where, line)
    else:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise ValueError(f"{where}expected a name before the colon")
            weight = isinstance(value, yaml.ScalarNode) and value.style is None
            if weight and not value.value:
                here, detail = key.start_mark.line + 1, "no pattern and no weight; left out"
                read.problems.append(Problem("empty", key.value, here, detail))
            elif weight and value.value and (not path or _is_number(value.value)):
                here = key.start_mark.line + 1
                read.add(key.value, value.value, "", f"{source}:{here}: ", here)
            else:
                _walk_yaml(value, (*path, key.value), source, read)


# ---- which format --------------------------------------------------------------------------------

#: By name: what reads the text of a file.
FORMATS: dict[str, Callable[[str, str], Table]] = {
    "csv": _read_csv,
    "tsv": _read_tabs,
    "txt": _read_tabs,
    "nrc": _read_nrc,
    "dic": _read_liwc,
    "lc3": _read_lexicoder,
    "cat": _read_wordstat,
    "ykd": _read_yoshikoder,
    "yml": _read_yaml,
    "yaml": _read_yaml,
}


def from_file(path: Path, format: str | None, encoding: str) -> Table:
    """Read one file; its suffix says how, unless `format` does."""
    existing(path)
    kind = format if format is not None else path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise ValueError(f"{path}: unknown format {kind!r}; expected {', '.join(FORMATS)}")
    table = FORMATS[kind](read_text(path, encoding), str(path))
    if not table.patterns:
        raise ValueError(f"{path}: the lexicon is empty")
    return table


def from_lists(positive: Any, negative: Any, encoding: str) -> Table:
    """Read two lists, a word a line (``;`` begins a comment): weights 1 and -1."""
    read = Table(last_wins=True)
    for path, weight in ((Path(positive), 1.0), (Path(negative), -1.0)):
        for number, line in _lines(read_text(path, encoding)):
            word = line.strip()
            if word.startswith(";"):
                continue
            if "\t" in word:
                raise ValueError(f"{path}:{number}: {word!r}: expected a word a line, no columns")
            read.add(word, weight, "", f"{path}:{number}: ", number)
    if not read.patterns:
        raise ValueError(f"{positive}, {negative}: the lists are empty")
    return read


def is_pair(path: Any) -> TypeGuard[Sequence[str | Path]]:
    """Whether `path` names two lists."""
    return isinstance(path, Sequence) and not isinstance(path, str) and len(path) == 2
