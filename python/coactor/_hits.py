"""Hits of a lexicon in a corpus: where they stand, and what they contribute.

A hit is a row over parallel arrays. Contributions are fixed point, `ONE` to one, so that their sums
are exact and the same in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import _core, _shifters
from ._results import one_of
from .tokens import IntArray

if TYPE_CHECKING:
    from .actors import Actors
    from .corpus import Corpus
    from .lexicon import Lexicon
    from .mentions import Mentions

#: One in the fixed point of the core (score.h): weights of a few decimals are whole numbers of it,
#: and so are these divided by 1 to 18.
ONE = 12252240.0 * 10**5

#: Decimals that a tone is rounded to: fewer than a float holds, so that what cancels out is 0 and
#: what is at a threshold reaches it.
DECIMALS = 12

#: What surely fits 64 bits, rounding of the sum itself included.
MAX_SUM = 9.0e18

QUOTES = ("keep", "drop", "only")

#: What a token can stand in.
QUOTE_KINDS = ("", "scare", "speech")

#: What the rules of VADER did to a hit, by bit (vader.h).
VADER_SHIFTERS = {
    512: "no",
    1: "negated",
    128: "least",
    256: "never so",
    2: "booster",
    4: "dampener",
    8: "capitals",
    16: "idiom",
    32: "before but",
    64: "behind but",
}

#: Those that turn a hit round.
VADER_NEGATED = 1 | 128 | 512

EMPTY = np.zeros(0, dtype=np.int64)


class Spans(NamedTuple):
    """Token spans over a whole corpus, sorted, without overlaps."""

    first: IntArray
    last: IntArray


class Hits(NamedTuple):
    """Hits in the order of the text; tokens are numbered over the whole corpus."""

    doc: IntArray
    sentence: IntArray
    first: IntArray
    last: IntArray
    start: IntArray
    end: IntArray
    pattern: IntArray
    contribution: IntArray
    negator: IntArray
    intensifier: IntArray
    contrast: IntArray
    intensity: npt.NDArray[np.float64]
    shifters: IntArray

    def take(self, rows: Any) -> Hits:
        return Hits(*(column[rows] for column in self))

    def __getitem__(self, name: Any) -> Any:
        return getattr(self, name) if isinstance(name, str) else tuple.__getitem__(self, name)


def fixed(values: npt.NDArray[np.float64]) -> IntArray:
    """Round to fixed point."""
    scaled = values * ONE
    if len(scaled) and np.abs(scaled).max() > MAX_SUM:
        raise OverflowError("a weight is too large to be added up exactly")
    return np.round(scaled).astype(np.int64)


def sums(values: IntArray, units: IntArray, n_units: int) -> IntArray:
    """Return the exact sum of integers in each unit."""
    sizes = np.bincount(units, weights=np.abs(values), minlength=n_units)
    if len(sizes) and sizes.max() > MAX_SUM:
        raise OverflowError("the weights of one unit of text add up to too large a number")
    if len(units) and (units[1:] < units[:-1]).any():
        order = np.argsort(units, kind="stable")
        values, units = values[order], units[order]
    # Sums from the first hit on may wrap around; their differences do not.
    before = np.concatenate([EMPTY, [0], np.cumsum(values, dtype=np.int64)])
    ends = np.cumsum(np.bincount(units, minlength=n_units))
    return np.diff(before[ends], prepend=0) if n_units else EMPTY


def settled(tone: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Round a tone to `DECIMALS`; one so large that a float has fewer stays as it is."""
    rounded: npt.NDArray[np.float64] = np.round(tone, DECIMALS)
    return np.where(np.abs(tone) < 2.0**12, rounded + 0.0, tone)  # no -0.0


def signs_of(tone: npt.NDArray[np.float64], threshold: float) -> IntArray:
    """Return -1, 0 or 1: 0 while a tone is under the threshold, or is none."""
    sign = np.where(np.abs(tone) >= threshold, np.sign(tone), 0)
    return np.nan_to_num(sign).astype(np.int64)


def float_sums(
    values: npt.NDArray[np.float64], units: IntArray, n_units: int
) -> npt.NDArray[np.float64]:
    """Return the sum of floats in each unit, added up in the order of the text."""
    return np.bincount(units, weights=values, minlength=n_units).astype(np.float64, copy=False)


