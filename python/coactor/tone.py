"""Tone: what the hits of a lexicon add up to, in documents and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._results import one_of, page, picked, plural, text_array
from .lexicon import NEGATION_REACH, Lexicon
from .tokens import IntArray

if TYPE_CHECKING:
    import pandas as pd

    from .actors import Actors
    from .corpus import Corpus
    from .mentions import Mentions

__all__ = ["Tone"]

UNITS = ("document", "sentence")

#: One in the fixed point of the core.
ONE = 10.0**12

#: What surely fits 64 bits, rounding of the sum itself included.
MAX_SUM = 9.0e18

#: Kinds of tokens that count as words: word and number.
LAST_WORD_KIND = 1


def _sums(values: IntArray, units: IntArray, n_units: int) -> IntArray:
    """Return the exact sum of integers in each unit."""
    sizes = np.bincount(units, weights=np.abs(values), minlength=n_units)
    if len(sizes) and sizes.max() > MAX_SUM:
        raise OverflowError("the weights of one unit of text add up to too large a number")
    sums = np.zeros(n_units, dtype=np.int64)
    np.add.at(sums, units, values)
    return sums


def _ratio(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """Return over / under, NaN where under is 0."""
    result = np.full(len(under), np.nan)
    np.divide(over, under, out=result, where=under != 0)
    return result


def _masked(corpus: Corpus, mask: Mentions | Actors | None, threads: int) -> tuple[Any, Any]:
    """Return the token spans that carry no tone, sorted and without overlaps."""
    from .actors import Actors

    empty = np.zeros(0, dtype=np.int64)
    if mask is None:
        return empty, empty
    if isinstance(mask, Actors):
        hits = _core.find(corpus._core, mask._core, threads)
        return hits[3], hits[4]
    if getattr(mask, "corpus", None) is not corpus:
        raise ValueError("mask: expected Actors, or Mentions of the same corpus")
    order = np.lexsort((mask._last, mask._first))
    first, last = mask._first[order], np.maximum.accumulate(mask._last[order])
    begins = np.ones(len(first), dtype=bool)
    begins[1:] = first[1:] >= last[:-1]
    ends = np.append(np.flatnonzero(begins)[1:], len(first)) - 1
    return first[begins], last[ends] if len(first) else last


class Tone:
    """Scores of units of text, and the hits that they come from. Made by `Corpus.tone`.

    Attributes
    ----------
    lexicon : Lexicon
    unit : str
    """

    __slots__ = ("_corpus", "_hits", "_settings", "_table", "lexicon", "unit")

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Lexicon,
        unit: str,
        table: pd.DataFrame,
        hits: dict[str, np.ndarray],
        settings: dict[str, Any],
    ) -> None:
        self._corpus, self.lexicon, self.unit = corpus, lexicon, unit
        self._table, self._hits, self._settings = table, hits, settings

    @classmethod
    def _of_corpus(
        cls, corpus: Corpus, lexicon: Lexicon, unit: str, mask: Any, threads: int
    ) -> Tone:
        one_of("unit", unit, UNITS)
        if not isinstance(lexicon, Lexicon):
            raise TypeError(f"lexicon: expected Lexicon, got {type(lexicon).__name__}")
        hits = _find_hits(corpus, lexicon, mask, threads)
        make = _count_categories if lexicon.categories else _add_up
        table = make(corpus, lexicon, unit, hits)
        settings = {
            "corpus": corpus.config,
            "lexicon": lexicon.config,
            "unit": unit,
            "mask": type(mask).__name__.lower() if mask is not None else None,
        }
        return cls(corpus, lexicon, unit, table, hits, settings)

    def to_frame(self) -> pd.DataFrame:
        """Return a row a unit.

        Columns: doc (and sentence), then score, weight, tone, positive, negative, hits, words,
        and for documents share_hit; or a column a category, and words. `score` is the sum of the
        contributions, `weight` the number of hits, tone = score / weight for a sentence and the
        mean over its sentences with a hit for a document; NaN where nothing was hit.
        """
        corpus, n = self._corpus, self._corpus.n_docs
        frame = self._table.copy()
        if self.unit == "document":
            frame.insert(0, "doc", corpus._labels(np.arange(n)))
        else:
            docs = np.repeat(np.arange(n), np.diff(corpus._doc_sentences))
            frame.insert(0, "doc", corpus._labels(docs))
            frame.insert(1, "sentence", np.arange(len(docs)) - corpus._doc_sentences[docs])
        frame.attrs["config"] = self.config
        return frame

    def hits(self) -> pd.DataFrame:
        """Return a row a hit.

        Columns: doc, sentence, start, end, text, pattern, value, negated, contribution; the
        contributions of a unit add up to its score.
        """
        import pandas as pd

        corpus, hits = self._corpus, self._hits
        doc = hits["doc"]
        return pd.DataFrame(
            {
                "doc": corpus._labels(doc),
                "sentence": hits["sentence"] - corpus._doc_sentences[doc],
                "start": hits["start"],
                "end": hits["end"],
                "text": text_array(corpus._texts.slices(doc, hits["start"], hits["end"])),
                "pattern": picked(self.lexicon._patterns, hits["pattern"]),
                "value": self.lexicon._weights[hits["pattern"]],
                "negated": hits["negated"].astype(bool),
                "contribution": hits["contribution"] / ONE,
            }
        )

    @property
    def config(self) -> dict[str, Any]:
        """Settings that made these scores."""
        return self._settings

    def methods(self) -> str:
        """Return a paragraph for a methods section."""
        masked = " The words of actors' names were left out." if self._settings["mask"] else ""
        return self.lexicon.methods() + masked

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.to_frame().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        hit = len(np.unique(self._hits["sentence"]))
        total = int(self._corpus._doc_sentences[-1])
        return (
            f"Tone({plural(len(self), self.unit)}, {plural(len(self._hits['doc']), 'hit')} in "
            f"{hit:,} of {plural(total, 'sentence')}, lexicon {self.lexicon.name})"
        )

    def _repr_html_(self) -> str:
        return page(repr(self), self.to_frame(), len(self))


def _find_hits(corpus: Corpus, lexicon: Lexicon, mask: Any, threads: int) -> dict[str, np.ndarray]:
    """Return the hits that count, as columns; each category of a lexicon is matched alone."""
    mask_first, mask_last = _masked(corpus, mask, threads)
    reach = NEGATION_REACH if lexicon.negation else 0
    names = ("doc", "sentence", "start", "end", "pattern", "contribution", "negated")
    parts: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for numbers, core in lexicon._core_by_group:
        found = _core.score(
            corpus._core, core, lexicon._weights[numbers], reach, mask_first, mask_last, threads
        )
        kept = found[10].astype(bool)
        columns = (found[0], found[1], found[5], found[6], numbers[found[7]], found[8], found[9])
        for name, column in zip(names, columns, strict=True):
            parts[name].append(column[kept])
    return {name: np.concatenate(columns) for name, columns in parts.items()}


def _words(corpus: Corpus, offsets: IntArray) -> IntArray:
    """Return the number of words between offsets, which are token numbers."""
    words = corpus.tokens.kind <= LAST_WORD_KIND
    before = np.concatenate([[0], np.cumsum(words, dtype=np.int64)])
    return np.diff(before[offsets])


def _units(corpus: Corpus, unit: str, hits: dict[str, np.ndarray]) -> tuple[IntArray, IntArray]:
    """Return the unit of each hit, and the token offsets of the units."""
    if unit == "document":
        return hits["doc"], corpus._doc_tokens
    return hits["sentence"], corpus._sentence_tokens


def _add_up(
    corpus: Corpus, lexicon: Lexicon, unit: str, hits: dict[str, np.ndarray]
) -> pd.DataFrame:
    import pandas as pd

    units, offsets = _units(corpus, unit, hits)
    n = len(offsets) - 1
    value = hits["contribution"]
    ones = np.ones(len(value), dtype=np.int64)
    score, weight = _sums(value, units, n), _sums(ones, units, n)
    table = pd.DataFrame(
        {
            "score": score / ONE,
            "weight": weight.astype(np.float64),
            "tone": _ratio(score / ONE, weight),
            "positive": _sums(np.maximum(value, 0), units, n) / ONE,
            "negative": _sums(np.minimum(value, 0), units, n) / ONE,
            "hits": weight,
            "words": _words(corpus, offsets),
        }
    )
    if unit == "document":
        table["tone"], table["share_hit"] = _mean_of_sentences(corpus, hits)
        missing = corpus._missing
        for name in ("score", "weight", "tone", "positive", "negative", "share_hit"):
            table.loc[missing, name] = np.nan
    return table


def _mean_of_sentences(
    corpus: Corpus, hits: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return each document's mean tone over its sentences with a hit, and their share."""
    n_sentences = int(corpus._doc_sentences[-1])
    ones = np.ones(len(hits["sentence"]), dtype=np.int64)
    weight = _sums(ones, hits["sentence"], n_sentences)
    tone = _ratio(_sums(hits["contribution"], hits["sentence"], n_sentences) / ONE, weight)
    hit = np.flatnonzero(weight > 0)
    doc = np.searchsorted(corpus._doc_sentences, hit, side="right") - 1
    # Fixed point again, so that the mean does not depend on the order of the sentences.
    sums = _sums(np.round(tone[hit] * ONE).astype(np.int64), doc, corpus.n_docs)
    n_hit = np.bincount(doc, minlength=corpus.n_docs)
    return _ratio(sums / ONE, n_hit), _ratio(n_hit, np.diff(corpus._doc_sentences))


def _count_categories(
    corpus: Corpus, lexicon: Lexicon, unit: str, hits: dict[str, np.ndarray]
) -> pd.DataFrame:
    import pandas as pd

    units, offsets = _units(corpus, unit, hits)
    n, k = len(offsets) - 1, len(lexicon.categories)
    counts = np.bincount(units * k + lexicon._groups[hits["pattern"]], minlength=n * k)
    table = pd.DataFrame(counts.reshape(n, k).astype(np.float64), columns=lexicon.categories)
    if unit == "document":
        table.loc[corpus._missing] = np.nan
    table["words"] = _words(corpus, offsets)
    return table
