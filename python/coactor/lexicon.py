"""Lexicons: words with weights or categories, and the rule that makes a score of their hits."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._columns import SEED, Column, index_of, is_missing, is_pandas
from ._files import read_text
from ._results import digest, one_of, page, plural, text_array
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from .mentions import Mentions

__all__ = ["Lexicon", "score"]

RULES = ("mean",)
SCALES = ("relation",)

#: Tokens before a hit in which a negator counts.
NEGATION_REACH = 3

#: The heaviest that a word can be; contributions are kept in fixed point.
MAX_WEIGHT = 1_000_000

PROBLEMS = {
    1: ("empty", "no word in it; it matches nothing"),
    2: ("too_long", "more than 64 words; it matches nothing"),
    3: ("repeated", "the same pattern stands above"),
}

#: |tone| from which a sentence counts as positive or negative: a tenth of the strongest word, so
#: that hits which all but cancel out leave it neutral.
CONFLICT_THRESHOLD = 0.1


def _weight_of(pattern: str, value: Any, where: str) -> float:
    try:
        weight = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{where}{pattern!r}: weight {value!r} is not a number") from None
    if not math.isfinite(weight):
        raise ValueError(f"{where}{pattern!r}: weight {value!r} is not finite")
    if abs(weight) > MAX_WEIGHT:
        raise ValueError(f"{where}{pattern!r}: weight {value!r} is beyond {MAX_WEIGHT:,}")
    return weight


def _pattern_of(pattern: Any, where: str) -> str:
    if not isinstance(pattern, str) or not pattern.strip():
        raise ValueError(f"{where}{pattern!r} is no pattern; expected a word, phrase or glob")
    return pattern.strip()


class _Table:
    """Patterns in order, with weights or categories; refuses what contradicts itself."""

    def __init__(self) -> None:
        self.patterns: list[str] = []
        self.weights: list[float] = []
        self.groups: list[str] = []
        self.lines: list[int] = []
        self._held: dict[tuple[str, str], float] = {}

    def add(self, pattern: Any, weight: Any, category: str, where: str, line: int = 0) -> None:
        text = _pattern_of(pattern, where)
        value = _weight_of(text, weight, where)
        key = (text, category)
        if key in self._held:
            if self._held[key] != value:
                raise ValueError(
                    f"{where}{text!r} has weight {value:g} here and {self._held[key]:g} before"
                )
            return
        self._held[key] = value
        self.patterns.append(text)
        self.weights.append(value)
        self.groups.append(category)
        self.lines.append(line)


def _read_mapping(table: Mapping[str, Any]) -> _Table:
    read = _Table()
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
    if len({bool(group) for group in read.groups}) > 1:
        raise ValueError("table: mixes weights and categories; give one or the other")
    return read


def _read_rows(rows: Iterable[tuple[int, Mapping[str, Any]]], names: Any, source: str) -> _Table:
    names = list(names)
    if "pattern" not in names or ("weight" in names) == ("category" in names):
        listed = ", ".join(map(repr, names)) or "none"
        raise ValueError(
            f"{source}: expected columns pattern and weight, or pattern and category; "
            f"the columns are {listed}"
        )
    read = _Table()
    for line, row in rows:
        where = f"{source}:{line}: "
        category = ""
        if "category" in names:
            category = str(row["category"] or "").strip()
            if not category:
                raise ValueError(f"{where}{row['pattern']!r} has no category")
        read.add(row["pattern"], row["weight"] if not category else 1.0, category, where, line)
    return read


def _read_frame(frame: pd.DataFrame) -> _Table:
    rows = (
        (number, {k: None if is_missing(v) else v for k, v in zip(frame.columns, row, strict=True)})
        for number, row in enumerate(frame.itertuples(index=False))
    )
    return _read_rows(rows, frame.columns, "table")


def _read_csv(text: str, source: str) -> _Table:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return _read_rows(
            ((reader.line_num, row) for row in reader), reader.fieldnames or [], source
        )
    except csv.Error as error:
        raise ValueError(f"{source}:{reader.line_num}: {error}") from None


class Lexicon:
    """A frozen lexicon: patterns with weights, or categories of patterns.

    Parameters
    ----------
    table : dict, DataFrame
        Dict of pattern → number, or of category → list of patterns, or a DataFrame with columns
        pattern and weight (or category). A pattern is a word, a phrase, or has ``*`` for any
        letters (``abandon*``); it matches in any case.
    rule : {"mean"}
        How hits become a score: the mean of their contributions.
    negation : bool
        Whether a negator up to three words before a hit, in the same sentence and with nothing
        but words between, turns it to -0.74 of its weight (Hutto and Gilbert 2014, VADER, ICWSM).
        Categories are counted without it.
    threshold : float
        A tone counts as positive or negative from this distance to 0.

    Examples
    --------
    >>> import coactor as ca
    >>> lexicon = ca.Lexicon({"support*": 1.0, "wage war": -1.0})
    >>> lexicon
    Lexicon(2 patterns with weights, rule mean)
    """

    def __init__(
        self,
        table: Mapping[str, Any] | pd.DataFrame,
        *,
        rule: str = "mean",
        negation: bool = True,
        threshold: float = 0.0,
    ) -> None:
        if isinstance(table, Mapping):
            read = _read_mapping(table)
        elif is_pandas(table, "DataFrame"):
            read = _read_frame(table)
        else:
            raise TypeError(f"table: expected a dict or a DataFrame, got {type(table).__name__}")
        self._build(read, rule, negation, threshold, "own")

    def _build(self, table: _Table, rule: str, negation: bool, threshold: float, name: str) -> None:
        one_of("rule", rule, RULES)
        if not table.patterns:
            raise ValueError("table: the lexicon is empty")
        if not (math.isfinite(threshold) and threshold >= 0):
            raise ValueError(f"threshold must be 0 or more, got {threshold!r}")
        self.rule, self.threshold, self.name = rule, float(threshold), name
        self.categories = list(dict.fromkeys(group for group in table.groups if group))
        self.negation = negation and not self.categories
        self._patterns, self._lines = table.patterns, table.lines
        self._weights = np.array(table.weights, dtype=np.float64)
        number = {category: i for i, category in enumerate(self.categories)}
        self._groups = np.array([number.get(g, 0) for g in table.groups], dtype=np.int64)
        self._core_by_group = [
            (np.flatnonzero(self._groups == i), self._dictionary(self._groups == i))
            for i in range(max(1, len(self.categories)))
        ]

    def _dictionary(self, held: np.ndarray) -> _core.Dictionary:
        patterns = [self._patterns[i] for i in np.flatnonzero(held)]
        n = len(patterns)
        return _core.Dictionary(
            _core.Texts(patterns),
            np.zeros(n, dtype=np.int32),
            np.zeros(n, dtype=np.int32),
            np.full(n, 2, dtype=np.uint8),
            True,
            SEED,
        )

    @classmethod
    def _of(cls, table: _Table, rule: str, negation: bool, threshold: float, name: str) -> Lexicon:
        self = cls.__new__(cls)
        self._build(table, rule, negation, threshold, name)
        return self

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        format: str | None = None,
        rule: str = "mean",
        negation: bool = True,
        threshold: float = 0.0,
    ) -> Lexicon:
        """Read a lexicon from a CSV file with columns pattern and weight (or category).

        Raises
        ------
        FileNotFoundError, ValueError
            With the file, the line and the reason.
        """
        path = Path(path)
        kind = format if format is not None else path.suffix.lower().removeprefix(".")
        if kind != "csv":
            raise ValueError(f"{path}: unknown format {kind!r}; expected csv")
        table = _read_csv(read_text(path), str(path))
        return cls._of(table, rule, negation, threshold, path.name)

    @classmethod
    def conflict(cls, *, scale: str = "relation") -> Lexicon:
        """Return the lexicon of cooperation and conflict between political actors.

        Its scale is the relation that a word puts between two actors, from -1 (wage war) to 1
        (make peace). Lemmas are listed, their inflections are generated.

        Examples
        --------
        >>> import coactor as ca
        >>> ca.score(["They invaded.", "They signed a truce."], ca.Lexicon.conflict())["tone"] > 0
        0    False
        1     True
        Name: tone, dtype: bool
        """
        from importlib.resources import files

        from ._inflect import inflect

        one_of("scale", scale, SCALES)
        text = (files("coactor") / "data" / "conflict.csv").read_text(encoding="utf-8")
        table = _Table()
        for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
            if row["forms"]:
                forms = [row["lemma"], *row["forms"].split()]
            else:
                forms = inflect(row["lemma"], row["pos"])
            for form in forms:
                table.add(form, row["weight"], "", f"conflict:{number}: ", number)
        return cls._of(table, "mean", True, CONFLICT_THRESHOLD, f"conflict ({scale})")

    @property
    def report(self) -> pd.DataFrame:
        """What reading the lexicon found: kind, pattern, line, detail."""
        import pandas as pd

        rows = []
        for numbers, core in self._core_by_group:
            problems = core.problems()
            for i in np.flatnonzero(problems):
                kind, detail = PROBLEMS[int(problems[i])]
                number = int(numbers[i])
                rows.append((kind, self._patterns[number], self._lines[number], detail))
        frame = pd.DataFrame(rows, columns=["kind", "pattern", "line", "detail"])
        return frame.astype({"line": np.int64})

    def to_frame(self) -> pd.DataFrame:
        """Return a row a pattern: pattern, weight or category, kind (word, phrase, glob)."""
        import pandas as pd

        def kind(pattern: str) -> str:
            if "*" in pattern:
                return "glob"
            return "phrase" if " " in pattern else "word"

        columns: dict[str, Any] = {"pattern": text_array(self._patterns)}
        if self.categories:
            columns["category"] = text_array(self.categories[i] for i in self._groups)
        else:
            columns["weight"] = self._weights
        columns["kind"] = text_array(map(kind, self._patterns))
        return pd.DataFrame(columns)

    @cached_property
    def _hash(self) -> str:
        lines = zip(self._patterns, self._weights.tolist(), self._groups.tolist(), strict=True)
        return digest(f"{p}\t{w!r}\t{g}" for p, w, g in lines)

    @property
    def config(self) -> dict[str, Any]:
        """Settings and a hash of the content."""
        return {
            "version": __version__,
            "name": self.name,
            "rule": self.rule,
            "negation": self.negation,
            "threshold": self.threshold,
            "n_patterns": len(self._patterns),
            "hash": self._hash,
        }

    def methods(self) -> str:
        """Return a paragraph for a methods section."""
        if self.categories:
            return (
                f"Words were counted in {plural(len(self.categories), 'category')} of the lexicon "
                f"{self.name} ({plural(len(self._patterns), 'pattern')}, hash {self._hash})."
            )
        negation = (
            f"a negator up to {NEGATION_REACH} words before a hit turns it to -0.74 of its weight"
            if self.negation
            else "negation was not considered"
        )
        return (
            f"Tone was scored with the lexicon {self.name} "
            f"({plural(len(self._patterns), 'pattern')}, hash {self._hash}): the mean weight of "
            f"the hits of a sentence; {negation}; a sentence counts as positive or negative from "
            f"{self.threshold:g} on. The tone of a document is the mean of its sentences with "
            "a hit."
        )

    def __len__(self) -> int:
        return len(self._patterns)

    def __repr__(self) -> str:
        problems = len(self.report)
        warning = f"; {plural(problems, 'problem')}, see .report" if problems else ""
        what = f"in {len(self.categories)} categories" if self.categories else "with weights"
        return f"Lexicon({plural(len(self), 'pattern')} {what}, rule {self.rule}{warning})"

    def _repr_html_(self) -> str:
        return page(repr(self), self.to_frame(), len(self))


def score(
    column: Column,
    lexicon: Lexicon,
    *,
    mask: Mentions | None = None,
    threads: int | None = None,
) -> pd.DataFrame:
    """Score the tone of each text of a column.

    Parameters
    ----------
    column : column of text
    lexicon : Lexicon
    mask : Mentions or Actors, optional
        Names whose words carry no tone.
    threads : int, optional

    Returns
    -------
    DataFrame
        A row a text, with the index of the column. For a lexicon of categories a column a
        category, and words; otherwise score, weight, tone, positive, negative, hits, words.
        Missing texts give NaN.

    Examples
    --------
    >>> import coactor as ca
    >>> lexicon = ca.Lexicon({"ally": 1, "attack": -1})
    >>> ca.score(["An ally.", "No attack on the ally.", None], lexicon)["score"].tolist()
    [1.0, 1.74, nan]
    """
    from .corpus import Corpus

    corpus = Corpus(column, threads=threads)
    tone = corpus.tone(lexicon, mask=mask)
    frame = tone._table.drop(columns=["share_hit"], errors="ignore")
    index = index_of(column)
    if index is not None:
        frame.index = index
    frame.attrs["config"] = tone.config
    return frame