def counts(units: IntArray, n_units: int) -> IntArray:
    """Return how many there are in each unit."""
    return np.bincount(units, minlength=n_units).astype(np.int64, copy=False)


# ---- spans ---------------------------------------------------------------------------------------


def merged(first: IntArray, last: IntArray) -> Spans:
    """Return spans sorted and joined where they overlap."""
    if len(first) == 0:
        return Spans(EMPTY, EMPTY)
    order = np.lexsort((last, first))
    first, last = first[order], np.maximum.accumulate(last[order])
    begins = np.ones(len(first), dtype=bool)
    begins[1:] = first[1:] >= last[:-1]
    ends = np.append(np.flatnonzero(begins)[1:], len(first)) - 1
    return Spans(first[begins], last[ends])


def masked(corpus: Corpus, mask: Mentions | Actors | None, threads: int) -> Spans:
    """Return the tokens of names that carry no tone."""
    from .actors import Actors

    if mask is None:
        return Spans(EMPTY, EMPTY)
    if isinstance(mask, Spans):
        return mask
    if isinstance(mask, Actors):
        found = _core.find(corpus._core, mask._core, threads)
        return merged(found[3], found[4])
    if getattr(mask, "corpus", None) is not corpus:
        raise ValueError("mask: expected Actors, or Mentions of the same corpus")
    return merged(mask._first, mask._last)


def mask_config(mask: Any) -> dict[str, Any] | None:
    """Return what a mask was made with: settings of Actors or Mentions, hashes among them."""
    if mask is None or isinstance(mask, Spans):
        return None
    return {type(mask).__name__.lower(): mask.config}


def all_names(mentions: Mentions) -> Spans:
    """Return the tokens of mentions, and of the opaque names of their dictionary."""
    first, last = mentions._opaque
    return merged(np.append(mentions._first, first), np.append(mentions._last, last))


class Quotes(NamedTuple):
    """Quotations of a corpus, in order."""

    doc: IntArray
    first: IntArray
    last: IntArray
    start: IntArray
    end: IntArray
    is_speech: IntArray

    @property
    def speech(self) -> Spans:
        """Tokens of those that are speech."""
        said = self.is_speech.astype(bool)
        return Spans(self.first[said], self.last[said])

    def kind_at(self, tokens: IntArray) -> IntArray:
        """Return which of `QUOTE_KINDS` each token stands in."""
        which = np.zeros(len(tokens), dtype=np.int64)
        if len(self.first):
            at = np.searchsorted(self.first, tokens, side="right") - 1
            inside = (at >= 0) & (tokens < self.last[at])
            which[inside] = 1 + self.is_speech[at[inside]]
        return which


def quotes_of(corpus: Corpus, threads: int) -> Quotes:
    """Find all quotations."""
    return Quotes(*_core.quotes(corpus._core, threads))


def without(corpus: Corpus, mask: Spans, quotes: str, threads: int) -> Spans:
    """Return a mask that covers speech too, or all but speech."""
    one_of("quotes", quotes, QUOTES)
    if quotes == "keep":
        return mask
    said = quotes_of(corpus, threads).speech
    if quotes == "only":
        n = int(corpus._doc_tokens[-1])
        said = Spans(np.append(0, said.last), np.append(said.first, n))
        held = said.last > said.first
        said = Spans(said.first[held], said.last[held])
    return merged(np.append(mask.first, said.first), np.append(mask.last, said.last))


# ---- hits ----------------------------------------------------------------------------------------


def find(corpus: Corpus, lexicon: Lexicon, mask: Spans, unit: str, threads: int) -> Hits:
    """Find the hits that count; VADER is asked for each `unit` as a text of its own."""
    if lexicon._text_core is not None:
        return _in_texts(corpus, lexicon, mask, unit, threads)
    parts = []
    for numbers, core in lexicon._core_by_group:
        found = _score(corpus, lexicon, numbers, core, mask, False, threads)
        unshifted = np.zeros(len(found[0]), dtype=np.int64)
        columns: list[Any] = [*found[:6], numbers[found[6]], *found[7:], unshifted]
        parts.append(Hits(*columns))
    hits = parts[0]
    if len(parts) > 1:
        hits = Hits(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
        hits = hits.take(np.lexsort((hits.pattern, hits.last, hits.first)))
    return _with_same(hits, lexicon)


class SentenceSums(NamedTuple):
    """What the hits of each sentence add up to."""

    score: IntArray
    positive: IntArray
    hits: IntArray


def sentence_sums(
    corpus: Corpus, lexicon: Lexicon, mask: Spans, unit: str, threads: int
) -> SentenceSums:
    """Add up the hits of each sentence, without keeping them where that can be helped."""
    if lexicon._text_core is None and len(lexicon._core_by_group) == 1 and not lexicon._same:
        ((numbers, core),) = lexicon._core_by_group
        return SentenceSums(*_score(corpus, lexicon, numbers, core, mask, True, threads))
    return sums_of(find(corpus, lexicon, mask, unit, threads), int(corpus._doc_sentences[-1]))


def category_counts(
    corpus: Corpus, lexicon: Lexicon, mask: Spans, threads: int
) -> npt.NDArray[np.int64]:
    """Return how many hits each category has in each sentence, a row a category.

    Where each has a dictionary of its own, no hit is kept: of a million texts there are too many.
    """
    n, k = int(corpus._doc_sentences[-1]), len(lexicon.categories)
    if not lexicon._nested:
        counted = np.empty((k, n), dtype=np.int64)
        for i, (numbers, core) in enumerate(lexicon._core_by_group):
            counted[i] = _score(corpus, lexicon, numbers, core, mask, True, threads)[2]
        return counted
    hits = find(corpus, lexicon, mask, "sentence", threads)
    cells = lexicon._groups[hits.pattern] * n + hits.sentence
    return counts(cells, k * n).reshape(k, n)


def sums_of(hits: Hits, n: int) -> SentenceSums:
    """Add up hits by their sentences, of which there are n."""
    return SentenceSums(
        sums(hits.contribution, hits.sentence, n),
        sums(np.maximum(hits.contribution, 0), hits.sentence, n),
        counts(hits.sentence, n),
    )


def _score(
    corpus: Corpus,
    lexicon: Lexicon,
    numbers: IntArray,
    core: _core.Dictionary,
    mask: Spans,
    only_sums: bool,
    threads: int,
) -> tuple[Any, ...]:
    """Score the hits of one dictionary."""
    none = (None, np.zeros(0, dtype=np.int32), np.zeros(0))
    shifters, roles, factors = lexicon._shifters or none
    return _core.score(
        corpus._core,
        core,
        lexicon._weights[numbers],
        shifters,
        roles,
        factors,
        lexicon.reach,
        _shifters.NEGATED,
        _shifters.BEFORE_CONTRAST if lexicon.contrast else 1.0,
        _shifters.BEHIND_CONTRAST if lexicon.contrast else 1.0,
        mask.first,
        mask.last,
        only_sums,
        threads,
    )


def within(values: IntArray, bounds: IntArray) -> IntArray:
    """Return the exact sums of integers between bounds; a sum that may not fit is an error."""
    largest = max(float(values.max()), -float(values.min())) if len(values) else 0.0
    if largest * len(values) > MAX_SUM:
        sizes = np.concatenate([[0.0], np.cumsum(np.abs(values.astype(np.float64)))])
        if np.diff(sizes[bounds]).max() > MAX_SUM:
            raise OverflowError("the weights of one unit of text add up to too large a number")
    before = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=before[1:])
    return np.diff(before[bounds])


def _with_same(hits: Hits, lexicon: Lexicon) -> Hits:
    """Repeat the hits of patterns that stand in several categories."""
    if not lexicon._same:
        return hits
    extra = [
        hits.take(hits.pattern == leader)._replace(
            pattern=np.full(int((hits.pattern == leader).sum()), other, dtype=np.int64)
        )
        for leader, others in lexicon._same.items()
        for other in others
    ]
    hits = Hits(*(np.concatenate(columns) for columns in zip(hits, *extra, strict=True)))
    return hits.take(np.lexsort((hits.pattern, hits.last, hits.first)))


class Rows(NamedTuple):
    """Slices of texts, as the core takes them."""

    whole: bool
    doc: IntArray
    start: IntArray
    end: IntArray


def rows_of(corpus: Corpus, unit: str) -> Rows:
    """Return the texts of documents or sentences."""
    if unit == "document":
        return Rows(True, EMPTY, EMPTY, EMPTY)
    offsets = corpus._sentence_tokens
    doc = np.repeat(np.arange(corpus.n_docs), np.diff(corpus._doc_sentences))
    start = corpus.tokens.start[offsets[:-1]].astype(np.int64)
    end = corpus.tokens.end[offsets[1:] - 1].astype(np.int64)
    return Rows(False, doc, start, end)


def in_points(corpus: Corpus, spans: Spans) -> tuple[IntArray, IntArray, IntArray]:
    """Return token spans as document, start and end in code points, none over two documents."""
    if len(spans.first) == 0:
        return EMPTY, EMPTY, EMPTY
    bounds = corpus._doc_tokens
    doc_first = np.searchsorted(bounds, spans.first, side="right") - 1
    doc_last = np.searchsorted(bounds, spans.last - 1, side="right") - 1
    many = doc_last - doc_first + 1
    span = np.repeat(np.arange(len(many)), many)
    doc = doc_first[span] + np.arange(len(span)) - np.repeat(np.cumsum(many) - many, many)
    first = np.maximum(spans.first[span], bounds[doc])
    last = np.minimum(spans.last[span], bounds[doc + 1])
    held = last > first
    doc, first, last = doc[held], first[held], last[held]
    tokens = corpus.tokens
    return doc, tokens.start[first].astype(np.int64), tokens.end[last - 1].astype(np.int64)


def _in_texts(corpus: Corpus, lexicon: Lexicon, mask: Spans, unit: str, threads: int) -> Hits:
    """Hits of a rule that works on the text itself, put among the tokens by their places."""
    rows = rows_of(corpus, unit)
    ask = _core.afinn_hits if lexicon.rule == "afinn" else _core.vader_hits
    row, start, end, word, shifters, _value, contribution, _ = ask(
        lexicon._text_core, corpus._texts, *rows, *in_points(corpus, mask), threads
    )
    doc = row if rows.whole else rows.doc[row]
    first, last = _core.locate(corpus._core, doc, start, end)
    none = np.full(len(row), -1, dtype=np.int64)
    sentence = np.searchsorted(corpus._sentence_tokens, first, side="right") - 1
    return Hits(
        doc, sentence, first, last, start, end, word, fixed(contribution),
        none, none, none, np.ones(len(row)), shifters,
    )  # fmt: skip


def is_negated(hits: Hits) -> npt.NDArray[np.bool_]:
    """Return whether each hit was turned round."""
    negated: npt.NDArray[np.bool_] = (hits.negator >= 0) | ((hits.shifters & VADER_NEGATED) != 0)
    return negated


def shifter_texts(corpus: Corpus, hits: Hits, lexicon: Lexicon) -> list[str]:
    """Say of each hit what the words around it did: ``not ×-0.74; very ×1.25``."""
    if lexicon._text_core is not None:
        return [
            "; ".join(name for bit, name in VADER_SHIFTERS.items() if mask & bit)
            for mask in hits.shifters.tolist()
        ]

    def words(tokens: IntArray) -> list[str]:
        held = np.flatnonzero(tokens >= 0)
        found = [""] * len(tokens)
        at = tokens[held]
        doc = hits.doc[held]
        starts, ends = corpus.tokens.start[at], corpus.tokens.end[at]
        pieces = corpus._texts.slices(doc, starts.astype(np.int64), ends.astype(np.int64))
        for i, piece in zip(held.tolist(), pieces, strict=True):
            found[i] = piece
        return found

    negators, intensifiers = words(hits.negator), words(hits.intensifier)
    contrasts = words(hits.contrast)
    texts = []
    for i in range(len(hits.doc)):
        parts = []
        if negators[i]:
            parts.append(f"{negators[i]} ×{_shifters.NEGATED:g}")
        if intensifiers[i]:
            parts.append(f"{intensifiers[i]} ×{hits.intensity[i]:g}")
        if contrasts[i]:
            before = hits.first[i] < hits.contrast[i]
            factor = _shifters.BEFORE_CONTRAST if before else _shifters.BEHIND_CONTRAST
            parts.append(f"{'before' if before else 'behind'} {contrasts[i]} ×{factor:g}")
        texts.append("; ".join(parts))
    return texts
